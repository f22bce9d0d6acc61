"""`check --changed`: of the posts that were asked for, those that changed since a revision.

Rules for the whole site still see all posts. Where what the posts are judged by has changed,
all of them are looked at; where nobody knows whether a post changed, it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from copydesk import baseline, waivers
from copydesk.config_files import NAME
from copydesk.discover import key_of
from copydesk.git_history import History, Revision
from copydesk.globs import matches
from copydesk.model.finding import Failure
from copydesk.site import Changes, Site, post_folders
from copydesk.sources import shown_path


class _Sorted(NamedTuple):
    """Posts by what became of them: changed or maybe so, ignored by git; the rest is as it was."""

    changed: set[str]
    ignored: set[str]


def narrow(site: Site, paths: Sequence[Path], history: History, extensions: frozenset[str]) -> None:
    """Ask only for the posts of a site that changed; raises CopydeskError where git cannot say."""
    base = history.of(site.root)
    asked = [key for key in site.files if site.wants(key)]
    found = _sort(site, asked, base)
    because = _changed_settings(site, base)
    gone = _gone(site, paths, base, extensions, found.changed)
    site.asked = set(asked) if because else found.changed
    site.changes = Changes(
        history.ref,
        len(asked),
        len(found.changed),
        len(site.asked),
        0 if because else len(found.ignored),
        tuple(gone),
        because,
    )


def _sort(site: Site, asked: Sequence[str], base: Revision) -> _Sorted:
    """Compare every post with what the repository held."""
    root = Path(os.path.realpath(site.root))
    changed: set[str] = set()
    new: dict[Path, str] = {}
    for key in asked:
        real = Path(os.path.realpath(site.path(key)))
        name = base.name_of(real)
        if not name or real != root.joinpath(*key.split("/")) or _is_apart(real, base):
            changed.add(key)  # a link, or a file of another repository: git cannot tell
        elif name not in base.blobs:
            new[real] = key
        elif not base.is_same(real):
            changed.add(key)
    ignored = {new[real] for real in base.ignored(new)}
    return _Sorted(changed | (set(new.values()) - ignored), ignored)


def _is_apart(real: Path, base: Revision) -> bool:
    """Say whether a file lies in another repository inside this one, such as a submodule."""
    for folder in real.parents:
        if folder == base.top:
            return False
        if (folder / ".git").exists():
            return True
    return False


def _changed_settings(site: Site, base: Revision) -> str:
    """Return why all posts have to be looked at, or nothing."""
    for path in dict.fromkeys(settings_files(site)):
        real = Path(os.path.realpath(path))
        name = base.name_of(real)
        there = real.is_file()
        if not name and there:
            return f"{shown_path(path)} lies outside the repository and may have changed"
        if there and not base.is_same(real):
            return f"{shown_path(path)} changed"
        if not there and name in base.blobs:
            return f"{shown_path(path)} is gone"
    return ""


def settings_files(site: Site) -> Iterator[Path]:
    """Yield the files that say how the posts of a site are judged; some may not be there."""
    yield from (file.path for file in site.config.files)
    yield from site.config.plugin_files
    yield site.root / waivers.FILE_NAME
    yield site.root / baseline.FILE_NAME
    folders = {site.root}
    for key in site.files:
        parts = key.split("/")[:-1]
        folders |= {site.root.joinpath(*parts[:depth]) for depth in range(1, len(parts) + 1)}
    for folder in sorted(folders):
        yield folder / NAME
        yield folder / "pyproject.toml"


def sites_gone(loose: Iterable[Path], history: History) -> list[Failure]:
    """Return a failure for each site whose settings are gone while its posts are still there.

    `loose` are posts that lie in no site. Who deletes a site's settings file would else have its
    posts judged no more, and nobody would be told.
    """
    found: dict[Path, int] = {}
    for path in loose:
        real = Path(os.path.realpath(path.parent))
        for base in history.compared:
            folders = [each for each in (real, *real.parents) if base.name_of(each / NAME)]
            gone = (each / NAME for each in folders if base.name_of(each / NAME) in base.blobs)
            lost = next((each for each in gone if not each.exists()), None)
            if lost is not None:
                found[lost] = found.get(lost, 0) + 1
    return [_no_site(path, posts) for path, posts in sorted(found.items())]


def _no_site(path: Path, posts: int) -> Failure:
    count = "the post below it belongs" if posts == 1 else f"the {posts} posts below it belong"
    return Failure(
        "config",
        f"is gone, so {count} to no site and nobody looked at them",
        "Put the file back. If the site is to end, delete its posts or move them as well.",
        shown_path(path),
    )


def _gone(
    site: Site,
    paths: Sequence[Path],
    base: Revision,
    extensions: frozenset[str],
    changed: set[str],
) -> Iterator[str]:
    """Yield the posts that are no longer there, but for those that only have a new name."""
    whole = site.asked is None
    given = post_folders(site.config) if whole else [path for path in paths if path.is_dir()]
    folders = [Path(os.path.realpath(folder)) for folder in given]
    outputs = [Path(os.path.realpath(folder)) for folder in site.config.outputs()]
    root = Path(os.path.realpath(site.root))
    moved = {base.blob_of(site.path(key)) for key in changed}
    for name, blob in sorted(base.blobs.items()):
        path = base.top / name
        if path.suffix.lower() not in extensions or blob in moved:
            continue
        if not any(path.is_relative_to(folder) for folder in folders) or os.path.lexists(path):
            continue
        key = key_of(path, root)
        excluded = any(matches(pattern, key) for pattern in site.config.texts("exclude"))
        if not excluded and not any(path.is_relative_to(folder) for folder in outputs):
            yield shown_path(site.root / key)
