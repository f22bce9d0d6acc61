"""What the guards make of packs, profile, market, front matter, register and reviews."""

from __future__ import annotations

from datetime import date

import pytest

from copydesk.api import Person
from copydesk.testing import run_rule
from copydesk_plugins.claims.guards.rules import GUARDS
from copydesk_plugins.claims.options import MARKETS, SHARED
from copydesk_plugins.claims.review.reading import as_toml
from copydesk_plugins.claims.review.stamps import Stamp

RULES = {rule.id.partition(".")[2]: rule for rule in GUARDS}
PACK = """slot,term,means,of,from,note
treatment,zoravin,,,own,
treatment,zoravil,zoravin,,own,brand
treatment,lumetrel,,,own,
condition,asthma,,,own,
condition,severe asthma,,,own,
condition,hay fever,,,own,
risk,hoarseness,,zoravin,own,
indication,severe asthma,,zoravin,own,approved 2019-03-05
indication,asthma,,lumetrel,own,approved 2001-01-02: asthma only
"""
OTHER = """slot,term,means,of,from,note
condition,migraine,,,own,
"""
PACKS = {"packs/own.csv": PACK, "packs/other.csv": OTHER}
NAMED = {"packs": ["packs/own.csv", "packs/other.csv"]}


def messages(name: str, text: str, **options: object) -> list[str]:
    found = run_rule(RULES[name], text, options={**NAMED, **options}, files=PACKS)
    return [each.message for each in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Zoravin is FDA approved for hay fever.", True),
        ("Zoravil is FDA approved for hay fever.", True),  # a brand has what its generic has
        ("Zoravin is FDA approved for severe asthma.", False),
        ("Zoravin is FDA approved for migraine.", False),  # another pack's illness: not sure
        ("Lumetrel is FDA approved for migraine.", True),  # its note says "only"
        ("Lumetrel is FDA approved for severe asthma.", False),  # a kind of asthma
        ("Lumetrel is FDA approved for hay fever and asthma.", True),
    ],
)
def test_a_pack_vouches_for_its_own_illnesses_and_for_all_where_it_says_only(
    text: str, found: bool
) -> None:
    assert bool(messages("false-approval", text)) is found


def test_an_indication_that_a_site_adds_to_a_pack_settles() -> None:
    text = "Zoravin is FDA approved for hay fever."
    more = PACK + "indication,hay fever,,zoravin,own,approved 2026-01-02\n"
    files = {**PACKS, "packs/own.csv": more}
    assert messages("false-approval", text)
    assert not run_rule(RULES["false-approval"], text, options=NAMED, files=files)


def test_the_message_names_what_is_known() -> None:
    [message] = messages("false-approval", "Zoravin is FDA approved for hay fever.")
    assert "severe asthma" in message


def test_risks_of_a_pack_make_the_balance() -> None:
    text = "Ketamine eases depression in some people."
    risk = "Hoarseness comes and goes."
    pack = PACK + "treatment,ketamine,,,own,\ncondition,depression,,,own,\n"
    pack += "risk,hoarseness,,ketamine,own,\n"
    given = {"options": {"packs": ["packs/k.csv"]}, "files": {"packs/k.csv": pack}}
    assert run_rule(RULES["fair-balance"], text, **given)
    assert not run_rule(RULES["fair-balance"], f"{text}\n\n{risk}", **given)
    assert run_rule(RULES["fair-balance"], f"{text}\n\n{risk}")  # no risk of ketamine elsewhere


def test_the_strict_profile_makes_an_error_of_a_missing_balance() -> None:
    text = "Ketamine eases low mood in some people."
    for profile, severity in (("standard", "warning"), ("strict", "error")):
        [found] = run_rule(RULES["fair-balance"], text, options={"profile": profile})
        assert found.severity == severity


@pytest.mark.parametrize("name", sorted(RULES))
def test_options_are_the_shared_ones(name: str) -> None:
    if RULES[name].options:
        assert RULES[name].options[: len(SHARED)] == SHARED


OFFER = "---\nauthor: Jane Doe\n{more}---\n\nWe offer therapy sessions by telehealth.\n"


@pytest.mark.parametrize(
    ("market", "more", "missing"),
    [
        ("us", "", ["licence", "states"]),
        ("us", "licence: LMFT T0000\n", ["states"]),
        ("us", "licence: LMFT T0000\nstates_served: [OR]\n", []),
        ("ca", "licence: RP 000000\n", ["provinces"]),
        ("au", "", ["licence", "states"]),
        ("uk", "", ["registration"]),
        ("uk", "licence: HCPC PYL00000\n", []),
        ("eu", "", ["title"]),
        ("eu", "author_credential: Psychologin\n", []),
    ],
)
def test_what_a_licence_line_holds_by_market(market: str, more: str, missing: list[str]) -> None:
    found = run_rule(
        RULES["licence-line"], OFFER.replace("{more}", more), options={"market": market}
    )
    assert len(found) == bool(missing)
    for each in found:
        assert all(word in each.message for word in missing)
        assert ("states" in each.message) is ("states" in missing)


def test_every_market_has_an_example() -> None:
    for market in MARKETS:
        [found] = run_rule(RULES["licence-line"], "I offer EMDR.", options={"market": market})
        assert "“" in found.help


def test_the_template_may_show_the_licence() -> None:
    assert run_rule(RULES["licence-line"], "I offer EMDR.")
    assert not run_rule(RULES["licence-line"], "I offer EMDR.", provided=["licence"])


def test_words_may_be_allowed() -> None:
    text = "Diabetics should have their feet checked."
    assert run_rule(RULES["person-first"], text)
    assert not run_rule(RULES["person-first"], text, options={"allow": ["diabetics"]})


def test_each_word_about_people_is_told_once() -> None:
    text = "Diabetics walk. Diabetics swim. Epileptics swim, too."
    assert len(run_rule(RULES["person-first"], text)) == 2


def test_people_of_the_site_are_no_patients() -> None:
    text = "Lena came to us with a plan for eczema care.\n\nEczema itches."
    people = {"lena": Person("lena", "Lena Vogt", "nurse")}
    assert run_rule(RULES["patient-identity"], text)
    assert not run_rule(RULES["patient-identity"], text, people=people)


def test_a_source_alone_does_not_settle_what_is_said_of_suicide() -> None:
    text = "Ketamine eases suicidal thoughts ([trial](https://doi.org/10.5555/sui.1))."
    [found] = run_rule(RULES["suicide-benefit"], text)
    assert "source" not in found.message.partition("without")[2].partition(";")[0]
    assert "clinician" in found.message


def test_a_comparison_says_when_a_source_stands_beside_it() -> None:
    bare = "Acupuncture relieves migraine faster than tablets"
    [plain] = run_rule(RULES["comparative"], bare + ".")
    [beside] = run_rule(RULES["comparative"], bare + " ([x](https://doi.org/10.5555/c.1)).")
    assert "a source stands beside it" in beside.message
    assert "a source stands beside it" not in plain.message


def test_a_post_with_a_review_stamp_is_left_to_the_rule_on_stamps() -> None:
    rule = RULES["reviewer-and-dates"]
    text = f"---\nid: p-1\n---\n\n{rule.bad}"
    stamp = as_toml(Stamp("p-1", "mara", date(2026, 1, 2), date(2027, 1, 2), "0" * 64))
    people = {"mara": Person("mara", "Dr Mara Ellison", "physician", "MD")}
    assert run_rule(rule, text, people=people)
    assert not run_rule(rule, text, people=people, files={"reviews.toml": stamp})


def test_a_note_is_no_post_yet() -> None:
    rule = RULES["reviewer-and-dates"]
    assert run_rule(rule, rule.bad)
    assert not run_rule(rule, rule.bad.partition(". ")[0] + ".")
