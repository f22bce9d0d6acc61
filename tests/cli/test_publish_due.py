"""`publish --due`: for cron, quiet and idle until the hour of a scheduled post has come."""

from __future__ import annotations

import pytest
from cli_kit import NOW, post, write
from pretend_kit import make_site, meanwhile, remote, states

DUE = ("--due", "--go-live", "--yes")
BEFORE, AFTER = "2026-07-01T08:59:59Z", "2026-07-01T09:00:00Z"


@pytest.fixture(autouse=True)
def site(here, copydesk):
    make_site()
    return here


@pytest.fixture
def online(copydesk):
    assert copydesk("publish", "--now", NOW, "--go-live", "--yes").code == 0


@pytest.mark.parametrize("command", ["publish", "run"])
def test_with_nothing_due_it_is_quiet_and_asks_no_host(copydesk, online, command):
    looks = remote()["looks"]
    ran = copydesk(command, "--now", BEFORE, *DUE)
    assert (ran.code, ran.said) == (0, "")
    assert remote()["looks"] == looks
    ran = copydesk(command, "--now", BEFORE, *DUE, "--format", "json")
    assert ran.json == {"version": 1, "plans": [], "receipts": [], "failures": []}


def test_it_makes_the_post_and_its_neighbours_links_and_nothing_else(copydesk, online):
    write("posts/fees.md", post("Fees", "A visit costs ninety dollars.", day=3, id="fees"))
    write("posts/more.md", post("More", "Not asked for.", day=9, id="more"))
    before = remote()["posts"]["fees"]
    ran = copydesk("publish", "--now", AFTER, *DUE)
    assert ran.code == 0, ran.said
    assert states() == {"fees": "public", "hours": "public", "later": "public"}
    assert remote()["posts"]["fees"] == before | {"links": remote()["posts"]["fees"]["links"]}
    assert '"More"' not in ran.out
    assert "1 draft made, 1 post went live" in ran.out
    ran = copydesk("publish", "--now", AFTER, *DUE)
    assert (ran.code, ran.said) == (0, "")


def test_an_edit_of_a_post_that_is_online_waits_for_a_person(copydesk, online):
    copydesk("publish", "--now", AFTER, *DUE)
    scheduled = {"state": "scheduled", "published": "2026-07-01T09:00:00Z", "id": "later"}
    write("posts/later.md", post("Later", "We will move far away.", **scheduled))
    before = remote()["posts"]
    assert copydesk("publish", "--now", AFTER, *DUE).said == ""
    assert remote()["posts"] == before


def test_a_due_post_that_is_held_back_is_told_every_time(copydesk, online):
    scheduled = {"state": "scheduled", "published": "2026-07-01T09:00:00Z", "id": "later"}
    write("posts/later.md", post("Later", updated="2026-02-30", **scheduled))
    for _ in range(2):
        ran = copydesk("publish", "--now", AFTER, *DUE)
        assert ran.code == 1, ran.said
        assert '  held      "Later"' in ran.out


def test_a_post_that_cannot_be_read_may_be_the_one_that_is_due(copydesk, online):
    write("posts/bad.md", b"\xff\xfe\x00")
    ran = copydesk("publish", "--now", BEFORE, *DUE)
    assert ran.code == 2
    assert ran.out == ""
    assert "failed posts/bad.md" in ran.err


def test_only_the_posts_that_are_named(copydesk, online):
    write(
        "posts/also.md",
        post("Also", "Also then.", state="scheduled", published="2026-07-01T09:00:00Z", id="also"),
    )
    ran = copydesk("publish", "also", "--now", AFTER, *DUE)
    assert ran.code == 0, ran.said
    assert set(states()) == {"fees", "hours", "also"}


def test_a_lost_record_does_not_publish_twice(copydesk, online):
    copydesk("publish", "--now", AFTER, *DUE)
    writes = remote()["writes"]
    for path in __import__("pathlib").Path(".copydesk").glob("*.json"):
        path.unlink()
    ran = copydesk("publish", "--now", AFTER, *DUE)
    assert ran.code == 0, ran.said
    assert remote()["writes"] == writes


def test_without_going_live_it_makes_a_draft(copydesk, online):
    ran = copydesk("publish", "--now", AFTER, "--due", "--yes")
    assert ran.code == 0, ran.said
    assert states()["later"] == "draft"


def test_a_target_that_is_down_is_told(copydesk, online):
    meanwhile(gone=len(remote()["writes"]))
    ran = copydesk("publish", "--now", AFTER, *DUE)
    assert ran.code == 2
    assert "clinic.example answers no more" in ran.err


def test_a_folder_gets_what_is_due_and_keeps_the_rest(copydesk, here):
    write("copydesk.toml", "root = true\n")
    assert copydesk("publish", "--now", NOW).code == 0
    page = (here / "site/fees.html").read_bytes()
    write("posts/fees.md", post("Fees", "A visit costs ninety dollars.", day=3, id="fees"))
    assert copydesk("publish", "--now", BEFORE, "--due").said == ""
    ran = copydesk("publish", "--now", AFTER, "--due")
    assert ran.code == 0, ran.said
    assert (here / "site/later.html").exists()
    assert b"ninety" not in (here / "site/fees.html").read_bytes()
    assert (here / "site/fees.html").read_bytes() == page


def test_a_plan_of_what_is_due_can_be_saved(copydesk, online):
    assert copydesk("plan", "--now", AFTER, "--due", "--go-live", "--out", "p.json").code == 0
    ran = copydesk("publish", "--plan", "p.json", "--now", AFTER, "--yes")
    assert ran.code == 0, ran.said
    assert states()["later"] == "public"
