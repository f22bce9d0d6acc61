"""What the pages say: valid HTML, escaped texts, addresses, feed and sitemap."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import html5lib
from folder_site import START, FakeView, publish, small_site, snapshot
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import LocalFile, day
from copydesk_plugins.publishers import filling
from copydesk_plugins.publishers.folder import marks
from copydesk_plugins.publishers.page_kit import clean

ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = "Fees & \"quotes\" 'here' <script>alert(1)</script> </title></head> \x0b\x00 —"


def check(data: bytes) -> object:
    """Parse strictly, and check what the parser does not."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(data.decode())
    assert len(tree.findall(".//h1")) == 1
    assert tree.get("lang")
    assert tree.findall(".//script") == []
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    skip = tree.find(".//a[@class='skip']").get("href")
    assert skip.removeprefix("#") in ids
    for each in tree.iter():
        for name in ("src", "href"):
            value = each.get(name, "")
            assert not value.startswith(("copydesk:", "/")), value
    return tree


def pages(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in snapshot(folder).items() if name.endswith(".html")}


def nasty_site(root: Path, url: str) -> FakeView:
    view = small_site(root, url=url)
    view.change(
        "fees",
        title=NASTY,
        description=NASTY,
        author=NASTY,
        author_credential=NASTY,
        category=NASTY,
        image_alt=NASTY,
        canonical='https://x.example/"',
    )
    view.files["fees"] = (LocalFile(root / "posts/door.png", "door-1a2b.png"),)
    view.images["fees"] = "assets/door-1a2b.png"
    view.images["notes"] = 'https://pictures.example/a.png?b=1&c="2"'
    view.change("notes", language="cy", updated=START + timedelta(days=40))
    view.add("plan", 5, decision="draft", title=NASTY, reason=NASTY, published=None)
    view.previews = True
    view.site = view.site._replace(title=NASTY, description=NASTY)
    return view


def test_every_page_is_valid_html(tmp_path: Path) -> None:
    for number, url in enumerate(("", "https://harbour.example/blog/")):
        root = tmp_path / str(number)
        root.mkdir()
        publish(nasty_site(root, url), root / "site")
        found = {
            **pages(root / "site"),
            **{f"preview/{name}": data for name, data in pages(root / "site-preview").items()},
        }
        assert len(found) == 7
        for data in found.values():
            check(data)
            assert b"<script" not in data


def test_a_post_page(tmp_path: Path) -> None:
    view = small_site(tmp_path, url="https://harbour.example/")
    view.change(
        "first-visit", updated=START + timedelta(days=3), image_alt="A blue door", canonical=""
    )
    view.images["first-visit"] = "assets/door-1a2b.png"
    view.texts["first-visit"] = '<p>See <a href="copydesk:fees">fees</a>.</p>'
    publish(view, tmp_path / "site")
    page = (tmp_path / "site/first-visit.html").read_text()
    tree = check(page.encode())
    assert tree.find(".//title").text == "About first-visit – Harbour Lane Therapy"  # type: ignore[attr-defined]
    for text in (
        'Published <time datetime="2026-03-02T09:30:00+00:00">2 March 2026</time>',
        'Updated <time datetime="2026-03-05T09:30:00+00:00">5 March 2026</time>',
        "By Mara Lindqvist, LCSW",
        '<img src="assets/door-1a2b.png" alt="A blue door"></figure>',
        '<link rel="next" href="fees.html">',
        '<link rel="canonical" href="https://harbour.example/first-visit.html">',
        '<meta property="og:type" content="article">',
        '<meta property="og:image" content="https://harbour.example/assets/door-1a2b.png">',
        '<p>See <a href="fees.html">fees</a>.</p>',
        view.links("first-visit").replace("copydesk:fees", "fees.html"),
    ):
        assert text in page
    mark = marks.mark_of(page)
    assert mark == (
        "post",
        "first-visit",
        view.body("first-visit").content,
        view.body("first-visit").text,
    )
    assert 'rel="prev"' not in page


def test_what_a_shared_link_shows(tmp_path: Path) -> None:
    view = nasty_site(tmp_path, "https://harbour.example/blog/")
    publish(view, tmp_path / "site")
    found = pages(tmp_path / "site")
    names = {
        "fees": "summary_large_image",
        "notes": "summary_large_image",
        "what-to-bring": "summary",
    }
    for name, kind in names.items():
        tree = check(found[f"{name}.html"])
        said = {
            each.get("property") or each.get("name"): each.get("content")
            for each in tree.iter("meta")
        }
        assert said["twitter:card"] == kind
        assert {"og:type", "og:title", "og:url"} <= said.keys()
        assert ("og:image" in said) == (kind != "summary")
    fees = check(found["fees.html"])
    assert fees.find(".//meta[@property='og:image:alt']").get("content") == clean(NASTY)


def test_image_is_not_shown_twice(tmp_path: Path) -> None:
    view = small_site(tmp_path, url="https://harbour.example/")
    view.images["first-visit"] = "assets/door-1a2b.png"
    publish(view, tmp_path / "site")
    page = (tmp_path / "site/first-visit.html").read_text()
    assert page.count("<img ") == 1
    assert "og:image" in page


def test_without_a_site_url_nothing_is_absolute(tmp_path: Path) -> None:
    publish(small_site(tmp_path), tmp_path / "site")
    for name, data in snapshot(tmp_path / "site").items():
        if name.endswith((".html", ".css")):
            assert b"http:" not in data, name
            assert b"https:" not in data, name
    assert not (tmp_path / "site/sitemap.xml").exists()


def test_own_words_are_marked_as_english_on_a_page_in_another_language(tmp_path: Path) -> None:
    view = small_site(tmp_path)
    view.change("notes", language="cy")
    publish(view, tmp_path / "site")
    page = (tmp_path / "site/notes.html").read_text()
    assert '<html lang="cy">' in page
    assert '<p class="about" lang="en">' in page


def test_noindex_posts_are_pages_but_not_listed(tmp_path: Path) -> None:
    view = small_site(tmp_path, url="https://harbour.example/")
    view.change("notes", noindex=True)
    publish(view, tmp_path / "site")
    files = snapshot(tmp_path / "site")
    assert b'<meta name="robots" content="noindex">' in files["notes.html"]
    for name in ("index.html", "feed.xml", "sitemap.xml"):
        assert b"notes.html" not in files[name]
    view.change("notes", decision="kept", reason="It has 1 error.")
    publish(view, tmp_path / "site")
    assert b"notes.html" not in snapshot(tmp_path / "site")["index.html"]


def test_feed(tmp_path: Path) -> None:
    view = nasty_site(tmp_path, "https://harbour.example/blog/")
    for number in range(30):
        view.add(f"extra-{number}", 100 + number)
    view.texts["extra-29"] = (
        '<p><a href="copydesk:fees#costs">a</a> <a href="#top">b</a> '
        '<img src="assets/x.png" alt=""> <a href="mailto:a@b.example">c</a>'
        ' <a href="https://c.example/d">e</a></p>'
    )
    publish(view, tmp_path / "site")
    root = ElementTree.parse(tmp_path / "site/feed.xml").getroot()
    entries = root.findall(ATOM + "entry")
    assert len(entries) == 20
    assert entries[0].findtext(ATOM + "title") == "About extra-29"
    content = entries[0].findtext(ATOM + "content") or ""
    assert re.findall(r'(?:href|src)="([^"]*)"', content) == [
        "https://harbour.example/blog/fees.html#costs",
        "https://harbour.example/blog/extra-29.html#top",
        "https://harbour.example/blog/assets/x.png",
        "mailto:a@b.example",
        "https://c.example/d",
    ]
    ids = [e.findtext(ATOM + "id") or "" for e in [root, *entries]]
    assert len(set(ids)) == 21
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id) for id in ids)
    assert root.findtext(ATOM + "updated") == entries[0].findtext(ATOM + "updated")
    assert {e.find(ATOM + "content").get("type") for e in entries} == {"html"}  # type: ignore[union-attr]


def test_feed_ids_stay_when_a_post_changes(tmp_path: Path) -> None:
    view = small_site(tmp_path, url="https://harbour.example/")

    def ids() -> list[str]:
        publish(view, tmp_path / "site")
        return re.findall(r"<id>.*</id>", (tmp_path / "site/feed.xml").read_text())

    before = ids()
    view.change("fees", slug="prices", title="Prices", updated=START + timedelta(days=50))
    assert ids() == before


def test_sitemap(tmp_path: Path) -> None:
    view = small_site(tmp_path, url="https://harbour.example/")
    publish(view, tmp_path / "site")
    text = (tmp_path / "site/sitemap.xml").read_text()
    ElementTree.fromstring(text)
    assert re.findall("<loc>(.*)</loc>", text) == [
        "https://harbour.example/",
        *(
            f"https://harbour.example/{id}.html"
            for id in ("what-to-bring", "notes", "fees", "first-visit")
        ),
    ]


def test_words_that_look_like_markup_stay_words(tmp_path: Path) -> None:
    view = small_site(tmp_path)
    text = (
        '<pre><code>&lt;a href="copydesk:fees"&gt; &lt;/main&gt; &lt;/article&gt; '
        '&lt;nav data-copydesk="links"&gt;</code></pre>\n'
        '<p title="<a href=copydesk:fees> </article>">x</p>'
    )
    view.add("markup", 9, text)
    publish(view, tmp_path / "site")
    assert text in (tmp_path / "site/markup.html").read_text()
    view.change("markup", decision="kept", reason="It has 1 error.")
    view.add("later", 10)
    publish(view, tmp_path / "site")
    page = (tmp_path / "site/markup.html").read_text()
    assert text in page
    assert 'href="later.html" rel="next"' in page
    assert marks.copy_of(page) == text


def test_day() -> None:
    assert day(START, "") == "2 March 2026"
    assert day(START.replace(hour=5), "America/Los_Angeles") == "1 March 2026"
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert day(late, "Europe/Madrid") == "1 January 2027"


IDS = st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_characters='<>"&', exclude_categories=["Cs", "Cc"]))


@given(st.lists(st.tuples(TEXTS, IDS)), st.sets(IDS))
def test_fill_changes_addresses_and_nothing_else(
    links: list[tuple[str, str]], private: set[str]
) -> None:
    html = "".join(
        f'{text}href="copydesk:{id}" <a class="x" href="copydesk:{id}">{text}</a>'
        for text, id in links
    )
    known = {id: f"{id} ü.html" for _, id in links if id not in private}
    filled = marks.fill(html, lambda id: known.get(id, ""))
    assert re.sub(r'<a class="x"[^>]*>|</a>', "", filled) == re.sub("<a [^>]*>|</a>", "", html)
    found = [unquote(href) for href in re.findall(r'<a class="x" href="([^"]*)">', filled)]
    assert found == [known[id] for _, id in links if id in known]
    assert filling.addressed(html) == list(dict.fromkeys(id for _, id in links))


LINKS = st.sampled_from(
    [
        "",
        '<nav data-copydesk="links"><a rel="prev" href="a.html">A</a></nav>',
        '<nav data-copydesk="links">\n<p>two</p>\n</nav>',
    ]
)
PAIRS = st.lists(st.tuples(st.sampled_from(["prev", "next"]), IDS), max_size=2)


@given(LINKS, LINKS, PAIRS, PAIRS)
def test_links_can_be_changed_there_and_back(
    one: str, two: str, first: list[tuple[str, str]], second: list[tuple[str, str]]
) -> None:
    page = marks.with_links(
        "<head>\n<title>x</title>\n</head>\n<main>\n<article>\n</article>\n</main>\n", one, first
    )
    there = marks.with_links(page, two, second)
    assert marks.with_links(there, one, first) == page
    assert marks.linked(there) == dict(second)
