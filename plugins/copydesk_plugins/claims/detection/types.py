"""The types of a claim, the main one first, in the words of the annotation guideline."""

from __future__ import annotations

from copydesk_plugins.claims.claim import ClaimType
from copydesk_plugins.claims.detection.frames import Fit, is_title
from copydesk_plugins.claims.detection.listed import listed
from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.detection.strength import is_absolute_type

_ME = listed("i my me i've i'm i'd myself")
_QUOTES = '“”"'


def types_of(r: Reading, fits: list[Fit]) -> tuple[ClaimType, ...]:
    """Return the types of a unit by its frames; an absolute or a testimonial is main."""
    found: list[ClaimType] = []
    if is_absolute_type(r):
        found.append("absolute")
    if _testimonial(r):
        found.append("testimonial")
    if is_title(r) or r.question or r.has("invite"):
        found.append("implied")
    found += [fit.type for fit in fits]
    return tuple(dict.fromkeys(found))


def _testimonial(r: Reading) -> bool:
    """Say whether somebody tells of themselves in quotation marks."""
    return any(mark in r.text for mark in _QUOTES) and not _ME.isdisjoint(r.keys)
