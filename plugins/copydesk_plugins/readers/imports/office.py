"""Signs of Word and Google Docs in HTML: lists that are none, bold by style, titles by class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from bs4.element import Tag

from copydesk_plugins.readers.html_tree import PlacedTag, PlacedText

_BULLET = re.compile(r"[·•●○◦▪▫■□–—*§ü➢Øo-]")
_NUMBER = re.compile(r"\(?(\d{1,4}|[a-zA-Z]|[ivxlIVXL]{1,6})[.)]")
_LEVEL = re.compile(r"mso-list:[^;\"]{0,40}?\blevel(\d)", re.IGNORECASE)
_MARGIN = re.compile(r"margin-left:\s*(\d{0,4}\.?\d{1,4})(in|pt|cm)", re.IGNORECASE)
_GOOGLE_LIST = re.compile(r"lst-kix_[\w-]+-(\d)")
_PER_INCH = {"in": 1.0, "pt": 72.0, "cm": 2.54}
_CSS_RULE = re.compile(r"\.([\w-]{1,40})\s*\{([^{}]{0,2000})\}")
_WEIGHT = re.compile(r"font-weight:\s*(bold(?:er)?|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_SLANT = re.compile(r"font-style:\s*(italic|oblique|normal)", re.IGNORECASE)
_LINE = re.compile(r"text-decoration[\w-]{0,5}:[^;]{0,30}\b(line-through|none)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align:\s*(super|sub|baseline)", re.IGNORECASE)
_TITLES = frozenset({"title", "msotitle", "msotitlecxspfirst", "msotitlecxsplast"})
_CONTENTS = re.compile(r"msotoc(?:\d|heading)", re.IGNORECASE)
_BY_TAG = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "s": "strike",
    "strike": "strike",
    "del": "strike",
    "sup": "sup",
    "sub": "sub",
}


class Item(NamedTuple):
    """A paragraph that is an item of a list, as word processors tell it."""

    level: int
    ordered: bool
    start: int = 1
    lettered: bool = False


class Looks(NamedTuple):
    """What a style says of the text: marks to add and marks to take away."""

    add: frozenset[str] = frozenset()
    drop: frozenset[str] = frozenset()


def looks_of(style: str) -> Looks:
    """Read the few properties of a style that carry meaning."""
    add: set[str] = set()
    drop: set[str] = set()
    for mark, pattern, off in (
        ("strong", _WEIGHT, ("normal", "1", "2", "3", "4", "5")),
        ("emphasis", _SLANT, ("normal",)),
        ("strike", _LINE, ("none",)),
    ):
        match = pattern.search(style)
        if match is not None:
            (drop if match.group(1).lower().startswith(off) else add).add(mark)
    raised = _RAISED.search(style)
    if raised is not None and raised.group(1).lower() != "baseline":
        add.add("sup" if raised.group(1).lower() == "super" else "sub")
    return Looks(frozenset(add), frozenset(drop))


class Styles:
    """The style sheets of a page, as far as classes of Google Docs make text bold or the like."""

    def __init__(self, soup: Tag, html: str) -> None:
        self._classes: dict[str, Looks] = {}
        for sheet in soup.find_all("style"):
            if isinstance(sheet, PlacedTag):
                for match in _CSS_RULE.finditer(html, sheet.inner, sheet.inner_end):
                    self._classes[match.group(1)] = looks_of(match.group(2))

    def marks(self, tag: Tag, around: frozenset[str]) -> frozenset[str]:
        """Return the marks of the text in an element, from those of the text around it."""
        by_tag = _BY_TAG.get(tag.name)
        marks = around | {by_tag} if by_tag else around
        if not tag.attrs:
            return marks
        # Whole blocks in bold are headings and boxes; only spans and the like are emphasis.
        for name in classes(tag) if self._classes and tag.name == "span" else ():
            looks = self._classes.get(name, Looks())
            marks = (marks | looks.add) - looks.drop
        style = tag.get("style")
        if isinstance(style, str) and tag.name in ("span", "b", "strong", "i", "em", "font", "a"):
            looks = looks_of(style)
            marks = (marks | looks.add) - looks.drop
        return marks


def classes(tag: Tag) -> list[str]:
    """Return the classes of an element."""
    found = tag.get("class")
    return found.split() if isinstance(found, str) else []


def is_title(tag: Tag) -> bool:
    """Say whether a paragraph is the title of a document."""
    return tag.name == "p" and any(each.lower() in _TITLES for each in classes(tag))


def is_contents(tag: Tag) -> bool:
    """Say whether a paragraph is a line of a table of contents that Word has made."""
    return tag.name == "p" and any(_CONTENTS.fullmatch(each) for each in classes(tag))


def google_level(tag: Tag) -> int | None:
    """Return how deep a list of Google Docs is meant to stand, 1 at the margin."""
    for each in classes(tag):
        match = _GOOGLE_LIST.fullmatch(each)
        if match is not None:
            return int(match.group(1)) + 1
    return None


def word_item(tag: PlacedTag, html: str) -> tuple[Item, frozenset[int]] | None:
    """Return what a paragraph of Word is as an item, and the ids of what makes up its mark."""
    style = tag.get("style")
    style = style if isinstance(style, str) else ""
    named = any(each.startswith("MsoListParagraph") for each in classes(tag))
    if tag.name != "p" or not (named or "mso-list:" in style):
        return None
    found = _mark(tag, html)
    if found is None:
        return None
    mark, parts = found
    number = _NUMBER.fullmatch(mark)
    start = int(number.group(1)) if number and number.group(1).isdigit() else 1
    lettered = number is not None and not number.group(1).isdigit()
    return Item(_level(style), number is not None, start, lettered), parts


def _level(style: str) -> int:
    said = _LEVEL.search(style)
    if said is not None:
        return max(1, int(said.group(1)))
    margin = _MARGIN.search(style)
    if margin is None:
        return 1
    inches = float(margin.group(1)) / _PER_INCH[margin.group(2).lower()]
    return min(9, max(1, round(inches * 2)))


def _mark(tag: PlacedTag, html: str) -> tuple[str, frozenset[int]] | None:
    """Return the text of the mark before an item, up to the narrow blanks that Word puts there."""
    said, parts = "", []
    for text in _texts(tag):
        parts.append(id(text))
        said += unescape(html[text.start : text.end])
        if len(said) > 60 and said.strip():
            return None
        around = text.parent
        style = str(around.get("style") or "") if around is not None else ""
        if "7.0pt" in style and not html[text.start : text.end].replace("&nbsp;", "").strip():
            mark = said.strip()
            good = _BULLET.fullmatch(mark) or _NUMBER.fullmatch(mark)
            return (mark, frozenset(parts)) if good else None
    return None


def _texts(tag: PlacedTag) -> Iterator[PlacedText]:
    return (each for each in tag.descendants if isinstance(each, PlacedText))
