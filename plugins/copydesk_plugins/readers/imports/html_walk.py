"""A page's tree into blocks, with a stack of its own: no page is too deep for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple

from bs4.element import PageElement, Tag

from copydesk.api import Omission
from copydesk_plugins.readers.html_parts import HEADINGS
from copydesk_plugins.readers.html_tree import PlacedTag, PlacedText
from copydesk_plugins.readers.imports import html_tables, office
from copydesk_plugins.readers.imports.addresses import absolute, clean
from copydesk_plugins.readers.imports.blocks import Block, Close, Event, Open
from copydesk_plugins.readers.imports.html_notes import Notes
from copydesk_plugins.readers.imports.html_texts import is_inline, is_silent, texts_below
from copydesk_plugins.readers.imports.inline import Run, paragraphs, plain
from copydesk_plugins.readers.imports.pictures import Pictures

_LISTS = frozenset({"ul", "ol", "menu"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
#: What browsers play or draw: text inside is not shown as such.
_EMBEDDED = frozenset({"audio", "video", "canvas", "embed", "iframe", "math", "object", "svg"})


class Reading:
    """What the walks over one page share: the page, what was found in it, and what became of it."""

    def __init__(
        self,
        html: str,
        soup: Tag,
        notes: Notes,
        left_out: Callable[[PlacedTag], str],
        pictures: Pictures,
        base: str = "",
    ) -> None:
        self.html = html
        self.notes = notes
        self.left_out = left_out
        self.styles = office.Styles(soup, html)
        self.pictures = pictures
        self.base = base
        self.omissions: list[Omission] = []
        self.said: dict[str, None] = {}
        self.heading = ""
        # What was left out in the middle of a line: the text around it runs on.
        self.apart: list[PlacedTag] = []
        # Elements that are passed over: what is written elsewhere, and the marks of lists.
        self.skip = {*notes.gone, *(id(body) for body in notes.bodies.values())}
        self.marks: set[int] = set()

    def say(self, note: str) -> None:
        """Note what was changed; the same once."""
        if note:
            self.said[note] = None

    def address(self, said: str) -> str:
        """Return an address as it is to be written; `base` is where relative ones begin."""
        return absolute(said, self.base) if self.base else said

    def omit(self, tag: PlacedTag, reason: str) -> None:
        """Leave an element out and say so, if there are words in it."""
        if is_inline(tag):
            self.apart.append(tag)
        texts = texts_below(tag, self.html, self.notes.gone)
        if texts:
            self.omissions.append(Omission("\n\n".join(texts), reason, self.place))

    @property
    def place(self) -> str:
        """Where the walk is, for people."""
        return f"below “{self.heading}”" if self.heading else ""


class _Frame(NamedTuple):
    tag: Tag
    rest: Iterator[PageElement]
    marks: frozenset[str]
    href: str
    kind: str
    item: bool


class Walk:
    """One walk over an element and all inside it; `events` is what came of it."""

    def __init__(self, reading: Reading) -> None:
        self.events: list[Event] = []
        self._reading = reading
        self._runs: list[Run] = []
        self._listed: list[bool] = []

    def walk(self, root: Tag, itself: bool = False) -> list[Event]:
        """Walk over everything inside an element, or over the element itself, too."""
        inside = iter([root]) if itself else iter(root.contents)
        stack = [_Frame(root, inside, frozenset(), "", "", False)]
        while stack:
            frame = stack[-1]
            child = next(frame.rest, None)
            if child is None:
                stack.pop()
                self._close(frame)
            elif isinstance(child, PlacedText):
                self._text(child, frame)
            elif isinstance(child, PlacedTag):
                opened = self._element(child, frame)
                if opened is not None:
                    stack.append(opened)
        self._flush("", False)
        self._end_lists()
        return self.events

    def _text(self, text: PlacedText, frame: _Frame) -> None:
        if id(text) in self._reading.skip:
            return
        said = unescape(self._reading.html[text.start : text.end])
        kind = "code" if "code" in frame.marks else "text"
        marks = frame.marks - {"code"}
        self._runs.append(Run("code" if kind == "code" else "text", said, marks, frame.href))

    def _element(self, tag: PlacedTag, frame: _Frame) -> _Frame | None:
        """Take an element; return a frame if what is inside it is still to be walked over."""
        reading = self._reading
        label = reading.notes.marks.get(id(tag))
        if label is not None:
            self._runs.append(Run("note", label))
            return None
        if is_silent(tag) or id(tag) in reading.skip or self._is_left_out(tag, frame):
            return None
        if tag.name == "br":
            self._runs.append(Run("break", "", frame.marks, frame.href))
        elif tag.name == "img":
            self._image(tag, frame)
        elif is_inline(tag):
            return self._inline(tag, frame)
        else:
            self._flush(frame.kind, frame.item)
            return self._block(tag, frame)
        return None

    def _is_left_out(self, tag: PlacedTag, frame: _Frame) -> bool:
        reading = self._reading
        said = reading.left_out(tag)
        if not said and office.is_contents(tag):
            said = "table of contents"
        if not said and tag.name == "del" and str(tag.get("cite") or "").startswith("mailto:"):
            said = "deleted text (tracked change)"
        if not said and tag.name == "xml":
            said = "settings of a word processor"
        if not said and tag.name in _EMBEDDED:
            said = "embedded content"
            src = str(tag.get("src") or tag.get("data") or "")
            reading.say(f"Embedded content was left out: {src[:200]}." if src else "")
        if said and not is_inline(tag):
            self._flush(frame.kind, frame.item)
        if said:
            reading.omit(tag, said)
        return bool(said)

    def _inline(self, tag: PlacedTag, frame: _Frame) -> _Frame:
        marks = self._reading.styles.marks(tag, frame.marks)
        if tag.name in _CODE:
            marks |= {"code"}
        if tag.name == "ins" and str(tag.get("cite") or "").startswith("mailto:"):
            self._reading.say("Tracked insertions were taken over.")
        href = frame.href
        if tag.name == "a" and isinstance(said := tag.get("href"), str):
            href, note = clean(self._reading.address(said))
            self._reading.say(note)
        return frame._replace(tag=tag, rest=iter(tag.contents), marks=marks, href=href)

    def _image(self, tag: PlacedTag, frame: _Frame) -> None:
        reading = self._reading
        named = [str(tag.get(key) or "") for key in ("src", "data-src", "data-lazy-src")]
        src = next((each for each in named if each and not each.startswith("data:")), named[0])
        alt = " ".join(str(tag.get("alt") or "").split())
        shown = reading.pictures.address(reading.address(src))
        reading.say(shown.note)
        tiny = str(tag.get("width")) in "01" and str(tag.get("height")) in "01"
        if not shown.src or (tiny and not alt):
            if alt:
                reason = "alternative text of a picture that could not be taken over"
                reading.omissions.append(Omission(alt, reason, reading.place))
            reading.say("" if not tiny or alt else f"A counting pixel was left out: {src[:200]}.")
            return
        if not alt:
            reading.say(f"The picture {shown.src[:200]} has no alternative text.")
        self._runs.append(Run("image", alt, frame.marks, frame.href, shown.src))

    def _block(self, tag: PlacedTag, frame: _Frame) -> _Frame | None:
        """Begin a block element."""
        inside = frame._replace(tag=tag, rest=iter(tag.contents), marks=frozenset())
        deep = office.google_level(tag) if tag.name in _LISTS else None
        if tag.name == "li" and isinstance(tag.parent, Tag) and tag.parent.name in _LISTS:
            deep = office.google_level(tag.parent)
            if deep is not None:
                start = tag.parent.get("start") if tag.find_previous_sibling("li") is None else None
                ordered = tag.parent.name == "ol"
                self._listed_item(office.Item(deep, ordered, _number(start)))
                return inside._replace(kind="", item=True)
        elif deep is not None:
            return inside._replace(kind="", item=True)
        word = office.word_item(tag, self._reading.html)
        if word is not None:
            self._reading.skip.update(word[1])
            self._reading.marks.update(word[1])
            self._listed_item(word[0])
            return inside._replace(kind="", item=True)
        return self._plain_block(tag, inside)

    def _plain_block(self, tag: PlacedTag, inside: _Frame) -> _Frame | None:
        name = tag.name
        if name in HEADINGS:
            return inside._replace(kind=name)
        if office.is_title(tag):
            return inside._replace(kind="title")
        if name == "dt":
            return inside._replace(kind="", marks=frozenset({"strong"}))
        if name == "hr":
            self._add(Block("rule"), inside.item)
        elif name == "pre":
            self._add(Block("code", (Run("text", _verbatim(tag, self._reading)),)), inside.item)
        elif name == "table" and (rows := html_tables.rows_of(tag, self._reading)) is not None:
            self._add(Block("table", rows=rows), inside.item)
        else:
            if name in _LISTS:
                self._open(Open("list", name == "ol", _number(tag.get("start"))), inside.item)
            elif name == "li":
                self._open(Open("item"), inside.item)
            elif name == "blockquote":
                self._open(Open("quote"), inside.item)
            return inside if inside.kind else inside._replace(kind="")
        return None

    def _close(self, frame: _Frame) -> None:
        tag = frame.tag
        if is_inline(tag):
            return
        self._flush(frame.kind, frame.item)
        is_google = tag.name in _LISTS and office.google_level(tag) is not None
        if (tag.name in _LISTS or tag.name == "blockquote") and not is_google:
            self.events.append(Close())

    def _open(self, event: Open, in_item: bool) -> None:
        if not in_item:
            self._end_lists()
        self.events.append(event)

    def _add(self, block: Block, in_item: bool) -> None:
        if not in_item:
            self._end_lists()
        self.events.append(block)

    def _flush(self, kind: str, in_item: bool) -> None:
        """End the block at hand."""
        runs, self._runs = self._runs, []
        for each in paragraphs(runs):
            if kind == "title":
                self._add(Block("title", each), in_item)
            elif kind:
                self._reading.heading = plain(each) or self._reading.heading
                self._add(Block("heading", each, int(kind[1])), in_item)
            else:
                self._add(Block("paragraph", each), in_item)

    def _listed_item(self, item: office.Item) -> None:
        """Begin an item of a list that is told by levels, not by nesting."""
        if item.lettered:
            self._reading.say("Lists that counted with letters count with numbers now.")
        while len(self._listed) > item.level:
            self._end_list()
        if len(self._listed) == item.level and self._listed[-1] != item.ordered:
            self._end_list()
        while len(self._listed) < item.level:
            self.events.append(Open("list", item.ordered, item.start))
            self._listed.append(item.ordered)
            if len(self._listed) < item.level:
                self.events.append(Open("item"))
        self.events.append(Open("item"))

    def _end_list(self) -> None:
        self._listed.pop()
        self.events.append(Close())

    def _end_lists(self) -> None:
        while self._listed:
            self._end_list()


def _number(said: object) -> int:
    return int(said) if isinstance(said, str) and said.isdecimal() and len(said) < 8 else 1


def _verbatim(tag: PlacedTag, reading: Reading) -> str:
    """Return the text of preformatted lines as they are."""
    parts = []
    for each in tag.descendants:
        if isinstance(each, PlacedText) and id(each) not in reading.skip:
            parts.append(unescape(reading.html[each.start : each.end]))
        elif isinstance(each, Tag) and each.name == "br":
            parts.append("\n")
    return "".join(parts).replace("\r\n", "\n").replace("\r", "\n")
