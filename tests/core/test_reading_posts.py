"""A source into a post: title rules, front-matter blocks and units."""

from __future__ import annotations

import pytest

from copydesk.model.context import title_span
from copydesk.testing import read


@pytest.mark.parametrize(
    ("text", "title", "is_block"),
    [
        ("# Fees\n\nText.\n", "Fees", True),
        ("---\ntitle: Fees\n---\n# FEES\n\nText.\n", "Fees", True),
        ("---\ntitle: Fees\n---\n# Prices\n\nText.\n", "Fees", False),
        ("Text.\n\n# Fees\n", "", False),
        ("## Fees\n\nText.\n", "", False),
        ("---\ntitle: Fees\ndescription: What it costs.\n---\nText.\n", "Fees", False),
        ("---\ndescription: What it costs.\n---\n# Fees\n", "Fees", True),
        ("", "", False),
    ],
)
def test_title(text: str, title: str, is_block: bool) -> None:
    post = read(text)
    assert post.title == title
    assert (post.title_block != -1) is is_block


def test_front_matter_blocks_stand_in_the_order_of_the_source() -> None:
    text = "---\nimage_alt: A room\ndescription: What it costs.\ntitle: Fees\n---\n\nText.\n"
    post = read(text)
    assert [b.kind for b in post.blocks] == ["image-alt", "description", "title", "paragraph"]
    starts = [block.span.start for block in post.blocks]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        ("title: Fees", "Fees"),
        ("title: 'Fees'", "Fees"),
        ('title: "Fe\\u0065s"', '"Fe\\u0065s"'),
        ("description: >\n  Two\n  lines.", ">\n  Two\n  lines."),
    ],
)
def test_values_map_to_their_place(line: str, quote: str) -> None:
    post = read(f"---\n{line}\n---\nText.\n")
    assert post.quote(post.units[0].span) == quote


def test_units_are_sentences_of_prose_and_whole_headings() -> None:
    post = read(
        "---\ntitle: One. Two.\n---\n\n## Why? How.\n\nA first. A second.\n\n```\ncode.\n```\n"
    )
    assert [unit.text for unit in post.units] == ["One. Two.", "Why? How.", "A first.", "A second."]
    for unit in post.units:
        assert post.quote(unit.span) == unit.text
        assert post.blocks[unit.block].text.plain[unit.start : unit.end] == unit.text


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("---\ntitle: Fees\n---\nText.\n", "Fees"),
        ("# Fees\n\nText.\n", "Fees"),
        ("---\nstate: draft\n---\n\n \nFirst line.\r\nMore.\n", "First line."),
        ("\n \n", ""),
        ("", ""),
    ],
)
def test_the_place_of_a_finding_about_the_whole_post(text: str, quote: str) -> None:
    post = read(text)
    assert quote in post.quote(title_span(post))
    assert "\n" not in post.quote(title_span(post)).strip()
