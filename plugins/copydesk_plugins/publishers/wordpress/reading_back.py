"""A text as WordPress stores it, as plain HTML."""

from __future__ import annotations


def plain_html(body: str) -> str:
    """Return a stored text without comments, such as those that mark its blocks."""
    first, *rest = body.split("<!--")
    kept = [first]
    for part in rest:
        comment, end, text = part.partition("-->")
        kept.append(text.removeprefix("\n") if end else f"<!--{comment}")
    return "".join(kept).strip() + "\n"
