"""Which units of a post are prose, and the sections they stand in.

Scores are about running text. Counted are the sentences of paragraphs and list items, also
words quoted inside them. Not counted: title, description, headings, table cells, alternative
texts, code, footnotes, lists of references, and block quotations, which are someone else's
words and cannot be made easier.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from copydesk.api import Block, Post, Unit

#: Said wherever a score is shown, so that nobody takes it for a count of the whole file.
COUNTED = (
    "Counted: sentences of paragraphs and list items. Not counted: title, description, "
    "headings, tables, image texts, code, footnotes, references and block quotations."
)

_KINDS = frozenset({"paragraph", "list-item"})
_REFERENCES = frozenset(
    {
        "references",
        "reference list",
        "sources",
        "works cited",
        "bibliography",
        "citations",
        "footnotes",
        "endnotes",
        "literature cited",
        "notes and references",
        "sources and references",
        "references and sources",
        "references and further reading",
    }
)


class Section(NamedTuple):
    """The prose under one heading, up to the next; `heading` is None for what comes first."""

    heading: Block | None
    units: list[Unit]


def prose_units(post: Post) -> list[Unit]:
    """Return the units that count as sentences of prose, in order."""
    found: list[Unit] = []
    block_index, wanted = -1, False
    for unit in post.units:
        if unit.block != block_index:
            block_index = unit.block
            wanted = is_prose(post, post.blocks[block_index])
        if wanted:
            found.append(unit)
    return found


def is_prose(post: Post, block: Block) -> bool:
    """Say whether the text of a block counts into the scores."""
    return (
        block.kind in _KINDS
        and not post.inside(block, "quote")
        and not post.inside(block, "footnote")
        and not post.inside(block, "table")
        and not any(_is_reference_heading(above) for above in _headings(post, block))
    )


def prose_blocks(post: Post) -> Iterator[tuple[Block, list[Unit]]]:
    """Yield each block of prose with its sentences."""
    units: list[Unit] = []
    for unit in prose_units(post):
        if units and units[-1].block != unit.block:
            yield post.blocks[units[0].block], units
            units = []
        units.append(unit)
    if units:
        yield post.blocks[units[0].block], units


def sections(post: Post) -> list[Section]:
    """Return the prose from each heading to the next; headings without prose are left out."""
    found: list[Section] = []
    current = -2
    for unit in prose_units(post):
        heading = post.blocks[unit.block].heading
        if heading != current:
            current = heading
            found.append(Section(post.blocks[heading] if heading != -1 else None, []))
        found[-1].units.append(unit)
    return found


def _headings(post: Post, block: Block) -> Iterator[Block]:
    at = block.heading
    while at != -1:
        yield post.blocks[at]
        at = post.blocks[at].heading


def _is_reference_heading(block: Block) -> bool:
    return " ".join(block.text.plain.split()).strip(" :.").casefold() in _REFERENCES
