"""The vocabulary of the artefacts rules, read from the data files when first needed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from copydesk.api import Phrases, read_phrases

_DATA = Path(__file__).resolve().parent / "data"


class Widget(NamedTuple):
    """What is known of the words of a widget: their language, and where they count.

    `where` is empty for below the last sentence of a post; else see the data file.
    """

    language: str
    where: str


def _read(name: str) -> str:
    return (_DATA / name).read_text("utf-8")


@lru_cache(maxsize=16)
def sections(name: str) -> dict[str, list[str]]:
    """Return the sections of a data file by its name without the ending."""
    return read_phrases(_read(f"{name}.txt"))


@lru_cache(maxsize=32)
def words_in(name: str, section: str) -> frozenset[str]:
    """Return the entries of one section, to look lines or words up in."""
    return frozenset(sections(name)[section])


@lru_cache(maxsize=1)
def pager_marks() -> frozenset[tuple[str, ...]]:
    """Return the words of pagers, each as a tuple of words."""
    lines = (line.partition("#")[0].split() for line in _read("pager.txt").splitlines())
    return frozenset(tuple(words) for words in lines if words)


@lru_cache(maxsize=1)
def widgets() -> dict[str, Widget]:
    """Return the words of comment and share widgets that stand alone on a line."""
    found = {}
    for section, phrases in sections("widgets").items():
        language, _, where = section.partition(", ")
        if where != "begins":
            for phrase in phrases:
                found.setdefault(phrase, Widget(language, where))
    return found


@lru_cache(maxsize=1)
def widget_beginnings() -> dict[str, list[tuple[str, str]]]:
    """Return what lines of widgets begin with, and the language, by the first four letters."""
    found: dict[str, list[tuple[str, str]]] = {}
    for section, phrases in sections("widgets").items():
        language, _, where = section.partition(", ")
        if where == "begins":
            for phrase in phrases:
                found.setdefault(phrase[:4], []).append((phrase, language))
    return found


@lru_cache(maxsize=1)
def chatbot() -> Phrases:
    """Return the chatbot vocabulary, ready to be found in words."""
    # Marks are not words: they are looked for letter by letter.
    return Phrases({name: each for name, each in sections("chatbot").items() if name != "mark"})


@lru_cache(maxsize=1)
def chatbot_beginnings() -> frozenset[str]:
    """Return the words that sentences of chatbots begin with."""
    spoken = ("phrase", "fond", "opening", "closing")
    return frozenset(
        phrase.split()[0] for section in spoken for phrase in sections("chatbot")[section]
    )


@lru_cache(maxsize=1)
def placeholders() -> Phrases:
    """Return the words that stand where text was to come."""
    return Phrases({"sure": sections("placeholders")["sure"]})


@lru_cache(maxsize=1)
def order() -> Phrases:
    """Return the words that name a post by its place among others."""
    return Phrases({name: each for name, each in sections("order").items() if name != "hint"})


@lru_cache(maxsize=1)
def tracking() -> Phrases:
    """Return the names of parameters that follow readers, ready to be found one by one."""
    return Phrases({name: sections("tracking")[name] for name in ("click", "campaign")})
