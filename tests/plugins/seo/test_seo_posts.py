"""The seo rules for one post, on readable cases, on hostile texts, and on real ones."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.api import Rule
from copydesk.model.finding import Finding
from copydesk.testing import assert_exact, assert_examples, index_of, run_rule, run_site_rule
from copydesk_plugins.seo import register_rules

PROJECT = Path(__file__).parents[3]
SHARED = PROJECT / ".." / "shared"
RULES = [rule for rule in register_rules() if rule.scope == "post"]
SITE_RULES = [rule for rule in register_rules() if rule.scope == "site"]
FEW_WARNINGS = {
    "seo.alt-missing",
    "seo.broken-anchor",
    "seo.broken-link",
    "seo.canonical",
    "seo.dates",
    "seo.same-description",
    "seo.same-title",
    "seo.second-title",
    "seo.title-year",
}


class Case(NamedTuple):
    """A post, and what is to be found in it."""

    name: str
    file: str
    text: str
    findings: list[str]


def cases() -> list[Case]:
    out = []
    text = (PROJECT / "tests" / "cases" / "seo" / "posts.txt").read_text("utf-8")
    for part in ("\n" + text).split("\n=== ")[1:]:
        title, file, rest = part.split("\n", 2)
        post, _, found = rest.partition("--- findings\n")
        out.append(Case(title, file, post, sorted(filter(None, found.split("\n")))))
    return out


def findings(text: str, name: str = "post.md") -> list[Finding]:
    found = [each for rule in RULES for each in run_rule(rule, text, name)]
    assert_exact(found, text)
    return found


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_cases(case: Case) -> None:
    found = findings(case.text, case.file)
    escaped = ((each, each.quote.replace('"', '\\"')) for each in found)
    assert sorted(f'{each.severity} {each.rule} "{said}"' for each, said in escaped) == (
        case.findings
    )
    assert all(number == 1 for number in Counter(e.rule for e in found if _once(e.rule)).values())


def _once(rule: str) -> bool:
    return rule != "seo.alt-text"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    assert_examples(rule)


@pytest.mark.parametrize("rule", SITE_RULES, ids=lambda rule: rule.id)
def test_a_site_of_one_good_post_is_clean(rule: Rule) -> None:
    assert not run_site_rule(rule, index_of({"posts/fees.md": rule.good}))


def test_only_a_handful_are_warnings_and_none_is_an_error() -> None:
    severities = {rule.id: rule.severity for rule in register_rules()}
    assert {id for id, severity in severities.items() if severity == "warning"} == FEW_WARNINGS
    assert "error" not in severities.values()


def test_numbers_come_with_what_they_count() -> None:
    stuffed = next(case for case in cases() if case.name.startswith("repeated"))
    message = next(e.message for e in findings(stuffed.text) if e.rule == "seo.keyphrase-overuse")
    assert "used 13 times, as 26 of 38 words (68 %) and in 4 of 4 subheadings (100 %)" in message


def test_a_title_is_told_where_it_ends() -> None:
    long = "# What a first visit at our practice by the old harbour is like for most people\n\nA.\n"
    (found,) = findings(long)
    assert "(77 characters)" in found.message
    assert "would end after “What a first visit at our practice by the old harbour is like" in (
        found.message
    )


def test_words_between_two_uses() -> None:
    filler = "We sit and we talk for a while. " * 100
    front = "---\ntitle: Sleep\nkeyphrase: sleep\n---\n\n"
    (found,) = [e for e in findings(front + "Sleep. " + filler) if e.rule != "seo.slug"]
    assert found.rule == "seo.keyphrase-spread"
    assert "800 of 801 words (100 %)" in found.message
    assert not findings(front + "Sleep. " + filler + " Sleep well. " + filler)


@pytest.mark.parametrize("path", sorted((PROJECT / "posts").glob("*.*")), ids=lambda p: p.name)
def test_good_sample_posts_are_clean(path: Path) -> None:
    assert not findings(path.read_text("utf-8"), path.name)


def test_the_sample_site_is_clean() -> None:
    folder = PROJECT / "posts"
    posts = {f"posts/{p.name}": p.read_text("utf-8") for p in sorted(folder.glob("*.*"))}
    for rule in SITE_RULES:
        assert not run_site_rule(rule, index_of(posts)), rule.id


HOSTILE = [
    "a" * 300_000,
    " " * 300_000,
    "[" * 50_000,
    "# " * 50_000,
    "# a\n" * 20_000,
    "![](a.png)\n" * 5_000,
    "[here](a)\n" * 5_000,
    "<img " * 20_000,
    "KAP (" * 30_000,
    "-" * 300_000,
    "sleep " * 50_000,
    "2024 " * 50_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8])
def test_hostile_texts_come_to_an_end(text: str) -> None:
    findings("---\ntitle: Sleep\nkeyphrase: sleep and rest\nstate: scheduled\n---\n\n" + text)
    findings(f"---\ntitle: {text[:4000]!r}\nslug: a\ndescription: {text[:4000]!r}\n---\n\nA.\n")
    for rule in SITE_RULES:
        run_site_rule(rule, index_of({"posts/a.md": text, "posts/b.md": "# B\n\nText.\n"}))


PIECES = st.sampled_from(
    [
        *("# ", "#### ", "\n\n", "\n", " ", "first visit", "First-visits", "(FV)", "here", "…"),
        *("![", "](a.png)", "[", "](b.md#x)", "<img src=a>", "<a href='#x'>", "</a>", "é", "🌊"),
        *("https://example.org/a/b", "> ", "- ", "[^1]", "[^1]: ", "\r\n", "&amp;", "2023 guide"),
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=40), st.sampled_from(["post.md", "post.html", "post.txt"]))
def test_any_text_is_quoted_exactly(pieces: list[str], name: str) -> None:
    front = (
        "---\ntitle: A first visit\nkeyphrase: first visit\nstate: published\n"
        "published: 2020-01-01\nimage: a.png\n---\n"
    )
    findings(front + "".join(pieces), name)
    findings("".join(pieces), name)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material does not lie beside it")
def test_nothing_is_said_of_pasted_posts() -> None:
    for path in sorted((SHARED / "posts" / "seeds").glob("*.txt")):
        assert not findings(path.read_text("utf-8"), path.name)
