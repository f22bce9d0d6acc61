"""Bodies as drafts have them, written down and at random: what Ghost's editor has to hold."""

from __future__ import annotations

from hypothesis import strategies as st

#: What a draft may hold, the nodes it becomes, and how it reads afterwards.
CASES = {
    "paragraph": (
        "<p>One <b>bold <i>both</i></b>\n two.</p>",
        ["paragraph"],
        "<p>One <strong>bold </strong><strong><em>both</em></strong> two.</p>",
    ),
    "line break": ("<p>One<br> two</p>", ["paragraph"], "<p>One<br>two</p>"),
    "loose text": ("One <em>two</em><p>three</p>four", ["paragraph"] * 3, None),
    "link": (
        '<p>See <a href="/fees/" title="Fees">our <b>fees</b></a>.</p>',
        ["paragraph"],
        '<p>See <a href="https://blog.example/fees/">our <strong>fees</strong></a>.</p>',
    ),
    "headings": ("<h2>A</h2><h3>B</h3>", ["extended-heading"] * 2, "<h2>A</h2>\n<h3>B</h3>"),
    "list in a list": (
        "<ul><li>a<ol><li>b</li></ol></li><li><p>c</p></li></ul>",
        ["list"],
        "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n<li>c</li>\n</ul>",
    ),
    "list from three": (
        '<ol start="3"><li>c</li></ol>',
        ["list"],
        '<ol start="3">\n<li>c</li>\n</ol>',
    ),
    "item of two paragraphs": (
        "<ul><li><p>a</p><p>b</p></li></ul>",
        ["list"],
        "<ul>\n<li>a<br><br>b</li>\n</ul>",
    ),
    "quote": (
        "<blockquote><p>a</p>\n<p>b</p></blockquote>",
        ["extended-quote"],
        "<blockquote>a<br><br>b</blockquote>",
    ),
    "code": (
        "<pre><code>if a &lt; b:\n    c\n</code></pre>",
        ["codeblock"],
        "<pre><code>if a &lt; b:\n    c</code></pre>",
    ),
    "picture": (
        '<p><img src="/a.png" alt="A"></p>',
        ["image"],
        '<figure><img src="https://blog.example/a.png" alt="A"></figure>',
    ),
    "pictures at the ends": (
        '<p><img src="/a.png" alt="A"> words <img src="/b.png" alt=""></p>',
        ["image", "paragraph", "image"],
        None,
    ),
    "linked picture": (
        '<p><a href="/x/"><img src="/a.png" alt="A"></a></p>',
        ["image"],
        '<figure><a href="https://blog.example/x/">'
        '<img src="https://blog.example/a.png" alt="A"></a></figure>',
    ),
    "picture with caption": (
        '<figure><img src="/a.png" alt="A"><figcaption>By <b>us</b></figcaption></figure>',
        ["image"],
        '<figure><img src="https://blog.example/a.png" alt="A">'
        "<figcaption>By <strong>us</strong></figcaption></figure>",
    ),
    "rule": ("<p>a</p><hr><p>b</p>", ["paragraph", "horizontalrule", "paragraph"], None),
    "wrapper": ("<section><div><p>a</p></div>b</section>", ["paragraph"] * 2, "<p>a</p>\n<p>b</p>"),
    "footnote": (
        '<p>Word<sup class="footnote-reference"><a href="#1">1</a></sup></p>'
        '<div class="footnote-definition" id="1"><p>Note.</p></div>',
        ["paragraph", "html"],
        None,
    ),
    "anchor that Ghost makes itself": (
        '<p><a href="#the-fees">x</a></p><h2 id="the-fees">The fees</h2>',
        ["paragraph", "extended-heading"],
        None,
    ),
    "anchor of another name": (
        '<p><a href="#costs">x</a></p><h2 id="costs">The fees</h2>',
        ["paragraph", "html", "extended-heading"],
        None,
    ),
    "second heading of one name": (
        '<p><a href="#fees">x</a></p><h2>Fees</h2><h2 id="fees">Fees</h2>',
        ["paragraph", "extended-heading", "html", "extended-heading"],
        None,
    ),
    "empty": ("", ["paragraph"], ""),
}
#: What the editor has no form for: a card keeps it byte for byte.
CARDS = {
    "table": "<table><tbody><tr><td>1</td></tr></tbody></table>",
    "definitions": "<dl><dt>a</dt><dd>b</dd></dl>",
    "details": '<details open=""><summary>S</summary><p>D</p></details>',
    "picture in a sentence": '<p>a <img src="/a.png" alt="A"> b</p>',
    "picture in a list": '<ul><li><img src="/a.png" alt="A"></li></ul>',
    "list in a quote": "<blockquote><ul><li>1</li></ul></blockquote>",
    "another language": '<p>Say <span lang="fr">bonjour</span>.</p>',
    "right to left": '<p dir="rtl">שלום</p>',
    "abbreviation": '<p><abbr title="World Health Organization">WHO</abbr></p>',
    "short quote": "<p>He said <q>no</q>.</p>",
    "ruby": "<p><ruby>漢<rt>kan</rt></ruby></p>",
    "list backwards": '<ol reversed=""><li>a</li></ol>',
    "words after a list in an item": "<ul><li>a<ul><li>b</li></ul>c</li></ul>",
    "item that is only a list": "<ul><li><ul><li>b</li></ul></li></ul>",
    "code with a link": '<pre>a <a href="https://x.example/">b</a></pre>',
    "figure of words": "<figure><blockquote>a</blockquote><figcaption>b</figcaption></figure>",
    "place that is linked to": '<p id="here">a</p>',
}

INLINE = ("b", "i", "em", "strong", "code", "sup", "sub", "mark", "s", "u", "span", "small", "cite")
SIGNS = ("a", "b", " ", "\n", " é", "😀", "&", "<", '"', "'", "{{x}}", "*", "_", "]]>", "-->")
TEXTS = st.lists(
    st.sampled_from([*SIGNS, "</script>", "&amp;", "\N{NO-BREAK SPACE}"]), max_size=5
).map("".join)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrapped(tags: tuple[str, ...], within: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("<{0}>{1}</{0}>".format, st.sampled_from(tags), within)


PICTURE = '<img src="/{0}.png" alt="alt{0}">'
RUNNING = st.recursive(
    st.one_of(TEXTS.map(escaped), st.sampled_from(["<br>", PICTURE.format(1), PICTURE.format(2)])),
    lambda within: st.lists(
        st.one_of(
            wrapped(INLINE, within),
            within.map('<a href="/x/">{}</a>'.format),
            within.map('<span lang="fr">{}</span>'.format),
            within,
        ),
        max_size=4,
    ).map("".join),
    max_leaves=8,
)
BLOCK = st.recursive(
    st.one_of(
        wrapped(("p", "h2", "h3", "pre", "dt", "td", "figcaption", "summary"), RUNNING),
        RUNNING,
        st.just("<hr>"),
    ),
    lambda within: st.lists(
        st.one_of(
            wrapped(
                ("ul", "ol"), st.lists(within.map("<li>{}</li>".format), max_size=3).map("".join)
            ),
            wrapped(("blockquote", "div", "section", "figure", "details", "dl"), within),
            within.map("<table><tbody><tr><td>{}</td></tr></tbody></table>".format),
            within,
        ),
        max_size=3,
    ).map("".join),
    max_leaves=12,
)
