"""Pages of which nobody knows who wrote them: whatever they hold, reading them ends well."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk_plugins.publishers.cms.chain_check import Ours, check, place
from copydesk_plugins.publishers.cms.page_reading import Visit, read_page, soup_of
from copydesk_plugins.publishers.cms.text_check import difference

HERE = "https://blog.example/fees/"
PARTS = st.sampled_from(
    [
        *("<p>", "</p>", "<div>", "</div>", "<a", "</a>", "<nav", "</nav>", "<h1>", "<br>", "<b>"),
        *(' data-copydesk="links"', ' rel="next"', ' rel="prev"', ' class="nav-next"', ">", '"'),
        *(' href="/visits/"', ' href="http://["', ' href="//x:y/"', ' href="javascript:x"'),
        *(
            ' href="http://a:99999/"',
            ' href="\x00"',
            " href",
            "<!--",
            "-->",
            "<![CDATA[",
            "<script>",
        ),
        *(
            "Come in by the side door.",
            "word ",
            "\udcff",
            "&#xD800;",
            "&#99999999;",
            "\r",
            "<?",
            "<script>",
        ),
    ]
)
PAGES = st.lists(PARTS, max_size=30).map("".join)


@given(PAGES)
@example('<nav data-copydesk="links"><a rel="next" href="http://[">x</a></nav>')
@example('<p data-copydesk="links">' * 400)
def test_any_page_is_read_checked_and_compared(html: str):
    body = html.encode("utf-8", "surrogateescape")
    soup = soup_of(body)
    page = read_page(Visit(HERE, 200, HERE, body), soup)
    post = Ours("fees", HERE, "Fees", False, (("next", "visits"),))
    problems = list(check({place(HERE): page}, [post]))
    assert all(each.kind and each.message and each.help for each in problems)
    difference(soup, "<p>Come in by the side door.</p>")


@pytest.mark.parametrize("tag", ["b", "div", "nav", "blockquote", "table"])
def test_a_page_nested_without_end(tag: str):
    html = f"<{tag}>" * 20_000 + "Come in by the side door."
    soup = soup_of(html.encode())
    assert read_page(Visit(HERE, 200, HERE, html.encode()), soup).shown == "shown"
    difference(soup, "<p>Come in by the side door.</p>")


@given(st.text(max_size=40))
def test_any_text_has_a_place(address: str):
    assert place(address) == place(address.strip())
