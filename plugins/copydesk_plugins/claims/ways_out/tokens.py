"""The words of a unit in a row, with the marks between them."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.api import Unit, words
from copydesk_plugins.claims.ways_out.lexicon import listed

_CLAUSE_MARKS = frozenset(",;:–—(")
_LABEL_MARKS = frozenset({":", "–", "—", "-"})
_DEFINITE = frozenset({"the", "those", "these"})
#: A label ("Massage: eases ...") has no more words than this.
_LONGEST_LABEL = 4


class Token(NamedTuple):
    """A word of a unit: its place, its lower-case form, and the text between it and the last."""

    start: int
    end: int
    text: str
    key: str
    gap: str


def tokens_of(unit: Unit) -> list[Token]:
    """Return the words of a unit."""
    found: list[Token] = []
    end = 0
    for word in words(unit.text):
        key = word.text.lower().replace("’", "'")
        found.append(Token(word.start, word.end, word.text, key, unit.text[end : word.start]))
        end = word.end
    return found


def key_at(tokens: list[Token], at: int) -> str:
    """Return the word at a position in lower case, or nothing beyond the ends."""
    return tokens[at].key if 0 <= at < len(tokens) else ""


def begins(tokens: list[Token], at: int) -> bool:
    """Say whether a word opens its unit, or what stands behind a label."""
    return at == 0 or (tokens[at].gap.strip() in _LABEL_MARKS and at <= _LONGEST_LABEL)


def ends_clause(tokens: list[Token], at: int) -> bool:
    """Say whether a mark stands before the word at a position."""
    if not 0 < at < len(tokens) or tokens[at].gap == " ":
        return False
    return not _CLAUSE_MARKS.isdisjoint(tokens[at].gap)


def clause_start(tokens: list[Token], at: int) -> int:
    """Return where the clause of a word begins: behind the last mark before it."""
    return next((each for each in range(at, 0, -1) if ends_clause(tokens, each)), 0)


def is_subordinate(tokens: list[Token], at: int) -> bool:
    """Say whether a verb stands in a clause such as "when you stop" or "than tablets do"."""
    clause = clause_start(tokens, at)
    opening = clause == 0 and key_at(tokens, 0) in ("why", "where")  # "Why Massage Works"
    return any(listed(token.key, "subordinate") for token in tokens[clause + opening : at])


def is_known_by(tokens: list[Token], at: int) -> bool:
    """Say whether a verb says which thing is meant: "the enzymes that clear medicines".

    That is told as known, and no claim of the sentence.
    """
    before = first_adverb(tokens, at) - 1
    if key_at(tokens, before) != "that":
        return False
    return any(key_at(tokens, each) in _DEFINITE for each in range(max(0, before - 4), before))


def counts_people(tokens: list[Token], at: int) -> bool:
    """Say whether the subject of a verb counts people: a figure stays as it was counted."""
    before = first_adverb(tokens, at) - 1
    if _is_number(key_at(tokens, before)):
        return True
    clause = [tokens[each].key for each in range(clause_start(tokens, at), at)]
    return any(map(_is_number, clause)) and any(listed(key, "counted") for key in clause)


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or listed(word, "number")


def first_adverb(tokens: list[Token], at: int) -> int:
    """Return where the adverbs right before a verb begin, or the verb itself."""
    while at > 0 and not ends_clause(tokens, at):
        joined = key_at(tokens, at - 1) == "and" and _is_adverb(key_at(tokens, at - 2))
        if not (_is_adverb(key_at(tokens, at - 1)) or joined):
            break
        at -= 1
    return at


def after_adverbs(tokens: list[Token], at: int) -> int:
    """Return the position of the first word from here on that is no short adverb."""
    while listed(key_at(tokens, at), "adverb"):
        at += 1
    return at


def _is_adverb(word: str) -> bool:
    return listed(word, "adverb") or (word.endswith("ly") and not listed(word, "no-adverb"))
