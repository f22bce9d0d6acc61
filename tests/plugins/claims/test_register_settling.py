"""Where an entry settles a claim: words, place in the post, market, required text, and day."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from register_kit import DAY, claim_at, context, entry, judged, settled, toml_of

from copydesk_plugins.claims.register import Near, PostFacts, Settled, register_of
from copydesk_plugins.claims.register.entry import Withdrawal

EASES = entry("Massage eases back pain.", condition="back pain", product="massage")


@pytest.mark.parametrize(
    "sentence",
    [
        "Massage eases back pain.",
        "massage eases  back pain",
        "MASSAGE EASES BACK PAIN.",
        "“Massage eases back pain.”",
        "Massage may ease back pain.",
        "Back pain is eased by massage.",
    ],
)
def test_what_says_the_same_is_settled(sentence: str) -> None:
    assert settled(judged(sentence, EASES)) == "one"


def test_a_variant_settles_like_the_statement() -> None:
    both = entry("Massage eases back pain.", variants=("A sore back feels better after massage.",))
    found = judged("A sore back feels better after massage", both)
    assert isinstance(found, Settled) and found.by == "text"


#: Sentence, and why the entry only comes near.
NEAR = {
    "Massage never eases back pain.": "opposite",
    "Massage eases back pain in 2 days.": "numbers",
    "Acupuncture eases back pain.": "treatments",
    "Massage eases back pain and migraine.": "conditions",
    "Massage always eases back pain.": "absolute",
    "Massage eases back pain in children.": "“children”",
    "Massage increases back pain.": "“increases”",
    "Massage eases and prevents back pain.": "wording",
    "Massage eases the cost of back pain.": "wording",
}


@pytest.mark.parametrize("sentence", NEAR, ids=str)
def test_what_comes_near_is_told_with_the_difference(sentence: str) -> None:
    found = judged(sentence, EASES)
    assert isinstance(found, Near) and NEAR[sentence] in found.why, found


def test_what_has_nothing_in_common_is_not_near() -> None:
    assert judged("Ketamine was first made in 1962.", EASES) is None


def test_better_than_is_not_the_other_way_round() -> None:
    better = entry("Yoga works faster than massage for back pain.")
    assert settled(judged("Yoga works faster than massage for back pain.", better))
    assert not settled(judged("Massage works faster than yoga for back pain.", better))


def test_it_in_a_post_about_something_else_is_another_claim() -> None:
    it = entry("It eases back pain within two hours.", product="massage")
    told = "---\ntitle: Depression\n---\n\n{} is on offer here. {}\n"
    sentence = "It eases back pain within two hours."
    for treatment, expected in (("Massage", "one"), ("Acupuncture", ""), ("Ketamine", "")):
        ctx = context(told.format(treatment, sentence), toml_of(it))
        found = register_of(ctx).settles(claim_at(ctx, sentence), PostFacts(ctx, "us"))
        assert settled(found) == expected, treatment


#: Statements that leave open what they are said of, and what the engine says no more of.
OPEN = ("Eases back pain in most people.", "This treatment eases back pain.")


@pytest.mark.parametrize("sentence", OPEN)
def test_what_does_not_say_of_what_needs_a_product_that_the_place_names(sentence: str) -> None:
    told = "---\ntitle: {0} for back pain\n---\n\n## {0}\n\n{1}\n"
    for product, treatment, expected in (
        ("", "Massage", ""),
        ("massage", "Massage", "one"),
        ("massage", "Ketamine", ""),
    ):
        made = entry(sentence, product=product, condition="back pain")
        ctx = context(told.format(treatment, sentence), toml_of(made))
        found = register_of(ctx).settles(claim_at(ctx, sentence), PostFacts(ctx, "us"))
        assert settled(found) == expected, (product, treatment)


LIST = "# Depression and massage\n\nMassage helps.\n\n{}\n\n- ease back pain\n- open at nine\n"


def test_an_item_of_a_list_is_read_with_its_lead_in() -> None:
    whole = entry("Massage can ease back pain.")
    item = entry("ease back pain")
    for lead, of_whole in (("Massage can:", "one"), ("Massage can never:", ""), ("Yoga can:", "")):
        for each, expected in ((whole, of_whole), (item, "")):
            ctx = context(LIST.format(lead), toml_of(each))
            claim = claim_at(ctx, "ease back pain")
            found = register_of(ctx).settles(claim, PostFacts(ctx, "us"))
            assert settled(found) == expected, (lead, each.statement)


def test_required_words_must_stand_where_readers_see_them() -> None:
    needs = entry("Massage eases back pain.", required_text="Not for people with fresh injuries.")
    sentence = "Massage eases back pain."
    assert "lacks the words it needs" in judged(sentence, needs).why  # type: ignore[union-attr]
    assert settled(judged(sentence, needs, more="It is *not for people* with fresh injuries."))
    assert not settled(judged(sentence, needs, more="Not for people with fresh pain or injuries."))
    hidden = (
        '---\ntitle: Depression\ndescription: "Not for people with fresh injuries."\n---\n\n'
        "Massage eases back pain.\n\n![Not for people with fresh injuries.](a.png)\n"
    )
    ctx = context(hidden, toml_of(needs))
    found = register_of(ctx).settles(claim_at(ctx, sentence), PostFacts(ctx, "us"))
    assert not settled(found)


def test_a_market_is_held_to() -> None:
    british = entry("Massage eases back pain.", markets=("uk",))
    assert settled(judged("Massage eases back pain.", british, market="uk"))
    for market in ("us", ""):
        found = judged("Massage eases back pain.", british, market=market)
        assert isinstance(found, Near) and "uk" in found.why


@pytest.mark.parametrize("day, holds", [(30, True), (31, True), (1, False)])
def test_an_entry_holds_through_its_last_day(day: int, holds: bool) -> None:
    ends = entry("Massage eases back pain.", expires=date(2026, 12, 31))
    now = datetime(2026, 12, day, 23, tzinfo=UTC) if day > 1 else datetime(2027, 1, 1, tzinfo=UTC)
    assert bool(settled(judged("Massage eases back pain.", ends, now=now))) is holds


def test_the_day_is_asked_for_only_where_an_entry_ends() -> None:
    for expires, asked in ((None, False), (date(2026, 12, 31), True)):
        ctx = context(
            "# Depression\n\nMassage eases back pain.\n",
            toml_of(entry("Massage eases back pain.", expires=expires)),
        )
        register_of(ctx).settles(claim_at(ctx, "Massage eases"), PostFacts(ctx, "us"))
        assert ("today" in ctx.asked) is asked


def test_drafts_and_withdrawn_entries_settle_nothing() -> None:
    draft = entry("Massage eases back pain.", status="draft")
    gone = entry(
        "Massage eases back pain.",
        status="withdrawn",
        withdrawal=Withdrawal("mara", DAY, "The trial was retracted."),
    )
    for each, why in ((draft, "nobody approved it"), (gone, "The trial was retracted")):
        found = judged("Massage eases back pain.", each)
        assert isinstance(found, Near) and why in found.why


def test_one_entry_in_force_is_enough_where_others_say_the_same() -> None:
    old = entry("Massage eases back pain.", id="old", expires=date(2026, 1, 1))
    assert settled(judged("Massage eases back pain.", old, EASES)) == "one"


def test_hostile_texts_stay_linear_and_settle_nothing() -> None:
    long = "Massage eases back pain " * 20_000 + "."
    ctx = context(f"# Depression\n\n{long}\n", toml_of(EASES))
    found = register_of(ctx).settles(claim_at(ctx, "Massage"), PostFacts(ctx, "us"))
    assert not settled(found)
