"""Front-matter values against the schema: what is taken, what is a problem, and where."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from core_kit import source

from copydesk.front_matter import read_front_matter
from copydesk.metadata import KEYS, ReadingSettings, example, read_metadata
from copydesk.model.post import Metadata, Series


def meta(*lines: str, zone: str = "", keys: dict[str, str] | None = None) -> Metadata:
    found = source("\n".join(["---", *lines, "---", ""]))
    return read_metadata(found, read_front_matter(found), ReadingSettings(zone, keys or {}))


def problems(found: Metadata) -> list[str]:
    return [each.kind for each in found.problems]


def test_without_front_matter_all_is_default() -> None:
    found = source("Text.\n")
    assert read_metadata(found, None, ReadingSettings()) == Metadata()


@pytest.mark.parametrize("key", KEYS)
def test_the_example_of_every_key_is_fine(key: str) -> None:
    found = meta(f"{key}: {example(key)}")
    assert not found.problems
    assert getattr(found, key) or key in ("noindex", "state")


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_value_is_as_good_as_none(key: str) -> None:
    found = meta(f"{key}:")
    assert not found.problems
    assert getattr(found, key) == getattr(Metadata(), key)
    assert found.span_of(key) is not None


@pytest.mark.parametrize("key", sorted(set(KEYS) - {"series"}))
def test_a_group_is_no_value(key: str) -> None:
    [problem] = meta(f"{key}: {{a: b}}").problems
    assert problem.kind in ("shape", "state", "date")
    assert problem.help


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("tags: [a, b]", ("a", "b")),
        ("tags: a, b ,", ("a", "b")),
        ("tags: a", ("a",)),
        ("tags: [' ', a]", ("a",)),
        ("category: [Visits]", "Visits"),
        ("category: Visits", "Visits"),
        ("noindex: Yes", True),
        ("noindex: off", False),
        ("noindex: 'true'", True),
        ("state: Published", "published"),
        ("id: a.b_C-9", "a.b_C-9"),
        ("slug: über-uns", "über-uns"),
        ("series: {position: 07, name: One}", Series("One", 7)),
    ],
)
def test_shapes_that_are_taken(line: str, value: object) -> None:
    found = meta(line)
    assert not found.problems
    assert getattr(found, line.partition(":")[0]) == value


@pytest.mark.parametrize(
    "line",
    [
        "tags: [[a]]",
        "category: [a, b]",
        "noindex: maybe",
        "id: a/b",
        "id: " + "a" * 65,
        "id: ü",
        "slug: a b",
        "slug: ../a",
        "slug: -a",
        "slug: " + "a" * 201,
        "series: One",
        "series: {name: One}",
        "series: {name: One, position: first}",
        "series: {name: One, position: -1}",
        "series: {name: One, position: ٣}",
        "series: {name: '', position: 1}",
        "title: [a]",
    ],
)
def test_shapes_that_are_not(line: str) -> None:
    found = meta(line)
    assert problems(found) == ["shape"]
    assert getattr(found, line.partition(":")[0]) == getattr(Metadata(), line.partition(":")[0])


@pytest.mark.parametrize(
    ("value", "zone", "utc"),
    [
        ("2026-03-02T09:00:00Z", "", "2026-03-02T09:00:00"),
        ("2026-03-02T09:00:00+05:30", "", "2026-03-02T03:30:00"),
        ("2026-03-02 09:00:00 -0500", "", "2026-03-02T14:00:00"),
        ("2026-03-02 09:00 +00:00", "", "2026-03-02T09:00:00"),
        ("2026-03-02", "UTC", "2026-03-02T00:00:00"),
        ("2026-03-02", "Asia/Tokyo", "2026-03-01T15:00:00"),
        ("2026-03-02 09:00", "America/New_York", "2026-03-02T14:00:00"),
        ("2026-03-08 02:30", "America/New_York", "2026-03-08T07:30:00"),  # an hour that was skipped
        ("2026-11-01 01:30", "America/New_York", "2026-11-01T05:30:00"),  # an hour that came twice
        ("0001-01-01T00:00:00Z", "", "0001-01-01T00:00:00"),
        ("9999-12-31T23:59:59Z", "", "9999-12-31T23:59:59"),
    ],
)
def test_dates(value: str, zone: str, utc: str) -> None:
    found = meta(f"published: {value}", zone=zone)
    assert not found.problems
    assert found.published == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "zone", "words"),
    [
        ("2026-02-30T09:00:00Z", "", "not a date that can be read"),
        ("2026-13-01", "UTC", "not a date that can be read"),
        ("yesterday", "UTC", "not a date that can be read"),
        ("12:30", "UTC", "not a date that can be read"),
        ("2026-03-02T09:00:00", "", "has no time zone"),
        ("2026-03-02", "", "has no time zone"),
        ("0001-01-01T00:00:00+05:00", "", "outside the years"),
        ("9999-12-31T23:59:59-05:00", "", "outside the years"),
        ("0001-01-01", "Asia/Tokyo", "outside the years"),
        ("9999-12-31 23:00", "America/New_York", "outside the years"),
    ],
)
def test_dates_that_are_problems(value: str, zone: str, words: str) -> None:
    found = meta(f"updated: {value}", zone=zone)
    assert problems(found) == ["date"]
    assert words in found.problems[0].message
    assert found.updated is None


def test_the_help_for_a_missing_zone_can_be_pasted() -> None:
    help = meta("updated: 2026-03-02").problems[0].help
    assert "updated: 2026-03-02T00:00:00Z" in help
    assert not meta("updated: 2026-03-02T00:00:00Z").problems


def test_a_date_of_many_blanks_is_judged_soon() -> None:
    started = time.perf_counter()
    assert problems(meta("published: a" + " " * 15_000 + "b")) == ["date"]
    assert time.perf_counter() - started < 0.5


def test_state_hints_at_what_was_meant() -> None:
    [problem] = meta("state: publish").problems
    assert "Did you mean published?" in problem.message
    assert "mean" not in meta("state: xyz").problems[0].message


def test_unknown_keys_are_one_problem_with_hints() -> None:
    found = meta("titel: x", "layout: post", *(f"k{n}: v" for n in range(8)))
    [problem] = found.problems
    assert problem.kind == "unknown-key"
    assert "titel, layout" in problem.message
    assert "and 4 more" in problem.message
    assert "titel looks like title" in problem.help


def test_unquoted_values_come_with_a_fix() -> None:
    found = meta(r"title: KAP: what \ to expect")
    [problem] = found.problems
    assert problem.kind == "unquoted"
    assert found.title == r"KAP: what \ to expect"
    mended = meta(f"title: {problem.value}")
    assert (mended.title, mended.problems) == (found.title, ())


MAPPED = {"published": "date", "category": "categories", "state": "draft"}


def test_keys_of_other_tools() -> None:
    found = meta("date: 2026-03-02T09:00:00Z", "categories: [Visits]", keys=MAPPED)
    assert not found.problems
    assert found.published is not None
    assert found.category == "Visits"
    assert found.span_of("published") is not None


def test_a_key_that_is_mapped_is_not_read_under_its_own_name() -> None:
    found = meta("published: 2026-03-02T09:00:00Z", "date: 2026-04-02T09:00:00Z", keys=MAPPED)
    assert problems(found) == ["unknown-key"]
    assert found.published is not None
    assert found.published.month == 4


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("true", "draft"),
        ("yes", "draft"),
        ("false", "scheduled"),
        ("no", "scheduled"),
    ],
)
def test_draft_of_other_tools_is_a_state(value: str, state: str) -> None:
    found = meta(f"draft: {value}", keys=MAPPED)
    assert not found.problems
    assert found.state == state


def test_draft_means_nothing_by_itself() -> None:
    found = meta("draft: no")
    assert problems(found) == ["unknown-key"]
    assert found.state == "draft"
