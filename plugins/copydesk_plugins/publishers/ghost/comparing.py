"""What was sent and what is held now: every field that differs, with the likeliest cause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk_plugins.publishers.cms.remote import Difference, Held, Wish
from copydesk_plugins.publishers.ghost.documents import normal_block, own_address, plain
from copydesk_plugins.publishers.ghost.fields import utc
from copydesk_plugins.publishers.ghost.head import canonical
from copydesk_plugins.publishers.ghost.lexical import build

_TWIN = re.compile(r"-\d{1,4}\Z")
_SHOWN = 300
_SOMEBODY = (
    "Somebody may have saved it in Ghost at the same time, or a service changes posts there."
)


def differences(held: Held, wish: Wish, public: str) -> tuple[Difference, ...]:
    """Return every difference, in the order in which people look at a post."""
    return (
        *_slug(wish.slug, held.slug),
        *_field("title", wish.title.strip(), held.title.strip()),
        *_field("description", wish.description.strip(), held.description.strip()),
        *_date(held, wish),
        *_terms(held, wish),
        *_field("image", own_address(wish.image, public), held.image),
        *_field("image_alt", wish.image_alt if wish.image else "", held.image_alt),
        *_field("canonical", own_address(wish.canonical, public), held.canonical),
        *_mark(held, wish),
        *_body(held, wish, public),
        *_field("links", normal_block(wish.block, public).strip(), held.block.strip()),
        *_field("data", "\n".join(canonical(each) for each in wish.data), held.data),
    )


def _field(name: str, sent: str, held: str, cause: str = _SOMEBODY) -> Iterator[Difference]:
    if sent != held:
        yield Difference(name, *_around(sent, held), cause)


def _slug(sent: str, held: str) -> Iterator[Difference]:
    cause = "Ghost writes addresses in small letters and leaves out what it does not allow in them."
    if held.startswith(sent) and _TWIN.fullmatch(held[len(sent) :]):
        cause = (
            f"Something else stands at “{sent}” already, so Ghost added a number: another post, "
            "or a name that Ghost keeps for itself."
        )
    if sent:
        yield from _field("slug", sent, held, cause)


def _date(held: Held, wish: Wish) -> Iterator[Difference]:
    """Compare the date of what visitors see; a draft gets its date when it goes live."""
    if held.state == "public" and wish.published is not None:
        sent, there = utc(wish.published), utc(held.published) if held.published else ""
        yield from _field("published", sent, there)


def _terms(held: Held, wish: Wish) -> Iterator[Difference]:
    sent, there = _folded((*wish.category, *wish.tags)), _folded((*held.category, *held.tags))
    if sorted(sent) != sorted(there):
        yield Difference("tags", ", ".join(sent), ", ".join(there), _SOMEBODY)
    elif wish.category and sent[:1] != there[:1]:
        cause = "Ghost takes the first tag for the category, and another one came first."
        yield Difference("category", sent[0], there[0], cause)


def _folded(names: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(name.strip().casefold() for name in names))


def _mark(held: Held, wish: Wish) -> Iterator[Difference]:
    if held.key != wish.key:
        cause = "The internal tag that carries our id was taken off the post in Ghost."
        yield Difference("mark", wish.key, held.key, cause)
    elif held.text != wish.text:
        cause = "Our line in the code for the page's head was taken out in Ghost."
        yield Difference("mark", wish.text, held.text, cause)


def _body(held: Held, wish: Wish, public: str) -> Iterator[Difference]:
    sent = plain(build(wish.body)["root"]["children"], public)
    yield from _field("body", sent, held.body)


def _around(sent: str, held: str) -> tuple[str, str]:
    """Return what stands around the first place where two texts differ."""
    place = next(
        (at for at, (one, other) in enumerate(zip(sent, held, strict=False)) if one != other),
        min(len(sent), len(held)),
    )
    start = max(0, place - 60) if place > _SHOWN // 2 else 0
    return _cut(sent[start:]), _cut(held[start:])


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
