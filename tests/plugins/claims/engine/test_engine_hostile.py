"""Hostile text takes time that grows with its length and no faster.

Each text is tried at one size and at four times that size. Growth with the square would cost
sixteen times as much; the limit lies between, with room for a machine that is busy.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from score_kit import context_of

from copydesk.api import PostContext
from copydesk_plugins.claims.listing import as_json, listed

_TIMES = 4
_LIMIT = 9.0
#: What is done for any post is not told apart from growth below this many seconds.
_FLOOR = 0.02


def nested(depth: int) -> str:
    return "".join(f"{'  ' * at}- It can ease pain:\n" for at in range(depth))


HOSTILE: dict[str, tuple[Callable[[int], str], int]] = {
    "one sentence": (lambda n: "ketamine eases pain and " * n, 10_000),
    "one sentence of numbers": (lambda n: "70 % of 10 in 3 mg " * n, 10_000),
    "one sentence of denials": (lambda n: "not never without no " * n, 10_000),
    "one sentence of hedges and will": (lambda n: "may will could always " * n, 10_000),
    "one sentence of commas": (lambda n: "it, which, they, " * n, 10_000),
    "one word": (lambda n: "a" * n, 250_000),
    "one word with an ending of medicine": (lambda n: "itis" * n, 60_000),
    "one word of apostrophes": (lambda n: "a'" * n, 60_000),
    "sentences": (lambda n: "Ketamine eases pain. It may help sleep. " * n, 500),
    "the same sentence": (lambda n: "Massage eases pain.\n\n" * n, 500),
    "pronouns after one treatment": (lambda n: "Massage is old. " + "It eases pain. " * n, 800),
    "nested lists": (nested, 60),
    "one long list": (lambda n: "It can:\n\n" + "- ease pain\n" * n, 1000),
    "lists without end of lead-ins": (lambda n: "It can:\n\n- ease pain:\n\n" * n, 500),
    "headings": (lambda n: "# Pain\n\n" * n, 2000),
    "headings of every level": (
        lambda n: "".join(f"{'#' * (i % 6 + 1)} Pain\n\n" for i in range(n)),
        2000,
    ),
    "quotes": (lambda n: "> " * n + "Massage eases pain", 100),
    "quotation marks": (lambda n: '"I felt better" ' * n, 5000),
    "links": (lambda n: "[eases pain](https://example.org/a) " * n, 1500),
    "notes": (
        lambda n: "".join(f"It eases pain [^{i}].\n\n[^{i}]: A study.\n\n" for i in range(n)),
        300,
    ),
    "one wide table": (lambda n: "|" + "pain|" * n + "\n|" + "-|" * n + "\n", 800),
}


def examine(context: PostContext) -> int:
    return len(as_json(context, listed(context)))


def cost(text: str) -> float:
    """Return the CPU seconds of the engine, support, register and listing on a text.

    Reading it is left out: the readers have tests of their own.
    """
    context = context_of(text)
    for unit in context.post.units:
        context.words(unit)
    began = time.process_time()
    examine(context)
    return time.process_time() - began


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_length_of_the_text(name: str) -> None:
    make, size = HOSTILE[name]
    cost(make(3))  # loads the vocabulary
    ratio = 0.0
    for _ in range(3):  # a busy machine may slow one try; growth with the square slows each
        small = max(_FLOOR, cost(make(size)))
        ratio = cost(make(size * _TIMES)) / small
        if ratio < _LIMIT:
            return
    pytest.fail(f"four times the text took {ratio:.1f} times as long")


@pytest.mark.parametrize(
    "text",
    [
        "ketamine eases pain and " * 42_000,
        "x" * 1_000_000,
        nested(10_000),
        "# Pain\n\n" * 20_000,
        "> Massage eases pain.\n\n" * 10_000,
        "> " * 50_000 + "Massage eases pain.",
    ],
    ids=["sentence of 1 MB", "word of 1 MB", "nested lists", "headings", "quotes", "nested quotes"],
)
def test_huge_texts_come_to_an_end(text: str) -> None:
    context = context_of(text)
    assert examine(context) >= 0
