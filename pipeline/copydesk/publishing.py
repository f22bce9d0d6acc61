"""The way from a checked site to a target: decide, enrich, render, plan, apply."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from copydesk import isolation
from copydesk import ledger as ledgers
from copydesk.codec import finding_from_json
from copydesk.config import Config, enricher_options
from copydesk.decisions import Gate, decide, live_posts
from copydesk.discover import key_of
from copydesk.files import why, write_whole
from copydesk.front_matter import read_front_matter
from copydesk.front_matter_writing import set_values
from copydesk.metadata import ReadingSettings
from copydesk.model.change import Addition, Change, Hashes, Order, Plan, PostLink, Receipt, ToSee
from copydesk.model.extension import (
    Body,
    LedgerEntry,
    Publisher,
    SiteSettings,
    Target,
    TargetSettings,
    Wanted,
)
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.site import LivePost
from copydesk.model.text import Source
from copydesk.registry import describe
from copydesk.render import Renderer, lines_block, links_block
from copydesk.results import RunResults
from copydesk.runner import CheckedSite, unknown_target_kind
from copydesk.sources import read_source
from copydesk.to_see import to_see
from copydesk.workbench import request_of

NO_ORDER = Order()


class View:
    """What a target sees of a site; see `copydesk.model.extension.SiteView`."""

    def __init__(
        self,
        checked: CheckedSite,
        gate: Gate,
        target: TargetSettings,
        publisher: Publisher,
        opened: Target,
        previews: bool,
        order: Order,
    ) -> None:
        self._checked = checked
        self._target = target
        self._previews = previews
        self._order = order
        self.stamp = ledgers.stamp(checked.site.root, target.name)
        self.ledger = ledgers.load(checked.site.root, target.name)
        self.wanted: tuple[Wanted, ...] = tuple(
            decide(checked.index, self.ledger, gate, target.name)[0]
        )
        # A lost ledger is read back from the target before it is decided what stays.
        known = opened.known(self)
        wanted, self.new_ids = decide(checked.index, known, gate, target.name)
        self.wanted = tuple(wanted)
        self._by_id = {each.id: each for each in wanted}
        self.gone = [each for id, each in known.posts.items() if id not in self._by_id]
        live = opened.public(live_posts(wanted, known), self)
        self._titles = {post.id: post.title for post in live}
        self._added = _enrich(checked, live)
        public = {each.key: each.id for each in wanted if each.id in self._titles}
        self._renderer = Renderer(checked.site.root, public, publisher.abilities)
        self._sha = {entry.key: entry.sha256 for entry in checked.index}

    @property
    def site(self) -> SiteSettings:
        """The site as a whole."""
        return self._checked.config.site

    @property
    def now(self) -> datetime:
        """The time of the run."""
        return self._checked.options.now

    @property
    def previews(self) -> bool:
        """Whether previews are wanted."""
        return self._previews

    @property
    def order(self) -> Order:
        """What a person asked this run to do."""
        return self._order

    @property
    def folder(self) -> Path:
        """A folder of the site where the target may keep what it has to remember."""
        return ledgers.ledger_path(self._checked.site.root, self._target.name).with_suffix("")

    def body(self, id: str) -> Body:
        """Render a post anew; raises CopydeskError where its source moved since the check."""
        wanted = self._by_id[id]
        source = read_source(self._checked.site.path(wanted.key), wanted.key)
        if source.sha256 != self._sha[wanted.key]:
            raise CopydeskError(
                Failure("file", "changed while Copydesk was running", "Run again.", wanted.path)
            )
        post = self._checked.bench.read(request_of(source))
        reader = self._checked.registry.readers[post.reader]
        return self._renderer.render(
            post,
            reader,
            self._neighbours(id),
            self._titles.__getitem__,
            self._lines(id),
            tuple(added.data for added in self._added.get(id, ()) if added.data),
        )

    def links(self, id: str) -> str:
        """Return the block below a post that will be public."""
        links = links_block(self._neighbours(id), self._titles.__getitem__)
        return lines_block(self._lines(id)) + links

    def _neighbours(self, id: str) -> tuple[PostLink, ...]:
        """Return the links of a post where they are for us to write."""
        if self._target.links != "own":
            return ()
        return tuple(link for added in self._added.get(id, ()) for link in added.links)

    def _lines(self, id: str) -> tuple[str, ...]:
        return tuple(added.line for added in self._added.get(id, ()) if added.line.strip())

    def save_ledger(self) -> None:
        """Write the ledger to disk in one step."""
        ledgers.save(self._checked.site.root, self._target.name, self.ledger)

    def write_id(self, key: str, id: str) -> None:
        """Write a new id into a post's front matter; every other byte stays as it was."""
        path = self._checked.site.path(key)
        self._sha[key] = _insert_id(path, key, id, self._sha[key], self._checked.config.reading)


def _insert_id(path: Path, key: str, id: str, expected: str, reading: ReadingSettings) -> str:
    """Write an id into a post's front matter; return the new hash of the file."""
    source = read_source(path, key)
    if source.sha256 != expected:
        raise CopydeskError(
            Failure("file", "changed while Copydesk was running", "Run again.", str(path))
        )
    data = (b"\xef\xbb\xbf" if source.bom else b"") + _with_id(source, id, reading).encode()
    try:
        write_whole(path.resolve(), data)
    except OSError as error:
        raise CopydeskError(
            Failure(
                "file",
                f"its id could not be written: {why(error)}",
                "Allow writing, or add the id to its front matter yourself.",
                str(path),
            )
        ) from None
    return read_source(path, key).sha256


def _with_id(source: Source, id: str, reading: ReadingSettings) -> str:
    """Return a source's text with an id; raises CopydeskError where it has one already."""
    name = reading.keys.get("id", "id")
    front_matter = read_front_matter(source)
    standing = dict(front_matter.pairs).get(name) if front_matter else None
    try:
        if standing is None or (standing.kind == "text" and not standing.text.strip()):
            return set_values(source, {"id": id}, reading)
    except CopydeskError:
        pass  # said below in words that tell which line to write
    raise CopydeskError(
        Failure(
            "file",
            "its id could not be written: it has one that cannot be used",
            f'Write {name}: "{id}" into its front matter yourself.',
            source.path,
        )
    )


def _enrich(checked: CheckedSite, live: tuple[LivePost, ...]) -> dict[str, tuple[Addition, ...]]:
    """Ask every enricher and merge what they propose; raises CopydeskError on a clash."""
    slots: dict[tuple[str, str], tuple[Addition, str]] = {}
    ids = {post.id for post in live}
    for name, enricher in sorted(checked.registry.enrichers.items()):
        owner = checked.registry.owner("enricher", name).shown
        options = enricher_options(checked.config, name, enricher.options)
        try:
            if checked.registry.owner("enricher", name).external:
                deadline = checked.config.get("plugin-deadline")
                additions = isolation.apart(
                    checked.bench.setup, deadline, isolation.additions, name, live, options
                )
            else:
                additions = checked.bench.additions(name, live, options)
            wrong = next((each for each in additions if not isinstance(each, Addition)), None)
            if wrong is not None:
                raise TypeError(f"it returned {type(wrong).__name__}, not Addition")
        except (KeyboardInterrupt, CopydeskError):
            raise  # a file that it needs is at fault, not the enricher
        except BaseException as error:
            raise CopydeskError(
                Failure(
                    "plugin",
                    f"{name} failed: {describe(error)}",
                    "Mend it, or leave the plugin out.",
                    plugin=owner,
                )
            ) from error
        for each in additions:
            unknown = {each.post, *(link.post for link in each.links)} - ids
            if unknown:
                raise CopydeskError(
                    Failure(
                        "plugin",
                        f"{name} speaks of {sorted(unknown)[0]}, which will not be public",
                        "An enricher may only use the posts it is given.",
                        plugin=owner,
                    )
                )
            other = slots.get((each.post, each.slot))
            if other is not None:
                raise CopydeskError(
                    Failure(
                        "plugin",
                        f"{name} fills the slot {each.slot} of {each.post}, which "
                        f"{other[1]} fills already",
                        "Use one of the two plugins.",
                        plugin=owner,
                    )
                )
            slots[(each.post, each.slot)] = (each, owner)
    added: dict[str, tuple[Addition, ...]] = {}
    for (post, _), (addition, _) in sorted(slots.items()):
        added[post] = (*added.get(post, ()), addition)
    return added


class Publication:
    """One site on its way to one target: a plan that can be shown, then applied."""

    def __init__(
        self,
        checked: CheckedSite,
        results: RunResults,
        number: int,
        to: str,
        previews: bool,
        order: Order = NO_ORDER,
    ) -> None:
        settings = checked.config.target(to)
        publisher = checked.registry.publishers.get(settings.kind)
        if publisher is None:
            raise CopydeskError(unknown_target_kind(settings.kind, checked.registry))
        refuse_failed_plugins(checked)
        refuse_lost_folders(checked)
        errors = {
            key: count for (site, key), count in results.errors_by_post.items() if site == number
        }
        asked = None if checked.site.asked is None else frozenset(checked.site.asked)
        self.settings = settings
        self._checked = checked
        self.receipts: list[Receipt] = []
        self._target: Target = publisher.open(settings)
        targets = frozenset(checked.config.targets())
        gate = Gate(errors, frozenset(checked.lost), asked, targets)
        self.view = View(checked, gate, settings, publisher, self._target, previews, order)
        refuse_missing_folders(checked.config, self.view.gone)
        self.plan = self._plan()

    def _plan(self) -> Plan:
        made = self._target.plan(self.view)
        sources = [
            Change(
                "update",
                "source",
                id,
                self._title(id),
                self._path(key),
                "",
                "It goes live for the first time and gets an id.",
                Hashes(""),
                (("id", "", id),),
            )
            for key, id in sorted(self.view.new_ids.items())
        ]
        keys = {each.id: each.key for each in self.view.wanted}
        changes = [
            each._replace(to_see=self._to_see(keys[each.name]))
            if each.kind == "post" and each.action in ("create", "update") and each.name in keys
            else each
            for each in made.changes
        ]
        return made._replace(changes=(*sources, *changes))

    def _to_see(self, key: str) -> tuple[ToSee, ...]:
        """Return what has to be seen before a post goes live."""
        found = self._checked.spool.get(key) or {"findings": ()}
        findings = [finding_from_json(each) for each in found["findings"]]
        return to_see(findings, self._checked.registry.rules)

    def _title(self, id: str) -> str:
        return next(each.title for each in self.view.wanted if each.id == id)

    def _path(self, key: str) -> str:
        return next(each.path for each in self.view.wanted if each.key == key)

    def apply(self) -> Iterator[Receipt]:
        """Carry out the plan, ids first; raises CopydeskError before anything is published
        where an id cannot be written or another run has come in between."""
        root = self.view.site.root
        with ledgers.held(root) as free:
            if not free or ledgers.stamp(root, self.settings.name) != self.view.stamp:
                raise CopydeskError(
                    Failure(
                        "site",
                        "nothing was published, because another run is publishing this site",
                        "Wait until it is done, then run again.",
                    )
                )
            yield from self._apply()

    def _apply(self) -> Iterator[Receipt]:
        for change in self.plan.changes:
            if change.kind == "source":
                key = next(key for key, id in self.view.new_ids.items() if id == change.name)
                self.view.write_id(key, change.name)
                yield Receipt(change, True)
        rest = tuple(change for change in self.plan.changes if change.kind != "source")
        yield from self._target.apply(self.plan._replace(changes=rest), self.view)


def refuse_failed_plugins(checked: CheckedSite) -> None:
    """Raise CopydeskError where a plugin failed: an unjudged site is not published."""
    for failure in checked.failures:
        if failure.kind in ("plugin", "config"):
            raise CopydeskError(
                Failure(
                    "site",
                    "nothing was published, because not every check could run",
                    "Mend what failed above, then run again.",
                )
            )


def refuse_missing_folders(config: Config, gone: list[LedgerEntry]) -> None:
    """Raise CopydeskError where posts went only because one of the site's folders is not there."""
    for name in config.texts("posts"):
        below = key_of(config.root / name, config.root) + "/"
        if not (config.root / name).is_dir() and any(e.key.startswith(below) for e in gone):
            raise CopydeskError(
                Failure(
                    "site",
                    "nothing was published and nothing was taken down, because the folder "
                    f"{name}, which holds posts that are published, is not there",
                    "Put it back. If its posts are to go, make it again without them.",
                )
            )


def refuse_lost_folders(checked: CheckedSite) -> None:
    """Raise CopydeskError where posts may be missing only because a folder is.

    Else a disk that is not there would take every page of the site down.
    """
    closed = any(failure.kind == "site" for failure in checked.failures)
    if not closed and (len(checked.index) or checked.lost):
        return
    reason = "a folder could not be opened" if closed else "the site has no posts"
    raise CopydeskError(
        Failure(
            "site",
            f"nothing was published and nothing was taken down, because {reason}",
            "Look whether the posts are where they belong, then run again.",
        )
    )
