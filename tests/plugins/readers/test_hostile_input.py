"""Input made to hang or to crash a reader: time grows in step with size, and nothing recurses."""

from __future__ import annotations

import time

import pytest
from readers_kit import assert_sound, content, html

#: Seconds for any one case; each takes well below one, and hours if it were quadratic.
PATIENCE = 20.0

MARKDOWN = {
    "quotes": ">" * 20_000 + " x",
    "brackets": "[" * 50_000,
    "images": "![" * 50_000,
    "links": "[a](" * 20_000,
    "deep list": "\n".join("  " * n + "- x" for n in range(2_000)),
    "nested list on one line": "- " * 5_000 + "x" + "\n" * 300_000 + "y",
    "one long line": "word " * 200_000,
    "one long word": "w" * 1_000_000,
    "base64 image": f"![a](data:image/png;base64,{'A' * 244_000})",
    "emphasis": "**a *b " * 20_000,
    "tags": "<a href=x>" * 20_000,
    "half tags": "<a " * 50_000,
    "half comments": "a <!--" * 50_000,
    "scripts": "<script>\n\n" * 10_000,
    "half end of script": "<script>" + "</script " * 30_000,
    "raw blocks": "<div>x\n\n" * 2_000,
    "nested raw blocks": "<div>" * 10_000 + "x",
    "quotes in tags": "<div>" + "<a x='" * 30_001 + ">",
    "footnotes": "".join(f"[^{n}] " for n in range(5_000))
    + "".join(f"\n\n[^{n}]: x" for n in range(5_000)),
    "code over many lines": "`" + "a\n> " * 50_000 + "`",
    "code and quote marks": "`" + "> " * 20_000 + "\n" + "> " * 20_000 + "x`",
    "wide characters": "😀 *x* " * 30_000,
    "bars": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "|\n" * 50,
}
HTML = {
    "nested": "<div>" * 10_000 + "x",
    "nested with text": "<div>x" * 10_000 + "</div>y" * 10_000,
    "never closed": "<p>a" * 10_000,
    "half tags": "<a " * 50_000,
    "half comments": "<!--" * 50_000,
    "comments": "<!--a>" * 50_000 + "-->",
    "closed comments": "<!--a-->" * 50_000,
    "sections": "<![CDATA[>" * 20_000,
    "entities": "&ampx" * 20_000 + "&" * 50_000,
    "line breaks": "x<br><br>" * 10_000 + "</b>" * 10_000,
    "cell": "<table><tr><td>" + "x<br><br>" * 10_000,
    "tables": "<table><tr><td>x" * 3_000,
    "links": "<a href=x>y" * 10_000,
    "links in tables": "<a href=x><table><td>" * 2_000 + "y" * 20_000,
    "headers": "<article>" + "<header>x" * 3_000,
    "headings": "<h1>x" * 5_000,
    "articles": "<article>x</article>" * 5_000,
    "lists": "<ul><li>x" * 3_000,
    "base64 image": f'<img src="data:{"A" * 244_000}" alt=x>',
    "white space": "<p>" + " " * 1_000_000 + "x",
    "class": f'<body><p class="{"a-share-" * 20_000}">x',
    "style": f'<body><p style="{"; display " * 20_000}">x',
    "attributes": "<a " + "b='c' " * 30_000 + ">x",
}
PASTED = {
    "one long line": "word " * 200_000,
    "colons": ":" * 1_000_000,
    "short lines": "Short Line\n" * 20_000 + "Text.",
    "bullets": "- x\n" * 20_000,
    "blank lines": "\n" * 500_000,
    "blanks": " " * 1_000_000 + "x",
    "wrapped": ("word " * 14 + "\n") * 10_000,
}
CASES = [
    pytest.param(text, extension, id=f"{extension[1:]}: {name}")
    for extension, cases in ((".md", MARKDOWN), (".html", HTML), (".txt", PASTED))
    for name, text in cases.items()
]


@pytest.mark.parametrize(("text", "extension"), CASES)
def test_hostile_input(text: str, extension: str) -> None:
    start = time.process_time()
    found = content(text, extension)
    html(text, extension)
    assert time.process_time() - start < PATIENCE
    del found.blocks[200:]
    if all(each.lead_in < 200 for each in found.containers):
        assert_sound(text, found)
