"""What rules for a whole site say, brought to the posts that a run is about."""

from __future__ import annotations

from collections.abc import Callable

from copydesk.model.finding import Related, Report

#: What each rule said, by the post it said it of.
Reports = dict[str, list[tuple[str, Report]]]


def at_asked(reports: Reports, wants: Callable[[str], bool]) -> Reports:
    """Return the reports on posts that were asked for.

    A rule may name a group of posts at one of them only. Where that one was not asked for, what
    it said is told at those of the group that were; else a changed post would go through with
    whatever it shares with an unchanged one.
    """
    found = {key: list(mine) for key, mine in reports.items() if wants(key)}
    said = {(key, rule) for key, mine in found.items() for rule, _ in mine}
    for key, others in sorted(reports.items()):
        if wants(key):
            continue
        for rule, report in others:
            for place in (*report.related, *report.also):
                if wants(place.path) and (place.path, rule) not in said:
                    said.add((place.path, rule))
                    found.setdefault(place.path, []).append((rule, _turned(report, key, place)))
    return found


def _turned(report: Report, key: str, place: Related) -> Report:
    """Return a report as seen from another post that it names."""
    return report._replace(
        path=place.path,
        span=place.span,
        message=f"About {key}: {report.message}",
        fix=(),
        related=(Related("is what this is about", report.span, key),),
        also=(),
    )
