"""Sketches of texts: small, the same wherever a text stands, and close to what it shares."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.codec import entry_from_json, entry_to_json
from copydesk.sketches import KEPT_OF, MOST_WORDS, passages_of, sketch_of
from copydesk.testing import NOW, read
from copydesk.workbench import entry_of

SENTENCES = [f"Word{n} follows word{n + 1} and then comes word{n + 2} again." for n in range(120)]


def prints(text: str, name: str = "post.md") -> set[int]:
    passages = passages_of(sketch_of(read(text, name)))
    return {each for passage in passages for each in passage.prints}


def test_a_passage_is_a_block_at_its_place() -> None:
    text = (
        "---\ntitle: T\n---\n\n# Head\n\n"
        + " ".join(SENTENCES[:9])
        + "\n\n- Five words are a run.\n"
    )
    first, second = passages_of(sketch_of(read(text)))
    assert text[first.span.start : first.span.end] == " ".join(SENTENCES[:9])
    assert (first.words, first.runs) == (72, 68)
    assert (second.words, second.runs) == (5, 1)


def test_a_quarter_of_the_runs_is_kept() -> None:
    text = " ".join(SENTENCES)
    [passage] = passages_of(sketch_of(read(text)))
    assert 0.8 < len(passage.prints) * KEPT_OF / passage.runs < 1.2


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=20, unique=True))
def test_a_text_has_the_same_prints_in_any_company(some: list[str]) -> None:
    text = " ".join(some)
    alone = prints(text)
    assert alone <= prints(f"Something else comes first here. {text} And one more thing at last.")
    assert alone == prints(text.replace(" ", "\n").upper()) == prints(f"<p>{text}</p>", "post.html")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Don't wait for the others, go.", "Don’t wait for the others - go!"),
        ("Café au lait für alle hier.", "Cafe\u0301 AU LAIT fu\u0308r alle hier."),
        ("We wait here un\u00adtil the rain ends.", "We wait here until the rain ends."),
        ("*We* wait [here](a.md) until it `ends` today.", "We wait here until it ends today."),
    ],
)
def test_typing_hides_no_copy(one: str, other: str) -> None:
    lead = "So many words stand in front of it that some of the runs are kept in any case. "
    assert prints(lead + one) == prints(lead + other) != set()


@given(st.text(max_size=300))
def test_any_text_has_a_sketch_that_can_be_stored(text: str) -> None:
    post = read(text)
    entry = entry_of(post, NOW)
    value = json.loads(json.dumps(entry_to_json(entry)))
    assert entry_from_json(value, entry.path, NOW) == entry
    for passage in passages_of(entry.outline.sketch):
        assert 0 <= passage.span.start <= passage.span.end <= len(text)
        assert len(passage.prints) <= passage.runs


@pytest.mark.parametrize("sign", ["a", "a ", "é", "é ", "’ ", "木", "\u0301", "ab-"])
def test_a_post_of_one_sign_has_a_small_sketch(sign: str) -> None:
    assert len(sketch_of(read(sign * (1_000_000 // len(sign))))) < 100


def test_what_is_too_long_to_be_a_post_has_a_bounded_sketch() -> None:
    text = "\n\n".join(f"{n} {n + 1} {n + 2} {n + 3} {n + 4} {n + 5} end" for n in range(9_000))
    passages = passages_of(sketch_of(read(text)))
    assert sum(passage.words for passage in passages) <= MOST_WORDS


def test_what_is_not_the_posts_own_prose_is_left_out() -> None:
    words = " ".join(SENTENCES[:5])
    quoted = f"> {words}\n\n```\n{words}\n```"
    text = f"# {words}\n\n{quoted}\n\n![{words}](a.png)\n\nNote.[^1]\n\n[^1]: {words}\n"
    assert sketch_of(read(text)) == ""
