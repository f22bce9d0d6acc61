"""Real posts: labelled units lie in one block each, and nothing crashes or is lost."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from readers_kit import READERS, SHARED, assert_sound, html, needs_shared, source

from copydesk.api import ContentBuilder, Span
from copydesk.front_matter import find_front_matter

POSTS = SHARED / "posts"
GOLD = SHARED / "claims" / "dev" / "gold.jsonl"
pytestmark = [pytest.mark.shared, needs_shared]


def labelled() -> list[dict[str, Any]]:
    if not GOLD.is_file():
        return []
    return [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]


def load(path: Path) -> tuple[str, int, ContentBuilder]:
    text = path.read_bytes().decode("utf-8-sig", "replace")
    front_matter = find_front_matter(source(text))
    start = front_matter[0].end if front_matter else 0
    builder = ContentBuilder()
    READERS[path.suffix].read(source(text, path.suffix), Span(start, len(text)), builder)
    return text, start, builder


@pytest.mark.parametrize("name", [each["file"] for each in labelled()])
def test_each_labelled_unit_lies_in_one_block(name: str) -> None:
    text, start, found = load(POSTS / name)
    units = next(each["units"] for each in labelled() if each["file"] == name)
    places = [each.text.to_source(0, len(each.text.plain)) for each in found.blocks]
    blocks = []
    for first, last, *_ in units:
        if first >= start:
            touched = [n for n, each in enumerate(places) if each.start < last and first < each.end]
            assert len(touched) == 1, text[first:last]
            blocks.append((touched[0], first, last))
    if name.endswith(".txt"):
        for (one, _, end), (other, begin, _) in pairwise(blocks):
            assert (one == other) == ("\n" not in text[end:begin])


@pytest.mark.parametrize("path", sorted(POSTS.glob("*/*.*")), ids=lambda path: path.name)
def test_any_real_post_is_read(path: Path) -> None:
    text, start, found = load(path)
    assert_sound(text, found)
    assert found.blocks
    assert html(text, path.suffix, start=start).strip()
