"""The page about `copydesk verify` names everything that it may say."""

from __future__ import annotations

import re

from docs_kit import PROJECT, text_of

CHECKS = PROJECT / "plugins" / "copydesk_plugins" / "publishers" / "cms"
MADE = re.compile(r'_problem\(\s*"([a-z-]+)"')


def test_every_kind_of_problem_is_described() -> None:
    made = {
        kind
        for name in ("chain_check.py", "verifying.py")
        for kind in MADE.findall(text_of(CHECKS / name))
    }
    told = re.findall(r"^\| `([a-z-]+)` \|", text_of(PROJECT / "docs" / "verifying.md"), re.M)
    assert set(told) == made
    assert len(told) == len(set(told)) > 9
