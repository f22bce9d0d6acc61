"""The vocabulary of the artefacts rules, read from the data files when first needed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from copydesk.api import Phrases, read_phrases

#: What parts words, as blanks. Rarer signs stay in their words: no vocabulary holds such words.
_BLANKS = {at: " " for at in range(128) if not chr(at).isalnum()}
_BLANKS.update(dict.fromkeys(map(ord, "‘’“”„«»‹›–—…·•→←\u00a0¡¿"), " "))
_DATA = Path(__file__).resolve().parent / "data"


class Widget(NamedTuple):
    """What is known of the words of a widget: their language, and where they count.

    `where` is empty for below the last sentence of a post; else see the data file.
    """

    language: str
    where: str


class Vocabulary:
    """Phrases or marks, and a quick answer to which of them a text can hold at all.

    Most posts hold none. A phrase can only be there if each of its words is, and a few looks
    into the set of a post's words cost less than one search through its text.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._known: list[tuple[str, str, frozenset[str]]] = []
        for phrase in phrases:
            whole = " ".join(word for word in phrase.split() if not word.endswith("*"))
            hint = max(parts_of(phrase), key=len, default="")
            self._known.append((phrase, hint, frozenset(parts_of(whole))))

    def possible(self, words: frozenset[str]) -> list[str]:
        """Return the phrases that a text with these words may hold."""
        return [phrase for phrase, _, needs in self._known if needs <= words]

    def hints(self, words: frozenset[str]) -> frozenset[str]:
        """Return the longest part of each phrase that may be there: no sentence without has one."""
        return frozenset(hint for _, hint, needs in self._known if needs <= words)


def parts_of(text: str) -> list[str]:
    """Return the runs of letters and digits of a text."""
    return text.translate(_BLANKS).split()


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
    found: dict[str, Widget] = {}
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


@lru_cache(maxsize=32)
def vocabulary(name: str, *chosen: str) -> Vocabulary:
    """Return some sections of a data file, to be held against the words of a post."""
    return Vocabulary(phrase for section in chosen for phrase in sections(name)[section])


@lru_cache(maxsize=16)
def phrases(name: str, *chosen: str) -> Phrases:
    """Return some sections of a data file, ready to be found in words; all if none is named."""
    known = sections(name)
    return Phrases({section: known[section] for section in chosen or known})


@lru_cache(maxsize=1)
def chatbot() -> Phrases:
    """Return the chatbot vocabulary, ready to be found in words."""
    # Marks are not words: they are looked for letter by letter.
    letters = ("mark", "source", "stuck", "stuck-hint")
    return phrases("chatbot", *(name for name in sections("chatbot") if name not in letters))


def chat_marks(lowered: str, words: frozenset[str]) -> list[str]:
    """Return the marks of chat windows that a text may hold, given in small letters and words."""
    marks = vocabulary("chatbot", "mark", "source").possible(words)
    known = sections("chatbot")
    if any(hint in lowered for hint in known["stuck-hint"]):
        marks += known["stuck"]
    return marks
