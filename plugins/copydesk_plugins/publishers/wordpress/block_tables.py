"""Tables as blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk_plugins.publishers.wordpress import markup
from copydesk_plugins.publishers.wordpress.block_parts import block, filled, is_inline, tags

if TYPE_CHECKING:
    from bs4 import Tag

_SECTIONS = ("thead", "tbody", "tfoot")
_OF_A_CELL = ("scope", "colspan", "rowspan")


def table_block(tag: Tag) -> str | None:
    """Return a table as a block, or None where it holds what the block has no place for."""
    inside = filled(tag)
    sections = list(tags(inside))
    names = [each.name for each in sections]
    in_order = sorted(set(names), key=_SECTIONS.index) if set(names) <= set(_SECTIONS) else []
    if tag.attrs or len(inside) != len(sections) or names != in_order or "tbody" not in names:
        return None
    made = [_section(each) for each in sections]
    if None in made:
        return None
    html = "".join(each for each in made if each)
    return block(
        "table",
        {"hasFixedLayout": False},
        f'<figure class="wp-block-table"><table>{html}</table></figure>',
    )


def _section(section: Tag) -> str | None:
    rows = [_row(each) for each in filled(section)]
    if section.attrs or not rows or None in rows:
        return None
    return f"<{section.name}>{''.join(each for each in rows if each)}</{section.name}>"


def _row(row: object) -> str | None:
    from bs4 import Tag

    if not isinstance(row, Tag) or row.name != "tr" or row.attrs:
        return None
    cells = filled(row)
    found = [_cell(each) for each in tags(cells)]
    if not found or len(found) != len(cells) or None in found:
        return None
    return f"<tr>{''.join(each for each in found if each)}</tr>"


def _cell(cell: Tag) -> str | None:
    fits = cell.name in ("th", "td") and set(cell.attrs) <= set(_OF_A_CELL)
    if not fits or not all(map(is_inline, cell.children)):
        return None
    shown = "".join(
        f' {name}="{markup.attribute(str(cell[name]))}"'
        for name in _OF_A_CELL
        if name in cell.attrs
    )
    return f"<{cell.name}{shown}>{markup.inner(cell)}</{cell.name}>"
