"""Trust: who wrote a post, who checked it, and where a reader can turn."""

from __future__ import annotations

from copydesk.api import Rule, hookimpl
from copydesk_plugins.trust.authors import author_name, author_record
from copydesk_plugins.trust.incomplete import incomplete
from copydesk_plugins.trust.references import references
from copydesk_plugins.trust.reviewers import own_review, review_overdue


@hookimpl
def register_rules() -> list[Rule]:
    """Return the rules on authors, reviews, references and what a post about health shows."""
    return [incomplete, author_name, author_record, own_review, review_overdue, references]
