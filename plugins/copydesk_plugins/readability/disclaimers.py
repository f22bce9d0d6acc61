"""Tells whether a block is a disclaimer, whose words nobody chose for this post."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from copydesk.api import read_phrases

_WORDS = Path(__file__).resolve().parent / "data" / "disclaimers.txt"
_HEADINGS = frozenset({"disclaimer", "medical disclaimer", "legal disclaimer", "disclaimers"})


def is_disclaimer(text: str) -> bool:
    """Say whether the text of a paragraph holds words that only disclaimers have."""
    lower = text.lower()
    for word, phrases in _phrases().items():
        if word in lower:
            spaced = " ".join(lower.split())
            if any(phrase in spaced for phrase in phrases):
                return True
    return False


def is_disclaimer_heading(name: str) -> bool:
    """Say whether the name of a heading, in small letters, announces a disclaimer."""
    return name in _HEADINGS


@cache
def _phrases() -> dict[str, list[str]]:
    return read_phrases(_WORDS.read_text("utf-8"))
