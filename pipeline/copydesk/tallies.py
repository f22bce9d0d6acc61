"""What a run counted, for each of its sites, and what `--changed` left as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from copydesk.model.finding import Failure, Finding, at_least
from copydesk.site import Changes
from copydesk.sources import shown_path


@dataclass
class Tally:
    """The counts of one site: findings of all its posts, and of those that are due."""

    root: Path
    posts: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    due: Counter[str] = field(default_factory=Counter)

    def add(self, findings: Iterable[Finding], state: str, due: bool) -> None:
        """Count a file's findings; `state` is that of a post, and empty for another file."""
        if state:
            self.posts[state] += 1
        for finding in findings:
            settled = "waived" if finding.waived else "accepted" if finding.accepted else ""
            self.findings[settled or finding.severity] += 1
            if due or not state:
                self.due[settled or finding.severity] += 1

    def reaches(self, limit: str) -> bool:
        """Say whether any finding is as grave as a limit."""
        return any(
            self.findings[severity] and at_least(severity, limit)
            for severity in ("error", "warning", "info")
        )

    def row(self, failures: Iterable[Failure], due_only: bool) -> dict[str, Any]:
        """Return the counts under the names that reports use."""
        failed = set(failures)
        counts = self.due if due_only else self.findings
        return {
            "path": shown_path(self.root),
            "posts": self.posts.total(),
            "errors": counts["error"],
            "warnings": counts["warning"],
            "infos": counts["info"],
            "waived": counts["waived"],
            "accepted": counts["accepted"],
            "not_read": len({each.path for each in failed if each.kind == "file"}),
            "failures": len(failed),
        }


def changes_summary(sites: Sequence[tuple[Path, Changes]]) -> dict[str, Any]:
    """Return what `--changed` looked at in all sites, and why not at the others."""
    found = [each for _, each in sites]
    posts, looked_at = sum(each.posts for each in found), sum(each.looked_at for each in found)
    ignored = sum(each.ignored for each in found)
    return {
        "since": found[0].since,
        "posts": posts,
        "changed": sum(each.changed for each in found),
        "looked_at": looked_at,
        "unchanged": posts - looked_at - ignored,
        "ignored": ignored,
        "gone": sorted(name for each in found for name in each.gone),
        "whole": [
            {"path": shown_path(root), "posts": each.posts, "because": each.because}
            for root, each in sites
            if each.because
        ],
    }
