"""A WXR file is well-formed and says what it was given; what is no file of ours is refused."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from folder_site import wanted
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.api import Body, Hashes, LedgerEntry, Series, SiteSettings
from copydesk_plugins.publishers.handing import records
from copydesk_plugins.publishers.handing.records import Handed, entry_for, with_handed
from copydesk_plugins.publishers.page_kit import clean
from copydesk_plugins.publishers.wxr import document
from copydesk_plugins.publishers.wxr.item import Piece, cdata, piece, stripped, with_links

SITE = SiteSettings(Path(), "Harbour ]]> Lane", "https://h.example/", "", "en", "Europe/London")
NAMES = {
    "wp": "http://wordpress.org/export/1.2/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
}
#: Texts with what ends character data, comments and tags, and what XML cannot hold.
TEXTS = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ["]]>", "]]", ">", "<![CDATA[", "-->", "--", "<item>", "</item>", "&amp;", "&", "\x00",
             "\x0b", "\ud800", "\ufffe", "\r\n", "\x85", "\u2028", "<!--copydesk "]
        ),
    ),
    max_size=6,
).map("".join)  # fmt: skip
IDS = st.text("abcXYZ019._-", min_size=1, max_size=20)


def made(id: str, number: int, title: str, text: str, links: str = "", image: str = "") -> tuple:
    post = wanted(id, title=title, description=title, category=title, tags=(title, text))
    body = Body(text, "", "content", "text", image)
    facts = {"slug": id, "links": links}
    found = piece(SITE, post, body, facts, text, number, "draft")
    return found, with_handed(entry_for(post, body, ""), Handed(facts, {}, True, number, "draft"))


def as_read(text: str) -> str:
    """Return a text as XML hands it over: line breaks are all of one kind."""
    return clean(text).replace("\r\n", "\n").replace("\r", "\n")


@given(TEXTS)
def test_character_data_reads_back_as_it_was(text: str) -> None:
    assert (ElementTree.fromstring(f"<a>{cdata(text)}</a>").text or "") == as_read(text)


@settings(max_examples=60)
@given(st.lists(st.tuples(IDS, TEXTS, TEXTS, st.booleans()), unique_by=lambda x: x[0], max_size=4))
def test_a_file_reads_back_into_what_it_was_made_of(posts: list) -> None:
    found = [
        made(id, number, title, text, image="https://p.example/a&b.png" if picture else "")
        for number, (id, title, text, picture) in enumerate(posts, 1)
    ]
    pieces, entries = [each for each, _ in found], [each for _, each in found]
    data = b"".join(document.write(SITE, pieces, entries))
    channel = ElementTree.fromstring(data).find("channel")
    shown = [
        each.findtext("title", "", NAMES)
        for each in channel.findall("item")
        if each.findtext("wp:post_type", "", NAMES) == "post"
    ]
    assert shown == [as_read(title) for _, title, _, _ in posts]
    back = document.read(data)
    assert back is not None
    assert [each.xml for each in back.pieces.values()] == [each.xml for each in pieces]
    assert list(back.entries.values()) == entries
    again = b"".join(document.write(SITE, back.pieces.values(), list(back.entries.values())))
    assert document.read(again) == back


@given(st.text(max_size=30), st.text("ab <>&]-\n\"'", max_size=20), st.text("ab <>&]", max_size=20))
def test_only_the_links_of_a_piece_are_exchanged(text: str, old: str, new: str) -> None:
    text = f"<p>{html.escape(text)}</p>"
    old, new = (f"<nav>{html.escape(each)}</nav>" if each else "" for each in (old, new))
    before, _ = made("fees", 1, "Fees", text, old)
    after, _ = made("fees", 1, "Fees", text, new)
    assert with_links(before, old, new) == after
    assert with_links(after, new, old) == before


HOSTILE = {
    "a document type": b'<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss>&a;</rss>',
    "a file of the machine": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>',
    "a thousand laughs": b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>',
    "nesting": b"<a>" * 100_000,
    "half a file": b"<rss><channel><item>",
    "another file": b"<rss><channel><item></item></channel></rss>",
    "no XML": b"\xff\xfe\x00",
    "nothing": b"",
    "an unknown encoding": b'<?xml version="1.0" encoding="klingon"?><rss/>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_file_of_ours_is_refused(name: str) -> None:
    assert document.read(HOSTILE[name]) is None


BROKEN = ["", "{}", "[]", "null", "[" * 100_000, '{"id": "x"}', '{"id": 5}', "\udcff", '{"id":""}']


@pytest.mark.parametrize("line", BROKEN)
def test_a_record_that_is_none_is_passed_over(line: str) -> None:
    assert records.from_text(line) is None


@given(IDS, TEXTS, st.one_of(st.none(), st.tuples(st.text(max_size=3), st.integers(-9, 9))))
def test_a_record_reads_back_and_ends_no_comment_and_no_script(
    id: str, text: str, series: tuple[str, int] | None
) -> None:
    entry = LedgerEntry(
        id, text, text, text, "", "", text, text, Series(*series) if series else None, text, True,
        Hashes(text, "", text), text, (text,), text, False, {text: text},
    )  # fmt: skip
    line = records.as_text(entry)
    assert records.from_text(line) == entry
    assert not re.search(r"[<>&\n\r\u2028]|--", line) and line.isascii()


def test_what_lies_on_this_computer_is_taken_out() -> None:
    html = '<p>a<img alt="x &quot;y&quot;" src="assets/b-1.png">c</p><a href="assets/d-2.pdf">e</a>'
    assert stripped(html) == (
        "<p>ac</p>e",
        ('the picture b-1.png (“x "y"”)', "the file d-2.pdf"),
    )


def test_line_breaks_of_a_source_are_no_line_breaks_there_but_in_code() -> None:
    found, _ = made(
        "a", 1, "A", "<p>one\ntwo</p>\n<pre><code>x\n\n  y</code></pre>\n<ul>\n<li>z</li>\n</ul>"
    )
    content = ElementTree.fromstring(
        re.search(r"<content:encoded>(.*?)</content:encoded>", found.xml, re.S)[0].replace(":", "_")  # type: ignore[index]
    ).text
    assert content == "<p>one two</p> <pre><code>x\n\n  y</code></pre> <ul> <li>z</li> </ul>"


@pytest.mark.parametrize(
    ("moment", "zone"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), "Pacific/Midway"),
        (datetime(9999, 12, 31, 23, tzinfo=UTC), "Pacific/Kiritimati"),
    ],
)
def test_the_first_and_the_last_day_are_dates_too(moment: datetime, zone: str) -> None:
    post = wanted("a", published=moment)
    site, body = SITE._replace(timezone=zone), Body("<p>x</p>", "", "", "")
    found: Piece = piece(site, post, body, {"slug": "a"}, "<p>x</p>", 1, "draft")
    assert f"<wp:post_date_gmt><![CDATA[{moment.year:04}-" in found.xml


def test_equal_terms_are_named_once() -> None:
    post = wanted("a", category="Fees", tags=("KAP", "kap", "fees"))
    body = Body("<p>x</p>", "", "", "")
    found: Piece = piece(SITE, post, body, {"slug": "a"}, "<p>x</p>", 1, "draft")
    assert [tuple(each) for each in found.terms] == [
        ("category", "fees", "Fees"),
        ("post_tag", "kap", "KAP"),
        ("post_tag", "fees", "fees"),
    ]
