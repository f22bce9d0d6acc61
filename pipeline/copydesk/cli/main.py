"""The group of all commands; each is imported only when it is called."""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import TYPE_CHECKING

import click

from copydesk import __version__
from copydesk.cli.common import fail
from copydesk.config import all_failures
from copydesk.model.finding import CopydeskError, Failure
from copydesk.registry import describe

if TYPE_CHECKING:
    from copydesk.model.extension import Command

#: Command, its module, and the line that `--help` shows.
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("copydesk.cli.init", "Make this folder a site: settings and a place for posts."),
    "new": ("copydesk.cli.new", "Start a draft from a title."),
    "import": ("copydesk.cli.import_posts", "Turn Word, HTML, or pasted text into drafts."),
    "lint": ("copydesk.cli.lint", "Check drafts while you write."),
    "fix": ("copydesk.cli.fix", "Mend what can be mended safely."),
    "watch": ("copydesk.cli.watch", "Check drafts each time they are saved."),
    "check": ("copydesk.cli.check", "Check a whole site against its policy, as CI does."),
    "run": ("copydesk.cli.run", "Check, link and publish everything that is due."),
    "plan": ("copydesk.cli.plan", "Show what publishing would change, and write nothing."),
    "publish": ("copydesk.cli.publish", "Publish posts, or carry out a saved plan."),
    "unpublish": ("copydesk.cli.unpublish", "Take public posts of a target back to draft."),
    "undo": ("copydesk.cli.undo", "Take back what a run wrote to a target."),
    "verify": ("copydesk.cli.verify", "Look at the live site, and say what is not right there."),
    "repair": ("copydesk.cli.repair", "Put previous and next links on a target right."),
    "waive": ("copydesk.cli.waive", "Accept a finding, with a reason, names and a last day."),
    "baseline": ("copydesk.cli.baseline", "Accept what old posts hold, so that only new counts."),
    "rules": ("copydesk.cli.rules", "List all rules."),
    "rule": ("copydesk.cli.rule", "Explain one rule: what, why, examples, options."),
    "plugins": ("copydesk.cli.plugins", "List the plugins and what each of them adds."),
    "config": ("copydesk.cli.config", "Show the settings that hold for a file, with origins."),
    "login": ("copydesk.cli.login", "Store the secret of a target in the keyring."),
    "doctor": ("copydesk.cli.doctor", "Look for what keeps Copydesk from working here."),
    "new-plugin": ("copydesk.cli.new_plugin", "Start a plugin of your own."),
    "completion": ("copydesk.cli.completion", "Print the completion script for your shell."),
}


class LazyGroup(click.Group):
    """Finds commands by name: built-in ones first, then those that plugins add."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all command names: the main job first, those of plugins last."""
        return [*COMMANDS, *sorted(self._added())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name in COMMANDS:
            command = importlib.import_module(COMMANDS[cmd_name][0]).command
            return command if isinstance(command, click.Command) else None
        added = self._added().get(cmd_name)
        return None if added is None else _load(added)

    def _added(self) -> dict[str, Command]:
        from copydesk.cli.common import plugin_commands

        return plugin_commands()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command list without importing the commands."""
        rows = [(name, text) for name, (_, text) in COMMANDS.items()]
        rows += [(name, added.summary) for name, added in sorted(self._added().items())]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; an unknown one gets a hint at the nearest."""
        from copydesk.config_schema import did_you_mean

        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            names = self.list_commands(ctx)
            raise click.UsageError(
                f"No such command {args[0]!r}. {did_you_mean(args[0], names)}", ctx
            )
        return super().resolve_command(ctx, args)


def _load(added: Command) -> click.Command:
    """Return the command of a plugin; one that cannot be had is an error that names it."""
    try:
        return added.load()
    except Exception as error:
        raise click.ClickException(
            f"The command {added.name} of a plugin does not load: {type(error).__name__}: {error}"
        ) from error


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: copydesk lint DRAFT, or copydesk run FOLDER.",
)
@click.version_option(__version__, prog_name="copydesk", message="%(prog)s %(version)s")
def cli() -> None:
    """Check, link and publish the blog posts of a health-care practice.

    Copydesk reads drafts in Markdown, HTML or plain text. It shows what to mend before a post
    goes online, links each post to its neighbours, and publishes what is due. Nothing it says
    is legal or medical advice.
    """


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        result = cli.main(arguments, prog_name="copydesk", standalone_mode=False)
    except click.exceptions.Exit as done:
        return int(done.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        return 2
    except SystemExit:
        # click ends with 1 when the reader has gone (`| head`), and 1 would mean findings.
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except CopydeskError as error:
        return fail(all_failures(error))
    except BrokenPipeError:
        raise
    except Exception as error:  # exit code 1 would mean findings
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise  # a full disk is no fault of ours
        if os.environ.get("COPYDESK_DEBUG"):
            raise
        return fail([_fault(error)])
    return result if isinstance(result, int) else 0


def _fault(error: Exception) -> Failure:
    """Return an error that nobody foresaw as a failure."""
    return Failure(
        "site",
        f"something went wrong that should not: {describe(error)}",
        "Please report it. With COPYDESK_DEBUG=1 in the environment all details are shown.",
    )
