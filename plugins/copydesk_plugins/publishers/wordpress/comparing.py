"""What was sent and what is held now: every field that differs, with the likeliest cause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from copydesk_plugins.publishers.cms.remote import Difference, Held, Wish
from copydesk_plugins.publishers.wordpress.marks import find_part, one_line, without_part
from copydesk_plugins.publishers.wordpress.payload import utc
from copydesk_plugins.publishers.wordpress.terms import fold

_TWIN = re.compile(r"-\d{1,4}\Z")
_SLASH = re.compile(r"\s{0,8}/>")
_TAG = re.compile(r"<[^<>]*>")
_SHOWN = 300
_PLUGIN = "A plugin of the site changes what is saved."
_ROLE = (
    "The role of this account may not keep some of the HTML: WordPress takes out what it does "
    "not allow. The role Editor keeps it."
)
_NO_HTML = "WordPress takes HTML out of alternative texts."
_OF_ALL = (
    "WordPress keeps one alternative text for each file; a person or another post gave it this one."
)
_SPELLING = "WordPress writes some signs of such an account in another way; readers see the same."


class Comparison:
    """One post held against one wish; `content` is what was sent as its text."""

    def __init__(self, held: Held, wish: Wish, content: str, may_script: bool) -> None:
        self._held = held
        self._wish = wish
        self._content = content
        self._markup = _PLUGIN if may_script else _ROLE

    def differences(self) -> tuple[Difference, ...]:
        """Return every difference, in the order in which people look at a post."""
        return (
            *self._slug(),
            *self._text("title", self._wish.title, self._held.title),
            *self._text("description", self._wish.description, self._held.description),
            *self._date(),
            *self._names("category", self._wish.category, self._held.category),
            *self._names("tags", self._wish.tags, self._held.tags),
            *self._image(),
            *self._body(),
        )

    def _slug(self) -> Iterator[Difference]:
        sent, held = self._wish.slug, self._held.slug
        if not sent or sent == held:
            return
        cause = _PLUGIN
        if held.startswith(sent) and _TWIN.fullmatch(held[len(sent) :]):
            cause = (
                f"Something else stands at “{sent}” already, so WordPress added a number: "
                "another post or page, perhaps in the bin, or a name that WordPress keeps for "
                "itself."
            )
        yield Difference("slug", sent, held, cause)

    def _text(self, field: str, sent: str, held: str) -> Iterator[Difference]:
        if sent.strip() == held.strip():
            return
        harmless = " ".join(sent.split()) == " ".join(held.split())
        yield Difference(field, _cut(sent), _cut(held), _PLUGIN, harmless)

    def _date(self) -> Iterator[Difference]:
        sent, held = self._wish.published, self._held.published
        if sent is None or (held is not None and utc(sent) == utc(held)):
            return
        cause = "A plugin of the site sets its own dates, or this account may not set them."
        yield Difference("published", utc(sent), utc(held) if held else "", cause)

    def _names(
        self, field: str, sent: tuple[str, ...], held: tuple[str, ...]
    ) -> Iterator[Difference]:
        if sorted(map(fold, sent)) == sorted(map(fold, held)):
            return
        default = field == "category" and not sent and len(held) == 1
        cause = (
            "WordPress files a post without a category under the site's default one."
            if default
            else "This account may not give posts this category or tag, or a plugin adds its own."
        )
        yield Difference(field, ", ".join(sent), ", ".join(held), cause, default)

    def _image(self) -> Iterator[Difference]:
        sent = self._wish.image if self._wish.image.isdecimal() else ""
        if sent != self._held.image:
            cause = "The picture was deleted there, or this account may not use it."
            yield Difference("image", sent, self._held.image, cause)
        elif sent and self._wish.image_alt != self._held.image_alt:
            yield self._image_alt(self._wish.image_alt, self._held.image_alt)

    def _image_alt(self, sent: str, held: str) -> Difference:
        """Return how alternative texts differ, which fails no post: it is the picture's."""
        if not sent:  # the source says nothing of it
            return Difference("image_alt", sent, held, _OF_ALL, harmless=True)
        if _loose(sent) == _loose(held):
            return Difference("image_alt", sent, held, _NO_HTML, harmless=True)
        without = _loose(_TAG.sub("", sent)) == _loose(held)
        cause = _NO_HTML if without else _OF_ALL
        there = f"the alternative text “{_cut(held)}”" if held else "no alternative text"
        tell = f"Its picture has {there} there. {cause}"
        return Difference("image_alt", sent, held, cause, True, tell)

    def _body(self) -> Iterator[Difference]:
        part = find_part(self._content)
        body = without_part(self._content, part)
        block = part.block if part else ""
        if self._held.key != self._wish.key or self._held.text != self._wish.text:
            cause = "Our mark did not stay in the text: " + self._markup
            yield Difference("mark", self._wish.key, self._held.key, cause)
        yield from self._markup_of("body", body, self._held.body)
        yield from self._markup_of("links", block, self._held.block)
        data = tuple(one_line(each) for each in (part.data if part else ()))
        if "\n".join(data) != self._held.data:
            yield Difference("data", _cut("\n".join(data)), _cut(self._held.data), self._markup)

    def _markup_of(self, field: str, sent: str, held: str) -> Iterator[Difference]:
        if sent == held:
            return
        if _loose(sent) == _loose(held):
            yield Difference(field, *_around(sent, held), _SPELLING, True)
        else:
            yield Difference(field, *_around(sent, held), self._markup)


def _loose(markup: str) -> str:
    """Return markup without what may be written in several ways."""
    return " ".join(unescape(_SLASH.sub("/>", markup)).split())


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _around(sent: str, held: str) -> tuple[str, str]:
    """Return what stands around the first place where two texts differ."""
    place = next(
        (at for at, (one, other) in enumerate(zip(sent, held, strict=False)) if one != other),
        min(len(sent), len(held)),
    )
    start = max(0, place - 60)
    return _cut(sent[start:]), _cut(held[start:])
