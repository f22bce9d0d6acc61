"""A source as people name it on the command line, as evidence."""

from __future__ import annotations

import re

from copydesk_plugins.claims.register.entry import Evidence

_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMID = re.compile(
    r"(?:pmid:?\s*|https?://pubmed\.ncbi\.nlm\.nih\.gov/)?([0-9]{1,9})/?", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s/]+\.\S+")


def evidence_of(text: str) -> Evidence | None:
    """Return a DOI, a PubMed number or an address as evidence, or None for other texts."""
    text = text.strip()
    if match := _DOI.fullmatch(text):
        return Evidence(doi=match[1])
    if match := _PMID.fullmatch(text):
        return Evidence(pmid=match[1])
    return Evidence(url=text) if _URL.fullmatch(text) else None
