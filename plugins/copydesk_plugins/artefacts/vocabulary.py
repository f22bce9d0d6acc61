"""The vocabulary of the artefacts rules, read from the data files when first needed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from copydesk.api import Phrases, read_phrases

_DATA = Path(__file__).resolve().parent / "data"


def _read(name: str) -> str:
    return (_DATA / name).read_text("utf-8")


@lru_cache(maxsize=1)
def pager_marks() -> frozenset[tuple[str, ...]]:
    """Return the words of pagers, each as a tuple of words."""
    lines = (line.partition("#")[0].split() for line in _read("pager.txt").splitlines())
    return frozenset(tuple(words) for words in lines if words)


@lru_cache(maxsize=1)
def widgets() -> dict[str, str]:
    """Return the words of comment and share widgets with their language, or "doubtful"."""
    return {
        phrase: language
        for language, phrases in read_phrases(_read("widgets.txt")).items()
        for phrase in phrases
    }


@lru_cache(maxsize=1)
def chatbot_sections() -> dict[str, list[str]]:
    """Return the sections of the chatbot vocabulary."""
    return read_phrases(_read("chatbot.txt"))


@lru_cache(maxsize=1)
def chatbot() -> Phrases:
    """Return the chatbot vocabulary, ready to be found in words."""
    sections = dict(chatbot_sections())
    sections.pop("mark")  # not words: looked for letter by letter
    return Phrases(sections)
