"""What the tests of the engine share: texts as posts, and files of readable cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from score_kit import context_of

from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.detection import claim_of, claims_of, examined

CASES = Path(__file__).parent / "cases"
#: Stands around a case so that its post is about health; it has no claim.
AROUND = """---
title: {title}
---

Many people ask us about {title} before they book a visit.

{text}

Please bring a list of your medicines, and ask your doctor about pain or anxiety.
"""
TITLE = "Ketamine therapy for depression"


class Case(NamedTuple):
    """A line of a file: what is expected, the text, and why it fails today, if it does."""

    expected: str
    text: str
    fails: str
    line: int
    section: str

    @property
    def last(self) -> str:
        """The last line of the text, without the marks of a list, heading, quote or table."""
        return self.text.rsplit("\n", 1)[-1].strip(" #->|*").removeprefix("1. ")


def cases(name: str) -> Iterator[Case]:
    """Read a file of cases: `expected | text`, or `expected | text  ## why it fails today`.

    ` / ` begins a new line and ` // ` a new paragraph; `[section]` heads what follows.
    """
    section = ""
    for number, line in enumerate((CASES / name).read_text("utf-8").splitlines(), 1):
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            rest, _, fails = line.partition("  ## ")
            expected, _, text = rest.partition(" | ")
            shown = text.strip().replace(" // ", "\n\n").replace(" / ", "\n")
            yield Case(expected.strip(), shown, fails.strip(), number, section)


def parameters(name: str) -> list[object]:
    """Return the cases of a file for `parametrize`; those that fail today are marked so.

    A case that passes although it is marked fails too: then take its mark away.
    """
    return [
        pytest.param(
            case,
            id=f"{name.removesuffix('.txt')}-{case.line}",
            marks=[pytest.mark.xfail(strict=True, reason=case.fails)] if case.fails else [],
        )
        for case in cases(name)
    ]


def post_of(text: str, title: str = TITLE) -> str:
    """Return a post about health in which a text stands."""
    return AROUND.format(title=title, text=text)


def claim_in(case: Case, title: str = TITLE) -> Claim | None:
    """Return the claim that the last line of a case is, or None."""
    text = post_of(case.text, title)
    end = text.index(case.text) + len(case.text)
    start = end - len(case.text.rsplit("\n", 1)[-1])
    for claim in claims_of(context_of(text)):
        if start <= claim.unit.span.start < end:
            return claim
    return None


def read_as_claim(case: Case, title: str = TITLE) -> Claim:
    """Return the last line of a case as the claim that it would be, found or not."""
    text = post_of(case.text, title)
    end = text.index(case.text) + len(case.text)
    start = end - len(case.text.rsplit("\n", 1)[-1])
    context = context_of(text)
    for each in examined(context):
        if start <= each.reading.unit.span.start < end:
            return claim_of(context, each)
    raise AssertionError(f"line {case.line} is no unit")
