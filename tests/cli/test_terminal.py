"""Colour on a terminal, none in a pipe, none with NO_COLOR."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from cli_kit import BAD_DATE, process, write

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
COMMAND = [sys.executable, "-m", "copydesk", "lint", "hours.md"]


def on_a_terminal(**env: str) -> str:
    """Return what a person would see."""
    master, slave = pty.openpty()
    done = subprocess.Popen(
        COMMAND, stdout=slave, stderr=slave, env={**os.environ, "TERM": "xterm", **env}
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        seen += part
    os.close(master)
    assert done.wait(timeout=30) == 1
    return seen.decode()


def test_colour(here):
    write("hours.md", BAD_DATE)
    assert "\x1b[31m" in on_a_terminal()
    assert "\x1b" not in on_a_terminal(NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(TERM="dumb")
    assert "\x1b" not in process("lint", "hours.md").said


def test_a_terminal_without_unicode_shows_escapes(here):
    write("hours.md", "---\ntitle: Ünïcode 🕘\npublished: 🕘\n---\n\nWe open.\n")
    ran = process("lint", "hours.md", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.code == 1
    assert "\\U0001f558" in ran.out
