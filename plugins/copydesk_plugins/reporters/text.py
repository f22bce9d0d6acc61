"""`--format text`: where it is, what is wrong, the way out; the rest folded.

Findings of one rule that say the same are told once, at the strongest place. A post with more
than ten findings shows the three to mend first and counts the rest by rule, so that it fits a
screen; `--all` shows each in full. `brief` leaves the findings to another report: what failed,
and the last line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from copydesk.api import Failure, FileResult, Finding, Results, harmless
from copydesk_plugins.reporters.text_groups import ORDER, Told, each_once, told_once
from copydesk_plugins.reporters.text_sites import change_lines, table_lines

#: More findings than this in one post are folded.
FOLD_ABOVE = 10
_FIRST = 3
#: Line numbers of one rule that are named in what is folded.
_LINES = 12
_LABELS = {"error": "error", "warning": "warn", "info": "info"}
_COLOURS = {"error": "red", "warning": "yellow", "info": "blue", "failed": "red"}
_INDENT = " " * 7
#: So that what is folded fits a screen of 24 lines: rules with lines of their own, the length of
#: a quote, and that of what is wrong with its way out.
_RULES = 3
_SHORT_QUOTE = 88
_SHORT_TEXT = 184


def write_text(results: Results, write: Callable[[str], Any], settings: Mapping[str, bool]) -> None:
    """Write the results for people."""
    colour = settings.get("color", False)
    for each in () if settings.get("brief") else results.files():
        shown = [finding for finding in each.findings if not finding.waived]
        if not settings.get("all"):
            shown = [each for each in shown if each.severity != "info" and not each.accepted]
        if not shown:
            continue
        for line in _file(each, shown, bool(settings.get("all")), colour):
            write(line + "\n")
    for failure in results.failures:
        for line in failure_lines(failure, colour):
            write(line + "\n")
    for line in (*table_lines(results.summary), *change_lines(results.summary)):
        write(line + "\n")
    write(summary_line(results) + "\n")


def _file(
    result: FileResult, findings: Sequence[Finding], show_all: bool, colour: bool
) -> Iterable[str]:
    """Yield the lines of one file."""
    told = each_once(findings) if show_all else told_once(findings)
    folded = not show_all and len(findings) > FOLD_ABOVE and len(told) > _FIRST
    first = sorted(told, key=lambda each: ORDER.index(each.finding.severity)) if folded else told
    if folded:
        del first[_FIRST:]
        path = harmless(result.path)
        yield f"{path}: {len(findings)} findings. These {_FIRST} are the ones to mend first:"
    for each in first:
        yield from told_lines(result.path, each, colour, folded)
    if folded:
        shown = {at for each in first for at in each.places}
        yield from _rest_lines([f for at, f in enumerate(findings) if at not in shown], colour)
        yield _INDENT + "`--all` shows each of them."
    yield from _fix_lines(result.path, findings)


def _rest_lines(rest: Iterable[Finding], colour: bool) -> Iterable[str]:
    """Yield how many more findings of each rule there are, the gravest first.

    Of a few rules the lines are named, too; of many there is only room for the numbers.
    """
    by_rule: dict[tuple[int, str], list[int]] = {}
    for each in rest:
        by_rule.setdefault((ORDER.index(each.severity), each.rule), []).append(each.start.line)
    if len(by_rule) <= _RULES:
        for (severity, rule), lines in sorted(by_rule.items()):
            yield f"{_label(ORDER[severity], colour)} {rule}   {len(lines)} more, {_lines(lines)}"
        return
    for severity, name in enumerate(ORDER):
        counts = {rule: len(lines) for (level, rule), lines in by_rule.items() if level == severity}
        if counts:
            most_first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            rules = ", ".join(f"{rule} {number}" for rule, number in most_first)
            yield f"{_label(name, colour)} {sum(counts.values())} more: {rules}"


def _fix_lines(path: str, findings: Sequence[Finding]) -> Iterable[str]:
    """Yield the line that says how much of a file can be mended at once."""
    number = sum(finding.mendable for finding in findings)
    if not number:
        return
    import shlex

    what = "This" if number == len(findings) == 1 else f"{number} of these"
    command = harmless(f"copydesk fix {shlex.quote(path)}")
    yield f"{_INDENT}{what} can be mended for you: `{command}`."


def _lines(lines: Iterable[int]) -> str:
    """Return line numbers for people, the first few of them where there are many."""
    unique = [str(line) for line in dict.fromkeys(lines)]
    more = f" and {len(unique) - _LINES} more" if len(unique) > _LINES else ""
    return ("line " if len(unique) == 1 else "lines ") + ", ".join(unique[:_LINES]) + more


def told_lines(path: str, told: Told, colour: bool, brief: bool) -> Iterable[str]:
    """Yield the lines of one finding or group; `brief` names only the best way out."""
    finding, group = told.finding, told.finding.group
    if group is None or len(told.places) == 1:
        yield from finding_lines(path, finding, colour, brief)
        return
    place = f"{path}:{finding.start.line}:{finding.start.column}"
    says = " ".join(group.says.split())
    head = f"{finding.rule}   {len(told.places)} sentences say: {says}"
    strongest = harmless(f"{head}   (strongest: {finding.where}, {place})")
    yield f"{_label(finding.severity, colour)} {strongest}"
    yield from _quote_lines(finding, brief)
    yield from _way_out("", group.help or finding.help, brief)


def finding_lines(path: str, finding: Finding, colour: bool, brief: bool = False) -> Iterable[str]:
    """Yield the lines of one finding: place, quoted words, message and ways out."""
    place = f"{path}:{finding.start.line}:{finding.start.column}"
    head = harmless(f"{finding.rule}   {finding.where}   {place}")
    before = "   (from before)" if finding.accepted else ""
    yield f"{_label(finding.severity, colour)} {head}{before}"
    yield from _quote_lines(finding, brief)
    yield from _way_out(finding.message, finding.help, brief)


def _quote_lines(finding: Finding, brief: bool) -> Iterable[str]:
    quote = short(finding.quote, _SHORT_QUOTE) if brief else short(finding.quote)
    if quote:
        yield f'{_INDENT}"{quote}"'


def _way_out(message: str, help: str, brief: bool) -> Iterable[str]:
    """Yield what is wrong with the first way out, and the others each on a line of its own."""
    first, *others = help.split("\n")
    text = harmless(" ".join(part for part in (message, first) if part))
    yield _INDENT + (_first_sentences(text) if brief else text)
    for line in () if brief else others:
        yield _INDENT + harmless(line)


def _first_sentences(text: str) -> str:
    """Return as many sentences of a text as there is room for, at least the first."""
    if len(text) <= _SHORT_TEXT:
        return text
    sentences, dot, _ = text[: _SHORT_TEXT + 1].rpartition(". ")
    return sentences + "." if dot else short(text, _SHORT_TEXT)


def failure_lines(failure: Failure, colour: bool) -> Iterable[str]:
    """Yield the lines of one failure."""
    place = failure.place
    if failure.path and failure.plugin:
        place += f" [{failure.plugin}]"
    said = harmless(f"{place + ' ' if place else ''}{failure.message}.")
    yield f"{_label('failed', colour)} {said}"
    if failure.help:
        yield _INDENT + harmless(failure.help)


def summary_line(results: Results) -> str:
    """Return the last line: what was done and what was not, and how long it took."""
    return "; ".join([*summary_parts(results), f"{results.summary['seconds']} s"]) + "."


def summary_parts(results: Results, notes: str = " (--all shows them)") -> list[str]:
    """Return what was done and what was not, in parts that are the same for equal runs."""
    counts = results.summary
    parts = [f"{_count(counts['posts'], 'post')} checked"]
    if counts["not_read"]:
        parts[0] += f", {counts['not_read']} not read"
    other = len(results.failures) - counts["not_read"]
    if other > 0:
        parts[0] += f", {_count(other, 'other failure' if counts['not_read'] else 'failure')}"
    found = [_count(counts["errors"], "error"), _count(counts["warnings"], "warning")]
    if counts["infos"]:
        found.append(_count(counts["infos"], "note") + notes)
    if counts["waived"]:
        found.append(f"{counts['waived']} waived")
    baseline = counts.get("baseline")
    if baseline and baseline["accepted"]:
        found.append(f"{baseline['accepted']:,} from before (baseline)")
    parts.append(", ".join(found))
    if baseline and baseline["gone"]:
        parts.append(
            f"{baseline['gone']:,} of {baseline['entries']:,} in the baseline are no longer there: "
            "`copydesk baseline write` drops them"
        )
    if counts.get("note"):
        parts.append(counts["note"])
    if counts["left_out"]:
        parts.append(
            "left out: "
            + "; ".join(f"{number} {reason}" for reason, number in counts["left_out"].items())
        )
    return parts


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _label(severity: str, colour: bool) -> str:
    label = f"{_LABELS.get(severity, severity):<6}"
    if not colour:
        return label
    import click

    return click.style(label, fg=_COLOURS[severity], bold=True)


def short(quote: str, limit: int = 110) -> str:
    """Return quoted words on one line."""
    words = harmless(" ".join(quote[: 4 * limit].split()))
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
