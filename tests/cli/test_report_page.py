"""`--format html`: how it is asked for, and the page in a real browser, opened from disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from chromium_kit import chromium, program
from cli_kit import post, write
from terminal_kit import at_terminal

BODY = (
    """Come in by the side door. Tea cures worry for good. Studies show that tea helps.

## A heading with an endlessly-long-word-that-nothing-breaks-{long}

"""
    + "We meet for one hour in the room by the sea and talk about what has been on your mind. " * 9
)
FIXABLE = "Q: What do we do?A: We talk. A long word: " + "x" * 200 + "\n\n" + BODY
HOSTILE = '<script>document.title = "owned"</script> "onload=alert(1) \u202eturned'


@pytest.fixture
def page(here, copydesk) -> Path:
    write("copydesk.toml", 'root = true\nsite-title = "The <b>Harbour</b>"\ntimezone = "UTC"\n')
    for number in range(3):
        text = BODY.replace("{long}", "x" * 120)
        write(f"posts/good-{number}.md", post(f"Post {number}", text, published="2026-03-01"))
    write("posts/draft.md", post(HOSTILE.replace('"', "'"), FIXABLE + HOSTILE, state="draft"))
    write("posts/es.md", "---\nlanguage: es\ntitle: Hola\n---\n\nEstamos aquí para todos.\n")
    write("posts/lost.md", b"caf\xe9")
    ran = copydesk("check", "--format", "html", "--output", "report.html")
    assert ran.code == 2, ran.said
    assert "The report is in report.html." in ran.err
    return here / "report.html"


def test_a_terminal_gets_a_polite_word_instead_of_a_page(here):
    write("a.md")
    code, said = at_terminal("lint", "a.md", "--format", "html")
    assert code == 2
    assert "--output report.html" in " ".join(said.split())
    assert "<html" not in said


@pytest.mark.parametrize("name", ["report.html", "sub/report.HTM"])
def test_a_page_beside_the_posts_is_no_post_and_can_be_written_again(here, copydesk, name):
    write("a.md", post("A post", "Come in by the side door."))
    write("sub/own.html", "<h1>A page that says Copydesk 0.1.0</h1><p>Our own words.</p>")
    for _ in range(2):
        ran = copydesk("lint", "--format", "html", "--output", name)
        assert ran.code == 0, ran.said
    ran = copydesk("lint")
    assert "2 posts checked" in ran.said
    assert "left out: 1 report of Copydesk" in ran.said


def test_plans_have_no_page(copydesk):
    write("a.md")
    ran = copydesk("run", ".", "--format", "html")
    assert ran.code == 2
    assert "A plan has no format 'html'." in ran.err


def test_the_page_of_one_post_shows_it_in_the_chain_of_all(here, copydesk, page):
    ran = copydesk("lint", "posts/draft.md", "--format", "html")
    assert ran.out.count("<article") == 1
    assert "3 posts were not checked in this run" not in ran.out  # they are published with errors
    assert "Its state is draft." in ran.out


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if not program():
        pytest.skip("needs Chromium")
    with chromium(tmp_path_factory.mktemp("browser")) as started:
        yield started


def opened(browser, page: Path, width: int, dark: bool = False):
    """Open the page at a width."""
    shown = browser.open(page)
    shown.ask("Emulation.setDeviceMetricsOverride", width=width, height=900,
              deviceScaleFactor=1, mobile=width < 500)  # fmt: skip
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    shown.ask("Emulation.setEmulatedMedia", features=[scheme])
    return shown


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_it_fits_asks_for_nothing_and_has_no_error(browser, page, width, dark):
    before = len(browser.events)
    shown = opened(browser, page, width, dark)
    shown.run("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert shown.run("document.documentElement.scrollWidth") <= width
    assert shown.asked_for() == [page.resolve().as_uri()]
    logged = [each for each in browser.events[before:] if each["method"] == "Log.entryAdded"]
    assert logged == []
    assert shown.run("document.title") == "Editorial check – The <b>Harbour</b>"
    assert shown.run("document.querySelectorAll('script').length") == 1


@pytest.mark.browser
def test_a_screen_reader_hears_a_name_for_every_picture_and_landmark(browser, page):
    shown = opened(browser, page, 1280)
    pictures = shown.run("document.querySelectorAll('svg').length")
    names = shown.names("image")
    assert len(names) == pictures > 6
    assert all(names)
    for role in ("navigation", "complementary", "region", "article"):
        found = shown.names(role)
        assert found and all(found), role
    links = shown.names("link")
    assert links and all(links)


CONTRAST = """
(() => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const over = (top, below) => top.slice(0, 3).map((each, at) =>
    each * (top[3] ?? 1) + below[at] * (1 - (top[3] ?? 1)));
  const light = rgb => { const [r, g, b] = rgb.map(each => { each /= 255;
    return each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = element => { const all = [];
    for (let at = element; at; at = at.parentElement)
      all.unshift(parse(getComputedStyle(at).backgroundColor));
    return all.reduce((below, top) => over(top, below), [255, 255, 255]); };
  const bad = [];
  for (const each of document.querySelectorAll('body *')) {
    const own = [...each.childNodes].some(node => node.nodeType == 3 && node.data.trim());
    if (!own || ['SCRIPT', 'STYLE'].includes(each.tagName) || !each.checkVisibility()) continue;
    const style = getComputedStyle(each);
    const ink = each.tagName == 'text' ? style.fill : style.color;
    const [one, two] = [light(parse(ink)), light(ground(each))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    if (ratio < 4.5) bad.push(`${each.tagName}.${each.className}: ${ratio.toFixed(2)}`);
  }
  return [...new Set(bad)];
})()
"""


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True])
def test_all_text_stands_out(browser, page, dark):
    shown = opened(browser, page, 1280, dark)
    shown.run("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert shown.run(CONTRAST) == []


@pytest.mark.browser
def test_print_shows_what_is_folded_and_folds_it_again(browser, page):
    shown = opened(browser, page, 1280)
    closed = "document.querySelectorAll('details:not([open])').length"
    before = shown.run(closed)
    assert before > 3
    seen = json.loads(
        shown.run(
            "(() => { let open; addEventListener('beforeprint', () => open = " + closed + ");"
            "dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'));"
            "return JSON.stringify([open, " + closed + "]); })()"
        )
    )
    assert seen == [0, before]
