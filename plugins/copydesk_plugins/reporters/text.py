"""`--format text`: where it is, what is wrong, the way out; the rest folded.

A post with more than ten findings shows the three to mend first and counts the rest by rule;
`--all` shows each. `brief` leaves the findings to another report: what failed, and the last line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from copydesk.api import Failure, FileResult, Finding, Results, harmless
from copydesk_plugins.reporters.text_sites import change_lines, table_lines

#: More findings than this in one post are folded.
FOLD_ABOVE = 10
_FIRST = 3
#: Line numbers of one rule that are named in what is folded.
_LINES = 12
_LABELS = {"error": "error", "warning": "warn", "info": "info"}
_COLOURS = {"error": "red", "warning": "yellow", "info": "blue", "failed": "red"}
_INDENT = " " * 7
_ORDER = ("error", "warning", "info")


def write_text(results: Results, write: Callable[[str], Any], settings: Mapping[str, bool]) -> None:
    """Write the results for people."""
    colour = settings.get("color", False)
    for each in () if settings.get("brief") else results.files():
        shown = [finding for finding in each.findings if not finding.waived]
        if not settings.get("all"):
            shown = [each for each in shown if each.severity != "info" and not each.accepted]
        if not shown:
            continue
        folded = not settings.get("all") and len(shown) > FOLD_ABOVE
        for line in _file(each, shown, folded, colour):
            write(line + "\n")
    for failure in results.failures:
        for line in failure_lines(failure, colour):
            write(line + "\n")
    for line in (*table_lines(results.summary), *change_lines(results.summary)):
        write(line + "\n")
    write(summary_line(results) + "\n")


def _file(
    result: FileResult, findings: Sequence[Finding], folded: bool, colour: bool
) -> Iterable[str]:
    """Yield the lines of one file."""
    if not folded:
        for finding in findings:
            yield from finding_lines(result.path, finding, colour)
        yield from _fix_lines(result.path, findings)
        return
    first = sorted(findings, key=lambda each: _ORDER.index(each.severity))[:_FIRST]
    path = harmless(result.path)
    yield f"{path}: {len(findings)} findings. These {_FIRST} are the ones to mend first:"
    for finding in first:
        yield from finding_lines(result.path, finding, colour)
    rest: dict[tuple[str, str], list[int]] = {}
    for finding in findings:
        if finding not in first:
            rest.setdefault((finding.severity, finding.rule), []).append(finding.start.line)
    for (severity, rule), lines in sorted(
        rest.items(), key=lambda item: (_ORDER.index(item[0][0]), item[0][1])
    ):
        yield f"{_label(severity, colour)} {rule}   {len(lines)} more, {_lines(lines)}"
    yield _INDENT + "`--all` shows each of them."
    yield from _fix_lines(result.path, findings)


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


def finding_lines(path: str, finding: Finding, colour: bool) -> Iterable[str]:
    """Yield the lines of one finding: place, quoted words, message and way out."""
    place = f"{path}:{finding.start.line}:{finding.start.column}"
    head = harmless(f"{finding.rule}   {finding.where}   {place}")
    before = "   (from before)" if finding.accepted else ""
    yield f"{_label(finding.severity, colour)} {head}{before}"
    quote = short(finding.quote)
    if quote:
        yield f'{_INDENT}"{quote}"'
    yield _INDENT + harmless(" ".join(part for part in (finding.message, finding.help) if part))


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


def summary_parts(results: Results) -> list[str]:
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
        found.append(_count(counts["infos"], "note") + " (--all shows them)")
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
