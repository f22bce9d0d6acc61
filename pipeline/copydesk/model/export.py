"""Posts as another system hands them out, so that a blog that is online can go on here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from copydesk.model.draft import Omission
from copydesk.model.extension import Ledger, LedgerEntry, SiteView
from copydesk.model.finding import Failure
from copydesk.model.post import State


class Exported(NamedTuple):
    """One post of another system, under our keys.

    `remote` is its id there, `key` our own id where one travels with it. `title` and the other
    values are plain text, `html` is the body as readers see it, without anything of ours.
    `address` is where they see it, or would; an `image` is an address, too. `more` holds further
    front matter under our keys, `others` what has no key here. `omissions` are words that stand
    neither in `html` nor in a value, `notes` what was changed on purpose. `losses` name what
    Markdown cannot say, such as `2 embeds`. `entry` is what the ledger of a target says of the post
    from now on; the import fills in id and file. `settled` says that the ledger knows the post just
    as it stands. `line` is its place in a file.
    """

    remote: str
    title: str
    html: str
    state: State
    key: str = ""
    slug: str = ""
    address: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    description: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    author: str = ""
    image: str = ""
    image_alt: str = ""
    canonical: str = ""
    more: Mapping[str, str | tuple[str, ...]] = {}
    others: Mapping[str, str | tuple[str, ...]] = {}
    omissions: tuple[Omission, ...] = ()
    notes: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    entry: LedgerEntry | None = None
    settled: bool = False
    line: int = 0


class Export(NamedTuple):
    """All posts of another system, one at a time.

    `home` is the address of its public site: together with a post's id there it tells the post
    apart for ever. `hosts` are the addresses whose pictures are its own. `total` is how many posts
    to expect, or 0. Among the posts stand failures of single posts, and sentences about what was
    passed over.
    """

    home: str
    hosts: tuple[str, ...]
    total: int
    posts: Iterator[Exported | Failure | str]


class Archive(NamedTuple):
    """A kind of file that holds the posts of a whole blog, such as `wxr`.

    `read` looks at the whole file first and raises CopydeskError where it is no such file; then
    it yields post after post, so that memory stays flat. It runs nothing and asks no host.
    """

    name: str
    summary: str
    read: Callable[[Path], Export]


@runtime_checkable
class Exports(Protocol):
    """What an opened target offers besides `Target` where it can hand out its posts."""

    def exported(self, ledger: Ledger) -> Export:
        """Return every post that the target holds; raises CopydeskError, writes nothing."""

    def adopt(self, ids: frozenset[str], view: SiteView) -> None:
        """Note in `view.ledger` that the sources of some posts say what the target holds.

        Until such a source changes, its post is not written there, and its links only once its
        neighbours are others. Posts of the ledger that are not among `ids` differ there.
        """


__all__ = ["Archive", "Export", "Exported", "Exports"]
