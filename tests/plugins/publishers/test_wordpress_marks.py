"""Our part of a post: found exactly, changed alone, and never made by a draft."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.sanitize import sanitize
from copydesk_plugins.publishers.wordpress.blocks import to_blocks
from copydesk_plugins.publishers.wordpress.marks import (
    find_part,
    harmless_json,
    one_line,
    with_part,
    without_part,
    written,
)

KEYS = st.text(alphabet="aZ0._-", min_size=1, max_size=64)
HASHES = st.text(alphabet="0f.-", max_size=64)
BITS = st.sampled_from(
    [
        *("<!-- wp:html -->", "<!-- /wp:html -->", "<!-- copydesk post=evil text=0 -->"),
        *("<!-- /copydesk -->", "<!--", "-->", "</script>", "]]>", "[gallery]", "\n\n", "x y"),
        *('<script type="application/ld+json">', "&#091;", "\\", '"', "--", "\u2028", "\U0001f600"),
    ]
)
HOSTILE = st.lists(BITS | st.text(max_size=10), max_size=8).map("".join)
LINKS = (
    '<nav data-copydesk="links"><p>Older: <a rel="prev" href="https://x.example/">{}</a></p></nav>'
)


def json_values() -> st.SearchStrategy[object]:
    leaves = st.none() | st.booleans() | st.integers(-9, 9) | HOSTILE
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(HOSTILE, inner),
        max_leaves=6,
    )


@given(
    KEYS, HASHES, HOSTILE, HOSTILE, st.lists(st.dictionaries(HOSTILE, json_values()), max_size=2)
)
def test_what_is_written_is_read_back(
    key: str, text: str, body: str, title: str, values: list[dict[str, object]]
) -> None:
    content = to_blocks(sanitize(body, lambda attribute, value: value))
    block = LINKS.format(title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    data = tuple(json.dumps(value) for value in values)
    sent = with_part(content, key, text, block, data)
    part = find_part(sent)
    assert part is not None
    assert (part.key, part.text) == (key, text)
    assert part.block == block.replace("\r\n", "\n").replace("&#091;", "[")
    assert [json.loads(each) for each in part.data] == values
    assert without_part(sent, part) == without_part(content, None)
    assert len(written(key, text, "", data).splitlines()) == 2 + len(data)
    assert "--" not in re.sub("<!--|-->", "", written(key, text, "", ()))


@given(KEYS, HASHES, HOSTILE, HOSTILE)
def test_links_are_written_and_every_other_character_stays(
    key: str, text: str, before: str, after: str
) -> None:
    first = with_part("", key, text, "<p>one</p>", ('{"a": 1}',))
    content = before + first + after
    part = find_part(content)
    assert part is not None
    if part.key != key:  # what stands behind ours is a whole part of its own
        return
    again = with_part(content, key, text, "<p>two</p>", (), part)
    changed = find_part(again)
    assert changed is not None
    assert (changed.key, changed.block, changed.data) == (key, "<p>two</p>", ())
    assert again[: part.start] == content[: part.start]
    assert again[changed.end :] == content[part.end :]
    assert with_part(again, key, text, "<p>one</p>", ('{"a":1}',), changed) == with_part(
        content, key, text, "<p>one</p>", ('{"a":1}',), part
    )


OURS = "<!-- copydesk post=a--b text=1.2 -->\n<p>L</p>\n<!-- /copydesk -->".replace("a--b", "a-~-b")
BLOCK = f"<!-- wp:html -->\n{OURS}\n<!-- /wp:html -->"
TEXT = "<!-- wp:paragraph -->\n<p>x</p>\n<!-- /wp:paragraph -->"
OPEN = "<!-- copydesk post=z text= -->"


def tight(content: str) -> str:
    return content.replace("<!-- ", "<!--").replace(" -->", "-->")


@pytest.mark.parametrize(
    ("name", "content", "body"),
    [
        ("as we wrote it", f"{TEXT}\n\n{BLOCK}", TEXT),
        ("moved up by a person", f"{BLOCK}\n\n{TEXT}", TEXT),
        ("moved into the middle", f"{TEXT}\n\n{BLOCK}\n\n{TEXT}", f"{TEXT}\n\n{TEXT}"),
        ("in one block with other HTML", f"<!-- wp:html -->\n<p>y</p>\n{OURS}\n<!-- /wp:html -->",
         "<!-- wp:html -->\n<p>y</p>\n\n<!-- /wp:html -->"),
        ("out of its block", f"{TEXT}\n{OURS}", TEXT),
        ("lines as Windows ends them", f"{TEXT}\n\n{BLOCK}".replace("\n", "\r\n"), TEXT),
        ("blanks taken out of comments", tight(f"{TEXT}{BLOCK}"), tight(TEXT)),
        ("a copy of another post above ours", f"{OURS.replace('a-', 'other-')}\n{TEXT}\n\n{BLOCK}",
         f"{OURS.replace('a-', 'other-')}\n{TEXT}"),
        ("an opening mark without an end above", f"{OPEN}\n{TEXT}\n\n{BLOCK}", f"{OPEN}\n{TEXT}"),
        ("a closing mark too many behind", f"{TEXT}\n\n{BLOCK}\n<!-- /copydesk -->",
         f"{TEXT}\n\n<!-- /copydesk -->"),
    ],
    ids=lambda value: value if len(value) < 60 else "",
)  # fmt: skip
def test_our_part_is_found_wherever_people_put_it(name: str, content: str, body: str) -> None:
    part = find_part(content)
    assert part is not None
    assert (part.key, part.text, part.block) == ("a--b", "1.2", "<p>L</p>")
    assert without_part(content, part) == body


@pytest.mark.parametrize(
    "content",
    [
        "",
        TEXT,
        "<!-- copydesk post=a text=b -->",
        "<!-- /copydesk -->",
        "<!-- /copydesk --><!-- copydesk post=a text=b -->",
        "<!-- copydesk post= text= --><!-- /copydesk -->",
        "<!-- copydesk post=a text=b > <!-- /copydesk -->",
        "&lt;!-- copydesk post=a text=b --&gt;&lt;!-- /copydesk --&gt;",
    ],
)
def test_what_is_no_part_is_none(content: str) -> None:
    assert find_part(content) is None


def test_a_save_by_hand_that_changes_no_word_changes_nothing() -> None:
    ours = to_blocks("<p id='a'>[gallery] and</p><h3 id='b'>x</h3><p>https://x.example/y</p>")
    by_hand = ours.replace("&#091;", "[").replace("&#047;", "/").replace(' {"anchor":"a"}', "")
    by_hand = by_hand.replace(',"anchor":"b"', "")
    assert by_hand != ours
    assert without_part(by_hand, None) == without_part(ours, None)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ('{"a":\n "</script>"}', r'{"a":"\u003c/script\u003e"}'),
        ('{"a": "<!-- [gallery] & ]]>"}', r'{"a":"\u003c!-- \u005bgallery] \u0026 ]]\u003e"}'),
        ('{"a": ["b", {"c[d]": 1}]}', r'{"a":["b",{"c\u005bd]":1}]}'),
        ('{"a": "\\"[x\\\\"}', r'{"a":"\"\u005bx\\"}'),
    ],
)
def test_data_is_one_line_in_which_nothing_can_end_a_script(data: str, line: str) -> None:
    assert harmless_json(data) == line
    assert json.loads(line) == json.loads(data)
    assert one_line(line) == one_line(data)


def test_marks_are_found_in_time_that_grows_with_the_text() -> None:
    many = "<!-- copydesk post=a text=b -->" * 20_000
    assert find_part(many) is None
    assert find_part(many + "<!-- /copydesk -->" * 20_000) is not None
    assert find_part("<!--" * 200_000) is None
    assert find_part("<!--" + " " * 500_000) is None
    for many in ("<!-- wp:" * 200_000, "<!-- wp:" + '{"anchor":' * 200_000 + "-->"):
        assert without_part(many, None) == many
