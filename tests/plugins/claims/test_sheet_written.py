"""`copydesk claims sheet`: the page and the spreadsheet that it writes."""

from __future__ import annotations

import csv
import io
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from review_kit import BARE, SOURCED, Site, rows_of  # found through the line above

from copydesk_plugins.claims.review.cells import CODE, COLUMNS, read_code, version_of
from copydesk_plugins.claims.review.spreadsheet import as_csv, guarded, unguarded

FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def site(empty_site: Site) -> Site:
    return empty_site


def page_of(site: Site) -> str:
    return site.csv.with_suffix(".html").read_text(encoding="utf-8")


def test_each_statement_is_a_row_with_places_and_evidence(site: Site) -> None:
    site.post("one", f"## Mood\n\nHello.\n\n{SOURCED}\n\n{BARE}", "How it works")
    rows = site.sheet()
    sourced, bare = rows
    assert sourced["Statement"].startswith("Ketamine eases depression within hours")
    assert sourced["Where"] == "“How it works”, “Mood”, paragraph 2 (posts/one.md:13)"
    assert "doi:10.5555/12345678: a source is given" in sourced["Sources in the posts"]
    assert sourced["Evidence"] == "doi:10.5555/12345678"
    assert bare["Sources in the posts"] == "None."
    assert "cannot be approved" in bare["Evidence"]
    assert [row["No."] for row in rows] == ["1", "2"]
    assert all(row[name] == "" for row in rows for name in ("Approve", "Change", "Name", "Date"))


def test_claims_that_say_the_same_share_a_row(site: Site) -> None:
    site.post("one", SOURCED)
    site.post("two", SOURCED.replace("([trial](https://doi.org/10.5555/12345678))", "") + "\n")
    site.post("three", "Ketamine eases depression within hours.")
    rows = site.sheet()
    assert len(rows) == 1
    assert {"posts/one.md", "posts/two.md", "posts/three.md"} == set(
        re.findall(r"posts/\w+\.md", rows[0]["Where"])
    )


def test_a_sheet_of_one_post_has_the_same_rows_as_that_of_the_site(site: Site) -> None:
    site.post("one", f"{SOURCED}\n\n{BARE}")
    site.post("two", "Ketamine eases depression within hours.")
    whole = {row["Statement"]: read_code(row[CODE]) for row in site.sheet()}
    site.csv.unlink()
    site.csv.with_suffix(".html").unlink()
    [mine] = site.sheet("posts/two.md")
    code, other = read_code(mine[CODE]), whole[mine["Statement"]]
    assert code and other
    assert code.check == other.check


def test_what_is_there_is_never_written_over(site: Site) -> None:
    site.post("one", SOURCED)
    site.sheet()
    site.csv.write_text("filled in")
    ran = site.run("claims", "sheet")
    assert ran.code == 2
    assert "is there already" in ran.err
    assert site.csv.read_text() == "filled in"


def test_a_page_among_the_posts_would_be_a_post(site: Site) -> None:
    site.post("one", SOURCED)
    ran = site.run("claims", "sheet", "--output", "posts/sheet")
    assert ran.code == 2
    assert "among the posts" in ran.err
    assert not (site.root / "posts" / "sheet").exists()


def test_nothing_to_sign_writes_nothing(site: Site) -> None:
    site.post("one", "We open at nine.")
    ran = site.run("claims", "sheet")
    assert (ran.code, site.csv.exists()) == (0, False)
    assert "nothing in them needs support" in ran.out


def test_a_post_that_cannot_be_read_writes_no_sheet(site: Site) -> None:
    site.post("one", SOURCED)
    (site.root / "posts" / "two.md").write_bytes(b"caf\xe9")
    ran = site.run("claims", "sheet")
    assert ran.code == 2
    assert "posts/two.md" in ran.err
    assert not site.csv.exists()


class Page(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [v or "" for k, v in attrs if k in ("href", "src", "action")]
        self.handlers += [k for k, _ in attrs if k.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_stands_alone_and_runs_nothing(site: Site) -> None:
    title = "Relief <script>alert(1)</script><img src=x onerror=alert(2)> & more"
    site.post("one", SOURCED, f"'{title}'")
    site.sheet()
    page = Page()
    page.feed(page_of(site))
    assert not {"script", "img", "link", "iframe", "form", "a"} & set(page.tags)
    assert not page.addresses
    assert not page.handlers
    assert "<script>alert(1)</script><img src=x onerror=alert(2)>" in page.text
    assert "url(" not in page_of(site)
    assert "@import" not in page_of(site)
    for words in (
        "Name",
        "Signature",
        "Date",
        "Approve",
        "Change",
        "Remove",
        "Statements to review",
    ):
        assert words in page.text


def test_the_page_offers_no_tick_that_could_not_be_applied(site: Site) -> None:
    site.post("one", BARE)
    site.sheet()
    page = Page()
    page.feed(page_of(site))
    boxes = page.text[page.text.index("1. Massage") :]
    assert "Approve" not in boxes
    assert "Change" in boxes


HOSTILE = ("=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\t=1", "＝1", " =1", "\n=1", "'=1", "9/10")


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_is_a_formula_a_number_or_a_date(cell: str) -> None:
    data = as_csv([{**dict.fromkeys(COLUMNS, ""), "Statement": cell, "No.": "1"}])
    [row] = rows_of(data)
    assert row["Statement"].startswith("'")
    assert row["No."] == "1"
    if not cell.startswith("'"):
        assert unguarded(row["Statement"]) == cell


@given(st.text(max_size=30))
def test_no_text_gets_through_as_a_formula(cell: str) -> None:
    written = guarded(cell)
    assert not written.lstrip().startswith(FORMULAS)
    assert cell in (written, written[1:])
    if not cell.startswith("'"):
        assert unguarded(written) == cell


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4), st.sampled_from([",", ";"]))
def test_every_cell_comes_back(texts: list[str], separator: str) -> None:
    rows = [{**dict.fromkeys(COLUMNS, ""), "Statement": text} for text in texts]
    data = as_csv(rows, separator)
    assert data.startswith(b"\xef\xbb\xbf")
    plain = data.decode("utf-8-sig")
    back = list(csv.DictReader(io.StringIO(plain, newline=""), delimiter=separator))
    assert [row["Statement"] for row in back] == [guarded(text) for text in texts]


def test_semicolons_where_a_spreadsheet_wants_them(site: Site) -> None:
    site.post("one", SOURCED)
    assert site.run("claims", "sheet", "--separator", "semicolon").code == 0
    assert site.csv.read_text(encoding="utf-8-sig").startswith('"No.";"Statement";')


def test_a_word_that_steers_a_terminal_is_harmless(site: Site) -> None:
    site.post("one", SOURCED.replace("within", "\u202ewithin\u001b[31m"))
    [row] = site.sheet()
    assert "\u202e" not in row["Statement"]
    assert "\x1b" not in page_of(site)


@pytest.mark.parametrize("text", ["", "copydesk-sheet-2 x", "row 1 of 2", "copydesk-sheet-1 site"])
def test_a_code_is_whole_or_none(text: str) -> None:
    assert read_code(text) is None
    assert version_of(text) == (2 if "sheet-2" in text else 1 if "sheet-1" in text else 0)


def test_a_thousand_statements_are_a_sheet(site: Site) -> None:
    for number in range(20):
        lines = [f"Drug{number}x{n} reduces back pain by {n} percent." for n in range(60)]
        site.post(f"p{number}", "\n\n".join(lines), f"Post {number}")
    assert len(site.sheet()) > 1000


def test_a_post_in_another_language_is_told_as_not_looked_through(site: Site) -> None:
    site.post("uno", "La ketamina cura la depresi\u00f3n.")
    site.write(
        "posts/uno.md", site.read("posts/uno.md").replace("id: uno", "id: uno\nlanguage: es")
    )
    ran = site.run("claims", "sheet")
    assert ran.code == 2
    assert "posts/uno.md is in another language" in ran.err
    assert "nothing in them needs support" not in ran.out
    assert not site.csv.exists()
    site.post("one", SOURCED)
    assert site.run("claims", "sheet").code == 2
    assert "in another language: posts/uno.md." in page_of(site)
    stamped = site.run("claims", "review", "posts/uno.md", "--by", "mara", "--yes")
    assert stamped.code == 0
    assert "did not look for statements" in stamped.out


def test_where_every_file_is_a_post_the_sheet_lies_elsewhere(site: Site, tmp_path: Path) -> None:
    site.write("one.md", f"# Mood\n\n{SOURCED}\n")
    ran = site.run("claims", "sheet")
    assert ran.code == 2
    assert "outside of" in ran.err
    assert not site.csv.exists()
    elsewhere = tmp_path / "for-mara"
    assert site.run("claims", "sheet", "--output", str(elsewhere)).code == 0
    assert site.run("lint").out.count("1 post checked") == 1
    assert len(list(elsewhere.iterdir())) == 2
