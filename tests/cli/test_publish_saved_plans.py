"""A saved plan is about one order and some posts; it is carried out as it is, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_kit import NOW, post, write
from pretend_kit import edited, make_site, meanwhile, remote, states

STAY = ("--now", NOW)


@pytest.fixture(autouse=True)
def site(here):
    make_site()
    return here


def save(copydesk, *arguments):
    ran = copydesk("plan", *STAY, "--out", "plan.json", *arguments)
    assert "Saved. `copydesk publish --plan plan.json` carries it out.\n" in ran.err, ran.said
    return ran


def carry_out(copydesk, *arguments):
    return copydesk("publish", "--plan", "plan.json", *STAY, "--yes", *arguments)


def test_it_knows_what_it_was_made_for(copydesk):
    save(copydesk, "fees", "--go-live")
    ran = carry_out(copydesk)
    assert ran.code == 0, ran.said
    assert states() == {"fees": "public"}
    (saved,) = json.loads(Path("plan.json").read_text())["plans"]
    assert (saved["site"], saved["asked"]) == (".", ["posts/fees.md"])
    assert saved["order"]["go_live"] is True


def test_it_asks_like_any_other(copydesk):
    save(copydesk)
    ran = copydesk("publish", "--plan", "plan.json", *STAY)
    assert ran.code == 2
    assert "nobody said yes" in ran.err
    assert remote()["writes"] == []


def test_it_settles_a_conflict_as_it_was_made_to(copydesk):
    copydesk("publish", *STAY, "--yes")
    edited("fees", "Our fees")
    save(copydesk, "--overwrite", "posts/fees.md")
    ran = carry_out(copydesk)
    assert ran.code == 0, ran.said
    assert remote()["posts"]["fees"]["person"] == ""


@pytest.mark.parametrize(
    "flags", [("--go-live",), ("--due",), ("--overwrite", "fees"), ("--take-theirs", "fees")]
)
def test_flags_that_it_was_not_made_with_are_refused(copydesk, flags):
    save(copydesk)
    ran = carry_out(copydesk, *flags)
    assert ran.code == 2
    assert (
        "failed nothing was published, because the plan was saved for something else. Leave out "
        "the flags that it was not made with, or make a new plan.\n"
    ) in ran.err
    assert remote()["writes"] == []


def test_flags_that_it_was_made_with_may_stand_there_again(copydesk):
    save(copydesk, "--go-live", "--overwrite", "fees")
    for flags in (("--go-live",), ("--overwrite", "posts/fees.md"), ()):
        assert carry_out(copydesk, *flags).code in (0, 2)
    assert states() == {"fees": "public", "hours": "public"}
    save(copydesk, "--overwrite", "fees", "--overwrite", "hours")
    assert carry_out(copydesk, "--overwrite", "fees").code == 2  # one of two is not what it says


MOVED = {
    "source": lambda: write("posts/fees.md", post("Fees", "Sixty dollars.", day=3, id="fees")),
    "title there": lambda: edited("hours", "Our hours"),
    "gone there": lambda: meanwhile(posts={}),
    "another post": lambda: write("posts/new.md", post("New", "A new one.", day=9, id="new")),
}


@pytest.mark.parametrize("what", MOVED)
def test_it_is_refused_when_something_moved_on_either_side(copydesk, what):
    copydesk("publish", *STAY, "--yes")
    write("posts/fees.md", post("Fees", "A visit costs sixty.", day=3, id="fees"))
    save(copydesk, "--go-live")
    MOVED[what]()
    writes = remote()["writes"]
    ran = carry_out(copydesk)
    assert ran.code == 2
    assert "nothing was published, because things moved since the plan was saved" in ran.err
    assert remote()["writes"] == writes


def test_a_second_use_is_refused_because_it_has_been_done(copydesk):
    save(copydesk)
    assert carry_out(copydesk).code == 0
    writes = remote()["writes"]
    ran = carry_out(copydesk)
    assert ran.code == 2
    assert "post fees: was “new”, is “same” now" in ran.err
    assert remote()["writes"] == writes


def test_other_posts_than_it_was_made_for_are_refused(copydesk):
    save(copydesk, "fees")
    ran = carry_out(copydesk, "posts/hours.md")
    assert ran.code == 2
    assert remote()["writes"] == []


def changed(**parts):
    document = json.loads(Path("plan.json").read_text())
    document["plans"][0].update(parts)
    write("plan.json", json.dumps(document))


BROKEN = {
    "a part of the order that nobody knows": {"order": {"delete": True}},
    "an order of another shape": {"order": {"go_live": "yes"}},
    "no list of posts": {"order": {"overwrite": "fees"}},
    "numbers for posts": {"order": {"overwrite": [1]}},
    "an order that is none": {"order": 3},
    "paths of another shape": {"asked": "fees"},
    "a site of another shape": {"site": 3},
    "changes of another shape": {"changes": [{"kind": "post"}]},
    "no changes": {"changes": None},
    "another version's target": {"target": ["clinic"]},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_damaged_plan_is_none(copydesk, name):
    save(copydesk)
    changed(**BROKEN[name])
    ran = carry_out(copydesk)
    assert ran.code == 2
    assert "plan.json is no plan that this version of Copydesk saved" in ran.err
    assert remote()["writes"] == []


FORGED = {
    "going live": {"order": {"go_live": True}},
    "writing over": {"order": {"overwrite": ["fees"]}},
    "fewer posts": {"asked": ["posts/fees.md"]},
    "another site": {"site": "../other"},
    "the root of the disk": {"site": "/"},
    "a post elsewhere": {"asked": ["../../fees.md"]},
    "another target": {"target": "folder"},
}


@pytest.mark.parametrize("name", FORGED)
def test_a_plan_that_was_changed_does_nothing_else(copydesk, here, name):
    make_site(here.parent / "other")
    copydesk("publish", *STAY, "--yes")
    edited("fees", "Our fees")
    save(copydesk)
    writes = remote()["writes"]
    changed(**FORGED[name])
    ran = carry_out(copydesk)
    assert ran.code == 2
    assert remote()["writes"] == writes
    assert remote(here.parent / "other")["looks"] == []
    assert not (here / "site").exists()


def test_a_plan_of_an_older_version_is_for_no_order(copydesk):
    save(copydesk)
    document = json.loads(Path("plan.json").read_text())
    for name in ("order", "asked", "site"):
        del document["plans"][0][name]
    write("plan.json", json.dumps(document))
    assert carry_out(copydesk).code == 0
    assert states() == {"fees": "draft", "hours": "draft"}


def test_two_sites_in_one_plan(copydesk, here):
    (here / "copydesk.toml").unlink()
    for name in ("north", "south"):
        make_site(name)
    save(copydesk, "north/posts/fees.md", "south", "--go-live")
    ran = carry_out(copydesk)
    assert ran.code == 0, ran.said
    assert set(remote("north")["posts"]) == {"fees"}
    assert set(remote("south")["posts"]) == {"fees", "hours"}
