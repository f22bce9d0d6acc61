"""People at work on the blog: nothing of theirs is written over, and nobody else has to wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from memory_blog import Stored
from memory_kit import WRITES, Blog, Person, Site, carried_out

ELSEWHEN = datetime(2026, 2, 20, 9, tzinfo=UTC)
Act = Callable[[Person, str], Stored]


def retitle(person: Person, id: str) -> Stored:
    return person.retitle(id)


def rewrite(person: Person, id: str) -> Stored:
    return person.rewrite(id)


def describe(person: Person, id: str) -> Stored:
    return person.edit(id, description="Said by a person.")


def rename(person: Person, id: str) -> Stored:
    return person.edit(id, slug=f"{id}-by-hand")


def picture(person: Person, id: str) -> Stored:
    return person.edit(id, image="7")


def redate(person: Person, id: str) -> Stored:
    return person.date(id, ELSEWHEN)


def take_back(person: Person, id: str) -> Stored:
    return person.to_draft(id)


def schedule(person: Person, id: str) -> Stored:
    return person.schedule(id, datetime(2026, 8, 1, tzinfo=UTC))


EDITS: list[Act] = [retitle, rewrite, describe, rename, picture, redate]
STATES: list[Act] = [take_back, schedule]


def stored(site: Site, number: int) -> dict[str, object]:
    return site.blog.posts[number].fields()


def live_site(site: Site) -> Site:
    site.posts("a", "b", "c", "d")
    assert not site.go_live().failed
    return site


@pytest.mark.parametrize("act", [*EDITS, *STATES])
@pytest.mark.parametrize("source", ["as it was", "changed"])
@pytest.mark.parametrize("runs", [1, 3])
def test_what_a_person_changed_stays_and_the_others_go_on(
    site: Site, act: Act, source: str, runs: int
) -> None:
    live_site(site)
    number = act(Person(site.blog), "b").id
    before = stored(site, number)
    if source == "changed":
        site.reword("b")
    site.reword("d")
    site.post("new", 33)
    for _ in range(runs):
        ran = site.go_live()
        assert ran.named("conflict") == {"b"}, ran.said
        assert not ran.failed, ran.said
        site.reword("d")
    assert stored(site, number) == before
    assert "Other words" in site.blog.our("d").content
    assert [p.part.key for p in site.blog.public() if p.part.key != "b"] == ["a", "new", "c", "d"]
    assert not site.blog.broken(frozenset("b"))
    assert not site.blog.sins


@pytest.mark.parametrize("act", [*EDITS, *STATES])
@pytest.mark.parametrize("update", ["text", "links", "live"])
def test_an_edit_between_plan_and_write_stops_that_write_only(
    site: Site, act: Act, update: str
) -> None:
    site.posts("a", "b", "c", "d")
    if update == "live":
        site.publish()
    else:
        site.go_live()
    if update == "text":
        site.reword("b")
    site.reword("d")
    site.post("new", 35)
    made = site.publication(go_live=True)
    if update == "live" and act is take_back:
        return  # it is a draft
    number = act(Person(site.blog), "b").id
    before = stored(site, number)
    ran = carried_out(made)
    assert set(ran.failed) == {"b"}, ran.said
    assert "just now" in ran.failed["b"]
    assert stored(site, number) == before
    assert "Other words" in site.blog.our("d").content
    if update == "text":  # before anybody is linked to it
        assert not site.blog.sins
    after = site.go_live()
    assert stored(site, number) == before
    assert after.named(*WRITES) <= {"a", "c", "new", "d"}
    assert not after.failed
    assert not site.blog.broken(frozenset("b"))


@pytest.mark.parametrize("act", ["tag", "untag"])
@pytest.mark.parametrize("moment", ["before the plan", "after the plan"])
def test_a_tag_that_a_person_added_or_took_off_stays_so(site: Site, act: str, moment: str) -> None:
    live_site(site)
    person = Person(site.blog)

    def work() -> None:
        person.tag("b") if act == "tag" else person.untag("b", "calm")

    def right() -> bool:
        tags = site.blog.our("b").tags
        return "by-hand" in tags if act == "tag" else "calm" not in tags

    if moment == "before the plan":
        work()
        assert site.go_live().named("conflict", *WRITES) == set()
    site.reword("b")
    made = site.publication(go_live=True)
    if moment == "after the plan":
        work()
        assert set(carried_out(made).failed) == {"b"}
        made = site.publication(go_live=True)
    assert not carried_out(made).failed
    assert right()
    assert "Other words" in site.blog.our("b").content
    site.change("b", "tags: [calm, first visit]", "tags: [calm, first visit, added here]")
    assert not site.go_live().failed
    assert right()
    assert "added here" in site.blog.our("b").tags
    site.change("b", "tags: [calm, first visit, added here]", "tags: [calm]")
    assert not site.go_live().failed
    assert right()
    assert not {"first visit", "added here"} & set(site.blog.our("b").tags)


def test_a_save_without_a_change_is_no_conflict(site: Site) -> None:
    live_site(site)
    for id in "abcd":
        Person(site.blog).save(id)
    assert site.go_live().actions == dict.fromkeys("abcd", "unchanged")
    for id in "abcd":
        Person(site.blog).save(id)
        site.reword(id)
    ran = site.go_live()
    assert ran.named("update") == set("abcd")
    assert not ran.failed


def test_overwrite_writes_over_one_person_and_no_other(site: Site) -> None:
    live_site(site)
    person = Person(site.blog)
    numbers = [person.retitle("b").id, person.rewrite("c").id]
    ran = site.go_live(overwrite=frozenset("b"))
    assert ran.actions["b"] == "update"
    assert ran.named("conflict") == {"c"}
    assert not ran.failed
    assert site.blog.posts[numbers[0]].title == "About b"
    assert "Words of a person" in site.blog.posts[numbers[1]].content
    assert site.go_live().named("conflict", *WRITES) == {"c"}
    assert not site.blog.broken(frozenset("c"))


@pytest.mark.parametrize("act", [*EDITS, *STATES])
def test_overwrite_brings_every_field_back(site: Site, act: Act) -> None:
    live_site(site)
    before = site.blog.our("b").fields()
    number = act(Person(site.blog), "b").id
    ran = site.go_live(overwrite=frozenset("b"))
    if act is schedule:
        return  # the hour that a person set is not Copydesk's to move
    assert not ran.failed, ran.said
    after = stored(site, number)
    if act is rename:  # a public address is never renamed
        before["slug"] = after["slug"] = before["content"] = after["content"] = ""
    assert after == before
    assert site.go_live().named("conflict", *WRITES) == set()
    assert not site.blog.broken()
    assert not site.blog.sins


@pytest.mark.parametrize("act", [retitle, rewrite, describe, picture])
@pytest.mark.parametrize("source", ["as it was", "changed", "changed with a link"])
@pytest.mark.parametrize("state", ["public", "draft"])
def test_take_theirs_lets_a_persons_version_stand(
    site: Site, act: Act, source: str, state: str
) -> None:
    site.posts("a", "b", "c", "d")
    site.publish(go_live=state == "public")
    number = act(Person(site.blog), "b").id
    if source != "as it was":
        site.reword("b", "Other words." if source == "changed" else "See [d](d.md).")
    before = site.blog.posts[number]
    live = state == "public"
    ran = site.publish(accept=frozenset("b"), go_live=live)
    assert not ran.failed, ran.said

    def same() -> bool:
        now = site.blog.posts[number]
        return (now.title, now.body, now.description, now.image) == (
            before.title, before.body, before.description, before.image,
        )  # fmt: skip

    assert same()
    site.post("new", 33)
    for _ in range(2):
        ran = site.go_live()
        assert not ran.failed, ran.said
        assert same(), ran.said
        assert "b" not in ran.named("conflict", "update")
    assert site.blog.posts[number].status == "public"
    assert not site.blog.broken()
    assert site.go_live().named(*WRITES) == set()
    site.reword("b", "The source speaks again.")
    ran = site.go_live()
    assert ran.actions["b"] == "conflict"
    assert "--overwrite b" in ran.said
    assert same(), "words that were taken on went without a word"
    assert not site.go_live(overwrite=frozenset("b")).failed
    assert "The source speaks again." in site.blog.posts[number].body
    assert not site.blog.broken()


def test_what_was_taken_back_to_draft_and_accepted_is_not_brought_online_again(
    site: Site,
) -> None:
    live_site(site)
    Person(site.blog).to_draft("b")
    assert not site.publish(accept=frozenset("b")).failed
    for _ in range(2):
        ran = site.go_live()
        assert not ran.failed
        assert site.blog.our("b").status == "draft", ran.said
        assert not site.blog.broken(frozenset("b"))
    assert not site.go_live(overwrite=frozenset("b")).failed
    assert site.blog.our("b").status == "public"
    assert not site.blog.broken()


@pytest.mark.parametrize("date", [None, ELSEWHEN])
def test_publish_pressed_by_a_person_is_adopted(site: Site, date: datetime | None) -> None:
    site.posts("a", "b", "c", "d")
    site.publish()
    person = Person(site.blog)
    for id in "abd":
        person.publish(id)
    if date:
        person.date("b", date)
    ran = site.publish()
    assert not ran.failed
    assert ran.named("conflict") == set()
    assert ran.named("links only") == {"a", "b", "d"}
    assert site.blog.our("c").status == "draft"
    assert not site.blog.broken()
    assert site.publish().named("conflict", *WRITES) == set()
    site.reword("b")
    assert not site.publish().failed
    assert site.blog.our("b").date == (date or site.blog.our("b").date)
    assert not site.blog.broken()
    assert site.publish().named("conflict", *WRITES) == set()


def test_publish_pressed_between_plan_and_write_is_adopted_by_the_next_run(site: Site) -> None:
    site.posts("a", "b", "c")
    site.publish()
    made = site.publication(go_live=True)
    Person(site.blog).publish("b")
    carried_out(made)
    assert not site.go_live().failed
    assert len(site.blog.public()) == 3
    assert not site.blog.broken()
    assert not site.blog.sins


def test_an_hour_that_a_person_set_stays_and_is_told(site: Site) -> None:
    site.posts("a", "b", "c")
    site.publish()
    when = datetime(2026, 9, 1, tzinfo=UTC)
    Person(site.blog).schedule("b", when)
    ran = site.go_live()
    assert ran.actions["b"] == "unchanged"
    assert "2026-09-01" in ran.said
    site.reword("b")
    assert not site.go_live().failed
    assert (site.blog.our("b").status, site.blog.our("b").date) == ("scheduled", when)
    assert "Other words" in site.blog.our("b").content
    assert not site.blog.broken()
    site.now = datetime(2026, 9, 2, tzinfo=UTC)
    Person(site.blog).publish("b")  # what the blog does by itself at that hour
    assert not site.go_live().failed
    assert site.blog.our("b").date == when
    assert [p.part.key for p in site.blog.public()] == ["a", "c", "b"]
    assert not site.blog.broken()
    assert site.go_live().named("conflict", *WRITES) == set()


def test_a_second_machine_with_a_newer_source_sees_no_conflict(site: Site) -> None:
    live_site(site)
    assert site.go_live("there").named("conflict", *WRITES) == set()
    for number in range(3):
        site.reword("b", f"Words of round {number}.")
        site.post(f"new{number}", 33)
        for to in ("there", "here"):
            site.change("c", "few", f"{to}{number} few")
            ran = site.go_live(to)
            assert not ran.failed
            assert ran.named("conflict") == set(), ran.said
            assert not site.blog.broken()
    for to in ("here", "there"):
        assert site.go_live(to).named("conflict", *WRITES) == set()


def test_a_second_machine_sees_what_a_person_changed(site: Site) -> None:
    live_site(site)
    site.go_live("there")
    site.reword("b")
    site.go_live("here")
    number = Person(site.blog).rewrite("b").id
    before = stored(site, number)
    site.reword("b")
    for to in ("there", "here"):
        assert site.go_live(to).named("conflict") == {"b"}
    assert stored(site, number) == before


def test_a_source_with_errors_keeps_what_is_public(tmp_path: Path) -> None:
    site = live_site(Site(tmp_path / "practice", Blog()))
    site.reword("b")
    site.errors = {"posts/b.md": 2}
    ran = site.go_live()
    assert "Other words" not in site.blog.our("b").content
    assert ran.actions["b"] == "kept"
    site.post("new", 33)
    ran = site.go_live()
    assert ran.actions["b"] == "links only"
    assert not site.blog.broken()


def test_an_edit_while_links_are_written_is_seen_by_the_next_run(site: Site) -> None:
    """A system without a guard of its own takes the write; the words of the person stay."""
    live_site(site)
    person = Person(site.blog)

    def meanwhile(event: object) -> None:
        if getattr(event, "what", "") == "relink" and getattr(event, "post", "") == "b":
            person.rewrite("b")
            site.blog.after_write = None

    site.blog.after_write = meanwhile
    site.post("new", 33)
    ran = site.go_live()
    assert set(ran.failed) == {"b"}
    site.reword("b")
    after = site.go_live()
    assert after.named("conflict") == {"b"}, after.said
    assert "Words of a person" in site.blog.our("b").content


def test_an_edit_while_a_text_is_written_is_seen_by_the_next_run(site: Site) -> None:
    live_site(site)
    person = Person(site.blog)

    def meanwhile(event: object) -> None:
        if getattr(event, "what", "") == "update":
            person.rewrite("b")
            site.blog.after_write = None

    site.blog.after_write = meanwhile
    site.reword("b")
    assert set(site.go_live().failed) == {"b"}
    assert site.go_live().named("conflict") == {"b"}
    assert "Words of a person" in site.blog.our("b").content


def test_a_draft_that_is_taken_as_it_is_says_how_it_goes_public(site: Site) -> None:
    site.post("a")
    site.publish()
    Person(site.blog).retitle("a")
    asked = frozenset({"a"})
    said = "publish with `--go-live` once more to make it public"
    assert said in site.go_live(accept=asked).change("a").reason
    assert said not in site.plan(accept=asked).change("a").reason


def test_a_conflict_shows_what_both_sides_changed(site: Site) -> None:
    live_site(site)
    Person(site.blog).retitle("b")
    site.reword("b", "Words of the source.")
    change = site.plan().change("b")
    assert ("title (by a person there)", "About b", "About b, by hand") in change.fields
    assert any(row[0] == "body (in the source)" for row in change.fields), change.fields
    assert "`copydesk publish --to here --take-theirs b`" in change.reason
    assert "`copydesk publish --to here --overwrite b`" in change.reason


def test_a_text_that_lost_our_mark_is_a_conflict_and_comes_back_on_demand(site: Site) -> None:
    live_site(site)
    number = Person(site.blog).strip("b").id
    before = stored(site, number)
    site.reword("b")
    for _ in range(2):
        ran = site.go_live()
        assert ran.named("conflict") == {"b"}
        assert not ran.failed
    assert stored(site, number) == before
    assert not site.go_live(overwrite=frozenset("b")).failed
    assert site.blog.our("b").id == number
    assert not site.blog.broken()
    assert site.go_live().named("conflict", *WRITES) == set()
