"""The rules on sources read evidence.lock, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from copydesk.api import CopydeskError, Rule
from copydesk.testing import assert_examples, run_rule
from copydesk_plugins.claims.sources.lock import read_lock, write_lock
from copydesk_plugins.claims.sources.rules import RULES
from copydesk_plugins.claims.sources.told import Fact, State, Told

ASKED, UNTIL = date(2026, 5, 1), date(2026, 10, 28)
BY_NAME = {rule.id.partition(".")[2]: rule for rule in RULES}
CITED = "Rest eases pain.[^1]\n\n[^1]: Okafor P. Rest and back pain of nurses. doi:10.5555/a\n"


def fact(state: State = "verified", title: str = "", note: str = "", until: date = UNTIL) -> Fact:
    return Fact(Told(state, title, note, "crossref"), ASKED, until)


def lock(**facts: Fact) -> dict[str, str]:
    named = {f"doi:10.5555/{name}": each for name, each in facts.items()}
    return {"evidence.lock": write_lock(named)}


EXAMPLES = lock(
    sound=fact(title="Rest and back pain of nurses"),
    retracted=fact("retracted"),
    nowhere=fact("not-found"),
    old=fact(until=date(2026, 4, 1)),
)


def found(rule: str, files: dict[str, str], text: str = CITED, **more: object) -> list[str]:
    return [each.severity for each in run_rule(BY_NAME[rule], text, files=files, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_hold(rule: Rule) -> None:
    assert_examples(rule, files=EXAMPLES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_was_never_looked_up_is_neither_red_nor_green(rule: Rule) -> None:
    assert run_rule(rule, rule.bad) == []
    assert run_rule(rule, rule.bad, files=lock(other=fact("retracted"))) == []


@pytest.mark.parametrize(
    ("state", "severities"),
    [
        ("retracted", ["error"]),
        ("concern", ["warning"]),
        ("corrected", ["info"]),
        ("verified", []),
        ("not-found", []),
    ],
)
def test_retractions_concerns_and_corrections(state: State, severities: list[str]) -> None:
    assert found("retracted", lock(a=fact(state))) == severities


def test_the_notice_and_the_title_are_named_at_the_entry() -> None:
    text = CITED.replace("pain.[^1]", "pain.[^1] Rest helps sleep.[^1]")
    (finding,) = run_rule(
        BY_NAME["retracted"], text, files=lock(a=fact("retracted", "Rest", "Retraction of 2024."))
    )
    assert finding.message == "doi:10.5555/a (“Rest”) was retracted. Retraction of 2024."
    assert finding.quote == "doi:10.5555/a"


def test_another_title_is_an_error() -> None:
    assert found("source-mismatch", lock(a=fact(title="Tea and owls at night"))) == ["error"]
    assert found("source-mismatch", lock(a=fact(title="Rest and back pain of nurses"))) == []
    assert found("source-mismatch", lock(a=fact(title=""))) == []
    # A retracted source is named for that alone.
    assert found("source-mismatch", lock(a=fact("retracted", "Tea and owls at night"))) == []
    linked = "Rest [eases back pain in most nurses](https://doi.org/10.5555/a)."
    assert found("source-mismatch", lock(a=fact(title="Tea and owls")), linked) == []


@pytest.mark.parametrize(
    ("day", "severities"),
    [
        (date(2026, 10, 28), []),
        (date(2026, 10, 29), ["warning"]),
        (date(2026, 11, 27), ["warning"]),
        (date(2026, 11, 28), ["error"]),
    ],
)
def test_an_old_answer_is_a_dated_warning_before_it_is_an_error(
    day: date, severities: list[str]
) -> None:
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert found("source-expired", lock(a=fact()), now=now) == severities
    findings = run_rule(BY_NAME["source-expired"], CITED, files=lock(a=fact()), now=now)
    if severities == ["warning"]:
        assert "from 2026-11-28 on this is an error" in findings[0].message


def test_the_days_of_grace_can_be_set() -> None:
    now = datetime(2026, 10, 29, 12, tzinfo=UTC)
    options = {"grace-days": 0}
    assert found("source-expired", lock(a=fact()), now=now, options=options) == ["error"]


def test_every_kind_of_identifier_is_held_against_the_lock() -> None:
    text = (
        "One (PMID 123). Two ([a](https://pubmed.ncbi.nlm.nih.gov/124/)). Three (PMC1234567). "
        "Four ([b](https://doi.org/10.5555/A))."
    )
    facts = {
        name: fact("not-found")
        for name in ("pmid:123", "pmid:124", "pmcid:PMC1234567", "doi:10.5555/a")
    }
    files = {"evidence.lock": write_lock(facts)}
    assert found("source-not-found", files, text) == ["error"] * 4


def test_the_file_reads_back_as_it_was_written() -> None:
    facts = {
        "doi:10.5555/b": fact("retracted", "“Rest” — ärger", "n"),
        "doi:10.5555/a": fact(),
        "pmid:1": fact("concern"),
    }
    text = write_lock(facts)
    assert dict(read_lock(text, "evidence.lock")) == facts
    assert write_lock(read_lock(text, "evidence.lock")) == text
    assert text.index("10.5555/a") < text.index("10.5555/b")
    assert text.endswith("}\n")
    assert "“Rest” — ärger" in text
    assert read_lock(None, "x") == read_lock(" \n", "x") == {}


GOOD = write_lock({"doi:10.5555/a": fact(), "doi:10.5555/b": fact()})


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        (GOOD.replace('"version": 1', '"version": 2'), "is of version 2, and this Copydesk", 0),
        (GOOD.replace('"version": 1', '"version": "1"'), "its version or its sources", 0),
        ("{}", "its version or its sources", 0),
        ("[]", "its version or its sources", 0),
        ("<<<<<<< HEAD\n" + GOOD, "cannot be read as JSON", 1),
        (GOOD[:-9], "cannot be read as JSON", 21),
        ("[" * 100_000, "cannot be read as JSON", 0),
        (GOOD.replace("10.5555/b", "10.5555/a"), "holds doi:10.5555/a twice", 0),
        (GOOD.replace('"verified"', '"fine"'), "has the state 'fine', which is none of", 4),
        (GOOD.replace("2026-10-28", "soon"), "needs the days asked and until", 4),
        (GOOD.replace('"note": ""', '"note": 3'), "is no text", 4),
        (GOOD.replace('"by"', '"by whom"'), "is no source with an answer", 4),
        (GOOD.replace("doi:10.5555/a", "a study"), "'a study' is no source", 4),
    ],
)
def test_a_lock_that_is_not_in_order_is_refused(text: str, words: str, line: int) -> None:
    with pytest.raises(CopydeskError, match=words) as caught:
        read_lock(text, "evidence.lock")
    failure = caught.value.failure
    assert (failure.path, bool(failure.help)) == ("evidence.lock", True)
    assert failure.line == line
    with pytest.raises(CopydeskError, match=words):
        run_rule(BY_NAME["retracted"], CITED, files={"evidence.lock": text})


def test_what_no_file_can_hold_and_no_terminal_should_get_stays_out() -> None:
    """JSON holds halves of characters, which no report and no file in UTF-8 can be written with."""
    text = write_lock({"doi:10.5555/a": fact("retracted", "T", "N")})
    facts = read_lock(text.replace('"T"', r'"\ud800T"').replace('"N"', r'"\u001b[31mN"'), "x")
    assert facts["doi:10.5555/a"].told == Told("retracted", "\ufffdT", "\ufffd[31mN", "crossref")
    write_lock(facts).encode()
    with pytest.raises(CopydeskError, match="is no source with an answer"):
        read_lock(text.replace("10.5555/a", r"10.5555/\ud800"), "x")


@pytest.mark.parametrize(("until", "grace"), [(date.max, 30), (UNTIL, 99_999_999_999)])
def test_days_beyond_the_calendar(until: date, grace: int) -> None:
    files = lock(a=fact(until=until))
    now = datetime(2027, 5, 1, tzinfo=UTC)
    severities = found("source-expired", files, now=now, options={"grace-days": grace})
    assert severities == ([] if until == date.max else ["warning"])


def test_posts_without_sources_do_not_read_the_lock() -> None:
    assert found("retracted", {"evidence.lock": "broken"}, "We open at nine.") == []
