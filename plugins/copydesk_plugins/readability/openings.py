"""The rule on sentences in a row that begin with the same word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from copydesk.api import Option, PostContext, Related, Report, Unit, read_phrases, rule
from copydesk_plugins.readability.once import prose_of

_WORDS = Path(__file__).resolve().parent / "data" / "openings.txt"


@rule(
    "readability.openings",
    summary="Several sentences in a row begin with the same word.",
    why="The same beginning again and again sounds like a list that was not made one.",
    good="We meet at ten. Then we talk about your week. You choose where to begin.\n",
    bad="Meditation calms the day. Meditation needs no tools. Meditation is free.\n",
    authority="Yoast: three or more sentences in a row that begin with the same word",
    severity="info",
    options=(
        Option(
            "max-run",
            "The most sentences in a row that may begin alike.",
            2,
            minimum=1,
            maximum=20,
        ),
    ),
    languages=("en",),
)
def openings(ctx: PostContext) -> Iterator[Report]:
    """Report each run of sentences of running text that begin with the same word, once."""
    most = ctx.number("max-run")
    for opening, run in _runs(ctx):
        if len(run) > most:
            yield ctx.report(
                run[0],
                f"{len(run)} sentences in a row begin with “{opening}”, which sounds like a list.",
                help="Begin some of them another way, join two, or make a list of them.",
                related=tuple(Related("begins alike", unit.span) for unit in run[1:]),
            )


def _runs(ctx: PostContext) -> Iterator[tuple[str, list[Unit]]]:
    """Yield sentences of paragraphs that begin alike, each run with its common beginning."""
    prose, blocks = prose_of(ctx), ctx.post.blocks
    weak = _weak()
    before, run = "", list[Unit]()
    for unit, keys in zip(prose.units, prose.keys, strict=True):
        opening = ""
        if blocks[unit.block].kind == "paragraph":
            opening = " ".join(keys[: 1 if keys[0] not in weak else 2])
        if opening != before or (run and not _adjoin(run[-1], unit)):
            if before and len(run) > 1:
                yield _shown(ctx, run[0], before), run
            before, run = opening, []
        run.append(unit)
    if before and len(run) > 1:
        yield _shown(ctx, run[0], before), run


def _adjoin(first: Unit, second: Unit) -> bool:
    """Say whether no heading, quotation or picture stands between two sentences."""
    return second.block - first.block <= 1


def _shown(ctx: PostContext, unit: Unit, opening: str) -> str:
    """Return the common beginning as the first of the sentences writes it."""
    return " ".join(word.text for word in ctx.words(unit)[: len(opening.split(" "))])


@cache
def _weak() -> frozenset[str]:
    return frozenset(read_phrases(_WORDS.read_text("utf-8"))["weak"])
