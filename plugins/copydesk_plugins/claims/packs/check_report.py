"""What `copydesk packs check` says, as text for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from copydesk.api import Failure, failure_to_json, harmless
from copydesk_plugins.claims.packs.checking import LEAST, Checked
from copydesk_plugins.claims.packs.group import counted
from copydesk_plugins.claims.packs.labelled import Example
from copydesk_plugins.claims.packs.term import Term

#: How many of a kind are named before the others are only counted.
_NAMED = 5


def as_text(packs: Sequence[Checked], posts: int, failures: Sequence[Failure]) -> str:
    """Return the report for people; failures are told apart from it."""
    lines = [line for pack in packs for line in _lines(pack, posts)]
    usable = [pack for pack in packs if not pack.failures]
    poor = sum(not pack.good for pack in usable)
    lost = len(packs) - len(usable)
    last = f"{counted(len(packs), 'pack')} checked, {lost} cannot be used, {poor} to mend"
    return harmless_lines([*lines, f"{last} (compared with {counted(posts, 'post')})"])


def as_json(packs: Sequence[Checked], posts: int, failures: Sequence[Failure]) -> str:
    """Return the report for programs, with all that the text only counts."""
    return json.dumps(
        {
            "version": 1,
            "posts": posts,
            "packs": [_pack(pack) for pack in packs],
            "failures": [failure_to_json(each) for each in failures],
        }
    )


def harmless_lines(lines: Sequence[str]) -> str:
    """Return lines without what could steer a terminal."""
    return "\n".join(map(harmless, lines))


def _lines(pack: Checked, posts: int) -> Iterator[str]:
    if pack.failures:
        yield f"{pack.name}: cannot be used, see below"
        return
    yield f"{pack.name}: {counted(len(pack.terms), 'term')}, {_figures(pack)}"
    for clash in pack.clashes:
        other = clash.other
        yield (
            f'  clash: "{clash.term.text}" is {clash.term.slot} in row {clash.term.row} and '
            f"{other.slot} in row {other.row} of {other.pack}"
        )
    if pack.trial is not None:
        yield from _examples("taken for a claim", pack.trial.wrong)
        yield from _examples("not found", pack.trial.missed)
    yield from _terms("without a source that one could open", pack.sourceless)
    where = "no example and no post" if posts else "no example"
    yield from _terms(f"in {where} (for your information)", pack.unused)


def _figures(pack: Checked) -> str:
    trial = pack.trial
    if trial is None:
        return "no labelled examples"
    short = "" if pack.good or pack.clashes else f", less than {LEAST:.2f}"
    return (
        f"precision {_share(trial.precision)}, recall {_share(trial.recall)} on "
        f"{counted(trial.examples, 'example')}{short}"
    )


def _share(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2f}"


def _examples(what: str, examples: Sequence[Example]) -> Iterator[str]:
    for each in examples[:_NAMED]:
        yield f'  example of row {each.row} {what}: "{each.text}"'
    if len(examples) > _NAMED:
        yield f"  and {counted(len(examples) - _NAMED, 'more example')} {what}"


def _terms(what: str, terms: Sequence[Term]) -> Iterator[str]:
    if terms:
        named = ", ".join(term.text for term in terms[:_NAMED])
        more = ", ..." if len(terms) > _NAMED else ""
        yield f"  {counted(len(terms), 'term')} {what}: {named}{more}"


def _pack(pack: Checked) -> dict[str, Any]:
    trial = pack.trial
    return {
        "name": pack.name,
        "terms": len(pack.terms),
        "usable": not pack.failures,
        "good": pack.good and not pack.failures,
        "examples": trial.examples if trial else 0,
        "precision": trial.precision if trial else None,
        "recall": trial.recall if trial else None,
        "wrong": [{"row": each.row, "text": each.text} for each in trial.wrong] if trial else [],
        "missed": [{"row": each.row, "text": each.text} for each in trial.missed] if trial else [],
        "clashes": [{**_term(each.term), "other": _term(each.other)} for each in pack.clashes],
        "sourceless": [_term(each) for each in pack.sourceless],
        "unused": [_term(each) for each in pack.unused],
    }


def _term(term: Term) -> dict[str, Any]:
    return {"term": term.text, "slot": term.slot, "pack": term.pack, "row": term.row}
