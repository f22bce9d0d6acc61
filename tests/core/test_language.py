"""Which posts the rules made for English judge."""

from __future__ import annotations

import pytest

from copydesk.model.context import PostContext
from copydesk.testing import NOW, read

DANISH = "Vi ses i klinikken, og det er en god dag med te og kaffe til alle som er her.\n"
GREEK = "Η φόρμα είναι μεγάλη και χρειάζεται χρόνο για να συμπληρωθεί.\n"


def foreign(text: str) -> str:
    return PostContext(read(text), NOW).counted.foreign


@pytest.mark.parametrize(
    ("code", "wanted"),
    [("en", True), ("en-GB", True), ("EN_us", True), ("de", False), ("eng-x", False)],
)
def test_the_front_matter_names_the_language(code: str, wanted: bool) -> None:
    assert (foreign(f"---\nlanguage: {code}\n---\n\nText.\n") == "") is wanted


@pytest.mark.parametrize("text", [DANISH, GREEK])
def test_without_a_language_the_words_tell(text: str) -> None:
    assert foreign(text * 3) == "does not read like English"
    assert foreign("We meet in the room by the sea, and there is tea for all of you.\n" * 3) == ""


def test_a_language_that_is_named_is_believed() -> None:
    assert foreign(f"---\nlanguage: en\n---\n\n{GREEK}") == ""
