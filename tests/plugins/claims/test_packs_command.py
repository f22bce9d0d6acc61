"""`copydesk packs`: what list, check and grow say of real files, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from copydesk.cli.main import run as run_copydesk
from copydesk_plugins.claims import register_commands
from copydesk_plugins.claims.packs.loading import built_in_names
from copydesk_plugins.claims.packs.reading import read_pack

HEADER = "slot,term,means,of,from,note\n"
EXAMPLES = "text,claim,type,strength,title,note\n"
POST = "---\ntitle: {title}\n---\n\n{body}\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "copydesk.toml").write_text('site-title = "Lamps"\n')
    put("lamps.md", POST.format(title="Lamps", body="We bought a new luminal lamp for the room."))
    return tmp_path


def put(name: str, text: str) -> None:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())


def packs(*arguments: str) -> Result:
    command = next(each for each in register_commands() if each.name == "packs")
    return CliRunner().invoke(command.load(), list(arguments))


def checked(*arguments: str) -> dict[str, Any]:
    """Return what `packs check` says of one pack."""
    [pack] = json.loads(packs("check", *arguments, "--format", "json").stdout)["packs"]
    assert isinstance(pack, dict)
    return pack


def test_list_names_every_pack_with_its_terms() -> None:
    found = {
        each["name"]: each for each in json.loads(packs("list", "--format", "json").stdout)["packs"]
    }
    assert {"general", "dental"} <= set(found)
    assert found["general"]["terms"] == sum(found["general"]["slots"].values()) > 1000
    assert found["dental"]["examples"] >= 20
    assert "general " in packs("list").stdout


def test_a_good_pack_of_the_site_is_compared_with_its_posts(site: Path) -> None:
    put("packs/own.csv", HEADER + "treatment,luminal lamp,,,own,\ntreatment,zonal lamp,,,own,\n")
    result = packs("check", "packs/own.csv")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "packs/own.csv: 2 terms, no labelled examples",
        "  1 term in no example and no post (for your information): zonal lamp",
        "1 pack checked, 0 cannot be used, 0 to mend (compared with 1 post)",
    ]


def test_labelled_examples_are_tried_with_the_words_of_the_pack(site: Path) -> None:
    put("own.csv", HEADER + "treatment,zonal lamp,,,own,\n")
    put(
        "own.examples.csv",
        EXAMPLES + "Zonal lamps cure insomnia.,y,absolute,absolute,,\nWe open at nine.,n,,,,\n",
    )
    pack = checked("own.csv")
    assert (pack["examples"], pack["precision"], pack["recall"]) == (2, 1.0, 1.0)
    assert pack["good"]
    assert pack["unused"] == []


def test_too_many_wrong_examples_exit_with_1_and_are_shown(site: Path) -> None:
    put("own.csv", HEADER + "treatment,zonal lamp,,,own,\n")
    put(
        "own.examples.csv",
        EXAMPLES + "Zonal lamps cure insomnia.,n,,,,\nOur desk is brown.,yes,efficacy,plain,,\n",
    )
    result = packs("check", "own.csv")
    assert result.exit_code == 1
    assert "precision 0.00, recall 0.00 on 2 examples, less than 0.80" in result.stdout
    assert 'example of row 2 taken for a claim: "Zonal lamps cure insomnia."' in result.stdout
    assert 'example of row 3 not found: "Our desk is brown."' in result.stdout


def test_a_clash_between_packs_of_the_site_exits_with_1(site: Path) -> None:
    put("a.csv", HEADER + "treatment,zonal lamp,,,own,\n")
    put("b.csv", HEADER + "body,knee,,,own,\nexposure,zonal lamp,,,own,\n")
    result = packs("check", "a.csv", "b.csv")
    assert result.exit_code == 1
    assert 'clash: "zonal lamp" is treatment in row 2 and exposure in row 3 of b.csv' in (
        result.stdout
    )


def test_a_site_may_know_better_than_a_built_in_pack(site: Path) -> None:
    put("own.csv", HEADER + "exposure,disease,,,own,\n")
    assert packs("check", "own.csv").exit_code == 0


def test_terms_without_a_source_that_one_could_open_are_named(site: Path) -> None:
    put(
        "own.csv",
        HEADER + "body,zonule,,,a book,\nbody,knee,,,own,\n"
        "indication,insomnia,,zonal lamp,own,\n"
        "indication,sleep apnea,,zonal lamp,https://www.fda.gov/x,approved 2020-01-02\n",
    )
    assert [each["row"] for each in checked("own.csv")["sourceless"]] == [2, 4]


def test_without_a_name_the_packs_of_the_site_are_checked_beside_the_built_in_ones(
    site: Path,
) -> None:
    put("packs/own.csv", HEADER + "body,zonule,,,own,\n")
    put("copydesk.toml", '[rules.claims]\npacks = ["general", "packs/own.csv"]\n')
    found = json.loads(packs("check", "--format", "json").stdout)
    assert [each["name"] for each in found["packs"]] == [*built_in_names(), "packs/own.csv"]
    assert found["posts"] == 1


def test_a_bad_pack_stops_every_run_and_is_told_once(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put("own.csv", HEADER + "bod,zonule,,,own,\nbody,,,,own,\n")
    put("copydesk.toml", '[rules.claims]\npacks = ["own.csv"]\n')
    put("two.md", POST.format(title="Two", body="Lamps ease pain."))
    assert run_copydesk(["lint", "."]) == 2
    said = "".join(capsys.readouterr())
    assert said.count("own.csv:2") == said.count("own.csv:3") == 1


def test_bad_rows_and_bad_examples_exit_with_2_and_are_named(site: Path) -> None:
    put("own.csv", HEADER + "treatmet,zonal lamp,,,own,\n")
    result = packs("check", "own.csv", "dental")
    assert result.exit_code == 2
    assert "own.csv: cannot be used, see below" in result.stdout
    assert 'failed own.csv:2 row 2, column "slot": "treatmet" is not a slot' in result.stderr
    assert "dental: " in result.stdout
    put("own.csv", HEADER + "treatment,zonal lamp,,,own,\n")
    put("own.examples.csv", EXAMPLES + "One.,maybe,,,,\n,y,,,,\n")
    result = packs("check", "own.csv")
    assert result.exit_code == 2
    assert 'own.examples.csv:2 row 2, column "claim": is neither y nor n' in result.stderr
    assert 'own.examples.csv:3 row 3, column "text": is empty' in result.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [("none.csv", "is not there"), ("dentel", "Did you mean dental?"), ("../own.csv", "outside")],
)
def test_a_pack_that_is_not_there_exits_with_2(
    site: Path, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    assert run_copydesk(["packs", "check", name]) == 2
    assert said in capsys.readouterr().err


def test_packs_can_be_checked_where_there_is_no_post(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = "slot;term;from\r\nbody;zonule naïve;own\r\n".encode("cp1252")
    Path("own.csv").write_bytes(data)
    assert packs("check", "own.csv").exit_code == 0


GROW = (
    "Many people come to us with flimmeritis. Flimmeritis reduces sleep. "
    "We treat flimmeritis with a zonal lamp, and the zonal lamp can reduce pain.",
    "A course of zonal lamp sessions is long. The zonal lamp helps with flimmeritis.",
)


def grown(text: str) -> dict[str, list[str]]:
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == HEADER.strip().split(",")
    return {row[1]: row for row in rows[1:]}


def test_grow_proposes_what_is_frequent_and_unknown_with_a_place(site: Path) -> None:
    for at, body in enumerate(GROW):
        put(f"{at}.md", POST.format(title=f"Post {at}", body=body))
    result = packs("grow")
    assert result.exit_code == 0
    found = grown(result.stdout)
    assert set(found) == {"flimmeritis", "zonal lamp"}
    assert found["flimmeritis"][0] == "condition"
    assert found["zonal lamp"][0] == ""
    assert found["flimmeritis"][4:] == [
        "site",
        '4 places in 2 posts; "Many people come to us with flimmeritis." (0.md:5)',
    ]


def test_what_grow_proposes_can_be_pasted_once_the_slot_is_filled(site: Path) -> None:
    for at, body in enumerate(GROW):
        put(f"{at}.md", POST.format(title=f"Post {at}", body=body))
    text = packs("grow").stdout
    assert read_pack("own.csv", "own.csv", text).failures
    text = text.replace("\n,", "\ntreatment,")
    assert not read_pack("own.csv", "own.csv", text).failures


def test_what_stands_in_one_post_only_is_not_proposed(site: Path) -> None:
    put("0.md", POST.format(title="Post", body=GROW[0] + " " + GROW[1]))
    assert grown(packs("grow").stdout) == {}


def test_grow_writes_a_file_for_excel_and_never_over_another(site: Path) -> None:
    assert packs("grow", "--output", "new.csv").exit_code == 0
    before = Path("new.csv").read_bytes()
    assert before.startswith(b"\xef\xbb\xbfslot,term,")
    assert run_copydesk(["packs", "grow", "--output", "new.csv"]) == 2
    assert packs("grow", "--output", "new.csv", "--overwrite").exit_code == 0


def test_grow_writes_over_no_pack_no_post_and_nothing_outside_the_site(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    put("own.csv", HEADER + "body,zonule,,,own,\n")
    put("copydesk.toml", '[rules.claims]\npacks = ["general", "own.csv"]\n')
    outside = tmp_path_factory.mktemp("outside")
    Path("away").symlink_to(outside)
    before = {path: path.read_bytes() for path in site.iterdir() if path.is_file()}
    for name in ("own.csv", "lamps.md", "new.md", "away/new.csv", str(outside / "new.csv")):
        assert run_copydesk(["packs", "grow", "--output", name, "--overwrite"]) == 2
    assert {path: path.read_bytes() for path in site.iterdir() if path.is_file()} == before
    assert not list(outside.iterdir())


@pytest.mark.parametrize("name", ["packs/sub.csv", "link.csv"])
def test_grow_writes_over_no_pack_however_it_is_named(site: Path, name: str) -> None:
    """Not over one that only other posts use, nor one that the settings write in another way."""
    put("packs/sub.csv", HEADER + "body,zonule,,,own,\n")
    Path("link.csv").symlink_to("packs/sub.csv")
    put("sub/copydesk.toml", '[rules."claims.unsupported"]\npacks = ["./packs/sub.csv"]\n')
    put("sub/one.md", POST.format(title="One", body="We open at nine."))
    before = Path("packs/sub.csv").read_bytes()
    assert run_copydesk(["packs", "grow", "lamps.md", "--output", name, "--overwrite"]) == 2
    assert Path("packs/sub.csv").read_bytes() == before
    assert Path("link.csv").is_symlink()


def test_examples_that_cannot_be_read_are_named_beside_the_other_packs(site: Path) -> None:
    put("packs/own.csv", HEADER + "treatment,luminal lamp,,,own,\n")
    put("packs/two.csv", HEADER + "treatment,zonal lamp,,,own,\n")
    Path("packs/own.examples.csv").write_bytes(b"text,claim\n\x81\xff\n")
    result = packs("check", "packs/own.csv", "packs/two.csv", "--format", "json")
    assert result.exit_code == 2
    data = json.loads(result.stdout)
    assert [each["usable"] for each in data["packs"]] == [False, True]
    assert "own.examples.csv" in data["failures"][0]["path"]


def test_a_post_that_cannot_be_read_is_named_and_the_others_are_used(site: Path) -> None:
    for at, body in enumerate(GROW):
        put(f"{at}.md", POST.format(title=f"Post {at}", body=body))
    Path("odd.md").write_bytes(b"caf\xe9")
    result = packs("grow")
    assert result.exit_code == 2
    assert "odd.md" in result.stderr
    assert "flimmeritis" in grown(result.stdout)
