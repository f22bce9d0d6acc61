"""Places in words, and fingerprints that survive edits elsewhere."""

from __future__ import annotations

import pytest
from core_kit import finding
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.finding import Report
from copydesk.model.text import Span
from copydesk.places import Placer, with_fingerprints
from copydesk.testing import read

TEXT = """\
---
description: What it costs.
image_alt: A quiet room
title: Fees
state: draft
---

Before all.

# Cost

## Cards

One. Two.

Three.

- first
- second

| a | b |
|---|---|
| c | d |
"""


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("Fees", "the title"),
        ("What it", "the description"),
        ("A quiet", "image_alt"),
        ("draft", "the front matter"),
        ("Before", "start of the post, paragraph 1"),
        ("Cost", "heading “Cost”"),
        ("Two.", "“Cards”, paragraph 1"),
        ("Three", "“Cards”, paragraph 2"),
        ("second", "“Cards”, list item 2"),
        ("c |", "“Cards”, table cell 3"),
    ],
)
def test_where(words: str, where: str) -> None:
    start = TEXT.index(words)
    assert Placer(read(TEXT)).where(Span(start, start + 1)) == where


def test_long_headings_are_cut() -> None:
    text = "# " + "long words " * 20 + "\n\nText.\n"
    where = Placer(read(text)).where(Span(len(text) - 3, len(text) - 2))
    assert len(where) < 80
    assert "…" in where


def test_an_empty_post() -> None:
    assert Placer(read("")).where(Span(0, 0)) == "start of the post"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_findings_quote_their_place(newline: str) -> None:
    text = TEXT.replace("\n", newline)
    start = text.index("Three")
    made = Placer(read(text)).finding("x.y", "info", Report(Span(start, start + 5), "m"))
    assert (made.quote, made.start.line, made.start.column) == ("Three", 16, 1)
    assert made.severity == "info"
    assert made.fix is None


@pytest.mark.parametrize(
    ("report", "error"),
    [
        (Report(Span(0, 10_000), "m"), ValueError),
        (Report(Span(5, 4), "m"), ValueError),
        (Report(Span(-1, 4), "m"), ValueError),
        (Report(Span(0, 1), 3), TypeError),  # type: ignore[arg-type]
        (Report(Span(0, 1), "m", help=None), TypeError),  # type: ignore[arg-type]
        (Report(Span(0, 1), "m", severity="fatal"), ValueError),  # type: ignore[arg-type]
    ],
)
def test_reports_that_no_one_could_show_are_refused(report: Report, error: type[Exception]) -> None:
    with pytest.raises(error):
        Placer(read(TEXT)).finding("x.y", "info", report)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["It cures.", "It  cures.", "It heals."]),
            st.sampled_from(["a.x", "a.y"]),
        ),
        max_size=8,
    )
)
def test_fingerprints_tell_all_findings_apart(found: list[tuple[str, str]]) -> None:
    made = [finding(quote, rule, at * 20) for at, (quote, rule) in enumerate(found)]
    prints = [each.fingerprint for each in with_fingerprints(made, "a.md")]
    assert len(set(prints)) == len(made)
    assert prints == [e.fingerprint for e in with_fingerprints(reversed(made), "a.md")]


def test_fingerprints_survive_edits_elsewhere_and_new_line_breaks() -> None:
    [before] = with_fingerprints([finding("It cures colds.", start=10)], "a.md")
    _, after = with_fingerprints(
        [finding("Other.", start=0), finding("It cures\ncolds.", start=500)], "a.md"
    )
    assert after.fingerprint == before.fingerprint
    [moved] = with_fingerprints([finding("It cures colds.", start=10)], "b.md")
    assert moved.fingerprint != before.fingerprint
