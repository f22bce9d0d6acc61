"""What commands of plugins need: sites by path, with their posts, people and record files."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from copydesk.model.context import PostContext
from copydesk.model.extension import SiteSettings
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.post import Post
from copydesk.model.records import Person, SiteRecords

if TYPE_CHECKING:
    from copydesk.rule_settings import RuleTable
    from copydesk.site import Site
    from copydesk.workbench import Workbench


class Published(NamedTuple):
    """Where a post is public: the target's name and the address there."""

    target: str
    address: str


class OpenedSite:
    """A site that a command works on; `paths` of the command choose among its posts."""

    def __init__(self, site: Site, bench: Workbench, rules: RuleTable) -> None:
        self._site, self._bench, self._rules = site, bench, rules

    @property
    def root(self) -> Path:
        """The site's folder, absolute."""
        return self._site.root

    @property
    def people(self) -> Mapping[str, Person]:
        """The entries of `[people]`."""
        return self.records.people

    @property
    def records(self) -> SiteRecords:
        """The record files and people, as rules get them."""
        return self._bench.records.records

    @property
    def sources(self) -> Mapping[str, str | int]:
        """The table `[sources]` of the root configuration, as written there."""
        table: Mapping[str, str | int] = self._site.config.get("sources")
        return table

    @property
    def post_folders(self) -> tuple[Path, ...]:
        """The folders whose files are posts: what is written there becomes one."""
        from copydesk.site import post_folders

        return tuple(post_folders(self._site.config))

    @property
    def settings(self) -> SiteSettings:
        """What the site says of itself, such as its title and its address."""
        return self._site.config.site

    @property
    def today(self) -> date:
        """The day of the run in UTC."""
        return self._bench.setup.now.date()

    @property
    def whole(self) -> bool:
        """Whether the command is about all posts of the site."""
        return self._site.asked is None

    def contexts(
        self, rule_id: str = "", every: bool = False
    ) -> Iterator[tuple[str, PostContext | Failure]]:
        """Yield (path as shown, context) for each post that was asked for, or every one.

        The context holds the options of a rule as they are set for that file; what cannot be
        read is a failure in its place.
        """
        from copydesk.sources import read_source, shown_path
        from copydesk.workbench import request_of

        for key in self._site.files:
            if not (every or self._site.wants(key)):
                continue
            path = self._site.path(key)
            try:
                post = self._bench.read(request_of(read_source(path, key)))
                yield shown_path(path), self.context(post, rule_id)
            except CopydeskError as error:
                yield shown_path(path), error.failure

    def context(self, post: Post, rule_id: str = "") -> PostContext:
        """Return the context of one post, or of a text that no file holds, as rules get it.

        Raises CopydeskError where the settings of the post's folder are wrong.
        """
        context = self._bench.context(post)
        key = post.source.key
        context.with_options(self._rules.settings(key)[rule_id].values() if rule_id else {})
        return context

    def published(self, post_id: str) -> list[Published]:
        """Return where a post is known to be public, by target."""
        from copydesk import ledger

        found = []
        for name in self._site.config.targets():
            entry = ledger.load(self.root, name).posts.get(post_id)
            if entry is not None:
                found.append(Published(name, entry.address))
        return found

    def write(self, name: str, text: str) -> None:
        """Write a record file below the root whole, in one step; raises CopydeskError.

        A byte order mark that the file has stays.
        """
        from copydesk.files import why, write_whole
        from copydesk.sources import shown_path

        path = self.root / name
        try:
            marked = path.is_file() and _begins(path).startswith(codecs.BOM_UTF8)
            write_whole(path, text.encode("utf-8-sig" if marked else "utf-8"))
        except OSError as error:
            raise CopydeskError(
                Failure(
                    "site",
                    f"could not be written: {why(error)}",
                    "Check the folder and its rights, then run again.",
                    shown_path(path),
                )
            ) from error
        self._bench.records.forget(name)

    def in_turn(self) -> AbstractContextManager[None]:
        """Keep other runs from changing record files of this site meanwhile."""
        from copydesk.files import in_turn

        return in_turn(self.root)


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(3)


def open_sites(
    paths: Sequence[Path], config: Path | None = None, now: datetime | None = None
) -> Iterator[OpenedSite | Failure]:
    """Yield each site that the paths mean, opened, and what could not be done on the way.

    `now` is the time of the run, for tests and dated records. Raises CopydeskError where the
    configuration of a site is wrong.
    """
    # Imported here: plugins import this module through the API before the core is complete.
    from copydesk.config import Flags
    from copydesk.rule_settings import RuleTable
    from copydesk.runner import open_for_reading
    from copydesk.site_search import find_sites

    found = find_sites(paths, config, Flags())
    yield from found.all_failures()
    extensions: set[str] = set()
    for settings, mine in found.sites:
        site, bench, failures = open_for_reading(settings, mine, now or datetime.now(UTC))
        extensions |= bench.registry.extensions.keys()
        yield from failures
        yield OpenedSite(site, bench, RuleTable(settings, bench.registry))
    apart, _ = found.apart(frozenset(extensions))
    yield from apart
