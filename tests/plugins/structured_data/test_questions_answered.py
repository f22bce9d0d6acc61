"""The questions that posts answer: cases, and that every word of them is on the page."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.change import Abilities
from copydesk.questions import questions_of
from copydesk.registry import built_in_refs, load
from copydesk.render import Renderer
from copydesk.testing import read

CASES = Path(__file__).parents[2] / "cases" / "questions.txt"
_INLINE = frozenset(
    {"a", "b", "code", "del", "em", "i", "img", "s", "span", "strong", "sub", "sup", "u"}
)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.mark = False

    def handle_data(self, data: str) -> None:
        if not self.mark:
            self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.mark = self.mark or tag == "sup"  # the number of a footnote
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.mark = self.mark and tag != "sup"
        if tag not in _INLINE:
            self.parts.append(" ")


def seen(html: str) -> str:
    """Return the words of a page on one line, as readers see them."""
    reader = _Text()
    reader.feed(html)
    return " ".join("".join(reader.parts).split())


def cases() -> list[tuple[str, str, list[str]]]:
    out = []
    for part in CASES.read_text("utf-8").split("=== ")[1:]:
        name, _, rest = part.partition("\n")
        text, _, found = rest.partition("--- questions\n")
        out.append((name, text, [line for line in found.split("\n") if line]))
    return out


def page_of(text: str, name: str) -> str:
    post = read(text, name)
    reader = load([each for each in built_in_refs() if each.name == "readers"]).readers[post.reader]
    body = Renderer(Path(), {}, Abilities()).render(post, reader, (), str)
    return seen(body.html)


@pytest.mark.parametrize(("name", "text", "wanted"), cases(), ids=lambda each: str(each)[:40])
def test_cases(name, text, wanted):
    found = [f"{each.asked} | {each.answer}" for each in questions_of(read(text))]
    assert found == wanted
    page = page_of(text, "post.md")
    assert [each for each in questions_of(read(text)) if each.answer not in page] == []


def test_an_answer_that_is_a_chapter_is_left_out():
    text = f"## Why?\n\n{'Because it is so. ' * 200}\n\n## When?\n\nNow.\n"
    assert [each.asked for each in questions_of(read(text))] == ["When?"]


def test_there_are_not_more_than_fifty():
    text = "".join(f"## Is it {number}?\n\nYes.\n\n" for number in range(80))
    assert len(list(questions_of(read(text)))) == 50


MARKDOWN = st.lists(
    st.sampled_from(
        [
            *(
                "## Is it far?\n\n",
                "### Is it *near*?\n\n",
                "## Rooms\n\n",
                "Q: Is it?\n\n",
                "\n\n",
            ),
            *("A: Yes & no.\n\n", "- one\n- two\n", "> said\n", "**Q:** Who? **A:** We.\n\n", "a "),
            *("| a | b |\n|---|---|\n| c | d |\n\n", "```\ncode\n```\n", "<!-- no -->", "é🙂 "),
            *("![alt](x.png)", "<b>bold</b>", "&amp;", "[^1]", "# T?\n\n"),
            *(
                "two  \nlines\n",
                "1. one\n",
                "\\*",
                "\n\n<script>x</script>\n\n",
                "Answer: so",
                "\t",
                "<br>",
            ),
        ]
    ),
    max_size=30,
).map(lambda parts: "".join([*parts, "\n\n[^1]: Note.\n"]))
HTML = st.lists(
    st.sampled_from(
        [
            *(
                "<h2>Is it far?</h2>",
                "<h3>Is it <i>near</i>?</h3>",
                "<h2>Rooms</h2>",
                "<p>Yes.</p>",
            ),
            *("<p>Q: Is it?</p>", "<p>A: No &amp; yes.</p>", "<ul><li>one<li>two</ul>", "<br>"),
            *(
                "<style>p{}</style>",
                "<p hidden>secret</p>",
                "<nav>menu</nav>",
                "text",
                "<b>bold</b>",
            ),
            *("<table><tr><td>c</td></tr></table>", "<details><summary>Is?</summary>x</details>"),
            *(
                "<script>x</script>",
                "<!-- no -->",
                "<p style='display:none'>s</p>",
                "<pre>a\nb</pre>",
            ),
        ]
    ),
    max_size=20,
).map("".join)


@given(MARKDOWN)
def test_every_word_of_a_post_in_markdown_is_on_its_page(text: str):
    on_the_page(text, "post.md")


@given(HTML)
def test_every_word_of_a_post_in_html_is_on_its_page(text: str):
    on_the_page(text, "post.html")


def on_the_page(text: str, name: str) -> None:
    found = list(questions_of(read(text, name)))
    if found:
        page = page_of(text, name)
        for each in found:
            assert each.asked in page, (each.asked, page)
            assert each.answer in page, (each.answer, page)
