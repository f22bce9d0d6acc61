"""Sanitised HTML as the blocks that WordPress's editor opens without a complaint.

Each block is written just as the editor itself would save it. What no block can hold becomes an
HTML block, which the editor shows as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from copydesk_plugins.publishers.wordpress import markup
from copydesk_plugins.publishers.wordpress.block_lists import list_block
from copydesk_plugins.publishers.wordpress.block_parts import (
    anchor,
    block,
    filled,
    is_blank,
    is_inline,
    only,
    tags,
)
from copydesk_plugins.publishers.wordpress.block_pictures import NumberOf, picture_block
from copydesk_plugins.publishers.wordpress.block_tables import table_block

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

#: Quotes in quotes: what is deeper becomes one HTML block.
_DEEPEST = 12
#: The editor takes any of these for who is quoted, wherever it stands in the quote.
_SOURCE_OF_A_QUOTE = ("cite",)


def to_blocks(html: str, number_of: NumberOf = lambda address: 0) -> str:
    """Return HTML as block markup; `number_of` tells the number of a picture there, or 0."""
    return "\n\n".join(_Blocks(number_of).blocks(markup.parse(html).children, 0))


class _Blocks:
    def __init__(self, number_of: NumberOf) -> None:
        self._number_of = number_of
        self._kinds: dict[str, Callable[[Tag, int], str | None]] = {
            "p": self._paragraph,
            **{f"h{level}": self._heading for level in range(1, 7)},
            "ul": self._list,
            "ol": self._list,
            "blockquote": self._quote,
            "pre": self._preformatted,
            "table": self._table,
            "figure": self._figure,
            "hr": self._separator,
        }

    def blocks(self, nodes: Iterable[PageElement], depth: int) -> Iterator[str]:
        """Yield a block for each element; text between them becomes paragraphs."""
        line: list[PageElement] = []
        for node in nodes:
            if is_inline(node):
                line.append(node)
                continue
            yield from self._line(line)
            line = []
            for tag in tags((node,)):
                yield self._block(tag, depth)
        yield from self._line(line)

    def _block(self, tag: Tag, depth: int) -> str:
        kind = self._kinds.get(tag.name)
        made = kind(tag, depth) if kind and depth < _DEEPEST else None
        return made if made is not None else block("html", {}, markup.outer((tag,)))

    def _line(self, line: list[PageElement]) -> Iterator[str]:
        if all(map(is_blank, line)):
            return
        picture = picture_block([each for each in line if not is_blank(each)], self._number_of)
        text = markup.outer(line).strip(" \t\r\n")
        yield picture or block("paragraph", {}, f"<p>{text}</p>")

    def _paragraph(self, tag: Tag, depth: int) -> str | None:
        named = anchor(tag)
        if named is None or not all(map(is_inline, tag.children)):
            return None
        picture = None if named else picture_block(filled(tag), self._number_of)
        return picture or block("paragraph", named, f"<p{_id(tag)}>{markup.inner(tag)}</p>")

    def _heading(self, tag: Tag, depth: int) -> str | None:
        named = anchor(tag)
        if named is None or not all(map(is_inline, tag.children)):
            return None
        level = {} if tag.name == "h2" else {"level": int(tag.name[1])}
        html = f'<{tag.name}{_id(tag)} class="wp-block-heading">{markup.inner(tag)}</{tag.name}>'
        return block("heading", {**level, **named}, html)

    def _list(self, tag: Tag, depth: int) -> str | None:
        return list_block(tag)

    def _quote(self, tag: Tag, depth: int) -> str | None:
        if tag.attrs or tag.find(_SOURCE_OF_A_QUOTE):
            return None
        inside = "\n\n".join(self.blocks(tag.children, depth + 1))
        return block("quote", {}, f'<blockquote class="wp-block-quote">{inside}</blockquote>')

    def _preformatted(self, tag: Tag, depth: int) -> str | None:
        if tag.attrs or not all(map(is_inline, tag.children)):
            return None
        code = only(tag, "code")
        if code is not None and len(tag.contents) == 1:
            html = f'<pre class="wp-block-code"><code>{markup.inner(code)}</code></pre>'
            return block("code", {}, html)
        return block(
            "preformatted", {}, f'<pre class="wp-block-preformatted">{markup.inner(tag)}</pre>'
        )

    def _table(self, tag: Tag, depth: int) -> str | None:
        return table_block(tag)

    def _figure(self, tag: Tag, depth: int) -> str | None:
        return None if tag.attrs else picture_block(filled(tag), self._number_of)

    def _separator(self, tag: Tag, depth: int) -> str | None:
        if tag.attrs:
            return None
        html = '<hr class="wp-block-separator has-alpha-channel-opacity"/>'
        return block("separator", {}, html)


def _id(tag: Tag) -> str:
    return f' id="{tag["id"]}"' if tag.get("id") else ""
