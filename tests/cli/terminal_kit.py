"""A person at a terminal: starts a command, answers what it asks, and reads what it says."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Mapping

import pytest

#: Seconds without a word after which a command waits for an answer that nobody gives.
_PATIENCE = 120


def at_terminal(
    *arguments: str, answers: Mapping[str, list[str]] | None = None, **environment: str
) -> tuple[int, str]:
    """Return the exit code of a command and all that a terminal showed.

    `answers` maps the end of each question to the lines that are typed for it, one each time.
    """
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    left = {question: list(lines) for question, lines in (answers or {}).items()}
    screen, side = pty.openpty()
    command = [sys.executable, "-m", "copydesk", *arguments]
    variables = {**os.environ, "TERM": "xterm", **environment}
    with subprocess.Popen(command, stdin=side, stdout=side, stderr=side, env=variables) as process:
        os.close(side)
        seen = b""
        while part := _read(screen, process, seen):
            seen += part
            for question, lines in left.items():
                if lines and seen.endswith(question.encode()):
                    os.write(screen, f"{lines.pop(0)}\n".encode())
        code = process.wait(timeout=30)
    os.close(screen)
    said = seen.decode()
    assert not any(left.values()), f"never asked: {left}\n{said}"
    return code, said


def _read(screen: int, process: subprocess.Popen[bytes], seen: bytes) -> bytes:
    if not select.select([screen], [], [], _PATIENCE)[0]:  # it asks something else
        process.kill()
        pytest.fail(f"nobody answered:\n{seen.decode()}")
    try:
        return os.read(screen, 4096)
    except OSError:  # how a terminal ends
        return b""
