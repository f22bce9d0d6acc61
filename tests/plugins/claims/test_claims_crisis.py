"""A post that speaks of suicide shows a crisis line; everything else is left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.testing import assert_exact, read, run_rule
from copydesk_plugins.claims import crisis, crisis_lines
from copydesk_plugins.claims.crisis import crisis_line
from copydesk_plugins.claims.options import MARKETS
from copydesk_plugins.claims.wording.lexicon import crisis_sections

MENTION = "Some people come to us with suicidal thoughts.\n\n"
SHARED = Path(__file__).parents[3] / ".." / "shared"

MENTIONS = [
    "Ketamine is studied for suicidal ideation.",
    "# Grief after suicide\n\nWe are here.",
    "---\ntitle: Talking about suicide\n---\n\nWe are here.",
    "---\ntitle: x\ndescription: Help with self-harm.\n---\n\nWe are here.",
    "Thoughts of self\u2011harm are common.",
    "Self-\nharm is rarer in spring.",
    "- He thought of KILLING HIMSELF.",
    "> She took her own life.",
    "It is _suicide_ that we fear.",
    "[Suicidal thoughts](/x) are common.",
    "Some drugs have antisuicidal effects.",
    "Suicide Squad is a film; suicide is no game.",
    "| Risk | Often |\n|---|---|\n| suicide | no |",
]
NO_MENTIONS = [
    "Read [How we talk about suicide](/talk).",
    "- [Suicide prevention](/x)",
    "[Suicide prevention](/x).",
    'See [our hours](/b "after a suicide").',
    "The column is called `suicide_risk`.",
    "The column suicide_risk is empty.",
    "    suicide\n\nThat was code.",
    "The film Suicide Squad was long.",
    "To say so was career suicide.",
    "She lives her own life, at her own pace.",
    "Aspirin is a suicide inhibitor of the enzyme.",
    "A note.[^1]\n\n[^1]: Smith, Suicide in rural towns, 2019.",
    "<!-- suicide -->\n\nWe open at nine.",
]
SHOWN = [
    "Call 988.",
    "Call 988 24/7.",
    "Call 988. 24 hours a day.",
    "Call 988. 911 is for emergencies.",
    "If you are in danger, call or text 988 at any hour.",
    "The 988 Suicide & Crisis Lifeline answers.",
    "Please use the suicide prevention line 988.",
    "Dial 9-8-8.",
    "Call 911.",
    "Call 1-800-273-TALK (8255).",
    "Call 1 (800) 273-8255.",
    "Call 800.273.8255.",
    "Text HOME to 741741.",
    "| Who | Number |\n|---|---|\n| Lifeline | 988 |",
    "- 988\n- 911",
    "[Get help now](https://988lifeline.org/chat)",
    "[Call](tel:+1-800-273-8255)",
    "[Write](sms:988)",
    "988lifeline.org has a chat.",
    "A note.[^1]\n\n[^1]: In danger? Call 988.",
]
NOT_SHOWN = [
    "We saw 988 people last year.",
    "We are in room 911.",
    "Chairs: 112.",
    "Call us: 1-800-555-0100.",
    "Call 9881.",
    "Ring 0171 555 000.",
    "Ring 999 555 0100.",
    "![Call 988](x.png)",
    "<!-- call 988 -->",
    "    call 988\n",
    "[Call us](https://not988lifeline.org)",
    "[Call us](https://example.org/988lifeline)",
    "Talk to a friend.",
]


@pytest.mark.parametrize("text", MENTIONS)
def test_a_mention_without_a_line_is_an_error(text: str) -> None:
    found = run_rule(crisis_line, text)
    assert [each.severity for each in found] == ["error"]
    assert_exact(found, text)


@pytest.mark.parametrize("text", NO_MENTIONS)
def test_no_mention_no_finding(text: str) -> None:
    assert run_rule(crisis_line, text) == []


@pytest.mark.parametrize("name", ["post.md", "post.txt", "post.html"])
def test_every_reader(name: str) -> None:
    text = "<p>About suicide.</p>" if name.endswith("html") else "About suicide."
    assert len(run_rule(crisis_line, text, name)) == 1
    assert not run_rule(crisis_line, text + "\n\n<p>Call 988.</p>", name)


@pytest.mark.parametrize("text", SHOWN)
@pytest.mark.parametrize("order", ["after", "before"])
def test_a_line_anywhere_in_the_post_is_enough(text: str, order: str) -> None:
    whole = MENTION + text if order == "after" else f"{text}\n\n{MENTION}"
    assert run_rule(crisis_line, whole) == []


@pytest.mark.parametrize(
    ("market", "text"),
    [
        ("uk", "In an emergency, ring 999."),
        ("uk", "Ring Samaritans on 116 123."),
        ("eu", "116123"),
        ("au", "Lifeline: 13 11 14"),
        ("uk", "[Get help now](https://www.samaritans.org?from=us)"),
    ],
)
def test_a_line_counts_where_it_can_be_reached(market: str, text: str) -> None:
    assert run_rule(crisis_line, MENTION + text, options={"market": market}) == []
    (found,) = run_rule(crisis_line, MENTION + text)
    assert "(us)" in found.message and "988" in found.help


@pytest.mark.parametrize("text", NOT_SHOWN)
def test_what_is_no_crisis_line(text: str) -> None:
    assert len(run_rule(crisis_line, MENTION + text)) == 1


def test_a_line_in_the_front_matter_is_not_visible() -> None:
    text = f"---\ntitle: Call 988\ndescription: Call 988.\n---\n\n{MENTION}"
    assert len(run_rule(crisis_line, text)) == 1


def test_one_finding_names_the_first_words() -> None:
    [found] = run_rule(crisis_line, f"We open at nine.\n\n{MENTION}Suicide is not rare.")
    assert found.quote == "Some people come to us with suicidal thoughts."
    assert "“suicidal thoughts”" in found.message
    assert "provided-by-template" in found.help


def test_the_template_may_show_the_line() -> None:
    assert not run_rule(crisis_line, MENTION, provided=["crisis-line"])
    assert run_rule(crisis_line, MENTION, provided=["footer", "disclaimer"])


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("0171 555-000", "Ring 0171 555 000."),
        ("help.example.org", "[Talk](https://help.example.org/now)"),
        ("17", "Call 17 now."),
    ],
)
def test_more_lines_can_be_named(line: str, text: str) -> None:
    assert run_rule(crisis_line, MENTION + text)
    assert not run_rule(crisis_line, MENTION + text, options={"lines": [line]})


def test_other_languages_are_not_judged() -> None:
    assert crisis_line.languages == ("en", "unknown")


def test_every_phrase_is_looked_for() -> None:
    """Units without a stem are skipped, so each phrase must hold one."""
    phrases = [phrase.rstrip("*") for phrase in crisis_sections()["crisis"]]
    assert phrases
    for phrase in phrases:
        assert any(stem in phrase for stem in crisis._STEMS), phrase
        said = f"They spoke of it: take {phrase}."
        assert run_rule(crisis_line, said), phrase


def test_the_data_says_where_and_who() -> None:
    lines = crisis_lines._LINES.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert all(len(row) == 4 and all(part.strip() for part in row) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
    for row in rows:
        for market in set(row[1].lower().split(", ")) & set(MARKETS):
            shown = f"{MENTION}Call {row[0]} now."
            assert not run_rule(crisis_line, shown, options={"market": market}), row


def test_a_long_post_takes_linear_time() -> None:
    post = read("Her own life is 1 1 1 1 1 1 self " * 20_000)
    assert len(post.units) >= 1
    assert run_rule(crisis_line, post.source.text) == []


@pytest.mark.shared
@pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared material does not lie beside the checkout"
)
def test_on_real_posts_it_speaks_where_suicide_is_mentioned_and_nowhere_else() -> None:
    loud = set()
    for folder in ("seeds", "health", "supported", "nonhealth"):
        for path in (SHARED / "posts" / folder).iterdir():
            if run_rule(crisis_line, path.read_bytes().decode("utf-8"), path.name):
                loud.add(path.name[:3])
    # Read by eye: both name suicidal thoughts as what ketamine is given for, and no line.
    assert loud == {"000", "004"}
