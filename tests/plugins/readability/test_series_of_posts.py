"""The parts of a post that the scores are made of: each has its place, and they add up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import Measure, PostContext
from copydesk.options import complete
from copydesk.testing import NOW, read
from copydesk_plugins.readability.ease import grade
from copydesk_plugins.readability.lengths import sentence_length

SENTENCES = st.sampled_from(
    ["We meet by the sea. ", "It *is* calm: we talk. ", "You choose where to begin! ", "🌿 Rest. ",
     "### Head\n\n", "\n\n", "- an item\n", "> a quotation is not ours. \n\n", "| a | b |\n"]
)  # fmt: skip


def measured(rule, text: str) -> dict[str, Measure]:
    context = PostContext(read(text), NOW)
    context.with_options(complete(rule.options, {}))
    return {each.name: each for each in rule.check(context) if isinstance(each, Measure)}


@given(st.lists(SENTENCES, max_size=30).map("".join))
def test_the_parts_add_up_and_quote_the_text(text: str):
    words = measured(sentence_length, text).get("sentences")
    graded = measured(grade, text).get("flesch-kincaid-grade")
    assert (words is None) == (graded is None)
    if words is None or graded is None:
        return
    assert words.value == len(words.parts) and words.limit == 30
    assert sum(part.value for part in words.parts) == sum(part.of for part in graded.parts)
    spans = [part.span for part in words.parts]
    assert spans == sorted(spans)
    for section in graded.parts:
        inside = [each for each in words.parts if section.span.start <= each.span.start
                  and each.span.end <= section.span.end]  # fmt: skip
        assert sum(each.value for each in inside) >= section.of > 0
    post = read(text)
    for part in words.parts:
        assert post.quote(part.span).strip()


def test_a_short_section_gets_no_grade():
    text = "# Fees\n\nWe ask for ninety.\n\n## Hours\n\n" + "We are open from nine to five. " * 8
    graded = measured(grade, text)["flesch-kincaid-grade"]
    assert [(part.label, part.value is None) for part in graded.parts] == [
        ("Fees", True), ("Hours", False)
    ]  # fmt: skip
    assert graded.limit == 8
