"""Words as they are compared when two posts may be about the same: forms, order, hyphens."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from copydesk.api import read_phrases, stem

_DATA = Path(__file__).resolve().parent / "data" / "english.txt"
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
#: Words without the marks that join them: hyphens and the like make two of one.
_WORD = re.compile(r"[^\W_]+")


class Words(NamedTuple):
    """The words of a title or keyphrase, and those that number posts of a row."""

    said: frozenset[str]
    row: frozenset[str]


def words_of(text: str, language: str) -> Words:
    """Return what a text says, without order, forms and little words.

    Forms and little words are known for English; of other languages the words stay as they are.
    """
    found = _WORD.findall(_folded(text))
    row = frozenset(each for each in found if not each.isalpha() and any(map(str.isdigit, each)))
    if language.replace("_", "-").partition("-")[0].lower() != "en":
        return Words(frozenset(found) - row, row)
    lists = _lists()
    row |= lists["row"].intersection(found)
    said = frozenset(stem(each) for each in found if each not in lists["little"]) - row
    return Words(said or frozenset(found) - row, row)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)


@cache
def _lists() -> dict[str, frozenset[str]]:
    sections = read_phrases(_DATA.read_text("utf-8"))
    return {name: frozenset(lines) for name, lines in sections.items()}
