"""The crisis lines that a reader of a post can see, by number or by address.

They lie in `data/crisis-lines.tsv`, each with the countries it serves and who says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from copydesk.api import Block, PostContext, Word, words

_LINES = Path(__file__).resolve().parent / "data" / "crisis-lines.tsv"
#: What readers of a page do not see as text of the post.
_NOT_VISIBLE = frozenset({"title", "description", "image-alt", "alt", "code"})
#: Numbers of up to this many digits may count anything; words beside them say that they do not.
_SHORT = 4
_BEFORE = frozenset(
    {
        *("call", "dial", "ring", "phone", "telephone", "text", "reach", "contact", "press"),
        *("number", "line", "lifeline", "hotline", "helpline", "emergency", "samaritans"),
    }
)
_AFTER = frozenset(["lifeline", "hotline", "helpline", "line", "helplines", "lines", "hotlines"])
#: A number has at most this many parts, as in "1 (800) 273 82 55".
_PARTS = 6


class Lines(NamedTuple):
    """Crisis lines: numbers without what parts their digits, and addresses of their pages."""

    numbers: frozenset[str]
    hosts: tuple[str, ...]


def lines_of(more: Iterable[str], market: str) -> Lines:
    """Return the lines that readers in a market can reach, and those that a site adds."""
    numbers, hosts = set(), []
    for entry in (*_known(market), *more):
        bare = _bare(entry)
        if "." in entry and not bare.isdigit():
            hosts.append(entry.strip().lower())
        elif bare:
            numbers.add(bare)
            if len(bare) == 11 and bare[0] == "1":  # the country code of North America
                numbers.add(bare[1:])
    return Lines(frozenset(numbers), tuple(hosts))


@lru_cache(maxsize=8)
def _known(market: str) -> tuple[str, ...]:
    text = _LINES.read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(row[0] for row in rows if market.upper() in row[1].split(", "))


def _bare(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def shown_in(ctx: PostContext, lines: Lines) -> bool:
    """Say whether a reader of the post sees a crisis line."""
    for link in ctx.post.links:
        scheme, _, rest = link.href.strip().lower().partition(":")
        if scheme in ("tel", "sms") and _bare(rest) in lines.numbers:
            return True
        if scheme in ("http", "https") and _is_host(rest, lines):
            return True
    return any(_names(block, lines) for block in ctx.post.blocks if block.kind not in _NOT_VISIBLE)


def _is_host(rest: str, lines: Lines) -> bool:
    host = rest.lstrip("/").partition("/")[0].partition("?")[0].partition(":")[0]
    return any(host == each or host.endswith("." + each) for each in lines.hosts)


def _names(block: Block, lines: Lines) -> bool:
    """Say whether a block names a crisis line by number or address."""
    text = block.text.plain
    if any(host in text.lower() for host in lines.hosts):
        return True
    if not any(char.isdigit() for char in text):
        return False
    found = words(text)
    return any(
        each.text[0].isdigit() and _is_line(text, found, at, lines) for at, each in enumerate(found)
    )


def _is_line(text: str, found: list[Word], at: int, lines: Lines) -> bool:
    """Say whether a number that begins at a word is a crisis line, however it is parted."""
    bare = ""
    for end in range(at, min(at + _PARTS, len(found))):
        bare += _bare(found[end].text)
        if bare in lines.numbers:
            return len(bare) > _SHORT or _is_called(text, found, at, end + 1)
    return False


def _is_called(text: str, found: list[Word], start: int, end: int) -> bool:
    """Say whether the words around a short number say that one calls it: "call or text 988"."""
    if start and _goes_on(text, found[start - 1], found[start]):
        return False
    if end < len(found) and _goes_on(text, found[end - 1], found[end]):
        return False
    before = {each.text.lower() for each in found[max(0, start - 6) : start]}
    after = {each.text.lower() for each in found[end : end + 4]}
    alone = len(found) == 1  # such as a cell of a table
    return alone or bool(before & _BEFORE or after & _AFTER)


def _goes_on(text: str, one: Word, other: Word) -> bool:
    """Say whether two numbers are parts of a longer one, unlike "988 24/7"."""
    digits = min(len(one.text), len(other.text)) >= 3 and (one.text + other.text).isdigit()
    return digits and text[one.end : other.start] in (" ", "-", ".", ") ")
