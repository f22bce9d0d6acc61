"""The files of posts that a run writes: looked for there before they are used, else uploaded."""

from __future__ import annotations

from copydesk.api import Ledger, LocalFile
from copydesk_plugins.publishers.cms.remote import File, Remote
from copydesk_plugins.publishers.cms.wishes import Made, Wishes, as_ledger, known_files
from copydesk_plugins.publishers.cms.writing import Writer


class Files:
    """Brings each file there once in a run, and its alternative text.

    The ledger keeps the alternative text that we gave a file last. What stands there instead is a
    person's, and stays.
    """

    def __init__(self, remote: Remote, writer: Writer, wishes: Wishes, ledger: Ledger) -> None:
        self._remote, self._writer, self._wishes = remote, writer, wishes
        self._ledger = ledger
        self._wrote = known_files(ledger.files)
        #: The files that this run has seen there, by name, and those that got a text in it.
        self._seen: dict[str, File] = {}
        self._told: set[str] = set()

    def bring(self, made: Made, id: str) -> bool:
        """Bring the files of a post there; say whether one has another address than was known."""
        moved = False
        for file in made.body.files:
            known = self._wishes.files.get(file.name)
            found = self._one(file, made.alternatives.get(file.name, ""), id)
            moved = moved or known is None or known[:2] != found[:2]
            self._wishes.files[file.name] = found
            self._ledger.files[file.name] = as_ledger(self._wrote[file.name])
        return moved

    def _one(self, file: LocalFile, alt: str, id: str) -> File:
        name, wrote = file.name, self._wrote.get(file.name)
        found = self._seen.get(name)
        if found is None:
            # What our record does not know was looked for in this run.
            found = self._remote.see_file(wrote) if wrote else self._wishes.files.get(name)
        if found is None:
            found = self._writer.upload(file, id)
        before = wrote.alt if wrote else ""
        if alt and name not in self._told:
            self._told.add(name)
            # The text of a person stays, and so does that of the first post that shows the file.
            if found.alt != alt and found.alt in ("", before):
                found = self._writer.describe(found, alt)
                before = found.alt
            elif found.alt == alt:
                before = alt
        self._seen[name] = found
        self._wrote[name] = found._replace(alt=before)
        return found
