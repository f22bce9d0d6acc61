"""Reads the record files of a site: small text files below its root, each read once a run."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from copydesk.files import why
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.records import Person, SiteRecords, digest_of_people, digest_of_text
from copydesk.sources import shown_path

_PARTS = ("name", "role", "credential", "url")
#: Registers of thousands of claims are about a megabyte.
MOST_BYTES = 16 * 1024 * 1024


class RecordFiles:
    """The record files of one site, and its people; what was read is remembered."""

    def __init__(self, root: Path, people: Mapping[str, Person]) -> None:
        self._root = root
        self._people = people
        self._texts: dict[str, str | None] = {}

    def read(self, name: str) -> str | None:
        """Return the text of a file below the site's root, or None where there is none.

        Raises CopydeskError where it cannot be read, ValueError for a name that leaves the site.
        """
        if name not in self._texts:
            self._texts[name] = _read(self._root, name)
        return self._texts[name]

    def shown(self, name: str) -> str:
        """Return the path of a record file as messages show it."""
        return shown_path(self._root / name)

    def forget(self, name: str) -> None:
        """Read a file anew when it is asked for next, because it was written."""
        self._texts.pop(name, None)

    @cached_property
    def records(self) -> SiteRecords:
        """What contexts get."""
        return SiteRecords(self.read, self._people, self.shown)

    def answer(self, question: str) -> str | None:
        """Return today's answer to a question that a context recorded; None for other ones."""
        kind, _, name = question.partition(":")
        if kind == "people":
            return digest_of_people(self._people)
        if kind != "file":
            return None
        try:
            return digest_of_text(self.read(name))
        except CopydeskError:
            return "cannot be read"


def people_of(config: Mapping[str, Any]) -> dict[str, Person]:
    """Return the people of a `[people]` table that was checked."""
    return {
        key: Person(key, **{part: str(table.get(part, "")) for part in _PARTS})
        for key, table in config.items()
    }


def _read(root: Path, name: str) -> str | None:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name:
        raise ValueError(f"a record file lies below the site's root: {name!r} does not")
    path = root.joinpath(*parts)
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            raise _unread(path, "is a link that leads out of the site")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except RuntimeError:
        raise _unread(path, "is a link that leads back to itself") from None
    except OSError as error:
        raise _unread(path, f"could not be read: {why(error)}") from error
    if len(data) > MOST_BYTES:
        raise _unread(path, f"is larger than {MOST_BYTES:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if name.lower().endswith(".csv"):  # Excel on Windows writes its own encoding
            with suppress(UnicodeDecodeError):
                return data.decode("cp1252")
        raise _unread(
            path, f"is not UTF-8: byte {data[error.start]:#04x} at {error.start}"
        ) from None


def _unread(path: Path, message: str) -> CopydeskError:
    return CopydeskError(
        Failure("config", message, "Mend or remove it, then run again.", shown_path(path))
    )
