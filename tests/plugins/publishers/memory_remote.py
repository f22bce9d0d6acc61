"""The blog in memory as the engine reaches it: `Remote`, with faults, crashes and an ear for sins.

Faults are those of the proxy before the real systems: `cut-before`, `cut-after`, `502-after`,
`truncated`, `200-html`, `delay` (all but the first are done), `late` (done while the engine
waits), `twice`, `503-before` and `429-before` (not done, with a pause), `403-html` (not done).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import Any, TypeVar

from memory_blog import DEFAULT_CATEGORY, ROOT, Blog, Crash, Event, Part, Stored, held_of

from copydesk.api import Failure, LocalFile
from copydesk_plugins.publishers.cms.remote import (
    Account,
    Difference,
    File,
    Held,
    Lost,
    Moved,
    NotDone,
    Refused,
    State,
    Unclear,
    Wish,
)

T = TypeVar("T")
DONE = ("cut-after", "502-after", "truncated", "200-html", "delay")
FAULTS = (*DONE, "cut-before", "late", "twice", "503-before", "429-before", "403-html")
_SCRIPT = re.compile(r"</?script[^>]*>")
_BARE = re.compile(r"&(?!\w+;|#\d+;)")
_CAN = {
    "editor": {"publish", "upload", "script", "edit others", "terms"},
    "author": {"publish", "upload"},
    "contributor": set[str](),
}


class Memory:
    """The connection of one run to the blog."""

    def __init__(self, blog: Blog) -> None:
        self.blog = blog
        self.closed = False

    # What is read.

    def greet(self) -> Account:
        self._read("greet")
        can = frozenset(_CAN[self.blog.role])
        return Account("robin", self.blog.role, ROOT, can, "Memory 1")

    def posts(self) -> Iterator[Held]:
        """Yield every post, page by page; what moves between two pages is not hidden."""
        ids = sorted(self.blog.posts)
        for start in range(0, max(len(ids), 1), self.blog.page):
            self._read("page")
            for id in ids[start : start + self.blog.page]:
                post = self.blog.posts.get(id)
                if post is not None and post.status != "trashed":
                    yield self._held(post)

    def read(self, remote: str) -> Held | None:
        self._read("post", remote)
        post = self.blog.posts.get(int(remote))
        return self._held(post) if post else None

    def find(self, key: str, slug: str) -> tuple[Held, ...]:
        self._read("find", key)
        found = [p for p in self.blog.posts.values() if p.part.key == key or p.slug == slug]
        return tuple(map(self._held, found))

    def find_file(self, file: LocalFile) -> File | None:
        self._read("file", file.name)
        return next((held for name, held in self.blog.files if name == file.name), None)

    def html(self, held: Held) -> str:
        return held.body

    def degraded(self, wish: Wish) -> tuple[tuple[str, str], ...]:
        return (("canonical", "this blog keeps none"),) if wish.canonical else ()

    def editor(self, remote: str) -> str:
        return f"{ROOT}admin/{remote}"

    def close(self) -> None:
        self.closed = True

    # What is written.

    def create(self, wish: Wish) -> str:
        self._name_terms(wish)
        assert wish.slug, "a slug is made anew from the title where none is sent"

        def work() -> str:
            category = wish.category
            if not category and self.blog.system == "word":
                category = (DEFAULT_CATEGORY,)
            content = Stored(0, content=wish.body).with_part(_part(wish))
            return str(
                self.blog.add(
                    slug=wish.slug,
                    date=wish.published,
                    category=category,
                    **self._texts(wish, content),
                ).id
            )

        return self._write("create", wish.key, work)

    def update(self, held: Held, wish: Wish) -> None:
        self._name_terms(wish)
        post = self._post(held)
        if held.state == "public" and wish.slug != held.slug:
            self._sin(f"the address of {wish.key} was to change")
        self._hear_links(post, wish.block)
        category = wish.category
        if not category and self.blog.system == "word" and not held.category:
            category = post.category  # nothing is sent, so what is there stays
        self._put(
            "update",
            held,
            lambda now: {
                "slug": wish.slug and self.blog.free_slug(wish.slug, now.id),
                "date": wish.published,
                "category": category,
                **self._texts(wish, replace(now, content=wish.body).with_part(_part(wish))),
            },
        )

    def relink(self, held: Held, block: str, data: tuple[str, ...]) -> None:
        part = Part(held.key, held.text, block, "\n".join(data))
        self._hear_links(self._post(held), block)
        # As with the real systems what was read is written back, with another part.
        content = Stored(0, content=held.raw["content"]).with_part(part)
        self._put("relink", held, lambda now: {"content": self._kept(content)})

    def set_state(self, held: Held, state: State, published: datetime | None) -> None:
        post = self._post(held)
        if post.bar:
            self._sin(f"mail was sent for {held.key}")
        if state == "public":
            if "publish" not in _CAN[self.blog.role]:
                raise Refused(Failure("target", "this account may not publish", ""))
            if _print(self._held(post)) not in self.blog.verified:
                self._sin(f"{held.key} went public and was never read back as sent")
            date = published or post.date
            self._put("public", held, lambda now: {"status": "public", "date": date})
            return
        assert state == "draft", state
        for other in self.blog.posts.values():
            if other.status == "public" and other.id != post.id and post.address in other.hrefs:
                self._sin(f"{held.key} went down while {other.part.key or other.slug} links to it")
        content = Stored(0, content=held.raw["content"])
        content.content = content.with_part(content.part._replace(block="", data=""))
        self._put("draft", held, lambda now: {"status": "draft", "content": content.content})

    def restore(self, held: Held, raw: Mapping[str, Any]) -> None:
        values = dict(json.loads(json.dumps(raw)))
        values["date"] = datetime.fromisoformat(values["date"]) if values["date"] else None
        for name in ("category", "tags"):
            values[name] = tuple(values[name])
        was = Stored(0, content=values["content"])
        if was.part.block:
            values["content"] = was.with_part(was.part._replace(block=held.block))
            self._hear_links(self._post(held), held.block)
        self._put(
            "restore",
            held,
            lambda now: {**values, "slug": self.blog.free_slug(values["slug"], now.id)},
        )

    def see_file(self, file: File) -> File | None:
        self._read("see file", file.remote)
        return next((held for _, held in self.blog.files if held.remote == file.remote), None)

    def upload(self, file: LocalFile) -> File:
        if "upload" not in _CAN[self.blog.role]:
            raise Refused(Failure("target", "this account may not upload", ""))

        def work() -> File:
            stem, dot, kind = file.name.partition(".")
            twins = sum(name == file.name for name, _ in self.blog.files)
            name = f"{stem}-{twins}{dot}{kind}" if twins else file.name
            held = File(str(self.blog.tick()), f"{ROOT}{self.blog.folder}/{name}")
            self.blog.files.append((file.name, held))
            return held

        return self._write("upload", file.name, work)

    def describe(self, file: File, alt: str) -> File:
        if self.blog.system == "ghost":
            return file._replace(alt=alt)

        def work() -> File:
            if all(held.remote != file.remote for _, held in self.blog.files):
                raise Refused(Failure("target", "the picture is not there any more", ""))
            self.blog.alt(file.remote, alt)
            return file._replace(alt=alt)

        return self._write("describe", file.remote, work)

    # What was sent and what is held.

    def differences(self, held: Held, wish: Wish) -> tuple[Difference, ...]:
        """Compare strictly; what people read as the same is harmless."""
        rows: list[tuple[str, Any, Any]] = [
            ("slug", wish.slug, held.slug),
            ("title", wish.title, held.title),
            ("description", wish.description, held.description),
            ("published", wish.published, held.published),
            ("tags", _folded(wish.tags), _folded(held.tags)),
            ("image", wish.image, held.image),
            ("mark", (wish.key, wish.text), (held.key, held.text)),
            ("body", wish.body.strip(), held.body),
            ("links", wish.block.strip(), held.block.strip()),
            ("data", "\n".join(wish.data), held.data),
        ]
        own = self.blog.system == "ghost"
        if own:
            rows.append(("image_alt", wish.image_alt if wish.image else "", held.image_alt))
        if own or wish.category:
            rows.append(("category", _folded(wish.category), _folded(held.category)))
        found = tuple(
            Difference(name, str(sent), str(there), "", unescape(str(sent)) == unescape(str(there)))
            for name, sent, there in rows
            if sent != there
        )
        if all(each.harmless for each in found):
            self.blog.verified.add(_print(held))
        if not own and wish.image_alt and wish.image_alt != held.image_alt:
            tell = f"The picture says “{held.image_alt}” there."
            found += (Difference("image_alt", wish.image_alt, held.image_alt, "", True, tell),)
        return found

    # How all of it is done.

    def _held(self, post: Stored) -> Held:
        """Return a post as the engine gets it; like WordPress, a blog may keep texts by picture."""
        held = held_of(post)
        if self.blog.system == "ghost":
            return held._replace(image_alt=post.image_alt, own_alt=True)
        alts = {file.remote: file.alt for _, file in self.blog.files}
        return held._replace(image_alt=alts.get(post.image, ""))

    def _texts(self, wish: Wish, content: str) -> dict[str, Any]:
        return {
            "title": self._kept(wish.title),
            "description": self._kept(wish.description),
            "content": self._kept(content),
            "tags": tuple(self.blog.terms[name.casefold()] for name in wish.tags),
            "image": wish.image,
            "image_alt": wish.image_alt if self.blog.system == "ghost" else "",
        }

    def _kept(self, text: str) -> str:
        """Return what this account may keep of a text, and what a plugin makes of it."""
        if self.blog.role != "editor":
            text = _BARE.sub("&amp;", _SCRIPT.sub("", text))
        return self.blog.plugin(text) if self.blog.plugin else text

    def _name_terms(self, wish: Wish) -> None:
        """Make the names that are not there yet, each with a write of its own."""
        for name in (*wish.category, *wish.tags):
            if name.casefold() in self.blog.terms:
                continue
            if "terms" not in _CAN[self.blog.role]:
                raise Refused(Failure("target", f"the tag “{name}” is not there", "Ask for it."))

            def work(name: str = name) -> None:
                self.blog.terms.setdefault(name.casefold(), name)

            self._write("term", name, work)

    def _post(self, held: Held) -> Stored:
        post = self.blog.posts.get(int(held.remote))
        if post is None or post.status == "trashed":
            raise Refused(Failure("target", "there is no such post", ""))
        return post

    def _put(self, what: str, held: Held, values: Callable[[Stored], Mapping[str, Any]]) -> None:
        """Change a post; a system like Ghost refuses what would change more than the writer saw."""

        def work() -> None:
            now = self._post(held)
            made = replace(now, **values(now))
            if self.blog.system == "ghost":
                if str(now.revision) != held.revision and made != now:
                    raise Moved(Failure("target", "it was saved by somebody else just now", ""))
                if made == now:
                    return
            self.blog.posts[now.id] = replace(made, revision=self.blog.tick())

        self._write(what, held.key, work)

    def _write(self, what: str, post: str, work: Callable[[], T]) -> T:
        self._serve()
        event = Event("write", what, post)
        if self.blog.before_write:
            self.blog.before_write(event)
        self.blog.log.append(event)
        self.blog.writes += 1
        crash = self.blog.crash
        if crash == (self.blog.writes, "before"):
            self.blog.crashed = True
            raise Crash
        fault = next((each for each in self.blog.faults if each.what == what), None)
        if fault:
            self.blog.faults.remove(fault)
        found = self._suffer(fault.kind, work) if fault else work()
        if self.blog.after_write:
            self.blog.after_write(event)
        if crash == (self.blog.writes, "after"):
            self.blog.crashed = True
            raise Crash
        return found

    def _suffer(self, kind: str, work: Callable[[], T]) -> T:
        """Carry a write out as far as a fault lets it."""
        if kind == "twice":
            work()
            return work()
        if kind == "403-html":
            raise Refused(Failure("target", "a firewall said no", ""))
        if kind in DONE:
            work()
        if kind == "late":
            self.blog.late.append(work)
        error = (NotDone if kind == "429-before" else Unclear)(Failure("target", "unclear", ""))
        error.pause = 3.0 if kind in ("429-before", "503-before") else 0.0
        raise error

    def _read(self, what: str, post: str = "") -> None:
        self._serve()
        self.blog.log.append(Event("read", what, post))

    def _serve(self) -> None:
        assert not self.closed, "the connection is closed"
        if self.blog.gone_after is not None:
            if self.blog.gone_after <= 0:
                raise Lost(Failure("target", "the blog does not answer", "Try again later."))
            self.blog.gone_after -= 1

    def _hear_links(self, post: Stored, block: str) -> None:
        """Note where new links of a public post lead to what visitors do not see."""
        if post.status != "public":
            return
        public = {each.address for each in self.blog.posts.values() if each.status == "public"}
        dead = Stored(0, content=post.with_part(Part("x", "", block))).hrefs - public - post.hrefs
        if dead:
            self._sin(f"{post.part.key} was to link to {sorted(dead)}, which nobody sees")

    def _sin(self, what: str) -> None:
        self.blog.sins.append(what)


def _part(wish: Wish) -> Part:
    return Part(wish.key, wish.text, wish.block, "\n".join(wish.data))


def _folded(names: tuple[str, ...]) -> list[str]:
    return sorted(name.casefold() for name in names)


def _print(held: Held) -> str:
    """Return what a post says, its links, its revision and its state left out."""
    return json.dumps(
        [held.remote, held.slug, held.title, held.description, held.body, held.tags, held.image]
    )
