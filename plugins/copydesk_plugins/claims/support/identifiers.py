"""Identifiers of documents: DOI, PMID, PMCID and trial numbers, each in one form.

The form is `doi:10.5555/abc`, `pmid:123`, `pmcid:PMC123`, `nct:NCT01234567`.
Sources: the DOI Handbook and Crossref on patterns of DOIs; NLM on PMID and PMCID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

#: Old DOIs hold a part such as "<161::AID-X1>"; other angle brackets are no part of one.
_SUFFIX = r"(?:[^\s\"<>\u201c\u201d]|<\d{1,6}::[\w-]{1,30}>)+"
_DOI = re.compile(rf"10\.\d{{4,9}}(?:\.\d{{1,9}})*/{_SUFFIX}")
_WRITTEN = re.compile(
    r"(?P<url>\bhttps?://[^\s<>\"\u201c\u201d]+)"
    r"|(?<![\w./-])(?:doi:?\s?)?(?P<doi>10\.\d{4,9}(?:\.\d{1,9})*/" + _SUFFIX + r")"
    r"|\bPMID:?\s{0,3}(?P<pmid>\d{1,8})\b"
    r"|\bPMC(?:ID:?\s{0,3}(?:PMC)?)?(?P<pmcid>\d{4,9})\b"
    r"|\b(?P<nct>NCT\d{8})\b",
    re.IGNORECASE,
)
#: What may follow an identifier in a sentence and is no part of it.
_AFTER = ".,;:!?'*_\u2019\u2026"
_AFTER_DOI = _AFTER + "/"
#: What pasted text brings along: signs that nobody sees, and hyphens of a typesetter.
_PASTED = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF]) | {
    0x2010: "-",
    0x2011: "-",
}
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
            if doi := _plain(said):
                end = match.start(kind) + len(trimmed(said, _AFTER_DOI))
                yield Written(match.start(), end, "doi:" + doi)
        else:
            yield Written(match.start(), match.end(), identity(kind, said))


def identity(kind: str, number: str) -> str:
    """Return a PMID, PMCID or trial number in the one form; nothing for a number of zeros."""
    number = number.upper().removeprefix("PMC")
    if not number.strip("0"):
        return ""
    if kind == "pmcid":
        return f"pmcid:PMC{number}"
    return f"{kind}:{number.lstrip('0') if kind == 'pmid' else number}"


def doi_in(text: str) -> str:
    """Return the first DOI in a path, in small letters as DOIs are compared, or nothing."""
    match = _DOI.search(text)
    return _plain(_VIEWS.sub("", match[0].partition("\u2019")[0])) if match else ""


def _plain(doi: str) -> str:
    """Return a DOI as it was found in the one form; nothing where only its prefix is there."""
    found = trimmed(doi.translate(_PASTED), _AFTER_DOI).lower()
    return found if "/" in found else ""


def trimmed(text: str, after: str = _AFTER) -> str:
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
        elif sign not in after:
            break
        end -= 1
    return text[:end]
