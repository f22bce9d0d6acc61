"""The whole WXR file: written from pieces, and read back into them.

A comment at its end holds the record of each post, so that the file tells what it holds also where
the ledger is lost. Importers pass over comments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.parsers import expat

from copydesk.api import LedgerEntry, SiteSettings
from copydesk_plugins.publishers.handing import records
from copydesk_plugins.publishers.handing.records import handed
from copydesk_plugins.publishers.wxr.item import ID, Piece, Term, cdata, login_of

_START = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" \
xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""
_END = "</channel>\n</rss>\n"
_MARK = "copydesk "


class Document(NamedTuple):
    """What a file of ours holds: its pieces by post, and the records of these posts."""

    pieces: dict[str, Piece]
    entries: dict[str, LedgerEntry]


def write(
    site: SiteSettings, pieces: Iterable[Piece], entries: Sequence[LedgerEntry]
) -> Iterator[bytes]:
    """Yield a file with some pieces and the records of their posts, in the order given."""
    pieces = list(pieces)
    yield _START.encode()
    yield "".join(f"{line}\n" for line in _channel(site, pieces, entries)).encode()
    for piece in pieces:
        yield f"{piece.xml}\n".encode()
    lines = "".join(f"{records.as_text(entry)}\n" for entry in entries)
    yield f"<!--{_MARK}\n{lines}-->\n{_END}".encode()


def _channel(
    site: SiteSettings, pieces: Sequence[Piece], entries: Sequence[LedgerEntry]
) -> Iterator[str]:
    yield f"<title>{cdata(site.title)}</title>"
    yield f"<link>{cdata(site.url)}</link>"
    yield f"<description>{cdata(site.description)}</description>"
    yield f"<language>{cdata(site.language)}</language>"
    yield "<wp:wxr_version>1.2</wp:wxr_version>"
    yield f"<wp:base_site_url>{cdata(site.url)}</wp:base_site_url>"
    yield f"<wp:base_blog_url>{cdata(site.url)}</wp:base_blog_url>"
    authors = {login_of(entry.author): entry.author for entry in entries if entry.author}
    for number, (login, name) in enumerate(sorted(authors.items()), 1):
        yield (
            f"<wp:author><wp:author_id>{number}</wp:author_id>"
            f"<wp:author_login>{cdata(login)}</wp:author_login>"
            f"<wp:author_email>{cdata('')}</wp:author_email>"
            f"<wp:author_display_name>{cdata(name)}</wp:author_display_name>"
            f"<wp:author_first_name>{cdata('')}</wp:author_first_name>"
            f"<wp:author_last_name>{cdata('')}</wp:author_last_name></wp:author>"
        )
    terms = sorted({(t.domain, t.nicename): t for piece in pieces for t in piece.terms}.values())
    for number, term in enumerate(terms, 1):
        yield _term(number, term)
    yield "<generator>Copydesk</generator>"


def _term(number: int, term: Term) -> str:
    if term.domain == "category":
        return (
            f"<wp:category><wp:term_id>{number}</wp:term_id>"
            f"<wp:category_nicename>{cdata(term.nicename)}</wp:category_nicename>"
            f"<wp:category_parent>{cdata('')}</wp:category_parent>"
            f"<wp:cat_name>{cdata(term.name)}</wp:cat_name></wp:category>"
        )
    return (
        f"<wp:tag><wp:term_id>{number}</wp:term_id>"
        f"<wp:tag_slug>{cdata(term.nicename)}</wp:tag_slug>"
        f"<wp:tag_name>{cdata(term.name)}</wp:tag_name></wp:tag>"
    )


def read(data: bytes) -> Document | None:
    """Return what a file of ours holds, or None where it is none.

    Entities are not resolved and a document type is refused, so that no file can make this busy.
    """
    reader = _Reader(data)
    try:
        reader.parse()
    except (expat.ExpatError, ValueError, LookupError):
        return None
    return Document(reader.pieces, reader.entries) if reader.ours else None


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.ours = False
        self.pieces: dict[str, Piece] = {}
        self.entries: dict[str, LedgerEntry] = {}
        self._path: list[str] = []
        self._texts: list[list[str]] = []
        self._start = 0
        self._item: dict[str, str] = {}
        self._terms: list[Term] = []
        self._category = ("", "")
        self._by_number: dict[str, str] = {}

    def parse(self) -> None:
        """Parse the whole; raises ExpatError and ValueError."""
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = self._text
        self._parser.CommentHandler = self._comment
        self._parser.Parse(self._data, True)

    def _doctype(self, *_: object) -> None:
        raise ValueError("a document type is refused")

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._texts.append([])
        if len(self._path) > 8:
            raise ValueError("this is nested too deep for a file of ours")
        if self._path == ["rss", "channel", "item"]:
            self._start = self._parser.CurrentByteIndex
            self._item, self._terms = {}, []
        if name == "category":
            self._category = attributes.get("domain", ""), attributes.get("nicename", "")

    def _text(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _close(self, name: str) -> None:
        text = "".join(self._texts.pop())
        if self._path == ["rss", "channel", "item"]:
            end = self._parser.CurrentByteIndex + len("</item>")
            self._keep(self._data[self._start : end].decode())
        elif self._path[:3] == ["rss", "channel", "item"]:
            if name == "category":
                self._terms.append(Term(*self._category, text))
            elif name == "wp:meta_value" and self._item.get("wp:meta_key") == ID:
                self._item[ID] = text
            else:
                self._item[name] = text
        self._path.pop()

    def _keep(self, xml: str) -> None:
        """Keep an item: a post under its id, a picture with the post that it belongs to."""
        id, number = self._item.get(ID, ""), self._item.get("wp:post_id", "")
        if id:
            self._by_number[number] = id
            self.pieces[id] = Piece(id, xml, tuple(self._terms))
        elif parent := self._by_number.get(self._item.get("wp:post_parent", "")):
            old = self.pieces[parent]
            self.pieces[parent] = old._replace(xml=f"{old.xml}\n{xml}")

    def _comment(self, text: str) -> None:
        if text.startswith(_MARK) and self._path == ["rss", "channel"]:
            self.ours = True
            for line in text.splitlines()[1:]:
                entry = records.from_text(line)
                if entry is not None:
                    self.entries[entry.id] = entry


def numbers(entries: Iterable[LedgerEntry]) -> int:
    """Return the highest number that a post has so far."""
    return max((handed(entry).number for entry in entries), default=0)
