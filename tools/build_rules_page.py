"""Write docs/rules.md from the rules that come with Copydesk.

Run it after a rule was added or changed: python tools/build_rules_page.py
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from copydesk import registry
from copydesk.api import Option, Rule

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
_HEAD = """# Rules

This page is made by `tools/build_rules_page.py` from the rules themselves; please do not edit it
by hand but run `make docs`. `copydesk rule ID` shows the same, also for rules of your own.

Severity is the default one. `[rules]` in `copydesk.toml` changes it, switches a rule off, or sets
its options: see [configuration.md](configuration.md#rules). No rule is legal or medical advice.
"""


def rules() -> list[Rule]:
    """Return the rules that come with Copydesk, sorted by id."""
    loaded = registry.load(registry.built_in_refs())
    if loaded.failures:
        raise SystemExit(f"a plugin does not load: {loaded.failures[0]}")
    return [loaded.rules[name] for name in loaded.rule_names()]


def page() -> str:
    """Return the whole page."""
    groups: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules():
        groups[rule.plugin].append(rule)
    parts = [_HEAD]
    for plugin, mine in groups.items():
        parts.append(f"## {plugin}\n")
        parts.append(_table(mine))
        parts += [_rule(rule) for rule in mine]
    return "\n".join(parts)


def _table(rules: list[Rule]) -> str:
    rows = [
        f"| [{rule.id}](#{rule.id.replace('.', '')}) | {rule.severity} | {_cell(rule.summary)} |"
        for rule in rules
    ]
    return "\n".join(["| Rule | Severity | What it reports |", "| --- | --- | --- |", *rows, ""])


def _cell(text: str) -> str:
    return _text(text).replace("|", "\\|")


def _text(text: str) -> str:
    """Return a text on one line, in which only code spans are markup."""
    parts = re.split(r"(`[^`]+`)", " ".join(text.split()))
    return "".join(p if p.startswith("`") else re.sub(r"([\\<>*_\[\]])", r"\\\1", p) for p in parts)


def _rule(rule: Rule) -> str:
    lines = [
        f"### {rule.id}",
        "",
        _sentence(rule.summary),
        "",
        f"Why: {_sentence(rule.why)}",
        "",
        "Reported:",
        "",
        _fenced(rule.bad),
        "",
        "Fine:",
        "",
        _fenced(rule.good),
        "",
        f"- Severity: {rule.severity}",
        f"- Judges: {'one post at a time' if rule.scope == 'post' else 'all posts of a site'}",
        *[_option(option) for option in rule.options],
        f"- Authority: {_text(rule.authority)}",
    ]
    if rule.languages:
        lines.append(f"- Languages: {', '.join(rule.languages)}; posts in others are not judged")
    if rule.approvers > 1:
        lines.append(f"- A waiver needs {rule.approvers} people")
    if rule.seen_before_live:
        lines.append("- What it finds is named in the plan before a post goes live")
    if rule.aliases:
        lines.append(f"- Older names: {', '.join(f'`{name}`' for name in rule.aliases)}")
    return "\n".join([*lines, ""])


def _sentence(text: str) -> str:
    text = _text(text)
    return text if text.endswith((".", "?")) else text + "."


def _option(option: Option) -> str:
    default = option.default
    if isinstance(default, bool):
        shown = str(default).lower()
    elif isinstance(default, tuple):
        shown = "[" + ", ".join(f'"{each}"' for each in default) + "]"
    else:
        shown = f'"{default}"' if isinstance(default, str) else str(default)
    choices = f" One of {', '.join(option.choices)}." if option.choices else ""
    return f"- Option `{option.name} = {shown}`: {_sentence(option.help)}{choices}"


def _fenced(text: str) -> str:
    """Return a text in a fence that is longer than any it holds."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.strip(chr(10))}\n{fence}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(f"wrote {PAGE}")
