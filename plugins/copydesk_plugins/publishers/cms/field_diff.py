"""What differs between two versions of a post, field by field, short enough to read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from copydesk_plugins.publishers.cms.standing import addresses

_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"</?(?:p|li|h[1-6]|td|th|dt|dd|blockquote|figcaption|br|div)\b[^<>]*>", re.I)
_END = re.compile(r"(?<=[.!?]) ")
#: Characters shown of a text around the first place where it differs, and words before that place.
_SHOWN = 58
_BEFORE, _MOST_BEFORE = 3, 24
Row = tuple[str, str, str]


def words(html: str) -> str:
    """Return what people read of a text, in one line."""
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(" ", html))).split())


def rows(old: Mapping[str, str], new: Mapping[str, str], what: str = "") -> Iterator[Row]:
    """Yield (field, old, new) for each field that differs; `what` stands behind its name."""
    for name, text in new.items():
        before = old.get(name, "")
        if text == before:
            continue
        if name == "body":
            yield from _of_text(before, text, what)
        else:
            yield (f"{name}{what}", before, text)


def _of_text(old: str, new: str, what: str) -> Iterator[Row]:
    first, second = words(old), words(new)
    if first != second:
        yield (f"body{what}", *_around(first, second, _places(_sentences(old), _sentences(new))))
    linked, links = addresses(old), addresses(new)
    if linked != links:
        gone = [_shown(each) for each in linked if each not in links]
        come = [_shown(each) for each in links if each not in linked]
        yield (f"links in the text{what}", ", ".join(gone), ", ".join(come))
    elif first == second:
        yield (f"body{what}", "", "has another form, in the same words")


def _shown(address: str) -> str:
    """Return an address; a post that has none yet is named by its id."""
    name = address.removeprefix("copydesk:")
    return address if name == address else f"the post {name}"


def _sentences(html: str) -> list[str]:
    passages = filter(None, map(words, _BREAK.split(html)))
    return [sentence for passage in passages for sentence in _END.split(passage)]


def _places(old: Sequence[str], new: Sequence[str]) -> int:
    """Return in how many places two texts differ, counted between sentences that both have once."""
    once = [{each for each, n in Counter(text).items() if n == 1} for text in (old, new)]
    where = {each: number for number, each in enumerate(new) if each in once[1]}
    count, i, j = 0, 0, 0
    for number, each in enumerate(old):
        if each in once[0] and where.get(each, -1) >= j:
            count += old[i:number] != new[j : where[each]]
            i, j = number + 1, where[each] + 1
    return count + (old[i:] != new[j:])


def _around(old: str, new: str, places: int) -> tuple[str, str]:
    """Return both texts around the first place where they differ, and how many more there are."""
    first = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    at = old.rfind(" ", 0, first) + 1
    for _ in range(_BEFORE):
        earlier = old.rfind(" ", 0, max(0, at - 1)) + 1
        at = earlier if first - earlier <= _MOST_BEFORE else at
    at = max(at, first - _MOST_BEFORE)
    more = places - 1
    said = f" (and {more} more {'place' if more == 1 else 'places'})" if more > 0 else ""
    return _cut(old, at, first, _SHOWN), _cut(new, at, first, _SHOWN - len(said)) + said


def _cut(text: str, at: int, first: int, most: int) -> str:
    """Return a part of a text that holds its character `first` and ends with a word."""
    end = at + most
    if len(text) > end:
        space = text.rfind(" ", first + 1, end)
        end = space if space > 0 else end
    return ("…" if at else "") + text[at:end] + ("…" if len(text) > end else "")
