"""A blog in memory that behaves as the real systems were seen to behave, and people who use it.

`word` is like WordPress: no guard against stale writes, a revision that rises with each write, a
slug that is taken gets a number, a post without a category gets one. `ghost` is like Ghost: a
stale write that would change something is refused, and deleting leaves no trash.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from html import unescape
from typing import Any, Literal, NamedTuple

from copydesk.api import CopydeskError
from copydesk_plugins.publishers.cms.remote import File, Held, State

System = Literal["word", "ghost"]
ROOT = "https://blog.example/"
DEFAULT_CATEGORY = "Uncategorised"
_PART = re.compile(r"<!-- ours (\S+) (\S*) -->(.*?)<!-- data -->(.*?)<!-- /ours -->", re.DOTALL)
_HREF = re.compile(r'href="([^"]*)"')
_LINK = re.compile(r'rel="(prev|next)" href="([^"]*)"')


class Crash(BaseException):
    """The process is gone, as after `kill -9`."""


class Part(NamedTuple):
    """What we keep at the end of a text: our id, the hash of what was sent, links and data."""

    key: str = ""
    text: str = ""
    block: str = ""
    data: str = ""


@dataclass
class Stored:
    """A post as the blog stores it; `content` is the whole text, our part included."""

    id: int
    status: State = "draft"
    slug: str = ""
    title: str = ""
    description: str = ""
    content: str = ""
    date: datetime | None = None
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str = ""
    image_alt: str = ""
    canonical: str = ""
    bar: str = ""
    revision: int = 0

    @property
    def part(self) -> Part:
        """What we keep in it."""
        found = list(_PART.finditer(self.content))
        return Part(*found[-1].groups()) if found else Part()

    @property
    def body(self) -> str:
        """The text without our part."""
        return _PART.sub("", self.content).strip()

    @property
    def address(self) -> str:
        """Where visitors find it."""
        return f"{ROOT}{self.slug}/"

    @property
    def hrefs(self) -> set[str]:
        """Where our links lead."""
        return {unescape(each) for each in _HREF.findall(self.part.block)}

    @property
    def neighbours(self) -> dict[str, str]:
        """The addresses of the previous and the next post, as our links say."""
        return {relation: unescape(href) for relation, href in _LINK.findall(self.part.block)}

    def with_part(self, part: Part) -> str:
        """Return the text with another part of ours; every other byte stays."""
        text = f"<!-- ours {part.key} {part.text} -->{part.block}<!-- data -->{part.data}"
        text += "<!-- /ours -->"
        found = list(_PART.finditer(self.content))
        if not found:
            return f"{self.content.strip()}\n\n{text}"
        start, end = found[-1].span()
        return self.content[:start] + text + self.content[end:]

    def fields(self) -> dict[str, Any]:
        """Return what a person could see or change of it."""
        found = asdict(self)
        for name in ("id", "revision", "bar"):
            del found[name]
        found["date"] = self.date.isoformat() if self.date else ""
        return found


class Fault(NamedTuple):
    """Something that goes wrong with the next write of a kind; see `memory_remote`."""

    what: str
    kind: str


class Event(NamedTuple):
    """Something that was asked of the blog by the API."""

    kind: Literal["read", "write"]
    what: str
    post: str = ""


@dataclass
class Blog:
    """The blog. `sins` are things that must never be asked of it."""

    system: System = "word"
    role: Literal["editor", "author", "contributor"] = "editor"
    posts: dict[int, Stored] = field(default_factory=dict)
    files: list[tuple[str, File]] = field(default_factory=list)
    terms: dict[str, str] = field(default_factory=dict)
    log: list[Event] = field(default_factory=list)
    sins: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)
    late: list[Callable[[], object]] = field(default_factory=list)
    crash: tuple[int, str] | None = None
    crashed: bool = False
    gone_after: int | None = None
    plugin: Callable[[str], str] | None = None
    before_write: Callable[[Event], None] | None = None
    after_write: Callable[[Event], None] | None = None
    verified: set[str] = field(default_factory=set)
    page: int = 100
    made: int = 0
    clock: int = 0
    folder: str = "files"
    writes: int = 0

    def tick(self) -> int:
        """Return the next revision."""
        self.clock += 1
        return self.clock

    def sleep(self, seconds: float) -> None:
        """Let time pass: what was slow comes to its end."""
        self.pauses.append(seconds)
        while self.late:
            with suppress(CopydeskError):  # nobody waits for its answer any more
                self.late.pop(0)()

    def add(self, **values: Any) -> Stored:
        """Store a new post."""
        self.made += 1
        post = Stored(id=100 + self.made, revision=self.tick())
        post = replace(post, **{**values, "slug": self.free_slug(values["slug"], post.id)})
        self.posts[post.id] = post
        return post

    def free_slug(self, slug: str, id: int) -> str:
        """Return a slug, with a number where another post has it; the trash does not count."""
        others = {p.slug for p in self.posts.values() if p.id != id and p.status != "trashed"}
        found, number = slug, 2
        while found in others:
            found, number = f"{slug}-{number}", number + 1
        return found

    def alt(self, remote: str, alt: str) -> None:
        """Give a picture another alternative text."""
        self.files = [
            (name, held._replace(alt=alt) if held.remote == remote else held)
            for name, held in self.files
        ]

    def ours(self, key: str) -> list[Stored]:
        """Return the posts that carry an id of ours, those in the trash left out."""
        return [p for p in self.posts.values() if p.part.key == key and p.status != "trashed"]

    def our(self, key: str) -> Stored:
        """Return the one post that carries an id of ours."""
        (found,) = self.ours(key)
        return found

    def public(self) -> list[Stored]:
        """Return what visitors see of ours, the oldest first."""
        found = [p for p in self.posts.values() if p.status == "public" and p.part.key]
        return sorted(found, key=lambda p: (p.date or datetime.min.replace(tzinfo=UTC), p.part.key))

    def state(self) -> dict[str, dict[str, Any]]:
        """Return every post without what differs from history to history: numbers, revisions."""
        found: dict[str, dict[str, Any]] = {}
        for post in self.posts.values():
            name = post.part.key or post.slug
            while name in found:
                name += "+"
            found[name] = post.fields()
        return dict(sorted(found.items()))

    def broken(self, but: frozenset[str] = frozenset()) -> list[str]:
        """Return what is wrong with the chain of previous and next links among our public posts.

        `but` are ids whose own links are not looked at; links to them are.
        """
        chain, found = self.public(), []
        for at, post in enumerate(chain):
            wanted = {}
            if at:
                wanted["prev"] = chain[at - 1].address
            if at + 1 < len(chain):
                wanted["next"] = chain[at + 1].address
            if post.part.key not in but and post.neighbours != wanted:
                found.append(f"{post.part.key}: {post.neighbours} and not {wanted}")
        for post in self.posts.values():
            if post.status == "draft" and post.part.block and post.part.key not in but:
                found.append(f"{post.part.key} is a draft with links")
        return found

    def asked(self, kind: str) -> list[Event]:
        """Return what was asked of a kind, `read` or `write`."""
        return [each for each in self.log if each.kind == kind]


class Person:
    """Somebody who uses the blog by hand; posts are named by our ids."""

    def __init__(self, blog: Blog) -> None:
        self.blog = blog

    def edit(self, key: str, **values: Any) -> Stored:
        """Change a post in any way."""
        post = replace(self.blog.our(key), **values, revision=self.blog.tick())
        self.blog.posts[post.id] = post
        return post

    def save(self, key: str) -> Stored:
        """Save a post as it is."""
        return self.edit(key)

    def retitle(self, key: str) -> Stored:
        return self.edit(key, title=f"{self.blog.our(key).title}, by hand")

    def rewrite(self, key: str) -> Stored:
        post = self.blog.our(key)
        return self.edit(key, content=f"<p>Words of a person.</p>\n{post.content}")

    def tag(self, key: str, name: str = "by-hand") -> Stored:
        self.blog.terms.setdefault(name.casefold(), name)
        return self.edit(key, tags=(*self.blog.our(key).tags, name))

    def untag(self, key: str, name: str) -> Stored:
        return self.edit(key, tags=tuple(t for t in self.blog.our(key).tags if t != name))

    def date(self, key: str, date: datetime) -> Stored:
        return self.edit(key, date=date)

    def publish(self, key: str) -> Stored:
        return self.edit(key, status="public")

    def to_draft(self, key: str) -> Stored:
        return self.edit(key, status="draft")

    def schedule(self, key: str, date: datetime) -> Stored:
        return self.edit(key, status="scheduled", date=date)

    def trash(self, key: str) -> Stored:
        """Throw a post away: into the trash where there is one."""
        post = self.blog.our(key)
        if self.blog.system == "ghost":
            return self.blog.posts.pop(post.id)
        return self.edit(key, status="trashed")

    def untrash(self, key: str) -> Stored:
        """Take a post out of the trash, as a draft; its slug may be taken by now."""
        (post,) = (p for p in self.blog.posts.values() if p.part.key == key)
        slug = self.blog.free_slug(post.slug, post.id)
        post = replace(post, status="draft", slug=slug, revision=self.blog.tick())
        self.blog.posts[post.id] = post
        return post

    def delete(self, key: str) -> Stored:
        return self.blog.posts.pop(self.blog.our(key).id)

    def copy(self, key: str) -> Stored:
        """Make a draft of the same words, with our part in it."""
        values = asdict(self.blog.our(key))
        for name in ("id", "revision"):
            del values[name]
        return self.blog.add(**{**values, "status": "draft"})

    def strip(self, key: str) -> Stored:
        """Take our part out of a text."""
        post = self.blog.our(key)
        post = replace(post, content=post.body, revision=self.blog.tick())
        self.blog.posts[post.id] = post
        return post


def held_of(post: Stored) -> Held:
    """Return a post as the engine gets it."""
    part = post.part
    return Held(
        remote=str(post.id),
        key=part.key,
        text=part.text,
        state=post.status,
        slug=post.slug,
        address=post.address,
        revision=str(post.revision),
        title=unescape(post.title),
        description=unescape(post.description),
        published=post.date,
        body=post.body,
        block=part.block,
        category=post.category,
        tags=post.tags,
        image=post.image,
        canonical=post.canonical,
        data=part.data,
        bar=post.bar,
        raw=post.fields(),
    )
