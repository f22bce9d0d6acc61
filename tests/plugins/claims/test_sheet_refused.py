"""A sheet that is not as it was written is refused by name, and nothing of it is approved."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from review_kit import BARE, CONFIG, SOURCED, Ran, Site, text_of, ticked  # found above

from copydesk_plugins.claims.review.cells import CODE

OTHER = "Ketamine can ease chronic pain ([trial](https://doi.org/10.5555/87654321))."
Rows = list[dict[str, str]]


@pytest.fixture
def site(empty_site: Site) -> Site:
    site = empty_site
    site.post("one", f"{SOURCED}\n\n{OTHER}\n\n{BARE}")
    return site


def refused(site: Site, ran: Ran, *said: str) -> None:
    """Assert that a sheet was refused with some words, and that nothing was written."""
    assert ran.code == 2, ran.out
    for words in said:
        assert words in ran.err, ran.err
    assert "Traceback" not in ran.err
    assert not site.read("claims.toml")


def with_code(row: dict[str, str], old: str, new: str) -> dict[str, str]:
    assert old in row[CODE]
    return {**row, CODE: row[CODE].replace(old, new)}


EDITS: dict[str, tuple[Callable[[Rows], Rows], str]] = {
    "statement edited": (
        lambda r: [{**r[0], "Statement": r[0]["Statement"] + " safely"}, *r[1:]],
        "row 2 (No. 1) was edited in the sheet: “Statement”",
    ),
    "evidence edited": (
        lambda r: [{**r[0], "Evidence": "doi:10.5555/1"}, *r[1:]],
        "row 2 (No. 1) was edited in the sheet: “Evidence”",
    ),
    "an unmarked row edited": (
        lambda r: [r[0], {**r[1], "Strength": "absolute"}, r[2]],
        "row 3 (No. 2) was edited in the sheet: “Strength”",
    ),
    "cut at the end": (lambda r: r[:2], "claim 3 was cut from the sheet"),
    "cut at the start": (lambda r: [r[0], r[2]], "claim 2 was cut from the sheet"),
    "doubled": (lambda r: [*r, r[0]], "row 5 (No. 1) is claim 1 of the sheet, and so is row 2"),
    "doubled with another tick": (
        lambda r: [*r, {**r[0], "Approve": "", "Remove": "x"}],
        "row 5 (No. 1) is claim 1 of the sheet",
    ),
    "unknown mark": (
        lambda r: [{**r[0], "Approve": "maybe"}, *r[1:]],
        "row 2 (No. 1) has a mark that is not known in “Approve”: 'maybe'",
    ),
    "a cross that may say no": (
        lambda r: [{**r[0], "Approve": "✗"}, *r[1:]],
        "row 2 (No. 1) has a mark that is not known in “Approve”: '✗'",
    ),
    "unknown mark in another column": (
        lambda r: [r[0], {**r[1], "Change": "later"}, r[2]],
        "row 3 (No. 2) has a mark that is not known in “Change”",
    ),
    "two marks": (
        lambda r: [{**r[0], "Remove": "x"}, *r[1:]],
        "is marked both “Approve” and “Remove”",
    ),
    "code edited": (
        lambda r: [with_code(r[0], "check ", "check z"), *r[1:]],
        "row 2 (No. 1) has no code in “Copydesk (leave as it is)” that Copydesk wrote",
    ),
    "code empty": (lambda r: [{**r[0], CODE: ""}, *r[1:]], "row 2 (No. 1) has no code"),
    "codes swapped": (
        lambda r: [
            {**r[0], CODE: r[1][CODE]},
            {**r[1], CODE: r[0][CODE]},
            r[2],
        ],
        "row 2 (No. 1) was edited in the sheet",
    ),
    "statements sorted alone": (
        lambda r: [
            {**a, "Statement": b["Statement"]} for a, b in zip(r, [*r[1:], r[0]], strict=True)
        ],
        "was edited in the sheet",
    ),
    "another check": (
        lambda r: [{**r[0], CODE: r[0][CODE][:-64] + "0" * 64}, *r[1:]],
        "row 2 (No. 1) cannot be applied, because the wording",
    ),
    "newer version": (
        lambda r: [with_code(row, "sheet-1", "sheet-2") for row in r],
        "row 2 (No. 1) was written by a newer version of Copydesk",
    ),
    "another site": (
        lambda r: [with_code(row, row[CODE].split()[2], "00000000") for row in r],
        "row 2 (No. 1) is from the sheet of another site",
    ),
    "rows of two sheets": (
        lambda r: [r[0], with_code(r[1], r[1][CODE].split()[4], "00000000"), r[2]],
        "row 3 (No. 2) is from another sheet",
    ),
    "nobody's name": (lambda r: [{**r[0], "Name": ""}, *r[1:]], "nobody's name stands in “Name”"),
    "a stranger": (
        lambda r: [{**r[0], "Name": "Dr Mara Elison"}, *r[1:]],
        "signed by Dr Mara Elison, who is not among [people]. Did you mean Dr Mara Ellison?",
    ),
    "two names and a row without": (
        lambda r: [r[0], ticked(r[1], Name="june"), {**r[2], "Approve": "x", "Name": ""}],
        "row 4 (No. 3) is approved, but nobody's name",
    ),
    "a day to come": (
        lambda r: [{**r[0], "Date": "2026-06-02"}, *r[1:]],
        "is signed on 2026-06-02, which is still to come",
    ),
    "no evidence": (
        lambda r: [*r[:2], ticked(r[2])],
        "row 4 (No. 3) has no evidence, so it cannot be approved. Add a source to the sentence",
    ),
    "a note below": (
        lambda r: [*r, {**dict.fromkeys(r[0], ""), "Statement": "Thanks, Mara"}],
        "row 5 has no code",
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_each_is_named_with_file_and_row_and_nothing_is_approved(site: Site, name: str) -> None:
    change, said = EDITS[name]
    first, *rest = site.sheet()
    ran = site.apply(change([ticked(first), *rest]), "--yes")
    refused(site, ran, "failed back.csv ", said)
    assert "applied as a whole or not at all" in ran.out


def test_all_that_is_wrong_is_told_at_once(site: Site) -> None:
    first, second, third = site.sheet()
    rows = [ticked(first, Approve="hm"), ticked(second, Name="Nobody"), ticked(third)]
    ran = site.apply(rows, "--yes")
    refused(site, ran, "row 2 (No. 1)", "row 3 (No. 2)", "row 4 (No. 3)")


MOVES: dict[str, Callable[[str], str]] = {
    "another word": lambda text: text.replace("within hours", "within days"),
    "denied": lambda text: text.replace("eases", "does not ease"),
    "another source": lambda text: text.replace("10.5555/12345678", "10.5555/99999999"),
    "source taken out": lambda text: text.replace("https://doi.org/10.5555/12345678", "fees.md"),
    "sentence taken out": lambda text: text.replace(SOURCED, ""),
}


@pytest.mark.parametrize("name", MOVES)
def test_a_ticked_row_whose_wording_or_source_moved(site: Site, name: str) -> None:
    first, *rest = site.sheet()
    before = site.read("posts/one.md")
    site.write("posts/one.md", MOVES[name](before))
    assert site.read("posts/one.md") != before
    ran = site.apply([ticked(first), *rest], "--yes")
    refused(site, ran, "back.csv row 2 (No. 1)", "moved since the sheet was written")


def test_one_moved_row_refuses_the_good_ones_too(site: Site) -> None:
    first, second, third = site.sheet()
    site.write("posts/one.md", site.read("posts/one.md").replace("within hours", "within days"))
    refused(site, site.apply([ticked(first), ticked(second), third], "--yes"), "row 2")


def test_another_post_that_says_it_too_was_never_shown(site: Site) -> None:
    first, *rest = site.sheet()
    site.post("two", "Ketamine eases depression within hours.")
    refused(site, site.apply([ticked(first), *rest], "--yes"), "row 2", "moved since")


def test_an_entry_of_the_register_that_changed_since(site: Site) -> None:
    statement = "Ketamine eases depression within hours (trial)."
    made = ("claims", "add", "--statement", statement, "--evidence", "10.5555/22222222", "--yes")
    assert site.run(*made).code == 0
    first, *rest = site.sheet()
    changed = site.read("claims.toml").replace("10.5555/22222222", "10.5555/33333333")
    site.write("claims.toml", changed)
    ran = site.apply([ticked(first), *rest], "--yes")
    assert (ran.code, site.read("claims.toml")) == (2, changed)
    assert "its entry in the register moved" in ran.err


def test_a_broken_register_is_left_alone(site: Site) -> None:
    first, *rest = site.sheet()
    site.write("claims.toml", '[[claim]]\nid = "one"\nstatus = "perhaps"\n')
    ran = site.apply([ticked(first), *rest], "--yes")
    assert ran.code == 2
    assert "claims.toml" in ran.err
    assert site.read("claims.toml").endswith('"perhaps"\n')


def test_without_people_nobody_signed(site: Site) -> None:
    first, *rest = site.sheet()
    site.write("copydesk.toml", CONFIG.partition("[people")[0])
    refused(site, site.apply([ticked(first), *rest], "--yes"), "nobody is named under [people]")


FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is no review sheet of Copydesk"),
    "another table": (b"a,b\r\n1,2\r\n", "is no review sheet of Copydesk"),
    "a workbook": (b"PK\x03\x04rest", "is a workbook of Excel or LibreOffice, not CSV"),
    "an old workbook": (b"\xd0\xcf\x11\xe0rest", "is an old workbook of Excel"),
    "the page": (b"<!DOCTYPE html>\n<html>", "is no review sheet of Copydesk"),
    "a paper": (b"%PDF-1.7", "is a PDF"),
    "half of utf-16": (b"\xff\xfe\x00", "is no"),
    "zeros": (b"\x00" * 200, "is no review sheet of Copydesk"),
}


@pytest.mark.parametrize("name", FILES)
def test_other_files_are_no_sheets(site: Site, name: str) -> None:
    data, said = FILES[name]
    (site.root / "back.csv").write_bytes(data)
    refused(site, site.run("claims", "sheet", "--apply", "back.csv", "--yes"), "back.csv", said)


def test_a_file_that_is_not_there(site: Site) -> None:
    ran = site.run("claims", "sheet", "--apply", "nowhere.csv")
    refused(site, ran, "nowhere.csv could not be read: no such file or directory")


@pytest.mark.parametrize("column", ["Approve", "Remove", "Name", "Statement"])
def test_a_column_that_was_taken_out_is_named(site: Site, column: str) -> None:
    rows = [{k: v for k, v in row.items() if k != column} for row in site.sheet()]
    refused(site, site.apply(rows, "--yes"), f"has no column “{column}”")


def test_a_column_that_stands_twice_is_named(site: Site) -> None:
    rows = site.sheet()
    text = text_of(rows).replace('"Comment"', "Comment").replace("Comment", "Approve", 1)
    (site.root / "back.csv").write_text(text, encoding="utf-8")
    ran = site.run("claims", "sheet", "--apply", "back.csv", "--yes")
    refused(site, ran, "has 2 columns “Approve”")


def test_a_quote_that_never_ends(site: Site) -> None:
    text = text_of(site.sheet()) + '"and so on'
    (site.root / "back.csv").write_text(text, encoding="utf-8")
    refused(site, site.run("claims", "sheet", "--apply", "back.csv", "--yes"), "is not whole")


def test_whatever_is_done_to_the_bytes_nothing_unticked_is_approved(site: Site) -> None:
    """Cuts, copies and flipped bytes of a sheet without a tick never approve anything."""
    data = text_of(site.sheet()).encode("utf-8-sig")
    chance = random.Random(7)  # the same on every machine
    for _ in range(60):
        broken = bytearray(data)
        at, length = chance.randrange(len(data)), chance.randrange(1, 80)
        kind = chance.randrange(3)
        if kind == 0:
            del broken[at : at + length]
        elif kind == 1:
            broken[at:at] = data[at : at + length]
        else:
            broken[at] = chance.randrange(256)
        (site.root / "back.csv").write_bytes(bytes(broken))
        ran = site.run("claims", "sheet", "--apply", "back.csv", "--yes")
        assert ran.code in (0, 2)
        assert "Traceback" not in ran.err
        assert not site.read("claims.toml")


def test_a_register_that_changes_while_it_is_asked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from copydesk_plugins.claims.commands import sheet_apply

    def meanwhile(to: str, yes: bool) -> bool:
        site.write("claims.toml", "# somebody else\n")
        return True

    monkeypatch.setattr(sheet_apply, "agreed", meanwhile)
    first, *rest = site.sheet()
    ran = site.apply([ticked(first), *rest])
    assert ran.code == 2
    assert "was changed meanwhile" in ran.err
    assert site.read("claims.toml") == "# somebody else\n"


def test_a_file_of_very_many_rows_is_refused_at_once(site: Site) -> None:
    rows = site.sheet()
    path = site.root / "back.csv"
    path.write_bytes(text_of(rows).encode() + b"a,b\r\n" * 30_000)
    ran = site.run("claims", "sheet", "--apply", path.name, "--yes")
    refused(site, ran, "failed back.csv has more than 20,000 rows. Is it the right file?")


def test_of_many_refused_rows_the_first_are_named(site: Site) -> None:
    rows = site.sheet()
    path = site.root / "back.csv"
    path.write_bytes(text_of([ticked(rows[0]), *rows[1:]]).encode() + b"a,b\r\n" * 300)
    ran = site.run("claims", "sheet", "--apply", path.name, "--yes")
    refused(site, ran, "row 5 has no code")
    assert ran.err.count("failed ") == 100
    assert "200 more rows are refused." in ran.out


def test_what_a_sheet_cannot_show_whole_is_not_approved_with_it(site: Site) -> None:
    by = " ([trial](https://doi.org/10.5555/12345678))"
    modals, verbs = ["can", "may", "might", "could", "will"], ["ease", "relieve", "reduce"]
    ways = [f"Ketamine {each} {verb} depression" for each in modals for verb in verbs]
    ways += [f"Ketamine {each} {verb} the depression" for each in modals for verb in verbs]
    ways += [f"Massage {'very ' * 200}often eases neck pain"]
    site.post("one", "\n\n".join(f"{each}{by}." for each in ways))
    rows = site.sheet()
    long = [row for row in rows if "…" in row["Statement"]]
    many = [row for row in rows if row["Also written as"].endswith(" more")]
    assert long and many
    for row in (*long, *many):
        assert "It is longer than the sheet could show" in row["Register"]
        marked = [ticked(each) if each is row else each for each in rows]
        refused(site, site.apply(marked, "--yes"), "is longer than the sheet could show")


def test_a_statement_that_does_not_say_of_what_is_not_approved(site: Site) -> None:
    by = " ([trial](https://doi.org/10.5555/12345678))"
    site.post("one", f"This treatment eases depression in most people{by}.", "Ketamine")
    [row] = site.sheet()
    assert "does not say in its own words of what it is said" in row["Register"]
    assert '<span class="box"></span>Approve' not in site.csv.with_suffix(".html").read_text()
    refused(site, site.apply([ticked(row)], "--yes"), "row 2 (No. 1) does not say in its own")
