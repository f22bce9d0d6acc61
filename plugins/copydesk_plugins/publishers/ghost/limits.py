"""What fits into Ghost's fields: nothing is ever cut in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from copydesk_plugins.publishers.cms.remote import Refused
from copydesk_plugins.publishers.ghost.answers import Where


class Misfit(NamedTuple):
    """A field that Ghost has no room for: its name, what is wrong, and the way out."""

    name: str
    message: str
    help: str


class _Limit(NamedTuple):
    field: str
    most: int
    name: str
    way_out: str


_LIMITS = (
    _Limit("title", 255, "title", "Give it a shorter title."),
    _Limit("slug", 191, "slug", "Give it a shorter slug."),
    _Limit(
        "custom_excerpt",
        300,
        "description",
        "Shorten the description in the front matter; search engines show about 160 signs anyway.",
    ),
    _Limit("feature_image_alt", 191, "image_alt", "Shorten the text for the picture."),
    _Limit("feature_image", 2000, "image", "Give the picture a shorter address."),
    _Limit("canonical_url", 2000, "canonical", "Give it a shorter canonical address."),
    _Limit(
        "codeinjection_head",
        65535,
        "structured data",
        "Turn it off: [enrichers.structured-data] with show = false.",
    ),
)
_LONGEST_TAG = 191


def misfits(fields: Mapping[str, Any]) -> Iterator[Misfit]:
    """Yield what does not fit of the fields that are to be sent."""
    for field, most, name, way_out in _LIMITS:
        size = len(fields.get(field) or "")
        if size > most:
            message = f"the {name} has {size:,} signs, and Ghost takes {most:,} at most"
            yield Misfit(name, message, way_out)
    if any(len(tag.get("name", "")) > _LONGEST_TAG for tag in fields.get("tags", ())):
        message = f"a tag has more than {_LONGEST_TAG} signs, and Ghost takes no longer one"
        yield Misfit("tags", message, "Give the post a shorter tag or category.")
    if "title" in fields and not str(fields["title"] or "").strip():
        message = "it has no title, and Ghost takes no post without one"
        yield Misfit("title", message, "Give it one.")


def require_fit(where: Where, fields: Mapping[str, Any]) -> None:
    """Raise Refused for the first field that does not fit."""
    for misfit in misfits(fields):
        raise Refused(where.failure(misfit.message, misfit.help))
