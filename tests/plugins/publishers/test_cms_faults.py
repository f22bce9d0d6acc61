"""Every fault at every write: after one more run everything is as if nothing had gone wrong."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from memory_blog import Fault
from memory_kit import WRITES, Blog, Ran, Site, differing
from memory_remote import FAULTS

#: What is written in `changed` of a site, and how often.
CREATE, UPDATE, RELINK, PUBLIC, UPLOAD, TERM = (
    "create", "update", "relink", "public", "upload", "term",
)  # fmt: skip


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0"))


def start(folder: Path, system: str) -> Site:
    """Return a site with three public posts and a change that takes every kind of write."""
    site = Site(folder, Blog(system))  # type: ignore[arg-type]
    site.posts("a", "b", "c")
    site.go_live()
    (site.folder / "posts" / "door.png").write_bytes(png())
    site.reword("b", "![A blue door](door.png) and [the new one](new.md).")
    site.post("new", 33, "![A door](door.png) Not there before.", tags="[calm, brand new]")
    site.post("later", 60, "See [new](new.md).")
    return site


@pytest.fixture(scope="module", params=["word", "ghost"])
def undisturbed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = start(tmp_path_factory.mktemp("undisturbed") / "practice", request.param)
    assert not site.go_live().failed
    assert site.go_live().named(*WRITES) == set()
    return site


def again(site: Site, undisturbed: Site) -> Ran:
    """Run once more, and see that all is as if nothing had happened."""
    site.blog.gone_after = None
    ran = site.go_live()
    assert not ran.failed, ran.said
    assert not ran.named("conflict"), ran.said
    assert differing(site.blog, undisturbed.blog) == []
    assert len(site.blog.files) == len(undisturbed.blog.files)
    assert not site.blog.sins
    assert not site.blog.broken()
    assert site.go_live().named(*WRITES) == set()
    return ran


MATRIX = [
    (what, fault)
    for what in (CREATE, UPDATE, RELINK, PUBLIC, UPLOAD, TERM)
    for fault in FAULTS
    if fault != "twice" or what not in (CREATE, UPLOAD)
]


@pytest.mark.parametrize("lost", [False, True], ids=["ledger", "no ledger"])
@pytest.mark.parametrize(("what", "fault"), MATRIX)
def test_after_one_more_run_all_is_as_if_nothing_happened(
    undisturbed: Site, tmp_path: Path, what: str, fault: str, lost: bool
) -> None:
    site = start(tmp_path / "practice", undisturbed.blog.system)
    site.blog.faults = [Fault(what, fault)]
    ran = site.go_live()
    assert not site.blog.faults, f"nothing was written by {what}"
    if fault != "403-html":
        assert not ran.failed, "a fault that goes away is nothing to tell"
    assert len(site.blog.ours("new")) <= 1
    assert not site.blog.sins
    if lost:
        site.lose_ledger()
    again(site, undisturbed)


@pytest.mark.parametrize("what", [CREATE, UPDATE, RELINK, PUBLIC, UPLOAD, TERM])
@pytest.mark.parametrize("fault", ["cut-before", "cut-after", "503-before", "late"])
def test_a_fault_that_stays_for_the_whole_run_stops_only_its_posts(
    undisturbed: Site, tmp_path: Path, what: str, fault: str
) -> None:
    site = start(tmp_path / "practice", undisturbed.blog.system)
    site.blog.faults = [Fault(what, fault)] * 60
    site.go_live()
    assert all(len(site.blog.ours(id)) <= 1 for id in ("a", "b", "c", "new", "later"))
    assert not [p.slug for p in site.blog.posts.values() if "-2" in p.slug]
    assert not site.blog.sins
    assert max(site.blog.pauses, default=0) <= 60
    site.blog.faults = []
    again(site, undisturbed)


@pytest.mark.parametrize("lost", [False, True], ids=["ledger", "no ledger"])
def test_a_create_that_was_delivered_twice_is_named_and_stays_a_draft(
    undisturbed: Site, tmp_path: Path, lost: bool
) -> None:
    site = start(tmp_path / "practice", undisturbed.blog.system)
    site.blog.faults = [Fault(CREATE, "twice")]
    said = [site.go_live().said]
    (twice,) = ({p.part.key: 0 for p in site.blog.posts.values() if p.slug.endswith("-2")}).keys()
    numbers = [str(p.id) for p in site.blog.ours(twice)]
    if lost:
        site.lose_ledger()
    said.append(site.go_live().said)
    for each in said:
        assert len(numbers) == 2
        assert all(number in each for number in numbers), each
    assert {p.status for p in site.blog.ours(twice)} == {"draft"}
    assert not site.blog.sins
    assert not site.blog.broken()


@pytest.mark.parametrize("which", [0, 1], ids=["the first", "the second"])
@pytest.mark.parametrize("lost", [False, True], ids=["ledger", "no ledger"])
def test_when_one_of_two_was_deleted_by_hand_the_other_gets_its_place(
    undisturbed: Site, tmp_path: Path, which: int, lost: bool
) -> None:
    site = start(tmp_path / "practice", undisturbed.blog.system)
    site.blog.faults = [Fault(CREATE, "twice")]
    site.go_live()
    (twice,) = {p.part.key for p in site.blog.posts.values() if p.slug.endswith("-2")}
    del site.blog.posts[site.blog.ours(twice)[which].id]
    if lost:
        site.lose_ledger()
    again(site, undisturbed)


def test_a_file_that_was_delivered_twice_is_not_sent_again(tmp_path: Path) -> None:
    site = start(tmp_path / "practice", "word")
    site.blog.faults = [Fault(UPLOAD, "twice")]
    assert not site.go_live().failed
    for _ in range(2):
        assert len(site.blog.files) == 2
        assert site.go_live().named(*WRITES) == set()
    assert 'alt="A blue door"' in site.blog.our("b").content


def test_what_is_slow_is_waited_for_and_not_sent_again(tmp_path: Path) -> None:
    site = start(tmp_path / "practice", "word")
    site.blog.faults = [Fault(CREATE, "late")]
    site.go_live()
    created = [each.post for each in site.blog.asked("write") if each.what == CREATE]
    assert sorted(created) == ["a", "b", "c", "later", "new"]
    assert site.blog.pauses[0] > 0


def test_a_pause_that_was_asked_for_is_kept(tmp_path: Path) -> None:
    site = start(tmp_path / "practice", "word")
    site.blog.faults = [Fault(CREATE, "429-before"), Fault(UPDATE, "503-before")]
    assert not site.go_live().failed
    assert min(site.blog.pauses) >= 3


def test_a_refusal_fails_one_post_and_the_others_go_on(undisturbed: Site, tmp_path: Path) -> None:
    site = start(tmp_path / "practice", undisturbed.blog.system)
    site.blog.faults = [Fault(CREATE, "403-html")]
    ran = site.go_live()
    assert len(ran.failed) == 1
    assert "a firewall said no" in ran.said
    assert len(site.blog.public()) == 4
    assert not site.blog.broken()
    again(site, undisturbed)
