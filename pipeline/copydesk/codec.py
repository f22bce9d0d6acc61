"""Findings, entries and failures as JSON values and back, for reporters, cache and workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from copydesk.model.finding import (
    Edit,
    Failure,
    Finding,
    Group,
    Measure,
    Part,
    Place,
    Related,
)
from copydesk.model.post import Series
from copydesk.model.site import Entry, EntryLink, Outline, Question
from copydesk.model.text import Span


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """Return a finding in the form of `--format json`, version 1."""
    found: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "help": finding.help,
        "quote": finding.quote,
        "where": finding.where,
        "start": finding.start._asdict(),
        "end": finding.end._asdict(),
        "related": [
            {
                "message": each.message,
                "path": each.path,
                "start": each.span.start,
                "end": each.span.end,
            }
            for each in finding.related
        ],
        "fix": None if finding.fix is None else [edit._asdict() for edit in finding.fix],
        "fingerprint": finding.fingerprint,
    }
    if finding.waived:
        found["waived"] = finding.waived
    if finding.accepted:
        found["accepted"] = True
    if finding.group is not None:
        found["group"] = finding.group._asdict()
    return found


def finding_from_json(value: Mapping[str, Any]) -> Finding:
    """Return the finding that `finding_to_json` wrote."""
    fix, group = value["fix"], value.get("group")
    return Finding(
        rule=value["rule"],
        severity=value["severity"],
        message=value["message"],
        help=value["help"],
        quote=value["quote"],
        where=value["where"],
        start=Place(**value["start"]),
        end=Place(**value["end"]),
        related=tuple(
            Related(each["message"], Span(each["start"], each["end"]), each["path"])
            for each in value["related"]
        ),
        fix=None if fix is None else tuple(Edit(**edit) for edit in fix),
        fingerprint=value["fingerprint"],
        waived=value.get("waived", ""),
        accepted=value.get("accepted", False),
        group=None if group is None else Group(**group),
    )


def series_to_json(measure: Measure) -> list[Any]:
    """Return the limit and the parts of a measure, as short as can be: posts have many."""
    parts = [[each.label, each.value, *each.span, each.of] for each in measure.parts]
    return [measure.limit, parts]


def series_from_json(name: str, value: float | int | str, stored: Sequence[Any]) -> Measure:
    """Return the measure whose limit and parts `series_to_json` wrote."""
    limit, parts = stored
    found = tuple(Part(label, part, Span(start, end), of) for label, part, start, end, of in parts)
    return Measure(name, value, found, limit)


def failure_to_json(failure: Failure) -> dict[str, Any]:
    """Return a failure in the form of `--format json`; empty parts are left out."""
    value = failure._asdict()
    return {name: part for name, part in value.items() if part or name in ("message", "help")}


def failure_from_json(value: Mapping[str, Any]) -> Failure:
    """Return the failure that `failure_to_json` wrote."""
    return Failure(**value)


_DATES = ("published", "updated")
_SPANS = ("title_span", "id_span", "slug_span")


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """Return an entry of the index; `due` is left out because it depends on the hour."""
    value = entry._asdict()
    del value["due"], value["path"]
    for name in _DATES:
        value[name] = value[name].isoformat() if value[name] else None
    return value


def entry_from_json(value: Mapping[str, Any], path: str, now: datetime) -> Entry:
    """Return the entry that `entry_to_json` wrote, due or not at the given time."""
    parts = dict(value)
    for name in _DATES:
        parts[name] = datetime.fromisoformat(parts[name]) if parts[name] else None
    for name in _SPANS:
        parts[name] = Span(*parts[name])
    parts["outline"] = _outline_from_json(parts["outline"])
    parts["series"] = Series(*parts["series"]) if parts["series"] else None
    parts["tags"], parts["targets"] = tuple(parts["tags"]), tuple(parts["targets"])
    return Entry(**parts, path=path, due=is_due(parts["state"], parts["published"], now))


def _outline_from_json(value: Sequence[Any]) -> Outline:
    keyphrase, synonyms, headings, anchors, links, sketch, questions = value
    return Outline(
        keyphrase,
        tuple(synonyms),
        tuple((level, text) for level, text in headings),
        tuple(anchors),
        tuple(
            EntryLink(href, text, Span(*span), to, anchor) for href, text, span, to, anchor in links
        ),
        sketch,
        tuple(Question(*each) for each in questions),
    )


def is_due(state: str, published: datetime | None, now: datetime) -> bool:
    """Say whether a post is meant to be public: published, or scheduled and its hour has come."""
    if state == "published":
        return True
    return state == "scheduled" and published is not None and published <= now
