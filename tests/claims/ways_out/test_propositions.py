"""Claims that say the same are one proposition, whatever their order and number."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from ways_out_kit import claim

from copydesk_plugins.claims.claim import STRENGTHS, Claim, Said
from copydesk_plugins.claims.propositions import propositions_of, without_source

WORKS = Said(("ketamine",), (), "improve", times=("within hours",))
EASES = Said(("ketamine",), ("depression",), "reduce")


def statement(said: Said) -> str:
    """Return how two claims that say this are told."""
    pair = [claim("One way.", said=said), claim("Another way.", said=said, index=1)]
    (found,) = propositions_of(pair)
    return found.statement


def test_equal_slots_are_one_proposition_with_the_strongest_at_its_head():
    claims = [
        claim("Ketamine may work within hours.", said=WORKS, strength="hedged"),
        claim("Ketamine eases depression.", said=EASES, index=1),
        claim("Ketamine works within hours.", said=WORKS, index=2),
    ]
    works, eases = propositions_of(claims)
    assert works.statement == "ketamine works within hours"
    assert works.head is claims[2]
    assert works.claims == (claims[0], claims[2])
    assert eases.claims == (claims[1],)


def test_among_equally_strong_claims_the_gravest_then_the_first_is_the_head():
    said = Said(("ketamine",), ("mood",), "improve")
    first, second, grave = (
        claim("A.", said=said, type=type, index=at)
        for at, type in enumerate(("association", "association", "safety"))
    )
    assert propositions_of([first, second])[0].head is first
    assert propositions_of([first, second, grave])[0].head is grave


def test_statements_are_sentences_of_the_slots():
    assert statement(EASES) == "ketamine reduces depression"
    assert statement(EASES._replace(negated=True)) == "ketamine does not reduce depression"
    assert statement(Said(("infusions",), ("pain",), "reduce")) == "infusions reduce pain"
    both = Said(("massage", "heat"), ("neck pain", "stress", "worry"), "improve", negated=True)
    assert statement(both) == "massage and heat do not improve neck pain, stress and worry"
    assert statement(Said(("tablets",), (), "enable")) == "tablets work"
    assert statement(Said(("opioid",), ("constipation",), "cause")) == "opioid causes constipation"


def test_a_statement_is_as_strong_as_its_head():
    def told(strength: str, **parts: object) -> str:
        said = EASES._replace(**parts)  # type: ignore[arg-type]
        pair = [claim(f"Way {at}.", said=said, index=at, strength=strength) for at in (1, 2)]
        return propositions_of(pair)[0].statement

    assert told("hedged") == "ketamine may reduce depression"
    assert told("hedged", negated=True) == "ketamine may not reduce depression"
    assert told("absolute") == "“Way 1.”"


def test_what_the_slots_do_not_say_whole_is_quoted():
    for said in (
        EASES._replace(numbers=("70 %",)),
        EASES._replace(compared=("tablets",)),
        EASES._replace(rest=("mice",)),
        EASES._replace(times=("within hours", "for months")),
        EASES._replace(times=("fast",)),
        EASES._replace(effect="link"),
        Said((), ("stress",), "worsen"),
        Said(("ketamine",), (), "cause"),
        Said(("a" * 100,), ("pain",), "reduce"),
    ):
        assert statement(said) == "“One way.”"


def test_a_claim_that_stands_alone_is_told_in_its_own_words():
    (found,) = propositions_of([claim("Ketamine eases depression.", said=EASES)])
    assert found.statement == "“Ketamine eases depression.”"


def test_a_long_quote_keeps_the_words_of_the_claim():
    text = "After the long walk " * 10 + "massage eases pain " + "in the evening of the day " * 9
    (found,) = propositions_of([claim(text.strip(), "massage eases pain")])
    assert "massage eases pain" in found.statement
    assert found.statement.startswith("“… ")
    assert found.statement.endswith(" …”")
    assert len(found.statement) <= 100
    inside = found.statement.strip("“”").strip("… ")
    assert inside in text
    assert f" {inside} " in text


def test_without_slots_only_equal_words_say_the_same():
    nothing = Said((), (), "")
    claims = [
        claim(text, said=nothing, index=at)
        for at, text in enumerate(("It helps a lot.", "It helps, a lot", "It hurts a lot."))
    ]
    assert [len(each.claims) for each in propositions_of(claims)] == [2, 1]


def test_two_propositions_never_read_alike():
    """A report folds what reads alike; an enabled and an improved sleep are two things."""
    saids = [Said(("yoga",), (), effect) for effect in ("improve", "enable")]
    claims = [claim(f"C{at}.", said=said, index=at) for at, said in enumerate(saids * 2)]
    one, two = propositions_of(claims)
    assert one.statement != two.statement
    assert one.statement.startswith("yoga works [")


KEYS = st.lists(st.sampled_from(["ketamine", "pain", "sleep", "tablets"]), max_size=2)
SAIDS = st.builds(
    Said,
    KEYS.map(tuple),
    KEYS.map(tuple),
    st.sampled_from(["improve", "reduce", "nouns", ""]),
    st.booleans(),
    st.sampled_from([(), ("40 %",)]),
    st.sampled_from([(), ("within hours",)]),
)
CLAIMS = st.lists(
    st.tuples(SAIDS, st.sampled_from(STRENGTHS), st.sampled_from(["One.", "Two.", "Three."])),
    max_size=12,
).map(
    lambda rows: [
        claim(text, said=said, strength=strength, index=at)
        for at, (said, strength, text) in enumerate(rows)
    ]
)


@given(CLAIMS, st.randoms(use_true_random=False))
def test_every_claim_is_in_one_proposition_and_the_order_does_not_matter(
    claims: list[Claim], chance: random.Random
):
    found = propositions_of(claims)
    assert sorted(each.unit.index for one in found for each in one.claims) == list(
        range(len(claims))
    )
    assert len({each.id for each in found}) == len(found)
    assert len({each.statement for each in found}) == len(found)
    for each in found:
        assert each.head in each.claims
        assert "\n" not in each.statement
    mixed = list(claims)
    chance.shuffle(mixed)
    again = {each.id: {c.unit.index for c in each.claims} for each in propositions_of(mixed)}
    assert again == {each.id: {c.unit.index for c in each.claims} for each in found}


def test_an_id_does_not_hang_on_the_other_claims():
    one = claim("Ketamine eases depression.", said=EASES)
    other = claim("Ketamine works within hours.", said=WORKS, index=1)
    assert propositions_of([one])[0].id == propositions_of([other, one])[1].id
    assert len(propositions_of([one])[0].id) == 8


def test_a_source_beside_a_claim_settles_those_that_are_no_stronger():
    hedged, plain, absolute = (
        claim(f"{at}.", said=EASES, index=at, strength=strength)
        for at, strength in enumerate(("hedged", "plain", "absolute"))
    )
    claims = [hedged, plain, absolute]
    assert list(without_source(claims, lambda each: each is absolute)) == []
    left = list(without_source(claims, lambda each: each is plain))
    assert left == [(absolute, None)]
    left = list(without_source(claims, lambda each: each is hedged))
    assert [each for each, _ in left] == [plain, absolute]
    groups = [group for _, group in left]
    assert [group.head for group in groups if group] == [False, True]
    assert {group.says for group in groups if group} == {"“2.”"}
    id = propositions_of(claims)[0].id
    assert f"`copydesk claims show {id}`" in (groups[0].help if groups[0] else "")


def test_claims_without_a_source_keep_their_order_and_stand_alone_without_a_group():
    claims = [
        claim("One.", said=EASES),
        claim("Two.", said=WORKS, index=1),
        claim("Three.", said=EASES, index=2),
    ]
    left = list(without_source(claims, lambda each: False))
    assert [each for each, _ in left] == claims
    assert [group is None for _, group in left] == [False, True, False]
