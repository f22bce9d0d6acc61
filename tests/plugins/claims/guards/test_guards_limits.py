"""Hostile text takes the guards linear time, and their vocabulary is words."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from copydesk.api import PostContext
from copydesk.options import defaults
from copydesk.testing import NOW, read
from copydesk_plugins.claims.detection import claims_of
from copydesk_plugins.claims.guards.reading import TRIGGERS, readings_of, sections, swaps
from copydesk_plugins.claims.guards.rules import GUARDS

PIECES = [
    "Ketamine is FDA approved for depression and ",
    "FDA approved for ketamine ",
    "suicide reduces ketamine ",
    "Ana, 34 ",
    "Ron T. ",
    "- Ana, 34, has asthma\n",
    "Spravato at home take not ",
    "“I feel like myself again ",
    '" I ',
    "before and after photos ",
    "we offer therapy license 12345 ",
    "suffers from suffers with ",
    "committed suicide failed attempt ",
    "not not not better than ",
    "> “I” // ",
    "x" * 60 + " ",
]


def seconds(text: str) -> float:
    context = PostContext(read(text), NOW)
    context.with_options(defaults(GUARDS[0].options))
    claims_of(context)  # the engine is held to its own limits
    started = time.process_time()
    readings_of(context)
    for rule in GUARDS:
        context.with_options(defaults(rule.options))
        list(rule.check(context))
    return time.process_time() - started


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    seconds(piece * 10)  # loads what is loaded once
    small = min(seconds(piece * (30_000 // len(piece))) for _ in range(2))
    large = seconds(piece * (240_000 // len(piece)))
    assert large < 8 * 4 * max(small, 0.02)


def test_phrases_are_lower_case_words_with_stars_at_their_ends() -> None:
    for name, phrases in sections().items():
        twice = [phrase for phrase, count in Counter(phrases).items() if count > 1]
        assert not twice, name
        for phrase in phrases:
            assert phrase == " ".join(phrase.lower().split()), f"{name}: {phrase}"
            assert all("*" not in word[:-1] for word in phrase.split()), f"{name}: {phrase}"


def test_triggers_are_sections() -> None:
    assert set(sections()) >= TRIGGERS


@pytest.mark.parametrize("name", ["suicide-wording", "person-first"])
def test_a_swap_is_not_itself_to_be_swapped(name: str) -> None:
    table = swaps(name)
    for swap in table.values():
        assert not any(phrase.rstrip("*") in swap.instead.split() for phrase in table)
