"""Categories and tags: WordPress knows them by number, people by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape, unescape
from typing import Any, Literal

from copydesk_plugins.publishers.cms.remote import Refused
from copydesk_plugins.publishers.wordpress import shapes
from copydesk_plugins.publishers.wordpress.api import Api, Denied, Reply

Kind = Literal["categories", "tags"]
_PAGE = 100
_FIELDS = "id,name,parent"
_MADE_THERE = "term_exists"


def fold(name: str) -> str:
    """Return a name as names are compared: WordPress stores `&` escaped, and case is no matter."""
    return " ".join(unescape(name).split()).casefold()


class Terms:
    """The terms of one kind, asked for when they are needed and then remembered."""

    def __init__(self, api: Api, kind: Kind) -> None:
        self._api = api
        self._kind: Kind = kind
        self.names: dict[int, str] = {}
        self._numbers: dict[str, int] = {}

    def learn(self, numbers: Iterable[int]) -> None:
        """Ask for the names of all these numbers that are not known yet."""
        missing = sorted(set(numbers) - self.names.keys())
        for start in range(0, len(missing), _PAGE):
            some = ",".join(map(str, missing[start : start + _PAGE]))
            for number, name, _ in self._ask({"include": some}):
                self.names[number] = name

    def number(self, name: str) -> int:
        """Return the number of a name, made there where nobody made it yet.

        Raises Refused where this account may not, and Unclear.
        """
        wanted = fold(name)
        if wanted not in self._numbers:
            found = self._look(name)
            self._numbers[wanted] = found if found is not None else self._make(name)
            self.names.setdefault(self._numbers[wanted], " ".join(unescape(name).split()))
        return self._numbers[wanted]

    def _look(self, name: str) -> int | None:
        hits = []
        for searched in dict.fromkeys((name, escape(name, quote=False))):
            for number, found, parent in self._ask({"search": searched}):
                if fold(found) == fold(name):
                    hits.append((bool(parent), number))
                    self.names[number] = found
        return min(hits)[1] if hits else None

    def _make(self, name: str) -> int:
        def take(reply: Reply) -> int:
            return shapes.number(reply.value, "id")

        try:
            return self._api.post(f"/wp/v2/{self._kind}", {"name": name}, take)
        except Denied as denied:
            there = shapes.field(denied.data, "term_id")
            if denied.code == _MADE_THERE and isinstance(there, int):
                return there
            raise self._may_not(name, denied) from None

    def _may_not(self, name: str, refused: Refused) -> Refused:
        what = "category" if self._kind == "categories" else "tag"
        return Refused(
            refused.failure._replace(
                message=f"{refused.failure.message}: the {what} “{name}” is not there",
                help=f"Ask somebody with the role Editor to make the {what} “{name}” on the site, "
                f"or take it out of the post.",
            )
        )

    def _ask(self, query: Mapping[str, str]) -> list[tuple[int, str, int]]:
        def take(reply: Reply) -> list[tuple[int, str, int]]:
            return [_term(row) for row in shapes.rows(reply.value)]

        return self._api.get(
            f"/wp/v2/{self._kind}", {**query, "per_page": _PAGE, "_fields": _FIELDS}, take
        )


def _term(row: Mapping[str, Any]) -> tuple[int, str, int]:
    parent = shapes.field(row, "parent")
    return (
        shapes.number(row, "id"),
        unescape(shapes.text(row, "name")),
        parent if isinstance(parent, int) else 0,
    )
