"""HTML written so that WordPress shows just what it says: no shortcode, no embed, no comment.

WordPress looks for its own signs in finished HTML, in texts and attributes alike: `[gallery]`
makes a gallery, a line with nothing but an address is fetched from there, and `<!-- wp:html -->`
begins a block wherever it stands. None of these may come out of a draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement
    from bs4.formatter import Formatter

#: What begins a shortcode. `&#91;` would be made a bracket again; WordPress leaves `&#091;` alone.
_SHORTCODE = re.compile(r"\[(?=\[?/?[^\W\d])")
_BRACKET = "&#091;"
_ADDRESS_ALONE = re.compile(
    r"^([ \t]*https?:)//(?=[^\s<>\"]+[ \t]*$)", re.IGNORECASE | re.MULTILINE
)


def parse(html: str) -> Tag:
    """Return sanitised HTML as a tree, without comments and the like."""
    from bs4 import BeautifulSoup
    from bs4.element import PreformattedString

    soup = BeautifulSoup(f"<body>{html}</body>", "html.parser", multi_valued_attributes=None)
    for each in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        each.extract()
    return soup.body or soup


def without_shortcodes(html: str) -> str:
    """Return HTML in which no bracket begins a shortcode."""
    return _SHORTCODE.sub(_BRACKET, html)


def with_brackets(html: str) -> str:
    """Return HTML with its brackets as they were."""
    return html.replace(_BRACKET, "[")


def inner(element: Tag) -> str:
    """Return what stands inside an element."""
    return element.decode_contents(formatter=_formatter())


def outer(elements: Iterable[PageElement]) -> str:
    """Return elements with what stands inside them."""
    from bs4 import Tag

    return "".join(
        each.decode(formatter=_formatter()) if isinstance(each, Tag) else _text(str(each))
        for each in elements
    )


def attribute(value: str) -> str:
    """Return the value of an attribute, as it stands between double quotes."""
    return without_shortcodes(_escaped(value).replace('"', "&quot;"))


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\N{NO-BREAK SPACE}", "&nbsp;")


def _text(text: str) -> str:
    return _ADDRESS_ALONE.sub(r"\1&#047;&#047;", without_shortcodes(_escaped(text)))


@cache
def _formatter() -> Formatter:
    from bs4.formatter import HTMLFormatter

    class Written(HTMLFormatter):
        """Texts and attributes are escaped in different ways; nothing is sorted."""

        def attribute_value(self, value: str) -> str:
            return attribute(value)

        def attributes(self, tag: Tag) -> Iterable[tuple[str, str | None]]:
            return [(name, str(value)) for name, value in tag.attrs.items()]

    return Written(entity_substitution=_text, void_element_close_prefix="")
