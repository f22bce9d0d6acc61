"""Runs commands and measures them against an empty Python run right beside each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

#: A command with a thousand posts is told by its beginning.
_SHOWN = 200
EMPTY = (sys.executable, "-c", "pass")


@dataclass(frozen=True)
class Cost:
    """What one process cost: CPU and wall seconds with its children, and its peak memory."""

    cpu: float
    wall: float
    peak_kb: float


def copydesk(*arguments: str) -> tuple[str, ...]:
    """Return a command line of the copydesk that belongs to this Python."""
    script = shutil.which("copydesk", path=str(Path(sys.executable).parent))
    return (script, *arguments) if script else (sys.executable, "-m", "copydesk", *arguments)


def run(command: Sequence[str], folder: Path, allowed: tuple[int, ...] = (0, 1)) -> Cost:
    """Run a command in a folder that also takes its cache; its output is thrown away.

    Raises RuntimeError where it ends with another exit code than the allowed ones.
    """
    env = {**os.environ, "XDG_CACHE_HOME": str(folder / ".cache"), "PYTHONHASHSEED": "0"}
    # An installed package has its byte code; a checkout must be allowed to write it once.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        errors = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        shown = errors.decode(errors="replace")[-2000:]
        raise RuntimeError(f"{' '.join(command)[:_SHOWN]} ended with {process.returncode}\n{shown}")
    scale = 1024 if sys.platform == "darwin" else 1  # macOS counts bytes, Linux kilobytes
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / scale)


def empty_run(folder: Path, times: int = 5) -> float:
    """Return the CPU seconds of an empty Python run, the median of some."""
    return median(run(EMPTY, folder).cpu for _ in range(times))


def ratio(command: Sequence[str], folder: Path, times: int) -> float:
    """Return how many empty runs of CPU a command costs: the median over pairs run in turn."""
    shares = []
    if times > 1:
        run(command, folder)  # byte code and file caches are warm from here on
    for _ in range(times):
        empty = empty_run(folder)
        cost = run(command, folder).cpu
        empty = (empty + empty_run(folder)) / 2  # the machine may have changed its pace
        shares.append(cost / empty)
    return median(shares)
