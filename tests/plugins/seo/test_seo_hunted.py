"""Wrong numbers, wrong quotes and crashes that were hunted down in the seo rules."""

from __future__ import annotations

import pytest

from copydesk.testing import index_of, run_rule, run_site_rule
from copydesk_plugins.seo import register_rules

RULES = {rule.id.partition(".")[2]: rule for rule in register_rules()}
POST = "---\ntitle: {}\nstate: published\npublished: 2026-01-0{}\ntargets: [{}]\n---\n\nWe sit.\n"


def said(rule: str, text: str) -> str:
    (found,) = run_rule(RULES[rule], text)
    return found.message


@pytest.mark.parametrize(
    ("skips", "end"),
    [
        (1, "is not there."),
        (2, "is not there. So does 1 other heading."),
        (3, "is not there. So do 2 other headings."),
        (11, "is not there. So do 10 other headings."),
    ],
)
def test_the_other_headings_that_skip_a_level_are_counted(skips: int, end: str) -> None:
    assert said("heading-order", "# Fees\n\n" + "## One\n\n#### Two\n\n" * skips).endswith(end)


def test_the_title_is_not_called_the_only_heading_where_others_stand_above() -> None:
    alone = said("heading-order", "# Fees\n\n### Two\n\nIt is 90.\n")
    assert "the title is the only heading above it" in alone
    second = said("heading-order", "# Fees\n\n## One\n\n# More\n\n### Two\n\nIt is 90.\n")
    assert "above it is level 1" in second


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("A guide to fees, 2025-2027", 0),
        ("A guide to fees 2025–2026", 0),
        ("Fees 2025/26", 0),
        ("Fees 2023/24", 2024),
        ("A guide to fees, 2022-2024", 2024),
        ("A guide of 2024-05", 2024),
    ],
)
def test_a_title_with_a_row_of_years_dates_to_the_last(title: str, year: int) -> None:
    text = f"---\ntitle: {title}\nstate: published\npublished: 2022-03-01\n---\n\nWe list them.\n"
    found = run_rule(RULES["title-year"], text)
    assert [each.message.split(",")[0] for each in found] == (
        [f"The title names {year}"] * bool(year)
    )


@pytest.mark.parametrize(
    ("image", "pictures"),
    [
        ("image: door.jpg\nimage_alt: A door", "(1 of 2 pictures in this post)"),  # shown below
        ("image: hero\nimage_alt: A door", "(1 of 2 pictures in this post)"),  # no picture of ours
        ("image: room.jpg\nimage_alt: A room", "(1 of 3 pictures in this post)"),
        ("image: room.jpg", "(2 of 3 pictures in this post)"),
    ],
)
def test_each_picture_is_counted_once(image: str, pictures: str) -> None:
    body = "![](door.jpg)\n\n![The garden](garden.jpg)\n"
    assert pictures in said("alt-missing", f"---\ntitle: Doors\n{image}\n---\n\n{body}")


def test_a_day_of_the_site_is_not_taken_for_the_day_before() -> None:
    # Published at seven in the evening west of Greenwich, updated on the same day.
    front = (
        "---\ntitle: Fees\nstate: published\npublished: 2026-03-03T01:00:00Z\nupdated: {}\n---\n"
    )
    assert not run_rule(RULES["dates"], front.format("2026-03-02T06:00:00Z"))
    assert run_rule(RULES["dates"], front.format("2026-03-01T06:00:00Z"))


def test_posts_that_meet_are_told_of_one_title_though_the_newest_meets_none() -> None:
    posts = {"a.md": ("a", 3), "b.md": ("b", 2), "c.md": ("b", 1)}
    index = index_of({key: POST.format("Fees", day, to) for key, (to, day) in posts.items()})
    (found,) = run_site_rule(RULES["same-title"], index)
    assert found.path == "b.md"
    assert "c.md" in found.message
    assert "a.md" not in found.message


def test_a_link_finds_an_id_in_capitals_and_the_second_name_of_a_tag() -> None:
    text = (
        '<p><a name="q" id="fees">Fees</a> <span ID="up">Up</span></p>\n'
        '<p><a href="#fees">one</a> <a href="#q">two</a> <a href="#up">three</a></p>\n'
    )
    assert not run_site_rule(RULES["broken-anchor"], index_of({"a.html": text}))
