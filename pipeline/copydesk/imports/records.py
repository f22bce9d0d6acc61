"""What was imported, in `.copydesk/imports.json`: which input became which draft, and its body.

The body as it was imported is what later changes of draft and input are compared with. The
file can be lost: then an input that changed counts as a new one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from copydesk.files import write_whole
from copydesk.ledger import FOLDER, held
from copydesk.model.finding import CopydeskError, Failure
from copydesk.sources import shown_path

_VERSION = 1
_NAME = "imports.json"


class ImportRecord(NamedTuple):
    """One import. `place` tells inputs of one name apart without saying whose folders they lay in.

    `key` is the draft's path below the site when it was last seen, `stem` what its pictures are
    named after, `title` and `body` what the input said, as Markdown. Of a post of another system
    `input` is the address it comes from, `head` the front matter that it would get as a new draft,
    and `pictures` says as JSON under which names its pictures were brought along.
    """

    input: str
    place: str
    sha256: str
    key: str
    id: str
    stem: str
    title: str
    body: str
    head: str = ""
    pictures: str = ""


def records_path(root: Path) -> Path:
    """Return where the records of a site lie."""
    return root / FOLDER / _NAME


class Records:
    """The records of a site, read when it is opened; raises CopydeskError if that cannot be done.

    A folder of hundreds of files is imported one by one, so what was read or written last is
    kept, and only what changed is turned into JSON again.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._data = b""
        self._lines: dict[ImportRecord, str] = {}
        self.entries: list[ImportRecord] = []
        self._read()

    def _read(self) -> None:
        path = records_path(self._root)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            data = b""
        except OSError as error:
            raise _unusable(path, f"could not be read: {error.strerror}") from None
        if data != self._data:
            self.entries = _parsed(data, path)
            self._data = data

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs from writing; raises CopydeskError where one is at this site already.

        A whole import is written inside, or two runs could both find the place of a draft free.
        """
        with held(self._root) as free:
            if not free:
                raise CopydeskError(
                    Failure(
                        "site",
                        "nothing was imported, because another run is at work on this site",
                        "Wait until it is done, then run again.",
                    )
                )
            yield

    def put(self, *records: ImportRecord) -> None:
        """Write records, each in place of the one with its id.

        To be called inside `alone`. Raises OSError where it cannot be written.
        """
        self._read()
        ids = {each.id for each in records}
        entries = sorted([*records, *(each for each in self.entries if each.id not in ids)])
        path = records_path(self._root)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = self._written(entries)
        write_whole(path, data)
        self._data, self.entries = data, entries

    def _written(self, entries: list[ImportRecord]) -> bytes:
        """Return records as JSON, one on each line."""
        known = self._lines
        self._lines = {each: known.get(each) or json.dumps(each._asdict()) for each in entries}
        lines = ",\n".join(self._lines.values())
        return f'{{"version": {_VERSION}, "imports": [\n{lines}\n]}}\n'.encode()


def _parsed(data: bytes, path: Path) -> list[ImportRecord]:
    if not data:
        return []
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise _unusable(path, "is damaged") from None
    if not isinstance(value, dict) or value.get("version") != _VERSION:
        raise _unusable(path, "is of another version of Copydesk")
    try:
        return [_record(each) for each in value["imports"]]
    except (KeyError, TypeError, ValueError):
        raise _unusable(path, "is damaged") from None


def _record(value: Any) -> ImportRecord:
    record = ImportRecord(**value)
    if not all(isinstance(part, str) for part in record):
        raise TypeError("every part of a record is a text")
    if set(record.stem) & set("/\\\0"):
        raise ValueError("pictures lie beside their draft")
    return record


def _unusable(path: Path, what: str) -> CopydeskError:
    return CopydeskError(
        Failure(
            "site",
            f"the record of what was imported {what}",
            "Bring the file back from a backup. Or move it away: then nothing is lost, but an "
            "input that was imported before counts as a new one.",
            shown_path(path),
        )
    )
