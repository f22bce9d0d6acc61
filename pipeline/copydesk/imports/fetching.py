"""Pictures of a post that is online: left where they are, or brought along from its own host."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from copydesk.http import Session
from copydesk.imports.pictures import addresses_of, is_shown, renamed
from copydesk.imports.site import ImportSite
from copydesk.model.draft import Attachment, Conversion
from copydesk.model.finding import CopydeskError

#: Larger ones are no pictures of a post.
_MOST_BYTES = 20 * 1024 * 1024
#: So many failures in a row, and nobody is asked any more.
_PATIENCE = 5


class Fetching:
    """Brings along the pictures of one run; `hosts` are the addresses that may be asked.

    Without `wanted` nobody is asked, and only pictures that came along before keep their place.
    """

    def __init__(self, hosts: Iterable[str], wanted: bool, site: ImportSite) -> None:
        self._hosts = {urlsplit(each).netloc.lower(): urlsplit(each).scheme for each in hosts}
        self._wanted = wanted
        self._site = site
        self._sessions: dict[str, Session] = {}
        self._failed = 0

    def close(self) -> None:
        """End the connections."""
        for session in self._sessions.values():
            session.__exit__(None, None, None)

    def bring(self, found: Conversion, before: str) -> Conversion:
        """Return a conversion with its pictures as attachments, named by their addresses.

        `before` is what `ImportRecord.pictures` says of those that are there already.
        """
        there = remembered(before)
        found = renamed(found, there, self._site)
        if not self._wanted:
            return found
        attachments, notes = [], []
        for address in addresses_of(found, self._site):
            here = self._own(address)
            if not here:
                continue
            data, why = self._fetch(here)
            if data:
                attachments.append(Attachment(address, data))
            else:
                notes.append(f"The picture {address[:200]} stays where it is on the web: {why}.")
        return found._replace(
            attachments=(*found.attachments, *attachments), notes=(*found.notes, *notes)
        )

    def _own(self, address: str) -> str:
        """Return the address to ask for a picture of the site's own, or an empty text."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        scheme = self._hosts.get(parts.netloc.lower())
        if not scheme or parts.scheme not in ("", "http", "https"):
            return ""
        return urlunsplit((scheme, parts.netloc, parts.path, parts.query, ""))

    def _fetch(self, address: str) -> tuple[bytes, str]:
        """Return a picture's bytes, or why there are none."""
        if self._failed >= _PATIENCE:
            return b"", "its host did not answer before, so it was not asked again"
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        try:
            if root not in self._sessions:
                self._sessions[root] = Session(root, "the address of a picture")
            answer = self._sessions[root].get(address, _MOST_BYTES)
        except CopydeskError as error:
            self._failed += 1
            return b"", error.failure.message
        self._failed = 0
        if answer.status != 200:
            return b"", f"its host answers {answer.status}"
        if not is_shown(answer.body):
            return b"", "it is no PNG, JPEG, GIF or WebP"
        return answer.body, ""


def remembered(text: str) -> dict[str, str]:
    """Return the names that pictures got, by their addresses on the web."""
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): value for key, value in found.items() if isinstance(value, str)}


def joined(before: str, now: str) -> str:
    """Return what is remembered of pictures, with those of now."""
    names = {**remembered(before), **remembered(now)}
    return json.dumps(names, sort_keys=True) if names else ""
