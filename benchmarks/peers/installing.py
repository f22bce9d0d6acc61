"""Installs the tools into a folder that git ignores, each by itself and once."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.peers.tools import Tool

CACHE = Path(__file__).resolve().parents[2] / ".bench-peers"
#: Written last, so that a broken installation is made anew.
_DONE = ".installed"


def installed(tool: Tool, cache: Path, offline: bool) -> Path:
    """Return the folder of a tool, installed there if need be.

    Raises RuntimeError where it cannot be had; `offline` takes only what is there already.
    """
    folder = cache / f"{tool.name}-{tool.version}".rstrip("-")
    if (folder / _DONE).exists():
        return folder
    if offline and tool.version:
        raise RuntimeError("it is not installed, and nothing was fetched")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tool.install(folder)
    (folder / _DONE).touch()
    return folder
