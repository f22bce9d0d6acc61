"""Fixes that would have put a mark of the file where a letter belongs."""

from __future__ import annotations

import pytest

from copydesk.api import Finding
from copydesk.testing import run_rule
from copydesk_plugins.artefacts import register_rules

RULES = {rule.id.partition(".")[2]: rule for rule in register_rules()}


def mended(text: str, found: list[Finding]) -> str:
    edits = [edit for each in found for edit in each.fix or ()]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        # In front matter "&" is a letter like others, as long as no value begins with it.
        ("---\ntitle: Fees &amp; times\n---\n", "---\ntitle: Fees & times\n---\n"),
        ('---\ntitle: "&amp; more"\n---\n', None),
        ("---\ntitle: It&#39;s late\n---\n", "---\ntitle: It's late\n---\n"),
        ("---\ntitle: Caf&eacute;\n---\n", "---\ntitle: Café\n---\n"),
        # These would end the value, or begin another one.
        ("---\ntitle: 'It&#39;s late'\n---\n", None),
        ('---\ntitle: "The &quot;blue&quot; room"\n---\n', None),
        ("---\ntitle: Fees&#58; a list\n---\n", None),
        ("---\ntitle: Room &#35;2\n---\n", None),
        # In the text they would be a heading, a cell, the end of an attribute.
        ("&amp;#35; Fees\n", None),
        ("| a | b |\n|---|---|\n| x &amp;#124; y | z |\n", None),
        ('<p><img src="a.jpg" alt="The &amp;quot;blue&amp;quot; door"></p>\n', None),
        ("It&amp;#39;s the &amp;quot;blue&amp;quot; room.\n", 'It\'s the "blue" room.\n'),
        ("Tea&amp;nbsp;&amp;amp; cake.\n", "Tea &amp; cake.\n"),
    ],
)
def test_an_entity_becomes_no_mark_of_the_file(text: str, fixed: str | None) -> None:
    text = text if text.startswith("---") else f"# A walk\n\n{text}"
    found = run_rule(RULES["mojibake"], text)
    assert len(found) == 1
    if fixed is None:
        assert found[0].fix is None
        return
    after = mended(text, found)
    assert after.removeprefix("# A walk\n\n") == fixed
    assert not run_rule(RULES["mojibake"], after)


def test_no_control_character_is_put_back() -> None:
    # "Â…" would be U+0085, which nobody sees and which ends a line.
    assert not run_rule(RULES["mojibake"], "# A walk\n\nWe wait Â… and go.\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_each_line_of_marks_is_found_and_no_other(newline: str) -> None:
    lines = ["#", "# Fees", "##  ##", "one #", "", "   ### ", "", "The end."]
    text = newline.join(["# A walk", "", *lines])
    found = run_rule(RULES["empty"], text)
    assert [each.quote.strip() for each in found] == ["#", "##  ##", "###"]
    assert all(each.start.offset == text.find(each.quote) or each.quote == "#" for each in found)
