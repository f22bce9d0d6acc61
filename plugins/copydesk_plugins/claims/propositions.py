"""Claims that say the same, as one proposition with a statement that people can read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from copydesk.api import Group, words
from copydesk_plugins.claims.claim import STRENGTHS, Claim, ClaimType

#: Types of claims, the gravest first: among equally strong claims they choose the head.
_GRAVEST: tuple[ClaimType, ...] = ("absolute", "safety", "statistic", "regulatory", "efficacy")
_LONGEST = 90
#: (one subject, several and denied) for each class of verb.
_VERBS = {
    "improve": ("improves", "improve"),
    "reduce": ("reduces", "reduce"),
    "worsen": ("worsens", "worsen"),
    "cause": ("causes", "cause"),
    "prevent": ("prevents", "prevent"),
    "act": ("acts on", "act on"),
    "enable": ("helps with", "help with"),
}
#: Verbs that mean something without an object: "ketamine works within hours".
_WORKS = frozenset({"improve", "reduce", "enable"})
#: Words of time that make a sentence as they stand begin so.
_TIMES = ("within ", "in ", "after ", "for ", "over ", "by ", "from ")
_NOT_PLURAL = ("ss", "us", "is")


class Proposition(NamedTuple):
    """Claims that say the same.

    `statement` is one line for people, `head` the strongest of the `claims`, which stand in
    their order. `id` stays the same as long as what is said does: it does not depend on the
    other claims, on their order or on the post.
    """

    id: str
    statement: str
    head: Claim
    claims: tuple[Claim, ...]


def propositions_of(claims: Iterable[Claim]) -> tuple[Proposition, ...]:
    """Return the propositions of some claims in the order of their first claims."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(_basis(claim), []).append(claim)
    heads = [min(group, key=_rank) for group in groups.values()]
    texts = [
        (_sentence(head) if len(group) > 1 else "") or _quoted(head)
        for head, group in zip(heads, groups.values(), strict=True)
    ]
    seen = Counter(texts)
    found: list[Proposition] = []
    for (basis, group), head, text in zip(groups.items(), heads, texts, strict=True):
        id = hashlib.sha256(basis.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        # Two propositions that read alike are told apart, or a report would fold them into one.
        shown = f"{text} [{id}]" if seen[text] > 1 else text
        found.append(Proposition(id, shown, head, tuple(group)))
    return tuple(found)


def without_source(
    claims: Iterable[Claim], has_source: Callable[[Claim], bool]
) -> Iterator[tuple[Claim, Group | None]]:
    """Yield the claims of a post that nothing settles, in order, each with its group.

    A source beside one claim settles those that say the same no more strongly. A claim that
    stands alone has no group.
    """
    told: dict[int, tuple[Claim, Group | None]] = {}
    for each in propositions_of(claims):
        strongest = max((_force(claim) for claim in each.claims if has_source(claim)), default=-1)
        left = [claim for claim in each.claims if _force(claim) > strongest]
        for claim in left:
            group = Group(each.statement, _help(each), claim is min(left, key=_rank))
            told[claim.unit.index] = (claim, group if len(left) > 1 else None)
    yield from (told[index] for index in sorted(told))


def _help(proposition: Proposition) -> str:
    return (
        "None has a source. One source beside the strongest settles them all. "
        f"`copydesk claims show {proposition.id}` lists them and offers wordings."
    )


def _force(claim: Claim) -> int:
    return STRENGTHS.index(claim.strength)


def _basis(claim: Claim) -> str:
    """Return what a claim says as one text; equal for claims that say the same.

    Where the slots hold neither treatment nor condition, only equal words are the same.
    """
    said = claim.said
    if not (said.effect and (said.treatments or said.conditions)):
        return "\x1e" + " ".join(word.text.casefold() for word in words(claim.unit.text))
    lists = (said.treatments, said.conditions, said.numbers, said.times, said.compared, said.rest)
    return "\x1e".join([said.effect, str(said.negated), *map("\x1f".join, lists)])


def _rank(claim: Claim) -> tuple[int, int]:
    """Return what the head of a proposition is the least of: the strongest, then the gravest."""
    grave = _GRAVEST.index(claim.type) if claim.type in _GRAVEST else len(_GRAVEST)
    return -_force(claim), grave


def _sentence(head: Claim) -> str:
    """Return what is said as a sentence of its slots; empty where it would not say all of it."""
    said = head.said
    if said.numbers or said.compared or said.rest or not said.treatments:
        return ""
    if head.strength == "absolute":
        return ""  # the slots do not hold what makes it a promise
    times = "".join(said.times[:1])
    if len(said.times) > 1 or (times and not times.startswith(_TIMES)):
        return ""
    what, about = _listed(said.treatments), _listed(said.conditions)
    one, several = _VERBS.get(said.effect, ("", ""))
    if not about and said.effect in _WORKS:
        one, several = "works", "work"
    elif not about or not one:
        return ""
    many = len(said.treatments) > 1 or _is_plural(said.treatments[0])
    verb = several if many else one
    if head.strength == "hedged":
        verb = f"may{' not' * said.negated} {several}"
    elif said.negated:
        verb = f"{'do' if many else 'does'} not {several}"
    text = " ".join(part for part in (what, verb, about, times) if part)
    return text if len(text) <= _LONGEST else ""


def _listed(keys: tuple[str, ...]) -> str:
    return ", ".join(keys[:-1]) + " and " + keys[-1] if len(keys) > 1 else "".join(keys)


def _is_plural(words: str) -> bool:
    return words.endswith("s") and not words.endswith(_NOT_PLURAL)


def _quoted(claim: Claim) -> str:
    """Return the unit's own words as a quote; of a long one those around the claim's words."""
    text = " ".join(claim.unit.text.split())
    if len(text) <= _LONGEST:
        return f"“{text}”"
    shown = " ".join(claim.words.split())
    at = max(text.lower().find(shown.lower()), 0)
    start = max(0, min(at, at - (_LONGEST - len(shown)) // 2))
    if start:  # back to the beginning of a word
        start = text.rfind(" ", 0, start) + 1
    end = start + _LONGEST
    if end < len(text) and " " in text[start:end]:
        end = text.rindex(" ", start, end)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return f"“{before}{text[start:end].strip()}{after}”"
