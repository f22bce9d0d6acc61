"""Pictures on a system: looked for before they are used, and whose alternative text stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from memory_blog import held_of
from memory_kit import WRITES, Blog, Person, Site

from copydesk_plugins.publishers.cms import digests
from copydesk_plugins.publishers.cms.remote import File


@pytest.fixture
def blog(tmp_path: Path) -> Iterator[Site]:
    """A blog that keeps one alternative text for each picture, as WordPress does."""
    yield with_pictures(Site(tmp_path / "practice", Blog("word")))


def with_pictures(site: Site) -> Site:
    for name in ("chair.png", "door.png"):
        (site.folder / "posts" / name).write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode())
    return site


def with_chair(site: Site, id: str, day: int = 32, alt: str = "A chair") -> None:
    site.post(id, day, image="chair.png", image_alt=alt or None)


def the_file(site: Site) -> File:
    (found,) = site.blog.files
    return found[1]


def told(site: Site, **order: object) -> dict[str, tuple[str, ...]]:
    """Go live; return what is told of each post that was written, all of which have to be done."""
    ran = site.go_live(**order)
    assert not ran.failed, ran.said
    assert not ran.error
    return {each.change.name: each.notes for each in ran.receipts if each.notes}


def delete_the_picture(site: Site) -> File:
    """Delete it as WordPress does: what shows it as its own picture has none any more."""
    file = the_file(site)
    site.blog.files.clear()
    site.blog.folder = "files/next-month"
    for post in site.blog.posts.values():
        if post.image == file.remote:
            post.image = ""
            post.revision = site.blog.tick()
    return file


def test_an_alternative_text_that_a_person_improved_fails_no_update_and_stays(blog: Site) -> None:
    with_chair(blog, "a")
    assert told(blog) == {}
    blog.blog.alt(the_file(blog).remote, "A blue chair")
    for words in ("Other words.", "Still other words."):
        blog.reword("a", words)
        assert told(blog) == {"a": ("The picture says “A blue chair” there.",)}
        assert the_file(blog).alt == "A blue chair"
    assert not blog.go_live().named(*WRITES, "conflict")
    assert "conflict" not in blog.plan().actions.values()


def test_a_new_alternative_text_of_the_source_is_taken_over(blog: Site) -> None:
    with_chair(blog, "a")
    told(blog)
    blog.change("a", "image_alt: A chair", "image_alt: A chair by the window")
    assert told(blog) == {}
    assert the_file(blog).alt == "A chair by the window"


def test_one_that_a_person_took_out_comes_back(blog: Site) -> None:
    with_chair(blog, "a")
    told(blog)
    blog.blog.alt(the_file(blog).remote, "")
    blog.reword("a")
    assert told(blog) == {}
    assert the_file(blog).alt == "A chair"


@pytest.mark.parametrize("first", ["A chair", ""])
def test_a_post_that_says_nothing_of_a_shared_picture_goes_live(blog: Site, first: str) -> None:
    with_chair(blog, "a", 32, first)
    with_chair(blog, "b", 34, "" if first else "A chair")
    assert told(blog) == {}
    assert {post.part.key for post in blog.blog.public()} == {"a", "b"}
    assert the_file(blog).alt == "A chair"


def test_two_alternative_texts_in_one_run_are_told_and_fail_nothing(blog: Site) -> None:
    with_chair(blog, "a", 32, "A chair")
    with_chair(blog, "b", 34, "A place to sit")
    assert told(blog) == {"b": ("The picture says “A chair” there.",)}
    assert the_file(blog).alt == "A chair"
    assert not blog.go_live().named(*WRITES)


def test_a_picture_that_was_deleted_is_uploaded_again_for_a_new_post(blog: Site) -> None:
    with_chair(blog, "a")
    told(blog)
    gone = delete_the_picture(blog)
    with_chair(blog, "b", 34, "Another chair")
    ran = blog.go_live()
    assert not ran.failed, ran.said
    assert blog.blog.our("b").image == the_file(blog).remote != gone.remote
    assert the_file(blog).alt == "Another chair"


@pytest.mark.parametrize("way", ["cover", "text"])
@pytest.mark.parametrize("state", ["public", "draft"])
def test_posts_of_a_run_get_the_new_address_of_a_deleted_picture(
    blog: Site, way: str, state: str
) -> None:
    for id, day in (("a", 32), ("b", 34)):
        if way == "cover":
            with_chair(blog, id, day)
        else:
            blog.post(id, day, text="![A chair](chair.png)")
    blog.publish(go_live=state == "public")
    gone = delete_the_picture(blog)
    blog.reword("a")
    blog.reword("b")
    ran = blog.go_live(overwrite=frozenset("ab"))
    assert not ran.failed, ran.said
    for id in "ab":
        post = blog.blog.our(id)
        assert post.status == "public"
        shown = post.image if way == "cover" else post.content
        now = the_file(blog).remote if way == "cover" else the_file(blog).address
        assert now in shown
        assert gone.address not in post.content
    assert sum(each.what == "upload" for each in blog.blog.log) == 2
    assert not blog.go_live().named(*WRITES)


def test_a_draft_whose_picture_is_gone_does_not_go_live_with_it(blog: Site) -> None:
    blog.post("a", text="![A chair](chair.png)")
    blog.publish()
    delete_the_picture(blog)
    assert told(blog) == {}
    assert the_file(blog).address in blog.blog.our("a").content


def test_a_file_is_looked_for_once_in_a_run_and_never_for_a_plan_that_changes_nothing(
    blog: Site,
) -> None:
    for number, id in enumerate("abc"):
        with_chair(blog, id, 32 + number)
    told(blog)
    del blog.blog.log[:]
    blog.go_live()
    assert not [each for each in blog.blog.log if "file" in each.what]
    for id in "ab":
        blog.reword(id)
    blog.go_live()
    assert [each.what for each in blog.blog.log if "file" in each.what] == ["see file"]


def test_after_the_loss_of_the_record_nothing_is_uploaded_again(blog: Site) -> None:
    with_chair(blog, "a")
    told(blog)
    blog.blog.alt(the_file(blog).remote, "A blue chair")
    blog.lose_ledger()
    blog.reword("a")
    assert told(blog) == {"a": ("The picture says “A blue chair” there.",)}
    assert the_file(blog).alt == "A blue chair"


def test_a_person_who_changes_the_text_of_a_posts_own_picture_is_heard(tmp_path: Path) -> None:
    site = with_pictures(Site(tmp_path / "practice", Blog("ghost")))
    with_chair(site, "a")
    assert told(site) == {}
    Person(site.blog).edit("a", image_alt="A blue chair")
    site.reword("a")
    ran = site.go_live()
    assert ran.actions["a"] == "conflict"
    assert ("image_alt (by a person there)", "A chair", "A blue chair") in ran.change("a").fields
    assert site.blog.our("a").image_alt == "A blue chair"
    ran = site.plan(overwrite=frozenset("a"))
    assert ("image_alt", "A blue chair", "A chair") in ran.change("a").fields
    assert told(site, overwrite=frozenset("a")) == {}
    assert site.blog.our("a").image_alt == "A chair"


def test_the_text_of_a_picture_for_all_posts_is_no_part_of_a_post() -> None:
    held = held_of(Blog().add(slug="a", image="7"))
    other = held._replace(image_alt="A chair")
    assert digests.seen(held) == digests.seen(other)
    assert digests.seen(held._replace(own_alt=True)) != digests.seen(other._replace(own_alt=True))
