"""The way from a checked site to a target: decide, enrich, render, plan, apply."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from copydesk import ledger as ledgers
from copydesk.additions import additions_of
from copydesk.codec import finding_from_json
from copydesk.config import Config
from copydesk.decisions import Gate, decide, live_posts, not_asked
from copydesk.discover import key_of
from copydesk.model.change import WRITES, Change, Hashes, Order, Plan, PostLink, Receipt, ToSee
from copydesk.model.extension import (
    Body,
    Ledger,
    LedgerEntry,
    Publisher,
    SiteSettings,
    Target,
    TargetSettings,
    Wanted,
)
from copydesk.model.finding import CopydeskError, Failure, Finding
from copydesk.model.site import LivePost
from copydesk.orders import NO_ORDER, about_target, newly_due
from copydesk.origins import origin_of
from copydesk.other_texts import find_in_html
from copydesk.post_ids import insert_id
from copydesk.registry import Registry
from copydesk.render import Renderer, lines_block, links_block
from copydesk.runner import CheckedSite, unknown_target_kind
from copydesk.sources import read_source, shown_path
from copydesk.to_see import to_see
from copydesk.workbench import request_of


class View:
    """What a target sees of a site; see `copydesk.model.extension.SiteView`."""

    def __init__(
        self,
        checked: CheckedSite,
        gate: Gate,
        opened: Opened,
        previews: bool,
        order: Order,
    ) -> None:
        target = opened.settings
        self._checked = checked
        self._target = target
        self._previews = previews
        self._order = order
        self.stamp = ledgers.stamp(checked.site.root, target.name)
        self.ledger = ledgers.load(checked.site.root, target.name)
        self._abilities = opened.publisher.abilities
        self._sha = {entry.key: entry.sha256 for entry in checked.index}
        self._gate = gate
        self.wanted = tuple(self._decide(self.ledger)[0])

    def look(self, target: Target) -> None:
        """Ask a target what it holds, and decide with that: nothing else is known before."""
        # A lost ledger is read back from the target before it is decided what stays.
        known = target.known(self)
        wanted, self.new_ids = self._decide(known)
        self.wanted = tuple(wanted)
        self._by_id = {each.id: each for each in wanted}
        self.gone = [each for id, each in known.posts.items() if id not in self._by_id]
        self.chain(target.public(live_posts(wanted, known), self))

    def _decide(self, known: Ledger) -> tuple[list[Wanted], dict[str, str]]:
        index, name, gate = self._checked.index, self._target.name, self._gate
        if self._order.due:
            due = newly_due(index, known, name)
            gate = replace(gate, asked=due if gate.asked is None else gate.asked & due)
        wanted, new_ids = decide(index, known, gate, name)
        if about_target(self._order):  # what is not there is no concern of such a run
            wanted = [each if each.decision == "kept" else not_asked(each) for each in wanted]
        return wanted, new_ids

    def chain(self, posts: tuple[LivePost, ...]) -> None:
        """Ask the enrichers what stands below the posts that will be public."""
        self._titles = {post.id: post.title for post in posts}
        self._added = additions_of(self._checked, posts)
        public = {each.key: each.id for each in self.wanted if each.id in self._titles}
        others = frozenset(each.key for each in self.wanted) - public.keys()
        self._renderer = Renderer(self._checked.site.root, public, self._abilities, others)

    @property
    def site(self) -> SiteSettings:
        """The site as a whole."""
        return self._checked.config.site

    @property
    def target(self) -> str:
        """The name of the target."""
        return self._target.name

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
            self._data(id),
        )

    def judge(self, id: str, html: str) -> tuple[Finding, ...]:
        """Return what the rules find in another text of a post, such as that of its page."""
        return find_in_html(self._checked, self._by_id[id].key, html)

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

    def _data(self, id: str) -> tuple[str, ...]:
        """Return the structured data of a post where its address on the web can be known."""
        if not (self.site.url or self._target.url):
            return ()
        return tuple(added.data for added in self._added.get(id, ()) if added.data)

    def save_ledger(self) -> None:
        """Write the ledger to disk in one step."""
        ledgers.save(self._checked.site.root, self._target.name, self.ledger)

    def write_id(self, key: str, id: str) -> None:
        """Write a new id into a post's front matter; every other byte stays as it was."""
        path = self._checked.site.path(key)
        self._sha[key] = insert_id(path, key, id, self._sha[key], self._checked.config.reading)


class Opened(NamedTuple):
    """A target of a site, ready to be asked; `at` says in a word where it is."""

    settings: TargetSettings
    publisher: Publisher
    target: Target
    at: str

    @property
    def drafts(self) -> bool:
        """Whether posts come there as drafts, so that a person says when they go live."""
        return self.publisher.abilities.drafts

    @property
    def takes_orders(self) -> bool:
        """Whether it can be told what to do about posts that a person changed or takes down."""
        return self.drafts or self.publisher.abilities.orders


class Configured(Protocol):
    """A site with its settings and plugins, checked or not."""

    @property
    def config(self) -> Config:
        """The site's configuration."""

    @property
    def registry(self) -> Registry:
        """The loaded plugins."""


def open_target(site: Configured, to: str) -> Opened:
    """Open a target of a site by name, or the default one; raises CopydeskError."""
    settings = site.config.target(to)
    publisher = site.registry.publishers.get(settings.kind)
    if publisher is None:
        raise CopydeskError(unknown_target_kind(settings.kind, site.registry))
    return Opened(settings, publisher, publisher.open(settings), _place(settings))


def _place(settings: TargetSettings) -> str:
    """Return where a target is: its host, or its folder."""
    if settings.url:
        return origin_of(settings.url, f"targets.{settings.name}.url").partition("://")[2]
    return shown_path(settings.path) if settings.path is not None else settings.name


def standing_view(checked: CheckedSite, opened: Opened) -> View:
    """Return the view of a site of which no post is asked for, before any look at its target."""
    return View(checked, _gate(checked, {}, frozenset()), opened, False, NO_ORDER)


def whole_view(checked: CheckedSite, opened: Opened) -> View:
    """Return the view of a site with every post of it, as if nothing was found in any."""
    return View(checked, _gate(checked, {}, None), opened, False, NO_ORDER)


def _gate(checked: CheckedSite, errors: Mapping[str, int], asked: frozenset[str] | None) -> Gate:
    return Gate(errors, frozenset(checked.lost), asked, frozenset(checked.config.targets()))


class Publication:
    """One site on its way to one target: a plan that can be shown, then applied.

    `errors` counts the errors of its posts that no waiver settles, by path; `asked` holds the paths
    of the posts that it is about, or None for all. An order that is about
    the target alone asks for no post of the site, so it takes none down either.
    """

    def __init__(
        self,
        checked: CheckedSite,
        errors: Mapping[str, int],
        opened: Opened,
        previews: bool,
        order: Order = NO_ORDER,
    ) -> None:
        self.opened, self.settings = opened, opened.settings
        self._checked, self._target = checked, opened.target
        self.receipts: list[Receipt] = []
        self.asked = None if checked.site.asked is None else frozenset(checked.site.asked)
        refuse_failed_plugins(checked)
        if about_target(order):
            self.asked = frozenset()
        else:
            refuse_lost_folders(checked)
        self.view = View(checked, _gate(checked, errors, self.asked), opened, previews, order)
        self.view.look(opened.target)
        refuse_missing_folders(checked.config, self.view.gone)
        self.plan = self._plan()

    def _plan(self) -> Plan:
        made = self._target.plan(self.view)
        written = {each.name for each in made.changes if each.action in WRITES}
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
            if id in written
        ]
        return made._replace(changes=(*sources, *self._with_to_see(made.changes)))

    def _with_to_see(self, changes: tuple[Change, ...]) -> Iterator[Change]:
        """Yield the changes, each that brings a post to readers with what has to be seen of it.

        Where a post is made and goes live in one plan, that stands beside the latter.
        """
        keys = {each.id: each.key for each in self.view.wanted}
        going = {each.name for each in changes if each.action == "go live"}
        for each in changes:
            last = "go live" if each.name in going else each.action
            shows = each.action == last and last in ("create", "update", "go live")
            if each.kind == "post" and shows and each.name in keys:
                yield each._replace(to_see=self._to_see(keys[each.name]))
            else:
                yield each

    def _to_see(self, key: str) -> tuple[ToSee, ...]:
        """Return what has to be seen before a post goes live."""
        found = self._checked.spool.get(key) or {"findings": ()}
        findings = [finding_from_json(each) for each in found["findings"]]
        return to_see(findings, self._checked.registry.rules)

    def _title(self, id: str) -> str:
        return next(each.title for each in self.view.wanted if each.id == id)

    def _path(self, key: str) -> str:
        return next(each.path for each in self.view.wanted if each.key == key)

    def apply(self) -> Generator[Receipt, None, None]:
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
