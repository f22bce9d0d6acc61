"""On the pages of a folder: all that is marked up stands there, and goes when it goes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from test_questions_answered import seen
from vocabulary import lacking, problems

from copydesk.cli.main import run
from copydesk.testing import read
from copydesk.wording import wording_hash

SAMPLES = Path(__file__).parents[3]
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*)</script>')
CONFIG = """root = true
site-title = "Harbour & Light"
site-url = "https://blog.harbourlight.example"
[people.mara]
name = "Dr Mara Ellison"
role = "clinician"
credential = "MD"
[people.tom]
name = "Tom Reyes"
credential = "LMFT"
url = "https://harbourlight.example/tom"
"""
POST = """---
title: Tea & forms
id: tea
state: published
published: 2026-03-02T09:00:00Z
updated: 2026-03-09T09:00:00Z
category: Visits
author: Tom Reyes
author_credential: LMFT
---

Two things people ask.

## Is there *tea*?

Yes, & water.

## Do I need a form?

No. Bring nothing.
"""
Publish = Callable[..., str]


@pytest.fixture
def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Publish one post on a day, and return its page."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    site = tmp_path / "clinic"
    (site / "posts").mkdir(parents=True)
    (site / "posts" / "tea.md").write_text(POST)
    (site / "copydesk.toml").write_text(CONFIG)
    monkeypatch.chdir(site)

    def make(now: str = "2026-06-01", code: int = 0) -> str:
        assert run(["run", "--now", f"{now}T12:00:00Z", "--ignore", "claims"]) == code
        return Path("site/tea.html").read_text("utf-8")

    return make


def review(by: str = "mara", day: str = "2026-03-10") -> None:
    mark = wording_hash(read(POST))
    Path("reviews.toml").write_text(
        f'[[review]]\npost = "tea"\nby = "{by}"\ndate = {day}\nnext = 2026-12-01\nhash = "{mark}"\n'
    )


def objects(page: str) -> dict[str, Any]:
    found = [json.loads(each) for each in SCRIPT.findall(page)]
    assert len({each["@type"] for each in found}) == len(found)
    return {each["@type"]: each for each in found}


def in_words(text: str) -> str:
    """Return a date as the page shows it."""
    day = date.fromisoformat(text[:10])
    return f"{day.day} {day:%B} {day.year}"


def marked(value: Any, name: str = "") -> list[str]:
    """Return every text of an object that people read, with dates as pages show them."""
    if isinstance(value, list):
        return [each for part in value for each in marked(part, name)]
    if isinstance(value, dict):
        return [each for key, part in value.items() for each in marked(part, key)]
    if name in ("datePublished", "dateModified", "lastReviewed"):
        return [in_words(value)]
    hidden = name.startswith("@") or name in ("url", "mainEntityOfPage", "item", "image")
    return [] if hidden or not isinstance(value, str) or name == "inLanguage" else [value]


def unseen(page: str) -> list[str]:
    """Return what is marked up and stands neither on the page nor, of words on it, in its head."""
    words = seen(page.partition("<body>")[2])
    head = unescape(page.partition("</head>")[0].replace(SCRIPT.pattern, ""))
    described = re.search(r'<meta name="description" content="([^"]*)"', head)
    texts = [each for found in objects(page).values() for each in marked(found)]
    known = {described[1]} if described else set()
    return [each for each in texts if " ".join(each.split()) not in words and each not in known]


def test_all_that_is_marked_up_stands_on_the_page(publish: Publish):
    review()
    page = publish()
    found = objects(page)
    assert set(found) == {"BlogPosting", "MedicalWebPage", "FAQPage", "BreadcrumbList"}
    assert unseen(page) == []
    for each in found.values():
        assert problems(each) == lacking(each) == []
    assert found["BlogPosting"]["author"]["url"] == "https://harbourlight.example/tom"
    assert found["MedicalWebPage"]["url"] == "https://blog.harbourlight.example/tea.html"


def test_the_way_to_a_page(publish: Publish):
    found = objects(publish())["BreadcrumbList"]["itemListElement"]
    assert [(each["position"], each["name"], each["item"]["@id"]) for each in found] == [
        (1, "Harbour & Light", "https://blog.harbourlight.example/"),
        (2, "Tea & forms", "https://blog.harbourlight.example/tea.html"),
    ]


def test_a_second_run_writes_nothing(publish: Publish, capsys: pytest.CaptureFixture[str]):
    review()
    page = publish()
    assert publish() == page
    assert "0 files written" in capsys.readouterr().out.splitlines()[-2]


def test_a_review_that_ends_takes_its_data_along(publish: Publish):
    review()
    publish()
    page = publish("2026-12-02")
    assert "reviewed by" not in page
    assert set(objects(page)) == {"BlogPosting", "FAQPage", "BreadcrumbList"}


def test_data_of_a_review_come_with_its_line(publish: Publish):
    assert "MedicalWebPage" not in objects(publish())
    review()
    assert "MedicalWebPage" in objects(publish())
    with Path("copydesk.toml").open("a") as config:
        config.write("[enrichers.reviewed-by]\nshow = false\n")
    assert "MedicalWebPage" not in objects(publish())


def test_a_reviewer_who_is_no_clinician(publish: Publish):
    review("tom")
    page = publish()
    assert objects(page)["WebPage"]["reviewedBy"]["name"] == "Tom Reyes"
    assert "MedicalWebPage" not in page and unseen(page) == []


@pytest.mark.parametrize(("now", "left"), [("2026-06-01", True), ("2026-12-02", False)])
def test_a_version_that_stays_keeps_them_as_long_as_the_line(publish: Publish, now, left):
    review()
    publish()
    Path("posts/tea.md").write_text(POST.replace("published: 2026-03-02T09", "published: soon 09"))
    page = publish(now, code=1)
    assert ("Medically reviewed by" in page) is left
    assert ("MedicalWebPage" in objects(page)) is left
    assert {"BlogPosting", "FAQPage"} <= set(objects(page))


def test_the_sample_posts_mark_up_only_what_they_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import shutil

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(SAMPLES / "posts", tmp_path / "samples" / "posts")
    shutil.copy(SAMPLES / "copydesk.toml", tmp_path / "samples")
    monkeypatch.chdir(tmp_path / "samples")
    run(["run", "--now", "2027-06-01T12:00:00Z"])
    pages = [each for each in Path("site").glob("*.html") if each.name != "index.html"]
    assert len(pages) >= 8
    for path in pages:
        page = path.read_text("utf-8")
        assert [each for each in unseen(page) if each not in tags(page)] == []


def tags(page: str) -> list[str]:
    """Return the tags of a post: they are front matter, which pages do not show."""
    return list(objects(page)["BlogPosting"].get("keywords", ()))
