"""What is wrong with a register is named with its line, and a wrong entry approves nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from register_kit import PEOPLE, claim_at, context, entry, settled, toml_of

from copydesk_plugins.claims.register import PostFacts, register_of
from copydesk_plugins.claims.register.book import read_book
from copydesk_plugins.claims.register.entry import Entry, hash_of

STATEMENT = "Massage eases back pain."
GOOD = toml_of(entry(STATEMENT))
OTHER = toml_of(entry("Yoga lowers blood pressure.", id="two"))


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def settles(text: str, sentence: str = STATEMENT) -> str:
    ctx = context(f"# Depression\n\n{sentence}\n", text)
    return settled(register_of(ctx).settles(claim_at(ctx, sentence), PostFacts(ctx, "us")))


def test_what_is_right_has_no_failures_and_settles() -> None:
    assert not read_book(GOOD, "claims.toml", PEOPLE).all_failures
    assert settles(GOOD) == "one"


def test_a_site_without_a_register_has_none() -> None:
    ctx = context("Massage eases back pain.\n")
    assert register_of(ctx).entries == () and ctx.failures == ()
    assert "file:claims.toml" in ctx.asked  # one that appears later is seen


#: What is changed in a good register, into what; the words of the message, and where they point.
BAD = {
    "an unknown status": ('"approved"', '"signed"', "unknown status 'signed'", 'status = "signed"'),
    "a status that is worked out": ('"approved"', '"expired"', "unknown status", 'status = "exp'),
    "an unknown strength": ('"plain"', '"strong"', "strength takes one of", 'strength = "strong"'),
    "a misspelt key": ("strength =", "strenght =", "unknown key strenght", "strenght"),
    "a number for a text": (f'"{STATEMENT}"', "7", "statement takes a text", "statement = 7"),
    "an empty statement": (STATEMENT, " ", "no statement", "statement ="),
    "an id of digits": ('"one"', '"12"', "id takes letters", 'id = "12"'),
    "an id with a blank": ('"one"', '"the one"', "id takes letters", 'id = "the one"'),
    "no evidence source": ("doi =", "design-of =", "unknown key design-of", "design-of"),
    "an address for a DOI": ('"10.5555', '"https://doi.org/10.5555', "doi takes a DOI", "doi ="),
    "a text for a flag": ("direct = true", 'direct = "yes"', "direct takes true", "direct ="),
    "an approval without a hash": ("hash = ", "hush = ", "unknown key hush", "hush"),
    "a hash that is none": (
        hash_of(entry(STATEMENT)),
        "abc",
        "hash takes the hash",
        'hash = "abc"',
    ),
    "a text for a day": ("2026-05-01", '"today"', "date takes a day", 'date = "today"'),
    "an approver who is nobody": ('by = "mara"', 'by = "mora"', "mora approved one", 'by = "mora"'),
    "a changed word": ("back pain.", "neck pain.", "the hash does not match", "hash ="),
    "a changed source": ("12345678", "12345679", "the hash does not match", "hash ="),
    "a raised strength": ('"plain"', '"absolute"', "the hash does not match", "hash ="),
    "more evidence": ('design = "trial"', 'design = "review"', "does not match", "hash ="),
    "a market it never had": ('status = "a', 'market = "uk"\nstatus = "a', "not match", "hash ="),
    "a day it never had": ('status = "a', 'expires = 2099-01-01\nstatus = "a', "match", "hash ="),
    "withdrawn, and the status put back by hand": (
        'status = "approved"',
        'status = "approved"\nwithdrawal = { by = "mara", date = 2026-05-02, reason = "Wrong." }',
        "one was withdrawn, but says that it is approved",
        "withdrawal =",
    ),
    "a market nobody knows": ('status = "a', 'market = "mars"\nstatus = "a', "one or", "market"),
}


@pytest.mark.parametrize("case", BAD, ids=str)
def test_bad_entries_are_named_with_their_line_and_approve_nothing(case: str) -> None:
    old, new, message, where = BAD[case]
    assert GOOD.count(old) >= 1
    text = "# a note\r\n\n" + GOOD.replace(old, new) + "\n" + OTHER
    ctx = context("Hello.\n", text)
    register_of(ctx)
    failures = [each for each in ctx.failures if message in each.message]
    assert failures, [each.message for each in ctx.failures]
    assert failures[0].path == "claims.toml" and failures[0].kind == "config"
    assert failures[0].line == line_of(text, where)
    assert failures[0].help.endswith((".", "?"))
    assert not settles(text) and not settles(text, STATEMENT.replace("back", "neck"))
    assert settles(text, "Yoga lowers blood pressure.") == "two"


def test_one_id_twice_takes_both_out() -> None:
    text = GOOD + "\n" + OTHER.replace('"two"', '"one"')
    lines = [each.line for each in read_book(text, "claims.toml", PEOPLE).failures]
    assert lines == [2, line_of(text, "Yoga") - 1]
    assert not settles(text) and not settles(text, "Yoga lowers blood pressure.")


@pytest.mark.parametrize(
    "text",
    [
        GOOD + "\n[[claim\n",
        GOOD.replace('"approved"', '"approved'),
        GOOD + "id = 1\nid = 2\n",
        "claim = 3\n",
        'claim = ["one"]\n',
        f'claim = [{{ id = "one", statement = "{STATEMENT}", status = "approved" }}]\n',
        "[claim]\n" + GOOD.replace("[[claim]]\n", ""),
        GOOD.replace("[[claim.approval]]", "[[claim.approval]]\n[claim.approval.more]\nx = 1", 1),
        "x = " + "[" * 3000 + "]" * 3000 + "\n",
    ],
)
def test_what_cannot_be_read_is_one_failure_and_no_entry(text: str) -> None:
    found = read_book(text, "claims.toml", PEOPLE)
    assert found.failures and not found.entries
    assert all(each.path == "claims.toml" for each in found.failures)


def test_a_key_beside_the_entries_is_named_with_its_line() -> None:
    for extra in ("[settings]\na = 1\n", "[[claims]]\nid = 1\n"):
        text = GOOD + "\n" + extra
        failures = read_book(text, "claims.toml", PEOPLE).failures
        assert [each.line for each in failures] == [line_of(text, extra)]


def test_too_few_approvals_are_a_failure_not_an_approval() -> None:
    for by in ((), ("tom", "nobody")):
        assert not settles(toml_of(entry(STATEMENT, by=by)))
    promise = entry("Massage cures back pain.", strength="absolute", by=("mara",))
    found = read_book(toml_of(promise), "claims.toml", PEOPLE)
    assert "1 of the 2 approvals it needs" in found.all_failures[0].message


def test_one_person_counts_once() -> None:
    promise = entry("Massage cures back pain.", strength="absolute", by=("mara", "mara"))
    assert read_book(toml_of(promise), "claims.toml", PEOPLE).unsigned


def test_drafts_with_old_approvals_are_in_order() -> None:
    text = GOOD.replace('"approved"', '"draft"').replace("back pain.", "neck pain.")
    found = read_book(text, "claims.toml", PEOPLE)
    assert not found.all_failures and found.entries[0].valid == ()
    assert not settles(text, "Massage eases neck pain.")


def test_rules_go_on_and_the_run_fails() -> None:
    ctx = context("Hello.\n", GOOD.replace("back pain.", "neck pain."))
    assert register_of(ctx) is register_of(ctx)
    assert len(ctx.failures) == 2  # one for each of the two who signed


@given(st.sampled_from(["statement", "product", "condition", "required_text"]), st.text(min_size=1))
def test_the_hash_covers_every_text(field: str, text: str) -> None:
    one = Entry("one", STATEMENT)
    other = one._replace(**{field: getattr(one, field) + text})
    assert hash_of(one) != hash_of(other)


def test_the_hash_tells_apart_where_one_text_ends_and_the_next_begins() -> None:
    one = Entry("one", "a", ("b",), product="c")
    for other in (
        Entry("one", "a", (), product="b"),
        Entry("one", "ab", (), product="c"),
        Entry("one", "a", ("b", "c")),
        Entry("one", "a", ("b",), condition="c"),
    ):
        assert hash_of(one) != hash_of(other)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    read_book(text, "claims.toml", PEOPLE)


@given(st.integers(0, len(GOOD) - 1), st.sampled_from(list("x\"'[]{}=\n#1.")))
def test_a_register_with_one_character_changed_never_approves_other_words(at: int, by: str) -> None:
    text = GOOD[:at] + by + GOOD[at + 1 :]
    for each in read_book(text, "claims.toml", PEOPLE).entries:
        if each.sound and each.status == "approved":
            assert hash_of(each) == hash_of(entry(STATEMENT))
