"""The real systems as tests see them: started, looked into, used by somebody else, put back.

What is asked here goes straight to the server, past Copydesk and past the proxy. A system is put
back by copying the database of its first minute over the one in use, which takes a hundredth of a
second and needs no new start.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import requests

SERVERS = Path(__file__).parent / "servers"
#: Longer than fetching a system takes on a slow day.
_START = 900


class NoServer(Exception):
    """A server did not start; the text says why."""


class Seen(NamedTuple):
    """A post as its administrator sees it; `body` is the raw text, `state` is in common words."""

    id: str
    slug: str
    title: str
    state: str
    body: str
    tags: tuple[str, ...]
    address: str
    raw: dict[str, Any]


def what(post: Seen) -> dict[str, Any]:
    """Return what both systems tell of a post in the same way; see `System.standing`."""
    return {name: getattr(post, name) for name in ("slug", "title", "state", "body", "tags")}


def free_port() -> int:
    """Return a port of this machine that nobody listens at.

    It is below those that outgoing connections take, as a download may come before the server.
    """
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise NoServer("no port of this machine is free")


def start(script: str, folder: Path) -> dict[str, str]:
    """Start a server in a folder; return its KEY=VALUE lines, or raise NoServer."""
    command = ["bash", str(SERVERS / script), str(free_port()), str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_START, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoServer(f"{script}: {error}") from None
    if done.returncode:
        raise NoServer(done.stderr.strip() or f"{script} ended with {done.returncode}")
    return dict(line.split("=", 1) for line in done.stdout.splitlines())


def stop(folder: Path) -> None:
    """Stop the server of a folder."""
    subprocess.run(["bash", str(SERVERS / "stop-cms.sh"), str(folder)], check=True, timeout=60)


class System:
    """What WordPress and Ghost have in common here."""

    name: str
    kind: str
    user: str
    secret: str

    def __init__(self, env: dict[str, str], url: str, database: str, files: str) -> None:
        self.env = env
        self.url = url
        self.port = int(url.rpartition(":")[2])
        self.files = Path(files)
        self._database = Path(database)
        self._session = requests.Session()
        self._session.trust_env = False
        with sqlite3.connect(self._database) as held:
            self._first = sqlite3.connect(":memory:", check_same_thread=False)
            held.backup(self._first)

    def clean(self) -> None:
        """Put everything back to how it was when the server had just been set up."""
        with sqlite3.connect(self._database, timeout=30) as held:
            self._first.backup(held)
        shutil.rmtree(self.files, ignore_errors=True)
        self.files.mkdir()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into the database."""
        with sqlite3.connect(f"file:{self._database}?mode=ro", uri=True) as held:
            return held.execute(sql).fetchall()

    def uploads(self) -> list[str]:
        """Return the names of the files that were uploaded, without those made from them."""
        raise NotImplementedError

    def posts(self) -> Iterator[Seen]:
        """Yield every post in every state."""
        raise NotImplementedError

    def post(self, slug: str) -> Seen:
        """Return the one post at a slug; the trash does not count."""
        found = [each for each in self.posts() if each.slug == slug and each.state != "trashed"]
        assert len(found) == 1, f"{len(found)} posts at {slug}: {[each.id for each in found]}"
        return found[0]

    def standing(self) -> list[dict[str, Any]]:
        """Return all that a reader or an editor could tell apart: what two runs can be compared by.

        The system's own numbers and the times of its writes are left out, and so is the trash.
        """
        raise NotImplementedError

    def mails(self) -> int:
        """Return how many mails were sent, or would have been."""
        raise NotImplementedError

    def write(self, slug: str, title: str, text: str, state: str = "draft") -> str:
        """Make a post as somebody else; return its id."""
        raise NotImplementedError

    def edit(self, id: str, **fields: Any) -> None:
        """Change a post as somebody else: `title`, `state`, `tags` (names), `slug`, ..."""
        raise NotImplementedError

    def swap(self, id: str, old: str, new: str) -> None:
        """Replace words in a post's raw text, as somebody else."""
        raise NotImplementedError

    def remove(self, id: str) -> None:
        """Delete a post as somebody else: to the trash where there is one."""
        raise NotImplementedError

    def secrets(self) -> tuple[str, ...]:
        """Return every spelling of what must never be shown."""
        raise NotImplementedError


class Page(NamedTuple):
    """What a visitor gets."""

    status: int
    text: str


def visitor_get(address: str) -> Page:
    """Ask for a page without being logged in."""
    with requests.Session() as session:
        session.trust_env = False
        answer = session.get(address, timeout=30)
    return Page(answer.status_code, answer.text)


def in_ci() -> bool:
    """Say whether nothing may be skipped."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")
