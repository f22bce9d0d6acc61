"""Plain front matter is read without YAML, and must be read in the same way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk import front_matter
from copydesk.front_matter_plain import read_plain
from copydesk.model.finding import CopydeskError
from copydesk.model.text import Source

MARKS = tuple(":,./('[]+&?!#~=\"’–é-")
WORDS = (
    "a",
    "B2",
    "12",
    "null",
    "no",
    " ",
    ", ",
    ": ",
    "- ",
    " #",
    "09:30",
    "2026-03-02T09:00:00Z",
)
PIECES = st.sampled_from(MARKS + WORDS)
VALUES = st.lists(PIECES, min_size=1, max_size=6).map("".join)
LINES = st.lists(st.tuples(st.sampled_from(["title", "a-b", "_x", "no"]), VALUES), max_size=3)


def read(text: str) -> object:
    try:
        return front_matter.read_front_matter(Source("p.md", "p.md", text, ""))
    except CopydeskError as error:
        return error.failure


@given(LINES)
def test_as_yaml_reads_it(lines: list[tuple[str, str]]) -> None:
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in lines) + "---\nText.\n"
    quick = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(front_matter, "read_plain", lambda text: None)
        assert read(text) == quick


def test_usual_lines_need_no_yaml() -> None:
    found = read_plain("title: What a first visit is like?\ntags: [visits, first steps]\n")
    assert found is not None
    assert [(each.key, each.text) for each in found] == [
        ("title", "What a first visit is like?"),
        ("tags", ""),
    ]
    assert [item.text for item in found[1].items or ()] == ["visits", "first steps"]


@pytest.mark.parametrize("line", ["a: null", "a: 'b'", "a: b # c", "a: b: c", "a:", "a:  b", "# a"])
def test_everything_else_is_left_to_yaml(line: str) -> None:
    assert read_plain(f"title: Fees\n{line}\n") is None
