"""The text of a post as its page shows it, against the text that was published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from copydesk.api import Finding, at_least
from copydesk_plugins.publishers.cms.page_reading import own_blocks, soup_of

if TYPE_CHECKING:
    from bs4 import Tag

#: Inline elements; every other one is a block, which a passage does not go beyond.
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "font", "i"),
        *("img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup"),
        *("time", "u", "var", "wbr"),
    )
)
_BOXES = frozenset(("div", "section", "article", "main", "body"))
#: What holds no words of a post: headers, footers and menus belong to the theme.
_NO_TEXT = frozenset(
    (
        *("script", "style", "template", "noscript", "form", "button", "iframe"),
        *("header", "footer", "nav"),
    )
)
#: How far up the element is looked for that a text stands in.
_DEEPEST = 60
#: So many passages that differ are looked at; a page with more is another page altogether.
_MOST = 500
#: A passage of fewer words may stand in the theme, too.
_TELLING = 4
#: So many sentences of a passage are looked at for the one that differs.
_MOST_SENTENCES = 100
_END = re.compile(r"(?<=[.!?]) ")
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")
#: What a system may put something else in the place of: `[gallery ids="1"]`, `[/caption]`.
_SHORTCODE = re.compile(r"\[/?[a-z][\w-]*(?:[\s=:/][^\[\]]*)?\]", re.IGNORECASE)

Words = tuple[str, ...]


class Difference(NamedTuple):
    """What differs: of each passage that only the page has, or only the source, a sentence.

    `html` is the part of the page that holds the post, or empty where none does.
    """

    added: tuple[str, ...]
    lacking: tuple[str, ...]
    html: str


def difference(page: Tag, published: str, shortcodes: bool = False) -> Difference | None:
    """Compare a page with the HTML that was published of the post, or return None if equal.

    Only words count: systems change quotes, dashes, blanks and markup as they like. `shortcodes`
    says that they may also have made something else of words like `[gallery]`.
    """
    ours = {words_of(text): text for _, text in _passages(soup_of(published.encode()))}
    region = _region(page, set(ours))
    if region is None:
        return Difference((), tuple(ours.values()), "") if ours else None
    _take_out(region)
    theirs = {words_of(text): text for _, text in _passages(region)}
    added, lacking = _only_in(theirs, ours), _only_in(ours, theirs)
    if shortcodes:
        made = _made_of_shortcodes(ours, theirs)
        added = tuple(text for text in added if words_of(text) not in made)
        lacking = tuple(text for text in lacking if not _SHORTCODE.search(text))
    return Difference(added, lacking, region.decode_contents()) if added or lacking else None


def _only_in(one: Mapping[Words, str], other: Mapping[Words, str]) -> tuple[str, ...]:
    """Return of each passage that stands nowhere in another text the first sentence that is new.

    Systems join and split passages: the rows of a list of terms become one paragraph.
    """
    candidates = [words for words in one if words not in other][:_MOST]
    whole = _spaced(word for words in other for word in words) if candidates else ""
    found = (one[words] for words in candidates if _spaced(words) not in whole)
    return tuple(_sentence_not_in(whole, passage) for passage in found)


def _sentence_not_in(whole: str, passage: str) -> str:
    """Return the first sentence of a passage that a text has not; all of it where each is there."""
    sentences = _END.split(passage, maxsplit=_MOST_SENTENCES)
    return next((each for each in sentences if _spaced(words_of(each)) not in whole), passage)


def _made_of_shortcodes(ours: Mapping[Words, str], theirs: Mapping[Words, str]) -> set[Words]:
    """Return the passages of a page in the place of ours that hold a shortcode and are not there.

    That place lies between the passages before and behind it that both have.
    """
    places = {words: at for at, words in enumerate(theirs)}
    passages = list(theirs)
    found: set[Words] = set()
    before, waiting = -1, False
    for words, text in ours.items():
        if words in places:
            if waiting:
                found.update(passages[before + 1 : places[words]])
            before, waiting = places[words], False
        elif _SHORTCODE.search(text):
            waiting = True
    return found.union(passages[before + 1 :]) if waiting else found


def _spaced(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def new_findings(before: Iterable[Finding], now: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings about claims that a text has and another has not."""
    known = Counter(map(_identity, before))
    for each in now:
        if not each.rule.startswith("claims.") or not at_least(each.severity, "warning"):
            continue
        if each.waived or known[_identity(each)] > 0:
            known[_identity(each)] -= 1
            continue
        yield each


def words_of(text: str) -> Words:
    """Return the words of a text, which is all that two versions are compared by."""
    return tuple(_WORD.findall(text.casefold()))


def plain(html: str) -> str:
    """Return the text of a quote from HTML, in one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def _identity(finding: Finding) -> tuple[str, Words]:
    return finding.rule, words_of(plain(finding.quote))


def _passages(root: Tag) -> Iterator[tuple[Tag, str]]:
    """Yield each piece of text with the element that it stands in, without blanks around it."""
    from bs4.element import PreformattedString

    standing: Tag | None = None
    parts: list[str] = []
    for piece in root.find_all(string=True):
        holder = _holder(piece.parent)
        if isinstance(piece, PreformattedString) or holder is None:
            continue
        if holder is not standing:
            yield from _joined(standing, parts)
            standing, parts = holder, []
        if getattr(piece.previous_element, "name", "") == "br":
            parts.append(" ")
        parts.append(piece)
    yield from _joined(standing, parts)


def _joined(holder: Tag | None, parts: list[str]) -> Iterator[tuple[Tag, str]]:
    text = " ".join("".join(parts).split())
    if holder is not None and words_of(text):
        yield holder, text


def _holder(tag: Tag | None) -> Tag | None:
    """Return the block that a text stands in, or None where it is no text of the post."""
    found = last = None
    for _ in range(_DEEPEST):
        if tag is None:
            break
        if tag.name in _NO_TEXT or tag.has_attr("data-copydesk"):
            return None
        if found is None and tag.name not in _INLINE:
            found = tag
        tag, last = tag.parent, tag
    return found or last


def _region(page: Tag, ours: set[Words]) -> Tag | None:
    """Return the element of a page that holds the post, or None where nothing of it is there.

    It is the one around our block, or else the one in which most of its passages stand.
    """
    matched: Counter[int] = Counter()
    every: Counter[int] = Counter()
    for holder, text in _passages(page):
        words = words_of(text)
        every[id(holder)] += 1
        matched[id(holder)] += words in ours and len(words) >= _TELLING
    for tag in reversed(page.find_all(True)):  # from the inside out, each element once
        every[id(tag.parent)] += every[id(tag)]
        matched[id(tag.parent)] += matched[id(tag)]
    block = next(iter(own_blocks(page)), None)
    if block is not None and block.parent is not None:
        region = block.parent
    elif matched[id(page)]:
        region = page
        while inner := _main_child(region, matched, matched[id(page)] / 2):
            region = inner
    else:
        return None
    while region.name not in _BOXES and region.parent is not None:
        region = region.parent
    return _widened(region, matched, every)


def _main_child(tag: Tag, counts: Counter[int], least: float) -> Tag | None:
    """Return the child in which more than so many passages stand."""
    from bs4 import Tag as Element

    return next(
        (each for each in tag.children if isinstance(each, Element) and counts[id(each)] > least),
        None,
    )


def _widened(region: Tag, matched: Counter[int], every: Counter[int]) -> Tag:
    """Return an element further out where that brings in more of the post than of the theme."""
    best = region
    for outer in region.parents:
        gained = matched[id(outer)] - matched[id(best)]
        if gained > 0 and 2 * gained >= every[id(outer)] - every[id(best)]:
            best = outer
    return best


def _take_out(region: Tag) -> None:
    """Take out of a part of a page what is ours or is no text."""
    for tag in region.select(", ".join(["[data-copydesk]", *sorted(_NO_TEXT)])):
        tag.extract()
