"""The name that somebody may have meant: only one that is nearly the same."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

#: Names that begin with the same letters are compared; all with all would take hours.
_SAME = 3
_ALIKE = 0.85


class Names:
    """Names to find a slip of the pen among."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for name in names:
            self._by_start.setdefault(name[:_SAME].casefold(), []).append(name)

    def near(self, name: str) -> str:
        """Return the nearest name, or nothing where none is near."""
        known = self._by_start.get(name[:_SAME].casefold(), [])
        return next(iter(get_close_matches(name, known, 1, _ALIKE)), "")
