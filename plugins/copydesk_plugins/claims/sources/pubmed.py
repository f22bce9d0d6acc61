"""PubMed: whether a PMID or PMCID is known, its title, and whether it was retracted.

Source: NCBI E-utilities, `esummary.fcgi` with `retmode=json`: `pubtype` holds "Retracted
Publication", `references` the notices ("Retraction in", "Erratum in").
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from copydesk_plugins.claims.sources.asking import Polite, json_of
from copydesk_plugins.claims.sources.told import State, Told, graver, plain

DEFAULT = "https://eutils.ncbi.nlm.nih.gov"
_NOTICES: dict[str, State] = {
    "retraction in": "retracted",
    "expression of concern in": "concern",
    "erratum in": "corrected",
    "corrected and republished in": "corrected",
}
_TYPES: dict[str, tuple[State, str]] = {
    "retracted publication": ("retracted", "PubMed lists it as a retracted publication."),
    "retraction of publication": ("retracted", "It is itself the notice of a retraction."),
    "retraction notice": ("retracted", "It is itself the notice of a retraction."),
}


def ask_pubmed(polite: Polite, identity: str, mailto: str) -> Told:
    """Ask about a PMID or PMCID; raises CopydeskError where the answer cannot be right."""
    kind, _, number = identity.partition(":")
    if kind == "pmid":
        return _article(polite, number, identity, mailto)
    record = _record(polite, "pmc", number.removeprefix("PMC"), identity, mailto)
    if record is None:
        return Told("not-found", by="pubmed")
    # PubMed Central does not tell of retractions; PubMed does.
    pmid = _id_of(record, "pmid")
    if pmid.isdigit() and pmid.strip("0"):
        found = _article(polite, pmid, f"pmid:{pmid}", mailto)
        if found.state != "not-found":
            return found
    return Told("verified", plain(record.get("title")), "", "pubmed")


def _article(polite: Polite, number: str, identity: str, mailto: str) -> Told:
    record = _record(polite, "pubmed", number, identity, mailto)
    return Told("not-found", by="pubmed") if record is None else told_of(record)


def told_of(record: dict[str, Any]) -> Told:
    """Return what the summary of an article tells."""
    found = Told("verified", plain(record.get("title")), "", "pubmed")
    types = record.get("pubtype")
    for each in types if isinstance(types, list) else ():
        if known := _TYPES.get(plain(each).lower()):
            found = graver(found, Told(known[0], found.title, known[1], "pubmed"))
    notices = record.get("references")
    for each in notices if isinstance(notices, list) else ():
        kind = plain(each.get("reftype")).lower() if isinstance(each, dict) else ""
        if state := _NOTICES.get(kind):
            source = plain(each.get("refsource"))
            note = f"{kind.capitalize()} {source}.".replace("..", ".")
            found = graver(found, Told(state, found.title, note, "pubmed"))
    return found


def _record(
    polite: Polite, database: str, number: str, identity: str, mailto: str
) -> dict[str, Any] | None:
    """Return the summary of a document, or None where PubMed has none."""
    asks = {"db": database, "id": number, "retmode": "json", "tool": "copydesk"}
    if mailto:
        asks["email"] = mailto
    answer = polite.get("/entrez/eutils/esummary.fcgi?" + urlencode(asks))
    if answer.status != 200:
        polite.lies(f"answered {answer.status} about {identity}")
    result = json_of(polite, answer, identity).get("result")
    record = result.get(number) if isinstance(result, dict) else None
    if not isinstance(record, dict) or str(record.get("uid", number)) != number:
        polite.lies(f"did not answer about {identity}, but about something else")
    return None if "error" in record else record


def _id_of(record: dict[str, Any], kind: str) -> str:
    ids = record.get("articleids")
    for each in ids if isinstance(ids, list) else ():
        if isinstance(each, dict) and each.get("idtype") == kind:
            return plain(each.get("value"))
    return ""
