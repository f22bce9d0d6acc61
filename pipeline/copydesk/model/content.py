"""What readers build posts with: blocks, containers, links and images in source order."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from copydesk.model.post import (
    FRONT_MATTER,
    Block,
    BlockKind,
    Container,
    ContainerKind,
    Image,
    LeftOut,
    Link,
)
from copydesk.model.text import MappedText, Source, Span


class ContentBuilder:
    """Collects the parts of a post; knows headings, lists and lead-ins, so readers need not.

    Calls must come in the order of the source. Links and images refer to the block that is
    added next, because their text is known before the block is complete.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.containers: list[Container] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.left_out: list[LeftOut] = []
        self._open: list[int] = []
        self._headings: list[Block] = []
        self._has_item_text: set[int] = set()

    @property
    def current(self) -> int:
        """The index of the innermost open container, or -1."""
        return self._open[-1] if self._open else -1

    def open(self, kind: ContainerKind, span: Span, label: str = "") -> None:
        """Open a container; a list takes the block right before it as its lead-in."""
        lead_in = -1
        last = self.blocks[-1] if self.blocks else None
        if (
            kind == "list"
            and last is not None
            and last.container == self.current
            and last.kind not in FRONT_MATTER
        ):
            lead_in = last.index
        around = self.containers[self.current].within if self._open else frozenset()
        self.containers.append(Container(kind, self.current, span, lead_in, label, around | {kind}))
        self._open.append(len(self.containers) - 1)

    def close(self) -> None:
        """Close the innermost open container."""
        self._open.pop()

    def add(self, kind: BlockKind, span: Span, text: MappedText, level: int = 0) -> Block | None:
        """Add a block; one without any visible text is passed over.

        The first paragraph of a list item becomes a `list-item`.
        """
        if not text.plain.strip():
            return None
        if kind == "paragraph" and self._open:
            at = self.current
            if self.containers[at].kind == "item" and at not in self._has_item_text:
                self._has_item_text.add(at)
                kind = "list-item"
        if kind == "heading":
            while self._headings and self._headings[-1].level >= level:
                self._headings.pop()
        heading = self._headings[-1].index if self._headings else -1
        block = Block(len(self.blocks), kind, span, text, self.current, heading, level)
        self.blocks.append(block)
        if kind == "heading":
            self._headings.append(block)
        return block

    def add_link(self, href: str, text: str, span: Span) -> None:
        """Add a link that stands in the block to come."""
        self.links.append(Link(href, text, span, len(self.blocks)))

    def add_image(self, src: str, alt: str | None, span: Span) -> None:
        """Add an image that stands in the block to come."""
        self.images.append(Image(src, alt, span, len(self.blocks)))

    def leave_out(self, what: str, span: Span) -> None:
        """Name a part of the source that is not read as text of the post."""
        self.left_out.append(LeftOut(what, span))


class Reader(NamedTuple):
    """Reads one kind of file.

    `read` gets the source, the span of the body (without front matter) and the builder.
    `html` gets the source, the body and spans to leave out, and returns HTML that is not yet
    sanitised; the renderer does that. Both must be deterministic.
    """

    name: str
    extensions: tuple[str, ...]
    read: Callable[[Source, Span, ContentBuilder], None]
    html: Callable[[Source, Span, tuple[Span, ...]], str]
