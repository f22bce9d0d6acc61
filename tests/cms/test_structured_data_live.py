"""Structured data on the pages of real systems: whole addresses, a picture that is there, safe."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from cms_kit import Site
from systems_kit import System, visitor_get

_SCRIPT = re.compile(r'<script[^>]*type="application/ld\+json"[^>]*>(.*?)</script>', re.S)
TITLE = "Warm baths & a <script> that </script> ends"


def postings(html: str) -> list[dict[str, Any]]:
    """Return what a page says of itself as a `BlogPosting`; systems add data of their own."""
    found = [json.loads(each) for each in _SCRIPT.findall(html)]
    return [each for each in found if each.get("@type") == "BlogPosting"]


def test_a_page_says_what_the_source_says(cms: System, site: Callable[..., Site]):
    made: Site = site(cms)
    made.picture("bath.png")
    made.post(
        "warm-baths",
        title=f'"{TITLE}"',
        author="Mara Lindqvist",
        author_credential="LCSW",
        tags="[baths, water]",
        image="images/bath.png",
        image_alt="A bath by the window",
    )
    ran = made.go_live()
    assert ran.code == 0, ran.said
    held = cms.post("warm-baths")
    (data,) = postings(visitor_get(held.address).text)
    assert data["headline"] == TITLE
    assert data["url"] == data["mainEntityOfPage"] == held.address
    assert data["datePublished"].startswith("2026-03-01T09:00:00")
    assert data["author"] == {
        "@type": "Person",
        "name": "Mara Lindqvist",
        "honorificSuffix": "LCSW",
    }
    assert data["keywords"] == ["baths", "water"]
    assert data["image"].startswith(f"{cms.url}/")
    assert visitor_get(data["image"]).status == 200
    assert made.go_live().code == 0
    assert cms.post("warm-baths").raw == held.raw, "a second run wrote it again"
