"""What stands between a draft and the public: errors, lost files, states, and failed checks."""

from __future__ import annotations

import pytest
from cli_kit import NOW, post, three_posts, times, tree, write

ERROR = post("Fees", "It costs sixty dollars.", day=3, id="fees", updated="2026-02-30")


@pytest.fixture
def site(here):
    three_posts()
    return here


def test_a_due_post_with_an_error_is_held_back(copydesk, site):
    write("posts/fees.md", ERROR)
    write("posts/bring.md", post("What to bring", day=4))
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 1
    assert "held" in ran.out
    assert "It has 1 error. Mend what `copydesk lint posts/fees.md` shows, or waive it" in ran.out
    assert not (site / "site" / "fees.html").exists()
    assert (site / "site" / "bring.html").exists()
    assert (site / "site-preview" / "fees.html").exists()
    assert "Fees" not in (site / "site" / "bring.html").read_text()


def test_an_update_with_an_error_keeps_the_old_page(copydesk, site):
    copydesk("run", "--now", NOW)
    page = (site / "site" / "fees.html").read_bytes()
    write("posts/fees.md", ERROR)
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 1
    assert "The version published before stays." in ran.out
    assert (site / "site" / "fees.html").read_bytes() == page
    assert "1 post is on the site" in ran.out


def test_new_neighbours_reach_a_page_that_is_kept(copydesk, site):
    copydesk("run", "--now", NOW)
    write("posts/fees.md", ERROR)
    write("posts/bring.md", post("What to bring", day=4))
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 1
    page = (site / "site" / "fees.html").read_text()
    assert "bring.html" in page
    assert "fifty dollars" in page
    assert "sixty" not in page


def test_a_waived_error_holds_nothing_back(copydesk, site):
    write("posts/fees.md", post("Fees", "We open.\n\n![A map](none.png)", day=3, id="fees"))
    assert copydesk("run", "--now", NOW).code == 1
    write(
        "waivers.toml",
        '[[waiver]]\npost = "fees"\nrule = "basics.missing-file"\n'
        'quote = "![A map](none.png)"\nreason = "The map is made by the server."\n'
        'by = "mara"\nuntil = 2026-12-31\n',
    )
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0, ran.said
    assert (site / "site" / "fees.html").exists()
    assert "1 waived" in ran.out


def test_a_post_that_becomes_a_draft_is_taken_down(copydesk, site):
    copydesk("run", "--now", NOW)
    text = (site / "posts" / "fees.md").read_text()
    write("posts/fees.md", text.replace("state: published", "state: draft"))
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0, ran.said
    assert "remove" in ran.out
    assert not (site / "site" / "fees.html").exists()
    assert (site / "site-preview" / "fees.html").exists()
    assert "fees.html" not in (site / "site" / "index.html").read_text()


def test_a_post_that_is_deleted_is_taken_down(copydesk, site):
    write("posts/bring.md", post("What to bring", day=4))
    copydesk("run", "--now", NOW)
    (site / "posts" / "fees.md").unlink()
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0, ran.said
    assert not (site / "site" / "fees.html").exists()
    assert "fees.html" not in (site / "site" / "bring.html").read_text()


@pytest.mark.parametrize("damage", [b"\0", b"caf\xe9", b"---\ntitle: x\n\nNo end.\n"])
def test_a_post_that_cannot_be_read_keeps_its_page(copydesk, site, damage):
    write("posts/bring.md", post("What to bring", day=4))
    copydesk("run", "--now", NOW)
    before = tree("site")
    write("posts/fees.md", damage)
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 2
    assert "Its source could not be read. The version published before stays." in ran.out
    assert tree("site") == before


def test_two_posts_with_one_id_publish_neither(copydesk, site):
    write("posts/fees.md", post("Fees", day=3, id="fees"))
    write("posts/copy.md", post("Fees again", day=4, id="fees"))
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 1
    assert not (site / "site" / "fees.html").exists()
    assert not (site / "site" / "copy.html").exists()


def test_run_of_one_post_touches_only_it_and_the_links_to_it(copydesk, site):
    for day in range(4, 10):
        write(f"posts/p{day}.md", post(f"Post {day}", f"The text of {day}.", day=day))
    copydesk("run", "--now", NOW)
    before, stamps = tree(), times("site")
    # Everything moves, but only one post is asked for.
    for day in range(4, 10):
        path = site / "posts" / f"p{day}.md"
        path.write_text(path.read_text().replace("The text", "The new text"))
    write("posts/p5b.md", post("Between", state="published", published="2026-03-05T12:00:00Z"))
    write("posts/stranger.md", post("Stranger", day=12))
    ran = copydesk("run", "posts/p5b.md", "--now", NOW)
    assert ran.code == 0, ran.said
    after = tree()
    changed = {name for name in after if after[name] != before.get(name)}
    pages = {name for name in changed if name.startswith("site/")}
    assert pages == {
        "site/p5b.html",
        "site/p5.html",
        "site/p6.html",
        "site/index.html",
        "site/feed.xml",
    }
    assert "The text of 5." in (site / "site" / "p5.html").read_text()
    assert 'id: "' not in (site / "posts" / "stranger.md").read_text()
    untouched = {name for name in stamps if name.endswith(("p4.html", "p7.html", "fees.html"))}
    assert {name: times("site")[name] for name in untouched} == {
        name: stamps[name] for name in untouched
    }


def test_a_post_that_is_meant_for_another_target_stays_off(copydesk, site):
    write("posts/fees.md", post("Fees", day=3, targets="[clinic]"))
    assert copydesk("run", "--now", NOW).code == 1  # there is no such target: said, not ignored
    write(
        "copydesk.toml",
        'root = true\ndefault-target = "folder"\n[targets.folder]\nkind = "folder"\n'
        'path = "site"\n[targets.clinic]\nkind = "folder"\npath = "clinic"\n',
    )
    ran = copydesk("run", "--now", NOW, "--all")
    assert ran.code == 0, ran.said
    assert "It is meant for clinic." in ran.out
    assert not (site / "site" / "fees.html").exists()


def test_an_error_in_the_configuration_publishes_nothing(copydesk, site):
    write("copydesk.toml", "site-titel = 'x'\n")
    before = tree()
    for command in ("run", "publish", "plan"):
        ran = copydesk(command, "--now", NOW)
        assert ran.code == 2
        assert "site-title" in ran.said
    assert tree() == before


def test_a_source_that_cannot_take_its_id_publishes_nothing(copydesk, site, monkeypatch):
    def refuse(path: object, data: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("copydesk.post_ids.write_whole", refuse)
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 2
    assert "posts/fees.md its id could not be written: permission denied" in ran.err
    assert not (site / "site").exists()


def test_a_damaged_ledger_is_named_and_can_be_deleted(copydesk, site):
    copydesk("run", "--now", NOW)
    before = tree("site")
    ledger = site / ".copydesk" / "folder.json"
    good = ledger.read_bytes()
    ledger.write_bytes(b"{")
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 2
    assert "folder.json" in ran.said
    ledger.unlink()
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0, ran.said
    assert tree("site") == before
    assert ledger.read_bytes() == good
