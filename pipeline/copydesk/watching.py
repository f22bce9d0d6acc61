"""Sites under watch: what is costly stays loaded, and only posts that changed are judged again.

What changed is found by looking at the files; the system's notices only say when to look. So
it does not matter how an editor saves, and a notice that never comes costs two seconds.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from copydesk.changed import settings_files
from copydesk.config import all_failures
from copydesk.judging import Progress
from copydesk.model.finding import CopydeskError
from copydesk.results import RunResults
from copydesk.runner import CheckedSite, Options, Session, check_again
from copydesk.site import Site, open_site, post_folders
from copydesk.sources import shown_path

#: What tells two states of a file apart: time of change, size, and which file it is.
Stamp = tuple[int, int, int]

#: How far the clocks of the system and of its disks may differ, in nanoseconds.
_CLOCKS_APART = 2_000_000_000
#: A save is looked at when nothing more has come for this time, in milliseconds.
_STEP = 20
#: At the latest after this time, where changes never stop.
_DEBOUNCE = 200
#: Without any notice, the files are looked at after this time: some disks send none.
_WITHOUT_NOTICE = 2000


class Update(NamedTuple):
    """What came of a look at the files.

    `saved` and `gone` are posts as people see their paths. `settings` names a file that made
    everything be loaded anew; the results are of all posts then.
    """

    session: Session
    results: RunResults
    saved: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    settings: str = ""


class Watched:
    """The sites of some paths, and the state in which their files were last seen."""

    def __init__(
        self, paths: Sequence[Path], options: Options, clock: Callable[[], datetime]
    ) -> None:
        self._paths, self._options, self._clock = tuple(paths), options, clock
        self._session = Session(options)
        self._sites: list[_WatchedSite] = []
        self._settings: dict[Path, Stamp | None] = {}

    @property
    def posts(self) -> int:
        """The number of posts that are watched and there."""
        return sum(watched.posts for watched in self._sites)

    def load(self, settings: str = "", progress: Progress | None = None) -> Update:
        """Load everything and judge all posts; `settings` names the file that asked for it."""
        self.close()
        began, started = time.monotonic(), time.time_ns()
        session = self._session = Session(replace(self._options, now=self._clock()))
        session.check(self._paths, progress)
        self._sites = [_WatchedSite(checked, started) for checked in session.sites]
        files = {path for checked in session.sites for path in settings_files(checked.site)}
        if session.unread or not session.sites:
            files |= self._settings.keys()  # they are looked at until somebody mends them
        self._settings = {path: _stamp(path) for path in files}
        results = RunResults(session, time.monotonic() - began)
        return Update(session, results, settings=settings)

    def look(self) -> Update | None:
        """Judge what changed since the last look; None where nothing did."""
        for path, stamp in self._settings.items():
            if _stamp(path) != stamp:
                return self.load(shown_path(path))
        began, now = time.monotonic(), self._clock()
        session = Session(replace(self._options, now=now))
        saved: list[str] = []
        gone: list[str] = []
        for watched in self._sites:
            try:
                gone += watched.look(now)
            except CopydeskError as error:
                session.failures += all_failures(error)
            if watched.saved:
                session.sites.append(watched.checked)
                saved += watched.saved
        if not (saved or gone or session.failures):
            return None
        results = RunResults(session, time.monotonic() - began)
        return Update(session, results, tuple(saved), tuple(gone))

    def folders(self) -> tuple[Path, ...]:
        """Return the folders to be told about, as far as they are there."""
        found = {folder for watched in self._sites for folder in watched.folders()}
        return tuple(sorted(folder for folder in found if folder.is_dir()))

    def close(self) -> None:
        """Let go of what was kept for the sites."""
        for watched in self._sites:
            watched.checked.close()
        self._session.close()


class _WatchedSite:
    """One site: its last results, and the stamps of its posts when they were judged.

    `saved` holds the posts, as people see their paths, of the last look.
    """

    def __init__(self, checked: CheckedSite, started: int) -> None:
        self.checked = checked
        self.saved: tuple[str, ...] = ()
        self._asked = checked.site.asked
        self._seen = {
            key: stamp
            for key in checked.site.files
            if (stamp := _stamp(checked.site.files[key])) is not None
            and not self._moved_since(key, stamp, started)
        }

    @property
    def posts(self) -> int:
        """The number of posts that were asked for and are there."""
        site = self.checked.site
        return sum(site.wants(key) and _stamp(path) is not None for key, path in site.files.items())

    def _moved_since(self, key: str, stamp: Stamp, started: int) -> bool:
        """Say whether a post was saved while it was being judged, or nobody can tell."""
        if stamp[0] < started - _CLOCKS_APART:
            return False
        entry = self.checked.index.get(key)
        try:
            data = self.checked.site.path(key).read_bytes()
        except OSError:
            return True
        return entry is None or hashlib.sha256(data).hexdigest() != entry.sha256

    def look(self, now: datetime) -> list[str]:
        """Judge posts that changed, which `checked` then holds; return those that are gone."""
        self.saved = ()
        config = self.checked.config
        extensions = frozenset(self.checked.registry.extensions)
        site, _ = open_site(config, self.checked.paths, extensions)
        stamps = {
            key: stamp for key, path in site.files.items() if (stamp := _stamp(path)) is not None
        }
        keys = [key for key, stamp in stamps.items() if self._seen.get(key) != stamp]
        gone = [key for key in self._seen if key not in stamps]
        if not (keys or gone):
            return []
        asked = {key for key in keys if site.wants(key)}
        there = Site(config, {key: site.files[key] for key in stamps}, asked)
        before, self.checked = self.checked, check_again(self.checked, there, keys, now)
        self._seen = stamps
        self.saved = tuple(shown_path(there.path(key)) for key in sorted(asked))
        before.spool.close()
        wanted = [key for key in gone if self._asked is None or key in self._asked]
        self._asked = site.asked
        return [shown_path(before.site.path(key)) for key in wanted]

    def folders(self) -> list[Path]:
        """Return where the posts of the site lie."""
        found = post_folders(self.checked.config)
        for path in self.checked.paths:
            absolute = Path(os.path.abspath(path))
            found.append(absolute if absolute.is_dir() else absolute.parent)
        return found


def _stamp(path: str | Path) -> Stamp | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - hundreds of names, and a Path of each costs more
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def wake_ups(folders: Callable[[], tuple[Path, ...]]) -> Iterator[None]:
    """Yield when something changed below the folders, and every two seconds at the latest."""
    from watchfiles import watch

    while True:
        told = folders()
        try:
            for _ in watch(
                *told,
                watch_filter=None,
                step=_STEP,
                debounce=_DEBOUNCE,
                rust_timeout=_WITHOUT_NOTICE,
                yield_on_timeout=True,
            ):
                yield
                if folders() != told:
                    break
        except (OSError, RuntimeError):  # such as too many folders for the system to tell of
            time.sleep(_WITHOUT_NOTICE / 1000)
            yield
