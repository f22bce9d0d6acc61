"""Parts of the report page: passages that quote exactly, fixes, pictures with true numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import Edit, FileResult, Measure, Part, Span
from copydesk.testing import read
from copydesk_plugins.reporters.page import pictures
from copydesk_plugins.reporters.page.passages import Mended, Piece, mended, passage
from copydesk_plugins.reporters.page.words import share, tidy, with_code

TEXTS = st.lists(
    st.sampled_from(
        ["Tea is warm. ", "**Bold** words & <b>tags</b> ", "\n\n", "\n> quoted ", "- item\n",
         "é🌿 ", "&amp; ", "[a link](fees.md) ", "`code` ", "# Head\n\n", "\r\n", "\u2028",
         "![alt](a.png)", "| a | b |\n|---|---|\n| c | d |\n", "\u202eturned ", "word " * 60]
    ),
    max_size=12,
).map("".join)  # fmt: skip


def squeezed(text: str) -> str:
    return "".join(tidy(text).split())


@given(TEXTS)
def test_a_unit_stands_marked_in_its_paragraph(text: str):
    post = read(text)
    for unit in post.units:
        found = passage(post, unit.span)
        marked = squeezed(found.marked).removesuffix("…")
        assert marked and squeezed(unit.text).startswith(marked)
        block = squeezed(post.blocks[unit.block].text.plain)
        before, after = (squeezed(each).strip("…") for each in (found.before, found.after))
        assert f"{before}{marked}" in block and after in block
        assert not found.raw


@given(TEXTS, st.data())
def test_any_place_has_a_passage(text: str, data: st.DataObject):
    post = read(text)
    size = len(post.source.text)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    found = passage(post, Span(start, end))
    whole = found.before + found.marked + found.after
    assert len(whole) < 1200 and (whole.isprintable())


def test_what_readers_do_not_see_is_shown_as_it_is_typed():
    text = "---\ntitle: Fees\ndraft: maybe\n---\n\nSee [fees](http://x.example/a).\n"
    post = read(text)
    at = text.index("maybe")
    assert passage(post, Span(at, at + 5)) == ("draft: ", "maybe", "", True)
    at = text.index("http")
    found = passage(post, Span(at, at + 18))
    assert (found.marked, found.raw) == ("http://x.example/a", True)


def joined(pieces: tuple[Piece, ...]) -> str:
    return "".join(each.text for each in pieces)


@given(st.text("ab .", max_size=12), st.text("xy ", max_size=4), st.text("ab .", max_size=12),
       st.text("cd", max_size=3))  # fmt: skip
def test_a_fix_is_shown_before_and_after(head: str, old: str, tail: str, new: str):
    post = read(head + old + tail)
    found = mended(post, (Edit(len(head), len(head) + len(old), new),))
    assert squeezed(joined(found.before)) == squeezed(head + old + tail)
    assert squeezed(joined(found.after)) == squeezed(head + new + tail)
    assert found.more == 0


def test_a_fix_of_many_places_shows_some_and_a_line_end_can_be_seen():
    text = "One two. " * 200
    edits = [Edit(at * 9 + 3, at * 9 + 4, "\n") for at in range(0, 200, 20)]
    found = mended(read(text), edits)
    assert found.more == 4
    assert joined(found.after).count("One↵two") == 6
    assert len(joined(found.before)) < 1000
    same = mended(read("a\u00a0b"), (Edit(1, 2, " "),))
    assert isinstance(same, Mended) and same.unseen


def result(measure: Measure, **measures: int) -> FileResult:
    return FileResult("a", "a", "", "A", "draft", False, (), measures, {measure.name: measure})


GRADES = st.lists(
    st.tuples(st.none() | st.floats(-5, 60), st.integers(0, 900)), min_size=1, max_size=40
)


@given(GRADES, st.none() | st.floats(0, 30))
def test_grades_stay_inside_the_picture(values: list, limit: float | None):
    parts = tuple(Part(f"S{at}", value, Span(0, 1), of) for at, (value, of) in enumerate(values))
    picture = pictures.grades(result(Measure("flesch-kincaid-grade", 8.0, parts, limit)))
    assert picture is not None
    assert all(0 <= bar.size <= 100 for bar in picture.bars)
    assert picture.line is None or 0 <= picture.line <= 100
    assert len(picture.table.rows) == len(parts)
    over = sum(limit is not None and value is not None and value > limit for value, _ in values)
    known = sum(value is not None for value, _ in values)
    assert limit is None or f"{share(over, known)} above grade" in picture.says


@given(st.lists(st.integers(1, 3000), min_size=1, max_size=700), st.none() | st.integers(5, 200))
def test_every_sentence_is_in_the_picture_and_in_the_table(words: list[int], limit: int | None):
    parts = tuple(Part("", each, Span(0, 1)) for each in words)
    picture = pictures.lengths(result(Measure("sentences", len(parts), parts, limit)))
    assert picture is not None
    assert len(picture.bars) <= 160
    assert all(bar.start >= 0 and bar.start < 100 and 0 < bar.size <= 100 for bar in picture.bars)
    assert any(bar.tone == "over" for bar in picture.bars) == (
        limit is not None and max(words) > limit
    )
    steps = picture.table.rows[:5]
    assert sum(int(row[1].split(" of ")[0].replace(",", "")) for row in steps) == len(words)


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 3), st.integers(0, 3))
def test_claims_fill_the_bar_and_keep_their_denominator(none: int, cited: int, weak: int, own: int):
    counts = {"claims-without-source": none, "claims-with-source": cited,
              "claims-with-weak-source": weak, "claims-in-register": own}  # fmt: skip
    total = sum(counts.values())
    picture = pictures.claims({"claims": total, **counts})
    if not total:
        assert picture is None
        return
    assert picture is not None
    assert abs(sum(bar.size for bar in picture.bars) - 100) < 1e-6
    assert f"{share(none, total)}" in picture.table.rows[3][1]
    assert all(f" of {total:,} (" in text for _, text in picture.legend)


def test_a_message_with_commands():
    assert with_code("Run `copydesk fix`.") == [
        (False, "Run "),
        (True, "copydesk fix"),
        (False, "."),
    ]
    assert with_code("a ` b") == [(False, "a ` b")]
