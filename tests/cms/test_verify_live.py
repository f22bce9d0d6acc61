"""`copydesk verify` on real systems: what a visitor gets, and what somebody else did to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
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


def test_a_site_as_it_was_published(cms: System, site: MakeSite):
    print(look(published(site(cms)), 0))
