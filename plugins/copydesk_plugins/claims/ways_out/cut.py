"""What would be left of a unit without its claim."""

from __future__ import annotations

import re

from copydesk_plugins.claims.claim import Claim

#: A clause at the end that can go without harm to what stands before it.
_TAILS = re.compile(
    r"(?:,| –| —) (?:which|so that|because|as it|as this|helping|making|leaving)\b| so that\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
_ENDS = ".!…"
_LONGEST = 400


def cut(claim: Claim) -> str:
    """Return the unit without its claim, or nothing where the whole unit would go.

    Only a clause at the end is cut, and only where the claim's words stand in it.
    """
    text = claim.unit.text
    at = text.lower().find(claim.words.lower()) if claim.words else -1
    if at == -1 or len(text) > _LONGEST or '"' in text or "“" in text or "?" in text:
        return ""
    tail = next((found for found in _TAILS.finditer(text) if found.start() <= at), None)
    if tail is None or len(text[: tail.start()].split()) < _FEWEST_WORDS:
        return ""
    inside = text[tail.end() :].rstrip(_ENDS)
    if re.search(r"[,;:.!–—]", inside):
        return ""  # something follows that is no part of the clause
    end = text[len(text.rstrip(_ENDS)) :]
    return text[: tail.start()].rstrip() + end
