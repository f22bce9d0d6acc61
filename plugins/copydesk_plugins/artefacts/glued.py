"""Rule artefacts.glued: question and answer, or two sentences, with no space between."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from copydesk.api import Edit, PostContext, Report, Span, Unit, rule
from copydesk_plugins.artefacts.look import look
from copydesk_plugins.artefacts.vocabulary import sections

_TURNS = ("A:", "Q:", "A.", "Answer:", "Question:")
_ENDS = ".!?"
#: What makes another word of a heading's, as in "Backgrounds".
_ENDINGS = frozenset({"s", "es", "ed", "ing", "al", "ary"})


@rule(
    "artefacts.glued",
    summary="An answer glued to its question, a sentence to the one before, a heading to its text",
    why="The line break was lost when the text was copied; readers stumble, and screen readers "
    "run the two together.",
    good="Q: May I bring a friend?\n\nA: Yes, of course.",
    bad="Q: May I bring a friend?A: Yes, of course.",
    authority="Copydesk: residue seen on posts copied from site builders",
    severity="error",
)
def glued(ctx: PostContext) -> Iterator[Report]:
    """Report sentences that begin right where the one before ends."""
    for first, second in pairwise(ctx.post.units):
        if first.block != second.block or first.end != second.start:
            continue
        if second.text.startswith(_TURNS) and first.text[-1] in "?.!:":
            yield _turn(ctx, first, second)
        elif _sentences(first.text, second.text):
            yield _sentence(ctx, first, second)
        elif _asked_and_named(ctx, first, second):
            yield _heading(ctx, _around(ctx, first, second), _turn_fix(ctx, first, second))
    yield from _swallowed(ctx)


def _turn(ctx: PostContext, first: Unit, second: Unit) -> Report:
    names = {
        "A": "The answer is glued to its question",
        "Q": "The question is glued to the answer before it",
    }
    return ctx.report(
        _around(ctx, first, second),
        f"{names[second.text[0]]}, so readers miss where it begins.",
        help="Put it on a line of its own.",
        fix=_turn_fix(ctx, first, second),
    )


def _sentence(ctx: PostContext, first: Unit, second: Unit) -> Report:
    return ctx.report(
        _around(ctx, first, second),
        "Two sentences are glued together; a space or a line break "
        "was lost, which slows readers down.",
        help="Put a space between them.",
        fix=_fix(ctx, first, second, " "),
        severity="warning",
    )


def _sentences(before: str, after: str) -> bool:
    """Say whether a usual word ends one sentence and another begins the next."""
    if before[-1] not in _ENDS or len(after) < 2 or not after[0].isupper():
        return False
    word = before.rsplit(None, 1)[-1].rstrip(_ENDS)
    following = after.split(None, 1)[0]
    if any(char.isupper() for char in following[1:]):
        return False  # a name out of a program: "fs.ReadStream"
    usual = len(word) > 1 and word[-1].islower() and not any(c in word for c in ".@/:\\_")
    return usual and (after[1].islower() or after[1] in " '’")


def _asked_and_named(ctx: PostContext, first: Unit, second: Unit) -> bool:
    """Say whether an answer begins with the last word of its question: "What is KAP?KAP is"."""
    asked, answered = ctx.words(first), ctx.words(second)
    return (
        first.text[-1] == "?"
        and bool(asked and answered)
        and len(answered) > 1
        and asked[-1].text == answered[0].text
        and asked[-1].text[0].isupper()
    )


def _swallowed(ctx: PostContext) -> Iterator[Report]:
    """Report paragraphs that begin with a heading glued to a word of the post: "Conclusionour"."""
    known = sections("headings")["heading"]
    starts = tuple(word.capitalize() for word in known)
    for block in look(ctx).blocks:
        plain = block.text.plain
        if block.kind != "paragraph" or not plain.startswith(starts):
            continue
        word = plain.split(None, 1)[0]
        heading = max((each for each in known if word.lower().startswith(each)), key=len)
        rest = word[len(heading) :].rstrip(".,;:!?").lower()
        if len(rest) > 1 and rest.isalpha() and rest in look(ctx).words and rest not in _ENDINGS:
            yield _heading(ctx, block.text.to_source(0, len(word)), ())


def _heading(ctx: PostContext, span: Span, fix: tuple[Edit, ...]) -> Report:
    return ctx.report(
        span,
        "A heading is glued to the text below it, so readers miss both.",
        help="Put the heading on a line of its own.",
        fix=fix,
        severity="warning",
    )


def _around(ctx: PostContext, first: Unit, second: Unit) -> Span:
    """Return the place of the last word before and the first word after the join."""
    block = ctx.block(first)
    last, following = ctx.words(first), ctx.words(second)
    start = first.start + (last[-1].start if last else 0)
    end = second.start + (following[0].end if following else 1)
    if second.text[len(second.text[: end - second.start]) :].startswith(":"):
        end += 1
    return block.text.to_source(start, end)


def _line_break(ctx: PostContext, unit: Unit) -> str:
    """Return what parts two paragraphs in the file, or nothing where that could break it."""
    if ctx.block(unit).container != -1:
        return ""
    return "<br>" if ctx.post.reader == "html" else ctx.post.source.newline * 2


def _turn_fix(ctx: PostContext, first: Unit, second: Unit) -> tuple[Edit, ...]:
    """Part two turns; a question right below another answer gets a line of its own, too."""
    fix = _fix(ctx, first, second, _line_break(ctx, second))
    text, newline = ctx.post.source.text, ctx.post.source.newline
    block = ctx.block(first)
    start = first.span.start
    below = start > block.span.start and text.endswith(newline, 0, start)
    if fix and below and ctx.post.reader != "html" and first.text.startswith(_TURNS):
        return (Edit(start, start, newline), *fix)
    return fix


def _fix(ctx: PostContext, first: Unit, second: Unit, text: str) -> tuple[Edit, ...]:
    """Insert a text between two units, where the source has nothing between them either."""
    block = ctx.block(first)
    before = block.text.to_source(first.end - 1, first.end).end
    after = block.text.to_source(second.start, second.start + 1).start
    return (Edit(after, after, text),) if text and before == after else ()
