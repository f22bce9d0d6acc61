"""The Markdown reader: kinds, ancestry, places, links, images, raw HTML."""

from __future__ import annotations

import subprocess
import sys

import pytest
from readers_kit import assert_sound, content, html, place_of, plain, shape

from copydesk.api import Span
from copydesk.testing import read


def at(text: str, span: Span) -> str:
    return text[span.start : span.end]


def test_kinds_and_levels() -> None:
    text = "# Title\n\nSecond\n------\n\nText.\n\n```py\nx = 1\n```\n\n---\n\n    indented\n"
    found = content(text)
    assert shape(found) == [
        ("heading", "Title"),
        ("heading", "Second"),
        ("paragraph", "Text."),
        ("code", "x = 1\n"),
        ("code", "indented\n"),
    ]
    assert [each.level for each in found.blocks] == [1, 2, 0, 0, 0]
    assert [each.heading for each in found.blocks] == [-1, 0, 1, 1, 1]
    assert_sound(text, found)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("# Title ##\n\nText", "# Title ##"),
        ("Title\n=====\n\nText", "Title\n====="),
        ("A *b*\nc\n\nText", "A *b*\nc"),
        ("- [a](b) c\n- d", "[a](b) c"),
        ("> A\n> b\n", "A\n> b"),
        ("|  A  |\n|---|\n", "A"),
    ],
)
def test_a_block_covers_its_construct(text: str, span: str) -> None:
    assert at(text, content(text).blocks[0].span) == span


def test_lists_items_and_lead_ins() -> None:
    text = "It can:\n\n- sleep\n- eat\n  - deep\n\n1. one\n\n   two\n"
    found = content(text)
    assert shape(found) == [
        ("paragraph", "It can:"),
        ("list-item", "sleep"),
        ("list-item", "eat"),
        ("list-item", "deep"),
        ("list-item", "one"),
        ("paragraph", "two"),
    ]
    lists = [each for each in found.containers if each.kind == "list"]
    assert [each.label for each in lists] == ["bullet", "bullet", "ordered"]
    assert [each.lead_in for each in lists] == [0, 2, -1]
    assert at(text, lists[0].span) == "- sleep\n- eat\n  - deep"
    assert_sound(text, found)


def test_the_ancestry_of_an_item() -> None:
    post = read("# T\n\n## How\n\nIt can:\n\n- sleep\n")
    item = next(each for each in post.blocks if each.kind == "list-item")
    assert [each.text.plain for each in post.ancestors(item)] == ["It can:", "How", "T"]


def test_a_line_break_and_what_begins_the_next_line_are_one_blank() -> None:
    text = "> one\n> two  \n> three\\\n> `four\n> five`\n"
    found = content(text)
    assert plain(found) == ["one two three four five"]
    block = found.blocks[0]
    assert at(text, block.text.to_source(3, 4)) == "\n> "
    assert at(text, block.text.to_source(0, 7)) == "one\n> two"
    assert at(text, place_of(found, "five")) == "five"
    assert_sound(text, found)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a &amp; b", "a & b"),
        ("it&#8217;s", "it’s"),
        ("5&nbsp;mg", "5\u00a0mg"),
        (r"\*not\*", "*not*"),
        ("in*side*", "inside"),
        ("`` a`b ``", "a`b"),
        ("~~gone~~", "gone"),
        ("a <b>c</b>", "a c"),
        ("a<br>b", "a b"),
        ("a <!-- no --> b", "a b"),
        ("x ![i](s) y", "x y"),
        ("a[^1].\n\n[^1]: N", "a."),
        ("a <span title='b'>c</span>d", "a cd"),
        ("one <script>no</script>two", "one two"),
    ],
)
def test_what_people_see(written: str, said: str) -> None:
    found = content(written)
    assert found.blocks[0].text.plain == said
    assert_sound(written, found)


def test_an_entity_maps_as_a_whole() -> None:
    text = "R&amp;D it&#8217;s"
    found = content(text)
    assert at(text, place_of(found, "&")) == "&amp;"
    assert at(text, place_of(found, "’s")) == "&#8217;s"
    assert at(text, place_of(found, "D")) == "D"


def test_links() -> None:
    text = (
        "[a *b*](u.md 't') <c@d.ee> <https://x.yy> [r][k] <a href='q?a&amp;b'>raw <i>x</i></a>"
        "\n\n[k]: z.md\n"
    )
    found = content(text)
    assert [(each.href, each.text) for each in found.links] == [
        ("u.md", "a b"),
        ("mailto:c@d.ee", "c@d.ee"),
        ("https://x.yy", "https://x.yy"),
        ("z.md", "r"),
        ("q?a&b", "raw x"),
    ]
    assert at(text, found.links[0].span) == "[a *b*](u.md 't')"
    assert at(text, found.links[4].span) == "<a href='q?a&amp;b'>raw <i>x</i></a>"
    assert {each.block for each in found.links} == {0}


def test_images_and_their_alternative_text() -> None:
    text = "See ![a *lamp* &amp; chair](l.jpg) here <img src=m.jpg alt='A &quot;map&quot;'>.\n"
    found = content(text)
    assert shape(found) == [
        ("paragraph", "See here ."),
        ("alt", "a lamp & chair"),
        ("alt", 'A "map"'),
    ]
    assert [(each.src, each.alt, each.block) for each in found.images] == [
        ("l.jpg", "a lamp & chair", 0),
        ("m.jpg", 'A "map"', 0),
    ]
    assert at(text, found.blocks[1].span) == "a *lamp* &amp; chair"
    assert at(text, found.blocks[2].span) == "A &quot;map&quot;"


def test_an_image_without_alternative_text() -> None:
    found = content("![](a.jpg) <img src=b.jpg> <img src=c.jpg alt=''>")
    assert [each.alt for each in found.images] == ["", None, ""]
    assert found.blocks == []


def test_a_link_around_an_image_has_its_alternative_text() -> None:
    found = content("[![The map](m.png)](map.md)")
    assert found.links[0].text == "The map"


def test_footnotes() -> None:
    text = "Word[^n] more.\n\n[^n]: The note\n    goes on.\n\n    Twice.\n\n    - item\n"
    found = content(text)
    assert shape(found) == [
        ("paragraph", "Word more."),
        ("footnote", "The note goes on."),
        ("footnote", "Twice."),
        ("list-item", "item"),
    ]
    assert (found.links[0].href, at(text, found.links[0].span)) == ("#fn-n", "[^n]")
    assert (found.containers[0].kind, found.containers[0].label) == ("footnote", "n")
    assert_sound(text, found)


def test_tables() -> None:
    text = "| Fee | *Time* |\n|---|---|\n| $5 | `a\\|b` c \\| d |\n| only |\n"
    found = content(text)
    assert plain(found, "table-cell") == ["Fee", "Time", "$5", "a|b c | d", "only"]
    assert found.containers[0].kind == "table"
    assert at(text, place_of(found, "b c")) == "b` c"
    assert_sound(text, found)


def test_raw_html_is_read_as_a_fragment() -> None:
    text = (
        "> <p>One &amp;\n> <a href='x'>two</a></p>\n\n<div>\nthree\n\nfour *five*\n\n</div>\n\n"
        "<figure><img src=a alt='An alt'><figcaption>Six</figcaption></figure>\n"
    )
    found = content(text)
    assert shape(found) == [
        ("paragraph", "One & two"),
        ("paragraph", "three"),
        ("paragraph", "four five"),
        ("alt", "An alt"),
        ("paragraph", "Six"),
    ]
    assert found.blocks[0].container == 0 and found.containers[0].kind == "quote"
    assert found.links[0].href == "x"
    for word in ("One", "two", "three", "Six", "alt"):
        assert at(text, place_of(found, word)) == word
    assert_sound(text, found)


def test_a_fragment_keeps_what_an_author_put_there() -> None:
    found = content("<aside>Note</aside>\n\n<header>Head</header>\n\n<footer>End</footer>\n")
    assert plain(found) == ["Note", "Head", "End"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>\nvar a;\n</script>\n\nShown\n",
        "<div><script>\nvar a;\n\nvar b = 'c';\n\n</script></div>\n\nShown\n",
        "<style>\np { }\n\nh1 { }\n</style>\n\nShown\n",
        "<form><label>Name</label> <input></form>\n\nShown\n",
        "<p hidden>secret</p>\n\nShown\n",
        "<div><!-- one\n\ntwo\n\n</div>-->\n\nShown\n",
    ],
)
def test_what_nobody_sees_is_no_text_and_is_not_rendered(text: str) -> None:
    found = content(text)
    assert plain(found) == ["Shown"]
    rendered = html(text)
    for word in ("var", "secret", "Name", "h1 {", "two"):
        assert word not in rendered
    assert "<p>Shown</p>" in rendered
    assert found.left_out or "<!--" in text
    assert_sound(text, found)


def test_a_script_that_is_never_closed_is_named() -> None:
    found = content("One\n\n<div><script>\n\nTwo\n")
    assert plain(found) == ["One"]
    assert found.left_out[0].what == "script that is never closed"


def test_a_comment_whose_end_is_read_as_text_hides_the_rest_as_in_a_browser() -> None:
    text = "One\n\n<div><!-- two\n\nthree --></div>\n\nFour\n"
    found = content(text)
    assert plain(found) == ["One"]
    assert found.left_out[0].what == "comment that is never closed"
    assert "Four" not in html(text)


def test_a_script_in_an_attribute_opens_nothing() -> None:
    found = content("<div><input value='<script src=x>'></div>\n\nTwo\n")
    assert plain(found) == ["Two"]
    assert [each.what for each in found.left_out] == ["form"]


def test_html_leaves_out_what_is_omitted() -> None:
    text = "# Title\n\nText[^1] ~~old~~.\n\n| A |\n|---|\n\n[^1]: Note\n"
    rendered = html(text, ".md", content(text).blocks[0].span)
    assert "Title" not in rendered
    for tag in ("<p>Text", "<del>old</del>", "<table>", "footnote"):
        assert tag in rendered


def test_the_body_begins_after_the_front_matter() -> None:
    text = "---\ntitle: Émile 😀\n---\nÉté 😀 *fin*\n"
    post = read(text)
    last = post.blocks[-1]
    assert post.quote(last.text.to_source(6, 9)) == "fin"
    assert last.span.start == text.index("Été")


def test_a_lone_surrogate_and_a_null_do_no_harm() -> None:
    text = "a \ud800 b \x00 c\n"
    found = content(text)
    assert at(text, place_of(found, "c")) == "c"
    assert html(text)


@pytest.mark.parametrize(
    ("text", "imported"),
    [
        (
            "# T\n\nText <b>x</b> <a href=y>z</a>.\n\n<!-- note -->\n\n<div>\n\nIn.\n\n</div>\n",
            False,
        ),
        ("<p>Text</p>\n", True),
    ],
)
def test_beautiful_soup_is_imported_only_for_raw_html(text: str, imported: bool) -> None:
    code = (
        "import sys; from copydesk.testing import read\n"
        f"read({text!r}); print('bs4' in sys.modules, 'requests' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert run.stdout.split() == [str(imported), "False"]


def test_a_cr_alone_ends_a_line_also_in_raw_html() -> None:
    text = "<div>\r<p>One</p>\r</div>\r\r# Two\rthree\r"
    assert shape(content(text)) == [
        ("paragraph", "One"),
        ("heading", "Two"),
        ("paragraph", "three"),
    ]
    assert "<h1>Two</h1>" in html(text)
