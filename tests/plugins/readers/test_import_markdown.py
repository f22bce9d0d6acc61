"""Markdown of other tools as a draft: keys mapped, nothing lost, the text as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imports_kit import CASES, convert, draft, recognised, shown
from readers_kit import SHARED, needs_shared

from copydesk.api import CopydeskError
from copydesk.metadata import KEYS, example

_CASES = sorted(p for p in (CASES / "markdown").iterdir() if p.suffix != ".expected")
_KEYS = st.sampled_from(
    [
        *KEYS,
        *("date", "lastmod", "draft", "summary", "categories", "authors", "keywords", "permalink"),
        *("layout", "status", "images", "excerpt", "Title", "old_series", "weight"),
    ]
)
_VALUES = st.one_of(
    st.sampled_from(["2024-05-06", "true", "false", "draft", "a b", "/x/y/", "", "published"]),
    st.text(st.characters(categories=["Ll", "Lu", "Nd", "Zs"], max_codepoint=0x17F), max_size=12),
    st.lists(st.sampled_from(["one", "two words", "three"]), max_size=3).map(tuple),
)


def _toml(values: dict[str, str | tuple[str, ...]]) -> str:
    """Write keys as TOML, which takes any value in quotes."""
    lines = []
    for key, value in values.items():
        said = f"'{value}'" if isinstance(value, str) else f"[{', '.join(map(repr, value))}]"
        lines.append(f"{key} = {said}\n")
    return f"+++\n{''.join(lines)}+++\n"


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_a_case_becomes_the_draft_that_is_expected(case: Path) -> None:
    expected = case.with_name(f"{case.name}.expected").read_text(encoding="utf-8")
    assert shown(convert("markdown", case.read_bytes(), case.name)) == expected


@given(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=8))
def test_no_value_is_lost(values: dict[str, str | tuple[str, ...]]) -> None:
    """Each text of the front matter is in the draft's, or is a word for its state or address."""
    found = convert("markdown", f"{_toml(values)}\nTea.\n")
    there = {found.title, *found.notes}
    for value in (*found.front_matter.values(), *found.others.values()):
        there.update((value,) if isinstance(value, str) else value)
    whole = "\n".join(there)
    for key, value in values.items():
        for text in (value,) if isinstance(value, str) else value:
            bare = text.strip()
            assert all(part.strip() in whole for part in bare.split(",")), (key, text)
    assert not set(found.others) & set(KEYS)


@given(st.dictionaries(_KEYS, _VALUES, min_size=1, max_size=8))
def test_a_draft_imported_again_stays_as_it_is(values: dict[str, str | tuple[str, ...]]) -> None:
    first = convert("markdown", f"{_toml(values)}\nTea.\n", "2024-01-02-a.md")
    again = convert("markdown", draft(first), "2024-01-02-a.md")
    assert (again.title, again.body) == (first.title, first.body)
    assert {**again.front_matter, "slug": ""} == {**first.front_matter, "slug": ""}
    assert again.others == first.others


def test_every_key_of_ours_is_taken_as_it_is() -> None:
    """All but the series, which is a group: an import knows texts and lists only."""
    head = "".join(f"{key}: {example(key)}\n" for key in KEYS if key != "series")
    found = convert("markdown", f"---\n{head}---\n\nTea.\n")
    assert not found.others
    assert not found.notes
    assert {*found.front_matter, "title", "series"} == set(KEYS)


@pytest.mark.parametrize(
    "body",
    [
        "Tea.\n\n    code\n\n* a\n* b\n\n\n\nTwo  \nlines\\\nthere.\n",
        "# Other title\n\nText.\n",
        "> # A title\n\nText.\n",
        "---\n\nText.\n",
        "<h1>A title</h1>\n\nText.\n",
        "[a]: b\n\n```\n{{ x }}\n```\n",
    ],
)
def test_the_text_stays_as_it_stands(body: str) -> None:
    for newline in ("\n", "\r\n", "\r"):
        text = f"---\ntitle: A title\n---\n\n{body}".replace("\n", newline)
        assert convert("markdown", text).body == body


@pytest.mark.parametrize(
    ("body", "title", "rest"),
    [
        ("# A title\n\nText.\n", "A title", "Text.\n"),
        ("A title\n===\nText.\n", "A title", "Text.\n"),
        ("\n\n# A *title* #\nText.\n", "A title", "Text.\n"),
        ("![x](y.png)\n\n# A title\n\nText.\n", "A title", "![x](y.png)\n\nText.\n"),
        ("Text.\n\n# A title\n", "A title", "Text.\n\n# A title\n"),
        ("## No title\n\nText.\n", "", "## No title\n\nText.\n"),
    ],
)
def test_the_first_heading_is_the_title_where_no_key_is(body: str, title: str, rest: str) -> None:
    found = convert("markdown", body)
    assert (found.title, found.body) == (title, rest)
    assert title in found.texts or not title


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("---\ntitle: x\nno end", 1, "never closed"),
        ("---\ntitle: x\ntitle: y\n---\n", 3, "twice"),
        ("---\na: &x y\n---\n", 2, "anchor"),
        ("+++\na = \n+++\n", 2, "TOML"),
        ('{"title": "x",\n"a" "b"}\n\nText', 2, "JSON"),
        ('{"a": "x", "a": "y"}\n\nText', 1, "twice"),
        ('{"a": ' + "[" * 50 + "]" * 50 + "}", 1, "deep"),
        ('{"a": ' + "[" * 9000, 1, "deep"),
    ],
)
def test_broken_front_matter_is_refused_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(CopydeskError, match=message) as caught:
        convert("markdown", text)
    assert caught.value.failure.line == line
    assert caught.value.failure.help


@pytest.mark.parametrize(
    ("name", "text", "importer"),
    [
        ("a.md", "Words.", "markdown"),
        ("a.MDX", "Words.", "markdown"),
        ("-", "---\ntitle: x\n---\nWords.", "markdown"),
        ("-", "---\ntitle: [\nWords.", "markdown"),
        ("-", "Title: x\nDate: 2024-01-01\n\nWords.", "markdown"),
        ("-", "# Title\n\nWords.", "markdown"),
        ("a", "## A part\n\n[Words](https://example.org/).", "markdown"),
        ("-", "Note: one line.\n\nWords.", "pasted"),
        ("-", "Title\n\n# 1 of the words * and * no more.", "pasted"),
        ("-", "---\n\nWords.", "pasted"),
        ("a.html", "# Title", ""),
    ],
)
def test_markdown_is_known_by_its_name_or_its_signs(name: str, text: str, importer: str) -> None:
    assert recognised(text, name) in (importer, "html" if name == "a.html" else importer)


@pytest.mark.parametrize(
    ("name", "head", "state"),
    [
        ("site/_drafts/a.md", "", "draft"),
        ("a.md", "draft: true", "draft"),
        ("a.md", "draft: false", "scheduled"),
        ("a.md", "published: false", "draft"),
        ("a.md", "published: true", "scheduled"),
        ("a.md", "status: published", "published"),
        ("a.md", "state: scheduled", "scheduled"),
        ("a.md", "draft: true\nstatus: published", "draft"),
        ("a.md", "layout: post", None),
    ],
)
def test_what_the_other_tool_says_about_its_state(name: str, head: str, state: str) -> None:
    found = convert("markdown", f"---\ntitle: x\n{head}\n---\n\nTea.\n", name)
    assert found.front_matter.get("state") == state


@needs_shared
@pytest.mark.parametrize("folder", ["health", "nonhealth", "odd", "supported"])
def test_shared_posts_keep_their_text_and_can_be_imported_again(folder: str) -> None:
    converted = 0
    for path in sorted((SHARED / "posts" / folder).glob("*.md")):
        try:
            found = convert("markdown", path.read_bytes(), path.name)
        except CopydeskError as error:
            assert error.failure.line
            continue
        text = path.read_text(encoding="utf-8-sig")
        assert text.strip().endswith(found.body.strip())
        again = convert("markdown", draft(found), path.name)
        assert (again.title, again.body) == (found.title, found.body)
        assert again.others == found.others
        converted += 1
    assert converted


def test_long_and_odd_texts_end() -> None:
    """A text of each of these would not end if the time grew with its square."""
    for piece, times in (
        ("{{ ", 100_000),
        ("{{< a", 30_000),
        ("\n \t", 200_000),
        ("# a\n", 30_000),
        ("a: b\n", 100_000),
        ("{%", 200_000),
        ("<A", 50_000),
        ("word ", 200_000),
    ):
        convert("markdown", piece * times, "a.mdx")
        recognised(piece * times, "-")
