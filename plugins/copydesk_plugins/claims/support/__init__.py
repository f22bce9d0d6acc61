"""Support in place: which source stands beside which claim, and of which kind it is."""

from __future__ import annotations

from copydesk_plugins.claims.support.places import Supports, support_of
from copydesk_plugins.claims.support.references import Source
from copydesk_plugins.claims.support.support import NONE, Level, Place, Support

__all__ = [
    "NONE",
    "Level",
    "Place",
    "Source",
    "Support",
    "Supports",
    "support_of",
]
