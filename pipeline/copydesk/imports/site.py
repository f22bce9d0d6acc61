"""The site that drafts are imported into: where they go, and what is there already."""

from __future__ import annotations

import os
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from copydesk.config import Config, Flags
from copydesk.discover import key_of
from copydesk.fixing import looking_with
from copydesk.front_matter import read_front_matter
from copydesk.imports.records import ImportRecord, Records
from copydesk.metadata import read_metadata
from copydesk.model.finding import CopydeskError, Failure, Finding
from copydesk.model.post import Post
from copydesk.model.text import Source
from copydesk.rule_settings import RuleTable
from copydesk.runner import load_plugins, setup_of
from copydesk.site import Site, open_site, post_folders
from copydesk.site_search import site_of
from copydesk.sources import read_source, shown_path
from copydesk.workbench import Workbench, request_of

MARKDOWN = (".md", ".markdown")


class Known(NamedTuple):
    """A post that the site has: its path, and its id, which may be empty."""

    path: Path
    id: str


class ImportSite:
    """A site with the folder for drafts, and all that imports ask of it."""

    def __init__(self, to: Path | None, explicit: Path | None, flags: Flags, now: datetime) -> None:
        """Open the site of a folder, or of the working folder; raises CopydeskError."""
        folder = Path(os.path.abspath(to or Path()))
        # Asked for a file in it: a folder that is not there yet is a folder all the same.
        self.config: Config = site_of(folder / "draft.md", explicit, flags)
        root = self.config.root
        self.to: Path = folder if to else root / self.config.texts("posts")[0]
        _refuse_folder(self.to, self.config)
        self.registry, refs, _ = load_plugins(self.config)
        self.failures = list(self.registry.failures)
        self._site = Site(self.config)
        if root.is_dir():
            extensions = frozenset(self.registry.extensions)
            self._site, failures = open_site(self.config, [], extensions)
            self.failures += failures
        #: Posts that lie loose in a site without a folder for them: once there is a folder
        #: `posts`, files beside it count as posts no longer.
        self.loose: tuple[str, ...] = ()
        if not to and post_folders(self.config) == [root]:
            self.loose = tuple(self._site.files)
        self._rules = RuleTable(self.config, self.registry)
        self.bench = Workbench(setup_of(self.config, refs, now), self.registry)
        self.store = Records(root)
        #: The records with what this run has planned since, also where it writes nothing.
        self.records: list[ImportRecord] = list(self.store.entries)

    @property
    def site(self) -> Site:
        """The site as it was found."""
        return self._site

    @property
    def root(self) -> Path:
        """The site's folder."""
        return self.config.root

    @cached_property
    def posts(self) -> dict[str, Known]:
        """Every post of the site by its key; what cannot be read has no id."""
        return {key: self._known(self._site.path(key), key) for key in self._site.files}

    def _known(self, path: Path, key: str) -> Known:
        try:
            return Known(path, self.id_in(read_source(path, key)))
        except CopydeskError:
            return Known(path, "")

    def id_in(self, source: Source) -> str:
        """Return the id in a source's front matter, or an empty text; raises CopydeskError."""
        return read_metadata(source, read_front_matter(source), self.config.reading).id

    def taken_ids(self) -> set[str]:
        """Return every id that a new post must not get: also those of drafts that are gone."""
        return {each.id for each in self.posts.values()} | {each.id for each in self.records}

    def draft_of(self, record: ImportRecord) -> Path | None:
        """Return where the draft of a record lies now, or None where it was deleted.

        A draft that was moved is found by its id; one whose id was taken out by its path.
        """
        path = self.root / record.key
        here = self._known(path, record.key).id if os.path.lexists(path) else None
        if here == record.id:
            return path
        moved = next((each.path for each in self.posts.values() if each.id == record.id), None)
        return moved or (path if here == "" else None)

    def is_post_folder(self, path: Path) -> bool:
        """Say whether a file lies where files count as posts, now or once the draft is there."""
        folders = [self.root / name for name in self.config.texts("posts")]
        absolute = Path(os.path.abspath(path))
        return any(absolute.is_relative_to(each) for each in (*folders, self.to))

    def note(self, record: ImportRecord, path: Path) -> None:
        """Remember a draft that was just written or planned, for the inputs that follow."""
        self.records = [*(each for each in self.records if each.id != record.id), record]
        self.posts[record.key] = Known(path, record.id)

    def key(self, path: Path) -> str:
        """Return a path below the site; raises CopydeskError where it leads out of it."""
        self.refuse_outside(path)
        return key_of(path, self.root)

    def refuse_outside(self, path: Path) -> None:
        """Raise CopydeskError where a path, its symbolic links followed, leaves the site."""
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise CopydeskError(_outside(path))

    def read(self, source: Source) -> Post:
        """Read a text as the post that it will be; raises CopydeskError."""
        return self.bench.read(request_of(source))

    def findings(self, source: Source) -> tuple[Finding, ...]:
        """Return what the built-in rules for single posts find in a text, as `lint` would.

        Raises CopydeskError where the text cannot be read or a rule fails.
        """
        rules: list[Any] = []
        for id, setting in self._rules.settings(source.key).items():
            severity = setting.severity.value
            counts = severity != "off" and self.registry.rules[id].scope == "post"
            if counts and not self.registry.owner("rule", id).external:
                rules.append((id, severity, setting.values()))
        return tuple(looking_with(self.bench, rules)(source))


def _outside(path: Path) -> Failure:
    return Failure(
        "site",
        "leads out of the site, so nothing was written there",
        "Choose a folder inside the site, such as --to posts.",
        shown_path(path),
    )


def _refuse_folder(to: Path, config: Config) -> None:
    """Raise CopydeskError for a folder that cannot take drafts; one not there yet is made later."""
    real, root = to.resolve(), config.root.resolve()
    if not real.is_relative_to(root):
        raise CopydeskError(_outside(to))
    if to.exists() and not to.is_dir():
        raise CopydeskError(
            Failure(
                "site",
                "is no folder, so no draft can be written there",
                "Choose a folder, such as --to posts.",
                shown_path(to),
            )
        )
    outputs = [*config.outputs(), config.root / ".git"]
    if any(real.is_relative_to(each.resolve()) for each in outputs):
        raise CopydeskError(
            Failure(
                "site",
                "is a folder that holds no drafts: programs write there",
                "Choose another folder, such as --to posts.",
                shown_path(to),
            )
        )
