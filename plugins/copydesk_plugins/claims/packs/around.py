"""The sites around a command on packs: their posts, and the packs that they use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from copydesk.api import CopydeskError, Failure, OpenedSite, PostContext, open_sites
from copydesk_plugins.claims.packs.loading import built_in_names, is_path
from copydesk_plugins.claims.packs.usage import keys

#: The rule whose options say which packs hold for a post.
_RULE = "claims.unsupported"


class Around:
    """Sites with all their posts; what could not be read is kept in `failures`."""

    def __init__(self, paths: Sequence[Path], config: Path | None = None) -> None:
        self.sites: list[OpenedSite] = []
        self.failures: list[Failure] = []
        for each in open_sites(paths, config):
            if isinstance(each, OpenedSite):
                self.sites.append(each)
            else:
                self.failures.append(each)

    def posts(self, site: OpenedSite) -> Iterator[tuple[str, PostContext]]:
        """Yield (path as shown, context) for each post that was asked for and can be read."""
        for shown, context in site.contexts(_RULE):
            if isinstance(context, PostContext):
                yield shown, context
            elif context not in self.failures:
                self.failures.append(context)

    def site_of(self, path: Path) -> OpenedSite:
        """Return the site that a file lies in; raises CopydeskError where it lies in none."""
        real = path.parent.resolve()
        inside = [
            site
            for site in self.sites
            if path.is_relative_to(site.root) and real.is_relative_to(site.root.resolve())
        ]
        if not inside:
            raise CopydeskError(
                Failure(
                    "arguments",
                    "lies outside the site, so it was left alone",
                    "Go to the site's folder and name a file in it, such as packs/own.csv.",
                    str(path),
                )
            )
        return max(inside, key=lambda site: len(site.root.parts))


class Seen(NamedTuple):
    """What a pass over posts gives: the keys of each unit as one text, and the site's packs."""

    posts: int
    texts: list[str]
    own: tuple[str, ...]


NOTHING = Seen(0, [], ())


def see(around: Around, site: OpenedSite) -> Seen:
    """Go through the posts of a site once."""
    texts: list[str] = []
    own: dict[str, None] = {}
    posts = 0
    for _, context in around.posts(site):
        posts += 1
        texts += [" ".join(keys(context.words(unit))) for unit in context.post.units]
        own.update(dict.fromkeys(filter(is_path, packs_of(context))))
    return Seen(posts, texts, tuple(own))


def own_packs(site: OpenedSite) -> tuple[str, ...]:
    """Return the site's own packs that any of its posts uses, whatever posts were asked for."""
    found: dict[str, None] = {}
    for _, context in site.contexts(_RULE, every=True):
        if isinstance(context, PostContext):
            found.update(dict.fromkeys(filter(is_path, packs_of(context))))
    return tuple(found)


def packs_of(context: PostContext) -> tuple[str, ...]:
    """Return the packs that hold for a post."""
    return context.terms("packs") or built_in_names()
