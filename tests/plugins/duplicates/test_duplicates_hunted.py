"""Front matter that is no address must not stop the rules on duplicates."""

from __future__ import annotations

import pytest

from copydesk.api import Rule
from copydesk.testing import index_of, run_site_rule
from copydesk_plugins.duplicates.competing import competing
from copydesk_plugins.duplicates.copied import copied_text


@pytest.mark.parametrize("rule", [competing, copied_text], ids=lambda rule: rule.id)
def test_a_canonical_that_is_no_address_counts_as_none(rule: Rule) -> None:
    other = rule.bad.replace("---\n", '---\ncanonical: "https://["\n', 1)
    good = rule.good.replace("first visit\n", "earliest visit\n")
    [report] = run_site_rule(rule, index_of({"a.md": good, "b.md": other}))
    assert report.path == "b.md"
