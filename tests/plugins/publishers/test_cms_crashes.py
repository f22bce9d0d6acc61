"""A run that dies at any write: the next one ends where an undisturbed one would have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from memory_kit import WRITES, Blog, Site, crashes, differing


def nothing(site: Site) -> None:
    """The next run is on the same machine."""


def lose(site: Site) -> None:
    """The next run knows nothing of this one."""
    site.lose_ledger()


def start(folder: Path, system: str) -> Site:
    """Return a site of three public posts that gets five more between and around them.

    One of the old ones gets other words, one another place, one links to what is new.
    """
    site = Site(folder, Blog(system))  # type: ignore[arg-type]
    site.posts("a", "b", "c")
    site.go_live()
    site.post("first", 10)
    site.post("ab", 33, "See [b](b.md) and [the last](last.md).")
    site.post("ab2", 33)
    site.post("bc", 35, tags="[calm, brand new]")
    site.post("last", 90, "See [ab](ab.md).")
    site.reword("b", "See [the first](first.md).")
    site.change("c", "published: 2026-02-05", "published: 2026-01-20")
    return site


@pytest.fixture(scope="module", params=["word", "ghost"])
def undisturbed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = start(tmp_path_factory.mktemp("undisturbed") / "practice", request.param)
    before = site.blog.writes
    assert not site.go_live().failed
    site.blog.writes -= before
    assert not site.blog.broken()
    assert [p.part.key for p in site.blog.public()] == [
        "first", "c", "a", "ab", "ab2", "b", "bc", "last",
    ]  # fmt: skip
    return site


@pytest.mark.parametrize("after", [nothing, lose])
@pytest.mark.parametrize("to", ["here", "there"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_after_a_crash_ends_as_an_undisturbed_one(
    undisturbed: Site, tmp_path: Path, when: str, to: str, after: Callable[[Site], None]
) -> None:
    for number in range(1, undisturbed.blog.writes + 1):
        site = start(tmp_path / str(number), undisturbed.blog.system)
        assert crashes(site, number, when), f"there is no write {number}"
        after(site)
        ran = site.go_live(to)
        assert not ran.failed, (number, ran.said)
        assert not ran.named("conflict"), (number, ran.said)
        assert differing(site.blog, undisturbed.blog) == [], number
        assert not site.blog.sins, number
        assert not site.blog.broken(), number
        assert site.go_live(to).named(*WRITES) == set(), number


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_dies_again_and_again_comes_to_its_end(
    undisturbed: Site, tmp_path: Path, when: str
) -> None:
    site = start(tmp_path / "practice", undisturbed.blog.system)
    for _ in range(undisturbed.blog.writes * 2):
        if not crashes(site, 1 if when == "after" else 2, when):
            break
    else:
        pytest.fail("it never comes to its end")
    assert differing(site.blog, undisturbed.blog) == []
    assert not site.blog.sins
    assert site.go_live().named(*WRITES) == set()


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_while_posts_are_taken_down(undisturbed: Site, tmp_path: Path, when: str) -> None:
    down = {"unpublish": frozenset({"a", "b"}), "go_live": False}
    ends = []
    for number in range(6):
        site = start(tmp_path / str(number), undisturbed.blog.system)
        site.go_live()
        died = bool(number) and crashes(site, number, when, **down)
        ran = site.publish(unpublish=frozenset({"a", "b"}))
        assert not ran.failed, (number, ran.said)
        assert not site.blog.sins, number
        ends.append(site.blog.state())
        assert {p.part.key for p in site.blog.public()} == {
            "first", "c", "ab", "ab2", "bc", "last",
        }  # fmt: skip
        assert died or number != 1
    assert all(each == ends[0] for each in ends)
