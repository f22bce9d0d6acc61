"""The name that somebody may have meant: one that differs in a single letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

#: Longer names are not compared: nobody types them.
_LONGEST = 80


class Names:
    """Names to find a slip of the pen among.

    Two names that differ in one letter are the same with that letter left out, so each name is
    kept under all of its shorter forms; comparing all with all would take hours for a large site.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names

    def near(self, name: str) -> str:
        """Return a name that differs in one letter more, less or changed, or nothing."""
        return next((found for form in _forms(name) if (found := self._by_form.get(form))), "")

    @cached_property
    def _by_form(self) -> dict[str, str]:
        return {form: name for name in self._names for form in _forms(name)}


def _forms(name: str) -> Iterator[str]:
    """Yield a name in small letters, and then without each of them in turn."""
    small = name.casefold()
    if 3 < len(small) <= _LONGEST:
        yield small
        yield from (small[:at] + small[at + 1 :] for at in range(len(small)))
