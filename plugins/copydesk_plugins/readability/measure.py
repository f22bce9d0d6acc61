"""`copydesk measure`: the counts and scores that the rules stand on, for people who check."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.api import CopydeskError, Failure, Post, failure_to_json, read_posts
from copydesk_plugins.readability.measurement import measure_post
from copydesk_plugins.readability.prose import prose_units

if TYPE_CHECKING:
    import click

Write = Callable[[str], Any]


def load() -> click.Command:
    """Return the click command; click is imported here and not before."""
    import click

    @click.command(
        "measure",
        help="Show the counts and scores that the rules stand on: words, "
        "sentences, syllables and readability, per post and section.",
        epilog="Example: copydesk measure posts/fees.md",
    )
    @click.argument(
        "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
    )
    @click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How to show them.",
    )
    @click.option("--panel", is_flag=True, help="Add further metrics, counted by textstat.")
    @click.option(
        "--config",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="The configuration file to use.",
    )
    @click.pass_context
    def measure(
        ctx: click.Context, paths: tuple[Path, ...], form: str, panel: bool, config: Path | None
    ) -> None:
        run = _run_json if form == "json" else _run_text
        failures = run(paths, config, panel, click.echo)
        if form == "text":
            for failure in failures:
                click.echo(_told(failure), err=True)
        ctx.exit(2 if failures else 0)

    return measure


def _measured(
    paths: Sequence[Path], config: Path | None, panel: bool, each: Callable[[dict[str, Any]], None]
) -> list[Failure]:
    """Measure posts one at a time, so that memory stays flat; return what failed."""
    failures: list[Failure] = []
    done = 0
    try:
        for shown, post in read_posts(paths, config):
            if isinstance(post, Failure):
                if post not in failures:  # the same plugin may fail for each of several sites
                    failures.append(post)
                continue
            file = measure_post(shown, post)
            if panel:
                file["panel"] = _panel(post, file)
            each(file)
            done += 1
    except CopydeskError as error:
        failures.append(error.failure)
    if not done and not failures:
        failures.append(
            Failure(
                "arguments",
                "no post was found to measure",
                "Name a post, or a folder that holds some.",
            )
        )
    return failures


def _panel(post: Post, file: dict[str, Any]) -> dict[str, Any]:
    from copydesk_plugins.readability.panel import panel

    sentences = file["sentences"]
    return panel(
        [[word["text"] for word in sentences[unit.index]["words"]] for unit in prose_units(post)]
    )


def _run_json(
    paths: Sequence[Path], config: Path | None, panel: bool, write: Write
) -> list[Failure]:
    first = True

    def each(file: dict[str, Any]) -> None:
        nonlocal first
        write(("" if first else ",") + json.dumps(file))
        first = False

    write('{"version": 1, "files": [')
    failures = _measured(paths, config, panel, each)
    shown = json.dumps([failure_to_json(failure) for failure in failures])
    write(f'], "failures": {shown}}}')
    return failures


def _run_text(
    paths: Sequence[Path], config: Path | None, panel: bool, write: Write
) -> list[Failure]:
    from copydesk_plugins.readability.measure_text import LEGEND, text_lines, wrapped

    measured = 0

    def each(file: dict[str, Any]) -> None:
        nonlocal measured
        measured += 1
        write("\n".join(text_lines(file)))

    failures = _measured(paths, config, panel, each)
    if measured:
        write("\n".join(line for text in LEGEND for line in wrapped(text)))
    posts = "1 post" if measured == 1 else f"{measured} posts"
    write(f"{posts} measured, {len(failures)} failed")
    return failures


def _told(failure: Failure) -> str:
    subject = failure.path or failure.plugin
    return f"failed {subject + ' ' if subject else ''}{failure.message}. {failure.help}"
