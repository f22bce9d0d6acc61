"""The hash of what a post says: another word changes it, another line break does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import wording_hash
from copydesk.testing import read

POST = """---
title: Sleep and light
id: sleep
description: What evening light does.
image: lamp.png
image_alt: A lamp by a bed
---

# Sleep and light

Bright light in the evening can delay sleep. A [review](https://doi.org/10.5555/12345678) says so,
and [our fees](fees.md) are elsewhere.

- first: dim the room
- then: read

![A dark room](room.png)

| When | What |
| --- | --- |
| ten | lamps off |
"""


def said(text: str, name: str = "post.md") -> str:
    return wording_hash(read(text, name))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("can delay sleep. A", "can\ndelay   sleep.\nA"),
        ("\n", "\r\n"),
        ("id: sleep\n", "id: sleep\nstate: published\npublished: 2026-03-01T09:00:00Z\n"),
        (
            "id: sleep\ndescription: What evening light does.",
            "description: What evening light does.",
        ),
        ("image: lamp.png\nimage_alt: A lamp by a bed\n", "image_alt: A lamp by a bed\n"),
        ("title: Sleep and light", 'title: "Sleep and light"'),
        ("(fees.md)", "(prices.md)"),
        ("- first", "* first"),
        ("delay sleep", "delay *sleep*"),
    ],
)
def test_what_readers_do_not_read_leaves_it(old: str, new: str) -> None:
    assert old in POST
    assert said(POST.replace(old, new)) == said(POST)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("can delay", "delays"),
        ("can delay", "cannot delay"),
        ("title: Sleep and light", "title: Sleep and lamps"),
        ("What evening light does.", "What evening light did."),
        ("A lamp by a bed", "A lamp by the bed"),
        ("![A dark room]", "![A dark bedroom]"),
        ("10.5555/12345678", "10.5555/12345679"),
        ("lamps off", "lamps on"),
        ("- then: read", ""),
        ("A [review](https://doi.org/10.5555/12345678) says", "A review says"),
        ("- first: dim the room", "## first: dim the room"),
        ("evening can delay sleep. A", "evening. Can delay sleep A"),
    ],
)
def test_what_readers_read_changes_it(old: str, new: str) -> None:
    assert old in POST
    assert said(POST.replace(old, new)) != said(POST)


def test_two_posts_whose_words_are_parted_otherwise_differ() -> None:
    assert said("One two.\n\nThree.") != said("One.\n\nTwo three.")
    assert said("One two.\n\nthree") != said("One two. three")


WORDS = st.lists(st.sampled_from(["light", "sleep.", "Never", "10 %", "caf\u00e9"]), min_size=2)


@given(WORDS, st.data())
def test_wrapping_never_matters(words: list[str], data: st.DataObject) -> None:
    gaps = data.draw(
        st.lists(
            st.sampled_from([" ", "\n", "  ", "\r\n"]), min_size=len(words), max_size=len(words)
        )
    )
    wrapped = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    assert said("Start " + wrapped) == said("Start " + " ".join(words))


@given(WORDS, st.data())
def test_another_word_always_matters(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    assert said("Start " + " ".join([*words[:at], "not", *words[at:]])) != said(
        "Start " + " ".join(words)
    )


def test_a_source_that_moved_to_another_sentence_changes_it() -> None:
    two = "Light delays sleep ({a}). Noise delays sleep ({b}).\n\nHeat delays sleep ({c})."
    link = "[study](https://doi.org/10.5555/12345678)"
    texts = [
        two.format(a=link, b="study", c="study"),
        two.format(a="study", b="study", c=link),
        two.format(a="study", b="study", c="study"),
    ]
    assert len({said(text) for text in texts}) == 3
