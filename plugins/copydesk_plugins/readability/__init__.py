"""Readability: scores, long sentences and paragraphs, and `copydesk measure`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.api import Command, Rule, hookimpl
from copydesk_plugins.readability import ease, lengths, section_ease

if TYPE_CHECKING:
    import click


@hookimpl
def register_rules() -> list[Rule]:
    """Return the rules on reading ease, grade, sentences, paragraphs and sections."""
    return [
        ease.ease,
        ease.grade,
        lengths.sentence_length,
        lengths.paragraph_length,
        section_ease.section,
    ]


@hookimpl
def register_commands() -> list[Command]:
    """Return `copydesk measure`."""
    return [Command("measure", "Show the counts and scores that the rules stand on.", _load)]


def _load() -> click.Command:
    """Return the command; what it needs is imported only when it is used."""
    from copydesk_plugins.readability.measure import load

    return load()
