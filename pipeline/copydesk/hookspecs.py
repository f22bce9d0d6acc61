"""The six hooks. Each registers named objects; the core drives them and blames by name.

All hooks are collecting: every plugin is asked and the answers are joined. No hook may be a
wrapper, nor ask to be first or last: where there is a choice, the configuration names it.
A hook that raises is a failure that names the plugin, and the exit code is 2.
"""

from __future__ import annotations

from collections.abc import Sequence

import pluggy

from copydesk.model.content import Reader
from copydesk.model.draft import Importer
from copydesk.model.export import Archive
from copydesk.model.extension import Command, Enricher, Publisher
from copydesk.model.reporting import Reporter
from copydesk.model.rule import Rule

hookspec = pluggy.HookspecMarker("copydesk")


@hookspec
def register_readers() -> Sequence[Reader | Importer | Archive]:  # type: ignore[empty-body]
    """Return the kinds of files this plugin reads or imports; called once at start.

    A Reader reads posts where they lie; an Importer turns a file from elsewhere into a draft
    for `copydesk import`, an Archive a file that holds the posts of a whole blog. Two readers for
    one file extension, or two importers or archives of one name, are a failure that names both
    plugins.
    """


@hookspec
def register_rules() -> Sequence[Rule]:  # type: ignore[empty-body]
    """Return this plugin's rules; called once at start, before any post is read.

    The part of each id before the dot is the plugin's name. Two rules with one id are a
    failure. A rule that raises on a post is a failure for that post; other rules go on.
    """


@hookspec
def register_enrichers() -> Sequence[Enricher]:  # type: ignore[empty-body]
    """Return what proposes additions to posts; called once at start.

    Enrichers run after the checks and before rendering. Two that fill one slot of one post
    are a failure, and nothing is published.
    """


@hookspec
def register_publishers() -> Sequence[Publisher]:  # type: ignore[empty-body]
    """Return the kinds of targets this plugin can publish to; called once at start.

    A target's `kind` in the configuration chooses among them by name.
    """


@hookspec
def register_reporters() -> Sequence[Reporter]:  # type: ignore[empty-body]
    """Return the output formats this plugin writes; called once at start.

    `--format` chooses among them by name. A reporter that raises is a failure.
    """


@hookspec
def register_commands() -> Sequence[Command]:  # type: ignore[empty-body]
    """Return the commands this plugin adds to the command line; called once at start.

    The name of a built-in command cannot be taken.
    """


HOOKS: tuple[str, ...] = (
    "register_readers",
    "register_rules",
    "register_enrichers",
    "register_publishers",
    "register_reporters",
    "register_commands",
)
