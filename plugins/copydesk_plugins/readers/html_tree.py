"""A page as Beautiful Soup's tree, with the exact place of every element and text.

Import this module only where HTML is read: it brings Beautiful Soup with it. The tree's own
strings are not used (it decodes and shortens them); the places are, and text is taken from
the source.
"""

from __future__ import annotations

import re
import warnings
from itertools import accumulate
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder._htmlparser import BeautifulSoupHTMLParser, HTMLParserTreeBuilder
from bs4.element import NavigableString, PageElement, Tag

#: Browsers stop nesting elements at about this depth, too; deeper ones become neighbours.
MAX_DEPTH = 400
#: Inside these, tags and comments are text, as in browsers.
_RAW_TEXT = frozenset(
    {
        "script",
        "style",
        "iframe",
        "noembed",
        "noframes",
        "plaintext",
        "textarea",
        "title",
        "xmp",
    }
)
#: What a head may hold; whatever else begins in it ends it, for `</head>` may be left out.
_OF_HEAD = frozenset(
    {
        "base",
        "link",
        "meta",
        "noframes",
        "noscript",
        "script",
        "style",
        "template",
        "title",
    }
)
_MARKUP_BEGINS = re.compile(r"<[a-zA-Z/!?]")
_ENDS_PARAGRAPH = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    }
)
# An element that begins closes an open one of the first set, unless one of the second is between.
_IMPLIED_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
    "a": (frozenset({"a"}), frozenset({"td", "th", "table"})),
    **dict.fromkeys(
        _ENDS_PARAGRAPH,
        (
            frozenset({"p"}),
            frozenset(
                {
                    "td",
                    "th",
                    "table",
                    "button",
                    "li",
                    "dd",
                    "dt",
                    "blockquote",
                    "div",
                    "section",
                    "article",
                    "audio",
                    "canvas",
                    "math",
                    "noscript",
                    "object",
                    "select",
                    "svg",
                    "template",
                    "video",
                }
            ),
        ),
    ),
}


class PlacedTag(Tag):
    """An element: `start` to `end` with its tags, `inner` to `inner_end` without."""

    start = 0
    inner = 0
    inner_end = 0
    end = 0


class PlacedText(NavigableString):
    """A text: `start` to `end` in the HTML, entities and all."""

    start = 0
    end = 0


class _Parser(BeautifulSoupHTMLParser):
    """Feeds the tree and knows where it is."""

    def __init__(self, soup: Any, markup: str) -> None:
        super().__init__(soup, convert_charrefs=True)
        self._lines = [0, *accumulate(len(line) + 1 for line in markup.split("\n"))]
        self._markup = markup
        self.text_start = 0
        self.closing = ""
        self.closing_end = 0
        self.finished = False

    @property
    def here(self) -> int:
        """The offset of the event at hand; a script that is never closed reaches to the end."""
        if self.finished:
            return len(self._markup)
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: Any, handle_empty_element: bool = True) -> None:
        """Begin an element, closing those that it ends and those that are too deep."""
        self.soup.endData()
        closes, stops = _IMPLIED_ENDS.get(tag, (frozenset(), frozenset()))
        stack = self.soup.tagStack
        for at in range(len(stack) - 1, 0, -1) if closes else ():
            if stack[at].name in closes:
                while len(stack) > at:
                    self.soup.popTag()
                break
            if stack[at].name in stops:
                break
        if stack[-1].name == "head" and tag not in _OF_HEAD:
            self.soup.popTag()
        while len(stack) > MAX_DEPTH:
            self.soup.popTag()
        super().handle_starttag(tag, attrs, handle_empty_element)
        if handle_empty_element and tag in _RAW_TEXT:
            self.set_cdata_mode(tag)

    def handle_endtag(self, tag: str, check_already_closed: bool = True) -> None:
        """End an element; a text before a stray end tag does not run on behind it."""
        self.soup.endData()
        # Beautiful Soup searches this list at every end tag; a stray `</br>` needs no help.
        self.already_closed_empty_element.clear()
        if check_already_closed:
            at = self._markup.find(">", self.here)
            self.closing, self.closing_end = tag, at + 1 if at != -1 else len(self._markup)
        super().handle_endtag(tag, check_already_closed)
        self.closing = ""

    def handle_data(self, data: str) -> None:
        """Take text; where it begins is remembered, where it ends the next event tells."""
        if not self.soup.current_data:
            self.text_start = self.here
        super().handle_data(data)

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Take a comment to where browsers end it: `<!-->` is one, and `-- >` ends none."""
        end = self.rawdata.find("-->", i + 2)
        early = self.rawdata.find("--!>", i + 4, end if end != -1 else len(self.rawdata))
        if end == early == -1:
            return -1
        self.handle_comment("")
        return early + 4 if early != -1 else end + 3

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Take `<![if ...]>` and the like as comments, as browsers do, and never fail."""
        return int(self.parse_bogus_comment(i, report))


class _Builder(HTMLParserTreeBuilder):
    parser: _Parser | None = None

    def feed(self, markup: Any, _parser_class: Any = None) -> None:
        """Parse with the parser that knows places."""
        self.parser = _Parser(self.soup, markup)
        self.parser.feed(markup)
        if self.parser.cdata_elem:  # never closed: its text goes on to the end, as in browsers
            rest, self.parser.rawdata = self.parser.rawdata, ""
            self.parser.handle_data(rest)
        self.parser.close()
        self.parser.finished = True


class _Soup(BeautifulSoup):
    """Notes the place of what is put into the tree."""

    builder: _Builder

    def pushTag(self, tag: Tag) -> None:
        """Open an element."""
        super().pushTag(tag)
        parser = self.builder.parser
        if parser is not None and isinstance(tag, PlacedTag):
            tag.start = parser.here
            tag.inner = tag.inner_end = tag.end = tag.start + len(parser.get_starttag_text() or "")

    def popTag(self) -> Tag | None:
        """Close an element; one without content keeps the end of its start tag."""
        parser = self.builder.parser
        tag = self.tagStack[-1] if self.tagStack else None
        if parser is not None and isinstance(tag, PlacedTag) and parser.here != tag.start:
            tag.inner_end = tag.end = parser.here
            if parser.closing == tag.name:
                tag.end = parser.closing_end
        return super().popTag()

    def object_was_parsed(
        self,
        o: PageElement,
        parent: Tag | None = None,
        most_recent_element: PageElement | None = None,
    ) -> None:
        """Put a text into the tree."""
        parser = self.builder.parser
        if parser is not None and isinstance(o, PlacedText):
            o.start, o.end = parser.text_start, parser.here
        super().object_was_parsed(o, parent, most_recent_element)


def complete_part(html: str) -> int:
    """Return where the part of the HTML ends that browsers show.

    A comment that is never closed hides the rest, and so does a tag at the very end; both
    would also make the parser try again and again.
    """
    comment = html.find("<!--", html.rfind("-->") + 1)
    end = comment if comment != -1 else len(html)
    tag = _MARKUP_BEGINS.search(html, html.rfind(">", 0, end) + 1, end)
    return tag.start() if tag else end


def parse(html: str) -> BeautifulSoup:
    """Return the tree of a page or fragment; offsets count code points of `html`."""
    with warnings.catch_warnings():
        # Beautiful Soup warns of text that looks like a file name, or of XML: we know what it is.
        warnings.simplefilter("ignore")
        return _Soup(
            html,
            builder=_Builder(multi_valued_attributes=None, string_containers={}),
            element_classes={Tag: PlacedTag, NavigableString: PlacedText},
        )
