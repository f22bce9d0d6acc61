"""A run that dies at any write: the next one ends where an undisturbed one would have."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from memory_kit import WRITES, Blog, Event, Site, crashes, differing


@pytest.fixture(scope="module", params=["word", "ghost"])
def before(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site of three public posts that gets three more between and around them.

    Of the old ones one gets other words that link to what is new, and one another place.
    """
    site = Site(tmp_path_factory.mktemp("before") / "practice", Blog(request.param))
    site.posts("a", "b", "c")
    site.go_live()
    site.post("ab", 33, "See [b](b.md) and [the last](last.md).")
    site.post("ab2", 33, tags="[calm, brand new]")
    site.post("last", 90)
    site.reword("b", "See [the new one](ab.md).")
    site.change("c", "published: 2026-02-05", "published: 2026-01-20")
    return site


@pytest.fixture(scope="module")
def undisturbed(before: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = before.copy(tmp_path_factory.mktemp("undisturbed") / "practice")
    site.blog.writes = 0
    assert not site.go_live().failed
    assert [p.part.key for p in site.blog.public()] == ["c", "a", "ab", "ab2", "b", "last"]
    assert not site.blog.broken()
    assert not site.blog.sins
    return site


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_after_a_crash_ends_as_an_undisturbed_one(
    before: Site, undisturbed: Site, tmp_path: Path, when: str
) -> None:
    for number in range(1, undisturbed.blog.writes + 1):
        died = before.copy(tmp_path / f"died-{number}")
        assert crashes(died, number, when), f"there is no write {number}"
        for next in ("same machine", "no ledger", "another machine"):
            site = died.copy(tmp_path / f"{next}-{number}")
            if next == "no ledger":
                site.lose_ledger()
            to = "there" if next == "another machine" else "here"
            ran = site.go_live(to)
            assert not ran.failed, (number, next, ran.said)
            assert not ran.named("conflict"), (number, next, ran.said)
            assert differing(site.blog, undisturbed.blog) == [], (number, next)
            assert not site.blog.sins, (number, next)
            assert not site.blog.broken(), (number, next)
            if next == "same machine":
                assert site.go_live(to).named(*WRITES) == set(), number
            shutil.rmtree(site.folder)


@pytest.mark.parametrize(("when", "number"), [("after", 1), ("before", 2), ("after", 3)])
def test_a_run_that_dies_again_and_again_comes_to_its_end(
    before: Site, undisturbed: Site, tmp_path: Path, when: str, number: int
) -> None:
    site = before.copy(tmp_path / "practice")
    for _ in range(undisturbed.blog.writes * 2):
        if not crashes(site, number, when):
            break
    else:
        pytest.fail("it never comes to its end")
    assert differing(site.blog, undisturbed.blog) == []
    assert not site.blog.sins
    assert site.go_live().named(*WRITES) == set()


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_while_posts_are_taken_down(undisturbed: Site, tmp_path: Path, when: str) -> None:
    down = frozenset({"a", "ab", "last"})
    ends, number, died = [], 0, True
    while died:
        site = undisturbed.copy(tmp_path / str(number))
        died = not number or crashes(site, number, when, unpublish=down, go_live=False)
        ran = site.publish(unpublish=down)
        assert not ran.failed, (number, ran.said)
        assert not site.blog.sins, number
        assert not site.blog.broken(), number
        assert [p.part.key for p in site.blog.public()] == ["c", "ab2", "b"]
        assert differing(site.blog, (ends or [site.blog])[0]) == []
        ends.append(site.blog)
        number += 1
    assert number > 4


def test_what_is_to_be_written_is_on_disk_before_it_is_sent(
    before: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line that was brought to the disk tells each write before it is made."""
    site = before.copy(tmp_path / "practice")
    made = site.publication(go_live=True)
    synced: list[str] = []
    words = {"relink": "links"}

    def fsync(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        synced.append(path.read_text("utf-8").splitlines()[-1])

    def heard(event: Event) -> None:
        if event.what not in ("term", "describe"):
            line = json.loads(synced[-1])
            assert (line["what"], line["post"]) == (words.get(event.what, event.what), event.post)
            assert "done" not in line

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("only Linux tells which file a number stands for")
    monkeypatch.setattr(os, "fsync", fsync)
    site.blog.before_write = heard
    assert all(receipt.done for receipt in made.apply())
    assert len(synced) > 10
