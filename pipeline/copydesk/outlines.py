"""The outline of a post: what it is about and what it links to, for rules on the whole site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from copydesk.heading_ids import HeadingIds, written_ids
from copydesk.model.post import Post
from copydesk.model.site import EntryLink, Outline
from copydesk.questions import questions_of
from copydesk.sketches import sketch_of

_OTHER_SCHEME = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:", re.IGNORECASE)
_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")


def outline_of(post: Post) -> Outline:
    """Return the outline of a post."""
    meta = post.metadata
    headings = tuple(
        (block.level, " ".join(block.text.plain.split()))
        for block in post.blocks
        if block.kind == "heading" and block.index != post.title_block
    )
    return Outline(
        meta.keyphrase,
        meta.synonyms,
        headings,
        tuple(_anchors(post, headings)),
        tuple(_links(post)),
        sketch_of(post),
        tuple(questions_of(post)),
    )


def _anchors(post: Post, headings: tuple[tuple[int, str], ...]) -> Iterator[str]:
    """Yield the names that a link can jump to: ids in the HTML, notes, and those of headings."""
    written = written_ids(post.source.text, post.body.start)
    written += (each.label for each in post.containers if each.kind == "footnote")
    yield from written
    ids = HeadingIds(written)
    yield from filter(None, (ids.of(text) for _, text in headings))


def _links(post: Post) -> Iterator[EntryLink]:
    for link in post.links:
        href = link.href.strip()
        is_note = post.source.text.startswith("[^", link.span.start)
        if not href or is_note or _OTHER_SCHEME.match(href):
            continue
        path, _, anchor = href.partition("#")
        to = "" if _SCHEME.match(path) else _key(path.partition("?")[0], post.source.key)
        yield EntryLink(href, " ".join(link.text.split()), link.span, to, unquote(anchor))


def _key(path: str, own: str) -> str:
    """Return the path below the root that an address names; empty where it leaves the site."""
    path = unquote(path)
    if not path:
        return own
    folder = "" if path.startswith("/") else posixpath.dirname(own)
    key = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    return "" if key.startswith("..") else key
