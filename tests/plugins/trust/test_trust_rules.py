"""The rules on trust: readable cases, what the template shows, stamps, and hostile posts."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.finding import CopydeskError, Finding
from copydesk.model.records import Person
from copydesk.testing import assert_exact, assert_examples, read, run_rule
from copydesk.wording import wording_hash
from copydesk_plugins.trust import register_rules
from copydesk_plugins.trust.dates import day_after
from copydesk_plugins.trust.names import parts_of, shows_credential

CASES = Path(__file__).parents[2] / "cases" / "trust.txt"
POSTS = Path(__file__).parents[3] / "posts"
RULES = {rule.id: rule for rule in register_rules()}
PEOPLE = {
    "mara": Person("mara", "Dr Mara Ellison", "clinician", "MD"),
    "tom": Person("tom", "Tom Reyes", "editor", "LMFT"),
    "ana": Person("ana", "Ana Ruiz", "front desk"),
}
HEALTH = (
    "Migraine is more than a headache. Some people with migraine see lights before the pain "
    "begins. Many have to lie down in a dark room until the nausea is over. It runs in families. "
    "Treatment differs from person to person, and so do the triggers and the symptoms."
)


class Case(NamedTuple):
    """A post, and what is to be found in it."""

    name: str
    text: str
    findings: list[str]


def cases() -> list[Case]:
    out = []
    for part in CASES.read_text("utf-8").split("=== ")[1:]:
        name, _, rest = part.partition("\n")
        text, _, found = rest.partition("--- findings\n")
        lines = [line for line in found.split("\n") if line]
        out.append(Case(name, text.replace("HEALTH", HEALTH), lines))
    return out


def findings(text: str, name: str = "post.md", **more: object) -> list[Finding]:
    given = {"people": PEOPLE, **more}
    out = [each for rule in RULES.values() for each in run_rule(rule, text, name, **given)]  # type: ignore[arg-type]
    assert_exact(out, text)
    return out


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_cases(case: Case):
    found = [f"{each.rule} {each.severity} {each.quote}" for each in findings(case.text)]
    assert found == case.findings


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_examples(rule):
    assert_examples(rule)


def test_what_is_missing_is_told_in_one_finding_with_a_way_out_for_each():
    (found,) = findings(f"---\ntitle: Migraine\nstate: published\n---\n{HEALTH}\n")
    assert found.message == (
        "The post is about health and does not show who wrote it, that it is no medical advice or "
        "how to reach you; readers ask for that first."
    )
    assert found.help.splitlines()[-1].endswith(
        'provided-by-template = ["author", "disclaimer", "contact"]'
    )
    assert len(found.help.splitlines()) == 4


@pytest.mark.parametrize(
    ("provided", "left"),
    [
        (("author",), "that it is no medical advice or how to reach you"),
        (("author", "contact"), "that it is no medical advice"),
        (("author", "contact", "disclaimer"), None),
        (("reviewer", "contact", "disclaimer"), "who wrote it"),
    ],
)
def test_what_the_template_shows_is_not_missing(provided, left):
    text = f"---\ntitle: Migraine\nstate: published\n---\n{HEALTH}\n"
    found = findings(text, provided=provided)
    assert [f"does not show {left};" in each.message for each in found] == ([True] if left else [])


def stamps(by: str, text: str) -> dict[str, str]:
    return {
        "reviews.toml": f'[[review]]\npost = "post.md"\nby = "{by}"\ndate = 2026-03-02\n'
        f'next = 2027-03-02\nhash = "{wording_hash(read(text))}"\n'
    }


WITH_AUTHOR = "---\ntitle: Rooms\nauthor: Tom Reyes\nauthor_credential: LMFT\n---\nThere are two.\n"


@pytest.mark.parametrize(("by", "rules"), [("tom", ["trust.own-review"]), ("mara", [])])
def test_a_stamp_of_the_author(by, rules):
    found = findings(WITH_AUTHOR, files=stamps(by, WITH_AUTHOR))
    assert [each.rule for each in found] == rules


def test_a_second_stamp_by_somebody_else_is_enough():
    files = {
        "reviews.toml": "".join(stamps(by, WITH_AUTHOR)["reviews.toml"] for by in ("tom", "mara"))
    }
    assert findings(WITH_AUTHOR, files=files) == []


def test_a_stamp_of_another_wording_says_nothing():
    assert findings(WITH_AUTHOR, files=stamps("tom", WITH_AUTHOR + "And a third.\n")) == []


def test_a_stamp_stands_for_a_credential():
    text = (
        "---\ntitle: Migraine\nstate: published\nauthor: Jo March\n---\n"
        f"{HEALTH} This is no medical advice. Call us.\n"
    )
    assert len(findings(text)) == 1
    assert findings(text, files=stamps("mara", text)) == []


@pytest.mark.parametrize("text", ["review = 3", "[[review]]\npost = 3\n", "", "[review]\na = 1\n"])
def test_odd_stamps_are_passed_over(text):
    assert findings(WITH_AUTHOR, files={"reviews.toml": text}) == []


def test_a_file_of_stamps_that_is_no_toml_is_told():
    with pytest.raises(CopydeskError, match="TOML"):
        findings(WITH_AUTHOR, files={"reviews.toml": "[[["})


def test_only_people_can_be_asked_for():
    rule, text = RULES["trust.author-record"], "---\ntitle: R\nauthor: Jo March\n---\nTwo.\n"
    assert run_rule(rule, text, people=PEOPLE) == []
    (found,) = run_rule(rule, text, people=PEOPLE, options={"only-people": True})
    assert found.quote == "Jo March"
    assert run_rule(rule, text, options={"only-people": True}) == []


@pytest.mark.parametrize(("months", "number"), [(12, 1), (13, 0)])
def test_how_old_a_review_may_be(months, number):
    rule = RULES["trust.review-overdue"]
    found = run_rule(rule, "Last reviewed: 3 May 2025", options={"months": months})
    assert len(found) == number
    assert [f"is more than 12 months ago (limit: {months})" in each.message for each in found] == [
        True for _ in found
    ]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2 March 2026", "2026-03-02"),
        ("March 2, 2026", "2026-03-02"),
        ("2nd of March 2026", "2026-03-31"),
        ("February 2024", "2024-02-29"),
        ("Sept 2025", "2025-09-30"),
        ("2026-03-02", "2026-03-02"),
        ("03/02/2026", "2026-12-31"),
        ("2026", "2026-12-31"),
        ("31 February 2026", "2026-02-28"),
        ("room 9999 on 3/4", None),
        ("soon", None),
        ("٢٠٢٦", None),
    ],
)
def test_days_in_words(said, day):
    keys = said.lower().replace(",", "").split()
    assert str(day_after(keys, 0)) == str(day)


@pytest.mark.parametrize(
    ("name", "shows"),
    [
        ("Jane Doe, LCSW", True),
        ("Jane Doe MD", True),
        ("Jane Doe Ph.D.", True),
        ("Dr Jane Doe", True),
        ("Dr. Jane Doe", True),
        ("Jane Doe", False),
        ("Ms Jane Doe", False),
        ("JANE", False),
        ("Jane Mc", False),
        ("", False),
    ],
)
def test_names_that_show_a_credential(name, shows):
    assert shows_credential(name) is shows


def test_names_are_the_same_with_and_without_a_title():
    assert parts_of("Dr. Mara Ellison, MD") == parts_of("mara ELLISON") == ["mara", "ellison"]


@pytest.mark.parametrize("name", sorted(each.name for each in POSTS.glob("*.*")))
def test_good_posts_are_clean(name):
    people = {key: each for key, each in PEOPLE.items() if key != "ana"}
    assert findings((POSTS / name).read_text("utf-8"), name, people=people) == []


PIECES = st.sampled_from(
    [
        *("## References\n\n", "- a b c d\n", "Next review: ", "March 2021\n", "Tom Reyes", "\n\n"),
        *(
            "Medically reviewed by ",
            "é🙂 ",
            "> ",
            "**Sources:**\n",
            "2019 ",
            "- ",
            "\r\n",
            "[x](y)",
        ),
        *("<b>", "depression "),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(["tom", "Tom Reyes", "admin"]))
def test_every_finding_quotes_its_place(body: str, author: str):
    findings(f"---\ntitle: T\nstate: published\nauthor: {author}\n---\n{body}")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "next review " * 20_000,
        "## References\n\n" * 1_000,
        "not " * 20_000,
        "- x y z\n" * 3_000,
        "1" * 100_000,
        "reviewed by " * 20_000,
    ],
    ids=lambda text: text[:10],
)
def test_hostile_posts_end(text):
    findings(f"---\ntitle: T\nstate: published\nauthor: {'A' * 5_000}\n---\n## Sources\n\n{text}")
