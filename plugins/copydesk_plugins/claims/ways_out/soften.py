"""Softer wordings: "reduces pain" becomes "may reduce pain", and nothing else changes.

Where the grammar is not sure, nothing is proposed: a wrong sentence helps nobody.
"""

from __future__ import annotations

from typing import NamedTuple

from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.ways_out.lexicon import known_verbs, listed
from copydesk_plugins.claims.ways_out.promises import soften_promise
from copydesk_plugins.claims.ways_out.tokens import (
    Token,
    begins,
    clause_start,
    counts_people,
    first_adverb,
    is_known_by,
    is_subordinate,
    tokens_of,
)
from copydesk_plugins.claims.ways_out.verbs import Verb, verbs_of

#: Risks are not played down; numbers, approvals, findings and what people told stay as they are.
_AS_THEY_ARE = frozenset(
    {"safety", "statistic", "regulatory", "research", "testimonial", "experience"}
)
_QUOTES = frozenset('"“”„«»')
_JOINTS = frozenset({"and", "or", "but"})
_RESTARTS = frozenset({"it", "they", "this", "that", "these", "you", "we", "he", "she", "i"})
#: Adverbs that go before "be": "is also good" becomes "may also be good".
_BEFORE_BE = frozenset({"also", "often", "usually", "still", "sometimes"})
_ARTICLES = frozenset({"the", "your", "their", "our", "its"})
_LIKEWISE = frozenset({"so", "neither", "nor", "as", "than"})
_AUXILIARIES = frozenset({"does", "do", "is", "are", "has", "have", "will"})
#: What is longer is no sentence to reword, and time stays linear.
_LONGEST = 400


class Softened(NamedTuple):
    """A wording to propose, or else the words that no wording can carry (`take_out`)."""

    text: str
    take_out: str = ""


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def soften(claim: Claim) -> Softened | None:
    """Return a softer wording of a claim's unit; None where none is sure to be right."""
    text = claim.unit.text
    if claim.strength == "hedged" or len(text) > _LONGEST or _is_asked_or_quoted(text):
        return None
    if claim.strength == "absolute":
        found = soften_promise(claim)
        return Softened(*found) if found else None
    tokens = tokens_of(claim.unit)
    if claim.type in _AS_THEY_ARE or not tokens or tokens[0].key in ("what", "who", "not"):
        return None
    verbs = verbs_of(claim.unit, tokens)
    head = _head(claim, tokens, verbs)
    if head is None or head.base == "cure" or _is_unsure(tokens, verbs, head):
        return None
    edits = [*_soft(tokens, head), *_shared(tokens, verbs, head)]
    return Softened(_edited(text, edits))


def _is_asked_or_quoted(text: str) -> bool:
    return text.endswith(":") or "?" in text or text.startswith("‘") or not _QUOTES.isdisjoint(text)


def _head(claim: Claim, tokens: list[Token], verbs: list[Verb]) -> Verb | None:
    """Return the verb that carries the claim: in its words, or just before them."""
    start = claim.unit.text.lower().find(claim.words.lower())
    if start == -1 or not claim.words:
        return None
    end = start + len(claim.words)
    inside = [at for at, token in enumerate(tokens) if start <= token.start < end]
    if not inside:
        return None
    clause = clause_start(tokens, inside[0])
    before = [verb for verb in verbs if clause <= verb.at < inside[0]]
    head = before[-1] if before else next((verb for verb in verbs if verb.at in inside), None)
    if head is None or (before and {tokens[at].key for at in inside} & known_verbs().participles):
        return None
    if _is_shared(tokens, head):  # "reduces pain and improves sleep": both hang on the first
        first = next((verb for verb in verbs if verb.at < head.at), None)
        joined = tokens[first_adverb(tokens, head.at) - 1].key in _JOINTS
        head = first or (None if joined else head)
    return head


def _is_shared(tokens: list[Token], verb: Verb) -> bool:
    """Say whether a verb shares the subject of the one before it."""
    at = first_adverb(tokens, verb.at)
    return at > 0 and (tokens[at - 1].key in _JOINTS or tokens[at].gap.strip() == ",")


def _is_unsure(tokens: list[Token], verbs: list[Verb], head: Verb) -> bool:
    """Say whether something behind the verb would stay plain, or may be a verb not known here."""
    if is_subordinate(tokens, head.at) or _restarts(tokens, 1, head.at):
        return True
    if is_known_by(tokens, head.at) or counts_people(tokens, head.at) or _goes_on(tokens, head.at):
        return True
    standing = {each.at: each for each in verbs}
    joint = False
    for at in range(head.at + 1, len(tokens)):
        joint = joint or tokens[at].key in _JOINTS
        if _restarts(tokens, at, at + 1):
            return True
        if tokens[at].gap != " " and not {";", "."}.isdisjoint(tokens[at].gap):
            break
        verb = standing.get(at)
        if verb is None:
            if _may_be_verb(tokens, at):
                return True
        elif _is_apart(tokens, verb) and (verb.form == "s" or joint):
            return True
    return False


def _goes_on(tokens: list[Token], start: int) -> bool:
    """Say whether a clause behind leans on the verb, or stays plain: "and so does coffee"."""
    for at in range(start + 1, len(tokens) - 1):
        key, follows = tokens[at].key, tokens[at + 1].key
        if key in _LIKEWISE and follows in _AUXILIARIES:
            return True
        marked = "," in tokens[at].gap
        if marked and key == "so" and follows != "that":
            return True
        if marked and key in _JOINTS and follows in _ARTICLES:
            return True
    return False


def _restarts(tokens: list[Token], start: int, end: int) -> bool:
    """Say whether a second statement begins between two positions: "and it improves sleep"."""
    return any(
        tokens[at - 1].key in _JOINTS and tokens[at].key in _RESTARTS for at in range(start, end)
    )


def _is_apart(tokens: list[Token], verb: Verb) -> bool:
    """Say whether a later verb has a subject of its own."""
    return not _is_shared(tokens, verb) and not _may_be_noun(tokens, verb)


def _may_be_noun(tokens: list[Token], verb: Verb) -> bool:
    """Say whether a later verb reads as a noun: "blocks pain signals in the spine"."""
    last = verb.at + 1 == len(tokens) or listed(tokens[verb.at + 1].key, "after-noun")
    noun = listed(verb.base, "nounish") and not listed(verb.base, "nounish-alone")
    return last and verb.form == "s" and noun


def _may_be_verb(tokens: list[Token], at: int) -> bool:
    """Say whether a word that is not known may be a verb that shares the subject ("and zaps")."""
    key = tokens[at].key
    if len(key) < 4 or not key.endswith("s") or key.endswith(("ss", "us", "is", "'s")):
        return False
    if tokens[at - 1].key not in _JOINTS and tokens[at].gap.strip() != ",":
        return False
    last = at + 1 == len(tokens) or tokens[at + 1].gap != " "
    return not last and not listed(tokens[at + 1].key, "after-noun")


def _soft(tokens: list[Token], head: Verb) -> list[_Edit]:
    """Return the edits that put "may" before a verb and the verb in its base form."""
    token = tokens[head.at]
    if head.form == "contracted":
        stem = token.text[: token.text.replace("’", "'").index("'")]
        return [_Edit(token.start, token.end, f"{stem} may be")]
    if head.form == "do":
        return [_Edit(token.start, token.end, _cased("may", tokens, head.at))]
    if head.form == "be":
        return [_soft_be(tokens, head)]
    at = first_adverb(tokens, head.at)
    base = head.base if head.form == "s" else token.key
    if at == head.at:
        return [_Edit(token.start, token.end, _cased(f"may {base}", tokens, at))]
    may = f"{_cased('may', tokens, head.at)} "
    return [
        _Edit(tokens[at].start, tokens[at].start, may),
        _Edit(token.start, token.end, _cased(base, tokens, head.at)),
    ]


def _soft_be(tokens: list[Token], head: Verb) -> _Edit:
    """Return the edit for "is": "is not", "is also" keep their word between "may" and "be"."""
    token, follows = tokens[head.at], tokens[head.at + 1]
    if follows.key == "not" or follows.key in _BEFORE_BE:
        middle = follows.text
        may, be = _cased("may be", tokens, head.at).split()
        return _Edit(token.start, follows.end, f"{may} {middle} {be}")
    return _Edit(token.start, token.end, _cased("may be", tokens, head.at))


def _shared(tokens: list[Token], verbs: list[Verb], head: Verb) -> list[_Edit]:
    """Return the edits that put the verbs which share the subject in their base form, too."""
    found = []
    for verb in verbs:
        if verb.at > head.at and verb.form in ("s", "be") and _is_shared(tokens, verb):
            token = tokens[verb.at]
            found.append(_Edit(token.start, token.end, _cased(verb.base, tokens, verb.at)))
    return found


def _cased(text: str, tokens: list[Token], at: int) -> str:
    """Return words in the case of the word whose place they take."""
    word = tokens[at].text
    if word.isupper() and len(word) > 1:
        return text.upper()
    if not word[0].isupper():
        return text
    if begins(tokens, at) and not _is_title_case(tokens, at):
        return text[0].upper() + text[1:]
    return " ".join(part[0].upper() + part[1:] for part in text.split())


def _is_title_case(tokens: list[Token], at: int) -> bool:
    """Say whether most of the longer words behind a position begin with a capital."""
    longer = [token.text[0].isupper() for token in tokens[at + 1 :] if len(token.text) > 3]
    return bool(longer) and sum(longer) * 2 > len(longer)


def _edited(text: str, edits: list[_Edit]) -> str:
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text
