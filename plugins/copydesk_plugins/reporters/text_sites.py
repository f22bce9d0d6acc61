"""The end of the text report: a table of the sites, and what `--changed` looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from copydesk.api import harmless

#: Posts that are gone and named; the rest is a number.
_NAMED = 5


def table_lines(summary: Mapping[str, Any]) -> Iterable[str]:
    """Yield a table with a line for each site, where there is more than one."""
    sites: Sequence[Mapping[str, Any]] = summary.get("sites", ())
    if len(sites) < 2 or not (summary["posts"] or "changed" in summary):
        return
    heads = ["site", "posts", "errors", "warnings", "waived"]
    if "baseline" in summary:
        heads.append("from before")
    heads += ["not read", "other failures"]
    rows = [heads, *([_cell(site, head) for head in heads] for site in sites)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(heads))]
    yield ""
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join(cells)
    yield ""


def _cell(site: Mapping[str, Any], head: str) -> str:
    if head == "site":
        return harmless(site["path"])
    if head == "other failures":
        return str(site["failures"] - site["not_read"])
    return str(site[{"from before": "accepted", "not read": "not_read"}.get(head, head)])


def change_lines(summary: Mapping[str, Any]) -> Iterable[str]:
    """Yield what `--changed` looked at, and why not at the other posts."""
    changed = summary.get("changed")
    if changed is None:
        return
    since = "the last commit" if changed["since"] == "HEAD" else changed["since"]
    number, posts = changed["changed"], changed["posts"]
    said = f"{number or 'None'} of {_count(posts, 'post')} changed since {since}"
    if number:
        said += f" and {_was(number)} looked at"
    extra = changed["looked_at"] - number
    if extra:
        said += f", and {extra} more {_was(extra)} looked at because of changed settings"
    rest = []
    if not number + extra:
        said += ", so none was looked at"
    elif changed["unchanged"]:
        rest.append(
            "1 is as it was"
            if changed["unchanged"] == 1
            else f"{changed['unchanged']} are as they were"
        )
    if changed["ignored"]:
        rest.append(f"{changed['ignored']} {_is(changed['ignored'])} ignored by git")
    if changed["gone"]:
        names = ", ".join(changed["gone"][:_NAMED])
        more = len(changed["gone"]) - _NAMED
        names += f" and {more} more" if more > 0 else ""
        rest.append(f"{len(changed['gone'])} {_is(len(changed['gone']))} gone ({names})")
    yield harmless("; ".join([said, *([", ".join(rest)] if rest else [])]) + ".")
    for each in changed["whole"]:
        posts = "The only post" if each["posts"] == 1 else f"All {each['posts']} posts"
        yield harmless(f"{posts} of {each['path']}: looked at, because {each['because']}.")


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
