"""The hand-over pages in a real browser, opened from disk: each button copies what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium_kit import chromium, program
from cli_kit import write
from handing_kit import PNG, add, done, make_site, publish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not program(), reason="needs Chromium"),
]
SITE = "https://www.harbour.example/blog/"
TEXT = 'A *visit* costs & "more"\nthan [hours](hours.md).\n\n- One\n- Two'


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture
def pages(copydesk, browser):
    make_site()
    write("posts/door.png", PNG)
    add(
        "fees",
        1,
        f"![A <blue> door](door.png)\n\n![Elsewhere](https://pictures.example/x.png)\n\n{TEXT}",
        title="Fees & <b>more</b>",
        tags="[money, first visit]",
        description="It costs",
        image="door.png",
        image_alt="A blue door",
    )
    publish(copydesk, "paste")
    return lambda name: browser.open(Path("handover") / name)


PLAIN = {
    "Copy title": "Fees & <b>more</b>",
    "Copy address": "fees",
    "Copy description": "It costs",
    "Copy tags": "money, first visit",
    "Copy date": "1 March 2026, 09:00 (Europe/London)",
    "Copy alternative text of the picture": "A blue door",
}


def test_every_button_has_a_name_of_its_own_and_copies_what_it_says(pages):
    page = pages("post-fees.html")
    names = page.names("button")
    assert len(set(names)) == len(names) >= len(PLAIN) + 4
    for name, value in PLAIN.items():
        page.click(name)
        assert page.clipboard() == {"text/plain": value}, name
    said = page.run("[...document.querySelectorAll('[data-said]')].map(x => x.textContent).sort()")
    assert said.count("Copied.") == len(PLAIN)


def test_a_text_is_copied_with_its_formatting_and_no_style_of_the_page(pages):
    page = pages("post-fees.html")
    page.click("Copy text with formatting")
    copied = page.clipboard()
    # The browser takes out what pages may not paste, and writes the rest in its own way.
    for part in ("<em>visit</em>", f'<a href="{SITE}hours">hours</a>', "<li>One</li>"):
        assert part in copied["text/html"]
    assert "style=" not in copied["text/html"] and "file:" not in copied["text/html"]
    assert 'A visit costs & "more" than hours.' in copied["text/plain"].replace("\n", " ")
    assert "[Put the picture door-" in copied["text/plain"]


def test_a_text_is_copied_as_html(pages):
    page = pages("post-fees.html")
    page.click("Copy text as HTML")
    copied = page.clipboard()
    assert set(copied) == {"text/plain"}
    expected = f'<a href="{SITE}hours">hours</a>.</p>\n<ul>\n<li>One</li>\n<li>Two</li>\n</ul>'
    assert copied["text/plain"].endswith(expected)


def test_the_new_links_of_neighbours_are_copied_from_the_list(pages, copydesk):
    done()
    publish(copydesk, "paste")
    add("garden", 1, published="2026-03-02T12:00:00Z")
    publish(copydesk, "paste")
    page = pages("index.html")
    page.run("document.querySelectorAll('[data-copy=html]')[0].click()")
    assert f'<a rel="next" href="{SITE}garden">About garden</a>' in page.clipboard()["text/plain"]
    page.run("document.querySelectorAll('[data-copy=rich]')[1].click()")
    assert f'href="{SITE}garden"' in page.clipboard()["text/html"]


@pytest.mark.parametrize(
    "without",
    [
        "Object.defineProperty(navigator, 'clipboard', {value: undefined})",
        "document.execCommand = () => false",
        "document.execCommand = () => { throw new Error() }",
    ],
)
def test_one_way_of_copying_is_enough(pages, without):
    page, other = pages("post-fees.html"), pages("post-hours.html")
    page.run(without)
    page.click("Copy title")
    page.run("new Promise(go => setTimeout(go, 50))")
    said = page.run("document.querySelector('[data-field=title] [data-said]').textContent")
    assert (said, other.clipboard()) == ("Copied.", {"text/plain": "Fees & <b>more</b>"})


def test_where_nothing_can_be_copied_the_text_is_selected(pages):
    page = pages("post-fees.html")
    page.run("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.run("document.execCommand = () => false")
    page.click("Copy title")
    page.run("new Promise(go => setTimeout(go, 50))")
    assert page.run("String(getSelection())").strip() == "Fees & <b>more</b>"
    said = page.run("document.querySelector('[data-field=title] [data-said]').textContent")
    assert "press Ctrl and C" in said


def test_nothing_is_asked_for_from_the_network_and_pictures_are_shown(pages):
    page = pages("post-fees.html")
    widths = page.run("[...document.images].map(x => [x.src.split(':')[0], x.naturalWidth])")
    assert sorted(widths) == [["file", 1], ["file", 1], ["https", 0]]
    assert {each.partition(":")[0] for each in page.asked_for()} == {"file"}


def test_a_screen_reader_finds_its_way(pages):
    page = pages("post-fees.html")
    headings = page.names("heading")
    assert headings[0] == "New post: Fees & <b>more</b>"
    assert headings[1:4] == ["Title", "Address", "Text"]
    assert len(page.names("main")) == 1
    assert set(page.names("region")) >= {"Title", "Text", "When you are done"}
