"""Acronyms and jargon: what is reported, what counts as explained, and with what advice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.testing import assert_exact, run_rule
from copydesk_plugins.readability.acronyms import acronyms
from copydesk_plugins.readability.jargon import jargon

CASES = Path(__file__).parent / "cases"
FILES = {"glossary.csv": "term,explanation\nKAP,ketamine-assisted psychotherapy\n"}


def cases(name: str) -> list[tuple[str, str]]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [
        (expected, text.replace(" / ", "\n\n") + "\n")
        for expected, _, text in (line.partition(" :: ") for line in lines)
        if text
    ]


@pytest.mark.parametrize(("expected", "text"), cases("acronyms.txt"))
def test_acronyms(expected: str, text: str) -> None:
    found = run_rule(acronyms, text)
    assert [each.quote for each in found] == expected.strip("-").split()
    assert_exact(found, text)


@pytest.mark.parametrize(("expected", "text"), cases("jargon.txt"))
def test_jargon(expected: str, text: str) -> None:
    found = run_rule(jargon, text)
    assert [each.quote for each in found] == [each for each in expected.split(" + ") if each != "-"]
    assert_exact(found, text)


def test_an_acronym_is_written_out_with_the_words_of_the_post() -> None:
    text = "# Ketamine-Assisted Psychotherapy\n\nWe sit by the sea. KAP takes a morning.\n"
    [found] = run_rule(acronyms, text)
    assert "“Ketamine-Assisted Psychotherapy (KAP)”" in found.help


@pytest.mark.parametrize(
    "words", ["We keep any pen", "We keep all of the paper", "Keep All papers"]
)
def test_an_acronym_is_not_written_out_with_words_that_have_its_letters_by_chance(
    words: str,
) -> None:
    [found] = run_rule(acronyms, f"# {words}\n\nWe sit by the sea. KAP takes a morning.\n")
    assert "with the letters in brackets behind it" in found.help


def test_an_acronym_is_written_out_with_the_words_of_the_glossary() -> None:
    [found] = run_rule(acronyms, "KAP takes a morning.\n", files=FILES)
    assert "“ketamine-assisted psychotherapy (KAP)”" in found.help


def test_an_explanation_further_down_is_told() -> None:
    text = "KAP takes a morning.\n\nKetamine-assisted psychotherapy (KAP) is calm.\n"
    [found] = run_rule(acronyms, text)
    assert "only further down" in found.message
    [other] = run_rule(acronyms, "KAP takes a morning.\n")
    assert "further down" not in other.message


def test_an_abbr_with_a_title_explains() -> None:
    page = "<p>Your {} takes a morning.</p>"
    told = page.format('<abbr title="ketamine-assisted psychotherapy">KAP</abbr>')
    assert not run_rule(acronyms, told, "post.html")
    assert run_rule(acronyms, page.format("<abbr>KAP</abbr>"), "post.html")


def test_words_that_the_site_calls_known() -> None:
    text = "KAP needs titration.\n"
    for rule, known in ((acronyms, "kap"), (jargon, "Titration")):
        assert run_rule(rule, text)
        assert not run_rule(rule, text, options={"known": (known,)})


def test_clinicians_need_fewer_words_explained() -> None:
    text = "An SSRI may be contraindicated. KAP is calm.\n"
    assert [each.quote for each in run_rule(acronyms, text)] == ["SSRI", "KAP"]
    clinician = {"audience": "clinician"}
    assert [each.quote for each in run_rule(acronyms, text, options=clinician)] == ["KAP"]
    assert run_rule(jargon, text)
    assert not run_rule(jargon, text, options=clinician)


def test_a_title_is_read_and_a_description_is_not() -> None:
    post = "---\ntitle: {}\ndescription: {}\n---\n\nKAP takes a morning.\n"
    words = "Ketamine-assisted psychotherapy (KAP)"
    assert not run_rule(acronyms, post.format(words, "x"))
    assert run_rule(acronyms, post.format("x", words))


def test_a_text_of_nothing_but_acronyms_is_not_told_word_by_word() -> None:
    letters = [a + b + c for a in "BCDFG" for b in "BCDFG" for c in "BCDFG"]
    text = " and ".join(each for each in letters) + ".\n"
    assert len(run_rule(acronyms, text)) == 30


PIECES = ["KAP", "(KAP)", "titration", "Titration,", "EMDRs", "*KAP*", "[EMDR](a)", "“KAP”"]
FILL = ["–", "is", "a", "or", "&amp;", "😀", "half-life", "U.S.", "\r\n", "\n\n", "> ", "## "]


@given(st.lists(st.sampled_from([*PIECES, *FILL]), max_size=30))
def test_findings_quote_their_place(parts: list[str]) -> None:
    text = " ".join(parts) + "\n"
    for rule in (acronyms, jargon):
        found = run_rule(rule, text, options={"known": ("EMDR",)})
        assert_exact(found, text)
        quotes = [each.quote.lower() for each in found]
        assert len(set(quotes)) == len(quotes)


@pytest.mark.parametrize("piece", ["A", "(", "KAP ", "ABCD(", "titration ", "titration, ", "Aa"])
def test_a_long_row_of_the_same_is_no_trouble(piece: str) -> None:
    text = piece * (200_000 // len(piece)) + "\n"
    for rule in (acronyms, jargon):
        assert len(run_rule(rule, text)) <= 1
