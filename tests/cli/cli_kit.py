"""What the tests of the command line share: small posts, processes, and pictures of folders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOW = "2026-06-01T12:00:00Z"
#: One error: a date that does not exist.
BAD_DATE = "---\ntitle: Hours\npublished: 2026-02-30\n---\n\nWe open at nine.\n"
GOOD = "---\ntitle: Hours\n---\n\nWe open at nine.\n"


@dataclass
class Ran:
    """What came of a run."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def said(self) -> str:
        return self.out + self.err


def post(
    title: str = "Opening hours",
    body: str = "We open at nine.",
    **front_matter: object,
) -> str:
    """Return a post; a date given as `day=3` puts it on that day of March 2026, published."""
    day = front_matter.pop("day", None)
    if day is not None:
        front_matter = {"state": "published", "published": f"2026-03-{day:02}T09:00:00Z"} | (
            front_matter
        )
    lines = [f'title: "{title}"', *(f"{name}: {value}" for name, value in front_matter.items())]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


def write(path: str | Path, text: str | bytes = GOOD) -> Path:
    """Write a file with exactly these characters or bytes."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def three_posts() -> None:
    """Write a site: one post that is due, one draft, one that is scheduled for next year."""
    write("posts/fees.md", post("Fees", "A visit costs fifty dollars.", day=3))
    write("posts/idea.md", post("An idea", "We may open a garden."))
    write(
        "posts/later.md",
        post("Later", "We will move.", state="scheduled", published="2027-01-05T09:00:00Z"),
    )


def tree(folder: str | Path = ".") -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file()
    }


def times(folder: str | Path) -> dict[str, int]:
    """Return when each file below a folder was last changed."""
    return {str(path): path.stat().st_mtime_ns for path in Path(folder).rglob("*")}


def process(*arguments: object, python: tuple[str, ...] = (), **env: str) -> Ran:
    """Run the command line as a process of its own."""
    done = subprocess.run(
        [sys.executable, *python, "-m", "copydesk", *map(str, arguments)],
        capture_output=True,
        env={**os.environ, **env},
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
