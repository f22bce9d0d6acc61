"""Reads the documentation into snippets, and runs those snippets where they can do no harm.

A fence may name a file behind its language (```python my_rules.py): it is written there. The
fences of one page are run in their order in one copy of the sample site. A console line is a
command behind `$`; `# exits with 1` at its end says how. What stands below it has to be in the
output, line by line; a line `...` stands for any lines.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PAGES = (PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md")))
GENERATED = frozenset({"rules.md", "commands.md"})
_FENCE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)\s*$", re.M | re.S
)
_EXITS = re.compile(r"\s+# exits with (\d)$")
_SECONDS = re.compile(r"\d+\.\d s\b")


@dataclass(frozen=True)
class Snippet:
    """One fence: where it stands, its language, the file it names, and its text."""

    page: str
    line: int
    language: str
    name: str
    text: str

    @property
    def shown(self) -> str:
        """The place, for messages."""
        return f"{self.page}:{self.line}"


@dataclass(frozen=True)
class Command:
    """One console line with the output below it."""

    text: str
    code: int
    output: tuple[str, ...]


@dataclass
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str


@cache
def text_of(page: Path) -> str:
    """Return the text of a page."""
    return page.read_text(encoding="utf-8")


def snippets(page: Path) -> list[Snippet]:
    """Return the fences of a page in their order."""
    found = []
    for match in _FENCE.finditer(text_of(page)):
        language, _, name = match["info"].strip().partition(" ")
        line = text_of(page).count("\n", 0, match.start()) + 1
        found.append(Snippet(page.name, line, language, name.strip(), match["text"]))
    return found


def prose(page: Path) -> str:
    """Return a page without its fences and code spans."""
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text_of(page)))


def commands(snippet: Snippet) -> Iterator[Command]:
    """Yield the commands of a console snippet that start with `$`, each with its output."""
    current: list[str] | None = None
    for line in (*snippet.text.splitlines(), "$"):
        if not line.startswith("$"):
            if current is not None:
                current.append(line)
            continue
        if current is not None:
            exits = _EXITS.search(current[0])
            text = _EXITS.sub("", current[0])
            yield Command(text, int(exits[1]) if exits else 0, tuple(current[1:]))
        current = [line[1:].strip()] if line[1:].strip() else None


@dataclass
class Sandbox:
    """A copy of the sample site with a home of its own; `cd` in the documentation moves in it."""

    top: Path
    here: Path = field(init=False)

    def __post_init__(self) -> None:
        self.here = self.top / "site"
        self.here.mkdir(parents=True)
        shutil.copytree(PROJECT / "posts", self.here / "posts")
        shutil.copy(PROJECT / "copydesk.toml", self.here)

    def go(self, place: str) -> None:
        """Change the folder; `~` is the home, and what is not there is made."""
        home = self.top / "home"
        self.here = home / place[2:] if place.startswith("~/") else self.here / place
        self.here.mkdir(parents=True, exist_ok=True)

    def write(self, snippet: Snippet) -> Path:
        """Write a snippet into the file that it names."""
        name = snippet.name
        path = self.top / "home" / name[2:] if name.startswith("~/") else self.here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(snippet.text, encoding="utf-8", newline="\n")
        return path

    def run(self, *arguments: str) -> Ran:
        """Run Python with some arguments in the current folder."""
        environment = {
            **os.environ,
            "HOME": str(self.top / "home"),
            "XDG_CACHE_HOME": str(self.top / "cache"),
            "PYTHONIOENCODING": "utf-8",
            "NO_COLOR": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.here,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def copydesk(self, command: str) -> Ran:
        """Run a line of the documentation that begins with `copydesk`."""
        return self.run("-m", "copydesk", *shlex.split(command)[1:])


def missing_line(expected: tuple[str, ...], ran: Ran) -> str | None:
    """Return the first line that the documentation shows and the output lacks, or None."""
    lines = [_same(line) for line in (ran.out + ran.err).splitlines() if line.strip()]
    at, anywhere = 0, False
    for line in filter(str.strip, expected):
        if line.strip() == "...":
            anywhere = True
            continue
        pattern = re.compile(re.escape(_same(line)).replace(re.escape("(...)"), r"\(.*\)"))
        last = len(lines) if anywhere or at == 0 else min(at + 1, len(lines))
        found = next((n for n in range(at, last) if pattern.fullmatch(lines[n])), None)
        if found is None:
            return line
        at, anywhere = found + 1, False
    return None


def _same(line: str) -> str:
    return _SECONDS.sub("0.0 s", line.rstrip())
