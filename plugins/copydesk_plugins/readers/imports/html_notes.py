"""Footnotes and comments of a page: marks in the text, and what they lead to.

Word, Google Docs and most converters write both as links that lead to each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from bs4.element import Tag

from copydesk_plugins.readers.html_tree import PlacedTag, PlacedText
from copydesk_plugins.readers.imports.html_texts import is_inline, texts_below

_MARK = re.compile(r"\[?(?:\d{1,4}|[a-zA-Z]{1,3}\d{0,4}|[*†‡§¶]{1,3})\]?")
_BACK = re.compile(r"[\[(]?(?:\d{1,4}|[a-zA-Z]{1,3}\d{0,4}|[*†‡§¶]{1,3}|[↑↩⏎^]\ufe0e?)[\])]?")
_NOTE_ID = re.compile(
    r"_?(?:ftn|edn)\d+|ftnt\d+|(?:user-content-)?(?:fn|footnote|endnote|note|cite_note)[-_:.]?[\w.-]*"
)
_COMMENT_ID = re.compile(r"cmnt\d+|_msocom_\d+|_com_\d+|comment-\d+")
_LONGEST_MARK = 4000
#: Words before a comment's mark that tell people its place.
_WORDS = 60
_LONGEST_BLOCK = 20_000
#: Elements that may hold the whole of one note.
_HOLDERS = frozenset({"div", "li", "aside", "p", "dd", "section"})


class Remark(NamedTuple):
    """A comment: its words, who said so, and the words it stands at."""

    text: str
    place: str


@dataclass
class Notes:
    """What was found. `marks` leads from the id() of a mark to its label, `bodies` from labels.

    Elements in `gone` are no text of the post: comments, their marks, and links back.
    """

    marks: dict[int, str] = field(default_factory=dict)
    bodies: dict[str, PlacedTag] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    remarks: list[Remark] = field(default_factory=list)


def find_notes(soup: Tag, html: str) -> Notes:
    """Find the footnotes and comments of a page."""
    notes = Notes()
    targets = {name: tag for tag in _placed(soup) for name in _names(tag)}
    links = [tag for tag in _placed(soup) if tag.name == "a" and _aim(tag) in targets]
    pairs = _pairs(links, targets, html)
    starts = sorted({target.start for _, target, _ in pairs})
    labels: dict[int, str] = {}
    for link, target, is_comment in pairs:
        holder = _holder(target)
        if holder is None or holder.start <= link.start < holder.end:
            continue
        if bisect_left(starts, holder.end) - bisect_left(starts, holder.start) != 1:
            continue  # of two notes in one element, neither is the whole of it
        mark = _raised(link, html)
        if id(holder) not in labels:
            labels[id(holder)] = "" if is_comment else str(len(notes.bodies) + 1)
            notes.gone.update(id(each) for each in _links_back(holder, html))
            if is_comment:
                said = "\n\n".join(texts_below(holder, html, notes.gone))
                notes.remarks.append(Remark(said, _words_around(mark, html)))
                notes.gone.add(id(holder))
            else:
                notes.bodies[labels[id(holder)]] = holder
        if labels[id(holder)]:
            notes.marks[id(mark)] = labels[id(holder)]
        else:
            notes.gone.add(id(mark))
    return notes


def _placed(soup: Tag) -> Iterator[PlacedTag]:
    return (each for each in soup.descendants if isinstance(each, PlacedTag))


def _names(tag: Tag) -> list[str]:
    return [name for key in ("id", "name") if isinstance(name := tag.get(key), str) and name]


def _aim(tag: Tag) -> str:
    href = tag.get("href")
    return href.rpartition("#")[2] if isinstance(href, str) and "#" in href else ""


def _said(tag: PlacedTag, html: str) -> str:
    """Return the text of an element without blanks; what is long is no mark of a note."""
    if tag.end - tag.start > _LONGEST_MARK:
        return ""
    return "".join("".join(texts_below(tag, html)).split())


def _pairs(
    links: list[PlacedTag], targets: dict[str, PlacedTag], html: str
) -> list[tuple[PlacedTag, PlacedTag, bool]]:
    """Return the marks with what they lead to, and whether that is a comment."""
    found = []
    for link in links:
        aim = _aim(link)
        is_comment = bool(_COMMENT_ID.fullmatch(aim))
        if not (is_comment or _NOTE_ID.fullmatch(aim)) or _is_back(aim):
            continue
        if _MARK.fullmatch(_said(link, html)):
            found.append((link, targets[aim], is_comment))
    return found


def _is_back(name: str) -> bool:
    return "ref" in name


def _holder(target: PlacedTag) -> PlacedTag | None:
    """Return the element that is the whole of a note, from the one that has its name."""
    tag: Tag | None = target
    while tag is not None and is_inline(tag):
        tag = tag.parent
    if not isinstance(tag, PlacedTag) or tag.name not in _HOLDERS:
        return None
    around = tag.parent
    if tag.name == "p" and isinstance(around, PlacedTag) and around.name in ("div", "li", "aside"):
        first = next((each for each in around.contents if isinstance(each, PlacedTag)), None)
        if first is tag and len(around.contents) < 50:
            return around
    return tag


def _raised(link: PlacedTag, html: str) -> PlacedTag:
    """Return the mark with the elements around it that hold nothing else, such as `sup`."""
    tag = link
    said = _said(link, html)
    while (
        isinstance(tag.parent, PlacedTag)
        and is_inline(tag.parent)
        and _said(tag.parent, html) == said
    ):
        tag = tag.parent
    return tag


def _links_back(holder: PlacedTag, html: str) -> Iterator[PlacedTag]:
    """Yield the links inside a note that only lead back to its mark."""
    for each in _placed(holder):
        if each.name != "a":
            continue
        leads_back = _is_back(_aim(each)) and _BACK.fullmatch(_said(each, html))
        if leads_back or "msocomanchor" in str(each.get("class") or ""):
            yield each


def _words_around(mark: PlacedTag, html: str) -> str:
    """Return the words that stand before a mark, for people to find the place."""
    tag: Tag | None = mark
    while tag is not None and is_inline(tag) and isinstance(tag.parent, PlacedTag):
        tag = tag.parent
    if not isinstance(tag, PlacedTag) or mark.start - tag.start > _LONGEST_BLOCK:
        return ""
    before = [
        unescape(html[each.start : each.end])
        for each in tag.descendants
        if isinstance(each, PlacedText) and each.end <= mark.start
    ]
    words = " ".join("".join(before).split())
    return words[-_WORDS:].partition(" ")[2] if len(words) > _WORDS else words
