"""`--format html`: one page that people open, print and forward; it needs nothing but itself.

Written post by post, so that memory does not grow with them. The files are gone through once for
the list of posts, and once for each part of the page: posts with errors come first.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from copydesk.api import FileResult, Results, day, harmless, local_time, page_templates, version
from copydesk_plugins.reporters.page import pictures
from copydesk_plugins.reporters.page.chain import Chained, Neighbours, chained
from copydesk_plugins.reporters.page.rows import PARTS, Overview, Row, look_at
from copydesk_plugins.reporters.page.told import first_ones, listed, sort_out
from copydesk_plugins.reporters.page.words import counted, share, tidy, with_code
from copydesk_plugins.reporters.text import summary_parts

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent / "page" / "templates"
#: Findings of a post that are shown; of a report on many posts fewer, so that it can be sent.
_SHOWN, _SHOWN_OF_MANY, _MANY = 30, 10, 100


def write_html(results: Results, write: Callable[[str], Any], settings: Mapping[str, bool]) -> None:
    """Write the page: its head, a section for each file, and the rules that spoke."""
    overview = look_at(results)
    chains = chained(results, overview.rows)
    limit = _SHOWN if len(overview.rows) <= _MANY else _SHOWN_OF_MANY
    if settings.get("all"):
        limit = 0
    write(_head(results, overview, chains))
    for part in range(len(PARTS)):
        rows = list(overview.of_part(part))
        if rows:
            write(_render("part.html", name=PARTS[part], number=part, rows=rows))
            _write_part(results, rows, chains, limit, write)
            write("</section>\n")
    write(_foot(results, overview))


def _write_part(
    results: Results,
    rows: list[Row],
    chains: Chained,
    limit: int,
    write: Callable[[str], Any],
) -> None:
    """Write the sections of some of the files."""
    wanted = {row.number: row for row in rows}
    for number, result in enumerate(results.files(), 1):
        if number in wanted:
            write(_post(results, result, wanted[number], chains.of(result.path), limit))


def _head(results: Results, overview: Overview, chains: Chained) -> str:
    names = [each.title for each in chains.sites if each.title]
    zone = chains.sites[0].zone if len(chains.sites) == 1 else ""
    now = local_time(results.now, zone)
    return _render(
        "head.html",
        style=_file("style.css"),
        digest=_digest(_file("print.js")),
        name=", ".join(names),
        when=f"{day(results.now, zone)}, {now:%H:%M} ({zone or 'UTC'})",
        version=version(),
        said="; ".join(summary_parts(results, notes="")) + ".",
        failures=results.failures,
        summary=results.summary,
        overview=overview,
        parts=[(name, list(overview.of_part(at))) for at, name in enumerate(PARTS)],
        claims=pictures.claims(overview.claims),
        sites=chains.sites,
    )


def _foot(results: Results, overview: Overview) -> str:
    """Return the end of the page: the rules that found something, each with how often."""
    spoken = [
        (rule, counted(overview.rules[id], "finding"))
        for id, rule in results.rules.items()
        if id in overview.rules
    ]
    return _render("foot.html", rules=spoken, plugins=results.plugins, script=_file("print.js"))


def _post(
    results: Results, result: FileResult, row: Row, linked: Neighbours | None, limit: int
) -> str:
    """Return the section of one file; its text is read again only where it is shown."""
    found = sort_out(result)
    post = results.post(result) if result.findings and result.state else None
    shown = {
        name: listed(findings, post, f"{row.anchor}-{name}", limit)
        for name, findings in found._asdict().items()
    }
    return _render(
        "post.html",
        row=row,
        first=first_ones(shown["open"]),
        moved=bool(result.findings) and result.state != "" and post is None,
        grades=pictures.grades(result),
        lengths=pictures.lengths(result),
        claims=pictures.claims(result.measures),
        claimless="claims" in result.measures,
        linked=linked,
        rules=results.rules,
        numbers={name: len(findings) for name, findings in found._asdict().items()},
        **shown,
    )


def _render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = page_templates(_HERE)
    # All that comes from a post goes through one of these, so that no sign in it steers the page.
    environment.finalize = lambda value: harmless(value) if type(value) is str else value
    environment.filters.update(tidy=tidy, codes=with_code, counted=counted, share=share)
    return environment


@cache
def _file(name: str) -> str:
    return (_HERE / name).read_text("utf-8").strip()


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
