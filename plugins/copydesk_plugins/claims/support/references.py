"""The reference list and the footnotes of a post: their entries, and where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from copydesk.api import Block, Link, Post, Span
from copydesk_plugins.claims.support.address import Address, document, look_at
from copydesk_plugins.claims.support.identifiers import written_in
from copydesk_plugins.claims.support.word_lists import words_of

_HEADING = re.compile(
    r"[#*_\s\d.]{0,6}(?:(?:selected|scientific|medical|key|further)\s)?"
    r"(?:references?|sources?|bibliography|citations?|works cited|literature|endnotes?|footnotes?)"
    r"(?: (?:and|&) (?:sources|references|citations|notes|further reading))?[\s:*_.]{0,4}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s{0,3}(?:\[(\d{1,3})\]|(\d{1,3})[.)](?=\s)|\[\^([\w.-]{1,40})\]:)")
_ITEM_NUMBER = re.compile(r"\s{0,3}(\d{1,3})[.)]")
_WORD = re.compile(r"[^\W\d_][\w\u2019'-]*")
#: Where authors stand in an entry, and how many years one may have.
_AUTHOR_WORDS, _MOST_YEARS = 40, 3
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")


class Source(NamedTuple):
    """A document that a post names: what its address leads to, and where that stands.

    `cited` is the text that names it: the words of the link, or the entry of the reference
    list, which is `listed`.
    """

    address: Address
    href: str
    span: Span
    cited: str = ""
    listed: bool = False


class Entry(NamedTuple):
    """An entry of a reference list or a footnote; `mark` is what points at it, if anything.

    The mark of a footnote begins with `^`.
    """

    mark: str
    text: str
    span: Span
    sources: tuple[Source, ...]


class References(NamedTuple):
    """The entries of a post; `blocks` are those that hold them, and say nothing themselves.

    `top` is the place where a reference list under a heading begins, or None.
    """

    entries: tuple[Entry, ...] = ()
    by_mark: Mapping[str, Entry] = {}
    blocks: frozenset[int] = frozenset()
    top: Span | None = None

    def by_author(self) -> dict[tuple[str, str], Entry]:
        """Return the entries by each of their first words and years, in small letters."""
        found: dict[tuple[str, str], Entry] = {}
        for entry in self.entries:
            years = {year[:4] for year in _YEAR.findall(entry.text)} if entry.sources else set()
            words = _WORD.findall(entry.text.lower())[:_AUTHOR_WORDS]
            for year in sorted(years)[:_MOST_YEARS]:
                for word in words:
                    found.setdefault((word, year), entry)
        return found


def note_name(href: str) -> str:
    """Return the bare name that a link inside the page leads to: `#fn:1` and `#ref-1` are 1."""
    name = href.lstrip("#").lower().removeprefix("user-content-")
    for start in ("fn:", "fn-", "footnote-", "note-", "cite_note-"):
        if name.startswith(start):
            return name.removeprefix(start)
    rest = name.lstrip("_").rstrip("0123456789")
    bare = rest.rstrip("-_:")
    known = not bare or bare in words_of("note")
    return name.lstrip("_").removeprefix(rest) if known else name


def read_references(post: Post) -> References:
    """Find the reference list and the footnotes of a post."""
    by_block: dict[int, list[Link]] = {}
    for link in post.links:
        by_block.setdefault(link.block, []).append(link)
    section = _section(post)
    numbers = _numbers(post) if section else {}
    notes = _note_labels(post)
    entries: list[Entry] = []
    held: set[int] = set()
    for block in post.blocks:
        note = notes[block.container] if block.container != -1 else ""
        if note:
            pieces = [("^" + note, 0, len(block.text.plain))]
        elif block.index in section:
            pieces = list(_pieces(block, numbers.get(block.container, "")))
        elif _is_entry(block, by_block):
            # Entries at the end without a heading: "[1] Holm P. ... https://doi.org/..."
            pieces = list(_pieces(block, ""))
        else:
            continue
        held.add(block.index)
        links = sorted(by_block.get(block.index, []), key=_place)
        entries += [_entry(block, mark, start, end, links) for mark, start, end in pieces]
    by_mark: dict[str, Entry] = {}
    for entry in entries:
        if entry.mark and entry.sources:
            by_mark.setdefault(entry.mark, entry)
    top = post.blocks[min(section)].span if section else None
    return References(tuple(entries), by_mark, frozenset(held), top)


def _section(post: Post) -> frozenset[int]:
    """Return the blocks below a heading such as "References", or none."""
    found: set[int] = set()
    level = 0
    for block in post.blocks:
        said = block.text.plain
        if block.kind == "heading":
            if level and block.level <= level:
                level = 0
            if _is_heading(said):
                level = block.level
                continue
        elif block.kind == "paragraph" and _is_heading(said):
            level = level or 6  # a line of its own, as in pasted text; the next heading ends it
            continue
        if level and block.kind not in ("heading", "code", "alt"):
            found.add(block.index)
    return frozenset(found)


def _is_heading(said: str) -> bool:
    return len(said) < 50 and _HEADING.fullmatch(said) is not None


def _note_labels(post: Post) -> list[str]:
    """Return the label of the footnote that each container stands in, or nothing."""
    found: list[str] = []
    for container in post.containers:
        if container.kind == "footnote":
            found.append(container.label.lstrip("#^").lower())
        else:
            found.append(found[container.parent] if container.parent != -1 else "")
    return found


def _is_entry(block: Block, links: Mapping[int, list[Link]]) -> bool:
    text = block.text.plain
    number = _NUMBER.match(text) if block.kind == "paragraph" else None
    if number is None or number[2]:
        return False
    return block.index in links or next(written_in(text), None) is not None


def _numbers(post: Post) -> dict[int, str]:
    """Return the number of each item of an ordered list, by its container, as pages count them."""
    found: dict[int, str] = {}
    following: dict[int, int] = {}
    for at, item in enumerate(post.containers):
        if item.kind != "item" or post.containers[item.parent].label != "ordered":
            continue
        if item.parent not in following:
            written = _ITEM_NUMBER.match(post.source.text, item.span.start)
            following[item.parent] = int(written[1]) if written else 1
        found[at] = str(following[item.parent])
        following[item.parent] += 1
    return found


def _pieces(block: Block, number: str) -> Iterator[tuple[str, int, int]]:
    """Yield (mark, start, end) for each entry in a block.

    Lines that follow each other without a blank one are one paragraph, so a paragraph may hold
    "[1] ... [2] ... [3] ...".
    """
    text = block.text.plain
    first = _NUMBER.match(text)
    if first is None:
        yield number, 0, len(text)
        return
    name, start = _name(first), 0
    while name.isdigit() and first[1]:
        wanted = str(int(name) + 1)
        at = text.find(f" [{wanted}] ", start + 1)
        if at == -1:
            break
        yield name, start, at
        name, start = wanted, at + 1
    yield name, start, len(text)


def _name(match: re.Match[str]) -> str:
    return "^" + match[3].lower() if match[3] else str(int(match[1] or match[2]))


def _place(link: Link) -> int:
    return link.span.start


def _entry(block: Block, mark: str, start: int, end: int, links: list[Link]) -> Entry:
    text = block.text.plain[start:end]
    span = block.text.to_source(start, end)
    whole = Span(block.span.start if start == 0 else span.start, span.end)
    last = block.span.end if end == len(block.text.plain) else span.end
    sources = []
    # Looked up, because a paragraph may hold thousands of entries and of links.
    first, after = (bisect_left(links, at, key=_place) for at in (whole.start, last))
    for link in links[first:after]:
        address = look_at(link.href)
        if address.tier and address.page != "own":
            sources.append(Source(address, link.href, link.span, text, listed=True))
    known = {each.address.identity or each.href for each in sources}
    for each in written_in(text):
        address = document(each.identity) if each.identity else look_at(each.href)
        name = address.identity or each.href
        if address.tier and name not in known:
            known.add(name)
            place = block.text.to_source(start + each.start, start + each.end)
            sources.append(Source(address, each.href, place, text, listed=True))
    if not sources and _YEAR.search(text):
        named = Address("C", "named")
        sources.append(Source(named, "", span, text, listed=True))
    return Entry(mark, text, span, tuple(sources))
