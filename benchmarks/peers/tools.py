"""The tools that are compared: how each is installed, and how it is run as its users run it.

Versions are pinned here, so that a table can be made again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.timing import copydesk

#: The place that Go's own instructions name is on few paths.
_GO = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin") or "go"
FILES = Path(__file__).resolve().parent / "files"

Install = Callable[[Path], None]
#: From the folder of the tool and some posts, as paths below the working folder, a command line.
Command = Callable[[Path, Sequence[str]], tuple[str, ...]]


class Tool(NamedTuple):
    """A tool: what it looks at, how it is installed, and the command line for some posts.

    `proof` stands in what it says of posts where it did its work. `allowed` are the exit codes
    of such a run; None where the code is a count. `most` is how many posts it is given at most,
    because it is slow.
    """

    name: str
    version: str
    looks_at: str
    install: Install
    command: Command
    proof: str
    allowed: tuple[int, ...] | None = (0, 1)
    most: int = 1000


def npm(*packages: str) -> Install:
    """Return what installs packages of npm into a folder."""

    def install(folder: Path) -> None:
        (folder / "package.json").write_text('{"private": true}\n', "utf-8")
        _run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *packages, at=folder)

    return install


def pypi(*packages: str) -> Install:
    """Return what installs packages of PyPI into an environment of its own."""

    def install(folder: Path) -> None:
        _run(sys.executable, "-m", "venv", ".", at=folder)
        pip = str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"
        _run(*pip, "install", "--quiet", *packages, at=folder)

    return install


def go(module: str) -> Install:
    """Return what builds a program from a Go module; all that it fetches stays in the folder."""

    def install(folder: Path) -> None:
        env = {
            "GOBIN": str(folder / "bin"),
            "GOPATH": str(folder / "go"),
            "GOCACHE": str(folder / "go-build"),
            "GOFLAGS": "-modcacherw",
            "GOTOOLCHAIN": "local",
        }
        _run(_GO, "install", module, at=folder, env=env)

    return install


def _run(*command: str, at: Path, env: dict[str, str] | None = None) -> None:
    """Run a command; raises RuntimeError with the last lines that it said."""
    try:
        done = subprocess.run(
            command, cwd=at, env={**os.environ, **(env or {})}, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise RuntimeError(f"there is no {command[0]} on this machine") from None
    if done.returncode:
        said = [*done.stdout.splitlines(), *done.stderr.splitlines()]
        raise RuntimeError(" ".join(said[-3:]) or f"exit code {done.returncode}")


def _nothing(folder: Path) -> None:
    """Install nothing: Copydesk is there."""


def _copydesk(folder: Path, posts: Sequence[str]) -> tuple[str, ...]:
    options = ("--format", "json", "--jobs", "1", "--no-cache")
    return copydesk("lint", *posts, *options)


def _vale(folder: Path, posts: Sequence[str]) -> tuple[str, ...]:
    config = str(FILES / "vale.ini")
    return (str(folder / "bin" / "vale"), "--config", config, "--output", "JSON", *posts)


def _proselint(folder: Path, posts: Sequence[str]) -> tuple[str, ...]:
    return (str(folder / "bin" / "proselint"), "check", "-o", "json", *posts)


def _node(name: str, *options: str) -> Command:
    def command(folder: Path, posts: Sequence[str]) -> tuple[str, ...]:
        return (str(folder / "node_modules" / ".bin" / name), *options, *posts)

    return command


def _textlint(folder: Path, posts: Sequence[str]) -> tuple[str, ...]:
    # It looks for its rules beside its configuration.
    config = folder / ".textlintrc.json"
    config.write_text((FILES / "textlintrc.json").read_text("utf-8"), "utf-8")
    return _node("textlint", "--config", str(config), "--format", "json")(folder, posts)


def _yoast(folder: Path, posts: Sequence[str]) -> tuple[str, ...]:
    pages = (post.removesuffix(".md") + ".json" for post in posts)
    return ("node", str(FILES / "yoast.cjs"), str(folder), *pages)


COPYDESK = Tool("Copydesk", "", "all rules, claims too", _nothing, _copydesk, '"rule":')
PEERS = (
    Tool(
        "Vale",
        "3.22.0",
        "its own style: spelling, repetition, terms",
        go("github.com/vale-cli/vale/v3/cmd/vale@v3.22.0"),
        _vale,
        '"Check":',
    ),
    Tool(
        "proselint", "0.16.0", "all checks", pypi("proselint==0.16.0"), _proselint, '"check_path":'
    ),
    Tool(
        "write-good",
        "1.0.8",
        "all checks",
        npm("write-good@1.0.8"),
        _node("write-good"),
        "on line ",
        None,
    ),
    Tool(
        "markdownlint-cli2",
        "0.24.1",
        "all rules on Markdown",
        npm("markdownlint-cli2@0.24.1"),
        _node("markdownlint-cli2"),
        "MD013",
    ),
    Tool("alex", "11.0.1", "all checks of wording", npm("alex@11.0.1"), _node("alex"), "retext-"),
    Tool(
        "textlint",
        "15.8.0",
        "four rule sets for English",
        npm(
            "textlint@15.8.0",
            "textlint-rule-common-misspellings@1.0.1",
            "textlint-rule-stop-words@5.2.0",
            "textlint-rule-terminology@5.2.16",
            "textlint-rule-write-good@2.0.0",
        ),
        _textlint,
        '"ruleId":',
        most=20,
    ),
    Tool(
        "yoastseo",
        "3.6.0",
        "readability, SEO, inclusive language",
        npm("yoastseo@3.6.0"),
        _yoast,
        '"score":',
        (0,),
        20,
    ),
)
