"""What makes counting fast changes nothing: the short way to plain words, the shared keys."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from copydesk import words as module
from copydesk.model.context import Counted
from copydesk.testing import read
from copydesk.words import keys, words

SHORT, _, WHOLE = module._WORD.pattern.partition("|")
PLAIN = ("a", "Pain", "isn’t", "don't", "U.S.", "Ph.D", "3.5", "50%", "and/or", "x_y", "café")
SIGNS = (" ", ", ", "; ", "! ", "?\n", ".", "—", "\n\n", "-", "'", "’", "&", "%", "(s)", "\u0301")
ODD = ("http", "https://a.b/c,", "www.", "\u00ad", "²", "①", "ß", "İ", "\U0001f600", "ｗｏｒｄ")
PIECES = st.sampled_from((*PLAIN, *SIGNS, *ODD))


def test_the_short_way_is_the_first_branch() -> None:
    assert SHORT == r"[A-Za-z]+(?=[ ,;!?\n])" and WHOLE.startswith("(?:https?")


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_the_short_way_finds_what_the_whole_pattern_finds(text: str) -> None:
    found = [(m.start(), m.end(), m.group()) for m in re.finditer(WHOLE, text)]
    assert [tuple(word) for word in words(text)] == found


@given(st.lists(PIECES, max_size=30).map("".join))
def test_keys_are_the_words_in_lower_case(text: str) -> None:
    found = words(text)
    assert keys(found) == [word.text.lower().replace("’", "'") for word in found]


def test_long_words_are_not_remembered() -> None:
    long = "Q" * 100
    assert keys(words(long)) == ["q" * 100]
    assert long not in module._LOWERED
    assert keys(words("Remembered")) == ["remembered"] and "Remembered" in module._LOWERED


def test_rules_share_the_keys_of_a_unit() -> None:
    post = read("It Isn’t far.")
    counted = Counted(post)
    (unit,) = post.units
    assert counted.keys(unit) == ["it", "isn't", "far"]
    assert counted.keys(unit) is counted.keys(unit)


def test_a_megabyte_of_one_letter_is_read() -> None:
    assert len(words("a" * 1_000_000)) == 1
    assert len(words("a" * 1_000_000 + ".")) == 1
