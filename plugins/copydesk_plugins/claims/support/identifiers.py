"""Identifiers of documents: DOI, PMID, PMCID and trial numbers, each in one form.

The form is `doi:10.5555/abc`, `pmid:123`, `pmcid:PMC123`, `nct:NCT01234567`.
Sources: the DOI Handbook and Crossref on patterns of DOIs; NLM on PMID and PMCID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9})*/[^\s\"<>\u201c\u201d\u2019]+")
_WRITTEN = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"\u201c\u201d]+)"
    r"|(?<![\w./-])(?:doi:?\s?)?(?P<doi>10\.\d{4,9}(?:\.\d{1,9})*/[^\s\"<>\u201c\u201d]+)"
    r"|\bPMID:?\s{0,3}(?P<pmid>\d{1,8})\b"
    r"|\bPMC(?:ID:?\s{0,3}(?:PMC)?)?(?P<pmcid>\d{4,9})\b"
    r"|\b(?P<nct>NCT\d{8})\b",
    re.IGNORECASE,
)
#: What may follow an identifier in a sentence and is no part of it.
_AFTER = ".,;:!?'*_\u2019\u2026"
_PAIRS = {")": "(", "]": "[", "}": "{"}
#: Ends of publishers' addresses that follow the DOI.
_VIEWS = re.compile(r"(?:/(?:full|abstract|pdf|epdf|fulltext|meta|summary|html))+$|\.pdf$")


class Written(NamedTuple):
    """An identifier or an address in a text, with its place; `identity` is empty for addresses."""

    start: int
    end: int
    identity: str
    href: str = ""


def written_in(text: str) -> Iterator[Written]:
    """Yield the identifiers and addresses that are written out in a text, in order."""
    # Plain tests, because most sentences hold none and a pattern costs twenty times as much.
    if not ("10." in text or "://" in text or "PM" in text or "NCT" in text or "pm" in text):
        return
    for match in _WRITTEN.finditer(text):
        kind = match.lastgroup or ""
        said = match[kind]
        if kind == "url":
            href = trimmed(said)
            yield Written(match.start(), match.start() + len(href), "", href)
        elif kind == "doi":
            doi = trimmed(said)
            yield Written(match.start(), match.start(kind) + len(doi), "doi:" + doi.lower())
        else:
            yield Written(match.start(), match.end(), identity(kind, said))


def identity(kind: str, number: str) -> str:
    """Return a PMID, PMCID or trial number in the one form."""
    number = number.upper().removeprefix("PMC")
    if kind == "pmcid":
        return f"pmcid:PMC{number}"
    return f"{kind}:{number.lstrip('0') if kind == 'pmid' else number}"


def doi_in(text: str) -> str:
    """Return the first DOI in a path, in small letters as DOIs are compared, or nothing."""
    match = _DOI.search(text)
    return trimmed(_VIEWS.sub("", match[0])).lower() if match else ""


def trimmed(text: str) -> str:
    """Return an address or DOI without the signs of the sentence around it.

    A closing bracket stays where it closes one that is open inside.
    """
    # Counted once, so that a long row of brackets stays cheap.
    counts = {sign: text.count(sign) for pair in _PAIRS.items() for sign in pair}
    end = len(text)
    while end:
        sign = text[end - 1]
        if sign in _PAIRS:
            if counts[sign] <= counts[_PAIRS[sign]]:
                break
            counts[sign] -= 1
        elif sign in _PAIRS.values():
            counts[sign] -= 1
        elif sign not in _AFTER:
            break
        end -= 1
    return text[:end]
