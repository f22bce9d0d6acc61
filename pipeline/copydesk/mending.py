"""Safe fixes of the posts of a run: what they would change, as a diff and in words, and writing.

Only the bytes of the fixes change in a file, and only while it is as it was when it was read.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from copydesk.files import why, write_whole
from copydesk.fixing import Fixed, Mended, encoded, mend
from copydesk.line_diff import unified
from copydesk.model.finding import CopydeskError, Failure, Finding
from copydesk.model.reporting import FileResult
from copydesk.model.text import Source
from copydesk.results import RunResults
from copydesk.runner import CheckedSite, Session, find_again
from copydesk.sources import read_bytes, read_source

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_LONGEST = 70


class PostFix(NamedTuple):
    """A post with fixes: where it lies, what it was, and what it would be."""

    path: Path
    before: Source
    mended: Mended


class Planned(NamedTuple):
    """The posts that would change, those whose fixes do not work, and what failed."""

    changes: list[PostFix]
    unfit: list[PostFix]
    failures: list[Failure]


def plan(session: Session, results: RunResults) -> Planned:
    """Find out what can be mended in the posts of a run; nothing is written."""
    planned = Planned([], [], [])
    sites = {entry.path: checked for checked in session.sites for entry in checked.index}
    seen: set[str] = set()
    for result in results.files():
        if result.path not in sites or not any(each.mendable for each in result.findings):
            continue
        checked = sites[result.path]
        path = checked.site.path(result.key)
        real = os.path.realpath(path)
        if real in seen:  # a link and its file are one, and the second fix would meet the first
            continue
        seen.add(real)
        try:
            made = _mended(checked, path, result)
        except CopydeskError as error:
            planned.failures.append(error.failure)
            continue
        if made.mended.done:
            planned.changes.append(made)
        if made.mended.refused or made.mended.held:
            planned.unfit.append(made)
    return planned


def _mended(checked: CheckedSite, path: Path, result: FileResult) -> PostFix:
    source = read_source(path, result.key)
    entry = checked.index.get(result.key)
    if entry is None or entry.sha256 != source.sha256:
        raise CopydeskError(_moved(source.path))

    def look(text: Source) -> tuple[Finding, ...]:
        return find_again(checked, text)

    return PostFix(path, source, mend(source, checked.bench, look, result.findings))


def _moved(shown: str) -> Failure:
    return Failure(
        "file",
        "was not mended: somebody changed it in the meantime",
        "Run this again; it then takes the file as it is.",
        shown,
    )


def diff(fix: PostFix) -> str:
    """Return what a fix changes as a unified diff that `patch -p0` and `git apply -p0` read."""
    mark = _BOM if fix.before.bom else ""
    lines = unified(
        fix.before.path,
        mark + fix.before.text,
        mark + fix.mended.source.text,
        lambda offset: fix.mended.back(max(offset - len(mark), 0)) + len(mark) * (offset > 0),
    )
    return "".join(lines)


def told(fix: PostFix) -> Iterator[str]:
    """Yield what was mended in a post in words, a line for each finding."""
    for done in sorted(fix.mended.done, key=lambda each: each.line):
        yield f"line {done.line}, {done.finding.rule}: {'; '.join(dict.fromkeys(_words(done)))}"


def unfit(fix: PostFix) -> Iterator[str]:
    """Yield why some fixes of a post were left out, a line each."""
    for refused in fix.mended.refused:
        yield f"{refused.rule} was left to you: {refused.reason}"
    for finding in fix.mended.held:
        yield (
            f"line {finding.start.line}, {finding.rule} was left to you: its fix would change "
            "the words of a claim"
        )


def _words(done: Fixed) -> Iterator[str]:
    for old, new in zip(done.old, done.new, strict=True):
        if old and new:
            yield f"“{_short(old)}” is now “{_short(new)}”"
        elif old:
            yield f"took out “{_short(old)}”" if old.strip() else "took out blanks"
        else:
            what = _blanks(new) if not new.strip() else f"“{_short(new)}”"
            yield f"put {what} into “{_short(done.finding.quote)}”"


def _blanks(text: str) -> str:
    return "a line break" if "\n" in text or "\r" in text else "a space"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def write(fix: PostFix) -> None:
    """Write a mended post in one step; raises CopydeskError and leaves the file as it was."""
    shown = fix.before.path
    real = Path(os.path.realpath(fix.path))  # a link stays, its file is replaced
    try:
        if hashlib.sha256(read_bytes(real, shown)).hexdigest() != fix.before.sha256:
            raise CopydeskError(_moved(shown))
        if not (os.access(real, os.W_OK) and real.stat().st_mode & stat.S_IWUSR):
            raise PermissionError(errno.EACCES, "the file is read-only")
        write_whole(real, encoded(fix.before, fix.mended.source.text))
    except OSError as error:
        raise CopydeskError(
            Failure(
                "file",
                f"could not be written: {why(error)}",
                "It is as it was. Check who may write the file and its folder.",
                shown,
            )
        ) from None
