"""Fixes of the artefacts rules: what nobody sees, and what holds for any mix of leftovers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.api import Finding
from copydesk.testing import run_rule
from copydesk_plugins.artefacts import register_rules

RULES = {rule.id.partition(".")[2]: rule for rule in register_rules()}


def mended(text: str, found: list[Finding]) -> str:
    edits = sorted({edit for each in found for edit in each.fix or ()})
    assert all(a.end <= b.start for a, b in pairwise(edits))
    for start, end, new in reversed(edits):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("We wa\u00adlk at\u200b noon.", "We walk at noon."),
        ("We\u2060walk at \ufeffnoon.", "Wewalk at noon."),
        (
            "We go\u00a0at noon,\u00a0and\u00a0now\u00a0we\u00a0sit.",
            "We go at noon,\u00a0and now we sit.",
        ),
        # Two places are no habit, and names and numbers are held together on purpose.
        ("We\u00a0walk and\u00a0sit.", "We\u00a0walk and\u00a0sit."),
        (
            "Mr\u00a0Hale, 5\u00a0km, a\u00a0dog, New\u00a0York.",
            "Mr\u00a0Hale, 5\u00a0km, a\u00a0dog, New\u00a0York.",
        ),
        # Other scripts and signs need what the Latin script does not; code stays as it is.
        (
            "ភាសា\u200bខ្មែរ and می\u200cروم and 👩\u200d👧.",
            "ភាសា\u200bខ្មែរ and می\u200cروم and 👩\u200d👧.",
        ),
        ("Type `a\u200bb` and wait&shy;ing.", "Type `a\u200bb` and wait&shy;ing."),
    ],
)
def test_what_nobody_sees_is_taken_out_where_it_is_of_no_use(text: str, fixed: str) -> None:
    text, fixed = f"# A walk\n\n{text}\n", f"# A walk\n\n{fixed}\n"
    found = run_rule(RULES["spaces"], text)
    assert len(found) == (text != fixed)
    assert all(each.quote.strip("\u200b\u00ad\u2060\ufeff\u00a0") for each in found)
    assert mended(text, found) == fixed


def test_letters_garbled_twice_come_back_in_two_rounds() -> None:
    text = "# A walk\n\nThe caf" + "é".encode().decode("cp1252").encode().decode("cp1252") + ".\n"
    once = mended(text, run_rule(RULES["mojibake"], text))
    assert mended(once, run_rule(RULES["mojibake"], once)) == "# A walk\n\nThe café.\n"


def test_a_lost_letter_is_told_once_with_its_count_and_no_fix() -> None:
    (found,) = run_rule(RULES["mojibake"], "# A walk\n\nThe caf\ufffd and the pi\ufffdr.\n")
    assert found.quote == "caf\ufffd" and "2 places" in found.message and not found.fix


@pytest.mark.parametrize(
    ("link", "fixed"),
    [
        ("[a](http://a.example/?fbclid=1)", "[a](http://a.example/)"),
        ("[a](http://a.example/?FBCLID=1&b=2&&c)", "[a](http://a.example/?b=2&&c)"),
        ('[a](http://a.example/?gclid=1&b=2 "A title")', '[a](http://a.example/?b=2 "A title")'),
        (
            "[http://a.example/?gclid=1](http://a.example/?gclid=1)",
            "[http://a.example/](http://a.example/)",
        ),
        (
            '<a class="b" href="http://a.example/?b=2&amp;gclid=1">a</a>',
            '<a class="b" href="http://a.example/?b=2">a</a>',
        ),
        ("![a](a.png) [a](?mc_eid=1#b)", "![a](a.png) [a](#b)"),
        # The address stands elsewhere in the file: it is named, and left to a person.
        ("[a][b]\n\n[b]: http://a.example/?gclid=1", "[a][b]\n\n[b]: http://a.example/?gclid=1"),
        ("[a](http://a.example/?utm_source=chatgpt.com&gclid=1)", ""),
    ],
)
def test_addresses_lose_their_tracking_parts_and_nothing_else(link: str, fixed: str) -> None:
    text = f"# A walk\n\n{link}\n"
    found = run_rule(RULES["tracking"], text)
    assert len(found) == bool(fixed)  # a chat window's mark is told by another rule
    assert mended(text, found) == text.replace(link, fixed or link)


def test_marks_of_one_kind_are_one_finding_with_the_other_places_beside_it() -> None:
    text = "# A walk\n\n" + "We {{ walk }} at noon.\n\n" * 9
    (found,) = run_rule(RULES["template"], text)
    assert "and 8 more like it" in found.message
    assert [text[each.span.start : each.span.end] for each in found.related] == ["{{"] * 5


PIECES = [
    "We walk at noon. ",
    "Bring a coat",
    "\n\n",
    "\r\n",
    "- ",
    "> ",
    "## ",
    "`",
    "**",
    "Share on Facebook",
    "You may also like",
    "5 min read",
    "and then [...]",
    "[]()",
    "[a]()",
    "[a](http://a.example/?fbclid=1&b=2)",
    "TODO: ",
    "lorem ipsum",
    "${a}",
    "<?php ",
    "{{ a }}",
    "&lt;div&gt;",
    "&amp;nbsp;",
    "&nbsp;",
    "on\u00a0of\u00a0off",
    "\u200b",
    "\u00ad",
    "cafÃ©",
    "â€™",
    "\ufffd",
    "the the ",
    "our last post",
    "What is KAP?KAP is ",
    "Conclusionwe ",
    "İ",
    "😀",
    "<h2></h2>",
    "<code>",
    "</code>",
    "undefined",
    "\\ ",
]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.sampled_from(["post.md", "post.html", "post.txt"]),
)
def test_any_mix_is_quoted_exactly_and_its_fixes_fit(body: str, name: str) -> None:
    text = f"A walk\n\n{body}"
    for rule in RULES.values():
        for found in run_rule(rule, text, name):
            assert text[found.start.offset : found.end.offset] == found.quote
            edits = sorted(found.fix or ())
            assert all(0 <= start <= end <= len(text) for start, end, _ in edits)
            assert all(a.end <= b.start for a, b in pairwise(edits))
            assert mended(text, [found]) != text or not edits
