"""The table of sites and the sentences about what changed, in the report for people."""

from __future__ import annotations

from typing import Any

import pytest

from copydesk_plugins.reporters.text_sites import change_lines, table_lines


def site(path: str, **counts: int) -> dict[str, Any]:
    names = ("posts", "errors", "warnings", "infos", "waived", "accepted", "not_read", "failures")
    return {"path": path, **dict.fromkeys(names, 0), **counts}


def changed(**parts: Any) -> list[str]:
    values = {
        "since": "origin/main",
        "posts": 600,
        "changed": 3,
        "looked_at": 3,
        "unchanged": 597,
        "ignored": 0,
        "gone": [],
        "whole": [],
    }
    return list(change_lines({"changed": {**values, **parts}}))


def test_the_columns_stand_under_each_other() -> None:
    sites = [
        site("clinics/north", posts=50, warnings=1200, waived=1),
        site("clinics/s", posts=3, errors=2, not_read=1, failures=3),
    ]
    assert list(table_lines({"posts": 53, "sites": sites})) == [
        "",
        "site           posts  errors  warnings  waived  not read  other failures",
        "clinics/north     50       0      1200       1         0               0",
        "clinics/s          3       2         0       0         1               2",
        "",
    ]


def test_findings_from_before_have_a_column_where_there_is_a_baseline() -> None:
    sites = [site("a", accepted=12), site("b")]
    lines = list(table_lines({"posts": 1, "sites": sites, "baseline": {}}))
    assert lines[1].split("  ")[5:7] == ["from before", "not read"]
    assert lines[2].split()[5] == "12"


@pytest.mark.parametrize("sites", [[], [site("a", posts=1)]])
def test_one_site_needs_no_table(sites: list[dict[str, Any]]) -> None:
    assert not list(table_lines({"posts": 1, "sites": sites}))


def test_where_nothing_was_checked_there_is_no_table() -> None:
    assert not list(table_lines({"posts": 0, "sites": [site("a"), site("b")]}))


def test_names_cannot_steer_a_terminal() -> None:
    lines = list(table_lines({"posts": 1, "sites": [site("a\x1b[2J"), site("b")]}))
    assert "\x1b" not in "".join(lines)
    assert "\x1b" not in "".join(changed(gone=["a\x1b.md"]))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            {},
            "3 of 600 posts changed since origin/main and were looked at; 597 are as they were.",
        ),
        (
            {"posts": 2, "changed": 1, "looked_at": 1, "unchanged": 1},
            "1 of 2 posts changed since origin/main and was looked at; 1 is as it was.",
        ),
        (
            {"changed": 0, "looked_at": 0, "unchanged": 600, "since": "HEAD"},
            "None of 600 posts changed since the last commit, so none was looked at.",
        ),
        (
            {"unchanged": 595, "ignored": 2, "gone": ["posts/a.md"]},
            "3 of 600 posts changed since origin/main and were looked at; 595 are as they were, "
            "2 are ignored by git, 1 is gone (posts/a.md).",
        ),
        (
            {"posts": 9, "changed": 9, "looked_at": 9, "unchanged": 0, "gone": list("abcdefg")},
            "9 of 9 posts changed since origin/main and were looked at; "
            "7 are gone (a, b, c, d, e and 2 more).",
        ),
    ],
)
def test_what_was_looked_at_and_why_not_the_rest(parts: dict[str, Any], said: str) -> None:
    assert changed(**parts) == [said]


def test_changed_settings_are_named() -> None:
    whole = [{"path": "clinics/north", "posts": 50, "because": "waivers.toml changed"}]
    assert changed(looked_at=52, unchanged=548, whole=whole) == [
        "3 of 600 posts changed since origin/main and were looked at, and 49 more were looked at "
        "because of changed settings; 548 are as they were.",
        "All 50 posts of clinics/north: looked at, because waivers.toml changed.",
    ]


def test_without_changed_nothing_is_said() -> None:
    assert not list(change_lines({"posts": 1}))
