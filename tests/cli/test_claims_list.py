"""`copydesk claims list`: its JSON keeps the contract, and what was not checked is never clean."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cli_kit import Ran, write
from jsonschema import Draft7Validator

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "schemas" / "claims-list-1.json").read_text("utf-8")
)
CLAIM = "---\ntitle: Low mood\n---\n\nKetamine cures depression.\n"
SOURCED = (
    "---\ntitle: Sore backs\n---\n\nMassage eases back pain "
    "([a trial](https://doi.org/10.5555/12345678)).\n"
)
QUIET = "---\ntitle: Hours\n---\n\nWe open at nine.\n"
GERMAN = "---\ntitle: Ruhiger schlafen\nlanguage: de\n---\n\nKetamin heilt Depressionen.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Ran:
    """Run the command with no standard input, as cron and CI do."""
    done = subprocess.run(
        [sys.executable, "-m", "copydesk", "claims", "list", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
        check=False,
    )
    assert "Traceback" not in done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


def as_json(*arguments: str, code: int = 0) -> Any:
    """Return the document, which keeps the contract whatever happened."""
    ran = run(*arguments, "--format", "json")
    assert ran.code == code, ran.said
    assert ran.err == ""
    document = ran.json
    Draft7Validator(SCHEMA).validate(document)
    return document


def test_the_schema_is_one() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert list(Draft7Validator(SCHEMA).iter_errors({"version": 2})), (
        "a schema that refuses nothing"
    )


def test_every_post_is_listed_and_every_claim_supported_or_not() -> None:
    write("posts/a.md", CLAIM)
    write("posts/b.md", SOURCED)
    write("posts/c.md", QUIET)
    document = as_json("posts")
    claims = {each["path"].replace("\\", "/"): each["claims"] for each in document["files"]}
    assert list(claims) == ["posts/a.md", "posts/b.md", "posts/c.md"]
    assert claims["posts/c.md"] == []
    [first], [second] = claims["posts/a.md"], claims["posts/b.md"]
    assert (first["type"], first["strength"], first["support"]) == ("absolute", "absolute", "none")
    assert first["quote"] == "Ketamine cures depression."
    assert first["start"] == {"offset": 25, "line": 5, "column": 1}
    assert CLAIM[first["start"]["offset"] : first["end"]["offset"]] == first["quote"]
    assert second["support"] == "cited"
    assert first["proposition"] != second["proposition"]
    assert document["failures"] == []


def test_offsets_leave_a_byte_order_mark_out_and_count_crlf_as_two() -> None:
    write("a.md", b"\xef\xbb\xbf" + CLAIM.replace("\n", "\r\n").encode())
    [claim] = as_json("a.md")["files"][0]["claims"]
    assert claim["start"] == {"offset": 29, "line": 5, "column": 1}


@pytest.mark.parametrize("posts", [0, 1, 3])
def test_two_runs_write_the_same_document(posts: int) -> None:
    write("posts/quiet.md", QUIET)
    for number in range(posts):
        write(f"posts/{number}.md", CLAIM)
    assert as_json("posts") == as_json("posts")


def test_a_claim_alone_is_no_failure() -> None:
    write("a.md", CLAIM)
    ran = run("a.md")
    assert ran.code == 0 and ran.err == ""
    assert "“Ketamine cures depression.”" in ran.out and "no source" in ran.out
    assert ran.out.endswith("in the register.\n")


def test_people_read_source_given_and_never_supported() -> None:
    write("a.md", SOURCED)
    ran = run("a.md", "--why")
    assert "source given" in ran.out
    assert "supported" not in ran.said
    assert "would satisfy it:" in ran.out


def test_one_file_of_a_site_lists_only_that_file() -> None:
    write("copydesk.toml", "root = true\n")
    write("posts/a.md", CLAIM)
    write("posts/b.md", SOURCED)
    assert [each["path"] for each in as_json(str(Path("posts/b.md")))["files"]] == [
        str(Path("posts/b.md"))
    ]


def test_several_sites_are_listed_in_one_document() -> None:
    for site in ("one", "two"):
        write(f"{site}/copydesk.toml", "root = true\n")
        write(f"{site}/posts/a.md", CLAIM)
    document = as_json("one", "two")
    assert len(document["files"]) == 2
    assert len({each["path"] for each in document["files"]}) == 2


def test_each_site_has_its_own_packs() -> None:
    write("one/copydesk.toml", 'root = true\n[rules.claims]\npacks = ["own.csv"]\n')
    write("one/own.csv", "slot,term,from\ntreatment,zorbing,own\ncondition,gloom,own\n")
    write("two/copydesk.toml", "root = true\n")
    text = "---\ntitle: Zorbing\n---\n\nZorbing relieves gloom.\n"
    write("one/a.md", text)
    write("two/a.md", text.replace("Zorbing relieves gloom", "The ball stands behind the house"))
    one, two = as_json("one", "two")["files"]
    assert [claim["quote"] for claim in one["claims"]] == ["Zorbing relieves gloom."]
    assert two["claims"] == []


def test_a_missing_file_is_named_and_the_others_are_listed() -> None:
    write("a.md", CLAIM)
    document = as_json("a.md", "gone.md", code=2)
    assert len(document["files"]) == 1
    [failure] = document["failures"]
    assert failure["path"] == "gone.md"
    ran = run("a.md", "gone.md")
    assert ran.code == 2 and "gone.md" in ran.err


def test_a_file_that_is_not_text_is_named() -> None:
    write("a.md", CLAIM)
    write("bad.md", b"ab\xe9c")
    document = as_json("a.md", "bad.md", code=2)
    assert [each["path"] for each in document["files"]] == ["a.md"]
    assert document["failures"][0]["path"] == "bad.md"


def test_an_empty_folder_is_a_failure() -> None:
    Path("empty").mkdir()
    document = as_json("empty", code=2)
    assert document["files"] == [] and len(document["failures"]) == 1
    assert run("empty").code == 2


def test_no_path_is_a_failure_and_nothing_waits_for_input() -> None:
    ran = run()
    assert ran.code == 2 and "PATH" in ran.err


def test_an_empty_post_has_no_claims() -> None:
    write("a.md", "")
    assert as_json("a.md")["files"] == [{"path": "a.md", "claims": []}]


def test_a_broken_pack_is_told_once_and_nothing_is_judged_with_half_of_it() -> None:
    write("copydesk.toml", 'root = true\n[rules.claims]\npacks = ["general", "own.csv"]\n')
    write("own.csv", "slot,term,from\ntreatmet,zorbing,own\n")
    write("a.md", CLAIM)
    write("b.md", CLAIM)
    document = as_json("a.md", "b.md", code=2)
    assert document["files"] == []
    assert {each["path"] for each in document["failures"]} == {"own.csv"}
    assert len(document["failures"]) == 1


def test_a_pack_that_is_not_there_is_a_failure() -> None:
    write("copydesk.toml", 'root = true\n[rules.claims]\npacks = ["generall"]\n')
    write("a.md", CLAIM)
    [failure] = as_json("a.md", code=2)["failures"]
    assert "general" in failure["help"]


# Posts in other languages.


def lint(path: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "copydesk", "lint", path, "--no-cache", "--all"],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
        check=False,
    )
    return done.stdout


def test_a_post_in_another_language_is_not_checked() -> None:
    write("de.md", GERMAN)
    write("en.md", CLAIM.replace("title:", "language: en-GB\ntitle:"))
    document = as_json("de.md", "en.md", code=2)
    assert [each["path"] for each in document["files"]] == ["en.md"]
    [failure] = document["failures"]
    assert failure["path"] == "de.md" and "another language (de)" in failure["message"]
    ran = run("de.md")
    assert ran.code == 2 and "de.md is in another language" in ran.err


def test_lint_does_not_call_a_post_in_another_language_clean() -> None:
    write("de.md", GERMAN)
    assert "The post is in another language (de), so its claims were not looked for." in lint(
        "de.md"
    )


GERMAN_WORDS = (
    "# Ruhiger schlafen\n\nKetamin heilt Depressionen und lindert Angst. Viele Menschen schlafen "
    "nach der Behandlung besser, und das ist durch Studien belegt. Die Wirkung hält oft lange an.\n"
)


def test_a_post_that_only_its_words_show_to_be_in_another_language_is_not_clean() -> None:
    write("de.md", GERMAN_WORDS)
    assert as_json("de.md", code=2)["files"] == []
    assert "does not read like English" in lint("de.md")


@pytest.mark.parametrize(
    "text",
    [
        "Le ketamine guérit la dépression. Les patients dorment mieux après le traitement, et des "
        "études le prouvent depuis des années. La douleur diminue dès la première séance.",
        "La ketamina cura la depresión. Los pacientes duermen mejor después del tratamiento, y los "
        "estudios lo demuestran desde hace años. El dolor baja desde la primera sesión.",
        "Ketamine geneest depressie. Mensen slapen beter na de behandeling, en onderzoek bewijst "
        "dat al jaren. De pijn neemt af vanaf de eerste sessie bij ons in de praktijk.",
        "ケタミンは うつ病を 治します。 " * 20,
    ],
    ids=["French", "Spanish", "Dutch", "Japanese"],
)
def test_other_languages_are_known_by_their_words(text: str) -> None:
    write("a.md", f"# Notes\n\n{text}\n")
    assert as_json("a.md", code=2)["files"] == []


def test_who_says_that_a_post_is_in_english_is_believed() -> None:
    write("names.md", "---\nlanguage: en\n---\n\n" + "La Paz, El Paso, Los Gatos. " * 10 + "\n")
    write("list.md", "# Sizes\n\n" + "Anna Bruno Carla Dora Emil " * 40 + "\n")
    assert len(as_json("names.md", "list.md")["files"]) == 2
