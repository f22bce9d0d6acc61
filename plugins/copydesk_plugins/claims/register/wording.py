"""Wordings compared: what counts as the same text, and which words nobody may change."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from copydesk.api import words

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff"),
    }
)
_ENDS = " .!…:;,"


@cache
def _listed(name: str) -> frozenset[str]:
    """Return the words of a list beside this file; lines that begin with # are notes."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return frozenset(
        word for line in text.splitlines() if not line.startswith("#") for word in line.split()
    )


def normal(text: str) -> str:
    """Return what two texts share that differ in case, spaces, quotes and final marks only."""
    plain = unicodedata.normalize("NFC", text).translate(_SAME)
    return " ".join(plain.casefold().split()).strip("\"' ").rstrip(_ENDS).rstrip("\"' ")


class Kept(NamedTuple):
    """What may not change in a wording: its figures in order, and those of `kept-words.txt`."""

    figures: tuple[str, ...]
    words: frozenset[str]


def kept(text: str) -> Kept:
    """Return what may not change in a text."""
    found = keys(text)
    figures = tuple(each for each in found if any(char.isdigit() for char in each))
    return Kept(figures, _listed("kept-words.txt") & frozenset(found))


def keys(text: str) -> tuple[str, ...]:
    """Return the words of a text in one form each; "isn't" is read as "not"."""
    plain = normal(text)
    found = []
    for word in words(plain):
        key = word.text
        if key.endswith("n't"):
            key = "not"
        elif key.endswith("'s"):
            key = key[:-2]
        elif key[-1].isdigit() and plain[word.end : word.end + 2].lstrip().startswith("%"):
            key += "%"
        found.append(key)
    return tuple(found)


def content(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about."""
    return frozenset(keys(text)) - _listed("empty-words.txt")


def phrase(text: str) -> str:
    """Return the words of a text with a blank around each, to be found in those of another."""
    return f" {' '.join(keys(text))} "
