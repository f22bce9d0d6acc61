"""Structured data: what a post is, in words that search engines read."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.api import Enricher, hookimpl
from copydesk_plugins.structured_data.enricher import ENRICHER


@hookimpl
def register_enrichers() -> Sequence[Enricher]:
    """Register the structured data of posts."""
    return (ENRICHER,)
