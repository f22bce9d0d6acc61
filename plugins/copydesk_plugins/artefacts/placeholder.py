"""Rule artefacts.placeholder: text, notes and numbers that stand where one's own was to come."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from copydesk.api import PostContext, Report, Unit, Word, rule
from copydesk_plugins.artefacts.look import holds, keys, look, short
from copydesk_plugins.artefacts.vocabulary import phrases, vocabulary, words_in

#: Kept free for examples by RFC 2606: nobody's practice is there.
_EXAMPLE_HOSTS = ("example.com", "example.org", "example.net")


@rule(
    "artefacts.placeholder",
    summary="Text that was to be replaced: “lorem ipsum”, “your text here”, TODO, 555-555-5555",
    why="Readers see that the page is unfinished, and a number or an address that is not yours "
    "leads them astray.",
    good="Ring us before noon.",
    bad="Lorem ipsum dolor sit amet.",
    authority="Copydesk: texts that builders and forms put in; RFC 2606 for example.com",
)
def placeholder(ctx: PostContext) -> Iterator[Report]:
    """Report each such text outside of code; example addresses only in a post that is due."""
    seen = look(ctx)
    hints = vocabulary("placeholders", "sure").hints(seen.words)
    notes = not words_in("placeholders", "note").isdisjoint(seen.words)
    for unit in ctx.post.units if hints or notes else ():
        if unit.kind != "code":
            if notes:
                yield from _notes(ctx, unit)
            if holds(unit, hints):
                yield from _phrases(ctx, unit)
    for example in vocabulary("placeholders", "example").possible(seen.words):
        for each in seen.seen(example):
            if _stands_alone(each.block.text.plain, each.start, each.end):
                yield ctx.report(
                    each.span,
                    f"“{each.text}” is an example, not a number or an address of yours, so "
                    "nobody is reached there.",
                    help="Write your own.",
                    severity=None if example[-1].isdigit() or "xxx" in example else "info",
                )
    yield from _example_links(ctx)


def _notes(ctx: PostContext, unit: Unit) -> Iterator[Report]:
    for word in ctx.words(unit):
        if word.text.isupper() and _is_note(unit, word):
            span = ctx.span(unit, word.start, word.end)
            if not look(ctx).in_code(span.start):
                yield ctx.report(
                    span,
                    f"“{word.text}” looks like a writer's note that was never settled, and "
                    "readers see it.",
                    help="Settle it, or remove it.",
                    severity="info" if word.text in ("TBD", "TBC") else None,
                )


def _phrases(ctx: PostContext, unit: Unit) -> Iterator[Report]:
    words = ctx.words(unit)
    for hit in phrases("placeholders", "sure").find(keys(ctx, unit)).get("sure", [])[:1]:
        span = ctx.span(unit, words[hit.start].start, words[hit.end - 1].end)
        if not look(ctx).in_code(span.start):
            yield ctx.report(
                span,
                f"“{short(ctx.post.quote(span))}” stands where your own text was to come.",
                help="Write your own text, or remove the passage.",
            )


def _is_note(unit: Unit, word: Word) -> bool:
    """Say whether a word in capitals is a note: first in its sentence, or marked as one."""
    if word.text.lower() not in words_in("placeholders", "note"):
        return False
    after, before = unit.text[word.end : word.end + 1], unit.text[: word.start].rstrip()
    if word.text.startswith("XXX"):  # a number of the Romans, or the size of a shirt
        return after == ":" or unit.text == word.text or (before.endswith("[") and after == "]")
    return not before or after in (":", "]") or before[-1] in "[(:"


def _stands_alone(plain: str, start: int, end: int) -> bool:
    before, after = plain[start - 1 : start] if start else "", plain[end : end + 1]
    return not (before.isalnum() or after.isalnum())


def _example_links(ctx: PostContext) -> Iterator[Report]:
    if ctx.post.metadata.state == "draft" or "example." not in look(ctx).lowered:
        return
    for link in ctx.post.links:
        if "example." in link.href and _host(link.href).endswith(_EXAMPLE_HOSTS):
            yield ctx.report(
                link.span,
                f"The link leads to “{short(link.href)}”, an address kept for examples, so "
                "readers find nothing there.",
                help="Link the page that you mean.",
            )


def _host(href: str) -> str:
    if href.startswith("mailto:"):
        return href.partition("?")[0].rpartition("@")[2].lower()
    try:
        return (urlsplit(href).hostname or "").lower()
    except ValueError:
        return ""
