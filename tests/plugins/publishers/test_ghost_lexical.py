"""Bodies as documents of Ghost's editor: native where it has a form, no word lost, stable."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from ghost_bodies import BLOCK, CARDS, CASES
from hypothesis import given

from copydesk.sanitize import sanitize
from copydesk_plugins.publishers.ghost.documents import plain, read_document, with_block, written
from copydesk_plugins.publishers.ghost.lexical import build, lost_anchors

PUBLIC = "https://blog.example/"
NAV = (
    '<nav data-copydesk="links" aria-label="Older and newer posts">\n'
    '<p>Older post: <a rel="prev" href="https://blog.example/old/">Old</a></p>\n</nav>'
)
LINE = '<p data-copydesk="line">Reviewed by somebody.</p>\n'


def kinds(body: str) -> list[str]:
    """Return the types of the nodes that a body becomes."""
    return [node["type"] for node in build(body)["root"]["children"]]


def reads(body: str) -> str:
    """Return a body as it reads once it was a document."""
    return plain(build(body)["root"]["children"], PUBLIC)


@pytest.mark.parametrize("name", CASES)
def test_native(name: str) -> None:
    body, nodes, text = CASES[name]
    assert kinds(body) == nodes
    if text is not None:
        assert reads(body) == text


@pytest.mark.parametrize("name", CARDS)
def test_card(name: str) -> None:
    body = CARDS[name]
    link = '<p><a href="#here">x</a></p>' if "here" in body else ""
    found = build(link + body)["root"]["children"]
    assert found[-1] == {"type": "html", "version": 1, "html": body}
    assert len(found) == (2 if link else 1)


def test_cards_in_a_row_are_one() -> None:
    body = CARDS["table"] + "\n" + CARDS["details"]
    assert kinds(body) == ["html"]


def test_nothing_is_too_deep() -> None:
    body = "<div>" * 3000 + "words" + "</div>" * 3000
    assert kinds(body) == ["html"]
    assert "words" in reads(body)
    assert lost_anchors(body) == ()


def test_headings_lose_only_anchors_that_nothing_here_links_to() -> None:
    body = (
        '<p><a href="#a">x</a></p><h2 id="a">One</h2><h2 id="b">Two</h2><h2 id="three">Three</h2>'
    )
    assert lost_anchors(body) == ("b",)


def as_saved(node: Any) -> Any:
    """Return a node as the editor writes it after a person opened and saved the post."""
    if isinstance(node, list):
        return [as_saved(each) for each in node]
    if not isinstance(node, dict):
        return node
    saved = {name: as_saved(value) for name, value in node.items()}
    if "children" in saved:
        saved["direction"] = None if saved["type"] == "root" else saved["direction"]
        saved["children"] = [part for each in saved["children"] for part in split(each)]
    if saved["type"] == "html":
        saved["visibility"] = {
            "web": {"nonMember": True, "memberSegment": "status:free,status:-free"},
            "email": {"memberSegment": "status:free,status:-free"},
        }
    if saved["type"] == "image" and saved["caption"]:
        words = re.sub(
            r"([^<>]+)(?=<|\Z)", r'<span style="white-space: pre-wrap;">\1</span>', saved["caption"]
        )
        saved |= {"caption": words, "width": 640, "height": 480}
    return saved


def split(node: Any) -> list[Any]:
    """Return a text in two, as the editor leaves it where somebody typed in its middle."""
    if node["type"] != "extended-text" or len(node["text"]) < 2:
        return [node]
    half = len(node["text"]) // 2
    return [node | {"text": node["text"][:half]}, node | {"text": node["text"][half:]}]


@pytest.mark.parametrize("name", CASES)
def test_a_save_in_the_editor_changes_nothing(name: str) -> None:
    sent = build(CASES[name][0], NAV)
    saved = {"root": as_saved(sent["root"])}
    saved["root"]["children"].append({"type": "paragraph", "children": [], "version": 1})
    assert read_document(written(saved), PUBLIC) == read_document(written(sent), PUBLIC)


def test_a_person_who_hides_a_card_changes_it() -> None:
    sent = build(CARDS["table"])
    hidden = {"web": {"nonMember": False, "memberSegment": "status:free"}}
    changed = {"root": {"children": [sent["root"]["children"][0] | {"visibility": hidden}]}}
    assert read_document(written(changed), PUBLIC) != read_document(written(sent), PUBLIC)


#: Ways to our block: what a document holds, the block that is written, the blocks afterwards.
BLOCKS = {
    "added": ([], NAV, [NAV]),
    "exchanged": ([NAV], LINE + NAV, [LINE + NAV]),
    "taken out": ([LINE + NAV], "", []),
    "two are made one": ([NAV, LINE], NAV, [NAV]),
    "none and none": ([], "", []),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_only_our_card_is_touched(name: str) -> None:
    before, block, after = BLOCKS[name]
    other = {"type": "callout", "calloutText": "<b>Hi</b> </script> {{x}} ]]>", "odd": [1.0, None]}
    last = {"type": "html", "html": "<nav>somebody's own</nav>"}
    cards = [{"type": "html", "html": each, "visibility": {}} for each in before]
    text = json.dumps({"root": {"children": [other, *cards, last], "x": "é"}, "more": 1})
    changed = with_block(text, block)
    assert changed is not None
    found = json.loads(changed)
    assert [each for each in found["root"]["children"] if each in (other, last)] == [other, last]
    ours = [each["html"] for each in found["root"]["children"] if each not in (other, last)]
    assert ours == after
    assert (found["more"], found["root"]["x"]) == (1, "é")
    assert read_document(changed, PUBLIC).block.strip() == "\n".join(after)
    assert read_document(changed, PUBLIC).body == read_document(text, PUBLIC).body


def test_a_block_that_a_person_changed_reads_as_changed() -> None:
    sent = written(build("<p>a</p>", NAV))
    assert read_document(sent.replace("Older post", "Before"), PUBLIC).block != NAV + "\n"
    assert read_document(sent, PUBLIC).block == NAV + "\n"


#: What a stranger may answer in the place of a document.
ODD = [
    "",
    "null",
    "[]",
    '{"root": {}}',
    '{"root": {"children": [1]}}',
    "{" * 100_000,
    '{"root": {"children": ' + '[{"children": ' * 2000 + "[]" + "}]" * 2000 + "}}",
    '{"root": {"children": [{"type": "paragraph", "children": [{"text": "\\ud800"}]}]}}',
]


@pytest.mark.parametrize("text", ODD)
def test_a_document_of_another_shape_says_its_own_text(text: str) -> None:
    assert read_document(text, PUBLIC) == (text, "")
    assert with_block(text, NAV) is None


#: Nodes whose values are not what they should be: read without an error.
STRANGE = [
    {"type": "paragraph"},
    {"type": "paragraph", "children": [1, {"type": "text"}, {"text": None, "type": "text"}]},
    {"type": "heading", "tag": 5, "children": [{"type": "text", "text": "a", "format": "x"}]},
    {"type": "list", "children": [{"type": "listitem", "children": "x"}], "start": {}},
    {"type": "image", "src": None, "alt": 3, "caption": "<b" * 500},
    {"type": "html", "html": None},
    {"type": "html", "html": "a", "visibility": []},
    {"type": "codeblock", "code": None, "language": []},
    {"type": ["x"], "more": {"children": {}}},
    {},
]


@pytest.mark.parametrize("node", STRANGE)
def test_strange_nodes_are_read(node: dict[str, Any]) -> None:
    read_document(json.dumps({"root": {"children": [node]}}), PUBLIC)


#: Addresses as drafts have them, and as they read.
ADDRESSES = {
    "/a b": "https://blog.example/a%20b",
    "/ä//b": "https://blog.example/%C3%A4/b",
    "https://blog.example": "https://blog.example/",
    "http://BLOG.example/x": "http://BLOG.example/x",
    "http://blog.example/x": "https://blog.example/x",
    "//blog.example/x?a=1&b=2#c": "https://blog.example/x?a=1&b=2#c",
    "https://blog.example.evil.example/x": "https://blog.example.evil.example/x",
    "https://other.example/a//b": "https://other.example/a//b",
    "#c": "#c",
    "mailto:a@b.example": "mailto:a@b.example",
    "http://[": "http://[",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_of_the_site_read_in_one_way(address: str) -> None:
    text = reads(f'<p><a href="{address.replace("&", "&amp;")}">x</a></p>')
    assert unescape(text) == f'<p><a href="{ADDRESSES[address]}">x</a></p>'


def letters(html: str) -> str:
    """Return what people read of HTML, blanks left out."""
    return "".join(unescape(re.sub("<[^<>]*>", "", html)).split())


def attributes(html: str, name: str) -> list[str]:
    return [unescape(each) for each in re.findall(rf'\b{name}="([^"]*)"', html)]


@given(BLOCK)
def test_no_word_picture_or_link_is_lost(html: str) -> None:
    body = sanitize(html, lambda attribute, value: value)
    text = reads(body)
    assert letters(text) == letters(body)
    assert attributes(text, "alt") == attributes(body, "alt")
    assert set(attributes(text, "href")) <= {"https://blog.example/x/"}
    assert len(attributes(text, "href")) >= len(re.findall(r"<a [^>]*>[^<\s]", body))


@given(BLOCK)
def test_what_was_read_back_makes_the_same_document(html: str) -> None:
    text = reads(sanitize(html, lambda attribute, value: value))
    assert reads(text) == text


@given(BLOCK)
def test_a_save_changes_no_random_document(html: str) -> None:
    sent = build(sanitize(html, lambda attribute, value: value), NAV)
    saved = {"root": as_saved(sent["root"])}
    assert read_document(written(saved), PUBLIC) == read_document(written(sent), PUBLIC)
