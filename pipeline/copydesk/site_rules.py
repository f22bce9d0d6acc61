"""One rule for a whole site: whether it is wanted, and what it says."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout

from copydesk import isolation
from copydesk.model.context import SiteContext
from copydesk.model.finding import Failure, Report
from copydesk.runner import CheckedSite
from copydesk.waivers import FILE_NAME


def is_on(checked: CheckedSite, rule: str) -> bool:
    """Say whether a site rule is wanted for any post that was asked for."""
    if checked.rules.settings(FILE_NAME)[rule].severity.value != "off":
        return True
    keys = (entry.key for entry in checked.index if entry.key in checked.spool)
    return any(checked.rules.settings(key)[rule].severity.value != "off" for key in keys)


def reports_of(checked: CheckedSite, rule_id: str, context: SiteContext) -> list[Report]:
    """Run one site rule: here, or apart under a deadline where it is not built in."""
    rule = checked.registry.rules[rule_id]
    if checked.registry.owner("rule", rule_id).external:
        options = checked.rules.settings(FILE_NAME)[rule_id].values()
        found = isolation.apart(
            checked.bench.setup,
            checked.config.get("plugin-deadline"),
            isolation.site_reports,
            rule_id,
            checked.index,
            options,
        )
    else:
        with redirect_stdout(sys.stderr):  # what a plugin prints is no part of a report
            found = list(rule.check(context))
    for each in found:
        if isinstance(each, Failure):  # noted in the other process
            context.failed(each)
    return [each for each in found if isinstance(each, Report)]
