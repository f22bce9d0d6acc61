"""A text as WordPress stores it, as the plain HTML that visitors get."""

from __future__ import annotations

import re

_PRE = re.compile(r"<(/?)pre\b", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
#: What stands for itself between blank lines; anything else there is a paragraph.
_ELEMENT = re.compile(
    r"</?(?:address|article|aside|blockquote|center|details|div|dl|dt|dd|fieldset|figcaption|"
    r"figure|footer|form|h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|script|section|style|"
    r"summary|table|tbody|td|tfoot|th|thead|tr|ul|video)\b",
    re.IGNORECASE,
)
_BLOCK = "<!-- wp:"


def plain_html(body: str) -> str:
    """Return a stored text without comments, and with paragraphs where blank lines stand for them.

    Texts from before there were blocks have no paragraphs of their own.
    """
    if _BLOCK in body:
        return _without_comments(body).strip() + "\n"
    return "\n".join(_paragraphs(_without_comments(body.replace("\r\n", "\n")))) + "\n"


def _without_comments(body: str) -> str:
    first, *rest = body.split("<!--")
    kept = [first]
    for part in rest:
        comment, end, text = part.partition("-->")
        kept.append(text.removeprefix("\n") if end else f"<!--{comment}")
    return "".join(kept)


def _paragraphs(text: str) -> list[str]:
    """Return paragraphs and elements, the inside of `pre` left as it is."""
    found: list[str] = []
    start = place = 0
    while opened := _PRE.search(text, place):
        place = opened.end()
        if opened[1]:
            continue
        closed = text.find("</pre>", place)
        if closed < 0:
            break
        found += _of_lines(text[start : opened.start()])
        place = start = closed + len("</pre>")
        found.append(text[opened.start() : start])
    return found + _of_lines(text[start:])


def _of_lines(text: str) -> list[str]:
    chunks = [chunk.strip() for chunk in _PARAGRAPHS.split(text)]
    return [
        chunk if _ELEMENT.match(chunk) else "<p>" + chunk.replace("\n", "<br>\n") + "</p>"
        for chunk in chunks
        if chunk
    ]
