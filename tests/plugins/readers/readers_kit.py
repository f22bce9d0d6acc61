"""What the readers' tests share: invariants that hold for every post, whatever was read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from copydesk.api import Block, ContentBuilder, MappedText, Post, Reader, Source, Span
from copydesk.testing import read
from copydesk_plugins.readers import register_readers

READERS = {
    extension: each
    for each in register_readers()
    if isinstance(each, Reader)
    for extension in each.extensions
}
SHARED = Path(__file__).parents[3] / ".." / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared material does not lie beside the checkout"
)


def source(text: str, extension: str = ".md") -> Source:
    name = "post" + extension
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(name, name, text, digest)


def content(text: str, extension: str = ".md", start: int = 0) -> ContentBuilder:
    """Read a text with a reader alone, without front matter, title and sentences."""
    builder = ContentBuilder()
    READERS[extension].read(source(text, extension), Span(start, len(text)), builder)
    return builder


def html(text: str, extension: str = ".md", *omit: Span, start: int = 0) -> str:
    return READERS[extension].html(source(text, extension), Span(start, len(text)), omit)


def plain(builder: ContentBuilder, kind: str | None = None) -> list[str]:
    return [each.text.plain for each in builder.blocks if kind in (None, each.kind)]


def shape(builder: ContentBuilder) -> list[tuple[str, str]]:
    return [(each.kind, each.text.plain) for each in builder.blocks]


def whitespace_as_blanks(text: str) -> str:
    return "".join(" " if each in " \t\r\n\f" else each for each in text)


def assert_runs(text: str, mapped: MappedText) -> None:
    """Assert that runs cover the plain text without gaps, and that linear ones are the source."""
    at = 0
    for run in mapped.runs:
        assert run.plain == at
        at += run.plain_length
        assert 0 <= run.source <= run.source + run.source_length <= len(text)
        if run.plain_length == run.source_length:
            shown = mapped.plain[run.plain : at]
            there = text[run.source : run.source + run.source_length]
            assert whitespace_as_blanks(shown) == whitespace_as_blanks(there)
    assert at == len(mapped.plain)


def assert_sound(text: str, builder: ContentBuilder) -> None:
    """Assert what holds for everything that a reader may build."""
    for block in builder.blocks:
        assert_runs(text, block.text)
        whole = block.text.to_source(0, len(block.text.plain.rstrip()))
        first = len(block.text.plain) - len(block.text.plain.lstrip())
        assert block.span.start <= block.text.to_source(first, first).start
        assert whole.end <= block.span.end or block.kind == "code"
        assert (
            text[block.span.start : block.span.end].rstrip("\r\n")
            == text[block.span.start : block.span.end]
        )
        assert -1 <= block.container < len(builder.containers)
        assert -1 <= block.heading < block.index
    for each in builder.containers:
        assert 0 <= each.span.start <= each.span.end <= len(text)
        assert -1 <= each.lead_in < len(builder.blocks)
    for link in (*builder.links, *builder.images, *builder.left_out):
        assert 0 <= link.span.start <= link.span.end <= len(text)
    assert builder.current == -1, "a container was left open"


def only_block(builder: ContentBuilder, word: str) -> Block:
    """Return the one block that holds a word."""
    found = [each for each in builder.blocks if word in each.text.plain]
    assert len(found) == 1, f"{word} stands in {len(found)} blocks"
    assert found[0].text.plain.count(word) == 1
    return found[0]


def place_of(builder: ContentBuilder, word: str) -> Span:
    """Return where a word of the plain text stands in the source."""
    block = only_block(builder, word)
    at = block.text.plain.index(word)
    return block.text.to_source(at, at + len(word))


def assert_words(text: str, name: str, words: list[str], markup: str = "") -> Post:
    """Assert that each word is read once, and that its unit leads back to it exactly.

    Words between which markup stands lead to a place that is the word and the markup.
    """
    post = read(text, name)
    for word in words:
        units = [each for each in post.units if word in each.text]
        assert len(units) == 1, f"{word} stands in {len(units)} units"
        unit = units[0]
        at = unit.start + unit.text.index(word)
        span = post.blocks[unit.block].text.to_source(at, at + len(word))
        there = post.quote(span)
        for each in markup.split():
            there = there.replace(each, "")
        assert there == word
        assert unit.span.start <= span.start and span.end <= unit.span.end
        assert post.blocks[unit.block].text.plain[unit.start : unit.end] == unit.text
    return post
