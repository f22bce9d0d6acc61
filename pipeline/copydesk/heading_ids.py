"""Ids for headings, so that a link can lead to each of them on the published page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from copydesk.slugs import slugify

_WRITTEN = re.compile(r"<[A-Za-z][^<>]*")
_ID = re.compile(r"""\s(?:id|name)\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)
#: Every tag, because what looks like one inside an attribute is none: alt="<h2 x>". Older
#: versions of nh3 leave such signs as they are.
_TAG = re.compile(r"""<(?:(/?)(h[1-6])(?=[\s>])|/?[A-Za-z])((?:"[^"]*"|[^"<>])*+)>""")
_HAS_ID = re.compile(r'\sid="')
#: What of a heading is no word of it: tags, and the numbers of notes.
_NO_WORDS = re.compile(
    r'<sup class="footnote-reference">(?:<a[^<>]*>)?[^<>]*(?:</a>)?</sup>|<[^<>]*>'
)


class HeadingIds:
    """Hands out an id for each heading of a page, made of its words; no two are equal."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def of(self, text: str) -> str:
        """Return the id of the next heading; empty where it has no letter and no digit."""
        if not any(map(str.isalnum, text)):
            return ""
        base = slugify(text)
        number = self._numbers.get(base, 0)
        name = f"{base}-{number}" if number else base
        while name in self._taken:
            number += 1
            name = f"{base}-{number}"
        self._taken.add(name)
        self._numbers[base] = number + 1
        return name


def is_heading_id(name: str, words: str) -> bool:
    """Say whether an id is the one that a heading gets by itself, so that nothing is lost with it.

    Of several headings with the same words, all but the first have a number at the end.
    """
    base, _, number = name.rpartition("-")
    own = slugify(words)
    return name == own or (base == own and number.isdigit())


def written_ids(html: str, start: int = 0) -> list[str]:
    """Return the ids and names that the tags of a text have, from an offset on."""
    if "<" not in html:
        return []
    return [name for tag in _WRITTEN.finditer(html, start) for name in _ID.findall(tag.group())]


def with_heading_ids(html: str) -> str:
    """Return sanitised HTML with an id on each heading; one that its author gave stays."""
    ids = HeadingIds(written_ids(html))
    parts: list[str] = []
    done = 0
    opened: re.Match[str] | None = None
    for tag in _TAG.finditer(html):
        if not tag[2]:
            continue
        if not tag[1]:
            opened = tag
        elif opened is not None and opened[2] == tag[2]:
            words = unescape(_NO_WORDS.sub("", html[opened.end() : tag.start()]))
            if not _HAS_ID.search(opened[3]) and (name := ids.of(words)):
                at = opened.start() + len("<h2")
                parts += (html[done:at], f' id="{name}"')
                done = at
            opened = None
    return "".join([*parts, html[done:]])
