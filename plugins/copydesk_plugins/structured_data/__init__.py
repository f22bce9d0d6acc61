"""Structured data: what a post is, in words that search engines read."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.api import Enricher, Option, hookimpl
from copydesk_plugins.structured_data.posting import SLOT, enrich


@hookimpl
def register_enrichers() -> Sequence[Enricher]:
    """Register the structured data of posts."""
    return (
        Enricher(
            SLOT,
            "Tells search engines who wrote a post, and when.",
            enrich,
            (Option("show", "Whether pages carry structured data.", True),),
        ),
    )
