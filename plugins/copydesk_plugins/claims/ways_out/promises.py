"""Promises: the words that no wording can carry, and "everyone", which "some people" replaces."""

from __future__ import annotations

import re
from functools import lru_cache

from copydesk.api import Hit, Phrases
from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.packs.absolutes import absolutes
from copydesk_plugins.claims.ways_out.lexicon import known_verbs, listed, word_lists
from copydesk_plugins.claims.ways_out.tokens import Token, key_at, tokens_of

_EVERYONE = {
    "everyone": "some people",
    "everybody": "some people",
    "all patients": "some patients",
    "all women": "some women",
    "all men": "some men",
    "all children": "some children",
}
#: What denies cannot be taken out: the rest would say the opposite.
_DENIED = ("never", "nobody", "nothing", "none ", "cannot", "can't", "won't", "impossible")
_HUNDRED = re.compile(r"100 ?%(?: [a-z]+)?", re.IGNORECASE)


def soften_promise(claim: Claim) -> tuple[str, str] | None:
    """Return (wording, "") or ("", words to take out) for a promise; None for neither."""
    text, tokens = claim.unit.text, tokens_of(claim.unit)
    everyone = _hits(tokens, "everyone")
    rest = [
        hit
        for hit in _hits(tokens, "promise", "will")
        if not any(hit.start < each.end and each.start < hit.end for each in everyone)
    ]
    hundred = _HUNDRED.search(text)
    if hundred:
        return "", hundred[0]
    if rest:
        return "", _widest(text, tokens, rest)
    if len(everyone) == 1 and (wording := _for_some(text, tokens, everyone[0])):
        return wording, ""
    if everyone:
        first = everyone[0]
        return "", text[tokens[first.start].start : tokens[first.end - 1].end]
    return None


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    """Return what may be taken out of a sentence that stays a sentence."""
    words = {entry.term for entry in absolutes() if entry.rule} | word_lists()["taken-out"]
    words -= {word for word in words if word.startswith(_DENIED)}
    return Phrases({"everyone": list(_EVERYONE), "promise": sorted(words), "will": ["will"]})


def _hits(tokens: list[Token], *sections: str) -> list[Hit]:
    """Return where promises stand, the longest of those that overlap, in order."""
    found = _phrases().find([token.key for token in tokens])
    hits = {(hit.start, hit.end): hit for name in sections for hit in found.get(name, ())}
    kept: list[Hit] = []
    for _, hit in sorted(hits.items(), key=lambda item: (item[0][0], -item[0][1])):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _widest(text: str, tokens: list[Token], hits: list[Hit]) -> str:
    """Return the words of the first promise, with those that stand right behind it."""
    start, end = hits[0].start, hits[0].end
    for hit in hits[1:]:
        if hit.start != end:
            break
        end = hit.end
    if start and tokens[start].gap == " " and tokens[start - 1].key.endswith("ly"):
        start -= 1  # "clinically proven" goes as one
    return text[tokens[start].start : tokens[end - 1].end]


def _for_some(text: str, tokens: list[Token], hit: Hit) -> str:
    """Return a text with "some people" for "everyone", and the verb behind it in the plural."""
    first, last = tokens[hit.start], tokens[hit.end - 1]
    words = _EVERYONE[" ".join(token.key for token in tokens[hit.start : hit.end])]
    if first.text[0].isupper():
        # In the middle of a unit a capital means a title, where every word has one.
        words = words.title() if hit.start else words.capitalize()
    ends = last.end
    follows = tokens[hit.end] if hit.end < len(tokens) else None
    if first.key.startswith("every") and follows is not None and follows.gap == " ":
        plural = _plural(follows.key)
        if plural in ("are", "were") and key_at(tokens, hit.end + 1) in ("a", "an"):
            return ""  # "some people are a sleeper" is no English
        if plural:
            shown = plural.capitalize() if follows.text[0].isupper() else plural
            words, ends = f"{words} {shown}", follows.end
        elif hit.start == 0:
            return ""  # the verb is not known, so its plural is not either
    return text[: first.start] + words + text[ends:]


def _plural(verb: str) -> str:
    """Return the form of a verb that goes with "people", or nothing where it is not known."""
    irregular = {"is": "are", "was": "were", "has": "have", "does": "do"}
    known = {base for _, base in known_verbs().third.get(verb, ())}
    if listed(verb[:-1], "of-people"):
        known = {verb[:-1]}
    return irregular.get(verb) or (known.pop() if len(known) == 1 else "")
