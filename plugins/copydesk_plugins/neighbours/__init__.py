"""Previous and next links between the posts of a site."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.api import Enricher, Option, hookimpl
from copydesk_plugins.neighbours.chain import SCOPES, enrich


@hookimpl
def register_enrichers() -> Sequence[Enricher]:
    """Register the links."""
    return (
        Enricher(
            "neighbours",
            "Links each post to the older and the newer one.",
            enrich,
            (
                Option(
                    "scope",
                    "Which posts are neighbours: all, those of one category, or "
                    "those of one series.",
                    "all",
                    choices=SCOPES,
                ),
            ),
        ),
    )
