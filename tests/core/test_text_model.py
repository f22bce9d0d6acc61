"""Lines, columns and the way from plain text back to the source."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.model.text import LineIndex, MappedText, MappedTextBuilder, Span

TEXTS = st.text(st.sampled_from("ab\n\r\u2028\u0085\x0b🙂é \ufeff"), max_size=40)
#: Stretches of a source: what is read from it, what it stands for, and what is passed over.
PARTS = st.lists(
    st.tuples(
        st.sampled_from([("ab", "ab"), ("&amp;", "&"), ("\n> ", " "), ("🙂", "🙂")]),
        st.sampled_from(["", "**", "<i>"]),
    ),
    max_size=12,
)


def naive_position(text: str, offset: int) -> tuple[int, int]:
    """Count lines as an editor does: a break belongs to the line that it ends."""
    line = column = 1
    for at in range(offset):
        ends = text[at] == "\n" or (text[at] == "\r" and text[at + 1 : at + 2] != "\n")
        line, column = (line + 1, 1) if ends else (line, column + 1)
    return line, column


@given(TEXTS)
@example("a\r\nb")
def test_positions_as_an_editor_counts_them(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        assert tuple(index.position(offset)) == naive_position(text, offset)


@given(TEXTS)
def test_a_line_starts_in_column_one(text: str) -> None:
    index = LineIndex(text)
    lines = index.position(len(text)).line
    for line in range(1, lines + 1):
        assert tuple(index.position(index.line_start(line))) == (line, 1)


def test_only_three_ends_end_a_line() -> None:
    text = "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg"
    assert LineIndex(text).position(len(text)).line == 1


def build(parts: list[tuple[tuple[str, str], str]]) -> tuple[str, MappedText]:
    source, builder = "", MappedTextBuilder()
    for (written, plain), passed_over in parts:
        builder.add(plain, len(source), len(written))
        source += written + passed_over
    return source, builder.build()


@given(PARTS)
def test_runs_cover_the_plain_text_without_gaps(parts: list[tuple[tuple[str, str], str]]) -> None:
    source, mapped = build(parts)
    at = 0
    for run in mapped.runs:
        assert run.plain == at
        at += run.plain_length
        assert run.source + run.source_length <= len(source)
    assert at == len(mapped.plain)


@given(PARTS, st.data())
def test_every_stretch_maps_to_what_was_written(
    parts: list[tuple[tuple[str, str], str]], data: st.DataObject
) -> None:
    source, mapped = build(parts)
    start = data.draw(st.integers(0, len(mapped.plain)))
    end = data.draw(st.integers(start, len(mapped.plain)))
    span = mapped.to_source(start, end)
    assert 0 <= span.start <= span.end <= len(source)
    if end == start:
        assert span.start == span.end
        return
    first, last = mapped.to_source(start, start + 1), mapped.to_source(end - 1, end)
    assert (span.start, span.end) == (first.start, last.end)
    written = source[first.start : first.end]
    assert {"&amp;": "&", "\n> ": " "}.get(written, written) == mapped.plain[start]


def test_equal_neighbours_are_one_run() -> None:
    builder = MappedTextBuilder()
    builder.add("ab", 3)
    builder.add("", 5)
    builder.add("c", 5)
    assert builder.last_character == "c"
    assert len(builder.build().runs) == 1


def test_nothing_collected() -> None:
    builder = MappedTextBuilder()
    assert builder.last_character == ""
    assert builder.build().to_source(0, 0) == Span(0, 0)
