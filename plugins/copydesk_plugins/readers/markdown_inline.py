"""The text of one Markdown block: runs, links and images, collected event by event."""

from __future__ import annotations

import re

from copydesk.api import BlockKind, ContentBuilder, MappedText, MappedTextBuilder, Span
from copydesk_plugins.readers import html_text

_CODE = re.compile(r"`+")
_LINE_END = re.compile(r"\r\n|\n|\r")


class Inline:
    """Collects the inline content of one block and adds the block to the builder.

    `span` is the whole construct, or None for text that stands in a list item without a
    paragraph of its own; its span is then what was seen of it.
    """

    def __init__(
        self, text: str, builder: ContentBuilder, kind: BlockKind, span: Span | None, level: int = 0
    ) -> None:
        self.kind = kind
        self._source = text
        self._builder = builder
        self._span = span
        self._level = level
        self._text = MappedTextBuilder()
        self._seen: list[int] = []
        self._break = -1
        self._gap = False
        # Links collect their text in parts: [Markdown link, HTML link], each maybe open.
        self._links: list[tuple[str, int, list[str]]] = []
        self._html_link: tuple[str, Span, list[str]] | None = None
        self._image: tuple[str, Span, MappedTextBuilder] | None = None
        self._image_depth = 0
        self._alts: list[MappedText] = []

    def reach(self, start: int, end: int) -> None:
        """Note that an event stands here; a line break before it now has its full length."""
        self._seen[1:] = [end]
        if len(self._seen) == 1:
            self._seen.insert(0, start)
        if self._break != -1:
            # The blank stands for the line break and for whatever begins the next line.
            self._blank(self._break, start - self._break)
            self._break = -1

    def line_break(self, start: int) -> None:
        """Note a soft or hard line break."""
        self._break = start

    def text(self, plain: str, start: int, end: int) -> None:
        """Append a text event; an entity maps as a whole."""
        if self._gap and self._image is None:
            # An image, a note or a tag between two blanks leaves one blank, not two.
            if plain.startswith(" ") and self._text.last_character in ("", " "):
                plain, start = plain[1:], start + 1
            self._gap = False
        self._add(plain, start, end - start)

    def code(self, content: str, start: int, end: int) -> None:
        """Append a code span: its content without the backticks, line breaks as blanks."""
        raw = self._source[start:end]
        fence = _CODE.match(raw)
        width = fence.end() if fence else 0
        inner = raw[width : len(raw) - width]
        at = start + width
        if len(inner) == len(content) + 2 and inner[0] in " \r\n" and inner[-1] in " \r\n":
            inner, at = inner[1:-1], at + 1
        if len(inner) == len(content):
            self._add(content, at, len(content))
            return
        pieces = _aligned(content, inner) or _unescaped(content, inner)
        for plain, offset, length in pieces or [(content, 0, len(inner))]:
            self._add(plain, at + offset, length)

    def html(self, start: int, end: int) -> None:
        """Take an HTML tag inside a line: text it has none, but it may link or show an image."""
        name, closes = html_text.tag_name(self._source[start:end])
        if name == "br":
            self._blank(start, end - start)
            return
        self._gap = True
        if name == "a":
            self._close_html_link(end)
            if not closes:
                href = html_text.attributes(self._source, start, end).get("href")
                if href is not None:
                    self._html_link = (html_text.value(self._source, href), Span(start, end), [])
        elif name == "img" and self._image is None:
            found = html_text.attributes(self._source, start, end)
            src = html_text.value(self._source, found.get("src", Span(end, end)))
            alt = found.get("alt")
            mapped = html_text.mapped_value(self._source, alt) if alt is not None else None
            self._add_image(src, mapped, Span(start, end))

    def open_link(self, href: str, start: int) -> None:
        """Begin a link."""
        self._links.append((href, start, []))

    def close_link(self, end: int) -> None:
        """End the innermost link."""
        href, start, parts = self._links.pop()
        self._builder.add_link(href, " ".join("".join(parts).split()), Span(start, end))

    def footnote(self, label: str, start: int, end: int) -> None:
        """Take a reference to a footnote: a link that is no part of the text."""
        self._builder.add_link(f"#fn-{label}", label, Span(start, end))
        self._gap = True

    def open_image(self, src: str, span: Span) -> None:
        """Begin an image; an image inside its alternative text is part of that text."""
        if self._image is None:
            self._image = (src, span, MappedTextBuilder())
        self._image_depth += 1

    def close_image(self) -> None:
        """End the innermost image."""
        self._image_depth -= 1
        if self._image is not None and self._image_depth == 0:
            src, span, alt = self._image
            self._image = None
            self._add_image(src, alt.build(), span)

    def finish(self) -> None:
        """Add the block, and a block for each alternative text that it holds."""
        span = self._span or (Span(*self._seen) if self._seen else None)
        if span is None:
            return
        self._close_html_link(span.end)
        self._builder.add(self.kind, span, self._text.build(), self._level)
        for alt in self._alts:
            self._builder.add("alt", alt.to_source(0, len(alt.plain)), alt)

    def _add(self, plain: str, start: int, length: int) -> None:
        if self._image is not None:
            self._image[2].add(plain, start, length)
            return
        self._text.add(plain, start, length)
        self._to_links(plain)

    def _to_links(self, plain: str) -> None:
        for *_, parts in self._links:
            parts.append(plain)
        if self._html_link is not None:
            self._html_link[2].append(plain)

    def _blank(self, start: int, length: int) -> None:
        into = self._image[2] if self._image is not None else self._text
        # None at the beginning of a text, and no second one beside another.
        if into.last_character not in ("", " "):
            self._add(" ", start, length)

    def _add_image(self, src: str, alt: MappedText | None, span: Span) -> None:
        self._builder.add_image(src, alt.plain if alt is not None else None, span)
        self._gap = True
        if alt is not None and alt.plain:
            self._alts.append(alt)
            # A link around an image is read out as the image's alternative text.
            self._to_links(alt.plain)

    def _close_html_link(self, end: int) -> None:
        if self._html_link is not None:
            href, span, parts = self._html_link
            self._html_link = None
            self._builder.add_link(href, " ".join("".join(parts).split()), Span(span.start, end))


def _aligned(content: str, raw: str) -> list[tuple[str, int, int]]:
    """Pair the content of a code span with its lines: (plain, offset in raw, length in raw).

    A line may begin with the marks of a quote or the indent of a list, which are not content.
    Empty where the two cannot be paired.
    """
    pieces: list[tuple[str, int, int]] = []
    done = line = 0
    while True:
        match = _LINE_END.search(raw, line)
        end = match.start() if match else len(raw)
        start = line
        while start < end and not content.startswith(raw[start:end], done):
            if raw[start] not in " \t>":
                return []
            start += 1
        if pieces:
            pieces[-1] = (" ", pieces[-1][1], start - pieces[-1][1])
        pieces.append((raw[start:end], start, end - start))
        done += end - start
        if match is None:
            return pieces if done == len(content) else []
        pieces.append((" ", match.start(), 0))
        done += 1
        line = match.end()


def _unescaped(content: str, raw: str) -> list[tuple[str, int, int]]:
    """Pair the content of a code span in a table, where a bar is written with a backslash."""
    if raw.replace("\\|", "|") != content:
        return []
    pieces: list[tuple[str, int, int]] = []
    at = 0
    for part in raw.split("\\|"):
        if pieces:
            pieces.append(("|", at - 2, 2))
        pieces.append((part, at, len(part)))
        at += len(part) + 2
    return pieces
