"""Additions, changes, plans and receipts: the way from a post to a page."""

from __future__ import annotations

from typing import Literal, NamedTuple

from copydesk.model.site import Reviewed

Relation = Literal["prev", "next"]
Action = Literal[
    "create",
    "update",
    "links only",
    "unchanged",
    "remove",
    "conflict",
    "held",
    "not yet due",
    "draft",
    "kept",
    "not asked",
    "go live",
    "unpublish",
    "restore",
]
#: Actions that write to the target.
WRITES: frozenset[str] = frozenset(
    {"create", "update", "links only", "remove", "go live", "unpublish", "restore"}
)


class PostLink(NamedTuple):
    """A link to another post of the site, by id; the core fills in address and title."""

    relation: Relation
    label: str
    post: str


class Addition(NamedTuple):
    """What an enricher proposes for a named slot of a post.

    `post` is the id of the post that gets it. `line` is plain text that stands on a line of its
    own below the post, above its links; where it names who reviewed the post, `reviewed` tells the
    same to structured data. `data` is structured data, one JSON object as text, for targets that
    keep it; it names posts as `copydesk:ID`, and the picture of its own post as
    `copydesk:#image`. The core merges additions; two plugins that fill one slot of one post are a
    named failure.
    """

    post: str
    slot: str
    links: tuple[PostLink, ...] = ()
    line: str = ""
    data: str = ""
    reviewed: Reviewed | None = None


class Abilities(NamedTuple):
    """What a target can do with a body.

    `local_files` says that images and other files of the post can be put beside the page.
    `links` says that the previous/next block may be written into the body. `drafts` says that the
    target holds drafts of its own: posts come there as drafts and go live only where a person
    said so. `orders` says that it knows what to do about posts that a person changed or takes down
    by hand (`Order`); a target with drafts does, too.
    """

    local_files: bool = True
    links: bool = True
    drafts: bool = False
    orders: bool = False


class Order(NamedTuple):
    """What a person asked a run to do beyond bringing posts to a target.

    `go_live` makes drafts public there. `due` leaves everything alone but posts that are due.
    `overwrite` and `accept` name posts that a person changed on the target: write over that, or
    let it stand. `unpublish` names posts to take back to draft; `undo` is a run to be taken back;
    `repair` writes previous and next links only, wherever they are not right.
    """

    go_live: bool = False
    due: bool = False
    overwrite: frozenset[str] = frozenset()
    accept: frozenset[str] = frozenset()
    unpublish: frozenset[str] = frozenset()
    undo: str = ""
    repair: bool = False


class Hashes(NamedTuple):
    """The three hashes of a body: what was decided, what was sent, what was seen afterwards."""

    content: str
    sent: str = ""
    seen: str = ""


class ToSee(NamedTuple):
    """What a person has to see before a post goes live, and in how many places it stands.

    `above` is what the rule wants to stand above what it found.
    """

    rule: str
    above: str
    says: str
    number: int


class Change(NamedTuple):
    """One intended write to a target, or the reason why there is none.

    `name` is the post's id, or the file name for a page that belongs to the whole site.
    `fields` lists what differs as (field, old, new). `steps` says how it is done, for targets that
    need several writes. `to_see` is filled in by the core for posts
    that go live, in the order in which people should look at it. `state` is what a target with
    drafts holds of the post now: `draft`, `scheduled`, `public`, or nothing yet. Where the change
    moves it, `fields` has a row `state` in the same words.
    """

    action: Action
    kind: Literal["post", "page", "preview", "source"]
    name: str
    title: str
    path: str
    address: str
    reason: str
    hashes: Hashes
    fields: tuple[tuple[str, str, str], ...] = ()
    to_see: tuple[ToSee, ...] = ()
    steps: tuple[str, ...] = ()
    state: str = ""


class Plan(NamedTuple):
    """The ordered list of changes for one target, shown before anything happens."""

    target: str
    kind: str
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()


class Receipt(NamedTuple):
    """What came of one change.

    `message` says why it was not done, or what is to be known of what was. `state` is what the
    target holds of the post afterwards, in the words of `Change.state`, and `look` where a person
    finds it: its page, or the editor of a draft. `wrote` says whether anything had to be written.
    `notes` are sentences for people about what was done and is not quite as the source says.
    """

    change: Change
    done: bool
    message: str = ""
    state: str = ""
    look: str = ""
    wrote: bool = True
    notes: tuple[str, ...] = ()
