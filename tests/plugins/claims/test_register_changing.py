"""Changes to the register move no byte of what they are not about."""

from __future__ import annotations

import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from register_kit import DAY, PEOPLE, entry, toml_of

from copydesk.api import CopydeskError
from copydesk_plugins.claims.register.book import Book, read_book
from copydesk_plugins.claims.register.changing import (
    block_of,
    with_entry,
    with_sign_off,
    with_withdrawal,
)
from copydesk_plugins.claims.register.entry import (
    Approval,
    Entry,
    Evidence,
    Withdrawal,
    hash_of,
)
from copydesk_plugins.claims.register.places import EntryAt, places_of
from copydesk_plugins.claims.register.signing import is_clinician, missing, need_of

ODD = (
    """# our register

[[ claim ]]   # by hand
  id = "odd"; """.replace("; ", "\n")
    + """statement   =   "Yoga [[claim]] lowers = blood \\"pressure\\"."   # why
status="draft"
variants = [
  "one # two",   # three
  'four',
]
evidence = [ { doi = "10.5555/1", direct = false } ]

# speaks of the next one
"""
)


def book(text: str) -> Book:
    return read_book(text, "claims.toml", PEOPLE)


def place(text: str, number: int) -> EntryAt:
    return places_of(text, "claims.toml").entries[number]


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip)
evidences = st.builds(
    Evidence,
    doi=st.just("10.5555/12345678"),
    pmid=st.just(""),
    url=st.just(""),
    quote=texts,
    design=texts,
    direct=st.booleans(),
    head_to_head=st.booleans(),
)
entries = st.builds(
    Entry,
    id=st.from_regex(r"[a-z][A-Za-z0-9._-]{0,20}", fullmatch=True),
    statement=texts,
    variants=st.lists(texts, max_size=3).map(tuple),
    product=texts | st.just(""),
    condition=texts | st.just(""),
    strength=st.sampled_from(["hedged", "plain", "absolute"]),
    evidence=st.lists(evidences, max_size=3).map(tuple),
    required_text=texts | st.just(""),
    markets=st.sampled_from([(), ("us",), ("uk", "eu")]),
    expires=st.none() | st.dates(),
    status=st.just("draft"),
    approvals=st.just(()),
    withdrawal=st.none(),
    sound=st.just(True),
    line=st.just(0),
    recorded_by=st.just("mara"),
)


@given(entries)
def test_an_entry_is_read_back_as_it_was_written(made: Entry) -> None:
    found = book(block_of(made))
    assert not found.all_failures
    assert found.entries[0]._replace(line=0) == made
    assert hash_of(found.entries[0]) == hash_of(made)


@given(entries, st.sampled_from(["", "\n", "\r\n", ODD, ODD.replace("\n", "\r\n"), ODD.rstrip()]))
def test_an_added_entry_keeps_every_byte_above(made: Entry, old: str) -> None:
    new = with_entry(old, made._replace(id="new"))
    assert new.startswith(old)
    assert [each.id for each in book(new).entries][-1] == "new"
    if "\r\n" in old:
        assert new.count("\n") == new.count("\r\n")


def test_a_new_register_says_what_it_is() -> None:
    text = with_entry("", entry("Massage eases back pain.", status="draft", by=()))
    assert text.startswith("# Claims that") and not book(text).all_failures


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_sign_off_changes_its_entry_only(number: int, newline: str) -> None:
    draft = entry("Massage eases back pain.", status="draft", by=("tom",))
    text = ODD + toml_of(draft, entry("Ketamine lifts mood.", id="last", status="draft", by=()))
    text = text.replace("\n", newline).rstrip()
    before = book(text).entries
    approval = Approval("mara", date(2026, 6, 1), hash_of(before[number]))
    new = with_sign_off(text, place(text, number), approval, (), "approved")
    after = book(new)
    assert not after.failures and after.entries[number].status == "approved"
    assert after.entries[number].approvals == (*before[number].approvals, approval)
    for other in {0, 1, 2} - {number}:
        assert _bytes(new, other) == _bytes(text, other)
        assert after.entries[other]._replace(line=0) == before[other]._replace(line=0)
    assert new.count("\n") == new.count(newline)


def _bytes(text: str, number: int) -> str:
    at = place(text, number)
    return text[at.start : at.end]


def test_approvals_that_count_no_longer_are_taken_out() -> None:
    old = entry("Massage eases back pain.", by=("mara", "tom"))
    text = toml_of(old).replace("back pain", "neck pain") + "\n# the end\n"
    now = book(text).entries[0]
    new = with_sign_off(
        text, place(text, 0), Approval("mara", DAY, hash_of(now)), (0, 1), "approved"
    )
    found = book(new)
    assert not found.all_failures and [each.by for each in found.entries[0].approvals] == ["mara"]
    assert new.endswith("# the end\n")


def test_a_new_last_day_is_written_where_one_stands_and_where_none_does() -> None:
    for expires in (None, date(2026, 1, 1)):
        old = entry("Massage eases back pain.", status="draft", by=(), expires=expires)
        text, day = toml_of(old), date(2027, 5, 5)
        approval = Approval("mara", DAY, hash_of(old._replace(expires=day)))
        new = with_sign_off(text, place(text, 0), approval, (), "approved", day)
        assert not book(new).all_failures and book(new).entries[0].expires == day


def test_approvals_on_one_line_are_not_torn_apart() -> None:
    old = entry("Massage eases back pain.", by=())
    row = f'approval = [{{ by = "tom", date = 2026-01-01, hash = "{"0" * 64}" }}]\n'
    text = toml_of(old).replace("status =", row + "status =")
    with pytest.raises(CopydeskError, match="cannot be changed"):
        with_sign_off(text, place(text, 0), Approval("mara", DAY, hash_of(old)), (0,), "approved")


@given(texts)
def test_a_withdrawal_keeps_all_else_and_says_why(reason: str) -> None:
    text = ODD + toml_of(entry("Massage eases back pain."))
    new = with_withdrawal(text, place(text, 1), Withdrawal("mara", DAY, reason))
    found = book(new)
    assert not found.all_failures
    assert found.entries[1].withdrawal == Withdrawal("mara", DAY, reason)
    assert found.entries[1].status == "withdrawn" and _bytes(new, 0) == _bytes(text, 0)
    assert tomllib.loads(new)["claim"][0] == tomllib.loads(text)["claim"][0]


SUICIDE = (
    "Ketamine lowers suicidal thoughts.",
    "It helps people who self-harm.",
    "Fewer people wish to die after treatment.",
    "Suicide is less frequent after it.",
    "Ketamine is anti-suicidal.",
    "It has antisuicidal effects.",
    "It keeps people from killing themselves.",
    "Fewer people took their own lives.",
    "The thought that you end your life comes less often.",
    "Sui\u00adcide is less frequent after it.",
    "It helps those who want to self\u2010harm.",
)


@pytest.mark.parametrize("statement", SUICIDE)
def test_what_speaks_of_suicide_needs_two_people_and_a_clinician(statement: str) -> None:
    made = entry(statement, by=("tom",))
    assert need_of(made)[:2] == (2, True)
    assert "none of a clinician" in missing(made, PEOPLE)
    assert "1 of the 2" in missing(entry(statement, by=("mara",)), PEOPLE)
    assert not missing(entry(statement, by=("mara", "tom")), PEOPLE)


def test_the_same_in_a_variant_or_the_condition_counts() -> None:
    for more in ({"variants": (SUICIDE[0],)}, {"condition": "suicidal ideation"}):
        assert need_of(entry("Ketamine helps.", **more)).clinician


@pytest.mark.parametrize(
    "role, expected",
    [
        ("physician", True),
        ("Nurse practitioner", True),
        ("midwife/nurse", True),
        ("Medical doctor", True),
        ("editor", False),
        ("nursery manager", False),
        ("non-clinician", False),
        ("", False),
    ],
)
def test_who_is_a_clinician(role: str, expected: bool) -> None:
    assert is_clinician(PEOPLE["mara"]._replace(role=role)) is expected


@pytest.mark.parametrize("statement", ["Yoga gives you your own life back.", "Massage eases pain."])
def test_other_entries_need_one_person(statement: str) -> None:
    assert need_of(entry(statement))[:2] == (1, False)
