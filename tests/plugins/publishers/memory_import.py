"""A plugin file for `copydesk import --from`: the blogs in memory of the other kits hand out posts.

Plugin files are loaded anew and under another name, so what is shared lives in those kits.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from memory_kit import BLOGS
from memory_remote import Memory

from copydesk.api import Abilities, Publisher, Target, TargetSettings, hookimpl
from copydesk_plugins.publishers.cms.exporting import Details
from copydesk_plugins.publishers.cms.remote import Held
from copydesk_plugins.publishers.cms.target import CmsTarget
from copydesk_plugins.publishers.losses import losses_of


class Exporting(Memory):
    """The blog, which also tells what only an import asks."""

    def exporter(self) -> Exporting:
        return self

    def total(self) -> int:
        return len(self.blog.posts)

    def details(self, held: Held) -> Details:
        updated = datetime(2026, 5, 1, tzinfo=UTC)
        losses = losses_of(held.body)
        return Details(held.body, author="Ada Lamb", updated=updated, losses=losses)


def open_blog(settings: TargetSettings) -> Target:
    """Open the blog in memory whose address is given."""
    blog = BLOGS[settings.url.rstrip("/")]
    return CmsTarget(settings, lambda _: Exporting(blog))


@hookimpl
def register_publishers() -> Sequence[Publisher]:
    """Register the target."""
    return [Publisher("memory", "A blog in memory.", Abilities(drafts=True), open_blog)]
