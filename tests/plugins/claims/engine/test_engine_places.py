"""Every claim is a unit of its post, and what it quotes stands there, in any Markdown."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from score_kit import context_of

from copydesk_plugins.claims.claim import STRENGTHS
from copydesk_plugins.claims.detection import claims_of
from copydesk_plugins.claims.detection.why import why
from copydesk_plugins.claims.listing import as_json, listed

_PIECES = (
    "ketamine massage it this 😀 pain anxiety **sleep** eases cures may never 70 % of patients "
    "in two weeks [studies show](https://example.org/a) not and , because than *fish oil* safe "
    "approved risk-free naïve “feel” can’t [^1] https://doi.org/10.5555/x `code` 5 mg \u2028 – I "
    "will always completely FDA depression &amp; <b>heals</b> \u00a0 \ufeff"
)
_WORDS = st.sampled_from(_PIECES.split(" "))
_SENTENCE = st.lists(_WORDS, min_size=1, max_size=12).map(" ".join)
_MARKS = st.sampled_from([".", "?", "!", ":", "…", ""])
_TEXT = st.builds(lambda words, mark: words + mark, _SENTENCE, _MARKS)
_PARAGRAPH = st.lists(_TEXT, min_size=1, max_size=3).map(" ".join)
_BLOCK = st.one_of(
    _PARAGRAPH,
    st.builds(lambda level, text: "#" * level + " " + text, st.integers(1, 6), _TEXT),
    st.lists(_TEXT, min_size=1, max_size=3).map(
        lambda items: "It can:\n\n" + "\n".join(f"- {item}" for item in items)
    ),
    st.lists(_TEXT, min_size=1, max_size=4).map(
        lambda items: "\n".join("  " * at + f"- {item}" for at, item in enumerate(items))
    ),
    st.lists(_TEXT, min_size=1, max_size=2).map(
        lambda items: "\n".join(f"{at}. {item}\n\n   {item}" for at, item in enumerate(items, 1))
    ),
    st.builds(lambda text: "> " + text.replace(". ", ".\n> "), _PARAGRAPH),
    st.builds(
        lambda one, two: f"| Care | Effect |\n| --- | --- |\n| {one} | {two} |".replace(
            "\u2028", " "
        ),
        _SENTENCE,
        _SENTENCE,
    ),
    st.builds(lambda text: f"![{text}](picture.png)", _SENTENCE),
)
_QUOTED = _SENTENCE.map(lambda text: '"' + text.replace('"', "") + '"')
_FRONT = st.builds(
    lambda title, about, alt: (
        f"---\ntitle: {title}\ndescription: {about}\nimage_alt: {alt}\n---\n\n"
    ),
    _QUOTED,
    _QUOTED,
    _QUOTED,
)


def _joined(front: str, blocks: list[str], end: str) -> str:
    return (front + "\n\n".join(blocks) + "\n").replace("\n", end)


_POSTS = st.builds(
    _joined,
    st.one_of(st.just(""), _FRONT),
    st.lists(_BLOCK, min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
)


@settings(max_examples=120)
@given(_POSTS)
def test_claims_are_units_and_quote_their_text(text: str) -> None:
    context = context_of(text)
    post, found = context.post, claims_of(context)
    assert [claim.unit for claim in found] == [
        unit for unit in post.units if unit in {claim.unit for claim in found}
    ], "one claim a unit, in order"
    for claim in found:
        assert claim.types and len(set(claim.types)) == len(claim.types)
        assert claim.strength in STRENGTHS
        assert claim.words.strip()
        assert claim.unit.text[:0] == "" and why(claim).endswith(".")
        assert text[claim.unit.span.start : claim.unit.span.end] == post.quote(claim.unit.span)
        for slot in claim.slots:
            assert slot.text and slot.key
            if slot.end:
                quoted = claim.unit.text[slot.start : slot.end]
                assert quoted == slot.text, f"{slot} but {quoted!r}"
            else:
                assert slot.start == 0


@settings(max_examples=60)
@given(_POSTS)
def test_the_listing_quotes_the_file(text: str) -> None:
    context = context_of(text)
    rows = as_json(context, listed(context))
    assert len(rows) == len(claims_of(context))
    for row in rows:
        assert row["quote"] == text[row["start"]["offset"] : row["end"]["offset"]]
        lines = text[: row["start"]["offset"]].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert row["start"]["line"] == len(lines)


PLACES = """---
title: Ketamine cures depression
description: Massage eases back pain in two days.
image_alt: A woman whose insomnia was cured by acupuncture
---

# Ginger relieves nausea

Ginger relieves nausea.

- Ginger relieves nausea
  - Massage eases neck pain

| Care | What it does |
| --- | --- |
| Ginger | Ginger relieves nausea |

> Massage eases neck pain.

![Acupuncture relieves migraine](a.png)
"""


def test_titles_descriptions_alt_texts_cells_and_quotes_are_units_too() -> None:
    found = claims_of(context_of(PLACES))
    kinds = {claim.unit.kind for claim in found}
    texts = [claim.unit.text for claim in found]
    for text in (
        "Ketamine cures depression",
        "Massage eases back pain in two days.",
        "A woman whose insomnia was cured by acupuncture",
        "Acupuncture relieves migraine",
    ):
        assert text in texts, kinds
    assert texts.count("Ginger relieves nausea") == 3  # heading, item, cell
    assert "Massage eases neck pain." in texts and "Massage eases neck pain" in texts
