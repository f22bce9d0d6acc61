"""Two machines with sources of their own, and people who change what either wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from memory_kit import WRITES, Person, Site, carried_out
from test_cms_undo import later, live_site

B = frozenset("b")


def machines(site: Site, folder: Path) -> tuple[Site, Site]:
    """Return the site, and the same on another machine, with the same blog."""
    live_site(site)
    site.publish(to="there")
    other = site.copy(folder / "other")
    other.blog = site.blog
    return site, other


def test_older_sources_do_not_write_over_newer_text(site: Site, tmp_path: Path) -> None:
    mine, other = machines(site, tmp_path)
    mine.reword("b", "The corrected statement.")
    assert not mine.publish().failed
    for _ in range(2):  # also once the other machine has seen it
        ran = other.go_live(to="there")
        assert ran.actions["b"] == "kept"
        assert "It is newer there" in ran.said
        assert "corrected" in site.blog.our("b").content
    other.reword("b", "The corrected statement.")  # the newest sources came
    assert other.go_live(to="there").named(*WRITES) == set()
    other.reword("b", "And one more.")
    assert other.go_live(to="there").actions["b"] == "update"


def test_older_sources_are_written_where_that_is_said(site: Site, tmp_path: Path) -> None:
    mine, other = machines(site, tmp_path)
    mine.reword("b", "The corrected statement.")
    mine.publish()
    assert not other.publish(to="there", overwrite=B).failed
    assert "corrected" not in site.blog.our("b").content


def test_older_sources_do_not_bring_an_old_date_back(site: Site, tmp_path: Path) -> None:
    mine, other = machines(site, tmp_path)
    mine.change("b", "published: 2026-02-03", "published: 2026-01-15")
    mine.go_live()
    assert not other.go_live(to="there").named("update")
    assert not site.blog.broken()


def test_a_version_that_was_taken_on_is_not_written_over_unasked(site: Site) -> None:
    live_site(site)
    Person(site.blog).edit("b", title="Their title")
    assert not site.publish(accept=B).failed
    site.reword("b", "The source goes on.")
    ran = site.go_live()
    assert ran.actions["b"] == "conflict"
    assert site.blog.our("b").title == "Their title"
    later(site)
    assert not site.go_live(overwrite=B).failed
    assert site.blog.our("b").title == "About b"
    assert site.go_live().named(*WRITES) == set()


@pytest.mark.parametrize(
    ("words", "public"),
    [("Ketamine always cures depression for everyone.", False), ("We make warm tea.", True)],
)
def test_the_words_of_a_person_are_judged_before_they_go_public(
    site: Site, words: str, public: bool
) -> None:
    site.rules = ("claims",)
    site.posts("a", "b")
    site.publish()
    post = site.blog.our("b")
    Person(site.blog).edit("b", content=f"<p>{words}</p>{post.content}")
    assert not site.publish(accept=B).failed
    ran = site.go_live()
    assert (site.blog.our("b").status == "public") is public, ran.said
    if not public:
        assert ran.actions["b"] == "conflict"
        assert "always cures depression" in ran.change("b").reason
        assert not site.blog.broken()
        assert not site.go_live(overwrite=B).failed
        assert words not in site.blog.our("b").content


def test_repair_says_which_links_it_leaves_alone(site: Site) -> None:
    live_site(site)
    post = site.blog.our("b")
    Person(site.blog).edit("b", title="Their title", content=post.content.replace("/a/", "/x/"))
    made = site.publication(repair=True)
    change = next(each for each in made.plan.changes if each.name == "b")
    assert change.action == "conflict"
    assert "--take-theirs b" in change.reason
    carried_out(made)
    assert site.blog.our("b").title == "Their title"


def test_a_new_slug_of_a_public_post_writes_nothing(site: Site) -> None:
    live_site(site)
    site.change("b", "slug: b", "slug: other")
    ran = site.go_live()
    assert ran.named(*WRITES) == set()
    assert "other" in ran.said
