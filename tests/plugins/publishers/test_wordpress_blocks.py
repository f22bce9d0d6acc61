"""From sanitised HTML to blocks; `tests/cms` lets WordPress's own editor judge the same cases."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.sanitize import sanitize
from copydesk_plugins.publishers.wordpress.blocks import to_blocks

CASES = Path(__file__).parents[2] / "cases" / "wordpress_blocks.txt"
HERE = "https://here.example/"
#: How WordPress itself finds the comments of blocks: anywhere, also in words and attributes.
BLOCK_COMMENT = re.compile(r"<!--\s+(/?)wp:([a-z][a-z0-9_-]*)\s+(\{.*?\}\s+)?(/)?-->", re.DOTALL)


def cases() -> dict[str, tuple[str, str]]:
    found = {}
    for case in CASES.read_text("utf-8").split("=== ")[1:]:
        name, _, rest = case.partition("\n")
        html, _, expected = rest.partition("\n--->\n")
        found[name] = (html, expected.strip())
    return found


def number_of(address: str) -> int:
    return 12 if address.startswith(HERE) else 0


def clean(html: str) -> str:
    return sanitize(html, lambda attribute, value: value)


@pytest.mark.parametrize("name", cases())
def test_blocks_are_as_the_editor_writes_them(name: str) -> None:
    html, expected = cases()[name]
    assert to_blocks(html, number_of) == expected
    assert clean(html).split() == html.split(), "the case is no sanitised HTML"


class Words(HTMLParser):
    """What readers get: words in order, and the addresses of links and pictures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"{name}={value}" for name, value in attrs if name in ("href", "src", "alt")]

    def handle_data(self, data: str) -> None:
        self.found += data.split()


TEXT = st.text(alphabet="ab [](){}<>&\"'/!-\n\u00a0\U0001f600", max_size=30) | st.sampled_from(
    [
        *("[gallery]", "[[embed]]", "<!-- wp:html -->", "<!-- /wp:paragraph -->", "]]>", "-->"),
        *(
            "<!-- copydesk post=a text=b -->",
            "<!-- /copydesk -->",
            "</script>",
            "https://x.example/y",
        ),
    ]
)


@st.composite
def drafts(draw: st.DrawFn, depth: int = 3) -> str:
    """Return HTML as people write it, sound or not."""
    if depth == 0:
        words = draw(TEXT)
        return words if draw(st.booleans()) else words.replace("<", "&lt;")
    tags = st.sampled_from(
        [
            *("p", "h2", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "table", "tr", "td"),
            *("figure", "figcaption", "b", "a", "div", "section", "cite", "tbody", "thead", "dl"),
        ]
    )
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        tag, inside = draw(tags), draw(drafts(depth=depth - 1))
        attribute = draw(st.sampled_from(["", " id=x", " title='{}'", " href='{}' dir=rtl"]))
        shown = attribute.replace("{}", draw(TEXT).replace("'", ""))
        parts.append(f"<{tag}{shown}>{inside}</{tag}>" if draw(st.booleans()) else inside)
    return draw(TEXT).join(parts) + draw(
        st.sampled_from(["", "<hr>", "<br>", "<img src=/a alt=x>"])
    )


@given(drafts())
def test_blocks_keep_every_word_and_are_well_nested(draft: str) -> None:
    html = clean(draft)
    blocks = to_blocks(html, number_of)
    open_blocks: list[str] = []
    for closing, name, _, _ in BLOCK_COMMENT.findall(blocks):
        if closing:
            assert open_blocks.pop() == name
        else:
            open_blocks.append(name)
    assert not open_blocks
    bare = BLOCK_COMMENT.sub("", blocks)
    assert "<!--" not in bare
    assert Words(bare).found == Words(html).found
    assert not re.search(r"\[/?[a-z]", bare)


def test_deep_and_long_texts_take_no_recursion_and_little_time() -> None:
    deep = clean("<blockquote>" * 3000 + "x" + "</blockquote>" * 3000)
    assert "x" in to_blocks(deep)
    lists = clean("<ul><li>a" * 400 + "</li></ul>" * 400)
    assert Words(to_blocks(lists)).found.count("a") == 400
    assert to_blocks("<p>word</p>" * 5000).count("<!-- wp:paragraph -->") == 5000


def test_a_shown_shortcode_reads_as_it_was_written() -> None:
    blocks = to_blocks("<p>[gallery ids=1]</p>")
    assert "[gallery" not in blocks
    assert "[gallery ids=1]" in unescape(blocks)
