"""Titles against the words that cite them."""

from __future__ import annotations

import pytest

from copydesk.api import Span
from copydesk_plugins.claims.sources.titles import OVERLAP, cited_title, overlap
from copydesk_plugins.claims.support.address import document
from copydesk_plugins.claims.support.references import Source

TITLE = "Rest, walking and back pain in hospital nurses: a randomised trial"


def source(cited: str, listed: bool = True) -> Source:
    return Source(document("doi:10.5555/a"), "", Span(0, 0), cited, listed)


@pytest.mark.parametrize(
    "cited",
    [
        "Okafor P, Lind AB. Rest, walking and back pain in hospital nurses. J Rest. 2020;3:5-9. "
        "https://doi.org/10.5555/a",
        "1. Rest, Walking and Back Pain in Hospital Nurses: A Randomised Trial (2020)",
        "Okafor. Walking, rest & back pains in a hospital’s nurses. doi:10.5555/a",
        "Ökafor P. Rest, wálking and back pain in nurses.",
        "“Rest, walking and back pain”, in a journal that nobody knows and everybody reads",
    ],
)
def test_the_same_title_said_in_other_ways(cited: str) -> None:
    assert overlap(TITLE, cited_title(source(cited))) >= OVERLAP


@pytest.mark.parametrize(
    "cited",
    [
        "Okafor P. Ketamine for low mood in adults: two year results. 2021. doi:10.5555/a",
        "Lind A, Weiss B. Tea and the sleep of owls. Owl Science. 2020. doi:10.5555/a",
        "“Tea and the sleep of barn owls”. doi:10.5555/a",
    ],
)
def test_another_title(cited: str) -> None:
    assert cited_title(source(cited))
    assert overlap(TITLE, cited_title(source(cited))) < OVERLAP


@pytest.mark.parametrize(
    ("cited", "listed"),
    [
        ("Smith J, Lancet 2019. doi:10.5555/a", True),
        ("Okafor P, Lind AB, Weiss C, et al. 2020. doi:10.5555/a", True),
        ("https://doi.org/10.5555/a", True),
        ("doi:10.5555/a", True),
        ("", True),
        ("a trial", False),
        ("lifts low mood in most patients within a day", False),
        ("Keller et al.", False),
    ],
)
def test_words_that_give_no_title(cited: str, listed: bool) -> None:
    assert cited_title(source(cited, listed)) == ""


def test_a_link_that_is_written_like_a_title_is_one() -> None:
    assert cited_title(source("Rest, Walking and Back Pain in Nurses", listed=False))
    assert cited_title(source("the paper “Rest and back pain in nurses”", listed=False))
