"""Taking posts back to draft, and whole runs back to how everything was before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from memory_blog import Fault
from memory_kit import WRITES, Person, Site

from copydesk.api import CopydeskError


def live_site(site: Site) -> Site:
    site.posts("a", "b", "c", "d", "e")
    assert not site.go_live().failed
    return site


def run_ids(site: Site) -> list[str]:
    """Return the runs of a site, the newest first."""
    made = site.publication()
    return [each.id for each in made.opened.target.runs(made.view)]  # type: ignore[attr-defined]


def undo(site: Site, number: int = 0) -> Any:
    site.now = site.now.replace(minute=(site.now.minute + 1) % 60)
    return site.publish(undo=run_ids(site)[number])


def later(site: Site) -> None:
    """Let time pass, so that runs have names of their own."""
    site.now = site.now.replace(minute=(site.now.minute + 1) % 60)


def contents(site: Site) -> dict[int, dict[str, Any]]:
    return {id: post.fields() for id, post in site.blog.posts.items()}


DOWN = [{"a"}, {"c"}, {"e"}, {"b", "c"}, {"a", "b", "c"}, {"a", "c", "e"}, set("abcde")]


@pytest.mark.parametrize("down", DOWN, ids="".join)
def test_neighbours_let_go_before_a_post_goes_down(site: Site, down: set[str]) -> None:
    live_site(site)
    ran = site.publish(unpublish=frozenset(down))
    assert ran.named("unpublish") == down
    assert not ran.failed
    assert not site.blog.sins
    assert not site.blog.broken()
    assert {p.part.key for p in site.blog.public()} == set("abcde") - down
    assert len(site.blog.posts) == 5
    assert {p.status for p in site.blog.posts.values()} == {"public", "draft"} - (
        {"public"} if down == set("abcde") else set()
    )


def test_a_post_that_is_down_comes_back_once_it_is_named(site: Site) -> None:
    before = contents(live_site(site))
    site.publish(unpublish=frozenset({"b", "c"}))
    assert site.publish().named(*WRITES) == set()
    ran = site.go_live()
    assert ran.named("kept") == {"b", "c"}
    assert ran.named(*WRITES) == set()
    assert "--go-live --overwrite b` brings it back" in ran.said
    assert not site.go_live(overwrite=frozenset({"b", "c"})).failed
    assert contents(site) == before
    assert not site.blog.sins


def test_a_post_without_its_source_goes_down_and_stays_down(site: Site) -> None:
    live_site(site)
    site.remove("c")
    ran = site.go_live()
    assert ran.actions["c"] == "kept"
    assert "Its source is no longer in the site" in ran.said
    assert site.go_live().named(*WRITES) == set()
    assert not site.publish(unpublish=frozenset("c")).failed
    assert site.go_live().named(*WRITES) == set()
    assert site.blog.our("c").status == "draft"
    assert not site.blog.broken()


def test_a_post_stays_while_a_neighbour_in_conflict_links_to_it(site: Site) -> None:
    live_site(site)
    Person(site.blog).rewrite("b")
    ran = site.publish(unpublish=frozenset("c"))
    assert "still links to it" in ran.failed["c"]
    assert site.blog.our("c").status == "public"
    assert not site.blog.sins
    assert not site.go_live().failed
    assert not site.blog.broken(frozenset("b"))
    site.publish(accept=frozenset("b"))
    assert not site.publish(unpublish=frozenset("c")).failed
    assert not site.blog.broken()
    assert not site.blog.sins


def test_unpublish_of_what_is_not_public_does_nothing(site: Site) -> None:
    site.posts("a", "b")
    site.publish()
    writes = site.blog.writes
    ran = site.publish(unpublish=frozenset("ab"))
    assert ran.actions == {"a": "unchanged", "b": "unchanged"}
    assert site.blog.writes == writes


def change_texts(site: Site) -> None:
    site.reword("b")
    site.change("d", "title: About d", "title: Another title for d")
    site.change("c", "tags: [calm, first visit]", "tags: [calm, later]")


def insert_posts(site: Site) -> None:
    site.post("bc", 35)
    site.post("bc2", 35)
    site.post("z", 90)


def move_a_post(site: Site) -> None:
    site.change("d", "published: 2026-02-07", "published: 2026-01-02")


def all_of_it(site: Site) -> None:
    change_texts(site)
    insert_posts(site)
    move_a_post(site)


CHANGES: list[Callable[[Site], None]] = [change_texts, insert_posts, move_a_post, all_of_it]


@pytest.mark.parametrize("change", CHANGES)
def test_undo_writes_every_byte_back_and_undo_of_that_too(
    site: Site, change: Callable[[Site], None]
) -> None:
    live_site(site)
    before = contents(site)
    later(site)
    change(site)
    assert not site.go_live().failed
    after = contents(site)
    assert site.plan(undo=run_ids(site)[0]).named("conflict") == set()
    ran = undo(site)
    assert not ran.failed, ran.said
    for id, fields in before.items():
        assert site.blog.posts[id].fields() == fields
    assert set(site.blog.posts) == set(after), "nothing is ever deleted"
    assert {p.status for id, p in site.blog.posts.items() if id not in before} <= {"draft"}
    assert not site.blog.sins
    assert not site.blog.broken()
    ran = undo(site)
    assert not ran.failed, ran.said
    assert contents(site) == after
    assert not site.blog.broken()
    assert site.go_live().named("conflict", *WRITES) == set()


@pytest.mark.parametrize("change", CHANGES)
def test_after_an_undo_the_same_run_can_be_made_again(
    site: Site, change: Callable[[Site], None]
) -> None:
    live_site(site)
    later(site)
    change(site)
    site.go_live()
    after = contents(site)
    undo(site)
    later(site)
    down = site.go_live().named("kept")
    later(site)
    ran = site.go_live(overwrite=frozenset(down))
    assert not ran.failed, ran.said
    assert ran.named("conflict") == set()
    assert contents(site) == after
    assert not site.blog.sins


def test_undo_of_the_first_run_takes_all_of_it_down(site: Site) -> None:
    live_site(site)
    ran = undo(site)
    assert not ran.failed, ran.said
    assert {p.status for p in site.blog.posts.values()} == {"draft"}
    assert not [p for p in site.blog.posts.values() if p.part.block]
    assert not site.blog.sins
    later(site)
    assert not site.go_live().failed
    assert not site.blog.broken()


def test_undo_of_an_older_run_leaves_what_came_later_and_links_it_anew(site: Site) -> None:
    live_site(site)
    later(site)
    site.post("bc", 35)
    site.go_live()
    later(site)
    site.post("bc2", 35)
    site.go_live()
    ran = undo(site, 1)
    assert not ran.failed, ran.said
    assert [p.part.key for p in site.blog.public()] == ["a", "b", "bc2", "c", "d", "e"]
    assert not site.blog.broken()
    assert not site.blog.sins


@pytest.mark.parametrize(
    "act", ["retitle", "rewrite", "tag", "untag", "date", "to_draft", "schedule"]
)
@pytest.mark.parametrize("when", ["before the plan", "after the plan"])
def test_undo_leaves_what_a_person_changed_since(site: Site, act: str, when: str) -> None:
    live_site(site)
    later(site)
    site.reword("b")
    site.reword("d")
    site.go_live()
    more = {
        "untag": ("calm",),
        "date": (datetime(2026, 2, 4, tzinfo=UTC),),
        "schedule": (datetime(2026, 9, 4, tzinfo=UTC),),
    }
    made = None
    if when == "after the plan":
        later(site)
        made = site.publication(undo=run_ids(site)[0])
    number = getattr(Person(site.blog), act)("b", *more.get(act, ())).id
    before = site.blog.posts[number].fields()
    if made is None:
        ran = undo(site)
        assert ran.named("conflict") == {"b"}
        assert ran.actions["d"] == "restore"
    else:
        from memory_kit import carried_out

        ran = carried_out(made)
        assert set(ran.failed) == {"b"}
    assert site.blog.posts[number].fields() == before
    assert "Other words" not in site.blog.our("d").content
    assert not site.blog.sins


def test_undo_of_a_run_that_died_leaves_what_a_person_changed_since(site: Site) -> None:
    from memory_kit import crashes

    live_site(site)
    later(site)
    site.reword("b")
    assert crashes(site, 1, "after")
    number = Person(site.blog).rewrite("b").id
    before = site.blog.posts[number].fields()
    ran = undo(site)
    assert ran.named("conflict") == {"b"}
    assert site.blog.posts[number].fields() == before


@pytest.mark.parametrize("when", ["before", "after"])
def test_undo_of_a_run_that_died_half_way(site: Site, when: str) -> None:
    from memory_kit import crashes

    live_site(site)
    before = contents(site)
    for number in range(1, 12):
        copied = site.copy(site.folder.parent / str(number))
        later(copied)
        all_of_it(copied)
        assert crashes(copied, number, when)
        if number == 1 and when == "before":
            later(copied)
        ran = undo(copied)
        assert not ran.failed, (number, ran.said)
        for id, fields in before.items():
            assert copied.blog.posts[id].fields() == fields, number
        assert not copied.blog.sins, number
        assert not copied.blog.broken(), number


def test_a_created_post_that_a_person_scheduled_is_left_alone_by_undo(site: Site) -> None:
    site.posts("a", "b")
    site.publish()
    Person(site.blog).schedule("b", datetime(2026, 9, 4, tzinfo=UTC))
    assert undo(site).named("conflict") == {"b"}
    assert site.blog.our("b").status == "scheduled"


def test_an_undo_that_went_wrong_is_made_again(site: Site) -> None:
    live_site(site)
    before = contents(site)
    later(site)
    all_of_it(site)
    site.go_live()
    site.blog.faults = [Fault("restore", "403-html"), Fault("draft", "cut-after")]
    run = run_ids(site)[0]
    later(site)
    assert site.publish(undo=run).failed
    later(site)
    ran = site.publish(undo=run)
    assert not ran.failed, ran.said
    for id, fields in before.items():
        assert site.blog.posts[id].fields() == fields
    assert not site.blog.sins


def test_a_run_that_nobody_made_is_refused(site: Site) -> None:
    live_site(site)
    for name in ("20260101-000000", "../here", ""):
        if name:
            with pytest.raises(CopydeskError) as caught:
                site.plan(undo=name)
            assert "no run" in caught.value.failure.message


def test_runs_are_told_in_words(site: Site) -> None:
    live_site(site)
    later(site)
    site.reword("b")
    site.go_live()
    made = site.publication()
    told = [each.what for each in made.opened.target.runs(made.view)]  # type: ignore[attr-defined]
    assert told == [
        "1 text changed",
        "5 posts made, 5 posts with new links, 5 posts made public",
    ]


def test_a_post_that_a_run_wrote_twice_is_told_once(site: Site) -> None:
    """Texts that link to posts which go public only now are written with their addresses."""
    site.posts("a", "b")
    site.reword("a", "See [b](b.md).")
    site.reword("b", "See [a](a.md).")
    site.publish()
    writes = len(site.blog.asked("write"))
    site.go_live()
    updates = [each for each in site.blog.asked("write")[writes:] if each.what == "update"]
    made = site.publication()
    told = [each.what for each in made.opened.target.runs(made.view)]  # type: ignore[attr-defined]
    assert len(updates) > 2
    assert told[0].startswith("2 texts changed, ") and told[0].endswith("2 posts made public")
