"""Rules on front-matter values, in YAML and TOML, with every kind of line end."""

from __future__ import annotations

import pytest

from copydesk.api import Finding, PostContext, Report, Rule
from copydesk.testing import NOW, assert_exact, assert_examples, read, run_rule
from copydesk_plugins.basics import front_matter, register_rules

RULES = {rule.id.partition(".")[2]: rule for rule in register_rules()}


@pytest.mark.parametrize("name", ["date", "shape", "state", "unquoted", "unknown-key"])
def test_examples(name: str) -> None:
    assert_examples(RULES[name])


def test_severities() -> None:
    assert {name: rule.severity for name, rule in RULES.items()} == {
        "date": "error",
        "future-date": "warning",
        "shape": "error",
        "state": "error",
        "unquoted": "warning",
        "unknown-key": "info",
        "empty": "error",
        "left-out": "info",
        "missing-file": "error",
        "duplicate-id": "error",
        "duplicate-slug": "error",
    }


def found(rule: Rule, text: str) -> list[Finding]:
    findings = run_rule(rule, text)
    assert_exact(findings, text)
    return findings


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("fence", "line", "quote"),
    [
        ("---", "published: 2026-02-30T09:00:00Z", "2026-02-30T09:00:00Z"),
        ("---", "updated: yesterday", "yesterday"),
        ("---", "updated: [2026]", "[2026]"),
        ("+++", 'updated = "soon"', '"soon"'),
    ],
)
def test_date_that_does_not_exist(newline: str, fence: str, line: str, quote: str) -> None:
    text = newline.join([fence, line, fence, "", "Text.", ""])
    [finding] = found(front_matter.date, text)
    assert finding.quote == quote
    assert finding.start.line == 2
    assert "counts as missing" in finding.message


@pytest.mark.parametrize("state", ["published", "scheduled"])
def test_public_state_wants_a_date(state: str) -> None:
    [finding] = found(front_matter.date, f"---\ntitle: Fees\nstate: {state}\n---\n\nText.\n")
    assert finding.quote == state
    assert f"The state is {state}, but there is no `published` date" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "---\nstate: draft\n---\n\nText.\n",
        "---\ntitle: Fees\n---\n\nText.\n",
        "Text without front matter.\n",
        "---\nstate: scheduled\npublished: 2026-03-02T09:00:00+01:00\n---\n\nText.\n",
        '+++\nstate = "published"\npublished = 2026-03-02T09:00:00Z\n+++\n\nText.\n',
    ],
)
def test_dates_that_are_fine(text: str) -> None:
    assert not found(front_matter.date, text)


def test_a_wrong_date_is_told_once() -> None:
    text = "---\nstate: published\npublished: never\n---\n\nText.\n"
    [finding] = found(front_matter.date, text)
    assert finding.quote == "never"


def test_an_empty_date_is_a_missing_one() -> None:
    [finding] = found(front_matter.date, "---\nstate: published\npublished:\n---\n\nText.\n")
    assert finding.quote == "published"


@pytest.mark.parametrize(
    ("line", "quote"),
    [
        ("noindex: perhaps", "perhaps"),
        ("title: [one, two]", "[one, two]"),
        ("slug: two words", "two words"),
        ("id: a/b", "a/b"),
    ],
)
def test_shape(line: str, quote: str) -> None:
    [finding] = found(front_matter.shape, f"---\r\n{line}\r\n---\r\n\r\nText.\r\n")
    assert finding.quote == quote
    assert finding.help


def test_state_offers_what_was_meant() -> None:
    [finding] = found(front_matter.state, "---\nstate: Publised\n---\n\nText.\n")
    assert "Did you mean published?" in finding.message
    assert not found(front_matter.state, "---\nstate: Published\n---\n\nText.\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("title: KAP: what to expect", 'title: "KAP: what to expect"'),
        ('title: He said "no": a story', 'title: "He said \\"no\\": a story"'),
    ],
)
def test_unquoted_fix_mends_the_value_and_nothing_else(
    newline: str, line: str, mended: str
) -> None:
    text = newline.join(["---", line, "language: en", "---", "", "Text.", ""])
    [finding] = found(front_matter.unquoted, text)
    assert finding.fix is not None
    [(start, end, replacement)] = finding.fix
    after = text[:start] + replacement + text[end:]
    assert after == text.replace(line, mended)
    assert not found(front_matter.unquoted, after)


def test_unknown_keys_are_one_finding() -> None:
    text = "---\ntitle: Fees\nlayout: post\ndescripton: Costs.\n---\n\nText.\n"
    [finding] = found(front_matter.unknown_key, text)
    assert "layout, descripton" in finding.message
    assert "descripton looks like description" in finding.help


def test_unknown_keys_in_toml() -> None:
    [finding] = found(front_matter.unknown_key, '+++\nlayout = "post"\n+++\n\nText.\n')
    assert finding.quote == '"post"'


def test_a_date_without_a_zone_where_the_site_has_none() -> None:
    text = "---\r\npublished: 2026-03-02 09:00\r\n---\r\n\r\nText.\r\n"
    context = PostContext(read(text, timezone=""), NOW)
    [report] = [each for each in front_matter.date.check(context) if isinstance(each, Report)]
    assert text[report.span.start : report.span.end] == "2026-03-02 09:00"
    assert "published has no time zone." in report.message
    assert "timezone" in report.help


def test_a_published_post_with_a_date_to_come_is_told() -> None:
    text = "---\nstate: published\npublished: 2026-06-02T00:00:00Z\n---\n\nText.\n"
    (finding,) = found(RULES["future-date"], text)
    assert finding.quote == "2026-06-02T00:00:00Z"
    assert not found(RULES["future-date"], text.replace("06-02", "06-01"))
