"""`copydesk verify` on real systems: what a visitor gets, and what somebody else did to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from cms_kit import Site
from systems_kit import System

MakeSite = Callable[..., Site]
SLUGS = ("first-visit", "second-visit", "third-visit")


def published(site: Site) -> Site:
    """Publish three posts, one after the other day by day."""
    for day, slug in enumerate(SLUGS, 1):
        site.post(slug, f"We wrote down what happens at the {slug.replace('-', ' ')}.", day)
    ran = site.go_live()
    assert ran.code == 0, ran.said
    return site


def look(site: Site, code: int) -> list[dict[str, Any]]:
    ran = site.run("verify", "--to", site.target, "--format", "json")
    assert ran.code == code, ran.said
    problems: list[dict[str, Any]] = json.loads(ran.out)["problems"]
    return problems


def rows(problems: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(each["kind"], each["post"].removeprefix("id-")) for each in problems}


#: What the theme and the settings of a system do to every page, by themselves.
ALWAYS = {
    # Twenty Twenty-Five prints previous and next links, and the test system is closed to robots.
    "wp": {("second-set", "third-visit"), ("search-engines", "third-visit")},
    "gh": set(),
}


def repaired(site: Site) -> set[tuple[str, str]]:
    """Let the links be mended; return what is still said of the site."""
    ran = site.run("repair", "--to", site.target, "--yes")
    assert ran.code == 0, ran.said
    return rows(look(site, int(bool(ALWAYS[site.system.name]))))


def test_links_that_somebody_spoilt_are_told_and_mended(cms: System, site: MakeSite):
    made, always = published(site(cms)), ALWAYS[cms.name]
    second = cms.post("second-visit").id
    assert rows(look(made, int(bool(always)))) == always

    cms.swap(second, "next", "nofollow")
    assert rows(look(made, 1)) - always == {
        ("other-order", "second-visit"),
        ("one-sided", "third-visit"),
        ("orphan", "third-visit"),
    }
    assert repaired(made) == always

    cms.edit(second, state="draft")
    assert rows(look(made, 1)) - always == {
        ("not-there", "second-visit"),
        ("dead-link", "first-visit"),
        ("dead-link", "third-visit"),
        ("orphan", "first-visit"),
        ("orphan", "third-visit"),
    }
    assert repaired(made) == always


def test_a_claim_that_somebody_wrote_there(cms: System, site: MakeSite):
    made = published(site(cms))
    held = cms.post("first-visit")
    cms.swap(held.id, "We wrote down what happens", "Warm baths always cure depression")
    cms.edit(held.id, title="Baths always cure anxiety")
    problems = [each for each in look(made, 1) if each["post"] == "id-first-visit"]
    assert {each["kind"] for each in problems} == {"text", "claim"}
    claims = [each["message"] for each in problems if each["kind"] == "claim"]
    assert any("Warm baths always cure depression" in each for each in claims)
    assert any("Baths always cure anxiety" in each for each in claims)
    assert "error" in {each["severity"] for each in problems}
