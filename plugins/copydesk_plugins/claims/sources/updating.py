"""Asks the resolvers about sources, one after the other, and keeps what others answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from copydesk.api import CopydeskError, Failure, OpenedSite
from copydesk.http import PATIENCE, WAIT, Patience
from copydesk_plugins.claims.sources import crossref, pubmed, retraction_watch
from copydesk_plugins.claims.sources.asking import Clock, HostDown, Polite
from copydesk_plugins.claims.sources.told import Fact, Told, graver, later

MAX_AGE_DAYS = 180
#: After so many answers in a row that cannot be right, a host is not asked on.
_MOST_LIES = 3


class Asking(NamedTuple):
    """How resolvers are asked: the clock, the seconds to wait, and how often to try."""

    clock: Clock = Clock()
    wait: float = WAIT
    patience: Patience = PATIENCE


class Answers(NamedTuple):
    """What was told by identity, and what could not be done."""

    told: dict[str, Told]
    failures: tuple[Failure, ...]
    others: tuple[str, ...] = ()


class _Resolver(NamedTuple):
    key: str
    default: str
    kinds: tuple[str, ...]
    ask: Callable[[Polite, str, str], Told | None]


RESOLVERS = (
    _Resolver("crossref", crossref.DEFAULT, ("doi",), crossref.ask_crossref),
    _Resolver("pubmed", pubmed.DEFAULT, ("pmid", "pmcid"), pubmed.ask_pubmed),
)


class Updated(NamedTuple):
    """The facts after an update, what could not be done, and what else is to be said."""

    facts: Mapping[str, Fact]
    failures: tuple[Failure, ...]
    notes: tuple[str, ...]


def update(
    site: OpenedSite,
    cited: Iterable[str],
    known: Mapping[str, Fact],
    asking: Asking,
    *,
    offline: bool,
) -> Updated:
    """Look up what a site cites; what is known and not too old is not asked about again.

    Nothing that is known is lost where a host fails.
    """
    names = [each for each in cited if can_be_asked(each)]
    wanted = [each for each in names if not offline and due(each, known, site.today)]
    answers = ask_all(wanted, site.sources, asking)
    on_list: dict[str, Told] = {}
    failures = list(answers.failures)
    name = str(site.sources.get("retraction-watch", ""))
    if name:
        try:
            on_list = retraction_watch.listed(*_below(site, name), names)
        except CopydeskError as error:
            failures.append(error.failure)
    max_age = int(site.sources.get("max-age-days", MAX_AGE_DAYS))
    facts = merged(known, answers.told, on_list, site.today, max_age)
    notes = (
        f"unverified      {each}   It is registered with another agency than Crossref."
        for each in answers.others
    )
    return Updated(facts, tuple(failures), tuple(notes))


def _below(site: OpenedSite, name: str) -> tuple[Path, str]:
    """Return the path of a file of the site; raises CopydeskError for one that lies elsewhere."""
    path = site.root / name
    try:
        inside = path.resolve().is_relative_to(site.root.resolve())
    except (OSError, ValueError, RuntimeError):  # a link to itself, a sign that no path may have
        inside = False
    if not inside:
        raise CopydeskError(
            Failure(
                "config",
                f"sources.retraction-watch names {name}, which lies outside the site",
                "Put the list into the site's folder.",
            )
        )
    return path, site.records.shown(name)


def can_be_asked(identity: str) -> bool:
    """Say whether any resolver knows sources of this kind."""
    return any(identity.partition(":")[0] in each.kinds for each in RESOLVERS)


def due(identity: str, known: Mapping[str, Fact], today: date) -> bool:
    """Say whether a source has to be asked about: never asked, too old, or not well known.

    What is not in order is asked about once a day, because it may be mended.
    """
    fact = known.get(identity)
    if fact is None or today > fact.until:
        return True
    return fact.told.state in ("not-found", "concern") and fact.asked != today


def ask_all(wanted: Iterable[str], settings: Mapping[str, str | int], asking: Asking) -> Answers:
    """Ask about sources, each host in turn; `settings` is the table [sources]."""
    names = sorted(set(wanted))
    found: dict[str, Told] = {}
    others: list[str] = []
    failures: list[Failure] = []
    for resolver in RESOLVERS:
        mine = [each for each in names if each.partition(":")[0] in resolver.kinds]
        if mine:
            answers = _ask_one(resolver, mine, settings, asking)
            found |= answers.told
            others += answers.others
            failures += answers.failures
    return Answers(found, tuple(failures), tuple(others))


def merged(
    known: Mapping[str, Fact],
    answers: Mapping[str, Told],
    listed: Mapping[str, Told],
    today: date,
    max_age: int,
) -> dict[str, Fact]:
    """Return the facts with new answers; what has none stays as it was.

    What the local list says is added to every answer; where it alone knows a source, it counts.
    """
    facts = dict(known)
    until = later(today, max_age)
    for name in {*answers, *listed}:
        fresh, on_list = answers.get(name), listed.get(name)
        if fresh is not None:
            facts[name] = Fact(_with_list(fresh, on_list), today, until)
        elif on_list is not None:
            old = facts.get(name)
            # The list is no answer of a host: what is due to be asked about stays due.
            facts[name] = (
                old._replace(told=_with_list(old.told, on_list))
                if old
                else Fact(on_list, today, until)
            )
    return facts


def _with_list(told: Told, on_list: Told | None) -> Told:
    """Return the graver answer; the list knows papers that a resolver does not."""
    if on_list is not None and told.state == "not-found":
        return on_list
    return graver(told, on_list)


def _ask_one(
    resolver: _Resolver, names: list[str], settings: Mapping[str, str | int], asking: Asking
) -> Answers:
    found: dict[str, Told] = {}
    others: list[str] = []
    failures: list[Failure] = []
    base = str(settings.get(resolver.key, resolver.default))
    mailto = str(settings.get("mailto", ""))
    lies = 0
    try:
        with Polite(base, resolver.key, asking.clock, asking.wait, asking.patience) as polite:
            for at, name in enumerate(names):
                try:
                    told = resolver.ask(polite, name, mailto)
                except HostDown as error:
                    failures.append(_left(error.failure, len(names) - at))
                    break
                except CopydeskError as error:
                    failures.append(error.failure)
                    lies += 1
                    if lies == _MOST_LIES and at + 1 < len(names):
                        failures[-1] = _left(error.failure, len(names) - at)
                        break
                    continue
                lies = 0
                if told is None:
                    others.append(name)
                else:
                    found[name] = told
    except CopydeskError as error:
        failures.append(error.failure)
    return Answers(found, tuple(failures), tuple(others))


def _left(failure: Failure, number: int) -> Failure:
    one = "1 source was left as it stood"
    left = one if number == 1 else f"{number} sources were left as they stood"
    return failure._replace(message=f"{failure.message}; {left}")
