"""`copydesk packs list`: the built-in packs, with what they hold."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import click


def command() -> click.Command:
    """Return the click command."""
    import click

    @click.command("list", epilog="Example: copydesk packs list --format json")
    @click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How to show them.",
    )
    def show(form: str) -> None:
        """List the built-in packs with the number of their terms and labelled examples."""
        packs = _packs()
        if form == "json":
            click.echo(json.dumps({"version": 1, "packs": packs}))
            return
        width = max(len(each["name"]) for each in packs)
        for each in packs:
            slots = ", ".join(f"{number} {slot}" for slot, number in each["slots"].items())
            click.echo(f"{each['name']:<{width}}  {each['terms']:>5,} terms  {slots}")
        terms = sum(each["terms"] for each in packs)
        click.echo(f"{len(packs)} packs, {terms:,} terms. All of them count unless the option")
        click.echo("packs of the rules says otherwise: copydesk rule claims.unsupported")

    return show


def _packs() -> list[dict[str, Any]]:
    from copydesk.api import SiteRecords
    from copydesk_plugins.claims.packs.checking import examples_of
    from copydesk_plugins.claims.packs.loading import built_in_names, read_builtin
    from copydesk_plugins.claims.packs.term import SLOTS

    found = []
    for name in built_in_names():
        slots = Counter(term.slot for term in read_builtin(name))
        found.append(
            {
                "name": name,
                "terms": slots.total(),
                "examples": len(examples_of(name, SiteRecords()).found),
                "slots": {slot: slots[slot] for slot in SLOTS if slots[slot]},
            }
        )
    return found
