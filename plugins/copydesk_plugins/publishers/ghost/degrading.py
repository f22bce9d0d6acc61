"""What Ghost cannot keep of a post, in words for the plan."""

from __future__ import annotations

import re

from copydesk_plugins.publishers.cms.remote import Wish
from copydesk_plugins.publishers.ghost.fields import fields_of
from copydesk_plugins.publishers.ghost.head import ghost_writes
from copydesk_plugins.publishers.ghost.lexical import lost_anchors
from copydesk_plugins.publishers.ghost.limits import misfits
from copydesk_plugins.publishers.ghost.media import takes

_FILE = re.compile(r'"assets/([^"<>/]+)"')


def degraded(wish: Wish) -> tuple[tuple[str, str], ...]:
    """Return the fields that Ghost cannot keep, each with why."""
    tags = [{"name": name} for name in (*wish.category, *wish.tags)]
    fields = {**fields_of(wish, tags, ""), "slug": wish.slug}
    found = [(each.name, f"{each.message}; it is refused as it is") for each in misfits(fields)]
    if any(ghost_writes(each) for each in wish.data):
        found.append(
            (
                "structured data",
                "Ghost adds an article of its own to each page, which names the author that it "
                "knows; ours stands beside it",
            )
        )
    if any(not takes(name) for name in _FILE.findall(f'{wish.body}"{wish.image}"')):
        found.append(
            ("picture", "Ghost takes no AVIF pictures: save it as WebP or JPEG, or it is refused")
        )
    if lost_anchors(wish.body):
        found.append(("anchors", "Ghost gives headings anchors of its own, made of their words"))
    return tuple(found)
