"""Texts as WordPress stores them, as HTML: no word goes; what Markdown cannot say is counted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_plugins.publishers.archives.classic import paragraphs
from copydesk_plugins.publishers.archives.wordpress_html import readable
from copydesk_plugins.publishers.losses import losses_of, plain


def squeezed(html: str) -> str:
    return re.sub(r"\s*\n\s*", "", html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\nTwo.\n\nThree.", "<p>One.<br>Two.</p><p>Three.</p>"),
        ("One.\r\n\r\n  \r\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("A <em>b\nc</em> d", "<p>A <em>b<br>c</em> d</p>"),
        ("Before<h2>Head</h2>after", "<p>Before</p><h2>Head</h2><p>after</p>"),
        (
            "<ul>\n<li>a</li>\n<li>b\n\nc</li>\n</ul>",
            "<ul><li>a</li><li><p>b</p><p>c</p></li></ul>",
        ),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("<p>a\nb</p>", "<p>a<br>b</p>"),
        ("<pre>a\n\nb</pre>c", "<pre>ab</pre><p>c</p>"),
        ("a<hr />b", "<p>a</p><hr /><p>b</p>"),
        ("<div>a</span></div></div>b", "<div><p>a</span></p></div></div><p>b</p>"),
        ('<img alt="a > b\nc">', '<p><img alt="a > b c"></p>'),
        ("2 < 3\n\n3 > 2", "<p>2 < 3</p><p>3 > 2</p>"),
        ("a <!-- never closed\n\nb", "<p>a <!-- never closed</p><p>b</p>"),
        ("", ""),
        ("\n\n \n", ""),
    ],
)
def test_paragraphs_of_the_classic_editor(text: str, html: str) -> None:
    assert squeezed(paragraphs(text)) == html


@pytest.mark.parametrize(
    ("content", "html"),
    [
        (
            '[caption id="a"]<a href="/b"><img src="c.png" /></a> Words <em>here</em>[/caption]',
            '<figure><p><a href="/b"><img src="c.png" /></a></p>'
            "<figcaption>Words <em>here</em></figcaption></figure>",
        ),
        ('[caption caption="Old \'way\'"]<img src="c.png">[/caption]', "<figcaption>Old 'way'<"),
        ("[caption]no end", "[caption]no end"),
        ("[sic] and [1]", "<p>[sic] and [1]</p>"),
        ("<!-- wp:paragraph -->\n<p>a</p>\n<!-- /wp:paragraph -->", "<p>a</p>"),
    ],
)
def test_shortcodes_and_blocks(content: str, html: str) -> None:
    found = squeezed(readable(content).html)
    assert html in found


def test_what_only_wordpress_fills_in_is_named_whole() -> None:
    content = '<!-- wp:acf/quote {"data":{"said":"We <b>like</b> it -- really"}} /-->'
    found = readable(content)
    assert [each.text for each in found.omissions] == [
        'wp:acf/quote {"data":{"said":"We <b>like</b> it -- really"}}'
    ]
    assert found.losses == ("1 block of the editor (acf/quote)",)


def test_what_markdown_cannot_say_is_counted() -> None:
    html = (
        '<iframe src="x"></iframe><iframe src="y"></iframe><p class="lead wp-x">a</p>'
        '<img class="wp-image-3 size-large alignnone"><h2 id="there">b</h2><script>x</script>'
        "<form><input><button>c</button></form><details><summary>d</summary></details>"
    )
    assert losses_of(html) == (
        "2 embeds",
        "1 script",
        "1 form",
        "1 fold-out",
        "2 elements with their own look or anchor",
    )
    assert losses_of(html, own_anchors=False)[-1] == "1 element with its own look or anchor"
    assert losses_of("<p>a <strong>b</strong></p><table><tr><td>c</td></tr></table>") == ()
    content = '[gallery ids="1,2"] [tabs]x[/tabs]<!-- wp:embed {"url":"y"} --><!-- /wp:embed -->'
    assert readable(content).losses == ("1 embed", "2 shortcodes")
    assert "shortcodes (gallery, tabs)" in readable(content).notes[0]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Tea &amp; rooms", "Tea & rooms"),
        ("a <em>b</em>", "a b"),
        ("2 < 3", "2 < 3"),
        ("<p>a</p><p>b</p>", "a b"),
        (" a\n b ", "a b"),
        ("&#8217;", "’"),
        ("", ""),
    ],
)
def test_short_texts_as_words(html: str, text: str) -> None:
    assert plain(html) == text


_MARKUP = st.sampled_from(
    [
        *("\n", "\n\n", " ", "<p>", "</p>", "<div class='x'>", "</div>", "<em>", "</em>", "<br />"),
        *("<ul>", "<li>", "</li>", "</ul>", "<blockquote>", "</blockquote>", "<hr>", "<table>"),
        *("<tr>", "<td>", "</td>", "</tr>", "</table>", "<pre>", "</pre>", "<h2>", "</h2>", "<!--"),
        *(
            "-->",
            "<!-- x -->",
            "<!-- wp:paragraph -->",
            "<!-- /wp:paragraph -->",
            "<",
            ">",
            "[",
            "]",
        ),
        *("[caption]", "[caption id='1']", "[/caption]", "<img src='a.png'>", "[gallery ids='1']"),
        *("<!--more-->", "<!-- wp:columns -->", '<a href="b">', "</a>", "'", '"', "<figure>"),
    ]
)
_PIECES = st.lists(st.one_of(_MARKUP, st.integers(0, 99).map(lambda n: f" word{n} ")), max_size=40)


def visible(content: str) -> list[str]:
    """Return the words of a text that stand in no comment and in no tag, read on their own."""
    closed = content.rfind("-->") + 3
    shown = re.sub(r"<!--.*?-->", "", content[:closed], flags=re.DOTALL) + content[closed:]
    shown = re.sub(r"<[/a-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", "", shown)
    return re.findall(r"word\d+", shown)


@given(_PIECES)
def test_no_word_goes_and_none_comes_twice(pieces: list[str]) -> None:
    content = "".join(pieces)
    assert sorted(visible(readable(content).html)) == sorted(visible(content))


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<!--",
            "<!-- wp:x",
            "[caption]",
            "[",
            "<a '",
            '<a "',
            "<div>",
            "</div>",
            "<pre>",
            "\n \n",
        ),
        *("[caption]<img>", "[/caption]", "<!-- wp:x /-->", "<img ", "[a b=c]", "<script>", "-->"),
    ],
)
def test_texts_that_repeat_a_sign_come_to_an_end(piece: str) -> None:
    """With twice the time for each sign more, none of these would come to an end today."""
    text = piece * 100_000
    readable(text)
    readable("<div>" * 100_000 + text)
    losses_of(text)
    plain(text)
