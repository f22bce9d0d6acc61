"""What is read from the page of a live site: our links, those of the theme, titles, and why not."""

from __future__ import annotations

import pytest

from copydesk_plugins.publishers.cms.chain_check import Page, PageLink
from copydesk_plugins.publishers.cms.page_reading import Visit, read_page, soup_of

HERE = "https://blog.example/fees/"
BLOCK = """<nav data-copydesk="links" aria-label="Older and newer posts">
<p>Older post: <a rel="prev" href="/visits/">Visits</a></p>
<p>Newer post: <a href="https://blog.example/parking/" rel="next">Parking</a></p>
</nav>"""
OURS = (
    PageLink("prev", "https://blog.example/visits/"),
    PageLink("next", "https://blog.example/parking/"),
)


def read(html: str, status: int = 200, leads_to: str = HERE, robots: str = "") -> Page:
    body = html.encode()
    return read_page(Visit(HERE, status, leads_to, body, robots=robots), soup_of(body))


def test_our_block_is_read_with_whole_addresses():
    page = read(f"<h1>Fees</h1><div><p>Text.</p>{BLOCK}</div>")
    assert page == Page(HERE, "shown", OURS, block=True, titles=("Fees",))


#: Links that a theme prints, and what each is taken for; None where it is something else.
THEMES = {
    '<a href="/visits/" rel="prev">Visits</a>': "prev",
    '<a href="/visits/" rel="previous nofollow">Visits</a>': "prev",
    '<div class="nav-next"><a href="/parking/">Parking</a></div>': "next",
    '<div class="wp-block post-navigation-link-previous"><a href="/visits/">V</a></div>': "prev",
    '<a class="next-post" href="/parking/">Parking</a>': "next",
    '<link rel="next" href="/parking/">': None,
    '<a href="/visits/">Visits</a>': None,
    '<a class="next page-numbers" href="/fees/2/">2</a>': None,
    '<a rel="next" href="/fees/2/">Page 2</a>': None,
    '<a rel="next" href="#more">More</a>': None,
    '<a rel="next">nowhere</a>': None,
}


@pytest.mark.parametrize("html", THEMES)
def test_the_links_of_a_theme(html: str):
    page = read(f"<h1>Fees</h1>{BLOCK}<footer>{html}</footer>")
    assert page.links == OURS
    assert [each.relation for each in page.others] == [each for each in [THEMES[html]] if each]


def test_a_block_that_says_nothing_is_there_all_the_same():
    page = read('<nav data-copydesk="links"></nav>')
    assert (page.block, page.links) == (True, ())


@pytest.mark.parametrize(
    ("html", "titles"),
    [
        ("<h1> The\n <em>fees</em> </h1><h2>For you</h2>", ("The fees", "For you")),
        ("<title>Fees – Practice</title>", ("Fees – Practice",)),
        ("<p>No title.</p>", ()),
    ],
)
def test_titles(html: str, titles: tuple[str, ...]):
    assert read(html).titles == titles


@pytest.mark.parametrize(
    ("html", "header", "hidden"),
    [
        ('<meta name="robots" content="max-image-preview:large">', "", False),
        ('<meta name="ROBOTS" content="NoIndex, follow">', "", True),
        ("", "noindex", True),
        ("<p>noindex</p>", "", False),
    ],
)
def test_whether_search_engines_are_told_to_leave_it_out(html: str, header: str, hidden: bool):
    assert read(html, robots=header).hidden is hidden


@pytest.mark.parametrize(
    ("status", "leads_to", "html", "shown", "why"),
    [
        (404, HERE, "", "gone", "status 404"),
        (410, HERE, "", "gone", "status 410"),
        (401, HERE, "", "closed", "login"),
        (403, HERE, "", "closed", "login"),
        (200, "https://blog.example/wp-login.php?to=fees", "", "closed", "login"),
        (200, "https://blog.example/private/?r=%2Ffees%2F", "", "closed", "login"),
        (200, HERE, '<form class="post-password-form"></form>', "closed", "password"),
        (200, "https://blog.example/prices/", "", "moved", "leads on to"),
        (200, "https://blog.example/", "", "moved", "leads on to"),
        (200, "https://blog.example/fees", "", "shown", ""),
        (503, HERE, "", "failed", "status 503"),
    ],
)
def test_why_a_page_is_not_shown(status: int, leads_to: str, html: str, shown: str, why: str):
    page = read(f"{html}{BLOCK}", status, leads_to)
    assert page.shown == shown
    assert why in page.why
    assert page.links == (OURS if shown == "shown" else ())


def test_no_answer_at_all():
    page = read_page(Visit(HERE, 0, why="the host did not answer"), None)
    assert (page.shown, page.why) == ("failed", "the host did not answer")
