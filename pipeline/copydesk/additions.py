"""What enrichers add to the posts that will be public: asked, checked and merged."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence

from copydesk import isolation
from copydesk.config import enricher_options
from copydesk.model.change import Addition
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.site import LivePost
from copydesk.registry import describe
from copydesk.runner import CheckedSite

_MEND = "Mend it, or leave the plugin out."


def additions_of(
    checked: CheckedSite, live: tuple[LivePost, ...]
) -> dict[str, tuple[Addition, ...]]:
    """Ask every enricher and merge what they propose; raises CopydeskError on a clash."""
    slots: dict[tuple[str, str], tuple[Addition, str]] = {}
    ids = frozenset(post.id for post in live)
    enrichers = checked.registry.enrichers
    for name in sorted(enrichers, key=lambda name: (enrichers[name].last, name)):
        posts = _with_reviews(live, slots) if enrichers[name].last else live
        owner = checked.registry.owner("enricher", name).shown
        for each in _asked(checked, name, posts):
            other = slots.get((each.post, each.slot))
            problem = _wrong_with(each, ids)
            if problem is not None:
                message, help = problem
                raise _refuse(f"{name} {message}", help, owner)
            if other is not None:
                message = (
                    f"{name} fills the slot {each.slot} of {each.post}, which {other[1]} fills "
                    "already"
                )
                raise _refuse(message, "Use one of the two plugins.", owner)
            slots[(each.post, each.slot)] = (each, owner)
    added: dict[str, tuple[Addition, ...]] = {}
    for (post, _), (addition, _) in sorted(slots.items()):
        added[post] = (*added.get(post, ()), addition)
    return added


def _with_reviews(
    live: tuple[LivePost, ...], slots: Mapping[tuple[str, str], tuple[Addition, str]]
) -> tuple[LivePost, ...]:
    """Return the posts with who reviewed them, as far as a line that was added says so."""
    told = {
        each.post: each.reviewed
        for each, _ in slots.values()
        if each.reviewed and each.line.strip()
    }
    return tuple(post._replace(reviewed=told.get(post.id)) for post in live) if told else live


def _asked(checked: CheckedSite, name: str, live: tuple[LivePost, ...]) -> Sequence[Addition]:
    """Ask one enricher, in a process of its own where it is not ours."""
    owner = checked.registry.owner("enricher", name)
    enricher = checked.registry.enrichers[name]
    options = enricher_options(checked.config, name, enricher.options)
    try:
        if owner.external:
            deadline = checked.config.get("plugin-deadline")
            found = isolation.apart(
                checked.bench.setup, deadline, isolation.additions, name, live, options
            )
        else:
            found = checked.bench.additions(name, live, options)
        wrong = next((each for each in found if not isinstance(each, Addition)), None)
        if wrong is not None:
            raise TypeError(f"it returned {type(wrong).__name__}, not Addition")
    except (KeyboardInterrupt, CopydeskError):
        raise  # a file that it needs is at fault, not the enricher
    except BaseException as error:
        raise _refuse(f"{name} failed: {describe(error)}", _MEND, owner.shown) from error
    return found


def _wrong_with(each: Addition, ids: Container[str]) -> tuple[str, str] | None:
    """Return what is wrong with an addition and what to do, or None."""
    unknown = sorted(
        {id for id in (each.post, *(link.post for link in each.links)) if id not in ids}
    )
    if unknown:
        help = "An enricher may only use the posts it is given."
        return f"speaks of {unknown[0]}, which will not be public", help
    if each.data and not _is_object(each.data):
        return f"gives {each.post} structured data that is no JSON object", _MEND
    return None


def _refuse(message: str, help: str, plugin: str) -> CopydeskError:
    return CopydeskError(Failure("plugin", message, help, plugin=plugin))


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (TypeError, ValueError, RecursionError):
        return False
