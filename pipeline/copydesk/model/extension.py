"""The named objects that plugins register beside rules and readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, runtime_checkable

from copydesk.model.change import Abilities, Addition, Change, Hashes, Order, Plan, Receipt
from copydesk.model.context import EnrichContext
from copydesk.model.finding import Finding, Severity
from copydesk.model.post import Series
from copydesk.model.rule import Option
from copydesk.model.site import LivePost, Question, SiteSettings

if TYPE_CHECKING:
    import click


class Enricher(NamedTuple):
    """Proposes additions for posts of a whole site.

    `enrich` gets the posts that will be public on the target, sorted by id, and a mapping of the
    options that also tells what the site says: its record files, its people, the day. One that is
    asked `last` finds in the posts who reviewed them, as the lines of the others say it.
    It must be deterministic and independent of the order it is given.
    """

    name: str
    summary: str
    enrich: Callable[[tuple[LivePost, ...], EnrichContext], Iterable[Addition]]
    options: tuple[Option, ...] = ()
    last: bool = False


class Command(NamedTuple):
    """A command that a plugin adds; `load` returns the click command when it is needed."""

    name: str
    summary: str
    load: Callable[[], click.Command]


class LocalFile(NamedTuple):
    """A file of the site that a body needs: where it lies and the name it gets (by content)."""

    path: Path
    name: str


class Body(NamedTuple):
    """What a target gets for a post.

    `html` is sanitised. `links` is the block below it: the lines that enrichers add, then the
    previous and next links. Other posts are addressed as `copydesk:ID` until `fill` gives them
    their addresses. `content` is the content hash, `text` the same without the block below.
    `image` is the address of the post's picture; files of the site are `assets/NAME`. `data` holds
    structured data, a JSON object each, with posts as `copydesk:ID` and files as in `image`; what
    has no address in the end is left out of it, and so is an empty text. `title` is the title that
    the post has now.
    """

    html: str
    links: str
    content: str
    text: str
    image: str = ""
    files: tuple[LocalFile, ...] = ()
    notes: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    title: str = ""


Decision = Literal["live", "kept", "held", "draft", "not yet due", "not asked"]


class Wanted(NamedTuple):
    """A post of the site and what is to become of it on a target.

    `live`: its current source is to be public. `kept`: the version published before stays,
    because the source has errors, could not be read or was not asked for. The rest are not
    public (`not asked`: it could be, but this run is about others); `reason` says why in a
    sentence. `wording` is the hash of what will be public of it.
    """

    id: str
    key: str
    path: str
    decision: Decision
    reason: str
    title: str
    slug: str
    published: datetime | None
    updated: datetime | None
    description: str
    category: str
    tags: tuple[str, ...]
    series: Series | None
    author: str
    author_credential: str
    language: str
    canonical: str
    noindex: bool
    image: str
    image_alt: str
    wording: str = ""
    questions: tuple[Question, ...] = ()


class LedgerEntry(NamedTuple):
    """What a target is known to hold of one post; `wording` is the hash of what it says.

    `public` says whether visitors see it. `remote` is what the target itself remembers of it.
    """

    id: str
    key: str
    address: str
    title: str
    published: str
    updated: str
    description: str
    category: str
    series: Series | None
    author: str
    noindex: bool
    hashes: Hashes
    text: str
    files: tuple[str, ...] = ()
    wording: str = ""
    public: bool = True
    remote: Mapping[str, str] = {}


@dataclass
class Ledger:
    """What a target is known to hold: posts by id, and other files by name with their hash."""

    posts: dict[str, LedgerEntry] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


class TargetSettings(NamedTuple):
    """One entry of `[targets]`. `path` is absolute; `url` is where the API is reached."""

    name: str
    kind: str
    path: Path | None
    url: str
    user: str
    links: Literal["own", "theme", "none"]


class SiteView(Protocol):
    """All that a target gets to see of a site when it plans and applies."""

    @property
    def site(self) -> SiteSettings:
        """The site as a whole."""

    @property
    def target(self) -> str:
        """The name of the target, as people say it with `--to`."""

    @property
    def now(self) -> datetime:
        """The time of the run, aware."""

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """Every post of the site, sorted by id, with its decision."""

    @property
    def ledger(self) -> Ledger:
        """What the target is known to hold; targets change it as they write."""

    @property
    def previews(self) -> bool:
        """Whether posts that are not public are wanted as previews; if not, leave those alone."""

    @property
    def order(self) -> Order:
        """What a person asked this run to do."""

    @property
    def folder(self) -> Path:
        """A folder of the site where the target may keep what it has to remember."""

    def body(self, id: str) -> Body:
        """Render the body of a post anew; it is not kept in memory.

        Raises CopydeskError where the source moved since it was checked.
        """

    def links(self, id: str) -> str:
        """Return the block below a post that will be public, live or kept; see `Body.links`."""

    def chain(self, posts: tuple[LivePost, ...]) -> None:
        """Make what stands below posts anew, of those that turned out to be public."""

    def judge(self, id: str, html: str) -> tuple[Finding, ...]:
        """Return what the rules for a post find in another text of it, such as that of its page.

        Raises CopydeskError where its source cannot be read or a rule fails.
        """

    def save_ledger(self) -> None:
        """Write the ledger to disk, atomically."""


class Target(Protocol):
    """An opened target."""

    def known(self, view: SiteView) -> Ledger:
        """Return the ledger, mended by a look at the target after a crash or a loss.

        Asked before it is decided which posts stay as they were published before.
        """

    def public(self, posts: tuple[LivePost, ...], view: SiteView) -> tuple[LivePost, ...]:
        """Return the posts that will be public once the plan is applied, as they will stand there.

        `posts` are those that the site wants public. The chain of previous and next links is made
        of what this returns, sorted by id.
        """

    def plan(self, view: SiteView) -> Plan:
        """Compare what is wanted with what is there; write nothing."""

    def apply(self, plan: Plan, view: SiteView) -> Iterator[Receipt]:
        """Carry out exactly the changes of a plan, one receipt each, in its order."""


class LiveProblem(NamedTuple):
    """Something that is not right on the live site of a target, as visitors see it.

    `kind` names it in a word for programs, such as `one-sided`. `post` is our id, or empty where
    it is about no post of ours; `address` is the page to look at. `message` has no full stop at
    its end; `help` is whole sentences, or empty.
    """

    kind: str
    post: str
    address: str
    message: str
    help: str
    severity: Severity


@runtime_checkable
class Verifies(Protocol):
    """What an opened target offers besides `Target` where it has a live site to look at."""

    def verify(self, view: SiteView) -> Iterator[LiveProblem]:
        """Look at the live site as a visitor and yield what is not right there.

        Writes nothing and sends no secret to the pages. Raises CopydeskError where the site
        cannot be looked at, and at the end where not all of it was.
        """


class Run(NamedTuple):
    """A run that wrote to a target: its name, when it was (aware), and what it did, in words."""

    id: str
    when: datetime
    what: str


@runtime_checkable
class Undoes(Protocol):
    """What an opened target offers besides `Target` where it can take a run back."""

    def runs(self, view: SiteView) -> tuple[Run, ...]:
        """Return the runs that `Order.undo` can name, the newest first; write nothing."""


class Look(NamedTuple):
    """What a target says of itself when it is asked how it stands: a sentence, and what to do."""

    status: Literal["ok", "warn", "failed"]
    message: str
    help: str = ""


@runtime_checkable
class Greets(Protocol):
    """What an opened target offers besides `Target` where it can be logged in to."""

    def greet(self) -> Iterator[Look]:
        """Log in, and say who we are there and what we may and may not do; write nothing.

        Raises CopydeskError where that cannot be done at all.
        """


class Publisher(NamedTuple):
    """A kind of target."""

    kind: str
    summary: str
    abilities: Abilities
    open: Callable[[TargetSettings], Target]


__all__ = [
    "Body",
    "Change",
    "Command",
    "Decision",
    "Enricher",
    "Greets",
    "Ledger",
    "LedgerEntry",
    "LiveProblem",
    "LocalFile",
    "Look",
    "Publisher",
    "Run",
    "SiteSettings",
    "SiteView",
    "Target",
    "TargetSettings",
    "Undoes",
    "Verifies",
    "Wanted",
]
