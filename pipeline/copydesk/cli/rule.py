"""`copydesk rule ID`."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk.cli.sites import plugin_options, registry_of
from copydesk.config_schema import did_you_mean
from copydesk.model.rule import Option, Rule


@click.command("rule", epilog="Example: copydesk rule claims.absolute")
@click.argument("rule_id", metavar="ID")
@plugin_options
def command(
    rule_id: str, config: Path | None, plugin_files: tuple[Path, ...], no_external_plugins: bool
) -> int:
    """Explain one rule: what it checks, why, a bad and a good example, options, authority."""
    loaded, code = registry_of(config, plugin_files, no_external_plugins)
    rule = loaded.rules.get(loaded.aliases.get(rule_id, rule_id))
    if rule is None and (mine := [n for n in loaded.rule_names() if n.startswith(f"{rule_id}.")]):
        raise click.UsageError(f"{rule_id} is a plugin. Its rules are: {', '.join(mine)}.")
    if rule is None:
        raise click.UsageError(
            f"Unknown rule {rule_id}. " + did_you_mean(rule_id, loaded.rule_names())
        )
    click.echo(explain(rule))
    return code


def explain(rule: Rule) -> str:
    """Return all that a rule says of itself."""
    parts = [
        f"{rule.id}   {rule.severity}, judges one {rule.scope} at a time",
        rule.summary,
        f"Why: {rule.why}",
        f"Bad:\n{_indented(rule.bad)}",
        f"Good:\n{_indented(rule.good)}",
        "Options:\n" + ("\n".join(_option(each) for each in rule.options) or "  none"),
        f"Authority: {rule.authority}",
    ]
    if rule.languages:
        parts.append("Languages: " + ", ".join(rule.languages) + "; posts in others are not judged")
    if rule.aliases:
        parts.append("Also known as: " + ", ".join(rule.aliases))
    if rule.approvers > 1:
        parts.append(f"A waiver needs {rule.approvers} people.")
    if rule.seen_before_live:
        parts.append("What it finds is named in the plan before a post goes live.")
    return "\n\n".join(parts)


def _option(option: Option) -> str:
    choices = f" One of {', '.join(option.choices)}." if option.choices else ""
    default = list(option.default) if isinstance(option.default, tuple) else option.default
    return f"  {option.name} = {default!r}   {option.help}{choices}"


def _indented(text: str) -> str:
    return "\n".join("  " + line for line in text.strip("\n").split("\n"))
