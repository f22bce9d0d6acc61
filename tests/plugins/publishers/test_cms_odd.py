"""Odd situations: twins, copies, taken slugs, equal dates, mail, a blog that goes away."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from memory_kit import WRITES, Blog, Person, Site, carried_out


def live_site(site: Site) -> Site:
    site.posts("a", "b", "c")
    assert not site.go_live().failed
    return site


def keys(site: Site) -> list[str]:
    return [post.part.key for post in site.blog.public()]


# Slugs and copies.


def test_a_slug_of_somebody_elses_post_is_a_conflict_that_names_it(site: Site) -> None:
    other = site.blog.add(slug="b", title="Somebody else's", status="public", content="<p>x</p>")
    before = other.fields()
    site.posts("a", "b", "c")
    ran = site.go_live()
    assert ran.named("conflict") == {"b"}
    assert f"post {other.id} there stands at “b” already" in ran.said
    assert keys(site) == ["a", "c"]
    assert not site.blog.broken()
    assert site.blog.posts[other.id].fields() == before
    site.change("b", "slug: b", "slug: b-and-more")
    assert not site.go_live().failed
    assert keys(site) == ["a", "b", "c"]


def test_a_slug_that_is_taken_between_plan_and_write_makes_no_twin(site: Site) -> None:
    site.posts("a", "b", "c")
    made = site.publication(go_live=True)
    other = site.blog.add(slug="b", title="Somebody else's", status="draft")
    ran = carried_out(made)
    assert set(ran.failed) == {"b"}
    assert str(other.id) in ran.failed["b"]
    assert [post.slug for post in site.blog.posts.values()] == ["b", "a", "c"]
    assert keys(site) == ["a", "c"]
    assert not site.blog.broken()


def test_a_name_that_the_blog_keeps_for_itself_never_goes_live(site: Site) -> None:
    site.posts("a", "c")
    site.post("feed", 33)
    real = site.blog.free_slug
    site.blog.free_slug = lambda slug, id: real(f"{slug}-2" if slug == "feed" else slug, id)  # type: ignore[method-assign]
    for _ in range(3):
        ran = site.go_live()
        assert set(ran.failed) == {"feed"}
        assert "feed-2" in ran.said or "slug" in ran.said
        assert keys(site) == ["a", "c"]
        assert not site.blog.broken()
    assert len(site.blog.ours("feed")) == 1
    site.change("feed", "slug: feed", "slug: feeding")
    assert not site.go_live().failed
    assert site.blog.our("feed").slug == "feeding"


@pytest.mark.parametrize("lost", [False, True], ids=["ledger", "no ledger"])
def test_a_copy_that_a_person_made_of_a_public_post_is_left_alone(site: Site, lost: bool) -> None:
    live_site(site)
    copy = Person(site.blog).copy("b")
    before = copy.fields()
    if lost:
        site.lose_ledger()
    site.reword("b")
    site.post("new", 33)
    for _ in range(2):
        ran = site.go_live()
        assert not ran.failed
        assert ran.named("conflict") == set(), ran.said
        assert f"The post {copy.id} there is a copy of b" in ran.said
        assert site.blog.posts[copy.id].fields() == before
    assert keys(site) == ["a", "new", "b", "c"]
    assert [p for p in site.blog.public() if "Other words" in p.content]
    assert not site.blog.broken(frozenset("b"))
    assert not [each for each in site.blog.broken() if "draft" not in each]


def test_a_copy_of_a_draft_without_a_ledger_is_not_guessed(site: Site) -> None:
    site.posts("a", "b")
    site.publish()
    copy = Person(site.blog).copy("b")
    site.lose_ledger()
    ran = site.go_live()
    assert ran.named("conflict") == {"b"}
    assert str(copy.id) in ran.said
    assert keys(site) == ["a"]
    del site.blog.posts[copy.id]
    assert not site.go_live().failed
    assert keys(site) == ["a", "b"]
    assert not site.blog.broken()


def test_a_slug_that_changes_in_the_source_leaves_a_public_address_as_it_is(site: Site) -> None:
    live_site(site)
    site.change("b", "slug: b", "slug: b-by-another-name")
    for _ in range(2):
        ran = site.go_live()
        assert not ran.failed
        assert "says slug “b-by-another-name”, but its address ends in “b” and stays so" in ran.said
    assert site.blog.our("b").slug == "b"
    assert site.go_live().named(*WRITES) == set()
    assert not site.blog.broken()
    assert not site.blog.sins


def test_a_slug_that_changes_in_the_source_of_a_draft_is_changed_there(site: Site) -> None:
    site.posts("a", "b")
    site.publish()
    site.change("b", "slug: b", "slug: b-by-another-name")
    assert not site.publish().failed
    assert site.blog.our("b").slug == "b-by-another-name"
    assert site.publish().named(*WRITES) == set()


# Dates, categories, tags.


def test_many_posts_with_equal_dates_are_one_chain(site: Site) -> None:
    for number in range(30):
        site.post(f"p{number:02}", 40)
    assert not site.go_live().failed
    assert keys(site) == [f"p{number:02}" for number in range(30)]
    assert not site.blog.broken()
    site.post("p07b", 40)
    ran = site.go_live()
    assert ran.named("links only") == {"p07", "p08"}
    assert not site.blog.broken()
    assert site.go_live().named(*WRITES) == set()


def test_posts_without_category_and_tags(site: Site) -> None:
    site.post("a", 1, category=None, tags=None)
    site.post("b", 2, category=None, tags=None)
    for _ in range(2):
        assert not site.go_live().failed
    assert site.go_live().named(*WRITES) == set()
    assert site.blog.our("a").category == (("Uncategorised",) if site.blog.system == "word" else ())
    site.reword("a")
    site.change("b", "state: published", "category: Arriving\nstate: published")
    assert not site.go_live().failed
    assert site.blog.our("b").category == ("Arriving",)
    assert site.blog.our("a").category == (("Uncategorised",) if site.blog.system == "word" else ())
    assert site.go_live().named(*WRITES) == set()
    site.change("b", "category: Arriving\n", "")
    assert not site.go_live().failed
    assert site.go_live().named(*WRITES) == set()
    assert not site.blog.broken()


def test_a_category_that_a_person_added_stays(site: Site) -> None:
    live_site(site)
    site.blog.terms["arriving"] = "Arriving"
    Person(site.blog).edit("b", category=("Practical", "Arriving"))
    site.reword("b")
    assert not site.go_live().failed
    assert site.blog.our("b").category == ("Practical", "Arriving")


def test_terms_are_compared_without_regard_to_case(site: Site) -> None:
    site.blog.terms = {"calm": "CALM", "practical": "practical"}
    live_site(site)
    assert site.blog.our("a").tags == ("CALM", "first visit")
    assert site.go_live().named(*WRITES) == set()
    site.lose_ledger()
    site.reword("a")
    assert not site.go_live().failed
    assert site.blog.our("a").tags == ("CALM", "first visit")


# What people take away.


@pytest.mark.parametrize("how", ["trash", "delete"])
@pytest.mark.parametrize("lost", [False, True], ids=["ledger", "no ledger"])
def test_a_post_that_a_person_threw_away_is_no_neighbour(site: Site, how: str, lost: bool) -> None:
    live_site(site)
    getattr(Person(site.blog), how)("b")
    if lost:
        site.lose_ledger()
        ran = site.publish()  # without a record it looks as if it had never been there
        assert not site.blog.broken()
        return
    for _ in range(3):
        ran = site.go_live()
        assert ran.named("conflict") == {"b"}
        assert not ran.failed
        assert not site.blog.ours("b")
        assert keys(site) == ["a", "c"]
        assert not site.blog.broken()
        assert not site.blog.sins
    assert "--overwrite b" in ran.said
    assert not site.go_live(overwrite=frozenset("b")).failed
    assert keys(site) == ["a", "b", "c"]
    assert site.blog.our("b").tags == ("calm", "first visit")
    assert site.blog.our("b").category == ("Practical",)
    assert not site.blog.broken()
    assert site.go_live().named("conflict", *WRITES) == set()


def test_what_comes_back_out_of_the_trash_is_a_conflict_not_a_second_post(tmp_path: Path) -> None:
    site = live_site(Site(tmp_path / "practice", Blog("word")))
    person = Person(site.blog)
    person.trash("b")
    site.go_live()
    person.untrash("b")
    for _ in range(2):
        ran = site.go_live()
        assert ran.named("conflict") == {"b"}, ran.said
    assert len(site.blog.posts) == 3
    assert not site.go_live(overwrite=frozenset("b")).failed
    assert keys(site) == ["a", "b", "c"]
    assert len(site.blog.posts) == 3
    assert not site.blog.broken()


def test_deleted_sources_change_nothing_there(site: Site) -> None:
    live_site(site)
    before = site.blog.state()
    site.remove("b")
    for _ in range(2):
        ran = site.go_live()
        assert ran.actions["b"] == "kept"
        assert ran.named(*WRITES) == set()
    assert site.blog.state() == before


def test_a_source_that_is_a_draft_again_leaves_its_post_public_and_linked(site: Site) -> None:
    live_site(site)
    site.change("b", "state: published", "state: draft")
    ran = site.go_live()
    assert ran.actions["b"] == "kept"
    assert "copydesk unpublish b" in ran.said
    assert keys(site) == ["a", "b", "c"]
    assert not site.blog.broken()


# Mail.


def test_a_draft_that_would_send_mail_is_refused_and_the_others_go_live(site: Site) -> None:
    site.posts("a", "b", "c")
    site.publish()
    Person(site.blog).edit("b", bar="somebody chose a newsletter for it")
    for _ in range(2):
        ran = site.go_live()
        assert ran.named("conflict") == {"b"}
        assert "newsletter" in ran.said
        assert keys(site) == ["a", "c"]
        assert not site.blog.broken()
        assert not site.blog.sins


@pytest.mark.parametrize("order", ["go live", "unpublish", "undo"])
def test_mail_that_a_person_sets_between_plan_and_write_is_not_sent(site: Site, order: str) -> None:
    site.posts("a", "b", "c")
    if order == "go live":
        site.publish()
        made = site.publication(go_live=True)
    else:
        site.go_live()
        site.now = site.now.replace(minute=5)
        if order == "undo":
            site.publish(unpublish=frozenset("b"))
            run = site.publication().opened.target.runs(site.publication().view)[0].id  # type: ignore[attr-defined]
            site.now = site.now.replace(minute=6)
            made = site.publication(undo=run)
        else:
            made = site.publication(unpublish=frozenset("b"))
    post = Person(site.blog).edit("b", bar="somebody chose a newsletter for it")
    ran = carried_out(made)
    assert set(ran.failed) == {"b"}, ran.said
    assert "newsletter" in ran.failed["b"]
    assert site.blog.posts[post.id].status == post.status
    assert not [each for each in site.blog.sins if "mail" in each]
    assert not site.publish().failed  # its neighbours had let go of it
    assert not site.blog.broken()


# The blog goes away; the disk is full.


def test_a_blog_that_goes_away_in_the_middle_names_the_rest(site: Site) -> None:
    site.posts("a", "b", "c", "d", "e")
    undisturbed = site.copy(site.folder.parent / "undisturbed")
    undisturbed.go_live()
    requests = len(undisturbed.blog.log)
    for number in range(3, requests, 3):
        copied = site.copy(site.folder.parent / str(number))
        made = copied.publication(go_live=True)
        left = copied.blog.gone_after = number
        ran = carried_out(made)
        copied.blog.gone_after = None
        if not ran.error:
            break
        assert "does not answer" in ran.error, left
        assert "a new run goes on where this one stopped" in ran.error
        done = {receipt.change.name for receipt in ran.receipts if receipt.done}
        assert re.search(rf"\b{len(done)} posts? (was|were) finished", ran.error), ran.said
        assert done | set(ran.failed) == set("abcde")
        assert not copied.go_live().failed
        assert copied.blog.state() == undisturbed.blog.state()
        assert not copied.blog.sins
        assert not copied.blog.broken()
    else:
        pytest.fail("it never came to its end")


def test_a_journal_that_cannot_be_written_sends_nothing(site: Site) -> None:
    site.posts("a", "b")
    (site.folder / ".copydesk").mkdir()
    (site.folder / ".copydesk" / "here").write_text("in the way")
    ran = site.go_live()
    assert set(ran.failed) == {"a", "b"}
    assert "journal" in ran.said
    assert not site.blog.posts
    (site.folder / ".copydesk" / "here").unlink()
    assert not site.go_live().failed


def test_a_record_that_is_not_there_any_more_is_made_again(site: Site) -> None:
    live_site(site)
    before = site.blog.state()
    site.lose_ledger()
    ran = site.go_live()
    assert ran.named("conflict", *WRITES) == set()
    assert "3 posts there are known by the mark of Copydesk." in ran.said
    assert site.blog.state() == before
    record = json.loads((site.folder / ".copydesk" / "here.json").read_text("utf-8"))
    assert sorted(record["posts"]) == ["a", "b", "c"]


# What others write is shown and does no harm.


EVIL = "Ev\x1b[2Jil\x07 \u202etitle\x9b31m\r\n"


def test_signs_that_steer_a_terminal_come_out_harmless(site: Site) -> None:
    from copydesk.api import harmless

    live_site(site)
    Person(site.blog).edit("b", title=EVIL, content=f"<p>{EVIL}</p>" + site.blog.our("b").content)
    site.post("new", 33)
    ran = site.go_live(overwrite=frozenset())
    assert ran.named("conflict") == {"b"}
    for text in (harmless(ran.said), harmless(repr(ran.plan))):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", text.replace("\r", ""))
    neighbour = site.blog.our("new").part.block
    assert "<script" not in neighbour
    assert not site.blog.broken(frozenset("b"))


def test_markup_in_a_title_of_somebody_stays_text_in_our_links(site: Site) -> None:
    live_site(site)
    Person(site.blog).edit("b", title='&lt;script&gt;alert("x")&lt;/script&gt;')
    site.post("new", 33)
    ran = site.go_live()
    assert not ran.failed
    assert "<script" not in site.blog.our("new").part.block
    assert "&lt;script&gt;" in site.blog.our("new").part.block


def test_posts_of_another_site_are_not_touched(site: Site) -> None:
    other = site.copy(site.folder.parent / "other")
    other.blog = site.blog
    other.posts("x", "y")
    other.go_live()
    before = site.blog.state()
    live_site(site)
    ran = site.go_live()
    assert "2 posts there carry Copydesk's mark, but no post here is meant" in ran.said
    after = site.blog.state()
    assert {name: after[name] for name in before} == before
    assert "https://blog.example/x/" not in site.blog.our("a").part.block


@pytest.mark.parametrize("state", ["scheduled", "published"])
def test_due_brings_only_what_has_become_due(site: Site, state: str) -> None:
    site.posts("a", "c")
    site.post("soon", 33, state="scheduled", published="2026-06-02T09:00:00")
    site.post("other", 34, state="published")
    site.remove("other")
    site.go_live()
    assert keys(site) == ["a", "c"]
    site.post("also", 34, state=state)
    site.reword("a")
    site.now = datetime(2026, 6, 3, tzinfo=UTC)
    ran = site.go_live(due=True)
    assert not ran.failed
    assert keys(site) == ["a", "c", "soon"] if state == "published" else ["a", "c", "also", "soon"]
    assert "Other words" not in site.blog.our("a").content
    assert not site.blog.broken()
