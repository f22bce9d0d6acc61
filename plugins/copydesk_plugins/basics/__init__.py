"""Basics: values, files and names that must be right before anything else can be."""

from __future__ import annotations

from copydesk.api import Rule, hookimpl
from copydesk_plugins.basics import body, duplicates, files, front_matter


@hookimpl
def register_rules() -> list[Rule]:
    """Return the rules on front matter, the body, local files, and ids and slugs of a site."""
    return [
        front_matter.date,
        front_matter.future_date,
        front_matter.shape,
        front_matter.state,
        front_matter.unquoted,
        front_matter.unknown_key,
        body.empty,
        body.left_out,
        files.missing_file,
        duplicates.duplicate_id,
        duplicates.duplicate_slug,
    ]
