"""Colour on a terminal, none in a pipe, none with NO_COLOR."""

from __future__ import annotations

from cli_kit import BAD_DATE, process, write
from terminal_kit import at_terminal


def on_a_terminal(**environment: str) -> str:
    """Return what a person would see."""
    code, said = at_terminal("lint", "hours.md", **environment)
    assert code == 1
    return said


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
