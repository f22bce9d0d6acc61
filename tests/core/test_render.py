"""Bodies: nothing hostile gets out, addresses are chosen, and the hashes hold what they bind to."""

from __future__ import annotations

from pathlib import Path

import pytest
from core_kit import READERS, sections, source, write
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.metadata import ReadingSettings
from copydesk.model.change import Abilities, PostLink
from copydesk.model.extension import Body
from copydesk.model.text import Source
from copydesk.reading import read_post
from copydesk.registry import load
from copydesk.render import Renderer, links_block
from copydesk.sanitize import sanitize

LOADED = load(READERS)
IDS = {"posts/fees.md": "fees", "posts/sub/deep.md": "deep"}


def render(
    root: Path,
    text: str,
    name: str = "posts/a.html",
    links: tuple[PostLink, ...] = (),
    abilities: Abilities | None = None,
) -> Body:
    made: Source = source(text, name)
    reader = LOADED.extensions["." + name.rpartition(".")[2]]
    post = read_post(made, reader, ReadingSettings("UTC"))
    renderer = Renderer(root, IDS, abilities or Abilities(), frozenset({"posts/draft.md"}))
    return renderer.render(post, reader, links, {"fees": "Fees & more", "deep": "Deep"}.__getitem__)


@pytest.mark.parametrize(("heading", "html"), list(sections("hostile_html.txt")))
@pytest.mark.parametrize("name", ["posts/a.html", "posts/a.md"])
def test_hostile_html(tmp_path: Path, heading: str, html: str, name: str) -> None:
    write(tmp_path, {"secret.pdf": "x", "site/posts/x.png": "x"})
    body = render(tmp_path / "site", f"<p>Before.</p>\n\n{html}\n\n<p>SAFE</p>\n", name)
    for word in heading.split(" | "):
        assert word.lower() not in body.html.lower()
    assert "SAFE" in body.html
    assert not [file for file in body.files if "secret" in str(file.path)]


PIECES = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<a href='",
            "'>",
            "<img src=x ",
            "onerror=alert(1) ",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<svg>",
            "</svg>",
            "<style>",
            "</style>",
            "javascript:",
            "data:text/html,",
            '"',
            "<math>",
            "<title>",
            "<noscript>",
            "</noscript>",
            "<![CDATA[",
            "]]>",
            "x",
            " ",
            "<b",
            "/>",
        ]
    ),
    max_size=14,
).map("".join)


@given(PIECES)
@settings(max_examples=150)
def test_no_mixture_of_pieces_gets_through(html: str) -> None:
    import html5lib

    made = sanitize(html, lambda attribute, value: value)
    for element in html5lib.parseFragment(made, namespaceHTMLElements=False).iter():
        assert element.tag not in ("script", "style", "svg", "math", "iframe", "form")
        assert not isinstance(element.tag, type(lambda: 0)), "a comment got out"
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert not value.strip().lower().startswith(("javascript:", "data:text"))
    assert sanitize(made, lambda attribute, value: value) == made


def test_pictures_in_the_text_are_kept() -> None:
    html = '<img src="data:image/png;base64,AAAA" alt="x">'
    assert sanitize(html, lambda attribute, value: value) == html


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(
        tmp_path,
        {
            "posts/Blue Door.PNG": "picture",
            "posts/form.pdf": "pdf",
            "posts/fees.md": "x",
            "posts/draft.md": "x",
            "posts/run.exe": "x",
        },
    )


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("fees.md", "copydesk:fees"),
        ("fees.md#cards", "copydesk:fees#cards"),
        ("/posts/fees.md", "copydesk:fees"),
        ("sub/../fees.md", "copydesk:fees"),
        ("sub/deep.md", "copydesk:deep"),
        ("#top", "#top"),
        ("https://x.org/a", "https://x.org/a"),
        ("mailto:a@x.org", "mailto:a@x.org"),
        ("//x.org/a", "//x.org/a"),
    ],
)
def test_addresses_of_links(site: Path, href: str, wanted: str) -> None:
    body = render(site, f'<p><a href="{href}">Words</a></p>')
    assert f'href="{wanted}"' in body.html
    assert not body.notes


@pytest.mark.parametrize(
    ("href", "note"),
    [
        ("draft.md", "draft.md is not public yet; the link comes once it is"),
        ("missing.md", "neither a post of this site nor a kind of file that is published"),
        ("run.exe", "neither a post of this site nor a kind of file that is published"),
        ("none.pdf", "is not there"),
        ("../../x.pdf", "points outside the site"),
    ],
)
def test_addresses_that_go_are_noted_once(site: Path, href: str, note: str) -> None:
    body = render(site, f'<p><a href="{href}">One</a> <a href="{href}">Two</a></p>')
    assert "href" not in body.html
    [told] = body.notes
    assert note in told


def test_files_are_named_by_their_content(site: Path) -> None:
    html = '<p><img src="Blue%20Door.PNG" alt="x"> <a href="form.pdf">Form</a></p>'
    first = render(site, html)
    names = [file.name for file in first.files]
    assert [name.rpartition("-")[0] for name in names] == ["blue-door", "form"]
    assert all(f"assets/{name}" in first.html for name in names)
    write(site, {"posts/form.pdf": "another pdf"})
    second = render(site, html)
    assert second.files[0] == first.files[0]
    assert second.files[1].name != first.files[1].name
    assert second.content != first.content


def test_a_target_without_files_or_links(site: Path) -> None:
    links = (PostLink("next", "Newer", "fees"),)
    body = render(
        site,
        '<p><img src="Blue Door.PNG" alt="x"></p>',
        links=links,
        abilities=Abilities(local_files=False, links=False),
    )
    assert (body.files, body.links) == ((), "")
    assert "cannot be sent" in body.notes[0]


def test_the_title_is_left_out_and_the_picture_chosen(site: Path) -> None:
    body = render(site, "---\nimage: Blue Door.PNG\n---\n# Fees\n\nText.\n", "posts/a.md")
    assert body.html == "<p>Text.</p>\n"
    assert body.image.startswith("assets/blue-door-")


def hashes(site: Path, *lines: str, links: tuple[PostLink, ...] = ()) -> tuple[str, str]:
    text = "\n".join(["---", *lines, "---", "", "Text.", ""])
    body = render(site, text, "posts/a.md", links)
    return body.content, body.text


def test_what_the_hashes_depend_on(site: Path) -> None:
    plain = hashes(site, "title: A", "description: B", "state: draft")
    assert hashes(site, "title: A", "description: B", "state: draft") == plain
    assert hashes(site, "state: published", "description: 'B'", "title: A", "tags: [x]") == plain
    assert hashes(site, "title: A2", "description: B") != plain
    linked = hashes(site, "title: A", "description: B", links=(PostLink("next", "Newer", "fees"),))
    assert linked[1] == plain[1]
    assert linked[0] != plain[0]
    label = hashes(site, "title: A", "description: B", links=(PostLink("next", "Later", "fees"),))
    assert label == linked


def test_the_block_of_links_is_escaped() -> None:
    block = links_block((PostLink("prev", "Older <b>", "fees"),), lambda id: "Fees & <more>")
    assert block.startswith('<nav data-copydesk="links"')
    assert '<a rel="prev" href="copydesk:fees">Fees &amp; &lt;more&gt;</a>' in block
    assert "Older &lt;b&gt;:" in block
    assert links_block((), lambda id: "") == ""
