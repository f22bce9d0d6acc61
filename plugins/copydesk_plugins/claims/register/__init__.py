"""The register: the claims that the practice has approved, with evidence, sign-off and expiry."""

from __future__ import annotations

from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.facts import PostFacts
from copydesk_plugins.claims.register.matching import Near, Settled
from copydesk_plugins.claims.register.register import Register, register_of

__all__ = ["Entry", "Near", "PostFacts", "Register", "Settled", "register_of"]
