"""Finds posts that speak of suicide or self-harm and show no crisis line, or describe means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from copydesk.api import Hit, Option, PostContext, Report, Span, Unit, rule
from copydesk_plugins.claims import crisis_method
from copydesk_plugins.claims.crisis_lines import lines_of, shown_in
from copydesk_plugins.claims.options import SHARED, market
from copydesk_plugins.claims.wording.lexicon import crisis_phrases

#: What to write, by market; the numbers are those of `data/crisis-lines.tsv`.
_LINES = {
    "us": "call or text 988, or call 911",
    "ca": "call or text 988, or call 911",
    "uk": "call Samaritans on 116 123, or 999",
    "eu": "call 116 123, or 112",
    "au": "call Lifeline on 13 11 14, or 000",
}
#: One of these stands in every unit that can hold a mention; most units are done then.
_STEMS = ("suicid", "self", "kill", "harm", " life", " lives")
#: The text of a link with this many words is the title of another page.
_TITLE = 4


@rule(
    "claims.crisis-line",
    summary="A post that speaks of suicide or self-harm and shows no crisis line, or describes "
    "the means",
    why="Somebody in danger may be reading; a number to call, right there, saves lives, and a "
    "described means costs some.",
    good="Ketamine is studied for suicidal thoughts.\n\n"
    "If you are in danger now, call or text 988, or call 911.",
    bad="Ketamine is studied for suicidal thoughts.",
    authority="Recommendations for Reporting on Suicide, reportingonsuicide.org; WHO, Preventing "
    "suicide: a resource for media professionals, update 2023",
    severity="error",
    languages=("en", "unknown"),
    approvers=2,
    options=(
        *SHARED,
        Option(
            "lines",
            "More numbers or web addresses of crisis lines that count, such as those of a town.",
            (),
        ),
    ),
)
def crisis_line(ctx: PostContext) -> Iterator[Report]:
    """Report the first mention in a post that shows no crisis line, and each described means."""
    mentions = list(_mentions(ctx))
    if not mentions:
        return
    for unit, said in crisis_method.described(ctx, [unit for unit, _ in mentions]):
        yield ctx.report(
            unit,
            f"Describes the means (“{said}”) where it speaks of suicide or self-harm; somebody "
            "in danger may follow it.",
            help="Say that the person died by suicide, or harmed themselves, and leave out how "
            "and where.",
        )
    if ctx.provided("crisis-line") or shown_in(ctx, lines_of(ctx.terms("lines"), market(ctx))):
        return
    unit, said = mentions[0]
    yield ctx.report(
        unit,
        f"Speaks of suicide or self-harm (“{said}”), and the post shows no crisis line for "
        f"your readers ({market(ctx)}); somebody in danger may be reading.",
        help=f"Add a line such as “If you are in danger, {_LINES[market(ctx)]}”. If your readers "
        "live elsewhere, set the option market. Where your template shows one on every page, set "
        'provided-by-template = ["crisis-line"] in copydesk.toml.',
    )


def _mentions(ctx: PostContext) -> Iterator[tuple[Unit, str]]:
    """Yield the units that speak of suicide or self-harm, with the words that do."""
    for unit in ctx.post.units:
        text = unit.text.lower().replace("\u2011", "-")
        if not any(stem in text for stem in _STEMS):
            continue
        block = ctx.block(unit)
        if block.kind == "footnote" or ctx.post.inside(block, "footnote"):
            continue
        found = ctx.words(unit)
        for hit in _hits([word.text.lower().replace("\u2011", "-") for word in found]):
            start, end = found[hit.start].start, found[hit.end - 1].end
            place = ctx.span(unit, start, end)
            code = _in_code(ctx, place) or _in_name(unit, start, end)
            if not (code or _in_title_of_a_link(ctx, unit, place)):
                yield unit, " ".join(unit.text[start:end].split())


def _hits(keys: list[str]) -> Iterator[Hit]:
    found = crisis_phrases().find(keys)
    others = found.get("crisis-other", [])
    acts = [each.start for each in found.get("crisis-own", [])]
    for hit in found.get("crisis", []):
        if any(other.start <= hit.start < other.end for other in others):
            continue
        own = hit.end - hit.start == 3 and keys[hit.start + 1] == "own"
        if own and hit.start - 1 not in acts:
            continue
        yield hit


def _in_code(ctx: PostContext, place: Span) -> bool:
    """Say whether words stand at the edge of a stretch of code."""
    text = ctx.post.source.text
    before = text[max(0, place.start - 6) : place.start]
    return before.endswith(("`", "<code>")) or text.startswith(("`", "</code>"), place.end)


def _in_name(unit: Unit, start: int, end: int) -> bool:
    """Say whether words are part of a name such as suicide_risk."""
    return "_" in unit.text[max(0, start - 1) : end + 1]


def _in_title_of_a_link(ctx: PostContext, unit: Unit, place: Span) -> bool:
    """Say whether words stand in a link that names another page: "Read: How we talk about ..."."""
    links = ctx.post.links  # in the order of the source
    at = bisect_right(links, place.start, key=lambda link: link.span.start) - 1
    if at < 0 or links[at].span.end <= place.start:
        return False
    whole = len(links[at].text) >= len(unit.text.strip().rstrip("."))
    return whole or len(links[at].text.split()) >= _TITLE
