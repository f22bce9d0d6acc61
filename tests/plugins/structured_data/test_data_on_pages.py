"""Structured data on the pages of a folder: what browsers parse there, and where there is none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from vocabulary import problems

from copydesk.cli.main import run

NOW = "2026-06-01T12:00:00Z"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*)</script>')
URL = 'site-title = "Harbour Lane"\nsite-url = "https://blog.harbourlane.example"\n'
POST = """---
title: "A visit </script> & <!-- more"
id: visit
slug: übung
state: published
published: 2026-03-02T09:00:00+01:00
author: Mara Lindqvist
author_credential: LCSW
image: door.png
image_alt: A blue door
---

We open at nine.
"""
Publish = Callable[[str], str]


@pytest.fixture
def publish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Publish one post with a configuration, and return its page."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    site = tmp_path / "site-of-mine"
    (site / "posts").mkdir(parents=True)
    (site / "posts" / "visit.md").write_text(POST)
    (site / "posts" / "door.png").write_bytes(b"\x89PNG not really")
    monkeypatch.chdir(site)

    def make(config: str) -> str:
        (site / "copydesk.toml").write_text(f"root = true\n{config}")
        assert run(["run", "--now", NOW]) == 0
        return next(site.joinpath("site").glob("*bung.html")).read_text("utf-8")

    return make


def data_on(page: str, kind: str = "BlogPosting") -> dict[str, Any]:
    texts = SCRIPT.findall(page)
    assert all(page.index(text) < page.index("</head>") for text in texts)
    (found,) = [each for each in map(json.loads, texts) if each["@type"] == kind]
    value: dict[str, Any] = found
    return value


def test_a_page_of_a_site_with_an_address(publish: Publish):
    found = data_on(publish(URL))
    assert problems(found) == []
    picture = re.sub(r"-[0-9a-f]{16}\.", ".", found.pop("image"))
    assert picture == "https://blog.harbourlane.example/assets/door.png"
    assert found == {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": "A visit </script> & <!-- more",
        "url": "https://blog.harbourlane.example/%C3%BCbung.html",
        "mainEntityOfPage": "https://blog.harbourlane.example/%C3%BCbung.html",
        "datePublished": "2026-03-02T08:00:00+00:00",
        "inLanguage": "en",
        "author": {"@type": "Person", "name": "Mara Lindqvist", "honorificSuffix": "LCSW"},
        "publisher": {
            "@type": "Organization",
            "name": "Harbour Lane",
            "url": "https://blog.harbourlane.example/",
        },
    }


def test_a_title_can_end_neither_the_script_nor_the_page(publish: Publish):
    page = publish(URL)
    assert page.count("<script") == page.count("</script>") == 2
    assert page.count("<!--") == 0


def test_a_site_without_an_address_has_none_and_its_pages_are_left_alone(
    publish: Publish, capsys: pytest.CaptureFixture[str]
):
    page = publish("")
    assert "ld+json" not in page
    assert publish("[enrichers.structured-data]\nshow = false\n") == page
    assert "0 files written" in capsys.readouterr().out.splitlines()[-2]


def test_it_can_be_turned_off(publish: Publish):
    assert "ld+json" in publish(URL)
    assert "ld+json" not in publish(f"{URL}[enrichers.structured-data]\nshow = false\n")


def test_a_picture_that_is_not_published_is_left_out(publish: Publish):
    """Drawings in SVG may hold scripts, so they do not get out."""
    Path("posts/door.svg").write_text("<svg/>")
    Path("posts/visit.md").write_text(POST.replace("door.png", "door.svg"))
    assert "image" not in data_on(publish(URL))


def test_another_picture_is_another_page(publish: Publish):
    first = data_on(publish(URL))["image"]
    Path("posts/door.png").write_bytes(b"\x89PNG another one")
    assert data_on(publish(URL))["image"] != first


def test_previews_carry_none(publish: Publish):
    draft = POST.replace("id: visit", "id: draft").replace("slug: übung", "slug: draft")
    Path("posts/draft.md").write_text(draft.replace("published\n", "draft\n", 1))
    publish(URL)
    (preview,) = Path("site-preview").glob("draft*.html")
    assert "ld+json" not in preview.read_text("utf-8")
