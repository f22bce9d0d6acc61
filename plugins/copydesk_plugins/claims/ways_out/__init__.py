"""Ways out of a claim without a source: cite, soften or cut. Nothing is ever changed by itself."""

from __future__ import annotations

from copydesk_plugins.claims.claim import Claim, SupportLevel
from copydesk_plugins.claims.ways_out.cite import cite
from copydesk_plugins.claims.ways_out.cut import cut
from copydesk_plugins.claims.ways_out.soften import Softened, soften

__all__ = ["Softened", "cite", "cut", "help_of", "soften"]

_LONGEST = 160


def help_of(claim: Claim, level: SupportLevel, nearest: str | None) -> str:
    """Return the ways out of a claim, one a line, the best first.

    `nearest` is the statement of the register that comes nearest, or None. A softer wording
    still needs its source, and the line says so.
    """
    lines = (cite(claim, level, nearest), _soften_line(claim), _cut_line(claim))
    return "\n".join(line for line in lines if line)


def _soften_line(claim: Claim) -> str:
    found = soften(claim)
    if found is None:
        return ""
    if found.take_out:
        words = " ".join(found.take_out.split())
        return f"Soften: no source carries “{words}”. Take it out, and say what some people notice."
    if len(found.text) > _LONGEST:
        return ""  # a page of text is no suggestion
    return f"Soften: “{' '.join(found.text.split())}” It still needs a source."


def _cut_line(claim: Claim) -> str:
    left = cut(claim)
    if left and len(left) <= _LONGEST:
        return f"Cut: “{' '.join(left.split())}” would be left."
    if claim.unit.kind in ("heading", "title"):
        return "Cut: name what it is about, and say nothing of what it does."
    if claim.unit.kind in ("description", "image-alt", "alt"):
        return "Cut: say what is there to see or read, without the effect."
    what = {"list-item": "list item", "table-cell": "table cell"}.get(claim.unit.kind, "sentence")
    return f"Cut: leave this {what} out."
