"""What the register has to know of the post that a claim stands in."""

from __future__ import annotations

from functools import cached_property

from copydesk.api import PostContext, Unit
from copydesk_plugins.claims.register.wording import phrase

#: Blocks that readers of the page do not see as text.
_NOT_SEEN = frozenset({"title", "description", "image-alt", "alt", "code"})


class PostFacts:
    """A post, and the market that it is written for; an empty market is no one in particular."""

    def __init__(self, ctx: PostContext, market: str = "") -> None:
        self.market = market.strip().lower()
        self._ctx = ctx

    @cached_property
    def _seen(self) -> str:
        post = self._ctx.post
        return phrase(" ".join(unit.text for unit in post.units if unit.kind not in _NOT_SEEN))

    def has(self, text: str) -> bool:
        """Say whether the words of a text stand in the post one after the other."""
        return phrase(text) in self._seen

    def about(self, unit: Unit, product: str) -> bool:
        """Say whether a unit, what it stands under, or the title names a product."""
        post = self._ctx.post
        above = (block.text.plain for block in post.ancestors(self._ctx.block(unit)))
        return any(phrase(product) in phrase(text) for text in (unit.text, post.title, *above))

    def lead_in(self, unit: Unit) -> str:
        """Return the words that introduce the list that a unit is an item of, or nothing."""
        block = self._ctx.block(unit)
        if block.kind != "list-item":
            return ""
        lead = next(self._ctx.post.ancestors(block), None)
        if lead is None or lead.kind == "heading" or not lead.text.plain.rstrip().endswith(":"):
            return ""
        return lead.text.plain.rstrip(" :")

    def spoken(self, unit: Unit) -> str:
        """Return the text of a unit, with the lead-in where it is an item of a list."""
        return f"{self.lead_in(unit)} {unit.text}".lstrip()
