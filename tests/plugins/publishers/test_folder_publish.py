"""What the folder target writes, and that it writes nothing more."""

from __future__ import annotations

import os
from pathlib import Path

from folder_site import FakeView, load_ledger, publish, rows, small_site, snapshot, target

from copydesk.api import Ledger
from copydesk_plugins.publishers.disk import digest

POSTS = ["fees.html", "first-visit.html", "notes.html", "what-to-bring.html"]


def mtimes(folder: Path) -> dict[str, int]:
    return {p.name: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def test_first_run_writes_every_page(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    plan, receipts = publish(view, site)
    assert sorted(snapshot(site)) == sorted(
        [*POSTS, "assets/door-1a2b.png", "feed.xml", "index.html", "style.css"]
    )
    assert all(receipt.done for receipt in receipts)
    assert [r.change for r in receipts] == list(plan.changes)
    assert set(rows(plan).values()) == {"create"}
    assert "site-url" in plan.notes[0]
    page = (site / "fees.html").read_bytes()
    assert view.ledger.posts["fees"].hashes.seen == digest(page)
    assert view.ledger.posts["fees"].address == "fees.html"
    assert not any(name.startswith("pending/") for name in view.ledger.files)


def test_plan_writes_nothing(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    view.previews = True
    target(site).plan(view)
    assert not site.exists()
    assert view.ledger == Ledger()
    assert view.saves == 0


def test_second_run_touches_nothing(tmp_path: Path) -> None:
    view, site = small_site(tmp_path, url="https://harbour.example/"), tmp_path / "site"
    publish(view, site)
    before, times, saves = snapshot(site), mtimes(site), view.saves
    plan, receipts = publish(view, site)
    assert set(rows(plan).values()) == {"unchanged"}
    assert all(receipt.done for receipt in receipts)
    assert (snapshot(site), mtimes(site), view.saves) == (before, times, saves)


def test_output_is_the_same_elsewhere(tmp_path: Path) -> None:
    folders = []
    for name in ("one", "two"):
        root = tmp_path / name
        root.mkdir()
        view = small_site(root, url="https://harbour.example/")
        publish(view, root / "site")
        folders.append(snapshot(root / "site"))
    assert folders[0] == folders[1]


def test_update_names_what_differs(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    publish(view, site)
    view.texts["fees"] = "<p>New fees.</p>"
    view.change("fees", title="Our fees", description="")
    plan, _ = publish(view, site)
    change = next(c for c in plan.changes if c.name == "fees")
    assert change.action == "update"
    assert [field[0] for field in change.fields] == ["title", "description", "body"]
    assert change.fields[0] == ("title", "About fees", "Our fees")
    # The neighbours show the new title; nothing else of them differs.
    assert rows(plan, "links only") == {"first-visit": "links only", "notes": "links only"}
    assert "<p>New fees.</p>" in (site / "fees.html").read_text()


def test_new_post_changes_only_the_links_of_its_neighbours(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    publish(view, site)
    before, times = snapshot(site), mtimes(site)
    view.add("parking", 9)
    plan, _ = publish(view, site)
    assert rows(plan, "create", "update", "links only", "remove") == {
        "parking": "create",
        "what-to-bring": "links only",
        "index.html": "update",
        "feed.xml": "update",
    }
    change = next(c for c in plan.changes if c.name == "what-to-bring")
    assert change.fields == (("newer post", "", "parking"),)
    old, new = before["what-to-bring.html"].decode(), (site / "what-to-bring.html").read_text()
    assert old.partition("<article>")[2].partition("</article>")[0] in new
    for name in ("fees.html", "first-visit.html", "notes.html", "door-1a2b.png"):
        assert mtimes(site)[name] == times[name]


def test_order_new_then_updates_then_links_then_pages_then_removals(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    publish(view, site)
    view.add("parking", 9)
    view.texts["fees"] = "<p>New fees.</p>"
    view.change("notes", slug="your-notes")
    view.change("first-visit", decision="draft", reason="Its state is draft.")
    plan, _ = publish(view, site)
    written = [
        (c.action, c.name)
        for c in plan.changes
        if c.action in ("create", "update", "links only", "remove")
    ]
    assert written == [
        ("create", "parking"),
        ("update", "notes"),
        ("update", "fees"),
        ("links only", "what-to-bring"),
        ("update", "index.html"),
        ("update", "feed.xml"),
        ("remove", "first-visit"),
        ("remove", "assets/door-1a2b.png"),
        ("remove", "notes.html"),
    ]


def test_new_slug_moves_the_page(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    publish(view, site)
    view.change("notes", slug="your-notes")
    plan, _ = publish(view, site)
    change = next(c for c in plan.changes if c.name == "notes")
    assert ("address", "notes.html", "your-notes.html") in change.fields
    assert rows(plan, "remove") == {"notes.html": "remove"}
    assert not (site / "notes.html").exists()
    assert view.ledger.posts["notes"].address == "your-notes.html"
    assert "notes.html" not in view.ledger.files
    assert 'href="your-notes.html" rel="next"' in (site / "fees.html").read_text()
    plan, _ = publish(view, site)
    assert set(rows(plan).values()) == {"unchanged"}


def test_two_posts_can_swap_their_slugs(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    publish(view, site)
    view.change("notes", slug="fees")
    view.change("fees", slug="notes")
    plan, receipts = publish(view, site)
    assert all(r.done for r in receipts)
    assert rows(plan, "conflict", "remove") == {}
    assert "post=notes " in (site / "fees.html").read_text()
    assert "post=fees " in (site / "notes.html").read_text()
    assert set(rows(publish(view, site)[0]).values()) == {"unchanged"}


def test_a_new_post_may_take_the_address_of_one_that_goes(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    publish(view, site)
    view.change("fees", decision="draft", reason="Its state is draft.")
    view.add("prices", 1, slug="fees")
    _, receipts = publish(view, site)
    assert all(r.done for r in receipts)
    assert "post=prices " in (site / "fees.html").read_text()
    assert "fees" not in view.ledger.posts
    assert set(rows(publish(view, site)[0]).values()) == {"unchanged", "draft"}


def test_posts_no_longer_public_are_removed_with_their_files(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    publish(view, site)
    del view.posts["fees"]
    view.change("first-visit", decision="draft", reason="Its state is draft.")
    plan, _ = publish(view, site)
    assert rows(plan, "remove") == {
        "fees": "remove",
        "first-visit": "remove",
        "assets/door-1a2b.png": "remove",
    }
    assert sorted(snapshot(site)) == [
        "feed.xml",
        "index.html",
        "notes.html",
        "style.css",
        "what-to-bring.html",
    ]
    reasons = {c.name: c.reason for c in plan.changes}
    assert reasons["first-visit"] == "Its state is draft."
    assert rows(publish(view, site)[0], "remove") == {}


def test_every_post_has_a_row_with_its_reason(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    view.change("fees", decision="held", reason="It has 1 error.")
    view.change("notes", decision="not yet due", reason="It is due on 1 July 2026.")
    view.change("what-to-bring", decision="draft", reason="Its state is draft.")
    plan, _ = publish(view, site)
    assert rows(plan, "held", "not yet due", "draft") == {
        "fees": "held",
        "notes": "not yet due",
        "what-to-bring": "draft",
    }
    assert next(c.reason for c in plan.changes if c.name == "fees") == "It has 1 error."


def test_a_post_that_is_kept_changes_only_its_links(tmp_path: Path) -> None:
    view, site = small_site(tmp_path, url="https://harbour.example/"), tmp_path / "site"
    publish(view, site)
    before = (site / "notes.html").read_text()
    view.texts["notes"] = "<p>Not fit to print.</p>"
    view.change("notes", decision="kept", reason="It has 1 error.", title="Draft title")
    view.broken.add("notes")  # the source of a post that is kept may be unreadable
    plan, _ = publish(view, site)
    assert rows(plan)["notes"] == "kept"
    assert (site / "notes.html").read_text() == before
    assert "About notes" in (site / "index.html").read_text()
    assert "All about notes." in (site / "feed.xml").read_text()
    view.add("parking", 1, published=view.posts["notes"].published)
    plan, _ = publish(view, site)
    assert rows(plan, "create", "links only") == {
        "parking": "create",
        "notes": "links only",
        "what-to-bring": "links only",
    }
    after = (site / "notes.html").read_text()
    assert (
        after.partition("<nav")[0].replace("parking", "what-to-bring")
        == before.partition("<nav")[0]
    )
    assert 'rel="next" href="parking.html"' in after.replace("\n", "")
    assert "Not fit" not in after
    assert rows(publish(view, site)[0])["notes"] == "kept"


def test_kept_page_that_links_to_a_page_that_goes_is_named(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    publish(view, site)
    view.change("first-visit", decision="kept", reason="It has 1 error.")
    view.change("fees", slug="prices")
    plan, _ = publish(view, site)
    assert any("first-visit.html" in note and "fees.html" in note for note in plan.notes)


def test_link_to_a_post_that_is_not_public_goes_and_is_named(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    view.change("fees", decision="draft", reason="Its state is draft.")
    plan, _ = publish(view, site)
    assert "<p>See fees.</p>" in (site / "first-visit.html").read_text()
    assert any("links to the post fees" in note for note in plan.notes)


def test_foreign_files_stay(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    for name in ("CNAME", "assets/logo.svg", "old/page.html", "about.html", ".copydesk-notes"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("mine")
    publish(view, site)
    view.posts.clear()
    publish(view, site)
    assert sorted(snapshot(site)) == [
        ".copydesk-notes",
        "CNAME",
        "about.html",
        "assets/logo.svg",
        "feed.xml",
        "index.html",
        "old/page.html",
        "style.css",
    ]


def test_lost_ledger_is_read_back_from_the_pages(tmp_path: Path) -> None:
    view, site = small_site(tmp_path, url="https://harbour.example/"), tmp_path / "site"
    view.add("plan", 5, decision="draft", reason="Its state is draft.")
    view.change(
        "notes",
        noindex=True,
        updated=view.posts["fees"].published,
        title='Notes & <privacy> "yours"',
    )
    view.previews = True
    publish(view, site)
    before, ledger = snapshot(tmp_path), view.ledger
    view.ledger = Ledger()
    assert target(site).known(view) == ledger
    plan, receipts = publish(view, site)
    assert set(rows(plan).values()) == {"unchanged", "draft"}
    assert "no record of earlier runs" in plan.notes[0]
    assert all(r.done for r in receipts)
    assert view.ledger == ledger
    assert snapshot(tmp_path) == before


def test_lost_ledger_does_not_hide_removals(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    publish(view, site)
    (site / "copy-of-fees.html").write_bytes((site / "fees.html").read_bytes())
    view.ledger = Ledger()
    view.change("notes", decision="draft", reason="Its state is draft.")
    plan, _ = publish(view, site)
    assert rows(plan, "remove") == {"notes": "remove", "copy-of-fees.html": "remove"}
    assert view.ledger.posts["fees"].address == "fees.html"


def test_page_deleted_by_hand_is_made_again(tmp_path: Path) -> None:
    view, site = small_site(tmp_path), tmp_path / "site"
    publish(view, site)
    before = snapshot(site)
    (site / "fees.html").unlink()
    (site / "index.html").unlink()
    (site / "assets/door-1a2b.png").unlink()
    plan, _ = publish(view, site)
    assert rows(plan, "create") == {
        "fees": "create",
        "index.html": "create",
        "assets/door-1a2b.png": "create",
    }
    assert snapshot(site) == before


def test_previews_lie_beside_the_site(tmp_path: Path) -> None:
    view, site = small_site(tmp_path, url="https://harbour.example/"), tmp_path / "site"
    view.add(
        "plan",
        5,
        '<p>After <a href="copydesk:fees">fees</a>, <a href="copydesk:other">this</a>.</p>',
        decision="draft",
        reason="Its state is draft.",
    )
    view.add("other", 6, slug="plan", decision="held", reason="It has 1 error.")
    view.broken.add("other")
    view.previews = True
    plan, _ = publish(view, site)
    previews = tmp_path / "site-preview"
    assert sorted(snapshot(previews)) == ["index.html", "plan-2.html", "plan.html", "style.css"]
    second = (previews / "plan-2.html").read_text()
    assert "Preview – not published." in second
    assert "Its state is draft." in second
    assert '<meta name="robots" content="noindex">' in second
    assert '<a href="../site/fees.html">fees</a>, <a href="plan.html">' in second
    assert 'data-copydesk="links"' not in second
    assert "It cannot be shown yet: other moved" in (previews / "plan.html").read_text()
    assert "It has 1 error." in (previews / "index.html").read_text()
    for name in ("index.html", "feed.xml", "sitemap.xml"):
        assert b"plan" not in (site / name).read_bytes()
    assert {c.kind for c in plan.changes if c.action == "create"} == {"post", "page", "preview"}
    assert all(
        c.address.startswith("../site-preview/") for c in plan.changes if c.kind == "preview"
    )
    view.broken.clear()
    view.change("plan", decision="live")
    plan, _ = publish(view, site)
    assert rows(plan, "remove") == {"preview/plan-2.html": "remove"}
    view.previews = False
    (previews / "mine.html").write_text("mine")
    publish(view, site)
    assert sorted(snapshot(previews)) == ["index.html", "mine.html", "plan.html", "style.css"]
    view.previews = True
    for each in list(view.wanted):
        view.broken.discard(each.id)
        view.change(each.id, decision="live", slug=each.id)
    publish(view, site)
    assert sorted(snapshot(previews)) == ["mine.html"]


def test_no_ledger_is_saved_when_a_caller_stops_early_and_nothing_breaks(tmp_path: Path) -> None:
    state = tmp_path / "ledger.json"
    view, site = small_site(tmp_path, state=state), tmp_path / "site"
    plan = target(site).plan(view)
    receipts = target(site).apply(plan, view)
    next(receipts)
    receipts.close()  # type: ignore[attr-defined]
    assert "fees" in load_ledger(state).posts
    again = small_site(tmp_path, state=state)
    plan, receipts_again = publish(again, site)
    assert all(r.done for r in receipts_again)
    assert rows(plan)["fees"] == "unchanged"


def test_modes_allow_a_web_server_to_read(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        publish(small_site(tmp_path), tmp_path / "site")
    finally:
        os.umask(old)
    if os.name == "posix":
        assert (tmp_path / "site/fees.html").stat().st_mode & 0o777 == 0o644


def test_empty_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(FakeView(tmp_path), site)
    assert "Nothing has been published here yet." in (site / "index.html").read_text()
