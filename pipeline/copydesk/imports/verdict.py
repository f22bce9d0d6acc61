"""What a merge mends: the findings before and after, and the waivers that would not hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from copydesk import waivers
from copydesk.imports.site import ImportSite
from copydesk.model.finding import Finding
from copydesk.model.text import Source


def verdict(
    before: Source, after: Source, coming: Sequence[str], site: ImportSite, now: datetime
) -> list[str]:
    """Return lines such as "7 of 9 findings mended, 2 left, 1 new" and what is new.

    `coming` names the pictures that will be written with the draft. Errors and warnings of the
    rules for single posts count, with the site's settings, without those that are waived.
    Raises CopydeskError where a text cannot be judged.
    """
    old, held = _judged(before, site, now)
    new, holds = _judged(after, site, now)
    new = {
        mark: each
        for mark, each in new.items()
        if mark in old or not any(name in each.quote for name in coming)
    }
    left = old.keys() & new.keys()
    count = f"{len(old) - len(left)} of {len(old)} findings mended, {len(left)} left"
    if not old:
        count = "No findings before"
    added = [each for mark, each in new.items() if mark not in old]
    lines = [count + (f", {len(added)} new:" if added else "." if old else ", none after.")]
    for each in added:
        lines.append(f"  {each.severity} {each.rule}: “{_short(each.quote)}” {each.message}")
    for rule, quote in held:
        if (rule, quote) not in holds:
            lines.append(
                f"The waiver of {rule} for “{_short(quote)}” would become stale: no finding "
                "holds these words any more."
            )
    return lines


def _judged(
    source: Source, site: ImportSite, now: datetime
) -> tuple[dict[str, Finding], list[tuple[str, str]]]:
    """Return the findings that count by fingerprint, and the waivers that hold in the text."""
    known = waivers.load(site.config, site.registry)
    approvers = {rule.id: rule.approvers for rule in site.registry.rules.values()}
    found = known.apply(
        site.findings(source), source.key, site.id_in(source), now.date(), approvers
    )
    counted = {
        each.fingerprint: each
        for each in found
        if not each.waived and each.severity in ("error", "warning")
    }
    return counted, [(each.rule, each.quote) for each in known.entries if each.used]


def _short(text: str, limit: int = 100) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
