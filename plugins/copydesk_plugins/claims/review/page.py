"""The review sheet as a page to print: one file of plain HTML, without scripts or addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape

from copydesk.api import day
from copydesk_plugins.claims.review.cells import (
    CHANGE,
    EVIDENCE,
    MARKS,
    OTHERS,
    REGISTER,
    REMOVE,
    SOURCES,
    STATEMENT,
    STRENGTH,
    WHERE,
)
from copydesk_plugins.claims.review.obstacles import obstacle
from copydesk_plugins.claims.review.rows import shown
from copydesk_plugins.claims.review.sheet import Numbered

#: No size of paper: the printer knows its own, and all lengths fit A4 as well as Letter.
_STYLE = """
@page { margin: 16mm 14mm 18mm; }
* { box-sizing: border-box; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff;
  font: 11pt/1.45 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; }
section { margin: 0 0 1.1rem; padding: .8rem 0 0; border-top: 1px solid #888;
  break-inside: avoid; page-break-inside: avoid; }
h2 { font-size: 1.08rem; margin: 0 0 .4rem; }
dl { display: grid; grid-template-columns: 9.5rem 1fr; gap: .15rem .8rem; margin: 0; }
dt { font-weight: bold; } dd { margin: 0; white-space: pre-line; }
.tick { display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; margin: .6rem 0 0; }
.box { display: inline-block; width: .9em; height: .9em; margin-right: .4em;
  border: 1.5px solid #111; vertical-align: -.05em; }
.line { flex: 1 1 14rem; border-bottom: 1px solid #111; min-height: 1.5rem; }
.sign { display: grid; grid-template-columns: 6rem 1fr; gap: 1.4rem .8rem; margin: 1.5rem 0;
  break-inside: avoid; }
.small { color: #444; font-size: .85em; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; } }
"""
_HINTS = (
    "Tick one box for each statement: approve it as it stands, have it changed, or have it "
    "removed. What has no tick is left alone.",
    "A tick at “Approve” says that you have looked at the evidence named there and that it bears "
    "the statement out, in all of the wordings shown. “A source is given” says only that a "
    "source stands there.",
    "Strength: “hedged” says that something may be so, “plain” that it is so, “absolute” that it "
    "always is. A promise without a limit needs the approval of two people.",
    "A statement without evidence cannot be approved.",
    "If a word of it changes later, the approval no longer holds.",
)


def as_page(rows: Iterable[Numbered], site: str, made: date, foreign: Sequence[str] = ()) -> str:
    """Return the page; every text from a post is escaped. `foreign` posts are named as not read."""
    return "".join(_parts(list(rows), shown(site, 120), made, foreign))


def _parts(rows: list[Numbered], site: str, made: date, foreign: Sequence[str]) -> Iterator[str]:
    title = f"Statements to review{f': {site}' if site else ''}"
    yield '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="robots" content="noindex">\n'
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield f"<h1>{escape(title)}</h1>\n"
    count = "1 statement" if len(rows) == 1 else f"{len(rows)} statements"
    sheet = f", sheet {rows[0].code.sheet}" if rows else ""
    yield f'<p class="small">{count}, {day(made)}{sheet}</p>\n<ul>\n'
    yield from (f"<li>{escape(hint)}</li>\n" for hint in _HINTS)
    yield "</ul>\n"
    if foreign:
        paths = escape(", ".join(shown(path, 200) for path in foreign))
        yield f"<p>Not looked through, because they are in another language: {paths}.</p>\n"
    yield from map(_section, rows)
    yield '<div class="sign">'
    for label in ("Name", "Signature", "Date"):
        yield f'<strong>{label}</strong><span class="line"></span>'
    yield "</div>\n</body>\n</html>\n"


def _section(numbered: Numbered) -> str:
    """Return one statement with what stands beside it and its boxes."""
    cells, code = numbered.cells, numbered.code
    facts = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(cells[name])}</dd>\n"
        for name in (OTHERS, STRENGTH, WHERE, SOURCES, EVIDENCE, REGISTER)
        if cells[name]
    )
    # Nothing is to be ticked that could not be applied.
    bare = obstacle(numbered.row) is not None
    boxes = "".join(
        f'<span><span class="box"></span>{escape(mark)}</span>'
        for mark in ((CHANGE, REMOVE) if bare else MARKS)
    )
    return (
        f"<section>\n<h2>{code.number}. {escape(cells[STATEMENT])}</h2>\n<dl>\n{facts}</dl>\n"
        f'<p class="tick">{boxes}<span>Comment</span><span class="line"></span></p>\n'
        f'<p class="small">{code.number} of {code.total}, {code.check[:8]}</p>\n</section>\n'
    )
