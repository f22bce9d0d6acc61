"""Rules on titles and descriptions that two posts share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from copydesk.api import Entry, Related, Report, SiteContext, site_rule

_SHOWN = 5
_POST = "---\ntitle: {}\nstate: scheduled\ndescription: {}\n---\n\nOne hour is 90.\n"
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@site_rule(
    "seo.same-title",
    summary="Two public posts have the same title.",
    why="In a list of results nobody can tell them apart.",
    good=_POST.format("Fees for one hour", "What one hour costs."),
    bad=_POST.format("Fees", "What one hour costs."),
    authority="Google Search Central, Influencing your title links in search results: no repeated "
    "text, a distinct title for each page",
)
def same_title(ctx: SiteContext) -> Iterator[Report]:
    """Report each group of posts with one title, at its newest."""
    yield from _shared(ctx, "title", lambda entry: entry.title)


@site_rule(
    "seo.same-description",
    summary="Two public posts have the same description.",
    why="It cannot say what is special about either, and search engines drop it.",
    good=_POST.format("Fees for one hour", "What one hour costs."),
    bad=_POST.format("Fees", "What it costs."),
    authority="Google Search Central, How to write meta descriptions: a unique one for each page",
)
def same_description(ctx: SiteContext) -> Iterator[Report]:
    """Report each group of posts with one description, at its newest."""
    yield from _shared(ctx, "description", lambda entry: entry.description)


def _shared(ctx: SiteContext, what: str, said: Callable[[Entry], str]) -> Iterator[Report]:
    groups: dict[str, list[Entry]] = {}
    for entry in ctx.index:
        text = " ".join(said(entry).split()).casefold()
        if text and entry.state != "draft":
            groups.setdefault(text, []).append(entry)
    for group in groups.values():
        newest, others = _newest(group)
        if not others:
            continue
        names = ", ".join(each.path for each in others[:_SHOWN])
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        yield ctx.report(
            newest,
            f"The {what} is also that of {names}{more}; in a list of results nobody can tell them "
            "apart.",
            help=f"Give one of them a {what} that says what is special about it.",
            related=tuple(
                Related(f"the same {what}", each.title_span, each.key) for each in others[:_SHOWN]
            ),
        )


def _newest(group: list[Entry]) -> tuple[Entry, list[Entry]]:
    """Return the newest post that meets any other of its group, and those that it meets."""
    group = sorted(group, key=lambda entry: (entry.published or _LONG_AGO, entry.key), reverse=True)
    # Two posts with the same targets meet, so each choice of targets has to be tried only once.
    firsts = {frozenset(each.targets): each for each in reversed(group)}
    for newest in group:
        if firsts[frozenset(newest.targets)] is newest:
            others = [each for each in group if each is not newest and _meet(newest, each)]
            if others:
                return newest, sorted(others, key=lambda entry: entry.key)
    return group[0], []


def _meet(one: Entry, other: Entry) -> bool:
    """Say whether two posts may go to one target; a post that names none may go to any."""
    return not one.targets or not other.targets or bool(set(one.targets) & set(other.targets))
