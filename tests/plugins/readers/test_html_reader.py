"""The HTML reader: finding the post, naming the rest, blocks, places, exact slices."""

from __future__ import annotations

import pytest
from readers_kit import assert_sound, content, html, place_of, plain, shape

from copydesk.api import ContentBuilder, Span
from copydesk.testing import read

PAGE = """<!DOCTYPE html>
<html><head><title>Site</title><style>p { }</style></head><body class="has-sidebar">
<div id="cookie-banner">We use cookies</div>
<header class="site-header"><a href="/">Harbour</a><nav>Home Blog</nav></header>
<main><article>
<header><h1>The &amp; title</h1></header>
<p>First para.</p>
<div class="sharedaddy">Share this</div>
<aside>Beside</aside><form>Sign up <input></form>
<p style="color: red; display: none">Secret</p><script>var x = "<p>no</p>";</script>
<section id="comments"><p>Somebody said</p></section>
<div class="related-posts"><article>Another post</article></div>
</article></main>
stray <b>words</b>
<footer>The end</footer></body></html>
"""


def names(builder: ContentBuilder) -> list[str]:
    return [each.what for each in builder.left_out]


def at(text: str, span: Span) -> str:
    return text[span.start : span.end]


def test_a_page_is_reduced_to_its_article_and_the_rest_is_named() -> None:
    found = content(PAGE, ".html")
    assert shape(found) == [("heading", "The & title"), ("paragraph", "First para.")]
    assert names(found) == [
        "page head",
        "cookie notice",
        "page header",
        "share buttons",
        "sidebar",
        "form",
        "hidden text",
        "script",
        "comments",
        "related posts",
        "text outside the article",
        "footer",
    ]
    assert_sound(PAGE, found)


def test_the_html_of_a_page_is_exact_slices_of_its_article() -> None:
    title = content(PAGE, ".html").blocks[0].span
    assert html(PAGE, ".html", title).split() == ["<header></header>", "<p>First", "para.</p>"]


def test_slices_are_the_source_as_written() -> None:
    text = "<article>\n<P  CLASS='b' id=a >It&rsquo;s &amp; <IMG src=x ALT=y/>\r\n</P></article>"
    assert html(text, ".html") == text[len("<article>") : -len("</article>")]


@pytest.mark.parametrize(
    "page",
    [
        "<article>teaser</article><article>The long one</article>",
        "<main><p>The long one</p></main>",
        "<div role=main>The long one</div>",
        "<div itemprop='articleBody'>The long one</div>",
        "<div class='post-1 entry-content'>The long one</div>",
        "<main><nav>Menu</nav><article>The long one</article></main>",
        "<main><article>a</article><div class=post-content>The long one</div></main>",
        "<form runat=server><div class=with-sidebar><article>The long one</article></div></form>",
        "<div class=sidebar>Side</div><div id=page><p>The long one</p></div>",
        "<div class='cookie-page'><p>The long one</p></div><nav>Menu</nav>",
    ],
)
def test_the_post_is_found(page: str) -> None:
    text = f"<html><body>{page}</body></html>"
    assert plain(content(text, ".html")) == ["The long one"]


def test_a_title_before_the_article_belongs_to_it() -> None:
    text = (
        "<body><main><header><h1>Title</h1></header>"
        "<div class='entry-content'><p>Text.</p></div></main></body>"
    )
    found = content(text, ".html")
    assert shape(found) == [("heading", "Title"), ("paragraph", "Text.")]
    assert at(text, found.blocks[0].span) == "<h1>Title</h1>"
    assert read(text, "post.html").title == "Title"


def test_the_name_of_the_site_is_no_title() -> None:
    text = "<body><header><h1>Site</h1><nav>x</nav></header><article><p>Text.</p></article></body>"
    found = content(text, ".html")
    assert (plain(found), names(found)) == (["Text."], ["page header"])


def test_a_fragment_is_read_whole() -> None:
    text = "<h2>One</h2>\nLoose &amp; text\n<aside>Note</aside><nav>No</nav><p>End</p>"
    found = content(text, ".html")
    assert shape(found) == [
        ("heading", "One"),
        ("paragraph", "Loose & text"),
        ("paragraph", "Note"),
        ("paragraph", "End"),
    ]
    assert names(found) == ["menu"]
    assert html(text, ".html") == text.replace("<nav>No</nav>", "")


def test_blocks_of_all_kinds() -> None:
    text = """<div>in div<ul><li>one<li>two<ol><li>deep</ol></ul>tail</div>
<blockquote><p>Quote</p><footer>Who</footer></blockquote>
<table><caption>Cap</caption><tr><th>H<td><p>cell</p><tr><td><p>x</p><p>y</p></table>
<dl><dt>Term<dd>Meaning</dl>
<figure><img src=b alt="Alt"><figcaption>Caption</figcaption></figure>
<pre>a  &lt;b
 c</pre><address>Street</address><details><summary>More</summary>Inside</details>"""
    found = content(text, ".html")
    assert shape(found) == [
        ("paragraph", "in div"),
        ("list-item", "one"),
        ("list-item", "two"),
        ("list-item", "deep"),
        ("paragraph", "tail"),
        ("paragraph", "Quote"),
        ("paragraph", "Who"),
        ("paragraph", "Cap"),
        ("table-cell", "H"),
        ("table-cell", "cell"),
        ("paragraph", "x"),
        ("paragraph", "y"),
        ("paragraph", "Term"),
        ("paragraph", "Meaning"),
        ("alt", "Alt"),
        ("paragraph", "Caption"),
        ("code", "a  <b\n c"),
        ("paragraph", "Street"),
        ("paragraph", "More"),
        ("paragraph", "Inside"),
    ]
    kinds = [(each.kind, each.label, each.lead_in) for each in found.containers]
    assert kinds[0] == ("list", "bullet", 0) and ("list", "ordered", 2) in kinds
    assert {"quote", "table", "definition", "item"} <= {kind for kind, *_ in kinds}
    assert_sound(text, found)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<p> a \n\t b </p>", ["a b"]),
        ("<p>a <b> b</b> c</p>", ["a b c"]),
        ("<p>a<br>b<br/>\n<br>c</p>", ["a b", "c"]),
        ("<h2>a<br><br>b</h2>", ["a b"]),
        ("<p>a<p>b", ["a", "b"]),
        ("a<div>b</div>c", ["a", "b", "c"]),
        ("<p>5&nbsp;mg caf&eacute; &#8217; &bogus; AT&T</p>", ["5\u00a0mg café ’ &bogus; AT&T"]),
        ("<p>a<!-- b -->c</p>", ["ac"]),
        ("<p>1 < 2 & 3 > 2</p>", ["1 < 2 & 3 > 2"]),
        ("<p>x<sup><a href='#n'>1</a></sup>, m<sup>2</sup></p>", ["x, m2"]),
        ("<p>a <svg><title>no</title></svg><button>Book</button>b</p>", ["a b"]),
        ("<p>a<![if x]>b<![foo]>c<?php d ?>e</p>", ["abce"]),
        ("<p>one <a href='x", ["one"]),
        ("<p>one</p><!-- never closed <p>two</p>", ["one"]),
        ("</p></div>text</br>more", ["text", "more"]),
        ("fees.html", ["fees.html"]),
    ],
)
def test_what_people_see(written: str, said: list[str]) -> None:
    found = content(written, ".html")
    if written.startswith("</p>"):
        said = ["textmore"]
    assert plain(found) == said
    assert_sound(written, found)


def test_places_are_exact() -> None:
    text = "<p>😀 one\r\n  two&amp;three <em>fo</em>ur</p>"
    found = content(text, ".html", 0)
    assert at(text, place_of(found, "two")) == "two"
    assert at(text, place_of(found, "&")) == "&amp;"
    assert at(text, place_of(found, "one two")) == "one\r\n  two"
    assert at(text, place_of(found, "four")) == "fo</em>ur"


def test_a_block_covers_its_element() -> None:
    text = "<h2 id=a>One</h2><p>Two</p><ul><li>Three</li></ul><p>Four<br><br>Five</p>\n<p>Six\n"
    spans = [at(text, each.span) for each in content(text, ".html").blocks]
    assert spans == ["<h2 id=a>One</h2>", "<p>Two</p>", "Three", "Four", "Five", "<p>Six"]


def test_links_and_images() -> None:
    text = (
        '<p>See <a href="a?x=1&amp;y">the <b>fees</b></a> <a name=n>no</a><img src=i>'
        '<img src="j" alt=""></p><a href=k><h3>Card</h3><p>Text</p></a><a href=l><img src=m '
        'alt="A &quot;b&quot;"></a>'
    )
    found = content(text, ".html")
    assert [(each.href, each.text, each.block) for each in found.links] == [
        ("a?x=1&y", "the fees", 0),
        ("k", "Card Text", 1),
        ("l", 'A "b"', 3),
    ]
    assert [(each.src, each.alt) for each in found.images] == [
        ("i", None),
        ("j", ""),
        ("m", 'A "b"'),
    ]
    assert at(text, found.links[0].span) == '<a href="a?x=1&amp;y">the <b>fees</b></a>'
    assert found.blocks[-1].kind == "alt"
    assert at(text, found.blocks[-1].span) == "A &quot;b&quot;"


def test_the_body_begins_after_the_front_matter() -> None:
    text = "---\ntitle: T 😀\n---\n<article><p>One <b>two</b></p></article>\n"
    post = read(text, "post.html")
    last = post.blocks[-1]
    assert post.quote(last.text.to_source(4, 7)) == "two"
    assert html(text, ".html", start=post.body.start) == "<p>One <b>two</b></p>"
