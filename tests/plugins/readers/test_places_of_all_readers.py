"""Property tests: every word of a generated document is read once and leads back to itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from readers_kit import assert_runs, assert_sound, assert_words, content, html

from copydesk.api import ContentBuilder

NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
STEMS = st.sampled_from(["word", "naïve", "😀🏽", "日本", "Ünï", "e\u0301", "x\u2028y", "don’t"])


@dataclass
class Document:
    """A text and the words that people see in it; `split` ones have markup inside."""

    text: str = ""
    words: list[str] = field(default_factory=list)
    split: list[str] = field(default_factory=list)


class Writer:
    """Writes words that occur once, so that each can be found again."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.document = Document()

    def word(self) -> str:
        word = f"{self.draw(STEMS)}{len(self.document.words):03d}q"
        self.document.words.append(word)
        return word

    def parts(self, before: str, after: str) -> str:
        """Write a word with markup inside it."""
        number = len(self.document.split)
        self.document.split.append(f"in{number:03d}side{number:03d}z")
        return f"in{number:03d}{before}side{number:03d}{after}z"

    def pick(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def some(self, low: int = 1, high: int = 4) -> range:
        return range(self.draw(st.integers(low, high)))


def markdown_inline(writer: Writer) -> str:
    kind = writer.draw(st.integers(0, 14))
    word = writer.word
    simple = {
        0: lambda: f"*{word()}*",
        1: lambda: f"**{word()} {word()}**",
        2: lambda: f"`{word()}`",
        3: lambda: f"[{word()} *{word()}*](u.md)",
        4: lambda: f"{word()} &amp; {word()}&#8217;",
        5: lambda: rf"\*{word()}\_",
        6: lambda: writer.parts("*", "*"),
        7: lambda: f"<b>{word()}</b><br>{word()}",
        8: lambda: f"![{word()} &nbsp;](i.png)",
        9: lambda: f"{word()}[^1]",
        10: lambda: f"~~{word()}~~",
        11: lambda: f"<!-- no -->{word()}",
        12: lambda: f"``{word()} ` {word()}``",
        13: lambda: f'<img src=a alt="{word()} &quot;">',
    }
    return simple.get(kind, word)()


def markdown_text(writer: Writer) -> list[str]:
    """Return the lines of a hard-wrapped text."""
    ends = ("", "", "  ", "\\")
    # A line that begins with a tag would be raw HTML, so a word comes first.
    lines = [
        " ".join([writer.word(), *(markdown_inline(writer) for _ in writer.some())])
        for _ in writer.some(1, 3)
    ]
    return [line + writer.pick(*ends) for line in lines[:-1]] + lines[-1:]


def markdown_block(writer: Writer, depth: int = 0) -> list[str]:
    kind = writer.draw(st.integers(0, 7 if depth < 3 else 4))
    if kind == 0:
        return [f"{'#' * writer.draw(st.integers(1, 6))} {markdown_inline(writer)}"]
    if kind == 1:
        cells = [f"| {markdown_inline(writer)} | {writer.word()} |" for _ in writer.some()]
        return [cells[0], "|---|:--|", *cells[1:]]
    if kind == 2:
        return ["<div>", f"<p>{writer.word()} &amp;", f"<b>{writer.word()}</b></p>", "</div>"]
    if kind == 5:
        inner = markdown_blocks(writer, depth + 1)
        return [f"> {line}" if line else writer.pick(">", "> ") for line in inner]
    if kind in (6, 7):
        mark = writer.pick("- ", "* ", "1. ", "23) ")
        lines = []
        for _ in writer.some(1, 3):
            inner = markdown_blocks(writer, depth + 1)
            indent = " " * len(mark)
            lines += [mark + inner[0], *(indent + line if line else "" for line in inner[1:])]
        return lines
    return markdown_text(writer)


def markdown_blocks(writer: Writer, depth: int = 0) -> list[str]:
    lines: list[str] = []
    for _ in writer.some(1, 5 if depth == 0 else 2):
        lines += ["", *markdown_block(writer, depth)] if lines else markdown_block(writer, depth)
    return lines


def with_newlines(draw: st.DrawFn, lines: list[str]) -> str:
    """Join lines with one kind of line end, or with a mixture that keeps blank lines blank."""
    kind = draw(st.sampled_from(["\n", "\r\n", "\r", "mixed"]))
    text = ""
    for line in lines:
        newline = draw(NEWLINES) if kind == "mixed" else kind
        # A CR, then an LF, would be one line end.
        if not line and text.endswith("\r") and newline == "\n":
            newline = "\r"
        text += line + newline
    return text


@st.composite
def markdown_documents(draw: st.DrawFn) -> Document:
    writer = Writer(draw)
    lines = markdown_blocks(writer)
    lines += ["", f"[^1]: {writer.word()}", f"    {writer.word()}"]
    writer.document.text = with_newlines(draw, lines)
    return writer.document


def html_inline(writer: Writer) -> str:
    word = writer.word
    kind = writer.draw(st.integers(0, 9))
    simple = {
        0: lambda: f"<b>{word()}</b>",
        1: lambda: f"<a href='x'>{word()}\n {word()}</a>",
        2: lambda: f"{word()}&nbsp;{word()} &amp; {word()}&#8217;",
        3: lambda: f"{word()}<br>",
        4: lambda: f'<img src=i alt="{word()} &amp; {word()}">',
        5: lambda: writer.parts("<em>", "</em>"),
        6: lambda: f"{word()}<!-- no --> < ",
        7: lambda: f"{word()}\t\r\n\f {word()}",
    }
    return simple.get(kind, word)()


def html_block(writer: Writer, depth: int = 0) -> str:
    def text() -> str:
        return writer.pick(" ", "\n", "\r\n").join(html_inline(writer) for _ in writer.some())

    def inner() -> str:
        if depth > 2:
            return text()
        return "".join(html_block(writer, depth + 1) for _ in writer.some(1, 2))

    kind = writer.draw(st.integers(0, 11))
    kinds = {
        0: lambda: f"<h2 class='a>b'>{text()}</h2>",
        1: lambda: f"<ul><li>{text()}<li>{inner()}</ul>",
        2: lambda: f"<ol>\n<li>{inner()}</li>\n</ol>",
        3: lambda: f"<blockquote>{inner()}</blockquote>",
        4: lambda: f"<table><tr><td>{text()}<td>{inner()}</table>",
        5: lambda: f"<div>{inner()}</div>",
        6: lambda: f"{text()}<br><br>{text()}",
        7: lambda: f"<dl><dt>{text()}<dd>{inner()}</dl>",
        8: lambda: f"<p>{text()}\n",
        9: lambda: f"<pre>{writer.word()}\n  {writer.word()}</pre>",
        10: lambda: f"<nav>no</nav><script>'<p>'</script><section>{inner()}</section>",
    }
    return kinds.get(kind, lambda: f"<p>{text()}</p>")()


@st.composite
def html_documents(draw: st.DrawFn) -> Document:
    writer = Writer(draw)
    blocks = "".join(html_block(writer) for _ in writer.some())
    writer.document.text = draw(
        st.sampled_from(
            [
                "{}",
                "<article>{}</article>",
                "<!doctype html>\n<html><head><title>T</title></head><body><header>H</header>"
                "<main>\r\n{}</main>\n<footer>F</footer></body></html>",
            ]
        )
    ).replace("{}", blocks)
    return writer.document


@st.composite
def pasted_documents(draw: st.DrawFn) -> Document:
    writer = Writer(draw)
    chunks = []
    newline = draw(NEWLINES)
    for _ in writer.some(1, 6):
        kind = writer.draw(st.integers(0, 3))
        lines = [" ".join(writer.word() for _ in writer.some(1, 12)) for _ in writer.some()]
        if kind == 0:
            lines = [f"  • {line}" for line in lines]
        elif kind == 1:
            lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
        elif kind == 2:
            lines = [line + draw(st.sampled_from([".", ":", "?", " \t"])) for line in lines]
        chunks.append(newline.join(lines) + newline)
    writer.document.text = draw(st.sampled_from([newline, newline * 2])).join(chunks)
    return writer.document


def prose(builder: ContentBuilder) -> list[str]:
    return [each.text.plain for each in builder.blocks]


def check(document: Document, extension: str, markup: str) -> None:
    text = document.text
    found = content(text, extension)
    assert_sound(text, found)
    for word in (*document.words, *document.split):
        assert sum(each.count(word) for each in prose(found)) == 1, word
    words = [each for each in document.words if not _in_code(found, each)]
    assert_words(text, "post" + extension, words)
    post = assert_words(text, "post" + extension, document.split, markup)
    for block in post.blocks:
        assert_runs(post.source.text, block.text)
    rendered = html(text, extension)
    for word in document.words:
        assert word in rendered


def _in_code(builder: ContentBuilder, word: str) -> bool:
    return any(word in each.text.plain for each in builder.blocks if each.kind == "code")


@settings(max_examples=250, deadline=None)
@given(markdown_documents())
def test_every_word_of_a_markdown_post_leads_back_to_itself(document: Document) -> None:
    check(document, ".md", "*")


@settings(max_examples=250, deadline=None)
@given(html_documents())
def test_every_word_of_an_html_page_leads_back_to_itself(document: Document) -> None:
    check(document, ".html", "<em> </em>")


@settings(max_examples=250, deadline=None)
@given(pasted_documents())
def test_every_word_of_a_pasted_text_leads_back_to_itself(document: Document) -> None:
    check(document, ".txt", "")


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="ab \n\r\t#*_`>-+1.[]()!<&;/=\"'|~^:\\é😀\u2028\x00d-vp", max_size=120),
    st.sampled_from([".md", ".html", ".txt"]),
)
def test_any_text_at_all_is_read_soundly(text: str, extension: str) -> None:
    assert_sound(text, content(text, extension))
    html(text, extension)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<ul>",
                "<li>",
                "</ul>",
                "<table>",
                "<td>",
                "</table>",
                "<br>",
                "<a href=x>",
                "</a>",
                "<article>",
                "</article>",
                "<main>",
                "<h1>",
                "</h1>",
                "<header>",
                "<pre>",
                "</pre>",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<b",
                ">",
                "'",
                "&amp;",
                "&",
                "<![",
                "]]>",
                " a ",
                "b\n",
                "<blockquote>",
                "<p hidden>",
                "<body>",
                "<form>",
                "<dl><dd>",
                "<sup>",
                "\n\n",
                "> ",
                "- ",
            ]
        ),
        max_size=25,
    ),
    st.sampled_from([".md", ".html"]),
)
def test_broken_html_is_read_soundly(parts: list[str], extension: str) -> None:
    text = "".join(parts)
    assert_sound(text, content(text, extension))
    html(text, extension)
