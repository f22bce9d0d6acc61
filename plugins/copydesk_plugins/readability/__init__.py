"""Readability: scores, sentences, words that need explaining, and `copydesk measure`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.api import Command, Rule, hookimpl
from copydesk_plugins.readability import (
    acronyms,
    ease,
    jargon,
    lengths,
    long_words,
    openings,
    section_ease,
    shares,
)

if TYPE_CHECKING:
    import click


@hookimpl
def register_rules() -> list[Rule]:
    """Return the rules on scores, sentences, paragraphs, sections, acronyms and jargon."""
    return [
        ease.ease,
        ease.grade,
        lengths.sentence_length,
        lengths.paragraph_length,
        lengths.subheadings,
        section_ease.section,
        shares.long_sentences,
        shares.passive,
        shares.transitions,
        openings.openings,
        long_words.long_words,
        acronyms.acronyms,
        jargon.jargon,
    ]


@hookimpl
def register_commands() -> list[Command]:
    """Return `copydesk measure`."""
    return [Command("measure", "Show the counts and scores that the rules stand on.", _load)]


def _load() -> click.Command:
    """Return the command; what it needs is imported only when it is used."""
    from copydesk_plugins.readability.measure import load

    return load()
