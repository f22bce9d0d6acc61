"""The words of a page against those that were published: where the post stands, what differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import Finding
from copydesk.model.finding import Place
from copydesk_plugins.publishers.cms.page_reading import soup_of
from copydesk_plugins.publishers.cms.text_check import difference, new_findings

POST = """<p>Come in by the side door, and ring the bell.</p>
<h2>What to bring</h2>
<ul><li>A jumper, since it can be cold</li><li>Something to drink &amp; eat</li></ul>
<p>We have <em>time</em> for your questions.<br>Do ask them.</p>
"""
#: Around the post stands what a theme prints: much of it is text, too.
PAGE = """<!doctype html><html><head><title>Visits</title><style>p {{}}</style></head><body>
<header><p>The Practice on the Harbour</p></header>
<div><a href="/">Home page of the practice</a></div>
<main><h1>Visits</h1><p class="about">By Mara, on 2 March</p>
<div class="entry-content">{post}
{block}
</div><section><h2>Comments</h2><p>Thank you, that helped me a great deal.</p></section></main>
<aside><p>Come in by the side door, and ring the bell.</p></aside>
<script>var text = "Not a word of it";</script></body></html>"""


BLOCK = """<nav data-copydesk="links">
<p>Older post: <a rel="prev" href="/fees/">Fees and payment of them</a></p></nav>"""


def compare(there: str, published: str = POST, block: str = BLOCK):
    return difference(soup_of(PAGE.format(post=there, block=block).encode()), published)


SAME = {
    "as it was sent": POST,
    "with the marks of an editor": "".join(
        f"<!-- wp:paragraph -->{line}<!-- /wp:paragraph -->\n" for line in POST.splitlines()
    ),
    "with quotes, dashes and blanks of its own": POST.replace(",", " –").replace(" ", "\n "),
    "with other markup": POST.replace("<em>", '<span class="x"><i>').replace(
        "</em>", "</i></span>"
    ),
    "with the items of a list in paragraphs": POST.replace("<li>", "<li><p>").replace(
        "</li>", "</p></li>"
    ),
    "with two passages in one": POST.replace("</li><li>", "<br>"),
    "in boxes of the theme": f'<div class="a"><div class="b">{POST}</div></div>',
    "with a form and a script of a plugin": POST + "<form>Write to us now please</form>"
    "<script>now()</script>",
}


@pytest.mark.parametrize("block", [BLOCK, ""], ids=["with our block", "without"])
@pytest.mark.parametrize("name", SAME)
def test_what_systems_and_themes_do_is_no_difference(name: str, block: str):
    assert compare(SAME[name], block=block) is None


@pytest.mark.parametrize(
    ("old", "new", "added", "lacking"),
    [
        (
            "ring the bell",
            "do not ring the bell",
            ("Come in by the side door, and do not ring the bell.",),
            ("Come in by the side door, and ring the bell.",),
        ),
        ("<h2>", "<p>Baths cure all.</p><h2>", ("Baths cure all.",), ()),
        ("<h2>What to bring</h2>", "", (), ("What to bring",)),
        (
            "Something to drink &amp; eat",
            "",
            (),
            ("Something to drink & eat",),
        ),
    ],
)
@pytest.mark.parametrize("block", [BLOCK, ""], ids=["with our block", "without"])
def test_what_a_person_changed(
    old: str, new: str, added: tuple[str, ...], lacking: tuple[str, ...], block: str
):
    assert old in POST
    found = compare(POST.replace(old, new), block=block)
    assert found is not None
    assert (found.added, found.lacking) == (added, lacking)
    assert "Thank you" not in found.html
    assert "Older post" not in found.html
    assert "data-copydesk" not in found.html


def test_a_text_that_is_new_from_end_to_end_is_found_by_our_block():
    found = compare("<p>Something else altogether stands here.</p>")
    assert found is not None
    assert found.added == ("Something else altogether stands here.",)
    assert len(found.lacking) == 5
    assert found.html.strip() == "<p>Something else altogether stands here.</p>"


def test_a_page_on_which_nothing_of_it_stands():
    found = difference(soup_of(b"<html><body><p>Back soon.</p></body></html>"), POST)
    assert found is not None
    assert (found.added, found.html) == ((), "")
    assert len(found.lacking) == 5


def test_an_empty_page():
    assert difference(soup_of(b""), POST) is not None
    assert difference(soup_of(b""), "") is None


CODES = POST.replace(
    "<h2>",
    '<p>[gallery ids="1,2"]</p><p>Ring us at [phone] before you come.</p><h2>',
)
MADE = POST.replace(
    "<h2>",
    "<figure><figcaption>The door from the garden</figcaption></figure>"
    "<p>Ring us at 555 0100 before you come.</p><h2>",
)


def test_what_a_theme_makes_of_a_shortcode_is_no_difference():
    page = soup_of(PAGE.format(post=MADE, block=BLOCK).encode())
    assert difference(page, CODES, shortcodes=True) is None
    page = soup_of(PAGE.format(post=MADE, block=BLOCK).encode())
    assert difference(page, CODES) is not None
    for there in (POST + "[gallery]", POST):  # at the end, and where nothing came of it
        page = soup_of(PAGE.format(post=there, block=BLOCK).encode())
        assert difference(page, f"{POST}<p>[gallery]</p>", shortcodes=True) is None


@pytest.mark.parametrize(
    ("old", "new", "added", "lacking"),
    [
        ("<ul>", "<p>Baths cure all of it.</p><ul>", ("Baths cure all of it.",), ()),
        ("<h2>What to bring</h2>", "", (), ("What to bring",)),
    ],
)
def test_what_a_person_changed_beside_a_shortcode_is_found(
    old: str, new: str, added: tuple[str, ...], lacking: tuple[str, ...]
):
    page = soup_of(PAGE.format(post=MADE.replace(old, new), block=BLOCK).encode())
    found = difference(page, CODES, shortcodes=True)
    assert found is not None
    assert (found.added, found.lacking) == (added, lacking)


def test_words_in_brackets_that_stand_on_the_page_are_compared():
    source = POST.replace("<h2>", "<p>It was warm [sic] in there.</p><h2>")
    there = source.replace("<h2>", "<p>Baths cure all of it.</p><h2>")
    found = difference(soup_of(PAGE.format(post=there, block=BLOCK).encode()), source, True)
    assert found is not None
    assert (found.added, found.lacking) == (("Baths cure all of it.",), ())


def test_the_sentence_that_differs_is_quoted_and_not_the_passage_that_it_stands_in():
    passage = "<p>We make tea. Nobody has to hurry. Bring a {}. Then we talk.</p>\n"
    found = compare(POST + passage.format("warm scarf"), POST + passage.format("scarf"))
    assert found is not None
    assert (found.added, found.lacking) == (("Bring a warm scarf.",), ("Bring a scarf.",))


VOCABULARY = ["warm", "bath", "sea", "walk", "rest", "door", "bell", "tea"]
WORDS = st.lists(
    st.sampled_from(VOCABULARY),
    min_size=4,
    max_size=9,
)
TEXTS = st.lists(WORDS.map(" ".join), min_size=1, max_size=6)


@given(TEXTS, st.integers(0, 5), st.sampled_from(["p", "h3", "blockquote"]))
def test_a_passage_that_was_added_anywhere_is_found(texts: list[str], at: int, tag: str):
    parts = [f"<p>{text}.</p>" for text in texts]
    there = [*parts[:at], f"<{tag}>Nobody wrote this before.</{tag}>", *parts[at:]]
    found = compare("\n".join(there), "\n".join(parts))
    assert found is not None
    assert found.added == ("Nobody wrote this before.",)
    assert found.lacking == ()


@given(TEXTS)
def test_what_was_published_is_found_as_it_was(texts: list[str]):
    html = "\n".join(f"<p>{text}.</p>" for text in texts)
    assert compare(html, html) is None


def test_of_very_many_passages_only_the_first_are_told():
    """A page of another kind at the address costs no more than a limit of looks."""
    many = "".join(f"<p>Item number {number} of the shop</p>" for number in range(20_000))
    found = compare(POST + many)
    assert found is not None
    assert 0 < len(found.added) <= 500


def test_nesting_without_end_is_read():
    deep = "<b>" * 3000 + "deep down there it is" + "</b>" * 3000
    assert compare(POST + f"<p>{deep}</p>") is not None


def finding(rule: str, quote: str, severity: str = "error", waived: str = "") -> Finding:
    place = Place(0, 1, 1)
    return Finding(rule, severity, "m", "h", quote, place, place, "", "f", waived=waived)


def test_new_findings_are_those_about_claims_that_the_source_has_not():
    before = [finding("claims.absolute", "Baths <em>cure</em> all."), finding("claims.a", "Twice.")]
    now = [
        finding("claims.absolute", "Baths cure&nbsp;all."),
        finding("claims.absolute", "Tea cures all."),
        finding("claims.a", "Twice."),
        finding("claims.a", "Twice."),
        finding("claims.b", "Baths cure all.", "warning"),
        finding("claims.b", "A note.", "info"),
        finding("claims.b", "Waived.", waived="seen (Dr Doe)"),
        finding("readability.ease", "Tea cures all."),
    ]
    assert [(each.rule, each.quote) for each in new_findings(before, now)] == [
        ("claims.absolute", "Tea cures all."),
        ("claims.a", "Twice."),
        ("claims.b", "Baths cure all."),
    ]
