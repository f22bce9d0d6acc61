"""What an entry of the register settles for the guards, and who has to have signed it."""

from __future__ import annotations

from datetime import date

import pytest
from register_kit import PEOPLE, SOURCE, entry, toml_of

from copydesk.model.finding import Finding
from copydesk.testing import run_rule
from copydesk_plugins.claims import register_rules
from copydesk_plugins.claims.register.entry import Approval, hash_of

RULES = {rule.id: rule for rule in register_rules()}
SUICIDE = "Ketamine eases suicidal thoughts within hours."
LINKED = SUICIDE.replace(".", " ([trial](https://doi.org/10.5555/sui.1)).")
FASTER = "Acupuncture relieves migraine faster than tablets."


def run(rule: str, post: str, *entries: object) -> list[Finding]:
    files = {"claims.toml": toml_of(*entries)} if entries else {}  # type: ignore[arg-type]
    return run_rule(RULES[rule], post, files=files, people=PEOPLE)


def test_a_source_and_a_clinician_settle_what_is_said_of_suicide() -> None:
    approved = entry(SUICIDE)
    assert run("claims.suicide-benefit", LINKED)
    assert not run("claims.suicide-benefit", SUICIDE, approved)
    assert not run("claims.suicide-benefit", LINKED, approved)


def test_two_who_are_no_clinicians_do_not() -> None:
    people = {**PEOPLE, "mara": PEOPLE["mara"]._replace(role="editor", credential="")}
    files = {"claims.toml": toml_of(entry(SUICIDE))}
    assert run_rule(RULES["claims.suicide-benefit"], LINKED, files=files, people=people)


@pytest.mark.parametrize(
    ("change", "settles"),
    [
        ({}, True),
        ({"status": "draft"}, False),
        ({"expires": date(2026, 5, 31)}, False),
        ({"markets": ("uk",)}, False),
    ],
)
def test_a_comparison_is_settled_by_head_to_head_evidence_in_force(
    change: dict[str, object], settles: bool
) -> None:
    versus = SOURCE._replace(head_to_head=True)
    assert bool(run("claims.comparative", FASTER, entry(FASTER, evidence=(versus,), **change))) is (
        not settles
    )


def test_other_evidence_does_not_settle_a_comparison() -> None:
    assert run("claims.comparative", FASTER, entry(FASTER))


def test_an_approval_of_other_words_does_not_count() -> None:
    versus = SOURCE._replace(head_to_head=True)
    approved = entry(FASTER, evidence=(versus,))
    other = Approval("mara", date(2026, 5, 1), hash_of(approved._replace(statement="Other words")))
    assert run("claims.comparative", FASTER, approved._replace(approvals=(other,)))
