"""Random histories of a site and its blog: whatever happened, links are right on every page."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from memory_blog import Fault, Stored
from memory_kit import NOW, WRITES, Blog, Person, Ran, Site, crashes
from memory_remote import FAULTS

IDS = ["a", "b", "c", "d", "e", "f"]
ids = st.sampled_from(IDS)
days = st.sampled_from([10, 20, 20, 30, 40, 50])
machines = st.sampled_from(["here", "there"])


class History(RuleBasedStateMachine):
    """Things that writers, people on the blog and bad luck do, with runs in between.

    `touched` are posts that a person changed and that are not settled yet. What a person wrote may
    only go where somebody asked for it.
    """

    system = "word"

    @initialize(posts=st.lists(ids, unique=True, min_size=2, max_size=4))
    def start(self, posts: list[str]) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.blog = Blog(self.system)  # type: ignore[arg-type]
        self.site = Site(self.folder / "practice", self.blog)
        self.person = Person(self.blog)
        self.words: dict[int, str] = {}
        self.number = 0
        for number, id in enumerate(posts):
            self.site.post(id, 10 * number + 10)
        self.site.go_live()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def path(self, id: str) -> Path:
        return self.site.folder / "posts" / f"{id}.md"

    def mine(self, *states: str) -> list[Stored]:
        """Return our posts in these states that exist once."""
        found = [p for p in self.blog.posts.values() if p.part.key and p.status in states]
        return [p for p in found if len(self.blog.ours(p.part.key)) == 1]

    def next(self) -> int:
        self.number += 1
        self.site.now += timedelta(minutes=1)
        return self.number

    # Writers.

    @rule(id=ids, day=days, link=st.none() | ids)
    def write(self, id: str, day: int, link: str | None) -> None:
        text = f"Words {self.next()}." + (f" See [it]({link}.md)." if link else "")
        self.site.post(id, day, text)

    @rule(id=ids)
    def retitle(self, id: str) -> None:
        if self.path(id).exists():
            self.site.change(id, "title: ", f"title: {self.next()} ")

    @rule(id=ids, state=st.sampled_from(["draft", "published", "scheduled"]))
    def set_state(self, id: str, state: str) -> None:
        if self.path(id).exists():
            old = self.path(id).read_text("utf-8")
            now = next(s for s in ("draft", "published", "scheduled") if f"state: {s}" in old)
            self.site.change(id, f"state: {now}", f"state: {state}")

    @rule(id=ids)
    def delete_source(self, id: str) -> None:
        if len(list((self.site.folder / "posts").iterdir())) > 1:
            self.path(id).unlink(missing_ok=True)

    # People on the blog.

    @rule(
        at=st.integers(0, 5), act=st.sampled_from(["save", "publish", "tag", "retitle", "rewrite"])
    )
    def person_edits(self, at: int, act: str) -> None:
        posts = self.mine("draft", "public")
        if posts:
            post = posts[at % len(posts)]
            getattr(self.person, act)(post.part.key)
            if act in ("retitle", "rewrite"):
                self.words[post.id] = post.part.key

    @rule(at=st.integers(0, 5), act=st.sampled_from(["to_draft", "trash", "delete", "copy"]))
    def person_takes_away(self, at: int, act: str) -> None:
        posts = self.mine("public")
        if posts:
            post = posts[at % len(posts)]
            getattr(self.person, act)(post.part.key)
            if act != "copy":
                self.words.pop(post.id, None)

    # Bad luck.

    @rule(number=st.integers(1, 8), when=st.sampled_from(["before", "after"]))
    def crash(self, number: int, when: str) -> None:
        self.next()
        crashes(self.site, number, when)

    @rule(to=machines)
    def lose_ledger(self, to: str) -> None:
        if all(self.path(p.part.key).exists() for p in self.blog.posts.values() if p.part.key):
            self.site.lose_ledger(to)  # else nobody would know whose posts those are

    @rule(
        what=st.sampled_from(["create", "update", "relink", "public"]),
        kind=st.sampled_from([each for each in FAULTS if each != "twice"]),
    )
    def bad_line(self, what: str, kind: str) -> None:
        self.next()
        self.blog.faults = [Fault(what, kind)]
        self.site.go_live()
        self.blog.faults = []

    # Runs of other kinds.

    @rule(to=machines)
    def drafts(self, to: str) -> None:
        self.next()
        self.site.publish(to)

    @rule()
    def due(self) -> None:
        self.next()
        self.site.go_live(due=True)

    @rule(at=st.integers(0, 5), two=st.booleans())
    def unpublish(self, at: int, two: bool) -> None:
        posts = [p.part.key for p in self.mine("public")]
        if posts:
            self.next()
            down = {posts[at % len(posts)], posts[(at + two) % len(posts)]}
            self.site.publish(unpublish=frozenset(down))

    @rule(at=st.integers(0, 1))
    def undo(self, at: int) -> None:
        self.next()
        made = self.site.publication()
        runs = made.opened.target.runs(made.view)  # type: ignore[attr-defined]
        if at < len(runs):
            self.site.publish(undo=runs[at].id)

    @rule(at=st.integers(0, 5), way=st.sampled_from(["overwrite", "accept"]))
    def settle(self, at: int, way: str) -> None:
        conflicts = sorted(self.site.plan().named("conflict"))
        if conflicts:
            id = conflicts[at % len(conflicts)]
            self.next()
            self.site.go_live(**{way: frozenset({id})})
            self.words = {post: key for post, key in self.words.items() if key != id}

    # What has to hold.

    @rule(to=machines)
    def go_live(self, to: str) -> None:
        self.next()
        ran = self.site.go_live(to)
        assert not ran.error, ran.said
        assert not ran.failed, ran.said
        self.right(ran)
        again = self.site.go_live(to)
        assert again.named(*WRITES) == set(), again.said
        self.right(again)

    def right(self, ran: Ran) -> None:
        """See that links among all posts of ours that are not in conflict are right."""
        known = set(ran.actions)
        conflicts = frozenset(ran.named("conflict"))
        strangers = frozenset(p.part.key for p in self.blog.posts.values()) - known
        but = (
            conflicts
            | strangers
            | frozenset(p.part.key for p in self.blog.public() if p.id in self.words)
        )
        if not strangers:
            broken = [each for each in self.blog.broken(but) if "is a draft" not in each]
            assert not broken, f"{broken}\n{ran.said}"

    @invariant()
    def no_sins(self) -> None:
        if hasattr(self, "blog"):
            assert not self.blog.sins, self.blog.sins

    @invariant()
    def words_of_people_stay(self) -> None:
        if hasattr(self, "blog"):
            for number in self.words:
                post = self.blog.posts[number]
                assert "by hand" in post.title or "Words of a person" in post.content


@pytest.mark.parametrize("system", ["word", "ghost"])
def test_every_history_leads_to_right_links(system: str) -> None:
    kind = type("History", (History,), {"system": system})
    run_state_machine_as_test(
        kind,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


__all__ = ["NOW", "UTC", "datetime"]
