"""The phrases of rules about wording, from `data/*.txt`, as sections of the engine's vocabulary."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from copydesk.api import Phrases, read_phrases

#: What their names begin with in the vocabulary of the engine.
PREFIX = "wording."
#: Sections that are asked for word by word, through `single_words`.
_WORD_LISTS = frozenset({"number", "rate", "research-topic", "total-what"})
_DATA = Path(__file__).resolve().parent.parent / "data"
#: Phrases of a rule that looks at whole posts, and needs nothing of the engine.
_APART = frozenset({"crisis.txt"})


def _read(path: Path) -> dict[str, list[str]]:
    return read_phrases(path.read_text("utf-8"))


@lru_cache(maxsize=1)
def sections() -> dict[str, list[str]]:
    """Return the phrases of every section that the engine finds for the rules about wording."""
    found: dict[str, list[str]] = {}
    for path in sorted(_DATA.glob("*.txt")):
        if path.name not in _APART:
            found.update(_read(path))
    return found


def phrase_sections() -> dict[str, list[str]]:
    """Return the sections that are found as phrases, under their prefixed names."""
    return {PREFIX + name: each for name, each in sections().items() if name not in _WORD_LISTS}


@lru_cache(maxsize=64)
def single_words(section: str) -> frozenset[str]:
    """Return the phrases of a section that are one whole word."""
    return frozenset(each for each in sections()[section] if " " not in each and "*" not in each)


@lru_cache(maxsize=1)
def crisis_sections() -> dict[str, list[str]]:
    """Return the phrases of the rule `claims.crisis-line` by section."""
    return _read(_DATA / "crisis.txt")


@lru_cache(maxsize=1)
def crisis_phrases() -> Phrases:
    """Return the phrases of the rule `claims.crisis-line`, ready to be found."""
    return Phrases(crisis_sections())
