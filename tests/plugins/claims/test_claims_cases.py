"""Every claims rule on readable cases, plain and in many disguises."""

from __future__ import annotations

from pathlib import Path

import pytest
from claims_kit import FIVE

from copydesk.model.finding import Finding
from copydesk.testing import assert_exact, run_rule

CASES = Path(__file__).parent / "cases"
RULES = {each.id: each for each in FIVE}
ABOUT_HEALTH = "# Notes on therapy\n\nKetamine is one kind of care for depression.\n\n"


def lines(name: str) -> list[str]:
    text = (CASES / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def found_cases() -> list[tuple[str, str, str]]:
    out, rule = [], ""
    for line in lines("found.txt"):
        if line.startswith("["):
            rule = line.strip("[]")
        else:
            words, _, text = line.partition(" | ")
            out.append((rule, words, text))
    return out


def findings(text: str, name: str = "post.md") -> list[Finding]:
    out = [each for rule in RULES.values() for each in run_rule(rule, text, name)]
    assert_exact(out, text)
    return out


def wrapped(text: str) -> str:
    """Break the line at the blank nearest the middle, where Markdown sees only a blank."""
    at = text.find(" ", len(text) // 2)
    # A line that begins with a number or a sign could become a list or a heading.
    safe = at != -1 and text[at + 1 : at + 2].isalpha()
    return text[:at] + "\n" + text[at + 1 :] if safe else text


DISGUISES = {
    "plain.md": lambda text: text,
    "plain.txt": lambda text: "An evening in May\n\nWe met at the harbour and talked. " + text,
    "page.html": lambda text: "<p>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</p>",
    "wrapped.md": wrapped,
    "windows.md": lambda text: wrapped(text).replace("\n", "\r\n"),
    "curly.md": lambda text: text.replace("'", "’"),
    "item.md": lambda text: "- The blue door is ours.\n- " + text,
    "quote.md": lambda text: "> " + text,
    "emoji.md": lambda text: "🌿🌿 A note.\u2028\n\n" + text,
    "bold.md": lambda text: "**" + text.rstrip(".") + "**",
    "front.md": lambda text: "---\nid: x\n---\n\n" + text,
    "health.md": lambda text: ABOUT_HEALTH + text,
}


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize(("rule", "words", "text"), found_cases())
def test_each_claim_is_found_once_by_its_own_rule(
    rule: str, words: str, text: str, disguise: str
) -> None:
    found = findings(DISGUISES[disguise](text), disguise)
    assert [each.rule for each in found] == [rule]


@pytest.mark.parametrize(("rule", "words", "text"), found_cases())
def test_a_claim_spans_its_whole_sentence_and_names_the_words(
    rule: str, words: str, text: str
) -> None:
    (finding,) = findings(text)
    last = text.rpartition("? ")[2]
    assert finding.quote == last
    assert words in finding.message.partition("“")[2].partition("”")[0]
    assert finding.help and "!" not in finding.message + finding.help


@pytest.mark.parametrize("disguise", DISGUISES)
def test_harmless_sentences_are_left_in_peace(disguise: str) -> None:
    loud = {
        text: [f"{each.rule}: {each.message}" for each in found]
        for text in lines("silent.txt")
        if (found := findings(DISGUISES[disguise](text), disguise))
    }
    assert not loud


@pytest.mark.parametrize("text", lines("false_alarms.txt"))
def test_known_false_alarms_are_told_in_posts_about_health(text: str) -> None:
    """A line that falls silent is good news: it moves to silent.txt."""
    assert findings(ABOUT_HEALTH + text)


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: text.replace(" ", "  ")])
@pytest.mark.parametrize(("rule", "words", "text"), found_cases())
def test_case_and_spacing_hide_nothing(rule: str, words: str, text: str, change: object) -> None:
    changed = change(text)  # type: ignore[operator]
    # Without capitals a question and the sentence after it are one unit.
    if "? " in text and changed.islower():
        return
    assert [each.rule for each in findings(changed)] == [rule]
