"""Whatever HTML is thrown at the readers: a word that a browser would show has been read.

The sanitiser's parser follows the HTML standard, so it stands for the browser here. What it
shows and no block holds would reach a page unchecked.
"""

from __future__ import annotations

import re

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers_kit import content, html, plain

PARTS = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<br>",
    "</br>",
    "<a href=x>",
    "</a>",
    "<article>",
    "</article>",
    "<main>",
    "</main>",
    "<h1>",
    "</h1>",
    "<header>",
    "</header>",
    "<pre>",
    "</pre>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<b",
    "<b>",
    "</b>",
    ">",
    "'",
    '"',
    "&amp;",
    "&",
    "<!--",
    "-->",
    "<!-->",
    "<!>",
    "</>",
    "<![",
    "]]>",
    "<?php ?>",
    "<blockquote>",
    "</blockquote>",
    "<p hidden>",
    "<body>",
    "<html>",
    "<form>",
    "</form>",
    "<dl><dd>",
    "<sup>",
    "<aside>",
    "</aside>",
    "<nav>",
    "</nav>",
    "<svg>",
    "</svg>",
    "<iframe>",
    "</iframe>",
    "<video>",
    "</video>",
    "<object>",
    "</object>",
    "<select><option>",
    "</select>",
    "<button>",
    "</button>",
    "<p class='comments'>",
    "<details>",
    "<summary>",
    "<img src=x alt='",
    "< ",
    "<3",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "`",
    "*",
    "[",
    "](x)",
    "    ",
    "|",
    "\n|---|---|\n",
]
#: Inside these, markup is text; as tags inside a line of Markdown they are not looked into.
RAW_TEXT = [
    "<template>",
    "</template>",
    "<textarea>",
    "</textarea>",
    "<noscript>",
    "</noscript>",
    "<title>",
    "</title>",
    "<xmp>",
    "</xmp>",
    "<noframes>",
    "<plaintext>",
]
ALLOWED_TAGS = {"p", "div", "a", "b"}


def unread(text: str, extension: str) -> list[str]:
    """Return the words that are shown and were not read."""
    read = " ".join(plain(content(text, extension)))
    shown = nh3.clean(
        html(text, extension),
        tags=ALLOWED_TAGS,
        attributes={},
        clean_content_tags={"script", "style"},
    )
    words = re.findall(r"word\d+z", re.sub(r"<[^>]*>", " ", shown))
    return [each for each in words if each not in read]


def with_words(parts: list[str]) -> str:
    return "".join(f"{part} word{n}z " if n % 2 else part for n, part in enumerate(parts))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=16))
def test_markdown(parts: list[str]) -> None:
    assert unread(with_words(parts), ".md") == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*PARTS, *RAW_TEXT]), max_size=16))
def test_html(parts: list[str]) -> None:
    assert unread(with_words(parts), ".html") == []


@pytest.mark.parametrize(
    "text",
    [
        "<div><!--> shown word1z <!-- x -->",
        "<iframe> word1z <script> word2z <blockquote>",
        "<div><svg><![CDATA[ word1z ]]></svg></div>",
        "<p>text</p><script> word1z",
        "<video>word1z<source src=v></video>",
        "<main>a <article>b</article> word1z word2z word3z</main>",
    ],
)
@pytest.mark.parametrize("extension", [".html", ".md"])
def test_cases_that_were_once_wrong(text: str, extension: str) -> None:
    assert unread(text, extension) == []
