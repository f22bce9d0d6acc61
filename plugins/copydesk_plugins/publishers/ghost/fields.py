"""From a wish to the fields that Ghost is sent, and what does not fit into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from copydesk_plugins.publishers.cms.remote import Held, Refused, Wish
from copydesk_plugins.publishers.ghost.answers import Where
from copydesk_plugins.publishers.ghost.documents import written
from copydesk_plugins.publishers.ghost.head import Head, with_head
from copydesk_plugins.publishers.ghost.keys import tag_name
from copydesk_plugins.publishers.ghost.lexical import build
from copydesk_plugins.publishers.ghost.reading import is_internal

#: A scheduled post needs its hour at least this far ahead.
AHEAD = timedelta(minutes=5)


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


def fields_of(wish: Wish, tags: Sequence[Mapping[str, Any]], head: str) -> dict[str, Any]:
    """Return all fields but slug, state and date; `head` is the code that others put there."""
    data = Head(wish.text, wish.data, category=bool(wish.category))
    return {
        "title": wish.title,
        "lexical": written(build(wish.body, wish.block)),
        "custom_excerpt": wish.description or None,
        "feature_image": wish.image or None,
        "feature_image_alt": wish.image_alt or None if wish.image else None,
        "canonical_url": wish.canonical or None,
        "codeinjection_head": with_head(head, data),
        "tags": [dict(tag) for tag in tags],
    }


def tag_list(wish: Wish, names: Mapping[str, str], held: Held | None) -> list[Mapping[str, Any]]:
    """Return the tags to send: the category first, then tags, then those that nobody sees.

    `names` maps folded names to those that Ghost knows. Internal tags of others stay.
    """
    wanted = dict.fromkeys((*wish.category, *wish.tags))
    tags = [{"name": names.get(name.casefold(), name)} for name in wanted]
    ours = tag_name(wish.key)
    others = held.raw["tags"] if held else ()
    tags += [{"id": tag["id"]} for tag in others if is_internal(tag) and tag["name"] != ours]
    return [*tags, {"name": ours}]


def require_fit(where: Where, fields: Mapping[str, Any]) -> None:
    """Raise Refused for what Ghost has no room for; nothing is ever cut in silence."""
    for limit in _LIMITS:
        size = len(fields.get(limit.field) or "")
        if size > limit.most:
            raise Refused(
                where.failure(
                    f"the {limit.name} has {size:,} signs, and Ghost takes {limit.most:,} at most",
                    limit.way_out,
                )
            )
    for tag in fields.get("tags", ()):
        if len(tag.get("name", "")) > _LONGEST_TAG:
            raise Refused(
                where.failure(
                    f"a tag has more than {_LONGEST_TAG} signs, and Ghost takes no longer one",
                    "Give the post a shorter tag or category.",
                )
            )
    if not (fields.get("title", "x") or "").strip():
        raise Refused(
            where.failure("it has no title, and Ghost takes no post without one", "Give it one.")
        )


def utc(moment: datetime) -> str:
    """Return a moment as Ghost writes it."""
    moment = moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    return moment.isoformat() + ".000Z"


def date_for(held: Held | None, wish: Wish, now: datetime) -> dict[str, str]:
    """Return the date to send beside a text, where that publishes nothing and moves no hour.

    A draft is given no date to come: pressing Publish on it would then do something else.
    """
    if wish.published is None:
        return {}
    past = wish.published <= now
    state = held.state if held else "draft"
    fits = past if state != "scheduled" else wish.published >= now + AHEAD
    return {"published_at": utc(wish.published)} if fits else {}
