"""Reading the items of an export: in pieces of any size, and on behind what is no XML."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from copydesk_plugins.publishers.archives.decoding import Lines, pieces
from copydesk_plugins.publishers.archives.wxr import META
from copydesk_plugins.publishers.archives.xml_items import (
    Broken,
    Channel,
    Item,
    read_items,
)

CASES = Path(__file__).parents[2] / "cases" / "wxr"


def items(text: str, size: int = 0) -> list[Item | Broken]:
    parts = [text[at : at + size] for at in range(0, len(text), size)] if size else [text]
    lines = Lines()
    return list(read_items(map(lines.mend, parts), lines, Channel(), META))


@given(st.integers(1, 400), st.sampled_from(["wordpress.xml", "broken-items.xml", "old.xml"]))
def test_where_the_pieces_part_makes_no_difference(size: int, name: str) -> None:
    text = (CASES / name).read_text(encoding="utf-8")
    assert items(text, size) == items(text)


@given(
    st.integers(0, 10_000),
    st.sampled_from(["<", ">", "&", "]]>", "\x00", '"', "</item>", "<x>", "</channel>", "é", ""]),
)
def test_what_stands_behind_a_spoiled_item_is_read(at: int, sign: str) -> None:
    """Whatever a sign between its text and its end becomes, the other items are the same."""
    text = (CASES / "broken-off.xml").read_text(encoding="utf-8")
    top, _, rest = text.partition("<item>")
    whole = f"<item>{rest.partition('</item>')[0]}</item>\n"
    start, end = whole.index("<![CDATA["), whole.index("]]>") + 3
    # Where an item's own end is spoiled, nobody can say where the next one begins.
    places = [*range(len("<item>"), start), *range(end, whole.index("</item>"))]
    at = places[at % len(places)]
    spoiled = whole[:at] + sign + whole[at + 1 :]
    close = "</channel></rss>"
    first, third = items(top + whole + whole.replace(">1<", ">3<") + close)
    found = items(top + whole + spoiled + whole.replace(">1<", ">3<") + close)
    assert isinstance(first, Item) and isinstance(third, Item)
    assert found[0] == first
    last = found[-1] if isinstance(found[-1], Item) else found[-2]
    assert isinstance(last, Item) and last.fields == third.fields


def test_lines_are_those_of_the_file_also_behind_a_broken_item() -> None:
    text = (CASES / "broken-items.xml").read_text(encoding="utf-8")
    rows = text.splitlines()
    found = items(text, 50)
    for each in found:
        if isinstance(each, Item):
            assert rows[each.line - 1] == "<item>"
    assert [rows[each.line - 1] for each in found if isinstance(each, Broken)] == [
        "<wp:status>publish</wp:stat>",
        "<title>Fees &nbsp; and more</title>",
    ]


def test_bytes_of_any_kind_are_read_as_some_text(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_bytes(b"<?xml version='1.0'?>\n" + bytes(range(256)) * 700)
    lines = Lines()
    text = "".join(pieces(path, "export.xml", lines))
    assert text.isprintable() or set(text) - set(filter(str.isprintable, text)) <= set(
        "\t\n\r\x7f\x85"
    )
    assert lines.take(3)
