"""Tells whether something beside a term says what it means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.api import PostContext, Unit
from copydesk_plugins.readability.terms import Term

#: What comes right behind a term that is explained, perhaps after its noun ("... receptors (").
_AFTER = re.compile(
    r"[\"”'’]?(?: [\w-]{1,20})?[\"”'’]? ?(?:[(\[—–:]|- |, ?(?:or|which|that is|meaning|i\.e|also|"
    r"sometimes|called|known|where|when|a|an|the|your|how|what|so|these|those)\b|,? (?:means?|"
    r"refers?|describes?|happens? when|(?:is|are) (?:a|an|the|your|how|what|when|any))\b)"
)
#: What stands right before one that names what was just told.
_BEFORE = re.compile(
    r"(?:[(\[—–]|\b(?:called|termed|named|dubbed|known as|referred to as|speak of|call it|"
    r"call this|term is|word is|, or|in other words,?|i\.e\.,?)) ?(?:a |an |the )?[\"“'‘]?$"
)
#: How the next sentence begins where it explains.
_NEXT = (
    "this means",
    "that means",
    "it means",
    "this is ",
    "that is ",
    "these are ",
    "it is a",
    "it is the",
    "it is how",
    "they are ",
    "it’s ",
    "it's ",
    "in other words",
    "in plain",
    "put simply",
    "simply put",
    "think of ",
    "for example",
    "imagine ",
)
_BACK, _NEAR = 40, 400


def is_explained(
    ctx: PostContext, unit: Unit, start: int, end: int, term: Term, around: Sequence[Unit]
) -> bool:
    """Say whether the words at [start, end) of a unit are explained there.

    `around` are the sentence and those before and after it in the same block.
    """
    text = unit.text
    if _AFTER.match(text, end) or _BEFORE.search(text[max(0, start - _BACK) : start]):
        return True
    near = " ".join(_near(each, unit, start) for each in around).lower().replace("’", "'")
    if any(plain.strip() in near for plain in re.split(", | or ", term.explanation.lower())):
        return True
    if any(
        each.index == unit.index + 1 and each.text[:_BACK].lower().startswith(_NEXT)
        for each in around
    ):
        return True
    span = ctx.span(unit, start, end)
    return any(
        link.block == unit.block and link.span.start <= span.start and span.end <= link.span.end
        for link in ctx.post.links
    )


def _near(each: Unit, unit: Unit, at: int) -> str:
    """Return what of a sentence is near to a place in one of those around it."""
    if each.index == unit.index:
        return each.text[max(0, at - _NEAR) : at + _NEAR]
    return each.text[-_NEAR:] if each.index < unit.index else each.text[:_NEAR]
