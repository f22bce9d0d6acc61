"""`copydesk watch`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from copydesk.cli.common import options_of, options_without, paths_argument, progress, report
from copydesk.terminal import harmless
from copydesk.watching import Update, Watched, wake_ups


@click.command("watch", epilog="Examples: copydesk watch posts/fees.md   copydesk watch drafts/")
@paths_argument
@options_without("format", "output", "fail-on")
def command(paths: tuple[Path, ...], **given: Any) -> int:
    """Check drafts each time they are saved.

    PATH is a post or a folder of posts; without one, the current folder. All of them are checked
    at the start; then each post that is saved is checked at once, and its findings are shown.
    Changed settings, waivers and plugin files are taken in, too. Ctrl-C ends it with exit code 0;
    it ends with 2 when there was nothing to watch.
    """
    given = {**given, "output_format": "text", "output": None, "fail_on": None}
    options = options_of(given)

    def clock() -> datetime:
        return given["now"] or datetime.now(UTC)

    watched = Watched(paths, options, clock)
    try:
        with progress("Checking") as tick:
            first = watched.load(progress=tick)
        report(first.results, first.session, given)
        if not watched.posts:
            return 2
        posts = "1 post" if watched.posts == 1 else f"{watched.posts} posts"
        _say(f"\nWatching {posts}. Save one to see its findings; Ctrl-C ends this.")
        for _ in wake_ups(watched.folders):
            update = watched.look()
            if update is not None:
                _show(update, given)
    except KeyboardInterrupt:
        _say("\nStopped watching.")
    finally:
        watched.close()
    return 0


def _show(update: Update, given: dict[str, Any]) -> None:
    """Show what came of one look, below a line that parts it from what was before."""
    what = f"{update.settings} changed; everything was loaded again" if update.settings else ""
    names = what or ", ".join([*update.saved, *(f"{path} is gone" for path in update.gone)])
    _say(f"\n── {datetime.now():%H:%M:%S} ── {names} ──")
    if update.settings or update.saved or update.session.failures:
        report(update.results, update.session, given)
    sys.stdout.flush()


def _say(text: str) -> None:
    for line in text.split("\n"):
        click.echo(harmless(line))
    sys.stdout.flush()
