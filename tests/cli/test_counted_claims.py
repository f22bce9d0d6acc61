"""The numbers of claims in a report are those of `claims list`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from cli_kit import post, write

PROJECT = Path(__file__).resolve().parents[2]
TEXT = """Studies show that massage relieves back pain. Massage relieves back pain.
Yoga eases worry ([a review of yoga](https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1/)).
Tea cures depression. A walk improves sleep, as [a shop](https://shop.example/tea) says.
"""
NAMES = {
    "none": "claims-without-source",
    "weak": "claims-with-weak-source",
    "cited": "claims-with-source",
    "registered": "claims-in-register",
}


@pytest.fixture
def posts() -> None:
    write("posts/a.md", post("Care", TEXT))
    write("posts/b.md")
    for each in (PROJECT / "posts" / "drafts").glob("*.md"):
        write(f"posts/{each.name}", each.read_text("utf-8"))


def test_they_are_the_same(copydesk, posts):
    reported = copydesk("lint", "posts", "--format", "json").json["files"]
    listed = copydesk("claims", "list", "posts", "--format", "json").json["files"]
    seen = set()
    for file, claims in zip(reported, listed, strict=True):
        assert file["path"] == claims["path"]
        counts = Counter(each["support"] for each in claims["claims"])
        measures = file["measures"]
        assert measures["claims"] == len(claims["claims"])
        assert {level: measures[name] for level, name in NAMES.items()} == {
            level: counts[level] for level in NAMES
        }
        seen |= counts.keys()
    assert {"none", "cited"} <= seen


def test_a_post_in_another_language_has_no_such_number(copydesk):
    write("posts/a.md", post("Hola", "El té cura la depresión.", language="es"))
    (file,) = copydesk("lint", "posts", "--format", "json").json["files"]
    assert not any(name.startswith("claims") for name in file["measures"])
