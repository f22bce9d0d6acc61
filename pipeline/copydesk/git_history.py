"""What a git repository held at a revision, asked of git without running anything of its own.

Git is only asked for names and hashes. It never looks at the working tree, so no filter, hook,
monitor or program that a repository's configuration names is started.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from copydesk.model.finding import CopydeskError, Failure
from copydesk.sources import read_bytes, shown_path

#: Longer than any answer takes, even on a slow disk.
_SECONDS = 120
#: Set where git runs a hook; they would point git at another repository than the folder's.
_OF_HOOKS = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"}
)
_SAFE = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # what is not there is not fetched
    "LC_ALL": "C",
}
_OPTIONS = ("--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
_LINK = "120000"


class Revision(NamedTuple):
    """The files of a repository as they were: git's hash of each by its path below `top`."""

    top: Path
    blobs: Mapping[str, str]

    def name_of(self, path: Path) -> str:
        """Return a real path as git calls it; empty outside the repository."""
        try:
            return path.relative_to(self.top).as_posix()
        except ValueError:
            return ""

    def blob_of(self, path: Path) -> str:
        """Return git's hash of a file as it is now; empty where it cannot be read."""
        try:
            return self._hash(read_bytes(path, str(path)))
        except CopydeskError:
            return ""

    def is_same(self, path: Path) -> bool:
        """Say whether a file, by its real path, is as it was; line endings may differ."""
        known = self.blobs.get(self.name_of(path))
        if known is None:
            return False
        try:
            data = read_bytes(path, str(path))
        except CopydeskError:
            return False
        # Git for Windows writes \r\n into files that it keeps with \n.
        return known in (self._hash(data), self._hash(data.replace(b"\r\n", b"\n")))

    def _hash(self, data: bytes) -> str:
        length = len(next(iter(self.blobs.values()), ""))
        algorithm = "sha256" if length == 64 else "sha1"
        return hashlib.new(
            algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False
        ).hexdigest()

    def ignored(self, paths: Iterable[Path]) -> set[Path]:
        """Return those of some real paths that git is told to ignore."""
        # With ./ in front no name can be taken for anything but a path.
        names = {"./" + self.name_of(path): path for path in paths}
        if not names:
            return set()
        asked = b"".join(os.fsencode(name) + b"\0" for name in names)
        done = _git(self.top, "check-ignore", "-z", "--stdin", given=asked)
        if done.returncode not in (0, 1):
            return set()  # rather one post too many than one too few
        return {names[name] for name in _names(done.stdout) if name in names}


class History:
    """What `--changed REF` compares with: for each repository where the branch left REF."""

    def __init__(self, ref: str) -> None:
        self.ref = ref
        self._known: dict[Path, Revision] = {}

    def of(self, folder: Path) -> Revision:
        """Return what the repository of a folder held; raises CopydeskError where git cannot say.

        That is the last commit that REF and the checked-out branch have in common.
        """
        if self.ref.startswith("-") or not self.ref.strip() or not self.ref.isprintable():
            raise CopydeskError(
                Failure(
                    "arguments",
                    f"--changed {self.ref!r} is no revision",
                    "Name a branch, a tag or a commit, such as origin/main.",
                )
            )
        top = _top(folder)
        if top not in self._known:
            self._known[top] = Revision(top, _blobs(top, self._base(top)))
        return self._known[top]

    @property
    def compared(self) -> tuple[Revision, ...]:
        """What was compared with so far, one for each repository."""
        return tuple(self._known.values())

    def _base(self, top: Path) -> str:
        """Return the commit to compare with."""
        commit, head = _commit(top, self.ref), _commit(top, "HEAD")
        if not head:
            raise CopydeskError(
                Failure(
                    "arguments",
                    f"there is no commit in the repository {top} yet to compare with",
                    "Commit first, or check everything: `copydesk check`.",
                )
            )
        if not commit:
            raise CopydeskError(_unknown(self.ref, top))
        done = _git(top, "merge-base", commit, head)
        base = done.stdout.decode().strip()
        if done.returncode or not base:
            raise CopydeskError(_unrelated(self.ref, top))
        return base


def newest_commit(folder: Path) -> datetime | None:
    """Return when the newest commit of a folder's repository was made; None where nobody knows."""
    try:
        done = _git(folder, "rev-list", "--max-count=1", "--timestamp", "HEAD")
        return datetime.fromtimestamp(int(done.stdout.split()[0]), UTC)
    except (CopydeskError, IndexError, ValueError, OverflowError, OSError):
        return None


def _top(folder: Path) -> Path:
    """Return the folder that a repository's files lie in."""
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise CopydeskError(_no_repository(folder, done.stderr.decode("utf-8", "replace")))
    return Path(os.path.realpath(os.fsdecode(done.stdout.removesuffix(b"\n"))))


def _commit(top: Path, ref: str) -> str:
    """Return the full name of a commit, or nothing where there is no such revision."""
    done = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}")
    return "" if done.returncode else done.stdout.decode().split()[-1]


def _blobs(top: Path, commit: str) -> dict[str, str]:
    """Return the hash of each file of a commit; links and other repositories are left out."""
    done = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit)
    if done.returncode:
        raise CopydeskError(_said(done.stderr.decode("utf-8", "replace")))
    found = {}
    for line in _names(done.stdout):
        about, _, name = line.partition("\t")
        mode, kind, digest = about.split(" ")
        if kind == "blob" and mode != _LINK:
            found[name] = digest
    return found


def _names(output: bytes) -> list[str]:
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def _git(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Ask git something in a folder; raises CopydeskError where there is no git."""
    environment = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    try:
        return subprocess.run(  # noqa: S603  # no shell, and only arguments made above
            ["git", *_OPTIONS, *arguments],  # noqa: S607  # git lies elsewhere on each system
            cwd=folder,
            env=environment | _SAFE,
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CopydeskError(_said(f"no answer within {_SECONDS} seconds")) from None
    except OSError:
        raise CopydeskError(
            Failure(
                "arguments",
                "--changed needs git, which was not found here",
                "Install git, or check everything: `copydesk check`.",
            )
        ) from None


def _said(words: str) -> Failure:
    first = next((line for line in words.splitlines() if line.strip()), "no reason given")
    help = "Mend that, or check everything: `copydesk check`."
    if "dubious ownership" in words:  # as where CI checks out as one user and runs as another
        help = "If you trust it: `git config --global --add safe.directory FOLDER`, then run again."
    return Failure(
        "arguments",
        f"git could not say what changed: {first.removeprefix('fatal: ').rstrip('.')}",
        help,
    )


def _no_repository(folder: Path, words: str) -> Failure:
    if "not a git repository" not in words:
        return _said(words)
    return Failure(
        "arguments",
        "is not kept in git, so nobody knows what changed in it",
        "Leave --changed away to check everything.",
        shown_path(folder),
    )


def _unknown(ref: str, top: Path) -> Failure:
    if Path(ref).exists():
        return Failure(
            "arguments",
            f"--changed takes a revision, and {ref} is a path",
            f"To check what is not committed yet there: `copydesk check --changed=HEAD {ref}`.",
        )
    return Failure(
        "arguments",
        f"there is no revision {ref} in the repository {top}",
        "Check the spelling. In CI it may not have been fetched: ask for the whole history, such "
        "as `fetch-depth: 0` of the step that checks out.",
    )


def _unrelated(ref: str, top: Path) -> Failure:
    done = _git(top, "rev-parse", "--is-shallow-repository")
    shallow = done.stdout.strip() == b"true"
    return Failure(
        "arguments",
        f"no commit in common with {ref} was found in the repository {top}"
        + (", because only the latest commits were fetched" if shallow else ""),
        "Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in CI."
        if shallow
        else "Compare with the branch that this one began on.",
    )
