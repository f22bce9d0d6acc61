"""From a wish to the fields that Ghost is sent, and what does not fit into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from copydesk_plugins.publishers.cms.remote import Held, Wish
from copydesk_plugins.publishers.ghost.documents import written
from copydesk_plugins.publishers.ghost.head import Head, with_head
from copydesk_plugins.publishers.ghost.keys import tag_name
from copydesk_plugins.publishers.ghost.lexical import build
from copydesk_plugins.publishers.ghost.reading import is_internal

#: A scheduled post needs its hour at least this far ahead.
AHEAD = timedelta(minutes=5)


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
    folded = {name.casefold(): name for name in reversed((*wish.category, *wish.tags)) if name}
    wanted = dict.fromkeys(name.casefold() for name in (*wish.category, *wish.tags) if name)
    tags = [{"name": names.get(each, folded[each])} for each in wanted]
    ours = tag_name(wish.key)
    others = held.raw["tags"] if held else ()
    tags += [{"id": tag["id"]} for tag in others if is_internal(tag) and tag["name"] != ours]
    return [*tags, {"name": ours}]


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
