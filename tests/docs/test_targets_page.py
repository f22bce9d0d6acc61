"""The page about targets: it names every kind, says something in every cell, and stays true."""

from __future__ import annotations

import re

import pytest
from docs_kit import PROJECT, text_of

from copydesk import metadata, registry
from copydesk_plugins.publishers.ghost.limits import _LIMITS
from copydesk_plugins.publishers.handing.facts import FIELDS
from copydesk_plugins.publishers.paste.fields import _FIELDS
from copydesk_plugins.publishers.wxr.item import CARRIED

PAGE = PROJECT / "docs" / "targets.md"
#: Our words for fields, and how rows of the table call them.
ROWS = {
    "published": "date",
    "text": "text",
    "links": "previous and next links",
    "picture": "image from the web",
    "picture text": "image_alt",
    "search engines": "noindex",
}


def tables() -> list[list[list[str]]]:
    """Return the tables of the page, each as rows of cells."""
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", text_of(PAGE), re.M):
        lines = [line.strip("|\n").split("|") for line in block.splitlines()]
        found.append([[cell.strip() for cell in line] for line in lines if "---" not in line[0]])
    return found


def kinds() -> list[str]:
    return list(registry.load(registry.built_in_refs()).publishers)


def cells(kind: str) -> dict[str, str]:
    """Return what the page says of a kind, by row."""
    found = {}
    for head, *rows in tables():
        column = head.index(f"`{kind}`")
        found.update({row[0].replace("`", ""): row[column] for row in rows})
    return found


def test_every_kind_is_named_and_every_cell_says_something() -> None:
    assert len(tables()) == 2
    for head, *rows in tables():
        assert sorted(name.strip("`") for name in head[1:]) == sorted(kinds())
        for row in rows:
            assert len(row) == len(head) and all(row), row
    for kind in kinds():
        assert f"\n- `{kind}`: " in text_of(PAGE)


def test_every_key_that_a_target_could_get_is_in_the_table() -> None:
    here = {"id", "state", "keyphrase", "synonyms", "series", "licence", "states_served",
            "consent", "targets", "language", "published"}  # fmt: skip
    rows = " ".join(cells("paste"))
    for key in (*set(metadata.KEYS) - here, "date"):
        assert re.search(rf"\b{key}\b", rows), key


@pytest.mark.parametrize("field", FIELDS)
def test_the_import_file_carries_what_the_page_says(field: str) -> None:
    said = cells("wxr")[ROWS.get(field, field)]
    assert said.startswith("no") == (field not in CARRIED), said


def test_a_page_to_copy_from_has_what_the_page_says() -> None:
    said = cells("paste")
    for name, *_ in _FIELDS:
        assert re.match(r"by hand|yes", said[ROWS.get(name, name)]), name


def test_the_limits_of_ghost_are_those_of_the_program() -> None:
    said = cells("ghost")
    names = {"title": "title", "slug": "slug", "custom_excerpt": "description",
             "feature_image_alt": "image_alt"}  # fmt: skip
    for limit in _LIMITS:
        if limit.field in names:
            assert f"up to {limit.most} signs" in said[names[limit.field]], limit.field
