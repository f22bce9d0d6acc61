"""A Word file as a package of parts, opened with care: it comes from elsewhere."""

from __future__ import annotations

import io
import posixpath
import zlib
from typing import NamedTuple
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, LargeZipFile, ZipFile, is_zipfile

from copydesk.api import CopydeskError, Failure, Incoming
from copydesk_plugins.readers.imports.word_xml import BadXml, parse

_MEGABYTE = 1024 * 1024
#: A book of a thousand pages with pictures stays below these.
MAX_TOTAL = 200 * _MEGABYTE
MAX_PART = 20 * _MEGABYTE
MAX_ENTRIES = 5000
#: Documents shrink to a tenth, blank pictures to a hundredth; what shrinks more is a trap.
_MAX_RATIO = 300
_RATIO_COUNTS_FROM = 20 * _MEGABYTE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AGAIN = "Open it in Word or Google Docs, save it as a Word document (.docx), and import that."


class Relation(NamedTuple):
    """What a part refers to: the last word of its kind, and a part's name or an address."""

    kind: str
    target: str
    external: bool


def refusal(message: str, help: str = _SAVE_AGAIN, name: str = "") -> CopydeskError:
    """Return the error for a file that cannot be imported."""
    return CopydeskError(Failure("file", message, help, name))


class Package:
    """The parts of a Word file; raises CopydeskError for a file that is none, or damaged."""

    def __init__(self, incoming: Incoming) -> None:
        self.name = incoming.name
        _refuse_others(incoming)
        try:
            self._zip = ZipFile(io.BytesIO(incoming.data))
            entries = self._zip.infolist()
        except (BadZipFile, LargeZipFile, ValueError, OSError, UnicodeError, NotImplementedError):
            raise self.damaged() from None
        total = sum(each.file_size for each in entries)
        packed = max(1, len(incoming.data))
        if (
            total > MAX_TOTAL
            or len(entries) > MAX_ENTRIES
            or (total > _RATIO_COUNTS_FROM and total > _MAX_RATIO * packed)
        ):
            raise self._too_large()
        if any(each.flag_bits & 1 for each in entries):
            raise _protected(self.name)
        self._names = {each.filename: each for each in entries if not each.is_dir()}
        self._read = 0
        self.main = self._main_part()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._names)

    def read(self, name: str, limit: int = MAX_TOTAL) -> bytes:
        """Return a part's bytes; what its header says of its size is not believed."""
        try:
            with self._zip.open(self._names[name]) as file:
                data = file.read(limit + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise self.damaged() from None
        self._read += len(data)
        if len(data) > limit or self._read > 2 * MAX_TOTAL:
            raise self._too_large()
        return data

    def xml(self, name: str) -> Element | None:
        """Return a part as a tree, or None where it is missing."""
        if name not in self._names:
            return None
        try:
            return parse(self.read(name, MAX_PART))
        except BadXml as error:
            said = f"could not be read: the part {name} {error}"
            raise refusal(said, name=self.name) from None

    def relations(self, name: str) -> dict[str, Relation]:
        """Return what a part refers to, by the ids that it uses."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for each in root if root is not None else ():
            target = each.get("Target", "")
            external = each.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
            found[each.get("Id", "")] = Relation(
                each.get("Type", "").rpartition("/")[2], target, external
            )
        return found

    def _main_part(self) -> str:
        for each in self.relations("").values():
            if each.kind == "officeDocument" and each.target in self._names:
                if each.target.startswith(("xl/", "ppt/")):
                    raise refusal(
                        "is no Word document but a table or a presentation",
                        "Copy its text into a Word document, or paste it: copydesk import -",
                        self.name,
                    )
                return each.target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise refusal(
            "is no Word document: there is no text in it, only other files",
            "If it is an archive, unpack it and import the files inside.",
            self.name,
        )

    def damaged(self) -> CopydeskError:
        """Return the error for a file that Word itself may be able to mend."""
        return refusal("could not be read: the file is damaged or incomplete", name=self.name)

    def _too_large(self) -> CopydeskError:
        said = f"is too large when unpacked: more than {MAX_TOTAL // _MEGABYTE} MB, or many files"
        return refusal(said, "Take large pictures out of it, or copy its text.", self.name)


def _refuse_others(incoming: Incoming) -> None:
    """Say what a file is that is no Word document of today."""
    data = incoming.data
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _protected(incoming.name)
        raise refusal("is a Word document of the old form (.doc)", name=incoming.name)
    for start, kind in ((b"{\\rtf", "is in Rich Text Format (.rtf)"), (b"%PDF-", "is a PDF")):
        if data.startswith(start):
            raise refusal(kind, name=incoming.name)
    if not is_zipfile(io.BytesIO(data)):
        raise refusal("is no Word document, though its name says so", name=incoming.name)
    if b"mimetypeapplication/vnd.oasis.opendocument" in data[:200]:
        raise refusal("is an OpenDocument file (.odt)", name=incoming.name)


def _protected(name: str) -> CopydeskError:
    return refusal(
        "is protected with a password",
        "Open it in Word, take the password off (File, Info, Protect Document), and save it.",
        name,
    )
