"""Each entry of `absolutes.csv` sets what it says, and nothing else: rule, type, strength."""

from __future__ import annotations

from collections import Counter

import pytest
from engine_kit import post_of
from score_kit import context_of

from copydesk.testing import run_rule
from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.detection import claims_of
from copydesk_plugins.claims.packs.absolutes import Absolute, absolutes
from copydesk_plugins.claims.rules import absolute

#: Entries with a gap or an ending, as they stand in a sentence.
FILLED = {"without * side effects": "without any side effects", "no longer * any": "no longer any"}
#: Entries that set the strength only beside some verbs of effect, although the file says yes.
NARROW = {"completely", "entirely", "totally", "fully", "wholly"}
ENTRIES = absolutes()
MODALS = [each for each in ENTRIES if each.strength == "outcome"]


def shown(entry: Absolute) -> str:
    return FILLED.get(entry.term, entry.term.replace("*", "s"))


def sentence(entry: Absolute) -> str:
    return f"Massage eases back pain, {shown(entry)}."


def sets(entry: Absolute) -> tuple[bool, bool, bool]:
    """Return what an entry sets together with shorter ones that stand in it."""
    words = f" {shown(entry)} "
    inside = [each for each in ENTRIES if f" {shown(each)} " in words]
    return (
        any(each.rule for each in inside),
        any(each.type for each in inside),
        any(each.strength == "yes" for each in inside),
    )


def claim_of(text: str) -> Claim:
    [claim] = [
        each
        for each in claims_of(context_of(post_of(text)))
        if each.unit.text.startswith("Massage")
    ]
    return claim


plain = [
    pytest.param(
        each,
        id=each.term,
        marks=[pytest.mark.xfail(strict=True, reason="counts beside a few verbs only")]
        if each.term in NARROW
        else [],
    )
    for each in ENTRIES
    if each.strength != "outcome"
]


@pytest.mark.parametrize("entry", plain)
def test_strength(entry: Absolute) -> None:
    assert (claim_of(sentence(entry)).strength == "absolute") == sets(entry)[2]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda each: each.term)
def test_type(entry: Absolute) -> None:
    assert ("absolute" in claim_of(sentence(entry)).types) == sets(entry)[1]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda each: each.term)
def test_rule(entry: Absolute) -> None:
    found = run_rule(absolute, post_of(sentence(entry)))
    assert bool(found) == sets(entry)[0]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda each: each.term)
def test_a_denied_absolute_sets_nothing(entry: Absolute) -> None:
    text = f"Massage eases back pain but we never say it is {shown(entry)}."
    if entry.term in ("never", "won't", "will not") or entry.term.startswith(
        ("no ", "none", "not ")
    ):
        return  # two negations say something else
    claims = claims_of(context_of(post_of(text)))
    assert not run_rule(absolute, post_of(text))
    assert all("absolute" not in each.types for each in claims)


@pytest.mark.parametrize("entry", MODALS, ids=lambda each: each.term)
def test_will_is_absolute_beside_an_outcome_only(entry: Absolute) -> None:
    if entry.term != "we'll":
        assert claim_of(f"Massage {shown(entry)} ease back pain.").strength == "absolute"
    for text in (
        f"Massage eases back pain, and {shown(entry)} be booked at the desk.",
        f"Massage eases back pain, and {shown(entry)} ask about your medicines.",
    ):
        assert claim_of(text).strength == "plain", text


def test_entries_stand_once_and_set_something() -> None:
    assert not [term for term, n in Counter(each.term for each in ENTRIES).items() if n > 1]
    for each in ENTRIES:
        assert each.term == each.term.lower().strip() and each.strength in ("yes", "outcome")
        assert not each.rule or each.type, f"{each.term}: what no source carries is of that type"
        words = each.term.split()
        assert len(words) == len(set(words)) or each.term == "once and for all", each.term


@pytest.mark.parametrize("term", ["proven", "everyone", "the only", "completely", "will"])
def test_some_words_set_the_strength_only(term: str) -> None:
    [entry] = [each for each in ENTRIES if each.term == term]
    assert not entry.rule and not entry.type and entry.strength


def test_clinically_proven_belongs_to_vague_research() -> None:
    from copydesk_plugins.claims.rules import vague_research

    text = post_of("Massage is clinically proven to ease back pain.")
    assert not run_rule(absolute, text)
    assert len(run_rule(vague_research, text)) == 1
