"""What search engines were told of a review stays only as long as its line says the same."""

from __future__ import annotations

import json

import pytest

from copydesk_plugins.publishers.filling import still_true

LINE = '<p data-copydesk="line">Medically reviewed by Dr Jo Ann O&#x27;Hara, MD, on {}</p>'


def told(name: str, credential: str, on: str) -> str:
    person = {"@type": "Person", "name": name, "honorificSuffix": credential}
    return json.dumps({"@type": "WebPage", "lastReviewed": on, "reviewedBy": person})


@pytest.mark.parametrize(
    ("name", "credential", "on", "true"),
    [
        ("Dr Jo Ann O'Hara", "MD", "2026-03-01", True),
        ("Dr Jo Ann O'Hara", "", "2026-03-01", True),
        ("Dr Jo Ann O'Hara", "MD", "2026-03-02", False),
        ("Jo", "MD", "2026-03-01", True),
        ("Hara M", "MD", "2026-03-01", False),
        ("Dr Jo Ann O'Hara", "DO", "2026-03-01", False),
    ],
)
def test_a_line_that_says_it(name: str, credential: str, on: str, true: bool):
    assert still_true(told(name, credential, on), LINE.format("1 March 2026")) is true


def test_another_day_that_ends_alike():
    assert not still_true(told("Jo", "MD", "2026-03-01"), LINE.format("11 March 2026"))


def test_data_that_tell_of_no_review():
    assert still_true('{"@type": "BlogPosting"}', "")
    assert still_true("no JSON", "")
