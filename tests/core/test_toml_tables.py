"""Where tables of a TOML text stand, held against what tomllib reads."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.toml_places import toml_tables
from copydesk.toml_text import quoted

TEXT = '''# a note with [[claim]] in it
top = 1
[[claim]]
id = "a"  # x = 1
statement = """two
[[claim]]
lines"""
list = [
  "one", # two
  { x = 1 },
]

[[ claim . "evidence" ]]
doi = '10.5555/[x]='
when = 2026-01-01 09:00:00
[[claim]]
"id" = "b"
'''


def test_tables_have_their_names_and_values_their_places() -> None:
    found = toml_tables(TEXT)
    assert [each.name for each in found] == ["", "claim", "claim.evidence", "claim"]
    said = [{key: TEXT[span.start : span.end] for key, span in e.values.items()} for e in found]
    assert said[0] == {"top": "1"}
    assert said[1]["id"] == '"a"' and said[1]["statement"].endswith('lines"""')
    assert said[1]["list"].endswith("]") and list(said[1]) == ["id", "statement", "list"]
    assert said[2] == {"doi": "'10.5555/[x]='", "when": "2026-01-01 09:00:00"}
    assert said[3] == {"id": '"b"'}
    assert TEXT[found[1].header.start : found[1].header.end] == "[[claim]]"
    assert TEXT[: found[1].end].endswith("]") and TEXT[: found[3].end].endswith('"b"')


def test_a_text_without_tables_has_its_top_only() -> None:
    assert [each.name for each in toml_tables("")] == [""]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_make_no_difference(newline: str) -> None:
    text = TEXT.replace("\n", newline)
    assert [each.name for each in toml_tables(text)] == [each.name for each in toml_tables(TEXT)]
    assert text[: toml_tables(text)[3].end].endswith('"b"')


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), texts, max_size=4)))
def test_each_value_is_at_its_place(tables: list[dict[str, str]]) -> None:
    text = "".join(
        "[[claim]]\n" + "".join(f"{key} = {quoted(value)} # [x] =\n" for key, value in each.items())
        for each in tables
    )
    found = toml_tables(text)[1:]
    assert len(found) == len(tables)
    for at, each in zip(found, tables, strict=True):
        for key, span in at.values.items():
            value = tomllib.loads(f"x = {text[span.start : span.end]}")["x"]
            assert value == each[key]
