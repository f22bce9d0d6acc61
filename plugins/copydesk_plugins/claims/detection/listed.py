"""Lists of words as text, which people read and change more easily than quoted words."""

from __future__ import annotations


def listed(words: str) -> frozenset[str]:
    """Return the words of a text with blanks between them."""
    return frozenset(words.split())
