"""What enrichers add to the posts that will be public: asked, checked and merged."""

from __future__ import annotations

import json

from copydesk import isolation
from copydesk.config import enricher_options
from copydesk.model.change import Addition
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.site import LivePost
from copydesk.registry import describe
from copydesk.runner import CheckedSite


def additions_of(
    checked: CheckedSite, live: tuple[LivePost, ...]
) -> dict[str, tuple[Addition, ...]]:
    """Ask every enricher and merge what they propose; raises CopydeskError on a clash."""
    slots: dict[tuple[str, str], tuple[Addition, str]] = {}
    ids = {post.id for post in live}
    for name, enricher in sorted(checked.registry.enrichers.items()):
        owner = checked.registry.owner("enricher", name).shown
        options = enricher_options(checked.config, name, enricher.options)
        try:
            if checked.registry.owner("enricher", name).external:
                deadline = checked.config.get("plugin-deadline")
                additions = isolation.apart(
                    checked.bench.setup, deadline, isolation.additions, name, live, options
                )
            else:
                additions = checked.bench.additions(name, live, options)
            wrong = next((each for each in additions if not isinstance(each, Addition)), None)
            if wrong is not None:
                raise TypeError(f"it returned {type(wrong).__name__}, not Addition")
        except (KeyboardInterrupt, CopydeskError):
            raise  # a file that it needs is at fault, not the enricher
        except BaseException as error:
            raise CopydeskError(
                Failure(
                    "plugin",
                    f"{name} failed: {describe(error)}",
                    "Mend it, or leave the plugin out.",
                    plugin=owner,
                )
            ) from error
        for each in additions:
            unknown = {each.post, *(link.post for link in each.links)} - ids
            if unknown:
                raise CopydeskError(
                    Failure(
                        "plugin",
                        f"{name} speaks of {sorted(unknown)[0]}, which will not be public",
                        "An enricher may only use the posts it is given.",
                        plugin=owner,
                    )
                )
            if each.data and not _is_object(each.data):
                raise CopydeskError(
                    Failure(
                        "plugin",
                        f"{name} gives {each.post} structured data that is no JSON object",
                        "Mend it, or leave the plugin out.",
                        plugin=owner,
                    )
                )
            other = slots.get((each.post, each.slot))
            if other is not None:
                raise CopydeskError(
                    Failure(
                        "plugin",
                        f"{name} fills the slot {each.slot} of {each.post}, which "
                        f"{other[1]} fills already",
                        "Use one of the two plugins.",
                        plugin=owner,
                    )
                )
            slots[(each.post, each.slot)] = (each, owner)
    added: dict[str, tuple[Addition, ...]] = {}
    for (post, _), (addition, _) in sorted(slots.items()):
        added[post] = (*added.get(post, ()), addition)
    return added


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (TypeError, ValueError, RecursionError):
        return False
