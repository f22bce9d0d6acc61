"""What somebody took off the site stays off it, and nothing is left that links there."""

from __future__ import annotations

from pathlib import Path

import pytest
from memory_blog import Blog, Event, Fault
from memory_kit import WRITES, Person, Site, crashes
from test_cms_undo import later, live_site, run_ids, undo

C = frozenset("c")


def dead(site: Site) -> dict[str, set[str]]:
    """Return the links of public posts that lead to what visitors do not see."""
    shown = {each.address for each in site.blog.public()}
    found = {each.part.key: each.hrefs - shown for each in site.blog.public()}
    return {id: links for id, links in found.items() if links}


def watched(site: Site) -> list[tuple[str, str]]:
    """Return a list that fills with every write after which a public post has a dead link."""
    found: list[tuple[str, str]] = []

    def after(event: Event) -> None:
        if dead(site):
            found.append((event.what, event.post))

    site.blog.after_write = after
    return found


def scheduled(site: Site) -> Site:
    site.posts("a", "b")
    site.post("c", 36, state="scheduled")
    assert not site.go_live().failed
    assert site.blog.our("c").status == "public"
    return site


@pytest.mark.parametrize("due", [True, False])
def test_a_post_that_a_person_took_down_stays_down_where_nothing_is_recorded(
    site: Site, due: bool
) -> None:
    scheduled(site)
    Person(site.blog).to_draft("c")
    site.lose_ledger()
    ran = site.go_live(due=due)
    assert site.blog.our("c").status == "draft", ran.said
    if not due:
        assert ran.actions["c"] == "conflict"


def test_a_post_that_a_person_took_down_stays_down_for_a_machine_that_saw_only_the_draft(
    site: Site,
) -> None:
    site.posts("a", "b", "c")
    site.publish(to="here")
    site.publish(to="there")
    site.go_live(to="here")
    Person(site.blog).to_draft("b")
    ran = site.go_live(to="there")
    assert ran.actions["b"] == "conflict"
    assert site.blog.our("b").status == "draft"


@pytest.mark.parametrize("lost", [True, False])
def test_a_post_in_the_bin_is_not_made_anew_unasked(tmp_path: Path, lost: bool) -> None:
    site = live_site(Site(tmp_path / "practice", Blog("word")))  # the other system has no bin
    Person(site.blog).trash("c")
    if lost:
        site.lose_ledger()
    ran = site.go_live()
    states = [each.status for each in site.blog.posts.values() if each.part.key == "c"]
    assert states == ["trashed"], ran.said
    assert "--overwrite c" in ran.said
    assert not site.go_live(overwrite=C).failed
    assert [each.slug for each in site.blog.public() if each.part.key == "c"] == ["c"]


def test_a_cron_job_does_not_bring_back_what_was_unpublished(site: Site) -> None:
    scheduled(site)
    assert not site.publish(unpublish=C).failed
    ran = site.go_live(due=True)
    assert site.blog.our("c").status == "draft"
    assert ran.actions["c"] == "kept"
    assert "--go-live --overwrite c` brings it back" in ran.said
    assert not site.go_live(due=True, overwrite=C).failed
    assert site.blog.our("c").status == "public"


def test_a_cron_job_does_not_bring_back_what_an_undo_took_down(site: Site) -> None:
    scheduled(site)
    later(site)
    site.post("d", 37, state="scheduled")
    site.go_live(due=True)
    later(site)
    undo(site)
    assert site.blog.our("d").status == "draft"
    later(site)
    site.go_live(due=True)
    assert site.blog.our("d").status == "draft"


def test_an_undo_takes_the_links_away_before_the_post(site: Site) -> None:
    site.posts("a", "b", "d", "e")
    site.go_live()
    later(site)
    site.post("c", 37)
    site.publish()
    later(site)
    site.go_live()
    later(site)
    site.post("cc", 37, published="2026-02-06T12:00:00")
    site.go_live()
    later(site)
    found = watched(site)
    ran = undo(site, 1)
    assert not ran.failed, ran.said
    assert site.blog.our("c").status == "draft"
    assert found == []
    assert not site.blog.broken()


def test_a_post_stays_public_while_one_that_a_person_changed_links_to_it(site: Site) -> None:
    site.posts("a", "b", "c", "d")
    site.publish()
    later(site)
    site.go_live()
    later(site)
    site.post("cc", 36, published="2026-02-06T12:00:00")
    site.go_live()
    later(site)
    Person(site.blog).retitle("cc")
    found = watched(site)
    undo(site, 1)
    assert found == []
    assert not dead(site)


def test_an_undo_writes_no_old_links_back(site: Site) -> None:
    live_site(site)
    later(site)
    site.reword("b")
    site.go_live()
    later(site)
    site.publish(unpublish=C)
    later(site)
    found = watched(site)
    ran = undo(site, 1)
    assert not ran.failed, ran.said
    assert found == []
    assert not site.blog.broken()


def test_an_undo_leaves_alone_what_a_person_published(site: Site) -> None:
    site.posts("a", "b")
    site.publish()
    Person(site.blog).publish("b")
    ran = undo(site)
    assert ran.actions["b"] == "conflict"
    assert site.blog.our("b").status == "public"


@pytest.mark.parametrize("fault", ["403-html", "503-before"])
def test_a_post_that_could_not_go_down_gets_its_links_back(site: Site, fault: str) -> None:
    live_site(site)
    site.blog.faults = [Fault("draft", fault)] * 4
    ran = site.publish(unpublish=C)
    assert "c" in ran.failed
    assert site.blog.our("c").status == "public"
    assert not site.blog.broken()


def test_a_post_that_went_out_as_mail_is_not_taken_down_nor_out_of_the_chain(site: Site) -> None:
    live_site(site)
    Person(site.blog).edit("c", bar="it was sent as a newsletter already")
    ran = site.publish(unpublish=C)
    assert ran.actions["c"] == "conflict"
    assert "it was sent as a newsletter already" in ran.change("c").reason
    assert ran.named(*WRITES) == set()
    assert not site.blog.broken()


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_nobody_is_blamed_for_a_run_that_was_killed_while_it_took_a_post_down(
    site: Site, number: int, when: str
) -> None:
    live_site(site)
    assert crashes(site, number, when, unpublish=C, go_live=False)
    assert not site.publish(unpublish=C).failed
    assert not site.blog.broken()
    ran = site.go_live()
    assert ran.named("conflict") == set()
    assert site.blog.our("c").status == "draft"


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.parametrize("what", ["go live", "unpublish"])
def test_an_undo_that_was_killed_is_made_again(
    site: Site, what: str, number: int, when: str
) -> None:
    live_site(site)
    later(site)
    if what == "unpublish":
        site.publish(unpublish=C)
    else:
        site.post("bb", 35)
        site.go_live()
    later(site)
    run = run_ids(site)[0]
    if not crashes(site, number, when, undo=run, go_live=False):
        return  # it was over before that write
    assert not dead(site)
    later(site)
    ran = site.publish(undo=run)
    assert not ran.failed, ran.said
    assert not site.blog.broken()
    assert site.publish().named("conflict") == set()


def test_links_that_stayed_as_they_were_are_not_told_as_written(site: Site) -> None:
    live_site(site)
    site.post("x", 35)
    site.blog.faults = [Fault("create", "403-html")]
    ran = site.go_live()
    told = {each.change.name: each.wrote for each in ran.receipts if each.done}
    assert "x" in ran.failed
    assert not any(told[id] for id in ran.named("links only"))
