"""Packs as spreadsheet programs save them: what is read, and how a bad row is named."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_plugins.claims.packs.reading import read_pack
from copydesk_plugins.claims.packs.term import SLOTS, Term, forms

HEADER = "slot,term,means,of,from,note\n"


def terms(text: str) -> tuple[Term, ...]:
    pack = read_pack("own.csv", "own.csv", text)
    assert not pack.failures, pack.failures
    return pack.terms


def said(rows: str) -> list[str]:
    return [each.message for each in read_pack("own.csv", "own.csv", HEADER + rows).failures]


PLAIN = (
    Term("treatment", ("red", "light", "therapy"), "light therapy", "", "own", "", "own.csv", 2),
    Term("risk", ("dry", "eye"), "dry eye", "light therapy", "site", "a, b", "own.csv", 3),
)


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "treatment,red light therapy,light therapy,,own,\n"
        'risk,dry eye,,light therapy,site,"a, b"\n',
        "\ufeffslot;term;means;of;from;note\r\n"
        "treatment;red light therapy;light therapy;;own;\r\n"
        "risk;dry eye;;light therapy;site;a, b\r\n",
        "Slot\tTERM\tmeans\tof\tFrom\tnote\r\nTreatment\tRed Light  Therapy\tlight therapy\t\town\t"
        "\r\nrisk\tdry\xa0eye\t\tlight therapy\tsite\ta, b\r\n",
        "owner,note,from,term,of,slot,means\n"
        "Mara,,own, red light therapy ,,treatment,Light Therapy\n"
        'Tom,"a, b",site,dry eye,light therapy,risk,\n',
        "slot,term,means,of,from,note\rtreatment,red light therapy,light therapy,,own\r"
        'risk,dry eye,,light therapy,site,"a, b",,,\r',
    ],
    ids=["plain", "excel", "tabs", "columns moved", "old line ends and cut rows"],
)
def test_the_same_pack_however_it_was_saved(text: str) -> None:
    assert terms(text) == PLAIN


def test_words_are_those_that_texts_have() -> None:
    found = terms(
        HEADER + "condition,osteoarthriti*,,,own,\ntreatment,St. John’s wort,,,own,\n"
        "treatment,NAD+ drip,,,own,\nbody,5-HT2A receptor,,,own,\n"
    )
    assert [term.words for term in found] == [
        ("osteoarthriti*",),
        ("st", "john's", "wort"),
        ("nad", "drip"),
        ("5-ht2a", "receptor"),
    ]
    assert found[0].means == "osteoarthriti"


def test_a_second_spelling_of_the_same_words_is_no_error() -> None:
    [term] = terms(HEADER + "treatment,st. john's wort,,,own,\ntreatment,st john's wort,,,own,\n")
    assert term.row == 2


def test_a_term_may_be_a_risk_of_two_treatments_and_a_condition() -> None:
    rows = "condition,nausea,,,own,\nrisk,nausea,,kap,own,\nrisk,nausea,,tms,own,\n"
    assert [term.of for term in terms(HEADER + rows)] == ["", "kap", "tms"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("treatmet,botox,,,own,\n", 'row 2, column "slot": "treatmet" is not a slot'),
        (",botox,,,own,\n", 'row 2, column "slot": is empty'),
        ("treatment, ,,,own,\n", 'row 2, column "term": is empty'),
        ("treatment,bo*tox,,,own,\n", 'row 2, column "term": "bo*tox" has a * inside a word'),
        ("treatment,* therapy,,,own,\n", 'row 2, column "term": "* therapy" has a * alone'),
        ("treatment,+,,,own,\n", 'row 2, column "term": "+" holds no letter'),
        ("risk,nausea,,,own,\n", 'row 2, column "of": is empty, and a row of the slot risk'),
        ("treatment,botox,,,,\n", 'row 2, column "from": is empty'),
        ("\n,,,,,\nbody,knee,,,,\n", 'row 4, column "from": is empty'),
        (
            "body,knee,,,own,\nbody,Knee,,,own,\n",
            'row 3, column "term": "Knee" stands in row 2 already',
        ),
        (
            "body,knee,,,own,\ncondition,knee,,,own,\n",
            'row 3, column "term": "knee" is condition here and body in row 2',
        ),
        ('body,"knee\nx,,,own,\n', "row 2: a quotation mark is not closed"),
        (
            'body,"two\nlines",,,own,\nbody,knee,,,,\n',
            'row 3, column "from": is empty',
        ),
    ],
)
def test_a_bad_row_is_named(rows: str, message: str) -> None:
    [found] = said(rows)
    assert found.startswith(message)


def test_a_slot_that_is_nearly_right_is_suggested() -> None:
    [failure] = read_pack("own.csv", "own.csv", HEADER + "treatmet,a,,,own,\n").failures
    assert failure.help == "Did you mean treatment?"


def test_every_bad_row_is_named_and_the_good_ones_are_read() -> None:
    pack = read_pack("own.csv", "own.csv", HEADER + "x,a,,,own,\nbody,knee,,,own,\nbody,b,,,,\n")
    assert [(each.path, each.line) for each in pack.failures] == [("own.csv", 2), ("own.csv", 4)]
    assert [term.text for term in pack.terms] == ["knee"]


def test_a_file_full_of_bad_rows_is_told_in_twenty_lines() -> None:
    found = said("x,y,,,own,\n" * 5000)
    assert len(found) == 21
    assert found[-1] == "4980 more rows cannot be used"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'row 1: the columns "slot", "term", "from" are missing'),
        ("PK\x03\x04 something else", 'row 1: the columns "slot", "term", "from"'),
        ("slot,term,means,of,note\n", 'row 1: the column "from" is missing'),
        ("slot,term,term,from\n", 'row 1: two columns are called "term"'),
    ],
)
def test_a_file_that_is_no_pack_says_what_its_first_row_lacks(text: str, message: str) -> None:
    [failure] = read_pack("own.csv", "own.csv", text).failures
    assert failure.message.startswith(message)


CELL = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)


@given(st.lists(st.tuples(st.sampled_from([*SLOTS, "x", ""]), CELL, CELL, CELL, CELL, CELL)))
def test_each_row_is_a_term_or_named_or_a_second_spelling(rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([("slot", "term", "means", "of", "from", "n"), *rows])
    pack = read_pack("own.csv", "own.csv", text.getvalue())
    told = {each.line for each in pack.failures if each.line}
    good = [term.row for term in pack.terms]
    assert len(set(good)) == len(good)
    assert not told & set(good)
    for term in pack.terms:
        assert term.slot in SLOTS
        assert term.source
        assert term.means
        assert all(word == word.lower() and word.strip("*") for word in term.words)


@pytest.mark.parametrize(
    ("word", "many"),
    [
        ("knee", "knees"),
        ("therapy", "therapies"),
        ("kidney", "kidneys"),
        ("rash", "rashes"),
        ("virus", "viruses"),
        ("diagnosis", "diagnoses"),
        ("weakness", "weaknesses"),
        ("cravings", ""),
        ("osteoarthriti*", ""),
    ],
)
def test_forms_are_the_term_and_its_plural(word: str, many: str) -> None:
    assert forms(("sore", word)) == (("sore", word), *([("sore", many)] if many else []))
