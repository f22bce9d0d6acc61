"""Which units of a post are prose, and the sections they stand in.

Scores are about running text. Counted are the sentences of paragraphs and list items, also
words quoted inside them. Not counted: title, description, headings, table cells, alternative
texts, code, footnotes, lists of references, block quotations, which are someone else's words
and cannot be made easier, disclaimers, and paragraphs of nothing but code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from copydesk.api import Block, Post, Unit
from copydesk_plugins.readability.disclaimers import is_disclaimer, is_disclaimer_heading

#: Said wherever a score is shown, so that nobody takes it for a count of the whole file.
COUNTED = (
    "Counted: sentences of paragraphs and list items. Not counted: title, description, "
    "headings, tables, image texts, code, footnotes, references, block quotations and disclaimers."
)

_KINDS = frozenset({"paragraph", "list-item"})
_NOT_OWN = frozenset({"quote", "footnote", "table"})
_OUTSIDE = frozenset[str]()
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
        "further reading",
        "additional reading",
        "selected references",
        "selected bibliography",
        "research bibliography",
    }
)
#: A mark that a template replaces: `{{< picture src="sea.png" >}}`.
_TEMPLATE = re.compile(r"\{[{%:][^{}]*\}\}?")


class Section(NamedTuple):
    """The prose under one heading, up to the next; `heading` is None for what comes first."""

    heading: Block | None
    units: list[Unit]


def prose_units(post: Post) -> list[Unit]:
    """Return the units that count as sentences of prose, in order."""
    left_out: set[int] = set()
    prose: set[int] = set()
    for block in post.blocks:
        if block.kind == "heading":
            if block.heading in left_out or _is_left_out(block):
                left_out.add(block.index)
        elif block.kind in _KINDS and block.heading not in left_out and _is_own(post, block):
            prose.add(block.index)
    return [unit for unit in post.units if unit.block in prose]


def _is_own(post: Post, block: Block) -> bool:
    """Say whether a block is running text of the post itself."""
    within = post.containers[block.container].within if block.container != -1 else _OUTSIDE
    plain = block.text.plain
    return within.isdisjoint(_NOT_OWN) and not is_disclaimer(plain) and not _is_code(post, block)


def _is_code(post: Post, block: Block) -> bool:
    """Say whether a block is nothing but code between backticks, or marks of a template."""
    plain = block.text.plain.strip()
    if plain.startswith("{"):
        return not _TEMPLATE.sub("", plain).strip()
    if post.reader != "markdown" or not post.source.text.startswith("`", block.span.start):
        return False
    written = post.quote(block.span).strip()
    return written.endswith("`") and "`" not in written.strip("`")


def prose_blocks(
    post: Post, units: Iterable[Unit] | None = None
) -> Iterator[tuple[Block, list[Unit]]]:
    """Yield each block of prose with its sentences; `units` are those of `prose_units`."""
    for block, each in groupby(
        prose_units(post) if units is None else units, key=attrgetter("block")
    ):
        yield post.blocks[block], list(each)


def sections(post: Post, units: Iterable[Unit] | None = None) -> list[Section]:
    """Return the prose from each heading to the next; headings without prose are left out."""
    found: list[Section] = []
    current = -2
    for unit in prose_units(post) if units is None else units:
        heading = post.blocks[unit.block].heading
        if heading != current:
            current = heading
            found.append(Section(post.blocks[heading] if heading != -1 else None, []))
        found[-1].units.append(unit)
    return found


def _is_left_out(heading: Block) -> bool:
    name = " ".join(heading.text.plain.split()).strip(" :.").casefold()
    return name in _REFERENCES or is_disclaimer_heading(name)
