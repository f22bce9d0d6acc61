"""Which posts visitors will see once a person has carried them over, and at which slugs."""

from __future__ import annotations

from collections.abc import Callable

from copydesk.api import Ledger, LivePost, SiteView, Wanted, standing_post
from copydesk_plugins.publishers.handing.records import handed

TAKEN = (
    "The post {other} has the slug “{slug}” already. Give one of the two another slug, then run "
    "again."
)


class Places:
    """The slugs of the posts that will be public, and what keeps others from becoming so.

    `blocked` returns why the source of a post cannot be handed over as it is now; such a post
    stays as it was handed over before, or is not public.
    """

    def __init__(self, view: SiteView, known: Ledger, blocked: Callable[[Wanted], str]) -> None:
        self.slugs: dict[str, str] = {}
        self.problems: dict[str, str] = {}
        self._taken: dict[str, str] = {}
        order = view.order
        arriving = [
            each
            for each in view.wanted
            if each.decision == "live" and each.id not in order.unpublish
        ]
        for wanted in arriving:
            if problem := blocked(wanted):
                self.problems[wanted.id] = problem
        fresh = {each.id: each for each in arriving if each.id not in self.problems}
        for id, entry in sorted(known.posts.items()):
            mine = handed(entry)
            if entry.public and id not in order.unpublish and (id not in fresh or mine.there):
                # A public address is never renamed: it stays what it was when it was confirmed.
                self._put(id, (mine.there or mine.now).get("slug", ""))
        self.arrives: set[str] = set()
        for id, wanted in sorted(fresh.items()):
            old = known.posts.get(id)
            if id in self.slugs or self._put(id, wanted.slug):
                self.arrives.add(id)
            elif old is not None and old.public:
                self._put(id, handed(old).now.get("slug", ""))

    def _put(self, id: str, slug: str) -> bool:
        """Give a post its slug, or note who has it; one that is not known takes no place."""
        if not slug:
            return False
        other = self._taken.setdefault(slug.casefold(), id)
        if other == id:
            self.slugs[id] = slug
            return True
        self.problems[id] = TAKEN.format(other=other, slug=slug)
        return False

    def public(self, posts: tuple[LivePost, ...], known: Ledger) -> tuple[LivePost, ...]:
        """Return the posts that will be public, each as it will stand there, sorted by id."""
        wished = {post.id: post for post in posts}
        found = {}
        for id in sorted(self.slugs):
            entry = known.posts.get(id)
            post = wished.get(id) if id in self.arrives else None
            if post is None and entry is not None:
                post = standing_post(entry)
            if post is not None:
                found[id] = post
        return tuple(found.values())
