"""What once went wrong in the core, one test for each."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from core_kit import finding

from copydesk import ledger as ledgers
from copydesk.waivers import Waiver, Waivers


@pytest.mark.parametrize(
    ("quote", "text", "holds"),
    [
        ("cures", "It cures colds.", True),
        ("cures colds.", "It cures colds.", True),
        ("“cures”", "It “cures” colds.", True),
        ("a", "It cures all colds.", False),
        ("cure", "It cures colds.", False),
        ("cures", "It obscures colds.", False),
        (".", "It cures colds.", False),
        ("\u200b", "It cures\u200b colds.", False),
        ("***", "***", True),
    ],
)
def test_a_waiver_holds_for_whole_words_only(quote: str, text: str, holds: bool) -> None:
    entry = Waiver("fees", "claims.absolute", quote, "Agreed.", None, ("mara",), 0)
    [judged] = Waivers("waivers.toml", "", [entry]).apply(
        (finding(text),), "posts/fees.md", "fees", date(2026, 6, 1), {}
    )
    assert bool(judged.waived) is holds


def test_only_one_run_at_a_time_publishes_a_site(tmp_path: Path) -> None:
    with ledgers.held(tmp_path) as first:
        assert first
        with ledgers.held(tmp_path) as second:
            assert second is (sys.platform == "win32")
    with ledgers.held(tmp_path) as again:
        assert again
