"""A term of a pack, the slots that it may fill, and its forms in a text."""

from __future__ import annotations

from typing import NamedTuple

#: What a row of a pack may say a term is, in the order of the documentation.
SLOTS = ("treatment", "condition", "body", "outcome", "exposure", "risk", "indication")
#: Rows that say something of a treatment, and come on top of the one slot that a term has.
ABOUT = frozenset({"risk", "indication"})

Words = tuple[str, ...]


class Term(NamedTuple):
    """One row of a pack.

    `words` are in lower case; a word that ends in `*` stands for every word that begins so.
    `means` is the one name that all ways of saying it share. `of` names the treatment that a
    risk or an indication belongs to. `pack` and `row` say where it stands, as the spreadsheet
    counts rows.
    """

    slot: str
    words: Words
    means: str
    of: str = ""
    source: str = ""
    note: str = ""
    pack: str = ""
    row: int = 0

    @property
    def text(self) -> str:
        """The term as people read it."""
        return " ".join(self.words)


def forms(words: Words) -> tuple[Words, ...]:
    """Return the words as they are, and with the last of them in the plural."""
    last = words[-1]
    if last.endswith("*"):
        return (words,)
    many = plural(last)
    return (words,) if many == last else (words, (*words[:-1], many))


def plural(word: str) -> str:
    """Return the plural of a noun by its ending; one that looks like a plural stays as it is.

    A form that nobody uses does no harm: no text has it.
    """
    end = word[-1]
    if end == "s":
        if word.endswith("is"):
            return word[:-2] + "es"
        return word + "es" if word.endswith(("ss", "us")) else word
    if end == "y":
        return word + "s" if word[-2:-1] in "aeiou" else word[:-1] + "ies"
    if end in "xz" or word.endswith(("ch", "sh")):
        return word + "es"
    return word + "s" if end.isalpha() else word
