"""Passive and transitions, held to the sentences in `cases/`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import words
from copydesk_plugins.readability.passive import is_passive
from copydesk_plugins.readability.transitions import has_transition

CASES = Path(__file__).parent / "cases"
DETECTORS: dict[str, Callable[[str], bool]] = {
    "passive": lambda text: is_passive(text, words(text)),
    "transitions": lambda text: has_transition(words(text)),
}


def cases(name: str) -> dict[str, list[tuple[bool, str]]]:
    found: dict[str, list[tuple[bool, str]]] = {}
    for line in (CASES / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            half = found.setdefault(line.strip("[]"), [])
        elif line[:2] in ("+ ", "- "):
            half.append((line[0] == "+", line[2:]))
    return found


@pytest.mark.parametrize("name", sorted(DETECTORS))
def test_the_cases_it_was_written_with(name: str) -> None:
    wrong = [
        text for wanted, text in cases(name)["developed on"] if DETECTORS[name](text) is not wanted
    ]
    assert not wrong


@pytest.mark.parametrize(("name", "at_least"), [("passive", 0.9), ("transitions", 0.85)])
def test_the_cases_kept_back(name: str, at_least: float) -> None:
    kept = cases(name)["kept back"]
    right = sum(DETECTORS[name](text) is wanted for wanted, text in kept)
    assert len(kept) >= 30
    assert right / len(kept) >= at_least


@given(st.text(max_size=200))
def test_any_text_is_accepted(text: str) -> None:
    for detector in DETECTORS.values():
        assert detector(text) in (True, False)


def test_curly_apostrophes_and_capitals() -> None:
    assert DETECTORS["passive"]("THE COST ISN’T COVERED.")
    assert DETECTORS["transitions"]("WHAT’S MORE, it rains.")


def test_many_words_take_little_time() -> None:
    import time

    start = time.perf_counter()
    for detector in DETECTORS.values():
        detector("is " * 20_000 + "?")
        detector("if " * 20_000)
    assert time.perf_counter() - start < 5
