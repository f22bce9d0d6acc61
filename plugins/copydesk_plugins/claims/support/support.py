"""What stands beside a unit: the kind of source, its place, and what that is worth."""

from __future__ import annotations

from typing import Literal, NamedTuple

from copydesk.api import Span
from copydesk_plugins.claims.support.address import Address, Page
from copydesk_plugins.claims.support.hosts import Tier
from copydesk_plugins.claims.support.references import Source

Level = Literal["none", "weak", "cited"]
Place = Literal["unit", "marker", "paragraph", "list", ""]

_ORDER: dict[str, int] = {"unit": 0, "marker": 1, "list": 2, "paragraph": 3, "": 4}


class Support(NamedTuple):
    """What stands beside a unit; `probable` where it covers more than its own sentence.

    `href` is the address as written and `span` where it stands in the source: at the link or
    the entry of the reference list. `doi`, `pmid` and the rest of `identity` are empty where the
    source has none.
    """

    level: Level = "none"
    place: Place = ""
    tier: Tier = ""
    page: Page = ""
    href: str = ""
    identity: str = ""
    probable: bool = False
    span: Span | None = None
    host: str = ""

    @property
    def doi(self) -> str:
        """The DOI of the source, or nothing."""
        return self.identity.removeprefix("doi:") if self.identity.startswith("doi:") else ""

    @property
    def pmid(self) -> str:
        """The PMID of the source, or nothing."""
        return self.identity.removeprefix("pmid:") if self.identity.startswith("pmid:") else ""


NONE = Support()


def level_of(address: Address) -> Level:
    """Say what a source is worth: cited is a document of tier A, all others are weak."""
    if not address.tier:
        return "none"
    return "cited" if address.tier == "A" and address.page == "document" else "weak"


def support_by(source: Source, place: Place, probable: bool) -> Support:
    """Return the support that a source gives from a place."""
    address = source.address
    return Support(
        level_of(address),
        place,
        address.tier,
        address.page,
        source.href,
        address.identity,
        probable,
        source.span,
        address.host,
    )


def rank(support: Support) -> tuple[bool, bool, int, str]:
    """Return a key that sorts the best support first."""
    return (
        support.level != "cited",
        support.level != "weak",
        _ORDER[support.place],
        support.tier or "Z",
    )
