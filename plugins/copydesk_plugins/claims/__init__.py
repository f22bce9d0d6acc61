"""Medical claims: finds them, knows which have a source, and who vouches for them.

`detection` finds claims by the words of `packs`; `wording` and `guards` hold rules on how things
are said; `support` and `sources` know what stands beside a claim; `register` and `review` keep
what people have signed. Nothing here is legal or medical advice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from copydesk.api import Command, Enricher, Rule, hookimpl

if TYPE_CHECKING:
    import click


@hookimpl
def register_rules() -> list[Rule]:
    """Return the claims rules."""
    from copydesk_plugins.claims import crisis, language, rules
    from copydesk_plugins.claims.guards.rules import GUARDS
    from copydesk_plugins.claims.register import expiring
    from copydesk_plugins.claims.review import stale
    from copydesk_plugins.claims.sources import rules as sources
    from copydesk_plugins.claims.support import rules as support

    return [
        rules.absolute,
        rules.unqualified_safe,
        rules.statistic,
        rules.vague_research,
        rules.unsupported,
        crisis.crisis_line,
        language.not_checked,
        *GUARDS,
        *support.RULES,
        *sources.RULES,
        stale.review_stale,
        expiring.register_expiring,
    ]


@hookimpl
def register_enrichers() -> list[Enricher]:
    """Return what names the reviewer of a post on its page."""
    from copydesk_plugins.claims.review import enricher

    return [enricher.ENRICHER]


@hookimpl
def register_commands() -> list[Command]:
    """Return `copydesk claims` and `copydesk packs`."""
    return [
        Command("claims", "Keep the register of claims that people have approved.", _claims),
        Command("packs", "List, check and grow the words that claims are found by.", _packs),
    ]


def _claims() -> click.Command:
    """Return the group; each of its commands is imported only when it is used."""
    from copydesk_plugins.claims.commands import command

    return command()


def _packs() -> click.Command:
    """Return the group; what it needs is imported only when it is used."""
    from copydesk_plugins.claims.packs.group import load

    return load()
