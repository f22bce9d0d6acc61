"""The finite verbs of a unit that a claim can stand on, as far as they are sure."""

from __future__ import annotations

from typing import Literal, NamedTuple

from copydesk.api import Unit
from copydesk_plugins.claims.ways_out.lexicon import Forms, known_verbs, listed
from copydesk_plugins.claims.ways_out.tokens import (
    Token,
    after_adverbs,
    begins,
    clause_start,
    ends_clause,
    first_adverb,
    key_at,
)

#: How a verb stands in the text: "reduces", "reduce", "is", "it's", or behind "does".
Form = Literal["s", "base", "be", "contracted", "do"]

_BE = frozenset({"is", "are"})
_CONTRACTED = frozenset({"it's", "that's", "they're", "these're"})
_PAST = frozenset({"was", "were", "has", "had", "have"})
_SUBJECTS = frozenset({"you", "we", "they", "i", "he", "she"})
_OURS = frozenset({"we", "you", "i"})
_JOINTS = frozenset({"and", "or", "but"})
_RELATIVE = frozenset({"that", "which", "who"})
_EFFECTS = frozenset({"effect", "effects", "benefit", "benefits", "impact", "influence", "role"})
_OBJECTS = frozenset({"the", "a", "an", "your", "with"})
_ADJECTIVES = ("al", "ic", "ous", "ful", "able", "ible", "ary", "less")
_NOT_PLURAL = ("ss", "us", "is", "'s")
_LONGEST_PHRASE = 5
_STARTS = frozenset({"list-item", "table-cell"})
_SPOKEN_SHORT = _STARTS | {"heading", "title", "alt"}


class Verb(NamedTuple):
    """A finite verb: the position of its word, how it stands there, and its base form."""

    at: int
    form: Form
    base: str


def verbs_of(unit: Unit, tokens: list[Token]) -> list[Verb]:
    """Return the finite verbs of a unit in order; what may be a noun is left out."""
    return [verb for at in range(len(tokens)) if (verb := _verb(unit, tokens, at)) is not None]


def _verb(unit: Unit, tokens: list[Token], at: int) -> Verb | None:
    key, known = tokens[at].key, known_verbs()
    if key in _BE:
        return Verb(at, "be", "be") if _is_be(unit, tokens, at) else None
    if key in _CONTRACTED:
        return Verb(at, "contracted", "be") if _is_judged(tokens, at + 1) else None
    if key in ("does", "do") and (base := _behind_do(tokens, at)):
        return Verb(at, "do", base)
    if key in known.third and (base := _match(known.third, tokens, at)):
        return Verb(at, "s", base) if _is_third(unit, tokens, at, base) else None
    if key in known.base and (base := _match(known.base, tokens, at)):
        return Verb(at, "base", base) if _is_plain_base(tokens, at, base) else None
    return None


def _match(table: Forms, tokens: list[Token], at: int) -> str:
    """Return the base of the verb whose words stand at a position, or nothing."""
    for rest, base in table.get(tokens[at].key, ()):
        if tuple(token.key for token in tokens[at + 1 : at + 1 + len(rest)]) == rest:
            return base
    return ""


def _is_be(unit: Unit, tokens: list[Token], at: int) -> bool:
    if at == 0 and unit.kind not in _STARTS:
        return False  # a question that lost its mark
    if listed(key_at(tokens, at - 1), "modal"):
        return False
    return _is_judged(tokens, at + 1 + (key_at(tokens, at + 1) == "not"))


def _is_judged(tokens: list[Token], at: int) -> bool:
    """Say whether what stands behind "is" judges an effect: "effective", "relieved by"."""
    at = after_adverbs(tokens, at)
    while listed(key_at(tokens, at), "degree"):
        at += 1
    key = key_at(tokens, at)
    if listed(key, "judgement"):
        return True
    if key in ("a", "an"):
        phrase = tokens[at + 1 : at + 1 + _LONGEST_PHRASE]
        return any(listed(token.key, "judged-as") for token in phrase)
    return key in known_verbs().eased and key_at(tokens, at + 1) in ("by", "with")


def _behind_do(tokens: list[Token], at: int) -> str:
    """Return the verb that "does" or "do" stands before ("does not improve"), or nothing."""
    after = at + 1 + (key_at(tokens, at + 1) == "not")
    if at == 0 or after >= len(tokens):
        return ""
    return _match(known_verbs().base, tokens, after)


def _is_third(unit: Unit, tokens: list[Token], at: int, base: str) -> bool:
    """Say whether a word such as "eases" or "causes" is a verb here."""
    follows, nounish = key_at(tokens, at + 1), listed(base, "nounish")
    if _is_other(tokens, at, base) or follows in _BE or listed(follows, "behind-noun"):
        return False
    if follows in ("and", "or") and key_at(tokens, at + 2) not in known_verbs().third:
        return False
    if nounish and follows in known_verbs().base:
        return False
    if begins(tokens, at):
        if ends_clause(tokens, at + 1):
            return False  # a name ("Burns, M.") or a list of nouns
        bare = nounish and (not follows or follows in _SUBJECTS or listed(follows, "no-subject"))
        return not bare and (unit.kind in _SPOKEN_SHORT or ":" in tokens[at].gap)
    if _has_verb(tokens, at):
        return False
    before = first_adverb(tokens, at) - 1
    word = key_at(tokens, before)
    if word in ("and", "or", "that") or ends_clause(tokens, before + 1):
        return not nounish or follows in _OBJECTS or not listed(follows, "no-subject")
    if word != "this" and (listed(word, "modal") or listed(word, "no-subject")):
        return False
    return not (nounish and word.endswith(_ADJECTIVES))


def _has_verb(tokens: list[Token], at: int) -> bool:
    """Say whether "was", "has" or the like stands before in one clause: "were spent on wards"."""
    for each in range(at - 1, clause_start(tokens, at) - 1, -1):
        key = tokens[each].key
        if key in _RELATIVE or key in _JOINTS:
            return False
        if key in _BE or key in _PAST:
            return True
    return False


def _is_other(tokens: list[Token], at: int, base: str) -> bool:
    """Say whether a verb has another meaning here: "has shown", "gives up", "manages 18"."""
    follows = key_at(tokens, at + 1)
    if base == "have":
        phrase = {token.key for token in tokens[at + 2 : at + 2 + _LONGEST_PHRASE]}
        return follows not in ("a", "an", "no") or not phrase & _EFFECTS
    if listed(base, "with-object") and (not follows or ends_clause(tokens, at + 1)):
        return True
    if listed(follows, "preposition") and listed(base, "nounish"):
        return not listed(base, "nounish-alone")
    return (base == "give" and follows in ("up", "in", "way")) or follows[:1].isdigit()


def _is_plain_base(tokens: list[Token], at: int, base: str) -> bool:
    """Say whether a base form is what a plural subject does: "exercises reduce pain"."""
    before = first_adverb(tokens, at) - 1
    word, follows = key_at(tokens, before), key_at(tokens, at + 1)
    if before < 0 or word in _OURS or listed(word, "modal"):
        return False
    if _is_other(tokens, at, base) or ends_clause(tokens, at) or ends_clause(tokens, at + 1):
        return False
    if follows in ("and", "or") and key_at(tokens, at + 2) not in known_verbs().base:
        return False
    if word in _RELATIVE:
        return _is_plural(key_at(tokens, before - 1))
    clause = range(clause_start(tokens, at), before + 1)
    if any(tokens[each].key in _RELATIVE or _busy(tokens, each) for each in clause):
        return False
    joined = any(tokens[each].key == "and" for each in clause)
    return _is_plural(word) or (joined and not listed(word, "no-subject"))


def _busy(tokens: list[Token], at: int) -> bool:
    """Say whether a clause has its verb before: what follows is an object ("helps you sleep")."""
    key = tokens[at].key
    if key in _BE or key in _PAST or listed(key, "modal"):
        return True
    base = _match(known_verbs().third, tokens, at)
    if base:
        return not listed(base, "nounish")
    base = _match(known_verbs().base, tokens, at)
    plural = _is_plural(key_at(tokens, at - 1))
    return bool(base) and plural and not listed(base, "nounish")


def _is_plural(word: str) -> bool:
    if listed(word, "plural"):
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(_NOT_PLURAL)
