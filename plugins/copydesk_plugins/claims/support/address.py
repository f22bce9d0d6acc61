"""What an address stands for: a document, a home page, a search page, a page of one's own."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from copydesk_plugins.claims.support.hosts import Tier, tier_of_doi, tier_of_host
from copydesk_plugins.claims.support.identifiers import doi_in, identity

Page = Literal["document", "home", "search", "own", "named", ""]

#: Paths of home pages in small letters, without the slashes around them.
_HOME = re.compile(r"(?:index|home|default|welcome)?(?:\.(?:html?|php|aspx?))?")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?")
_SEARCH = frozenset({"search", "results", "search-results", "searchresults", "find", "suche"})
_ASKS = frozenset({"q", "s", "term", "query", "search", "searchterm", "search_query", "keyword"})
_NO_SOURCE = re.compile(r"(?!https?:|doi:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NUMBERED = (
    ("pmcid", re.compile(r"/(PMC\d{4,9})\b", re.IGNORECASE)),
    ("nct", re.compile(r"/(NCT\d{8})\b", re.IGNORECASE)),
)
_PUBMED = {
    "pubmed.ncbi.nlm.nih.gov": re.compile(r"/(\d{1,8})(?!\d)"),
    "ncbi.nlm.nih.gov": re.compile(r"/pubmed/(\d{1,8})(?!\d)"),
    "europepmc.org": re.compile(r"/(?:article|abstract)/med/(\d{1,8})(?!\d)", re.IGNORECASE),
}


class Address(NamedTuple):
    """What an address leads to.

    `identity` is its DOI, PMID, PMCID or trial number (`doi:10.5555/abc`), or empty.
    """

    tier: Tier = ""
    page: Page = ""
    host: str = ""
    identity: str = ""


NO_SOURCE = Address()


def look_at(href: str) -> Address:
    """Say what an address leads to; one that is no page at all has no tier."""
    href = href.strip()
    if href.lower().startswith("doi:"):
        doi = doi_in(href)
        return document("doi:" + doi) if doi else NO_SOURCE
    if not href or href.startswith(("#", "?")) or _NO_SOURCE.match(href):
        return NO_SOURCE
    if not href.lower().startswith(("https://", "http://", "//")):
        return Address("C", "own")
    try:
        parts = urlsplit(href)
        host, _ = (parts.hostname or "").lower().removesuffix("."), parts.port
    except ValueError:
        return NO_SOURCE
    if not host:
        return NO_SOURCE
    # Signs that hide where an address leads make it nobody's document.
    if "@" in parts.netloc or "%" in host or not _plain(parts.netloc):
        return Address("C", "document", "")
    return _page(parts, host)


def _plain(netloc: str) -> bool:
    # A pattern of these signs would take longer to make than all others of this package.
    return not any(sign <= " " or sign == "\\" or "\x7f" <= sign <= "\uffff" for sign in netloc)


def document(name: str) -> Address:
    """Return what an identifier stands for."""
    kind, _, number = name.partition(":")
    return Address(tier_of_doi(number) if kind == "doi" else "A", "document", "", name)


def _page(parts: SplitResult, host: str) -> Address:
    bare = host.removeprefix("www.")
    path = unquote(parts.path)
    if bare in ("doi.org", "dx.doi.org"):
        doi = doi_in(path)
        return document("doi:" + doi)._replace(host=bare) if doi else Address("C", "home", bare)
    if _is_search(path, parts.query):
        return Address("C", "search", bare)
    if _is_home(path, parts.query):
        return Address("C", "home", bare)
    tier = tier_of_host(bare, path or "/")
    name = _identity(bare, path) if tier in ("A", "B") else ""
    if name.startswith("doi:") and tier == "A":
        tier = tier_of_doi(name.removeprefix("doi:"))
    return Address(tier, "document", bare, name)


def _identity(host: str, path: str) -> str:
    match = _PUBMED[host].match(path) if host in _PUBMED else None
    if match:
        return identity("pmid", match[1])
    for kind, pattern in _NUMBERED:
        if found := pattern.search(path):
            return identity(kind, found[1])
    doi = doi_in(path)
    return "doi:" + doi if doi else ""


def _is_home(path: str, query: str) -> bool:
    parts = [each for each in path.lower().split("/") if each]
    if query and any(not name.startswith("utm_") for name, _ in _pairs(query)):
        return False
    if len(parts) > 1 and _LANGUAGE.fullmatch(parts[0]):
        parts = parts[1:]
    if not parts:
        return True
    last = parts[0]
    return len(parts) == 1 and bool(_HOME.fullmatch(last) or _LANGUAGE.fullmatch(last))


def _is_search(path: str, query: str) -> bool:
    if any(part in _SEARCH for part in path.lower().split("/")):
        return True
    return any(name.lower() in _ASKS for name, _ in _pairs(query))


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return []
