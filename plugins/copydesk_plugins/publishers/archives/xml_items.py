"""The items of a WXR file, one at a time, from XML that nobody vouches for.

A file that declares a document type is refused at that line, so there are no entities that could
grow or fetch anything. An item that is no XML is named and passed over; the next one is read
anew. Only one item is in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple
from xml.parsers import expat

from copydesk_plugins.publishers.archives.decoding import Lines

#: A text of a post is never longer; what is, would not fit into a draft either.
MOST_CHARACTERS = 8 * 1024 * 1024
MAX_DEPTH = 60
MOST_FIELDS = 20_000
#: So much text between two signs of XML is a single one without end.
_LONGEST_SIGN = 4 * 1024 * 1024
_ITEM = "<item"
_PREFIXES = (
    ("http://wordpress.org/export/", "/excerpt/", "excerpt"),
    ("http://wordpress.org/export/", "", "wp"),
    ("http://purl.org/rss/1.0/modules/content/", "", "content"),
    ("http://purl.org/dc/elements/1.1/", "", "dc"),
)


#: What the parser says, in words for people.
_REASONS = {
    "mismatched tag": "a tag in it is not closed as it was opened",
    "undefined entity": "it holds a sign such as &nbsp;, which XML does not know",
    "unclosed token": "a tag in it has no end",
    "unclosed CDATA section": "a text in it has no end",
    "not well-formed (invalid token)": "it holds a sign that may not stand there",
    "reference to invalid character number": "it holds the number of a sign that is none",
    "duplicate attribute": "a tag in it says the same thing twice",
    "unbound prefix": "a tag in it has a name that the file does not explain",
}


class Refused(Exception):
    """The file is none to be read: the text says why, `line` where."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Broken(NamedTuple):
    """An item that could not be read, and the line where that came out."""

    line: int
    reason: str
    title: str = ""


@dataclass
class Item:
    """What stands in one item: its fields by name, such as `wp:post_id`, and what may be repeated.

    `terms` are (domain, name); `meta` the values of post meta by key. `mended` are lines
    with bytes that are no text, `too_long` fields that were cut.
    """

    line: int
    fields: dict[str, str] = field(default_factory=dict)
    terms: list[tuple[str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: int = 0
    mended: list[int] = field(default_factory=list)
    too_long: list[str] = field(default_factory=list)


@dataclass
class Channel:
    """What a file says of the blog as a whole; complete once the first item has come."""

    fields: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)


def read_items(
    pieces: Iterable[str], lines: Lines, channel: Channel, wanted_meta: frozenset[str]
) -> Iterator[Item | Broken]:
    """Yield the items of a file in their order; fills in `channel` on the way.

    Raises Refused for a file that is not to be read at all.
    """
    reading = _Reading(lines, channel, wanted_meta)
    for segment, begins in _segments(pieces):
        yield from reading.feed(segment, begins)
    yield from reading.end()


def _segments(pieces: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yield the text parted before each `<item`; says whether a part begins with one."""
    rest = ""
    for piece in pieces:
        text = rest + piece
        at = 0
        while (found := text.find(_ITEM, at + 1 if text.startswith(_ITEM, at) else at)) != -1:
            if found > at:
                yield text[at:found], text.startswith(_ITEM, at)
            at = found
        # The last signs may be the beginning of the next `<item`.
        keep = max(at, len(text) - len(_ITEM) + 1)
        if text.startswith(_ITEM, at) and keep < at + len(_ITEM):
            keep = at
        if keep > at:
            yield text[at:keep], text.startswith(_ITEM, at)
        rest = text[keep:]
    if rest:
        yield rest, rest.startswith(_ITEM)


class _Reading:
    """The parser of one file; it is made anew behind an item that is no XML."""

    def __init__(self, lines: Lines, channel: Channel, wanted_meta: frozenset[str]) -> None:
        self._lines, self._channel, self._wanted_meta = lines, channel, wanted_meta
        self._spaces: dict[str, str] = {}
        self._path: list[str] = []
        self._item: Item | None = None
        self._done: list[Item] = []
        self._base = 0
        self._line = 1
        self._lost = False
        self._rooted = False
        self._quiet = 0
        self._text: list[str] = []
        self._size = 0
        self._pair = ["", ""]
        self._term = ""
        self._parser = self._new()

    def feed(self, segment: str, begins: bool) -> Iterator[Item | Broken]:
        """Read a part of the file, and yield the items that ended in it."""
        if self._lost and begins:
            self._start_anew()
        if not self._lost:
            yield from self._parse(segment, False)
        self._line += segment.count("\n")

    def end(self) -> Iterator[Item | Broken]:
        """Yield what is left at the end of the file."""
        if not self._lost:
            yield from self._parse("", True)

    def _parse(self, text: str, final: bool) -> Iterator[Item | Broken]:
        self._quiet += len(text)
        reason, line = "", self._line
        try:
            self._parser.Parse(text, final)
            if self._quiet > _LONGEST_SIGN:
                reason = "a sign of XML in it has no end"
        except expat.ExpatError as error:
            line = self._base + error.lineno
            reason = _REASONS.get(expat.ErrorString(error.code), "it is no XML")
            if final and not self._path and self._rooted:
                reason = ""
        except _TooMuch as error:
            reason = str(error)
        yield from self._done
        self._done = []
        if not reason:
            return
        if not self._rooted:
            raise Refused("is no export of a blog", line)
        title = self._item.fields.get("title", "") if self._item else ""
        self._lost = True
        self._item = None
        if final:
            reason = "the file breaks off here"
        yield Broken(line, reason, title)

    def _new(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.buffer_size = 32 * 1024
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartNamespaceDeclHandler = self._space
        return parser

    def _start_anew(self) -> None:
        """Go on behind what was no XML, with the names that the file declared at its top."""
        self._path, self._item, self._lost, self._quiet = [], None, False, 0
        self._parser = self._new()
        names = "".join(
            f' xmlns{f":{prefix}" if prefix else ""}="{escape(uri)}"'
            for prefix, uri in self._spaces.items()
        )
        self._parser.Parse(f"<rss{names}><channel>", False)
        self._base = self._line - 1

    def _doctype(self, *_: object) -> None:
        line = self._base + self._parser.CurrentLineNumber
        raise Refused("declares a document type of its own, which no export has", line)

    def _space(self, prefix: str | None, uri: str) -> None:
        if len(self._path) <= 1 and len(self._spaces) < 50:
            self._spaces.setdefault(prefix or "", uri)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._quiet = 0
        short = _short(name)
        if not self._path:
            if short not in ("rss", "other:RDF"):
                raise Refused("is no export of a blog", self._parser.CurrentLineNumber)
            self._rooted = True
        self._path.append(short)
        if len(self._path) > MAX_DEPTH:
            raise _TooMuch("it is nested too deep")
        self._text, self._size = [], 0
        if short == "item" and len(self._path) == 3:
            line = self._base + self._parser.CurrentLineNumber
            self._lines.take(line - 1)
            self._item = Item(line)
        elif short == "wp:comment" and self._item:
            self._item.comments += 1
        elif short in ("wp:postmeta", "wp:author"):
            self._pair = ["", ""]
        elif short == "category":
            self._term = attributes.get("domain", "")

    def _characters(self, text: str) -> None:
        self._quiet = 0
        self._size += len(text)
        if self._size <= MOST_CHARACTERS:
            self._text.append(text)

    def _end(self, name: str) -> None:
        self._quiet = 0
        short = self._path.pop()
        text, self._text = "".join(self._text), []
        above = self._path[-1] if self._path else ""
        if self._item is not None:
            self._end_in_item(self._item, short, above, text)
        elif above == "channel":
            self._channel.fields.setdefault(short, text.strip())
        elif above == "wp:author":
            self._pair[0] = text.strip() if short == "wp:author_login" else self._pair[0]
            self._pair[1] = text.strip() if short == "wp:author_display_name" else self._pair[1]
        if short == "wp:author" and self._pair[0]:
            self._channel.authors[self._pair[0]] = self._pair[1]

    def _end_in_item(self, item: Item, short: str, above: str, text: str) -> None:
        if short == "item" and len(self._path) == 2:
            item.mended = self._lines.take(self._base + self._parser.CurrentLineNumber)
            self._done.append(item)
            self._item = None
        elif above == "wp:postmeta":
            self._pair[short == "wp:meta_value"] = text
        elif short == "wp:postmeta" and self._pair[0].strip() in self._wanted_meta:
            item.meta.setdefault(self._pair[0].strip(), self._pair[1])
        elif above == "item" and short == "category":
            item.terms.append((self._term, text.strip()))
        elif above == "item" and short != "wp:comment":
            item.fields.setdefault(short, text)
            if self._size > MOST_CHARACTERS:
                item.too_long.append(short)
        if len(item.fields) + len(item.terms) > MOST_FIELDS:
            raise _TooMuch("it has more fields than any post")


class _TooMuch(Exception):
    """An item is larger in some way than any post; the text says in which."""


def _short(name: str) -> str:
    """Return a name with the usual prefix of its namespace; what is unknown gets `other`."""
    uri, _, local = name.rpartition(" ")
    if not uri:
        return local
    for start, end, prefix in _PREFIXES:
        if uri.startswith(start) and uri.endswith(end):
            return f"{prefix}:{local}"
    return f"other:{local}"
