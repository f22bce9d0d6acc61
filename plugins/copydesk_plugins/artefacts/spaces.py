"""Rule artefacts.spaces: blanks and hyphens that nobody sees, and escaped blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import Edit, PostContext, Report, rule
from copydesk_plugins.artefacts.look import Look, Seen, look

#: Of no width, and of use in scripts other than the Latin one only.
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad]+")
_UNSEEN_MARKS = ("\u200b", "\u2060", "\ufeff", "\u00ad")
#: A blank that holds two ordinary words together: "of it", where "5 mg" and "Dr Ellison" are meant.
_HELD = re.compile(r"(?<=[^\W\d_]{2})\u00a0+(?=[^\W\d_]{2})")
_ESCAPED = re.compile(r"(?<=[^\W\d_]|[.,;!?])\\ (?=[^\W\d_])")
_FEWEST = 3
_LATIN_ENDS = "\u0250"


@rule(
    "artefacts.spaces",
    summary="Non-breaking blanks between ordinary words, unseen characters, and escaped blanks",
    why="Lines break in odd places, and a search for the words does not find them.",
    good="Bring 5\u00a0mg and come with Dr\u00a0Ellison.",
    bad="Bring your\u00a0forms and\u00a0your glasses and\u00a0come early.",
    authority="Copydesk: residue of word processors, site builders and chat windows",
    severity="info",
)
def spaces(ctx: PostContext) -> Iterator[Report]:
    """Report each kind once for the post, with the places that are certain mended."""
    seen = look(ctx)
    if "\u00a0" in seen.text or "&nbsp;" in seen.lowered or "&#160;" in seen.text:
        yield from _held(ctx, seen)
    if any(mark in seen.lowered for mark in _UNSEEN_MARKS):
        yield from _unseen(ctx, seen)
    if "\\ " in seen.text and ctx.post.reader == "markdown":
        yield from _escaped(ctx, seen)


def _held(ctx: PostContext, seen: Look) -> Iterator[Report]:
    found = [each for each in seen.matches(_HELD) if _ordinary(each)]
    if len(found) >= _FEWEST:
        yield ctx.report(
            _with_neighbours(found[0]).span,
            f"Non-breaking blanks stand between ordinary words in {len(found)} places, so lines "
            "break where they should not.",
            help="Use ordinary blanks.",
            fix=tuple(Edit(*each.span, " ") for each in found),
        )


def _ordinary(seen: Seen) -> bool:
    """Say whether a small letter follows: names and titles are held together on purpose."""
    return seen.block.text.plain[seen.end].islower()


def _unseen(ctx: PostContext, seen: Look) -> Iterator[Report]:
    found = [each for each in seen.matches(_UNSEEN) if _latin(each)]
    if found:
        count = f"in {len(found)} places" if len(found) > 1 else "in one place"
        yield ctx.report(
            _with_neighbours(found[0]).span,
            f"Characters that nobody sees stand {count}, so a search for the words does not "
            "find them.",
            help="Take them out.",
            fix=tuple(Edit(*each.span, "") for each in found),
        )


def _latin(seen: Seen) -> bool:
    """Say whether the letters around are Latin: other scripts need such characters.

    Who writes one as an entity (“&shy;”) means it.
    """
    if seen.span.end - seen.span.start != seen.end - seen.start:
        return False
    plain = seen.block.text.plain
    around = plain[max(0, seen.start - 1) : seen.start] + plain[seen.end : seen.end + 1]
    return all(letter < _LATIN_ENDS or not letter.isalpha() for letter in around) and any(
        letter.isalnum() or letter.isspace() or letter in ".,;:" for letter in around
    )


def _escaped(ctx: PostContext, seen: Look) -> Iterator[Report]:
    found = list(seen.matches(_ESCAPED))
    if found:
        count = f"in {len(found)} places" if len(found) > 1 else "in one place"
        yield ctx.report(
            _with_neighbours(found[0]).span,
            f"A backslash stands before a blank {count}, and readers see it.",
            help="Take the backslash out.",
            fix=tuple(Edit(*each.span, " ") for each in found),
            severity="warning",
        )


def _with_neighbours(seen: Seen) -> Seen:
    """Return a find with the letters beside it: what nobody sees cannot be quoted alone."""
    plain = seen.block.text.plain
    start, end = seen.start, seen.end
    while start > max(0, seen.start - 20) and plain[start - 1].isalnum():
        start -= 1
    while end < min(len(plain), seen.end + 20) and plain[end].isalnum():
        end += 1
    return Seen(seen.block, start, end)
