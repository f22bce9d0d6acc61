"""Crossref: whether a DOI is known, its title, and the notices about it.

Source: the Crossref REST API, `GET /works/{doi}` and `GET /works/{doi}/agency`, and its page on
retractions and other updates (`updated-by` on the work, `update-to` on the notice).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from copydesk_plugins.claims.sources.asking import Polite, json_of
from copydesk_plugins.claims.sources.told import State, Told, graver, plain

DEFAULT = "https://api.crossref.org"
_UPDATES: dict[str, State] = {
    "retraction": "retracted",
    "withdrawal": "retracted",
    "removal": "retracted",
    "partial_retraction": "concern",
    "expression_of_concern": "concern",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
    "addendum": "corrected",
    "clarification": "corrected",
}
_RETRACTED_TITLES = ("retracted:", "withdrawn:", "retracted article", "retraction:", "removed:")


def ask_crossref(polite: Polite, identity: str, mailto: str) -> Told | None:
    """Ask about a DOI; None where another agency registered it, which Crossref knows not.

    Raises CopydeskError where the answer cannot be right.
    """
    doi = identity.removeprefix("doi:")
    asks = "?" + urlencode({"mailto": mailto}) if mailto else ""
    path = "/works/" + quote(doi, safe="")
    answer = polite.get(path + asks)
    if answer.status == 404:
        _expect_crossref(polite, answer.body, identity)
        agency = polite.get(f"{path}/agency{asks}")
        if agency.status == 404:
            _expect_crossref(polite, agency.body, identity)
            return Told("not-found", by="crossref")
        return None
    if answer.status != 200:
        polite.lies(f"answered {answer.status} about {identity}")
    work = json_of(polite, answer, identity).get("message")
    if not isinstance(work, dict) or not isinstance(work.get("DOI"), str):
        polite.lies(f"did not answer about {identity} as Crossref does")
    if work["DOI"].lower() != doi:
        polite.lies(f"answered about doi:{plain(work['DOI'].lower())} instead of {identity}")
    return told_of(work)


def told_of(work: dict[str, Any]) -> Told:
    """Return what the record of a work tells."""
    titles = work.get("title")
    title = plain(titles[0]) if isinstance(titles, list) and titles else ""
    found = Told("verified", title, "", "crossref")
    if title.lower().startswith(_RETRACTED_TITLES):
        found = found._replace(state="retracted", note="Its title says so.")
    for update in _updates(work, "updated-by"):
        found = graver(found, _update(update, title, "See"))
    for update in _updates(work, "update-to"):
        told = _update(update, title, "It is itself the notice about")
        if told is not None and told.state == "retracted":
            found = graver(found, told)
    return found


def _expect_crossref(polite: Polite, body: bytes, identity: str) -> None:
    """Raise CopydeskError for a 404 that is not Crossref's own: it says nothing about a DOI."""
    if not body.strip().lower().startswith(b"resource not found"):
        polite.lies(f"answered 404 about {identity}, but not as Crossref does")


def _updates(work: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    updates = work.get(key)
    for each in updates if isinstance(updates, list) else ():
        if isinstance(each, dict):
            yield each


def _update(update: dict[str, Any], title: str, says: str) -> Told | None:
    kind = plain(update.get("type")).lower().replace("-", "_").replace(" ", "_")
    state = _UPDATES.get(kind)
    if state is None:
        return None
    doi = plain(update.get("DOI")).lower()
    said = f"{kind.replace('_', ' ').capitalize()}{_when(update)}."
    return Told(state, title, f"{said} {says} doi:{doi}." if doi else said, "crossref")


def _when(update: dict[str, Any]) -> str:
    updated = update.get("updated")
    parts = updated.get("date-parts") if isinstance(updated, dict) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) or not first:
        return ""
    if not all(isinstance(each, int) and 0 < each < 10_000 for each in first[:3]):
        return ""
    return " of " + "-".join(f"{each:02d}" for each in first[:3])
