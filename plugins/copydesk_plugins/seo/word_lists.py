"""The word lists of the seo rules, read from the data file when first needed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from copydesk.api import read_phrases

_DATA = Path(__file__).resolve().parent / "data" / "words.txt"


@lru_cache(maxsize=1)
def _sections() -> dict[str, frozenset[str]]:
    read = read_phrases(_DATA.read_text("utf-8"))
    return {name: frozenset(phrases) for name, phrases in read.items()}


def generic_link(text: str) -> bool:
    """Say whether the text of a link says nothing about where it leads."""
    return " ".join(text.split()).casefold().strip(" .:!…»›→>[]()") in _sections()["generic"]


def picture_words(text: str) -> str:
    """Return the needless words that an alternative text begins with, or nothing."""
    words = text.casefold().split()
    beginnings = (" ".join(words[:size]) for size in (3, 2))
    return next((each for each in beginnings if each in _sections()["picture"]), "")


def function_words() -> frozenset[str]:
    """Return the words that a keyphrase may have and a place need not repeat."""
    return _sections()["function"]


def dated_words() -> frozenset[str]:
    """Return the words that, beside a year in a title, date the whole post."""
    return _sections()["dated"]
