"""What an import wants to know of a Ghost beside its posts: authors, cards, who may read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from copydesk_plugins.publishers.cms.exporting import Details
from copydesk_plugins.publishers.cms.remote import Held
from copydesk_plugins.publishers.ghost.addresses import with_query
from copydesk_plugins.publishers.ghost.api import Api
from copydesk_plugins.publishers.ghost.reading import Odd, moment
from copydesk_plugins.publishers.losses import losses_of

_PAGE = 100
_MOST = 16 * 1024 * 1024
_MEMBERS = "Only members may read it there. Here it is a draft."
#: Parts of a text that Markdown has, too.
_PLAIN = frozenset(
    {
        *("paragraph", "heading", "extended-heading", "list", "quote", "extended-quote", "aside"),
        *("image", "codeblock", "horizontalrule", "html", "markdown", "text", "extended-text"),
    }
)
_NAMES = {"call-to-action": "call to action", "audio": "sound"}
_MOST_NAMED = 5


class GhostExporter:
    """Asks for the authors of all posts before the first one is handed out."""

    def __init__(self, api: Api, html: Callable[[Held], str]) -> None:
        self._api, self._html = api, html
        self._rows = self._read()

    def total(self) -> int:
        """Return how many posts there are."""
        return len(self._rows)

    def details(self, held: Held) -> Details:
        """Return what an import wants to know of a post."""
        author, visibility = self._rows.get(held.remote, ("", ""))
        html = self._html(held)
        try:
            updated = moment(held.revision)
        except Odd:
            updated = None
        closed = visibility not in ("", "public")
        return Details(
            html=html,
            author=author,
            updated=updated,
            image=held.image,
            closed=closed,
            notes=(_MEMBERS,) if closed else (),
            losses=(*_cards(held.raw), *losses_of(html, own_anchors=False)),
        )

    def _read(self) -> dict[str, tuple[str, str]]:
        found: dict[str, tuple[str, str]] = {}
        page = 1
        while True:
            query = with_query(
                "posts/",
                fields="id,visibility",
                include="authors",
                limit=_PAGE,
                page=page,
                order="id asc",
            )
            rows = (self._api.read(query, _MOST) or {}).get("posts")
            rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
            for row in rows:
                found[str(row.get("id"))] = (_author(row), str(row.get("visibility") or ""))
            if len(rows) < _PAGE:
                return found
            page += 1


def _author(row: Mapping[str, Any]) -> str:
    authors = row.get("authors")
    names = [
        " ".join(str(each.get("name") or "").split())
        for each in (authors if isinstance(authors, list) else ())
        if isinstance(each, dict)
    ]
    return ", ".join(each for each in names if each)


def _cards(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the cards that Markdown has no form for, counted and named."""
    try:
        root = json.loads(str(raw.get("lexical") or "{}")).get("root", {})
        children = root.get("children", [])
    except (ValueError, AttributeError, RecursionError):
        return ()
    kinds = Counter(
        str(each.get("type"))
        for each in children
        if isinstance(each, dict) and each.get("type") not in _PLAIN
    )
    if not kinds:
        return ()
    number = kinds.total()
    names = ", ".join(sorted(_NAMES.get(each, each) for each in kinds)[:_MOST_NAMED])
    return (f"{number} {'card' if number == 1 else 'cards'} ({names})",)
