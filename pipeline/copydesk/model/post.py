"""A post as read: metadata, blocks with their ancestry, units, links and images."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from copydesk.model.text import MappedText, Source, Span

BlockKind = Literal[
    "title",
    "description",
    "image-alt",
    "heading",
    "paragraph",
    "list-item",
    "table-cell",
    "footnote",
    "code",
    "alt",
]
ContainerKind = Literal["list", "item", "quote", "table", "footnote", "definition"]
State = Literal["draft", "scheduled", "published"]

#: Blocks whose text is not prose: no sentences are counted in them.
NOT_PROSE: frozenset[str] = frozenset({"code"})
#: Blocks that stand in the front matter, above the body.
FRONT_MATTER: frozenset[str] = frozenset({"title", "description", "image-alt"})


class Container(NamedTuple):
    """Something that holds blocks: a list, an item, a quote, a table, a footnote.

    `parent` is the index of the enclosing container in `Post.containers`, or -1.
    `lead_in` is the index of the block that introduces a list ("It can:"), or -1. `within`
    holds its own kind and those of all containers around it, so that nobody climbs for it.
    """

    kind: ContainerKind
    parent: int
    span: Span
    lead_in: int = -1
    label: str = ""
    within: frozenset[ContainerKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that stands by itself, in the order of the source.

    `container` is an index into `Post.containers` or -1. `heading` is the index of the heading
    that the block stands under, or -1; for a heading that is the next one of a higher rank.
    `level` is 1 to 6 for headings, else 0.
    """

    index: int
    kind: BlockKind
    span: Span
    text: MappedText
    container: int = -1
    heading: int = -1
    level: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, heading, cell, title, description or alternative text: what rules judge.

    `text` is the plain text, `span` its place in the source; `start` and `end` are its place
    in the plain text of its block.
    """

    index: int
    block: int
    kind: BlockKind
    text: str
    span: Span
    start: int
    end: int


class Link(NamedTuple):
    """A link in the body: its target as written, its text, and the block it stands in."""

    href: str
    text: str
    span: Span
    block: int


class Image(NamedTuple):
    """An image in the body: its address as written and its alternative text (None: no alt)."""

    src: str
    alt: str | None
    span: Span
    block: int


class LeftOut(NamedTuple):
    """A part of a page that was not read as post text, such as a menu."""

    what: str
    span: Span


class Series(NamedTuple):
    """A named series and the place of the post in it."""

    name: str
    position: int


class Problem(NamedTuple):
    """Something wrong with a front-matter value, found while reading.

    `kind` is the part of the rule id after `basics.`; `value` is the replacement text of a
    safe fix, or None.
    """

    kind: str
    message: str
    help: str
    span: Span
    value: str | None = None


class Metadata(NamedTuple):
    """The front matter, read against the schema in `docs/front-matter.md`.

    Dates are aware and in UTC. `spans` says where each key's value stands in the source.
    """

    title: str = ""
    slug: str = ""
    id: str = ""
    state: State = "draft"
    published: datetime | None = None
    updated: datetime | None = None
    description: str = ""
    keyphrase: str = ""
    synonyms: tuple[str, ...] = ()
    language: str = "en"
    category: str = ""
    tags: tuple[str, ...] = ()
    series: Series | None = None
    author: str = ""
    author_credential: str = ""
    licence: str = ""
    states_served: tuple[str, ...] = ()
    consent: str = ""
    image: str = ""
    image_alt: str = ""
    canonical: str = ""
    noindex: bool = False
    targets: tuple[str, ...] = ()
    spans: tuple[tuple[str, Span], ...] = ()
    problems: tuple[Problem, ...] = ()
    front_matter: Span | None = None
    front_matter_style: Literal["yaml", "toml", ""] = ""

    def span_of(self, key: str) -> Span | None:
        """Return where the value of a front-matter key stands, or None."""
        return next((span for name, span in self.spans if name == key), None)


class Post(NamedTuple):
    """A source read.

    `title` is the front matter's title, else the first heading of level 1, else empty.
    `title_block` is the index of the heading that serves as title, or -1; the renderer leaves
    it out of the body because every target shows the title by itself.
    """

    source: Source
    reader: str
    metadata: Metadata
    title: str
    blocks: tuple[Block, ...]
    units: tuple[Unit, ...]
    containers: tuple[Container, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    body: Span = Span(0, 0)
    title_block: int = -1

    def ancestors(self, block: Block) -> Iterator[Block]:
        """Yield what a block stands under: its lead-in first, then the headings outward."""
        at = block.container
        seen = {block.index}
        while at != -1:
            container = self.containers[at]
            if container.lead_in not in seen and container.lead_in != -1:
                seen.add(container.lead_in)
                yield self.blocks[container.lead_in]
            at = container.parent
        above = block.heading
        while above != -1:
            if above not in seen:
                yield self.blocks[above]
            above = self.blocks[above].heading

    def inside(self, block: Block, kind: ContainerKind) -> bool:
        """Say whether a block stands inside a container of a kind, at any depth."""
        return block.container != -1 and kind in self.containers[block.container].within

    def quote(self, span: Span) -> str:
        """Return the exact source text of a span."""
        return self.source.text[span.start : span.end]
