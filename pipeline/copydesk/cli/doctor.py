"""`copydesk doctor [PATH]`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from copydesk.cli.common import Time, waiting
from copydesk.config import Flags
from copydesk.doctor import Asking, Line, Status, examine
from copydesk.terminal import harmless

_WORDS: dict[Status, str] = {"ok": "ok", "warn": "to look at", "failed": "failed"}


@click.command("doctor", epilog="Example: copydesk doctor")
@click.argument("path", default=".", type=click.Path(path_type=Path, exists=True), metavar="[PATH]")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.option("--offline", is_flag=True, help="Ask no host.")
@click.option("--no-external-plugins", is_flag=True, help="Use only what comes with Copydesk.")
@click.option(
    "--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this configuration."
)
@click.option("--now", type=Time(), metavar="TIME", help="Take this as the present, for tests.")
def command(
    path: Path,
    output_format: str,
    offline: bool,
    no_external_plugins: bool,
    config: Path | None,
    now: datetime | None,
) -> int:
    """Look at what the site of PATH needs, and say what to do where it is not well.

    It looks at the settings, plugins, posts, the clock and its time zone, the cache and each
    target. Hosts of targets are greeted. Where there is a secret, it logs in to a content
    management system and tells what its account may not do there. Nothing is changed.
    """
    ahead = now - datetime.now(UTC) if now else timedelta()
    flags = Flags(external_plugins=not no_external_plugins)
    with waiting("Looking"):
        lines = list(examine(path, config, flags, Asking(offline, ahead=ahead)))
    if output_format == "json":
        click.echo(_as_json(lines))
    else:
        _show(lines)
    return 2 if any(each.status == "failed" for each in lines) else 0


def _show(lines: Sequence[Line]) -> None:
    width = max(len(each.about) for each in lines)
    for each in lines:
        click.echo(harmless(f"{each.status:<7} {each.about:<{width}}  {each.message}"))
        if each.help:
            click.echo(harmless(f"{'':<8}{'':<{width}}  {each.help}"))
    counts = Counter(each.status for each in lines)
    shown = [f"{counts[status]} {words}" for status, words in _WORDS.items() if counts[status]]
    click.echo(f"{len(lines)} looked at: {', '.join(shown)}.")


def _as_json(lines: Sequence[Line]) -> str:
    counts = Counter(each.status for each in lines)
    document = {
        "version": 1,
        "checks": [each._asdict() for each in lines],
        "summary": {status: counts[status] for status in _WORDS},
    }
    return json.dumps(document, ensure_ascii=False, indent=2)
