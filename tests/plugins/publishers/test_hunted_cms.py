"""Bugs that were hunted down in the engine for content management systems, each with its case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from memory_kit import Blog, Person, Site, carried_out
from memory_remote import Memory

from copydesk import ledger
from copydesk_plugins.publishers.cms import last_seen


def shown(blog: Blog) -> set[str]:
    """Return the addresses at which visitors find something."""
    return {post.address for post in blog.posts.values() if post.status == "public"}


@pytest.fixture
def live(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site", Blog())
    site.posts("a", "b", "c", "d")
    assert not site.go_live().failed
    return site


@pytest.mark.parametrize("act", ["to_draft", "trash", "delete"])
def test_nobody_links_to_a_post_that_was_taken_down_while_somebody_read_the_plan(
    live: Site, act: str
) -> None:
    live.post("x", 35, text="See [b](b.md).")  # between b and c
    made = live.publication(go_live=True)
    getattr(Person(live.blog), act)("b")
    carried_out(made)
    new = live.blog.our("x")
    assert new.status == "public"
    assert new.neighbours == {
        "prev": "https://blog.example/a/",
        "next": "https://blog.example/c/",
    }
    assert "https://blog.example/b/" not in new.content
    assert live.blog.sins == []


def test_a_public_text_gets_no_link_to_a_post_that_was_taken_down_meanwhile(live: Site) -> None:
    live.reword("a", "See [d](d.md).")
    made = live.publication()
    Person(live.blog).to_draft("d")
    carried_out(made)
    assert "https://blog.example/d/" not in live.blog.our("a").content


def test_a_post_that_was_taken_down_meanwhile_is_not_said_to_have_got_links(live: Site) -> None:
    live.post("x", 35)
    made = live.publication(go_live=True)
    Person(live.blog).to_draft("b")
    assert set(carried_out(made).failed) == {"b"}


def test_what_was_looked_at_for_a_link_is_still_not_written_over(live: Site) -> None:
    live.post("x", 35)
    made = live.publication(go_live=True)
    Person(live.blog).rewrite("b")
    carried_out(made)
    assert "Words of a person" in live.blog.our("b").content
    assert live.blog.our("b").neighbours["next"] == "https://blog.example/c/"


def test_a_new_post_costs_no_look_at_posts_that_this_run_wrote(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", Blog())
    site.posts("a", "b", "c", "d", "e", "f")
    site.go_live()
    # Two reads for each of three writes: one before, one after; and one look for the draft.
    assert len(site.blog.asked("read")) <= 6 * 7 + 3


def swapped(site: Site) -> None:
    """Give two posts each other's number, as an import into a new site may."""
    posts, a, b = site.blog.posts, site.blog.our("a"), site.blog.our("b")
    posts[a.id], posts[b.id] = replace(b, id=a.id), replace(a, id=b.id)


def test_posts_that_got_other_numbers_are_known_by_their_marks(live: Site) -> None:
    swapped(live)
    before = live.blog.state()
    assert live.publish().named("create", "update", "links only") == set()
    assert live.blog.state() == before


def test_the_right_post_is_taken_down_after_numbers_changed(live: Site) -> None:
    swapped(live)
    live.publish(unpublish=frozenset({"a"}))
    assert {post.slug for post in live.blog.posts.values() if post.status == "draft"} == {"a"}


def test_a_post_into_which_another_one_was_copied_is_left_alone(live: Site) -> None:
    Person(live.blog).edit("a", content=live.blog.our("b").content)
    before = live.blog.state()
    ran = live.publish()
    assert ran.change("a").action == "conflict"
    assert live.blog.state() == before


def test_a_number_that_became_another_post_is_not_taken_for_the_one_it_was(live: Site) -> None:
    a, b = live.blog.our("a"), live.blog.our("b")
    live.blog.posts[a.id] = replace(b, id=a.id)
    del live.blog.posts[b.id]
    ran = live.publish(unpublish=frozenset({"a"}))
    assert live.blog.our("b").status == "public"
    assert "numbers changed there" in live.plan().said
    assert not ran.named("unpublish")


def test_a_record_that_cannot_be_written_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", Blog())
    site.posts("a", "b")
    refused = PermissionError(13, "Permission denied")
    with mock.patch.object(ledger, "save", side_effect=refused):
        ran = site.publish()
    assert "the record of what is published could not be written: permission denied" in ran.error
    assert len(site.blog.posts) == 2
    assert site.publish().named("create", "update") == set()
    assert len(site.blog.posts) == 2


def test_a_record_that_cannot_be_read_is_told_in_words(live: Site) -> None:
    path = live.folder / ".copydesk" / "here.json"
    path.unlink()
    path.mkdir()
    with pytest.raises(ledger.CopydeskError, match="could not be read: is a directory"):
        live.plan()


def test_an_id_from_a_record_names_no_file_elsewhere(live: Site) -> None:
    held = Memory(live.blog).read(str(live.blog.our("a").id))
    assert held is not None
    folder = live.folder / ".copydesk" / "here"
    last_seen.keep(folder, "../../../evil", held, Memory(live.blog))
    assert not (folder / "seen" / "../../../evil.json").resolve().exists()
    assert last_seen.kept(folder, "../../../evil")["title"] == "About a"
