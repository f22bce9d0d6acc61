"""`copydesk init [FOLDER]`."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from copydesk.new_draft import one_line
from copydesk.new_site import (
    Answers,
    check_answer,
    count_posts,
    guesses,
    likely_posts,
    refuse_site,
    whole_address,
    write_site,
)
from copydesk.sources import shown_path
from copydesk.terminal import harmless

_QUESTIONS = {
    "title": "Name of the blog",
    "url": "Public address (empty if there is none yet)",
    "timezone": "Time zone",
    "posts": "Folder of the posts",
}
_SHOWN = {"title": "name", "url": "address", "timezone": "time zone", "posts": "folder of posts"}


@click.command("init", epilog="Example: copydesk init my-blog --title 'Our blog'")
@click.argument(
    "folder", default=".", type=click.Path(path_type=Path, file_okay=False), metavar="[FOLDER]"
)
@click.option("--title", metavar="NAME", help="The name of the blog, shown on its pages.")
@click.option("--url", metavar="URL", help="The public address of the blog.")
@click.option("--timezone", metavar="ZONE", help="The time zone, such as America/New_York.")
@click.option("--posts", metavar="NAME", help="The folder of the posts, inside FOLDER.")
@click.option("--yes", is_flag=True, help="Ask nothing: take what is likely.")
def command(folder: Path, yes: bool, **given: str | None) -> int:
    """Make FOLDER a site: settings, a folder for posts, and a template for drafts.

    On a terminal it asks a few questions. Posts that are there already are found and left as
    they are; nothing is overwritten.
    """
    place = Path(os.path.abspath(folder))
    refuse_site(place)
    likely = guesses(place)._asdict()
    asks = not yes and sys.stdin.isatty()
    known = {name: value for name, value in given.items() if value is not None}
    for name, value in known.items():
        known[name] = _checked(name, value, place)
    if asks and "posts" not in known:
        _tell_posts(place)
    answers = {
        name: known[name] if name in known else _ask(name, default, place) if asks else default
        for name, default in likely.items()
    }
    made = write_site(place, Answers(**answers))
    shown = shown_path(place)
    _say(f"Made a site in {shown}: {', '.join(made.written)}")
    if not asks:
        _tell_taken({name: value for name, value in answers.items() if name not in known})
    for note in made.notes:
        _say(note)
    _tell_next(shown, place / answers["posts"])
    return 0


def _checked(name: str, value: str, place: Path) -> str:
    """Return a value that a flag gives; ends with 2 where it cannot be used."""
    value = _tidy(name, value)
    if problem := check_answer(name, value, place):
        raise click.UsageError(harmless(_ended(f"--{name} {problem}")))
    return value


def _tidy(name: str, value: str) -> str:
    """Return a value without what nobody means to give: blanks around it, a title of two lines."""
    if name == "url":
        return whole_address(value)
    return one_line(value) if name == "title" else value.strip()


def _ask(name: str, default: Any, place: Path) -> str:
    """Ask until the answer can be used."""

    def convert(value: str) -> str:
        value = _tidy(name, value)
        if problem := check_answer(name, value, place):
            raise click.UsageError(harmless(_ended(f"This {problem}")))
        return value

    answer: str = click.prompt(
        _QUESTIONS[name], default=default, value_proc=convert, show_default=bool(default)
    )
    return answer


def _tell_posts(place: Path) -> None:
    name, count = likely_posts(place)
    if count:
        where = "this folder" if name == "." else name
        _say(f"Found {count} {'post' if count == 1 else 'posts'} in {where}.")


def _tell_taken(taken: Mapping[str, str]) -> None:
    """Say what was decided without asking."""
    if taken:
        values = "; ".join(f"{_SHOWN[name]}: {value or 'none'}" for name, value in taken.items())
        _say(f"Not asked, but taken as likely: {values}. You can change it in copydesk.toml.")


def _tell_next(shown: str, posts: Path) -> None:
    """Say the next three steps."""
    steps = [] if shown == "." else [f"cd {shlex.quote(shown)}"]
    if count_posts(posts):
        steps += ["copydesk lint        shows what to mend in your posts"]
    else:
        steps += [
            'copydesk new "What a first visit is like"        starts a draft; or bring a text',
            "copydesk lint        shows what to mend in it",
        ]
    steps += ["copydesk run         makes the pages; it publishes nothing to the web"]
    _say("Next:")
    for step in steps:
        _say(f"  {step}")


def _say(text: str) -> None:
    click.echo(harmless(text))


def _ended(said: str) -> str:
    return said if said.endswith("?") else f"{said}."
