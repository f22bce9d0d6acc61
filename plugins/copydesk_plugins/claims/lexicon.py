"""The vocabulary of the claims rules: all data files as one set of phrases, loaded once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from copydesk.api import Phrases, read_phrases

#: Sections that are asked for word by word, through `single_words`.
_WORD_LISTS = frozenset({"agent", "modal", "number", "rate", "research-topic", "total-what"})
_DATA = Path(__file__).resolve().parent / "data"


@lru_cache(maxsize=1)
def sections() -> dict[str, list[str]]:
    """Return the phrases of every section of every data file."""
    found: dict[str, list[str]] = {}
    for path in sorted(_DATA.glob("*.txt")):
        for name, phrases in read_phrases(path.read_text("utf-8")).items():
            found.setdefault(name, []).extend(phrases)
    return found


@lru_cache(maxsize=1)
def vocabulary() -> Phrases:
    """Return all sections, ready to be found in a text."""
    return Phrases({name: each for name, each in sections().items() if name not in _WORD_LISTS})


@lru_cache(maxsize=64)
def single_words(section: str) -> frozenset[str]:
    """Return the phrases of a section that are one whole word."""
    return frozenset(each for each in sections()[section] if " " not in each and "*" not in each)
