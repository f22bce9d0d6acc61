"""Every heading can be linked: the index and the published page agree on its id."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from core_kit import READERS, source
from hypothesis import example, given, settings
from hypothesis import strategies as st

from copydesk.heading_ids import HeadingIds, is_heading_id, with_heading_ids, written_ids
from copydesk.metadata import ReadingSettings
from copydesk.model.change import Abilities
from copydesk.outlines import outline_of
from copydesk.reading import read_post
from copydesk.registry import load
from copydesk.render import Renderer

LOADED = load(READERS)


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<h2>Our fees</h2>", '<h2 id="our-fees">Our fees</h2>'),
        ('<h2 lang="de">Preis</h2>', '<h2 id="preis" lang="de">Preis</h2>'),
        ('<h2 id="x">Our fees</h2>', '<h2 id="x">Our fees</h2>'),
        ("<h2>A &amp; <em>b</em></h2>", '<h2 id="a-b">A &amp; <em>b</em></h2>'),
        ("<h2>A</h2><h3>A</h3>", '<h2 id="a">A</h2><h3 id="a-1">A</h3>'),
        ('<p id="a">x</p><h2>A</h2>', '<p id="a">x</p><h2 id="a-1">A</h2>'),
        (
            "<h2>A-1</h2><h2>A</h2><h2>A</h2>",
            '<h2 id="a-1">A-1</h2><h2 id="a">A</h2><h2 id="a-2">A</h2>',
        ),
        ('<h2><img src="a.png"></h2>', '<h2><img src="a.png"></h2>'),
        ("<h2>A<h2>B</h2>", '<h2>A<h2 id="b">B</h2>'),
        ("<p>No heading</p>", "<p>No heading</p>"),
        ('<h2 title="my id=3">A</h2>', '<h2 id="a" title="my id=3">A</h2>'),
        ("<h2>One<br>two</h2>", '<h2 id="one-two">One<br>two</h2>'),
        ("<hr><h2>A</h2>", '<hr><h2 id="a">A</h2>'),
        (
            '<img alt="<h2 onerror=alert(1)>x</h2>"><h2 title="<h3>">x</h2>',
            '<img alt="<h2 onerror=alert(1)>x</h2>"><h2 id="x" title="<h3>">x</h2>',
        ),
    ],
)
def test_ids(html: str, wanted: str) -> None:
    assert with_heading_ids(html) == wanted


def test_ids_that_come_back_by_themselves() -> None:
    assert is_heading_id("our-fees", "Our fees")
    assert is_heading_id("our-fees-2", "Our fees")
    assert not is_heading_id("costs", "Our fees")
    assert not is_heading_id("our-fees-two", "Our fees")


def test_many_equal_headings_take_no_time_and_stay_apart() -> None:
    ids = HeadingIds(["a-1"])
    found = [ids.of("A") for _ in range(20_000)]
    assert len(set(found)) == len(found)
    assert "a-1" not in found


@pytest.mark.parametrize("html", ["<h2>" * 100_000, "<h2>a" + "<" * 300_000, "<h2 " * 100_000])
def test_hostile_html(html: str) -> None:
    assert with_heading_ids(html) == html


#: Tags of blocks stand for themselves: one in the middle of a heading ends it for a browser, and
#: what its id is then is not known to the index.
PIECES = st.sampled_from(
    [
        *("# ", "## ", "### ", "\n\n", "\n", "Fees", "our *fees*", "`x`", "[a](b.md)", "é", "?"),
        *(
            '\n\n<h2 id="fees">Fees</h2>\n\n',
            "\n\n<h3>A</h3>\n\n",
            "\n\n<p id=a>",
            "\n\n</p>\n\n",
            "&amp;",
            "> ",
            "- ",
        ),
        *("<br>", "## 1", "![x](y.png)", "[^1]", "\n\n[^1]: Note.\n\n", "<b>", "</b>", "1"),
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=30), st.sampled_from(["a.md", "a.html", "a.txt"]))
@example(["# 1\n\nText[^1].\n\n[^1]: Note.\n"], "a.md")
@example(["## One<br>two"], "a.md")
@example(["<h2>One<br>two</h2>"], "a.html")
def test_each_id_of_a_page_is_one_that_the_index_knows(pieces: list[str], name: str) -> None:
    made = source("---\ntitle: T\n---\n\n" + "".join(pieces), name)
    reader = LOADED.extensions["." + name.rpartition(".")[2]]
    post = read_post(made, reader, ReadingSettings("UTC"))
    body = Renderer(Path(), {}, Abilities()).render(post, reader, (), str)
    headings = re.findall(r"<h[1-6]([^<>]*)>", body.html)
    ids = [found[1] for each in headings if (found := re.search(r'id="([^"]*)"', each))]
    made_by_us = [each for each in ids if each not in made.text]
    assert len(set(made_by_us)) == len(made_by_us)
    assert set(ids) <= set(outline_of(post).anchors)


def test_every_name_and_id_of_a_tag_is_known_in_small_letters_and_capitals() -> None:
    html = '<a name="one" id=two>x</a><p ID=\'three\'>y</p><i title=a\nid=four><b data-id="no">'
    assert written_ids(html) == ["one", "two", "three", "four"]
    assert written_ids("id=none <p>id=none</p>") == []
