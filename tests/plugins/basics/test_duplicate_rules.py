"""Rules on ids and slugs that two posts of a site share."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copydesk.api import Entry, Index, Rule, Span
from copydesk.testing import read, run_site_rule
from copydesk.workbench import entry_of
from copydesk_plugins.basics import duplicates

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def entry(name: str, *lines: str, newline: str = "\n") -> Entry:
    text = newline.join(["---", f"title: Post {name}", *lines, "---", "", "Text.", ""])
    return entry_of(read(text, name), NOW)


def test_two_posts_with_one_id_are_each_reported() -> None:
    index = Index(
        (
            entry("a.md", "id: one"),
            entry("b.md", "id: one", newline="\r\n"),
            entry("c.md", "id: two"),
            entry("d.md"),
            entry("e.md"),
        )
    )
    first, second = run_site_rule(duplicates.duplicate_id, index)
    assert (first.path, second.path) == ("a.md", "b.md")
    assert "b.md" in first.message
    assert first.related[0].path == "b.md"
    assert first.related[0].span == second.span
    assert second.span == Span(
        len("---\r\ntitle: Post b.md\r\nid: "), len("---\r\ntitle: Post b.md\r\nid: one")
    )


def test_ids_tell_capital_letters_apart() -> None:
    index = Index((entry("a.md", "id: one"), entry("b.md", "id: One")))
    assert not run_site_rule(duplicates.duplicate_id, index)


def test_slugs_do_not_tell_capital_letters_apart() -> None:
    index = Index((entry("a.md", "slug: fees"), entry("b.md", "slug: Fees")))
    first, second = run_site_rule(duplicates.duplicate_slug, index)
    assert (first.path, second.path) == ("a.md", "b.md")
    assert "The slug fees is also that of b.md" in first.message


def test_the_name_of_a_file_is_a_slug() -> None:
    index = Index((entry("fees.md"), entry("b.md", "slug: fees")))
    assert len(run_site_rule(duplicates.duplicate_slug, index)) == 2


@pytest.mark.parametrize(
    ("one", "other", "reported"),
    [("[clinic]", "[shop]", 0), ("[clinic, shop]", "[shop]", 2), ("", "[shop]", 2)],
)
def test_posts_for_different_targets_may_share_a_slug(one: str, other: str, reported: int) -> None:
    index = Index(
        (
            entry("a.md", "slug: fees", f"targets: {one}"),
            entry("b.md", "slug: fees", f"targets: {other}"),
        )
    )
    assert len(run_site_rule(duplicates.duplicate_slug, index)) == reported


def test_many_posts_are_named_in_part() -> None:
    index = Index(tuple(entry(f"p{n}.md", "id: one") for n in range(9)))
    reports = run_site_rule(duplicates.duplicate_id, index)
    assert len(reports) == 9
    assert "and 3 more" in reports[0].message


@pytest.mark.parametrize("rule", [duplicates.duplicate_id, duplicates.duplicate_slug])
def test_the_examples_make_a_pair(rule: Rule) -> None:
    pair = Index((entry_of(read(rule.good, "fees.md"), NOW), entry_of(read(rule.bad, "b.md"), NOW)))
    assert len(run_site_rule(rule, pair)) == 2
    assert rule.scope == "site"
    assert not run_site_rule(rule, Index(()))
