"""Loads packs by name or path into one tuple of terms, read once for all posts of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path

from copydesk.api import CopydeskError, Failure, did_you_mean
from copydesk_plugins.claims.packs.reading import Pack, read_pack
from copydesk_plugins.claims.packs.term import ABOUT, Term, forms

__all__ = ["PackErrors", "built_in_names", "forms", "load_packs", "read_builtin"]

Read = Callable[[str], str | None]

_HERE = Path(__file__).resolve().parent
#: Vocabularies beside the packs, with slots or columns of their own.
_NOT_PACKS = frozenset({"core", "absolutes"})
_GENERAL = "general"
_LONGEST_NAME = 60
#: One pack tells of twenty rows and counts the others.
_MOST_TOLD = 21


class PackErrors(CopydeskError):
    """Everything that is wrong with the packs of one site."""

    def __init__(self, failures: list[Failure]) -> None:
        super().__init__(failures[0])
        self.failures = failures


def load_packs(names: tuple[str, ...], read: Read) -> tuple[Term, ...]:
    """Return the terms of packs: built-in ones by name, a site's own by path; none means all.

    `read` returns the text of a file below the site's root, as `ctx.site_text` does. Where packs
    differ on a term, a site's own pack wins over a built-in one, that wins over `general`, and
    among equals the one named first. Raises PackErrors.
    """
    names = tuple(dict.fromkeys(names)) or built_in_names()
    texts = tuple(text_of(name, read) for name in names)
    terms, failures = _combined(names, texts)
    if failures:
        raise PackErrors(_told(failures))
    return terms


@lru_cache(maxsize=256)
def read_builtin(name: str) -> tuple[Term, ...]:
    """Return the terms of one file that comes with Copydesk; `core` has slots of its own."""
    pack = read_pack(name, f"{name}.csv", _builtin_text(name), any_slot=name in _NOT_PACKS)
    if pack.failures:
        raise PackErrors(list(pack.failures))
    return pack.terms


@cache
def built_in_names() -> tuple[str, ...]:
    """Return the names of the built-in packs in alphabetical order."""
    found = (path.stem for path in _HERE.glob("*.csv"))
    return tuple(sorted(name for name in found if name not in _NOT_PACKS))


def is_path(name: str) -> bool:
    """Say whether a name means a file of the site, and not a built-in pack."""
    return name.lower().endswith(".csv")


def text_of(name: str, read: Read) -> str:
    """Return the text of a pack; raises CopydeskError where there is none."""
    if not is_path(name):
        if name not in built_in_names():
            raise CopydeskError(_unknown(name))
        return _builtin_text(name)
    try:
        text = read(name)
    except ValueError:
        raise CopydeskError(
            Failure(
                "config",
                "lies outside the site, so the pack was not read",
                "Put it into the site's folder and name it from there, such as packs/own.csv.",
                name,
            )
        ) from None
    if text is None:
        raise CopydeskError(
            Failure(
                "config",
                "is not there, so the pack was not read",
                "Put the file where this says, or take its name out of the packs.",
                name,
            )
        )
    return text


@cache
def _builtin_text(name: str) -> str:
    return (_HERE / f"{name}.csv").read_text("utf-8")


@lru_cache(maxsize=64)
def parsed(name: str, text: str) -> Pack:
    """Return what a pack holds, good and bad; the same text is read once."""
    return read_pack(name, name if is_path(name) else f"{name}.csv", text)


@lru_cache(maxsize=8)
def _combined(
    names: tuple[str, ...], texts: tuple[str, ...]
) -> tuple[tuple[Term, ...], tuple[Failure, ...]]:
    packs = [parsed(name, text) for name, text in zip(names, texts, strict=True)]
    failures = tuple(each for pack in packs for each in pack.failures)
    return _settled(term for pack in packs for term in pack.terms), failures


def _told(failures: tuple[Failure, ...]) -> list[Failure]:
    """Return as many failures as people can mend at a time."""
    if len(failures) <= _MOST_TOLD:
        return list(failures)
    more = "more rows of the packs cannot be used"
    help = "Mend these first, then see the others with `copydesk packs check`."
    return [*failures[: _MOST_TOLD - 1], Failure("config", more, help)]


def _settled(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Keep one row of each term: that of the pack that knows best."""
    best: dict[object, Term] = {}
    for term in terms:
        key = (term.slot, term.of, term.words) if term.slot in ABOUT else term.words
        known = best.get(key)
        if known is None or rank(term.pack) > rank(known.pack):
            best[key] = term
    return tuple(best.values())


def rank(pack: str) -> int:
    """Return how special a pack is: the site's own most, `general` least."""
    return 2 if is_path(pack) else int(pack != _GENERAL)


def _unknown(name: str) -> Failure:
    hint = did_you_mean(name.lower()[:_LONGEST_NAME], built_in_names())
    return Failure(
        "config",
        f"there is no pack {name!r}",
        f"{hint} A pack of your own is the path of a file that ends in .csv.",
    )
