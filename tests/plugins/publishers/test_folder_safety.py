"""Changes by hand, crashes, full disks and symbolic links: nothing is lost or half written."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import folder_site
import pytest
from folder_site import (
    FakeView,
    changed_site,
    load_ledger,
    publish,
    rows,
    small_site,
    snapshot,
    target,
)

from copydesk.api import CopydeskError, Ledger


@pytest.fixture
def published(tmp_path: Path) -> tuple[FakeView, Path]:
    view, site = small_site(tmp_path), tmp_path / "site"
    publish(view, site)
    return view, site


def reason(plan: object, name: str) -> str:
    return next(c.reason for c in plan.changes if c.name == name)  # type: ignore[attr-defined]


def test_foreign_file_at_our_address_is_a_conflict(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    site.mkdir()
    (site / "fees.html").write_text("mine")
    (site / "index.html").write_text("mine too")
    plan, receipts = publish(view, site)
    assert rows(plan, "conflict") == {"fees": "conflict", "index.html": "conflict"}
    assert "did not write it" in reason(plan, "fees")
    assert [r.done for r in receipts if r.change.action == "conflict"] == [False, False]
    assert (site / "fees.html").read_text() == "mine"
    assert (site / "index.html").read_text() == "mine too"
    assert 'href="fees.html"' not in (site / "notes.html").read_text()
    (site / "fees.html").unlink()
    (site / "index.html").unlink()
    plan, receipts = publish(view, site)
    assert all(r.done for r in receipts)
    assert rows(plan, "create") == {"fees": "create", "index.html": "create"}
    assert 'href="fees.html"' in (site / "notes.html").read_text()


def test_page_changed_by_hand_is_a_conflict_and_keeps_its_place(
    published: tuple[FakeView, Path],
) -> None:
    view, site = published
    (site / "fees.html").write_text((site / "fees.html").read_text() + "<!-- mine -->")
    view.texts["fees"] = "<p>New fees.</p>"
    view.change("fees", title="New title")
    plan, _ = publish(view, site)
    assert rows(plan, "conflict") == {"fees": "conflict"}
    assert "changed by hand" in reason(plan, "fees")
    assert (site / "fees.html").read_text().endswith("<!-- mine -->")
    assert "About fees" in (site / "index.html").read_text()
    assert 'href="fees.html"' in (site / "notes.html").read_text()
    (site / "fees.html").unlink()
    plan, receipts = publish(view, site)
    assert all(r.done for r in receipts)
    assert "New title" in (site / "index.html").read_text()


def test_page_changed_by_hand_is_not_removed(published: tuple[FakeView, Path]) -> None:
    view, site = published
    (site / "fees.html").write_text("by hand")
    (site / "notes.html").write_text("by hand")
    (site / "assets/door-1a2b.png").write_text("by hand")
    view.change("fees", decision="draft", reason="Its state is draft.")
    view.change("notes", slug="your-notes")
    view.change("first-visit", decision="draft", reason="Its state is draft.")
    plan, _ = publish(view, site)
    assert rows(plan, "conflict") == {
        "fees": "conflict",
        "notes.html": "conflict",
        "assets/door-1a2b.png": "conflict",
    }
    assert (site / "fees.html").read_text() == "by hand"
    assert (site / "notes.html").read_text() == "by hand"
    assert (site / "your-notes.html").exists()
    assert rows(publish(view, site)[0], "conflict") == rows(plan, "conflict")
    (site / "fees.html").unlink()
    (site / "notes.html").unlink()
    plan, _ = publish(view, site)
    assert rows(plan, "conflict") == {"assets/door-1a2b.png": "conflict"}
    assert rows(plan, "remove") == {"fees": "remove"}
    assert "fees" not in view.ledger.posts


def test_kept_page_changed_by_hand_or_missing_is_a_conflict(
    published: tuple[FakeView, Path],
) -> None:
    view, site = published
    view.change("fees", decision="kept", reason="It has 1 error.")
    view.change("notes", decision="kept", reason="It has 1 error.")
    (site / "fees.html").write_text("by hand")
    (site / "notes.html").unlink()
    plan, _ = publish(view, site)
    assert rows(plan, "conflict") == {"fees": "conflict", "notes": "conflict"}
    assert "no longer in the folder" in reason(plan, "notes")
    assert "fees.html" in (site / "index.html").read_text()
    assert "notes.html" not in (site / "index.html").read_text()


@pytest.mark.parametrize(
    "slug",
    [
        "index",
        "Feed",
        "sitemap",
        "assets",
        "style",
        "",
        ".x",
        "a/b",
        "..",
        "a\\b",
        "x" * 250,
        "nul\0",
    ],
)
def test_slugs_that_cannot_be_pages_are_conflicts(tmp_path: Path, slug: str) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    view.change("fees", slug=slug)
    plan, _ = publish(view, site)
    assert rows(plan, "conflict") == {"fees": "conflict"}
    assert "another slug" in reason(plan, "fees")


def test_address_of_a_post_that_stays_is_not_taken(published: tuple[FakeView, Path]) -> None:
    view, site = published
    view.change("fees", decision="kept", reason="It has 1 error.")
    view.change("notes", slug="fees")
    before = (site / "fees.html").read_bytes()
    plan, _ = publish(view, site)
    assert rows(plan, "conflict") == {"notes": "conflict"}
    assert (site / "fees.html").read_bytes() == before
    assert (site / "notes.html").exists()


def test_what_moved_since_the_plan_is_not_done(published: tuple[FakeView, Path]) -> None:
    view, site = published
    view.texts["fees"] = "<p>New fees.</p>"
    view.texts["notes"] = "<p>New notes.</p>"
    view.change("first-visit", decision="draft", reason="Its state is draft.")
    plan = target(site).plan(view)
    view.texts["fees"] = "<p>Newer fees.</p>"
    (site / "notes.html").write_text("by hand")
    (site / "first-visit.html").write_text("by hand")
    receipts = {r.change.name: r for r in target(site).apply(plan, view)}
    for name in ("fees", "notes", "first-visit"):
        assert not receipts[name].done
        assert "since the plan" in receipts[name].message
    assert "About" in (site / "fees.html").read_text()
    assert "Newer fees" not in (site / "fees.html").read_text()
    assert (site / "notes.html").read_text() == "by hand"
    assert (site / "first-visit.html").read_text() == "by hand"


def test_source_that_cannot_be_rendered_at_apply(published: tuple[FakeView, Path]) -> None:
    view, site = published
    view.texts["fees"] = "<p>New fees.</p>"
    plan = target(site).plan(view)
    view.broken.add("fees")
    receipts = {r.change.name: r for r in target(site).apply(plan, view)}
    assert receipts["fees"].message == "fees moved"
    assert not receipts["feed.xml"].done
    assert "All about fees." in (site / "fees.html").read_text()


# Crashes -------------------------------------------------------------------------------------


def start(root: Path) -> tuple[Path, Path]:
    """Publish the first state of the site, with its ledger on disk."""
    site, state = root / "site", root / "ledger.json"
    publish(small_site(root, state=state), site)
    return site, state


def run(site: Path, state: Path, number: int) -> int:
    path = os.pathsep.join(p for p in sys.path if p)
    return subprocess.run(
        [sys.executable, folder_site.__file__, str(site), str(state), str(number)],
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    ).returncode


def test_killed_at_every_step(tmp_path: Path) -> None:
    goal = tmp_path / "goal"
    goal.mkdir()
    site, state = start(goal)
    old = snapshot(site)
    assert run(site, state, -1) == 0
    new, new_previews = snapshot(site), snapshot(goal / "site-preview")
    ledger = load_ledger(state)
    number = 0
    while True:
        root = tmp_path / str(number)
        root.mkdir()
        site, state = start(root)
        code = run(site, state, number)
        for name, data in snapshot(site).items():
            if not name.startswith(".copydesk-"):
                assert data in (old.get(name), new.get(name)), f"{name} is half written"
        view = changed_site(root, state)
        plan, receipts = publish(view, site)
        assert all(r.done for r in receipts), [r.message for r in receipts if not r.done]
        assert rows(plan, "conflict") == {}
        assert (snapshot(site), snapshot(root / "site-preview")) == (new, new_previews)
        assert load_ledger(state) == ledger, number
        if code == 0:
            break
        number += 1
    assert number > 20, number


def test_left_over_temporary_files_are_swept(published: tuple[FakeView, Path]) -> None:
    view, site = published
    ours = [site / ".copydesk-0123456789abcdef.tmp", site / "assets/.copydesk-00000000000000ff.tmp"]
    theirs = [site / ".copydesk-notes.tmp", site / "0123456789abcdef.tmp"]
    for path in [*ours, *theirs]:
        path.write_text("half")
    target(site).plan(view)
    assert all(path.exists() for path in ours)
    publish(view, site)
    assert not any(path.exists() for path in ours)
    assert all(path.exists() for path in theirs)


# Full disks and refused writes ---------------------------------------------------------------


@pytest.mark.parametrize("call", ["write", "fsync", "open", "replace"])
def test_full_disk_leaves_everything_as_it_was(
    published: tuple[FakeView, Path], monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    view, site = published
    before, ledger = snapshot(site), Ledger(dict(view.ledger.posts), dict(view.ledger.files))
    view.add("parking", 9)
    view.texts["fees"] = "<p>New fees.</p>"
    plan = target(site).plan(view)
    real = getattr(os, call)

    def refuse(*args: object, **kwargs: object) -> object:
        if call == "open" and not (isinstance(args[1], int) and args[1] & os.O_CREAT):
            return real(*args, **kwargs)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        receipts = list(target(site).apply(plan, view))
    failed = [r for r in receipts if not r.done]
    assert {r.change.name for r in failed} == {
        "parking",
        "fees",
        "what-to-bring",
        "index.html",
        "feed.xml",
    }
    assert all(os.strerror(errno.ENOSPC) in r.message for r in failed)
    assert "parking.html" in failed[0].message
    assert snapshot(site) == before
    assert view.ledger == ledger
    _, receipts = publish(view, site)
    assert all(r.done for r in receipts)


def test_one_refused_file_does_not_stop_the_others(
    published: tuple[FakeView, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    view, site = published
    for id in ("fees", "notes"):
        view.texts[id] = f"<p>New {id}.</p>"
    real = Path.replace

    def refuse(self: Path, to: Path) -> Path:
        if to.name == "fees.html":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(self, to)

    monkeypatch.setattr(Path, "replace", refuse)
    _, receipts = publish(view, site)
    failed = [r for r in receipts if not r.done]
    assert [r.change.name for r in failed] == ["fees"]
    assert "fees.html could not be written: Permission denied" in failed[0].message
    assert "New notes." in (site / "notes.html").read_text()
    assert not list(site.glob(".copydesk-*"))


def test_ledger_that_cannot_be_saved_stops_the_writing(
    published: tuple[FakeView, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    view, site = published
    before = snapshot(site)
    view.texts["fees"] = "<p>New fees.</p>"
    plan = target(site).plan(view)

    def refuse() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(view, "save_ledger", refuse)
    receipts = list(target(site).apply(plan, view))
    assert {r.change.name for r in receipts if not r.done} == {"fees", "feed.xml"}
    assert snapshot(site) == before


# Symbolic links ------------------------------------------------------------------------------


def test_symlinked_page_is_a_conflict(published: tuple[FakeView, Path], tmp_path: Path) -> None:
    view, site = published
    outside = tmp_path / "outside.html"
    outside.write_bytes((site / "fees.html").read_bytes())
    (site / "fees.html").unlink()
    (site / "fees.html").symlink_to(outside)
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(tmp_path / "nowhere")
    view.texts["fees"] = "<p>New fees.</p>"
    before = outside.read_bytes()
    plan, _ = publish(view, site)
    assert rows(plan, "conflict") == {"fees": "conflict", "index.html": "conflict"}
    assert "a symbolic link" in reason(plan, "fees")
    view.change("fees", decision="draft", reason="Its state is draft.")
    plan, _ = publish(view, site)
    assert rows(plan, "conflict") == {"fees": "conflict", "index.html": "conflict"}
    assert outside.read_bytes() == before
    assert not (tmp_path / "nowhere").exists()
    assert (site / "fees.html").is_symlink()


def test_symlinked_asset_folder_is_a_conflict(tmp_path: Path) -> None:
    view, site, outside = small_site(tmp_path), tmp_path / "site", tmp_path / "outside"
    site.mkdir()
    outside.mkdir()
    (outside / ".copydesk-0123456789abcdef.tmp").write_text("not ours here")
    (site / "assets").symlink_to(outside)
    plan, _ = publish(view, site)
    assert rows(plan, "conflict") == {"assets/door-1a2b.png": "conflict"}
    assert [p.name for p in outside.iterdir()] == [".copydesk-0123456789abcdef.tmp"]


def test_asset_folder_that_becomes_a_link_after_the_plan(tmp_path: Path) -> None:
    view, site, outside = small_site(tmp_path), tmp_path / "site", tmp_path / "outside"
    plan = target(site).plan(view)
    site.mkdir()
    outside.mkdir()
    (site / "assets").symlink_to(outside)
    receipts = {r.change.name: r for r in target(site).apply(plan, view)}
    assert not receipts["assets/door-1a2b.png"].done
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", ["site", "site-preview"])
def test_symlinked_folder_is_refused(tmp_path: Path, name: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / name).symlink_to(outside)
    view = small_site(root)
    with pytest.raises(CopydeskError, match="symbolic link"):
        target(root / "site").plan(view)
    assert list(outside.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(CopydeskError, match="not a folder"):
        target(tmp_path / "site").plan(small_site(tmp_path))


def test_linked_parent_inside_the_site_is_refused_and_outside_it_is_fine(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (tmp_path / "linked").symlink_to(real)
    view = small_site(tmp_path / "linked")
    publish(view, tmp_path / "linked" / "site")
    assert (real / "site/fees.html").exists()
    root = tmp_path / "root"
    root.mkdir()
    (root / "out").symlink_to(real)
    with pytest.raises(CopydeskError, match="symbolic link"):
        target(root / "out" / "site").plan(small_site(root))


def test_a_ledger_that_was_tampered_with_reaches_nothing_outside(
    published: tuple[FakeView, Path], tmp_path: Path
) -> None:

    from copydesk_plugins.publishers.disk import digest

    view, site = published
    precious = tmp_path / "precious.html"
    precious.write_text("mine")
    sha = digest(b"mine")
    entry = view.ledger.posts["fees"]
    view.ledger.posts["gone"] = entry._replace(
        id="gone", address="../precious.html", hashes=entry.hashes._replace(seen=sha)
    )
    view.ledger.files["../precious.html"] = sha
    view.ledger.files["pending/../precious.html"] = sha
    publish(view, site)
    assert precious.read_text() == "mine"
