"""What has to be seen before a post goes live: what rules found that do not stop it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from copydesk.model.change import ToSee
from copydesk.model.finding import SEVERITIES, Finding
from copydesk.model.rule import Rule

_LONGEST = 90


def to_see(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> tuple[ToSee, ...]:
    """Return what has to be seen of a post's findings, each once: the gravest first, then by place.

    What a waiver settles was seen by whoever signed it.
    """
    above = {rule.id: rule.seen_before_live for rule in rules.values() if rule.seen_before_live}
    counts: Counter[tuple[str, str]] = Counter()
    for each in sorted(findings, key=lambda each: SEVERITIES.index(each.severity)):
        if each.rule in above and not each.waived:
            counts[(each.rule, each.group.says if each.group else _quoted(each))] += 1
    return tuple(ToSee(rule, above[rule], says, number) for (rule, says), number in counts.items())


def _quoted(finding: Finding) -> str:
    """Return the words of a finding, or else what it says of them."""
    text = " ".join(finding.quote[: 4 * _LONGEST].split())
    if not text:
        return finding.message
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[: _LONGEST - 1].rstrip()}…”"
