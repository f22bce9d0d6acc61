"""What is to be imported: files, folders and standard input, each with the importer for it."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import BinaryIO, NamedTuple

from copydesk.config_schema import did_you_mean
from copydesk.imports import report
from copydesk.model.draft import Attachment, Conversion, Importer, Incoming, Omission
from copydesk.model.finding import CopydeskError, Failure
from copydesk.registry import Registry, describe
from copydesk.sources import read_bytes, shown_path, too_large

#: Documents are larger than posts: pictures lie inside them.
MAX_BYTES = 32 * 1024 * 1024
STANDARD_INPUT = "-"
#: What imports themselves put beside drafts.
_OURS = (report.ENDING, report.ORIGINAL)


class Given(NamedTuple):
    """One input: its name as it is shown, and its path, or None for standard input.

    `found` says that it was found in a folder and not named by a person. A post of another system
    has no path, but the address of the `home` it is `remote` at, and its id there.
    """

    shown: str
    path: Path | None
    found: bool = False
    home: str = ""
    remote: str = ""

    @property
    def name(self) -> str:
        """The name without folders."""
        if self.remote:
            return self.home
        return self.path.name if self.path else STANDARD_INPUT

    @property
    def origin(self) -> str:
        """The same for people."""
        return self.path.name if self.path else self.shown

    @property
    def place(self) -> str:
        """What tells inputs of one name apart, without naming anybody's folders."""
        if self.path is None and not self.remote:
            return STANDARD_INPUT
        text = os.path.abspath(self.path) if self.path else f"{self.home}\n{self.remote}"
        whole = text.encode("utf-8", "surrogateescape")
        return hashlib.sha256(whole).hexdigest()[:16]


def expand(names: Sequence[str], skip: Sequence[Path]) -> Iterator[Given]:
    """Yield every input that the command line means; folders stand for all files below them.

    `skip` holds the folders that Copydesk writes itself. Symbolic links found in a folder are
    left out, because they may lead anywhere.
    """
    for name in names:
        path = Path(name)
        if name == STANDARD_INPUT:
            yield Given("standard input", None)
        elif os.path.isdir(path):  # noqa: PTH112 -- also says no to a name that is too long
            yield from _below(path, {Path(os.path.abspath(each)) for each in skip})
        else:
            yield Given(shown_path(path), path)


def _below(folder: Path, skip: set[Path]) -> Iterator[Given]:
    closed: list[str] = []
    for place, folders, files in os.walk(folder, onerror=lambda e: closed.append(e.filename)):
        folders[:] = sorted(
            name
            for name in folders
            if name != ".git" and Path(os.path.abspath(Path(place) / name)) not in skip
        )
        for name in sorted(files):
            path = Path(place) / name
            if not (path.is_symlink() or name.endswith(_OURS)):
                yield Given(shown_path(path), path, found=True)
    for name in sorted(closed):  # reading them fails, and says why
        yield Given(shown_path(Path(name)), Path(name))


def read(given: Given, stream: BinaryIO | None = None) -> Incoming:
    """Read an input; raises CopydeskError where that cannot be done or it is too large."""
    if given.path is not None:
        return Incoming(str(given.path), read_bytes(given.path, given.shown, MAX_BYTES))
    stream = stream or sys.stdin.buffer
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_large(given.shown, MAX_BYTES)
    return Incoming(STANDARD_INPUT, data)


def choose(incoming: Incoming, given: Given, registry: Registry, wanted: str) -> Importer | None:
    """Return the importer for an input, or the one that a person names; None where none fits.

    Raises CopydeskError for an unknown name or an importer that fails.
    """
    if wanted:
        if wanted not in registry.importers:
            known = tuple(registry.importers)
            raise CopydeskError(
                Failure(
                    "arguments", f"there is no importer {wanted!r}", did_you_mean(wanted, known)
                )
            )
        return registry.importers[wanted]
    for importer in sorted(registry.importers.values(), key=lambda each: (each.rank, each.name)):
        try:
            with redirect_stdout(sys.stderr):
                if importer.recognises(incoming):
                    return importer
        except CopydeskError as error:
            raise _named(error, given) from None
        except Exception as error:
            raise _broken(importer, given, registry, error) from error
    return None


def unknown_kind(given: Given, registry: Registry) -> CopydeskError:
    """Return the error for a file that no importer knows."""
    kinds = "; ".join(
        f"{each.name} ({each.summary.rstrip('.')})"
        for each in sorted(registry.importers.values(), key=lambda each: (each.rank, each.name))
    )
    return CopydeskError(
        Failure(
            "file",
            "is not a kind of file that can be imported",
            f"Kinds are {kinds}. If it is of one of them, name that: --as NAME.",
            given.shown,
        )
    )


def convert(incoming: Incoming, given: Given, importer: Importer, registry: Registry) -> Conversion:
    """Convert an input; whatever an importer raises or returns wrongly names it."""
    try:
        with redirect_stdout(sys.stderr):
            return checked(importer.convert(incoming))
    except CopydeskError as error:
        raise _named(error, given) from None
    except Exception as error:
        raise _broken(importer, given, registry, error) from error


def checked(conversion: Conversion) -> Conversion:
    """Return a conversion whose texts can be written; raises TypeError for another type."""
    if not isinstance(conversion, Conversion):
        raise TypeError(f"it returned {type(conversion).__name__}, not Conversion")
    return conversion._replace(
        title=_value(conversion.title),
        body=_written(conversion.body).replace("\r\n", "\n").replace("\r", "\n"),
        texts=tuple(map(_written, conversion.texts)),
        front_matter={key: _values(value) for key, value in conversion.front_matter.items()},
        others={_value(key): _values(value) for key, value in conversion.others.items()},
        omissions=tuple(Omission(*map(_written, each)) for each in conversion.omissions),
        attachments=tuple(Attachment(*each) for each in conversion.attachments),
        notes=tuple(map(_written, conversion.notes)),
    )


def _written(text: str) -> str:
    """Return a text without what no file of text can hold: NUL and halves of characters."""
    return text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")


def _value(text: str) -> str:
    """Return a text for one line of front matter: a control character becomes a blank."""
    return " ".join("".join(" " if ord(char) < 32 else char for char in _written(text)).split())


def _values(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return _value(value) if isinstance(value, str) else tuple(_value(each) for each in value)


def _named(error: CopydeskError, given: Given) -> CopydeskError:
    """Return an importer's error with the input's name as people know it."""
    return CopydeskError(error.failure._replace(path=given.shown))


def _broken(
    importer: Importer, given: Given, registry: Registry, error: Exception
) -> CopydeskError:
    owner = registry.owner("importer", importer.name)
    return CopydeskError(
        Failure(
            "plugin",
            f"could not be converted by {importer.name}: {describe(error)}",
            "Please report this with the file; other inputs are not concerned.",
            path=given.shown,
            plugin=owner.shown,
        )
    )
