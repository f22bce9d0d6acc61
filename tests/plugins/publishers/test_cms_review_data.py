"""What a system is told of a review: with the line that names it, and no longer than that line."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from memory_kit import WRITES, Site

from copydesk.testing import read
from copydesk.wording import wording_hash
from copydesk_plugins.publishers.filling import still_true

AFTER = datetime(2026, 12, 2, 12, tzinfo=UTC)
PEOPLE = '[people.mara]\nname = "Dr Mara Ellison"\nrole = "clinician"\ncredential = "MD"'


def reviewed(site: Site) -> None:
    """Two posts, of which the first one is reviewed until the first of December."""
    site.rules = ("claims",)
    site.configure(PEOPLE)
    path = site.post("a")
    site.post("b", 3)
    mark = wording_hash(read(path.read_text("utf-8"), "posts/a.md"))
    (site.folder / "reviews.toml").write_text(
        f'[[review]]\npost = "a"\nby = "mara"\ndate = 2026-03-02\nnext = 2026-12-01\n'
        f'hash = "{mark}"\n'
    )


def told(site: Site, id: str) -> str:
    """Return all that the system holds of a post."""
    return str(vars(site.blog.our(id)))


def test_a_review_is_told_with_its_line(site: Site) -> None:
    reviewed(site)
    site.go_live()
    assert "MedicalWebPage" in told(site, "a") and "Medically reviewed by" in told(site, "a")
    assert "MedicalWebPage" not in told(site, "b")
    assert site.go_live().named(*WRITES) == set()


@pytest.mark.parametrize("kept", [False, True])
def test_a_review_that_ends_goes_with_its_line(site: Site, kept: bool) -> None:
    reviewed(site)
    site.go_live()
    site.now = AFTER
    if kept:
        site.reword("a")
        site.errors = {"posts/a.md": 1}
    assert site.go_live().actions == {"a": "links only", "b": "unchanged"}
    assert "Medically reviewed by" not in told(site, "a")
    assert "MedicalWebPage" not in told(site, "a") and "BlogPosting" in told(site, "a")
    assert site.go_live().named(*WRITES) == set()


def test_a_version_that_stays_keeps_its_review(site: Site) -> None:
    reviewed(site)
    site.go_live()
    site.reword("a")
    site.errors = {"posts/a.md": 1}
    site.post("c", 2)
    ran = site.go_live()
    assert ran.actions["a"] == "links only", "its newer neighbour is another one"
    assert "MedicalWebPage" in told(site, "a") and "Medically reviewed by" in told(site, "a")


LINE = '<p data-copydesk="line">Medically reviewed by Dr O&#x27;Hara, MD, on 2 March 2026</p>'
REVIEW = {"@type": "MedicalWebPage", "lastReviewed": "2026-03-02"}


@pytest.mark.parametrize(
    ("data", "block", "wanted"),
    [
        ({**REVIEW, "reviewedBy": {"name": "Dr O'Hara"}}, LINE, True),
        ({**REVIEW, "reviewedBy": {"name": "Dr O'Hara"}}, "", False),
        ({**REVIEW, "reviewedBy": {"name": "Dr Mara"}}, LINE, False),
        (
            {**REVIEW, "lastReviewed": "2025-03-02", "reviewedBy": {"name": "Dr O'Hara"}},
            LINE,
            False,
        ),
        ({**REVIEW, "reviewedBy": {}}, LINE, False),
        ({**REVIEW, "lastReviewed": 7, "reviewedBy": {"name": "Dr O'Hara"}}, LINE, False),
        ({"@type": "BlogPosting"}, "", True),
        (["reviewedBy"], "", True),
    ],
)
def test_data_are_true_as_long_as_a_line_says_the_same(data, block, wanted) -> None:
    assert still_true(json.dumps(data), block) is wanted


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "7"])
def test_what_is_no_object_is_left_alone(text) -> None:
    assert still_true(text, "") is True
