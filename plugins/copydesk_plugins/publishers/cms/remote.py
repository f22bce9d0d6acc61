"""A content management system as the rest sees it: posts in common words, and few ways to write.

WordPress and Ghost each implement `Remote`. It asks and writes; it decides nothing, never tries a
write again by itself, and keeps no list of what it has seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from copydesk.api import CopydeskError, LocalFile

if TYPE_CHECKING:
    from copydesk_plugins.publishers.cms.exporting import Exporter

#: What visitors get: nothing yet, something at its hour, the post, or nothing any more.
State = Literal["draft", "scheduled", "public", "trashed"]


class Refused(CopydeskError):
    """The system said no to one request and did nothing; the other posts go on."""


class Unclear(CopydeskError):
    """Nobody knows whether a request was carried out: look before it is made again.

    `pause` is how many seconds the system asked to be left alone, or 0.
    """

    pause: float = 0.0


class NotDone(Unclear):
    """A request was surely not carried out, but may be if it is made again later."""


class Moved(CopydeskError):
    """The system itself noticed that the post is not as it was when it was read."""


class Lost(CopydeskError):
    """The system cannot be used any more in this run: no other post would fare better."""


class Account(NamedTuple):
    """Who we are there and what the system tells of itself.

    `public` is the root of the public site, with a slash at its end. `can` holds what this
    account may do, of: publish, upload, script (our structured data is kept), edit others, terms.
    `system` is its name and version, for people. `notes` are sentences for the plan.
    """

    name: str
    role: str
    public: str
    can: frozenset[str]
    system: str
    timezone: str = ""
    notes: tuple[str, ...] = ()


class Held(NamedTuple):
    """A post as the system holds it.

    `remote` is its id there, `key` our id that travels with it (empty for posts that are not
    ours), `text` the hash of what we last sent as `Wish.text`, as the post itself tells it.
    `state` and `address` are what visitors get; the address of a draft is the one it will have, or
    empty where that cannot be known. `revision` changes with every write. `body` is the raw text
    without our block and without our marks, normalised so that two saves of the same words are
    equal; `block` is the inside of our block, and `data` our structured data. `image` names the
    picture as `File.remote` does. `own_alt` says that `image_alt` is kept with this post; where it
    is kept with the picture, for all posts that show it, who changes it changes no post. Names of
    terms are as people read them. `bar` says why its state is left to people, as where a change
    may send mail or somebody keeps it from the public; it is empty where nothing speaks against
    one. `raw` is all that `restore` needs.
    """

    remote: str
    key: str
    text: str
    state: State
    slug: str
    address: str
    revision: str
    title: str
    description: str
    published: datetime | None
    body: str
    block: str
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str = ""
    image_alt: str = ""
    own_alt: bool = False
    canonical: str = ""
    data: str = ""
    bar: str = ""
    raw: Mapping[str, Any] = {}


class Wish(NamedTuple):
    """A post as it is to be.

    `body` is sanitised HTML and `block` what stands below it, all addresses filled in. `data` is
    structured data, a JSON object each. `image` is a `File.remote`. `published` is aware.
    `category` is one name or none.
    """

    key: str
    text: str
    slug: str
    title: str
    description: str
    published: datetime | None
    body: str
    block: str
    category: tuple[str, ...]
    tags: tuple[str, ...]
    image: str = ""
    image_alt: str = ""
    canonical: str = ""
    data: tuple[str, ...] = ()


class File(NamedTuple):
    """A picture or another file as the system holds it: its id there (or its address), and where
    visitors find it."""

    remote: str
    address: str
    alt: str = ""


class Difference(NamedTuple):
    """A field that is not as it was sent, and the likeliest cause in a sentence.

    `harmless` marks what is no failure, as what the system does to every such text. `tell` is a
    sentence for people about one that readers may meet all the same.
    """

    field: str
    sent: str
    held: str
    cause: str
    harmless: bool = False
    tell: str = ""


class Remote(Protocol):
    """One system. Every call raises `Lost`, `Refused` or `Unclear` as they say; reads are tried
    again by themselves and raise `Lost` or `Refused` only."""

    def greet(self) -> Account:
        """Log in and return who we are; raises `Lost` for anything that would fail later.

        Tells a wrong password, a role too low, a clock that is wrong, HTML instead of JSON, a
        version too old. Asked once, before anything else.
        """

    def posts(self) -> Iterator[Held]:
        """Yield every post in every state but the trash, page by page."""

    def read(self, remote: str) -> Held | None:
        """Return one post, also out of the trash, or None where there is none."""

    def find(self, key: str, slug: str) -> tuple[Held, ...]:
        """Return the posts that carry our id, or stand at a slug, each once, in any state."""

    def create(self, wish: Wish) -> str:
        """Make a draft and return its id there; raises `Unclear`, `NotDone`, `Refused`."""

    def update(self, held: Held, wish: Wish) -> None:
        """Write everything but the state; the slug too, where it differs.

        Raises `Moved` where the system itself guards, and as `create`.
        """

    def relink(self, held: Held, block: str, data: tuple[str, ...]) -> None:
        """Write our block and our structured data, and leave every other byte as it is."""

    def set_state(self, held: Held, state: State, published: datetime | None) -> None:
        """Make a post public, scheduled or a draft; with `draft` our block is emptied too."""

    def restore(self, held: Held, raw: Mapping[str, Any]) -> None:
        """Write back what `Held.raw` held, the state included, but for what stood below the post.

        Its links of that time may lead to what is down by now: those of now stay.
        """

    def differences(self, held: Held, wish: Wish) -> tuple[Difference, ...]:
        """Compare what was sent with what is held now, every field but the state."""

    def html(self, held: Held) -> str:
        """Return the body as plain HTML, without our block and marks, as a visitor reads it."""

    def find_file(self, file: LocalFile) -> File | None:
        """Return a file that was uploaded before, found by its name, which tells its content."""

    def see_file(self, file: File) -> File | None:
        """Return a file of an earlier run as it is there now, or None where it is gone."""

    def upload(self, file: LocalFile) -> File:
        """Upload a file; raises as `create`."""

    def describe(self, file: File, alt: str) -> File:
        """Give a file another alternative text, where the system keeps one for each file.

        Returns it as the system keeps it.
        """

    def editor(self, remote: str) -> str:
        """Return the address where a person edits a post, or an empty text."""

    def degraded(self, wish: Wish) -> tuple[tuple[str, str], ...]:
        """Return the fields of a post that the system cannot keep, each with why, in words."""

    def exporter(self) -> Exporter:
        """Return what only an import asks, such as authors; reads lists of them at once."""

    def close(self) -> None:
        """End the connection."""
