"""What a run is about to write, noted before it does, and what came of it after.

One file for each run, a JSON value a line, on disk before anything is sent. It is what `undo`
goes back to; a run after a crash does not need it, because posts tell themselves what they are.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from copydesk.api import CopydeskError, Failure, Ledger, Run
from copydesk_plugins.publishers.cms import last_seen
from copydesk_plugins.publishers.cms.digests import seen
from copydesk_plugins.publishers.cms.remote import Held, Remote
from copydesk_plugins.publishers.cms.standing import left

_FOLDER = "runs"
_NAME = re.compile(r"\d{8}-\d{6}(-\d+)?")


class Journal:
    """The journal of one run; its file is made with the first line."""

    def __init__(self, folder: Path, now: datetime, ledger: Ledger) -> None:
        self._ledger = ledger
        self._folder = folder / _FOLDER
        self._stamp = now.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
        self._stream: IO[bytes] | None = None
        self._number = 0
        self.run = ""

    def intend(self, what: str, id: str, held: Held | None, remote: Remote) -> int:
        """Note a write before it is made; raises CopydeskError where that cannot be kept."""
        self._number += 1
        known = self._ledger.posts.get(id)
        self._write(
            {
                "number": self._number,
                "what": what,
                "post": id,
                "remote": held.remote if held else "",
                "before": dict(held.raw) if held else None,
                "texts": last_seen.texts_of(held, remote) if held else None,
                "state": held.state if held else "",
                "known": dict(known.remote) if known else {},
                "wording": known.wording if known else "",
            }
        )
        return self._number

    def done(self, number: int, held: Held) -> None:
        """Note what a write came to."""
        how = {"seen": seen(held), "left": left(held)}
        self._write({"number": number, "done": True, "remote": held.remote, **how})

    def close(self) -> None:
        """Close the file."""
        if self._stream is not None:
            with suppress(OSError):  # all of it was written down, line by line
                self._stream.close()

    def _write(self, value: Mapping[str, Any]) -> None:
        try:
            stream = self._stream or self._open()
            at = stream.tell()
            try:
                stream.write(json.dumps(value).encode() + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
            except OSError:
                self._forget(at)
                raise
        except OSError as error:
            raise CopydeskError(
                Failure(
                    "target",
                    f"the journal of this run cannot be written: {error.strerror}",
                    "Without it nothing is sent. Allow writing there, or make room on the disk.",
                    str(self._folder),
                )
            ) from None

    def _forget(self, at: int) -> None:
        """Cut off a line that could not be kept whole: nothing is sent for it."""
        stream, self._stream = self._stream, None
        if stream is not None:
            with suppress(OSError):
                stream.close()
            with suppress(OSError):
                os.truncate(stream.name, at)
                self._stream = Path(stream.name).open("ab")  # noqa: SIM115 - closed by `close`

    def _open(self) -> IO[bytes]:
        self._folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 10_000):
            self.run = self._stamp if number == 1 else f"{self._stamp}-{number}"
            try:
                self._stream = (self._folder / f"{self.run}.jsonl").open("xb")
            except FileExistsError:
                continue
            return self._stream
        raise OSError(0, "there are too many runs of this second")


class Written(NamedTuple):
    """What a run did to one post: how it was before, and the hashes of how it was left.

    `made` says that the run made it. `before` is what the system can write back, and `known` what
    the ledger remembered of it.
    """

    post: str
    remote: str
    made: bool
    before: Mapping[str, Any]
    texts: Mapping[str, str]
    state: str
    known: Mapping[str, str]
    wording: str
    seen: str = ""
    left: str = ""


def runs(folder: Path) -> list[str]:
    """Return the runs that wrote something, the newest first."""
    names = (path.stem for path in (folder / _FOLDER).glob("*.jsonl"))
    found = [match for match in map(_NAME.fullmatch, filter(_is_run, names)) if match]
    found.sort(key=lambda match: (match[0][:15], int((match[1] or "-1")[1:])), reverse=True)
    return [match[0] for match in found]


_COUNTED = {
    "create": ("post made", "posts made"),
    "update": ("text changed", "texts changed"),
    "links": ("post with new links", "posts with new links"),
    "public": ("post made public", "posts made public"),
    "draft": ("post taken back to draft", "posts taken back to draft"),
    "restore": ("post put back", "posts put back"),
}


def _when(run: str) -> datetime:
    """Return when a run was, as its name says."""
    return datetime.strptime(run[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)


def _is_run(name: str) -> bool:
    """Say whether a file is named as runs are; anybody may put another one there."""
    try:
        return bool(_NAME.fullmatch(name) and _when(name))
    except ValueError:
        return False


def told(folder: Path, run: str) -> Run:
    """Return a run with what it did, in words."""
    done: set[tuple[str, str]] = set()
    writes: dict[int, tuple[str, str]] = {}
    for line in _lines(folder, run):
        number = line.get("number")
        if isinstance(number, int):
            if line.get("done"):
                done.add(writes.get(number, ("", "")))
            else:
                writes[number] = (str(line.get("what", "")), str(line.get("post", "")))
    counts = Counter(what for what, _ in done)  # a post that is written twice is one post
    parts = [
        f"{counts[what]} {words[counts[what] != 1]}"
        for what, words in _COUNTED.items()
        if counts[what]
    ]
    when = _when(run)
    return Run(run, when, ", ".join(parts) or "nothing")


def written(folder: Path, run: str) -> list[Written]:
    """Return what a run wrote, a value for each post; raises CopydeskError where that is lost."""
    found: dict[str, Written] = {}
    posts: dict[int, str] = {}
    for line in _lines(folder, run):
        number = line.get("number")
        if not isinstance(number, int):
            continue
        if line.get("done"):
            id = posts.get(number, "")
            if id in found:
                each = found[id]
                found[id] = each._replace(
                    remote=str(line.get("remote") or each.remote),
                    seen=str(line.get("seen", "")),
                    left=str(line.get("left", "")),
                )
            continue
        if line.get("what") == "upload":
            continue
        id = str(line.get("post", ""))
        posts[number] = id
        if id in found:  # how it was left is not known before this write is done, too
            found[id] = found[id]._replace(seen="", left="")
        else:
            found[id] = _written(id, line)
    return list(found.values())


def _written(id: str, line: Mapping[str, Any]) -> Written:
    before, texts, known = (line.get(name) for name in ("before", "texts", "known"))
    return Written(
        id,
        str(line.get("remote", "")),
        line.get("what") == "create",
        before if isinstance(before, dict) else {},
        texts if isinstance(texts, dict) else {},
        str(line.get("state", "")),
        known if isinstance(known, dict) else {},
        str(line.get("wording", "")),
    )


def _lines(folder: Path, run: str) -> Iterator[Mapping[str, Any]]:
    if run not in runs(folder):
        raise CopydeskError(
            Failure(
                "arguments",
                f"there is no run {run!r} that could be undone",
                "`copydesk undo` without a run lists those there are.",
            )
        )
    with (folder / _FOLDER / f"{run}.jsonl").open("rb") as stream:
        for line in stream:
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                continue  # the last line of a run that was cut short
            if isinstance(value, dict):
                yield value
