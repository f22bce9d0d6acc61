"""The small parts of the seo rules: stems, widths and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import stem
from copydesk_plugins.seo.addresses import same_host, web
from copydesk_plugins.seo.nearest import Names
from copydesk_plugins.seo.pixels import fitting, width


@pytest.mark.parametrize(
    "forms",
    [
        "session sessions session's sessions'",
        "treat treats treated treating",
        "plan plans planned planning",
        "try tries tried trying",
        "therapy therapies therapy's",
        "use uses used using",
        "box boxes boxed",
        "church churches",
        "stress stresses stressed",
        "process processes processing",
        "visit visits visited visiting",
        "sell sells selling",
        "infuse infuses infused infusing",
        "body bodies",
    ],
)
def test_forms_of_one_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("therapy", "therapist"),
        ("treat", "treatment"),
        ("virus", "vire"),
        ("bus", "bu"),
        ("ring", "r"),
        ("red", "r"),
        ("bed", "be"),
        ("thing", "th"),
        ("analysis", "analysi"),
        ("news", "new's-"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.text(max_size=40))
def test_any_text_has_a_stem_no_longer_than_itself(text: str) -> None:
    assert len(stem(text)) <= len(text) + 1


def test_widths_are_those_of_arial() -> None:
    # The metrics of Arial: 1,139 units of 2,048 for a digit or "a", 569 for a blank, 1,933 for "W".
    assert width("0123456789", 2048) == 11390
    assert width("a W", 2048) == 1139 + 569 + 1933
    assert width("iiii", 20) < width("MM", 20)
    assert width("", 20) == 0


@given(st.text(max_size=80), st.floats(1, 900))
def test_what_fits_is_a_beginning_that_fits(text: str, limit: float) -> None:
    kept = fitting(text, 20, limit)
    assert text.startswith(kept)
    assert width(kept, 20) <= limit + 0.001
    if width(text, 20) <= limit:
        assert kept == text


def test_a_text_is_cut_before_a_word() -> None:
    assert fitting("one two three", 20, width("one two thr", 20)) == "one two"
    assert fitting("字" * 10, 20, 100) == "字" * 5


@pytest.mark.parametrize(
    "text", ["", "fees", "/fees", "https://", "http://[", "ftp://a.example", "https://a b.example"]
)
def test_what_is_no_address(text: str) -> None:
    assert web(text) is None


def test_addresses() -> None:
    found = web(" HTTPS://Blog.Example.org/a%20b?x=1#y ")
    assert found is not None
    assert found == ("https", "blog.example.org", "/a b", "x=1", "y")
    assert same_host("www.example.org", "example.org")
    assert not same_host("shop.example.org", "example.org")


def test_only_a_near_name_is_meant() -> None:
    names = Names(["our-fees", "first-visit", "walks"])
    assert names.near("our-fee") == "our-fees"
    assert names.near("contact") == ""
