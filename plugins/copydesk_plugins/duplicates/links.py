"""Links to other posts of the site, ready to be pasted into a post."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from copydesk.api import Entry

_HTML = (".html", ".htm")


def links_from(post: Entry, others: list[Entry]) -> str:
    """Return links to other posts, one a line, below a line that says where they are to stand."""
    return "\n".join([f"To link from {post.path}:", *(ready_link(post, other) for other in others)])


def ready_link(post: Entry, other: Entry) -> str:
    """Return a link to another post in the writing of the post: Markdown, or HTML in a page."""
    path = quote(posixpath.relpath(other.key, posixpath.dirname(post.key) or "."))
    title = " ".join(other.title.split()) or other.key
    if post.key.lower().endswith(_HTML):
        import html

        return f'<a href="{path}">{html.escape(title, quote=False)}</a>'
    return f"[{_escaped(title)}]({path})"


def _escaped(title: str) -> str:
    """Return a title that ends no link text."""
    for sign in "\\[]*_`<":
        title = title.replace(sign, "\\" + sign)
    return title
