"""Text from posts and paths, made fit for a terminal."""

from __future__ import annotations


def harmless(text: str) -> str:
    """Return a text without the characters that could steer a terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
