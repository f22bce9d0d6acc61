"""`copydesk claims sheet --apply`: what a sheet that came back puts into the register."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from review_kit import (  # found through the line above
    BARE,
    CONFIG,
    SOURCED,
    Site,
    rows_of,
    text_of,
    ticked,
)

OTHER = "Ketamine can ease chronic pain ([trial](https://doi.org/10.5555/87654321))."
ABSOLUTE = "Ketamine cures depression for good ([trial](https://doi.org/10.5555/11111111))."


@pytest.fixture
def site(empty_site: Site) -> Site:
    site = empty_site
    site.post("one", f"{SOURCED}\n\n{OTHER}\n\n{BARE}")
    return site


def entries(site: Site) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(site.read("claims.toml")).get("claim", [])
    return found


def support_of(site: Site, post: str = "posts/one.md") -> list[str]:
    import json

    found = json.loads(site.run("claims", "list", "--format", "json", post).out)
    return [each["support"] for each in found["files"][0]["claims"]]


def test_a_tick_becomes_an_approved_entry_of_the_register(site: Site) -> None:
    first, *rest = site.sheet()
    ran = site.apply([ticked(first, Date="2026-05-28"), *rest], "--yes")
    assert ran.code == 0, ran.err
    [entry] = entries(site)
    assert entry["statement"].startswith("Ketamine eases depression within hours")
    assert entry["status"] == "approved"
    assert [each["doi"] for each in entry["evidence"]] == ["10.5555/12345678"]
    [approval] = entry["approval"]
    assert (approval["by"], str(approval["date"])) == ("mara", "2026-05-28")
    assert support_of(site)[0] == "registered"
    assert site.run("lint").code in (0, 1)


def test_it_is_shown_first_and_asked(site: Site) -> None:
    first, *rest = site.sheet()
    ran = site.apply([ticked(first, Comment="Fine by me"), *rest])
    assert ran.code == 2
    assert "row 2   approved by Dr Mara Ellison, MD on 2026-06-01: new entry" in ran.out
    assert "evidence: doi:10.5555/12345678" in ran.out
    assert "comment: Fine by me" in ran.out
    assert "--yes" in ran.err
    assert not site.read("claims.toml")


def test_nothing_ticked_writes_nothing(site: Site) -> None:
    ran = site.apply(site.sheet(), "--yes")
    assert ran.code == 0
    assert "Nothing was written" in ran.out
    assert not site.read("claims.toml")


def test_change_and_remove_are_told_with_their_places_and_done_by_nobody(site: Site) -> None:
    first, second, third = site.sheet()
    before = site.read("posts/one.md")
    ran = site.apply(
        [first, {**second, "Change": "x", "Comment": "say: may ease"}, {**third, "Remove": "✓"}],
        "--yes",
    )
    assert ran.code == 0
    assert "row 3   to change: “Ketamine can ease chronic pain" in ran.out
    assert "say: may ease" in ran.out
    assert "row 4   to remove: “Massage reduces back pain after surgery.”" in ran.out
    assert "posts/one.md:13" in ran.out
    assert site.read("posts/one.md") == before
    assert not site.read("claims.toml")


def saved(rows: list[dict[str, str]], how: str) -> bytes:
    """Return rows as one of the programs saves them."""
    columns = list(reversed(rows[0]))
    moved = [{**{name: row[name] for name in columns}, "Notes": "7"} for row in reversed(rows)]
    forms = {
        "excel": text_of(rows).encode("utf-8-sig"),
        "excel, german": text_of(rows, ";").encode("cp1252", "replace"),
        "excel, unicode text": text_of(rows, "\t").encode("utf-16"),
        "libreoffice": text_of(rows).replace("\r\n", "\n").encode("utf-8"),
        "libreoffice, sorted and columns moved": text_of(moved).encode("utf-8"),
        "with a line that names the separator": ("sep=;\r\n" + text_of(rows, ";")).encode(),
        "with blank rows": (text_of(rows) + ",,,,\r\n\r\n").encode(),
        "old mac ends of lines": text_of(rows).replace("\r\n", "\r").encode(),
    }
    return forms[how]


FORMS = [
    "excel",
    "excel, german",
    "excel, unicode text",
    "libreoffice",
    "libreoffice, sorted and columns moved",
    "with a line that names the separator",
    "with blank rows",
    "old mac ends of lines",
]


@pytest.mark.parametrize("how", FORMS)
def test_what_spreadsheets_save_is_read(site: Site, how: str) -> None:
    first, *rest = site.sheet()
    (site.root / "back.csv").write_bytes(saved([ticked(first), *rest], how))
    ran = site.run("claims", "sheet", "--apply", "back.csv", "--yes")
    assert ran.code == 0, ran.err
    assert len(entries(site)) == 1


@pytest.mark.parametrize("mark", ["x", "X", " x ", "✓", "✔", "yes", "TRUE", "1", "approve", "ok"])
def test_ticks_that_people_make(site: Site, mark: str) -> None:
    first, *rest = site.sheet()
    assert site.apply([ticked(first, Approve=mark), *rest], "--yes").code == 0
    assert len(entries(site)) == 1


@pytest.mark.parametrize(
    "name", ["mara", "Dr Mara Ellison", "dr. mara  ellison", "Dr Mara Ellison, MD"]
)
def test_a_person_is_known_by_key_or_name(site: Site, name: str) -> None:
    first, *rest = site.sheet()
    assert site.apply([ticked(first, Name=name), *rest], "--yes").code == 0
    assert entries(site)[0]["approval"][0]["by"] == "mara"


def test_one_name_stands_for_all_rows_that_have_none(site: Site) -> None:
    first, second, third = site.sheet()
    rows = [{**first, "Approve": "x"}, ticked(second), third]
    assert site.apply(rows, "--yes").code == 0
    assert [each["approval"][0]["by"] for each in entries(site)] == ["mara", "mara"]


@pytest.mark.parametrize(
    ("written", "recorded"),
    [
        ("2026-05-30", "2026-05-30"),
        ("30 May 2026", "2026-05-30"),
        ("May 30, 2026", "2026-05-30"),
        ("3/4/2026", "2026-06-01"),
        ("", "2026-06-01"),
        ("last week", "2026-06-01"),
    ],
)
def test_the_day_of_the_signature(site: Site, written: str, recorded: str) -> None:
    first, *rest = site.sheet()
    assert site.apply([ticked(first, Date=written), *rest], "--yes").code == 0
    assert str(entries(site)[0]["approval"][0]["date"]) == recorded


def test_a_second_time_there_is_nothing_to_do(site: Site) -> None:
    first, *rest = site.sheet()
    rows = [ticked(first), *rest]
    assert site.apply(rows, "--yes").code == 0
    before = site.read("claims.toml")
    again = site.apply(rows, "--yes")
    assert again.code == 0
    assert "mara approved" in again.out
    assert site.read("claims.toml") == before


def test_two_people_sign_the_same_sheet_one_after_the_other(site: Site) -> None:
    site.post("one", ABSOLUTE)
    [row] = site.sheet()
    assert row["Strength"] == "absolute"
    ran = site.apply([ticked(row)], "--yes")
    assert ran.code == 0, ran.err
    assert "not in force yet" in ran.out
    assert entries(site)[0]["status"] == "draft"
    second = site.apply([ticked(row, Name="June Abara")], "--yes")
    assert second.code == 0, second.err
    [entry] = entries(site)
    assert entry["status"] == "approved"
    assert [each["by"] for each in entry["approval"]] == ["mara", "june"]


def test_an_entry_that_waits_is_signed_and_not_made_again(site: Site) -> None:
    statement = "Ketamine eases depression within hours (trial)."
    site.run("claims", "add", "--statement", statement, "--evidence", "10.5555/22222222", "--yes")
    site.write("claims.toml", "# Ours.\n\n" + site.read("claims.toml"))
    first, *rest = site.sheet()
    assert "draft" in first["Register"]
    assert first["Evidence"] == "doi:10.5555/22222222"
    ran = site.apply([ticked(first), *rest], "--yes")
    assert ran.code == 0, ran.err
    [entry] = entries(site)
    assert entry["status"] == "approved"
    assert site.read("claims.toml").startswith("# Ours.\n")


def test_many_rows_sign_old_and_new_entries_at_once(site: Site) -> None:
    drugs = ["ketamine", "massage", "acupuncture", "yoga", "melatonin", "physiotherapy"]
    lines = [
        f"{drug.title()} eases back pain ([trial](https://doi.org/10.5555/{n}2345678))."
        for n, drug in enumerate(drugs)
    ]
    site.post("one", "\n\n".join(lines))
    rows = site.sheet()
    assert len(rows) == len(drugs)
    half = [ticked(row) if n % 2 else row for n, row in enumerate(rows)]
    assert site.apply(half, "--yes").code == 0
    ran = site.apply([ticked(row, Name="june") for row in rows], "--yes")
    assert ran.code == 0, ran.err
    found = entries(site)
    assert len(found) == len(drugs)
    assert all(each["status"] == "approved" for each in found)
    by = sorted([one["by"] for one in each["approval"]] for each in found)
    assert by == [["june"]] * 3 + [["mara", "june"]] * 3
    assert set(support_of(site)) == {"registered"}


def test_windows_ends_of_lines_of_the_register_stay(site: Site) -> None:
    site.write("claims.toml", "# Ours.\r\n")
    first, *rest = site.sheet()
    assert site.apply([ticked(first), *rest], "--yes").code == 0
    text = site.read("claims.toml")
    assert text.startswith("# Ours.\r\n")
    assert text.count("\n") == text.count("\r\n")


def test_an_edit_elsewhere_in_the_post_moves_no_wording(site: Site) -> None:
    first, *rest = site.sheet()
    site.write("posts/one.md", site.read("posts/one.md").replace("---\n\n", "---\n\nWelcome.\n\n"))
    assert site.apply([ticked(first), *rest], "--yes").code == 0
    assert len(entries(site)) == 1


def test_a_row_without_a_mark_may_have_moved(site: Site) -> None:
    first, second, third = site.sheet()
    site.post("one", f"{SOURCED}\n\n{OTHER.replace('can ease', 'eases')}\n\n{BARE}")
    ran = site.apply([ticked(first), second, third], "--yes")
    assert ran.code == 0, ran.err
    assert "Row 3 has no mark, and its wording moved since." in ran.out
    assert len(entries(site)) == 1


def test_letters_that_an_old_encoding_lacks_do_no_harm(site: Site) -> None:
    site.post("one", SOURCED.replace("within", "→ within ≥"))
    rows = site.sheet()
    data = text_of([ticked(rows[0]), *rows[1:]]).encode("cp1252", "replace")
    (site.root / "back.csv").write_bytes(data)
    ran = site.run("claims", "sheet", "--apply", "back.csv", "--yes")
    assert ran.code == 0, ran.err


def test_a_statement_that_looks_like_a_formula_comes_back(site: Site) -> None:
    site.post("one", "\\" + "= " + SOURCED)
    rows = site.sheet()
    assert rows[0]["Statement"].startswith("'=")
    ran = site.apply([ticked(rows[0]), *rows[1:]], "--yes")
    assert ran.code == 0, ran.err
    assert entries(site)[0]["statement"].startswith("= Ketamine")


def test_the_sheet_as_written_is_a_sheet_that_applies(site: Site) -> None:
    site.sheet()
    ran = site.run("claims", "sheet", "--apply", str(site.csv), "--yes")
    assert ran.code == 0, ran.err
    assert rows_of(site.csv.read_bytes())
    assert CONFIG in site.read("copydesk.toml")


def test_a_draft_beside_the_posts_is_named_again(site: Site) -> None:
    site.write("draft.md", f"# Draft\n\n{OTHER.replace('chronic', 'lasting')}\n")
    ran = site.run("claims", "sheet", "draft.md")
    assert "When it comes back: copydesk claims sheet draft.md --apply claims-sheet/" in ran.out
    [row] = rows_of(site.csv.read_bytes())
    name = site.save([ticked(row)])
    assert site.run("claims", "sheet", "draft.md", "--apply", name, "--yes").code == 0
    assert len(entries(site)) == 1


#: Claims that leave a part of what they say to their place.
PLACED = {
    "an item of a list": "Ketamine helps with:\n\n- depression{by}\n- chronic pain{by}\n",
    "a pronoun": "Ketamine is a drug that we use for depression. It eases pain{by}.\n",
    "under a heading": "## Ketamine\n\nWorks within hours{by}.\n",
}


@pytest.mark.parametrize("name", PLACED)
def test_what_was_approved_is_settled_where_it_stands(site: Site, name: str) -> None:
    by = " ([trial](https://doi.org/10.5555/12345678))"
    site.post("one", PLACED[name].format(by=by), "Ketamine for depression")
    rows = site.sheet()
    assert all("etamine" in row["Statement"] for row in rows)
    assert site.apply([ticked(row) for row in rows], "--yes").code == 0
    assert set(support_of(site)) == {"registered"}


def test_what_a_place_adds_is_signed_and_bound(site: Site) -> None:
    site.post("one", PLACED["a pronoun"].format(by=SOURCED[-48:-1]), "Ketamine for depression")
    [row] = [each for each in site.sheet() if each["Statement"].startswith("It eases pain")]
    assert row["Statement"].endswith("\nSaid of: ketamine.")
    other = site.read("posts/one.md").replace("Ketamine is", "Massage is")
    site.write("posts/one.md", other)
    ran = site.apply([ticked(row)], "--yes")
    assert ran.code == 2
    assert not entries(site)
