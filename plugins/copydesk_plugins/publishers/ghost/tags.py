"""The names that tags already have in Ghost, so that none is made twice."""

from __future__ import annotations

from copydesk_plugins.publishers.cms.remote import Held, Wish
from copydesk_plugins.publishers.ghost.addresses import literal, with_query
from copydesk_plugins.publishers.ghost.api import Api


def known_names(api: Api, wish: Wish, held: Held | None) -> dict[str, str]:
    """Return the tags of a wish that Ghost has, by folded name, as they are spelt there.

    Some databases tell `Sleep` from `sleep`, and Ghost would make a second tag. Tags that the post
    has already are not asked for.
    """
    known = {name.casefold(): name for name in (*held.category, *held.tags)} if held else {}
    missing = [name for name in (*wish.category, *wish.tags) if name.casefold() not in known]
    if not missing:
        return known
    filters = [f"(name:~^{literal(name)}+name:~${literal(name)})" for name in missing]
    query = with_query("tags/", limit=100, order="id desc", filter=",".join(filters))
    rows = (api.read(query) or {}).get("tags")
    names = [row.get("name") for row in rows if isinstance(row, dict)] if rows else []
    exact = [name for name in names if name in missing]
    for name in (*names, *exact):
        if isinstance(name, str):
            known[name.casefold()] = name
    return known
