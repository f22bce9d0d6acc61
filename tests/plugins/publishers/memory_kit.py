"""A small site of real files that is published to a blog in memory by the real core.

This module is itself the plugin that brings the target: decisions, enrichers, ledger, journal and
the chain of posts are those of every run.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from memory_blog import Blog, Crash, Event, Person
from memory_remote import Memory

from copydesk import ledger, registry, runner
from copydesk.api import (
    Abilities,
    Change,
    CopydeskError,
    Ledger,
    Order,
    Plan,
    Publisher,
    Receipt,
    Target,
    TargetSettings,
    hookimpl,
)
from copydesk.config import Flags
from copydesk.publishing import Publication, open_target
from copydesk.runner import CheckedSite, Options, Plugins
from copydesk.site_search import find_sites
from copydesk_plugins.publishers.cms.target import CmsTarget

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
#: What stands in the way of a second apply: every action that writes.
WRITES = ("create", "update", "links only", "go live", "unpublish", "restore")
BLOGS: dict[str, Blog] = {}


def open_memory(settings: TargetSettings) -> Target:
    """Open the blog in memory whose address is given."""
    blog = BLOGS[settings.url.rstrip("/")]
    return CmsTarget(settings, lambda _: Memory(blog), sleep=blog.sleep)


@hookimpl
def register_publishers() -> Sequence[Publisher]:
    """Register the target."""
    return [Publisher("memory", "A blog in memory.", Abilities(drafts=True), open_memory)]


@lru_cache
def plugins(*more: str) -> Plugins:
    """Return the plugins that publishing needs, and more of ours, loaded once for all tests."""
    names = ("readers", "neighbours", "structured-data", *more)
    refs = [ref for ref in registry.built_in_refs() if ref.name in names]
    refs.append(registry.PluginRef("memory", __name__))
    loaded = registry.load(refs)
    assert not loaded.failures, loaded.failures
    return loaded, tuple(refs), []


class Ran(NamedTuple):
    """What came of a run: its plan, its receipts, and why it ended early."""

    plan: Plan
    receipts: tuple[Receipt, ...]
    error: str

    @property
    def actions(self) -> dict[str, str]:
        """What was planned for each post."""
        return {c.name: c.action for c in self.plan.changes if c.kind == "post"}

    def named(self, *actions: str) -> set[str]:
        """Return the posts for which one of these actions was planned."""
        return {name for name, action in self.actions.items() if action in actions}

    def change(self, id: str) -> Change:
        """Return what was planned for a post."""
        return next(c for c in self.plan.changes if c.kind == "post" and c.name == id)

    @property
    def failed(self) -> dict[str, str]:
        """Why a post was not done."""
        return {r.change.name: r.message for r in self.receipts if not r.done}

    @property
    def said(self) -> str:
        """All words of the plan and of what came of it."""
        rows = [f"{c.action} {c.name} {c.reason} {c.fields}" for c in self.plan.changes]
        rows += [f"{r.change.name} {r.done} {r.message}" for r in self.receipts]
        return "\n".join([*rows, *self.plan.notes, self.error])


class Site:
    """A folder of posts. Its two targets are the same blog, each with a ledger of its own."""

    def __init__(self, folder: Path, blog: Blog, url: str = "https://blog.example") -> None:
        self.folder = folder
        self.blog = blog
        self.url = url
        self.now = NOW
        self.errors: dict[str, int] = {}
        self.rules: tuple[str, ...] = ()
        self._checked: CheckedSite | None = None
        (folder / "posts").mkdir(parents=True, exist_ok=True)
        if not (folder / "copydesk.toml").exists():
            self.configure()
        BLOGS[url] = blog

    def copy(self, folder: Path) -> Site:
        """Return the same site, with the same blog, as both are now."""
        shutil.copytree(self.folder, folder)
        return Site(folder, deepcopy(self.blog), self.url)

    def configure(self, more: str = "") -> None:
        """Write the configuration, with more lines of settings at its top."""
        targets = "".join(
            f'[targets.{name}]\nkind = "memory"\nurl = "{self.url}"\n' for name in ("here", "there")
        )
        text = f'root = true\ntimezone = "UTC"\n{more}\n{targets}'
        (self.folder / "copydesk.toml").write_text(text, "utf-8")

    def post(self, id: str, day: int = 1, text: str = "", **front_matter: object) -> Path:
        """Write a post that is due, published on a day of the year 2026."""
        values: dict[str, object] = {
            "title": f"About {id}",
            "slug": id,
            "id": id,
            "state": "published",
            "published": (datetime(2026, 1, 1, 9) + timedelta(days=day - 1)).isoformat(),
            "description": f"What there is to know about {id}.",
            "category": "Practical",
            "tags": "[calm, first visit]",
        }
        values |= front_matter
        lines = [f"{name}: {value}" for name, value in values.items() if value is not None]
        path = self.folder / "posts" / f"{id}.md"
        text = text or f"All there is to know about {id}, in a **few** words."
        path.write_text("\n".join(["---", *lines, "---", "", text, ""]), "utf-8")
        return path

    def posts(self, *ids: str) -> None:
        """Write posts, one for each day from the first of February on."""
        for number, id in enumerate(ids):
            self.post(id, 32 + 2 * number)

    def change(self, id: str, old: str, new: str) -> None:
        """Replace words in the file of a post."""
        path = self.folder / "posts" / f"{id}.md"
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {path.name}"
        path.write_text(text.replace(old, new), "utf-8")

    def reword(self, id: str, text: str = "Other words.") -> None:
        """Add words to a post."""
        path = self.folder / "posts" / f"{id}.md"
        path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")

    def remove(self, id: str) -> None:
        """Delete the source of a post."""
        (self.folder / "posts" / f"{id}.md").unlink()

    def lose_ledger(self, to: str = "here") -> None:
        """Lose all that was remembered on this machine."""
        (self.folder / ".copydesk" / f"{to}.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder / ".copydesk" / to, ignore_errors=True)

    def plan(self, to: str = "here", asked: Iterable[str] = (), **order: object) -> Ran:
        """Make a plan and nothing else."""
        return self._run(to, asked, order, apply=False)

    def publish(self, to: str = "here", asked: Iterable[str] = (), **order: object) -> Ran:
        """Plan and apply."""
        return self._run(to, asked, order, apply=True)

    def go_live(self, to: str = "here", **order: object) -> Ran:
        """Plan and apply, and make drafts public."""
        return self._run(to, (), {"go_live": True, **order}, apply=True)

    def publication(
        self, to: str = "here", asked: Iterable[str] = (), **order: object
    ) -> Publication:
        """Check the site and make a plan that can be applied later."""
        BLOGS[self.url] = self.blog
        paths = [self.folder / "posts" / f"{id}.md" for id in asked] or [self.folder]
        found = find_sites(paths, None, Flags())
        ((config, mine),) = found.sites
        options = Options(now=self.now, use_cache=False, jobs="1")
        checked = runner.check_site(config, mine, options, plugins(*self.rules), None, None)
        if self._checked is not None:
            self._checked.close()
        self._checked = checked
        opened = open_target(checked, to)
        return Publication(checked, self.errors, opened, False, Order(**order))  # type: ignore[arg-type]

    def _run(self, to: str, asked: Iterable[str], order: dict[str, object], apply: bool) -> Ran:
        made = self.publication(to, asked, **order)
        return carried_out(made) if apply else Ran(made.plan, (), "")


def carried_out(made: Publication) -> Ran:
    """Apply a plan."""
    receipts: list[Receipt] = []
    try:
        with mock.patch("os.fsync"):  # a real disk is waited for in a test of its own
            for receipt in made.apply():
                receipts.append(receipt)  # noqa: PERF402 - kept also where the rest raises
    except CopydeskError as error:
        failure = error.failure
        return Ran(made.plan, tuple(receipts), f"{failure.message}. {failure.help}")
    return Ran(made.plan, tuple(receipts), "")


def differing(one: Blog, other: Blog) -> list[str]:
    """Return what differs between two blogs, field by field."""
    first, second = one.state(), other.state()
    names = sorted(set(first) | set(second))
    found = []
    for name in names:
        if name not in first or name not in second:
            found.append(f"{name} is only in the {'second' if name in second else 'first'}")
            continue
        for part, value in first[name].items():
            if value != (wanted := second[name][part]):
                found.append(f"{part} of {name}: {_around(str(value), str(wanted))}")
    return found


def _around(one: str, other: str) -> str:
    """Return what stands around the first place where two texts differ."""
    pairs = enumerate(zip(one, other, strict=False))
    at = max(0, next((i for i, (a, b) in pairs if a != b), min(len(one), len(other))) - 20)
    return f"{one[at : at + 60]!r} and not {other[at : at + 60]!r}"


def crashes(site: Site, number: int, when: str, **order: object) -> bool:
    """Run (go live, unless told otherwise) and die at a write, before or after it took effect.

    Says whether it got that far.
    """
    blog = site.blog
    blog.crash = (blog.writes + number, when)
    real = ledger.save

    def save(root: Path, target: str, held: Ledger) -> None:
        if not blog.crashed:  # a process that was killed tidies nothing up
            real(root, target, held)

    try:
        with mock.patch.object(ledger, "save", save):
            site.publish(**{"go_live": True, **order})  # type: ignore[arg-type]
    except Crash:
        return True
    finally:
        blog.crash, blog.crashed = None, False
    return False


__all__ = [
    "NOW",
    "WRITES",
    "Blog",
    "Crash",
    "Event",
    "Person",
    "Ran",
    "Site",
    "carried_out",
    "crashes",
    "differing",
]
