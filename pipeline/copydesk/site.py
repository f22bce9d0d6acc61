"""Sites: a configuration with its posts, and those of them that a run is about."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from copydesk import config_files
from copydesk.config import Config
from copydesk.discover import Found, discover, key_of, no_site
from copydesk.model.finding import Failure
from copydesk.sources import shown_path


class Changes(NamedTuple):
    """What `--changed` found in a site.

    Of `posts` that were asked for, `changed` differ since a revision or may do so, and
    `looked_at` were judged: all, where `because` says why. `gone` names posts that went.
    """

    since: str
    posts: int
    changed: int
    looked_at: int
    ignored: int
    gone: tuple[str, ...]
    because: str


@dataclass
class Site:
    """One blog: its root folder, configuration, posts, and those that were asked for.

    `files` maps each post's path below the root to where it lies. `asked` holds the paths
    that the run is about; None means all. `changes` is there where only changed posts are.
    """

    config: Config
    files: dict[str, str] = field(default_factory=dict)
    asked: set[str] | None = None
    left_out: dict[str, int] = field(default_factory=dict)
    changes: Changes | None = None

    @property
    def root(self) -> Path:
        """The site's folder, absolute."""
        return self.config.root

    def path(self, key: str) -> Path:
        """Return where the post at a path below the root lies."""
        return Path(self.files[key])

    def wants(self, key: str) -> bool:
        """Say whether a post was asked for."""
        return self.asked is None or key in self.asked


def open_site(
    config: Config, paths: Sequence[Path], extensions: frozenset[str]
) -> tuple[Site, list[Failure]]:
    """Find the posts of a site and those that the given paths mean; name paths that mean none."""
    site = Site(config)
    failures: list[Failure] = []
    site_folders = post_folders(config)
    everything = _discover(config, site_folders, extensions)
    failures += everything.failures
    asked: set[str] = set()
    whole = False
    for path in paths:
        absolute = Path(os.path.abspath(path))
        if absolute.is_dir():
            if absolute == config.root or absolute in site_folders:
                whole = True
                if not everything.files:
                    failures.append(_empty(path, extensions))
                continue
            found = _discover(config, [path], extensions)
            if not found.files:
                failures.append(_empty(path, extensions))
            everything.files.update(found.files)
            if not any(absolute.is_relative_to(folder) for folder in site_folders):
                everything.left_out.update(found.left_out)
                failures += found.failures
            asked.update(found.files)
        elif path.suffix.lower() not in extensions and absolute.exists():
            failures.append(
                Failure(
                    "file",
                    f"is not a kind of file that Copydesk reads ({path.suffix or 'no ending'})",
                    "Posts end in " + ", ".join(sorted(extensions)) + ".",
                    str(path),
                )
            )
        else:
            key = key_of(absolute, config.root)
            everything.files[key] = str(path)
            asked.add(key)
    site.files = dict(sorted(everything.files.items()))
    site.left_out = dict(sorted(everything.left_out.items()))
    site.asked = None if whole else asked
    return site, failures


def post_folders(config: Config) -> list[Path]:
    """Return the folders that hold the site's posts; the root itself where there is none."""
    folders = [Path(os.path.abspath(config.root / name)) for name in config.texts("posts")]
    there = [folder for folder in folders if folder.is_dir()]
    if there or config.values["posts"].origin != "default":
        return there
    return [config.root]


def _discover(config: Config, folders: list[Path], extensions: frozenset[str]) -> Found:
    # Inside a root everything belongs to it; elsewhere a folder that says root is another site.
    another = config_files.says_root if config.yields else no_site
    outputs = config.outputs()
    found = discover(folders, config.root, extensions, config.texts("exclude"), outputs, another)
    if template := config.get("post-template"):
        found.files.pop(key_of(config.root / template, config.root), None)
    found.failures = [each._replace(path=shown_path(Path(each.path))) for each in found.failures]
    return found


def _empty(path: Path, extensions: frozenset[str]) -> Failure:
    return Failure(
        "file",
        "holds no posts",
        'Start one with `copydesk new "Title"`, or bring one with `copydesk import FILE`. '
        "Posts are files that end in " + ", ".join(sorted(extensions)) + ".",
        str(path),
    )
