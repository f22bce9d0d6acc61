"""Plans and drafts: a plan writes nothing, a second apply neither, nothing is public unasked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from memory_kit import WRITES, Person, Site, carried_out


def writes(site: Site) -> list[str]:
    return [f"{each.what} {each.post}" for each in site.blog.asked("write")]


def reads(site: Site, since: int) -> list[str]:
    return [each.what for each in site.blog.log[since:] if each.kind == "read"]


def test_a_plan_writes_nothing_and_is_the_same_twice(site: Site) -> None:
    site.posts("a", "b", "c")
    site.go_live()
    site.reword("b")
    site.post("new", 35)
    site.remove("c")
    Person(site.blog).edit("a", content=site.blog.our("a").content.replace("/b/", "/c/"))
    before, written = site.blog.state(), writes(site)
    files = {p: p.read_bytes() for p in site.folder.rglob("*") if p.is_file()}
    for order in ({}, {"go_live": True}, {"unpublish": frozenset({"a"})}, {"repair": True}):
        first, second = site.plan(**order), site.plan(**order)
        assert first.plan == second.plan
        assert first.named(*WRITES)
    assert (site.blog.state(), writes(site)) == (before, written)
    assert {p: p.read_bytes() for p in site.folder.rglob("*") if p.is_file()} == files


@pytest.mark.parametrize("live", [False, True])
def test_a_second_apply_writes_nothing_and_reads_pages_only(site: Site, live: bool) -> None:
    site.posts("a", "b", "c")
    assert site.publish(go_live=live).named(*WRITES) == {"a", "b", "c"}
    for _ in range(2):
        written, since = writes(site), len(site.blog.log)
        again = site.publish(go_live=live)
        assert again.named(*WRITES) == set()
        assert writes(site) == written
        assert reads(site, since) == ["greet", "page"]
    assert again.actions == dict.fromkeys("abc", "unchanged")


def test_an_unchanged_plan_takes_as_many_reads_as_there_are_pages(site: Site) -> None:
    site.blog.page = 4
    for number in range(5):
        site.blog.add(slug=f"theirs-{number}", title="Somebody else's", status="public")
    site.posts("a", "b", "c", "d")
    site.go_live()
    since = len(site.blog.log)
    assert site.plan(go_live=True).named(*WRITES) == set()
    assert reads(site, since) == ["greet", "page", "page", "page"]


def test_without_go_live_nothing_is_ever_public(site: Site) -> None:
    site.posts("a", "b")
    site.publish()
    site.reword("a")
    site.post("c", 33)
    for _ in range(2):
        site.publish()
    for order in ({"repair": True}, {"due": True}, {"overwrite": frozenset("ab")}):
        site.publish(**order)
    assert {p.status for p in site.blog.posts.values()} == {"draft"}
    assert not {p.part.block for p in site.blog.posts.values()} - {""}
    assert "public" not in {each.what for each in site.blog.log}


def test_what_goes_live_was_read_back_as_sent(site: Site) -> None:
    site.posts("a", "b", "c")
    ran = site.go_live()
    assert not ran.failed
    assert [p.part.key for p in site.blog.public()] == ["a", "b", "c"]
    assert not site.blog.sins
    assert not site.blog.broken()
    for id in "abc":
        mine = [each.what for each in site.blog.log if each.post in (id, str(_number(site, id)))]
        made, read, guarded, public = mine[mine.index("create") :][:4]
        assert (made, read, guarded, public) == ("create", "post", "post", "public")


def _number(site: Site, id: str) -> int:
    return site.blog.our(id).id


def test_a_draft_of_an_earlier_run_goes_live_later(site: Site) -> None:
    site.posts("a", "b", "c")
    site.publish()
    assert site.go_live().actions == dict.fromkeys("abc", "go live")
    assert not site.blog.sins
    assert not site.blog.broken()


def strip_strong(text: str) -> str:
    return text.replace("<strong>", "").replace("</strong>", "")


def lose_words(text: str) -> str:
    return text.replace(" words.", "")


@pytest.mark.parametrize("plugin", [strip_strong, lose_words])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_is_not_kept_as_sent_never_goes_live(
    site: Site, plugin: Callable[[str], str], times: int
) -> None:
    site.posts("a", "b", "c")
    site.blog.plugin = plugin
    for _ in range(times):
        ran = site.go_live()
        assert set(ran.failed) | ran.named("conflict") == {"a", "b", "c"}
    assert not site.blog.public()
    site.lose_ledger()
    site.go_live()
    assert not site.blog.public()
    assert not site.blog.sins


def test_what_was_not_kept_as_sent_is_written_again_once_it_would_be(site: Site) -> None:
    site.posts("a", "b", "c")
    site.blog.plugin = strip_strong
    site.go_live()
    site.blog.plugin = None
    ran = site.go_live()
    assert not ran.failed
    assert [p.part.key for p in site.blog.public()] == ["a", "b", "c"]
    assert all("<strong>" in p.content for p in site.blog.public())
    assert not site.blog.sins
    assert not site.blog.broken()


def test_a_public_post_that_was_not_kept_as_sent_is_told_until_it_is(site: Site) -> None:
    site.posts("a", "b", "c")
    site.go_live()
    site.blog.plugin = strip_strong
    site.reword("b", "Some **more** words.")
    for _ in range(3):
        assert set(site.go_live().failed) == {"b"}
    site.blog.plugin = None
    assert not site.go_live().failed
    assert site.go_live().named(*WRITES) == set()
    assert "<strong>more</strong>" in site.blog.our("b").content


def test_a_role_that_rewrites_markup_still_publishes_what_readers_see(site: Site) -> None:
    site.blog.role = "author"
    site.blog.terms = {"practical": "Practical", "calm": "Calm", "first visit": "first visit"}
    site.post("a", 1, "Salt & pepper, tea & toast.", title="Salt & pepper")
    site.posts("b", "c")
    ran = site.go_live()
    assert not ran.failed
    assert "Salt &amp; pepper, tea &amp; toast" in site.blog.our("a").content
    assert [p.part.data for p in site.blog.public()] == ["", "", ""]
    assert site.go_live().named(*WRITES) == set()
    site.lose_ledger()
    assert site.go_live().named(*WRITES) == set()
    assert not site.blog.broken()


def test_a_role_that_may_not_make_terms_fails_post_by_post_and_opens_nothing(site: Site) -> None:
    site.blog.role = "contributor"
    site.posts("a", "b")
    site.post("c", 3, tags="[]", category=None)
    ran = site.go_live()
    assert "is not there" in ran.failed["a"]
    assert "c" not in ran.failed
    assert "may not make posts public, so they stay drafts" in ran.said
    assert [p.part.key for p in site.blog.posts.values()] == ["c"]
    assert not site.blog.public()


def test_new_posts_are_made_before_their_neighbours_are_touched(site: Site) -> None:
    site.posts("a", "b", "c")
    site.go_live()
    since = len(site.blog.log)
    site.post("ab", 33)
    ran = site.go_live()
    assert ran.actions == {"ab": "create", "a": "links only", "b": "links only", "c": "unchanged"}
    done = [f"{e.what} {e.post}" for e in site.blog.log[since:] if e.kind == "write"]
    assert done == ["create ab", "public ab", "relink ab", "relink a", "relink b"]
    assert not site.blog.broken()
    assert not site.blog.sins


def test_a_person_who_touches_a_draft_after_it_was_read_back_stops_it(site: Site) -> None:
    site.posts("a", "b")
    site.publish()
    made = site.publication(go_live=True)
    Person(site.blog).rewrite("a")
    ran = carried_out(made)
    assert set(ran.failed) == {"a"}
    assert [p.part.key for p in site.blog.public()] == ["b"]
