"""What an import has to tell, for people: on the screen, and in a file beside the draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from copydesk.model.draft import Omission
from copydesk.model.finding import CopydeskError, Failure
from copydesk.sources import shown_path

#: How every report begins: by this line Copydesk knows its own.
FIRST_LINE = "What `copydesk import` left out or changed"
#: No ending of posts.
ENDING = ".import.log"
#: What follows the whole name of a file that was converted in place, for its old bytes.
ORIGINAL = ".orig"
#: What could steer a terminal or a browser, but for line ends and tabs.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def report_path(draft: Path) -> Path:
    """Return where the report on a draft lies."""
    # Only of drafts as imports make them: `visit.md` and `visit.markdown` are two posts.
    return draft.with_name((draft.stem if draft.suffix == ".md" else draft.name) + ENDING)


def report_text(
    draft: str, origin: str, omissions: Sequence[Omission], notes: Sequence[str]
) -> str:
    """Return the whole report; empty where there is nothing to tell."""
    if not omissions and not notes:
        return ""
    lines = [FIRST_LINE, "", f"Draft: {draft}", f"Made from: {origin}", ""]
    if omissions:
        lines += [f"Left out of the draft ({len(omissions)}):", ""]
    for number, each in enumerate(omissions, 1):
        place = f" ({each.place})" if each.place else ""
        lines += [f"{number}. {each.reason}{place}"]
        lines += [f"   | {line}".rstrip() for line in each.text.splitlines()] + [""]
    if notes:
        lines += ["Changed on purpose:", "", *(f"- {note}" for note in notes), ""]
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", "\n".join(lines))


def told(omissions: Sequence[Omission], notes: Sequence[str]) -> list[str]:
    """Return the same as lines for the screen."""
    lines = []
    for each in omissions:
        place = f" ({each.place})" if each.place else ""
        lines.append(f"  left out{place}: “{' '.join(each.text.split())}”")
        lines.append(f"           {each.reason}")
    return [*lines, *(f"  note: {note}" for note in notes)]


def refuse_other(path: Path) -> None:
    """Raise CopydeskError where another file lies at the place of a report."""
    if not (path.exists() or path.is_symlink()) or is_ours(path):
        return
    raise CopydeskError(
        Failure(
            "file",
            "is in the way of the report and was not written by Copydesk",
            "Move it, or choose another name for the draft with --name.",
            shown_path(path),
        )
    )


def is_ours(path: Path) -> bool:
    """Say whether a file is a report that Copydesk wrote."""
    start = FIRST_LINE.encode()
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(start)) == start
