"""What a file from elsewhere becomes on import: a draft in Markdown, and what is not in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Incoming(NamedTuple):
    """A file to import: the name people gave it (`-` for standard input) and its bytes."""

    name: str
    data: bytes


class Omission(NamedTuple):
    """Words of an input that are not in the draft, whole, and why; `place` is for people."""

    text: str
    reason: str
    place: str = ""


class Attachment(NamedTuple):
    """A picture that was inside an input. The body names it by `name`, such as `image-1.png`."""

    name: str
    data: bytes


class Conversion(NamedTuple):
    """An input as a draft.

    `body` is Markdown with `\\n` line ends and without the title, which stands in `title`.
    `front_matter` holds what the input knew, under our keys; `others` keys that have no meaning
    here and are kept. `texts` is every text of the input in order, a block each, as it was read
    before any conversion: the import holds draft and omissions against it, so that nothing
    can be lost on the way. `notes` say what was changed on purpose, a sentence each.
    """

    title: str
    body: str
    texts: tuple[str, ...]
    front_matter: Mapping[str, str | tuple[str, ...]] = {}
    others: Mapping[str, str | tuple[str, ...]] = {}
    omissions: tuple[Omission, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    notes: tuple[str, ...] = ()


class Importer(NamedTuple):
    """Turns one kind of file into a draft.

    `recognises` looks at name and bytes and says whether the file is of this kind; importers are
    asked in the order of their `rank`, lowest first, so a general one stands last. `convert`
    raises CopydeskError for a file that cannot be read; it must be deterministic, run nothing
    and ask no host.
    """

    name: str
    summary: str
    recognises: Callable[[Incoming], bool]
    convert: Callable[[Incoming], Conversion]
    rank: int = 50
