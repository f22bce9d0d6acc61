"""What has to be seen before a post goes live: in the plan, in JSON, and in a saved plan."""

from __future__ import annotations

import json

import pytest
from cli_kit import NOW, post, write

PLUGIN = '''
from copydesk.api import Group, hookimpl, rule

TEXTS = dict(summary="s", why="w", good="g", bad="b", authority="a")


@rule("house.says", seen_before_live="Without a source it says", **TEXTS)
def says(context):
    """Report every sentence about a door; those about blue ones say the same."""
    for unit in context.post.units:
        if "door" in unit.text:
            group = Group("the blue door is open") if "blue" in unit.text else None
            yield context.report(unit, "A door.", group=group)


@rule("house.quiet", **TEXTS)
def quiet(context):
    """Report the same, but nobody has to see it."""
    for unit in context.post.units:
        if "door" in unit.text:
            yield context.report(unit, "Not to be seen.")


@hookimpl
def register_rules():
    return [says, quiet]
'''
DOORS = "The blue door is open. A red door is shut. Use the blue door. Come and see us."


@pytest.fixture
def site(here):
    write("copydesk.toml", 'root = true\nplugin-files = ["house.py"]\n')
    write("house.py", PLUGIN)
    write("posts/doors.md", post("Doors", DOORS, day=3, id="doors"))
    write("posts/hours.md", post("Hours", "We open at nine.", day=4, id="hours"))
    return here


SHOWN = """\
            Without a source it says (house.says):
              the blue door is open (2 times)
              “A red door is shut.”
"""


@pytest.mark.parametrize("command", ["plan", "run", "publish"])
def test_a_post_that_goes_live_shows_what_it_says_without_a_source(copydesk, site, command):
    ran = copydesk(command, "--now", NOW)
    assert ran.code == 0, ran.said
    plan = ran.out[ran.out.index("Plan for") :]
    assert SHOWN in plan
    assert plan.index('"Doors"') < plan.index(SHOWN)
    assert plan.count("Without a source") == 1
    assert "  To be seen before it goes live: 2 statements in 1 post, named above.\n" in plan
    assert "house.quiet" not in plan
    assert (site / "site" / "doors.html").exists() == (command != "plan")  # it blocks nothing


def test_what_is_online_already_is_not_told_again(copydesk, site):
    copydesk("run", "--now", NOW)
    assert "Without a source" not in copydesk("run", "--now", NOW, "--all").out
    write("posts/doors.md", post("Doors", DOORS + " New.", day=3, id="doors"))
    assert SHOWN in copydesk("plan", "--now", NOW).out


def test_drafts_and_posts_that_are_held_back_are_not_going_live(copydesk, site):
    write("posts/doors.md", post("Doors", DOORS, id="doors"))
    write("posts/late.md", post("Late", DOORS, day=5, id="late", updated="2026-02-30"))
    ran = copydesk("plan", "--now", NOW, "--all")
    assert "Without a source" not in ran.out
    assert "To be seen" not in ran.out


def test_only_a_handful_is_named_and_all_names_each(copydesk, site):
    many = " ".join(f"The door number {number} is ours." for number in range(9))
    write("posts/doors.md", post("Doors", many, day=3, id="doors"))
    plan = copydesk("plan", "--now", NOW).out
    assert plan.count("“The door number") == 5
    assert "              and 4 more; `--all` names each\n" in plan
    assert "9 statements in 1 post" in plan
    everything = copydesk("plan", "--now", NOW, "--all").out
    everything = everything[everything.index("Plan for") :]
    assert everything.count("“The door number") == 9
    assert "`--all` names each" not in everything


def test_what_a_waiver_settles_was_seen(copydesk, site):
    write(
        "waivers.toml",
        '[[waiver]]\npost = "doors"\nrule = "house.says"\nquote = "A red door is shut."\n'
        'reason = "Everybody knows that."\nby = "mara"\nuntil = 2026-12-31\n',
    )
    ran = copydesk("plan", "--now", NOW)
    assert "the blue door is open (2 times)" in ran.out
    assert "“A red door" not in ran.out[ran.out.index("Plan for") :]


def test_a_rule_that_is_off_has_nothing_to_show(copydesk, site):
    assert "Without a source" not in copydesk("plan", "--now", NOW, "--ignore", "house.says").out


def test_json_tells_it_of_each_change(copydesk, site):
    changes = copydesk("plan", "--now", NOW, "--format", "json").json["plans"][0]["changes"]
    by_name = {each["name"]: each["to_see"] for each in changes if each["kind"] == "post"}
    above = "Without a source it says"
    assert by_name == {
        "hours": [],
        "doors": [
            {"rule": "house.says", "above": above, "says": "the blue door is open", "number": 2},
            {"rule": "house.says", "above": above, "says": "“A red door is shut.”", "number": 1},
        ],
    }
    assert all(each["to_see"] == [] for each in changes if each["kind"] != "post")


def test_a_saved_plan_holds_as_long_as_the_list_is_the_same(copydesk, site):
    assert copydesk("plan", "--now", NOW, "--out", "plan.json").code == 0
    ran = copydesk("publish", "--plan", "plan.json", "--now", NOW)
    assert ran.code == 0, ran.said
    assert SHOWN in ran.out


def test_a_saved_plan_is_stale_when_the_list_is_not_the_same(copydesk, site):
    assert copydesk("plan", "--now", NOW, "--out", "plan.json").code == 0
    write("house.py", PLUGIN.replace('"the blue door is open"', '"blue doors are open"'))
    ran = copydesk("publish", "--plan", "plan.json", "--now", NOW)
    assert ran.code == 2
    assert (
        "things moved since the plan was saved: post doors: what has to be seen before it goes "
        "live is not the same." in ran.err
    )
    assert "blue doors are open (2 times)" in ran.out
    assert not (site / "site").exists()


def test_a_saved_plan_from_before_there_was_a_list_is_stale(copydesk, site):
    assert copydesk("plan", "--now", NOW, "--out", "plan.json").code == 0
    saved = json.loads((site / "plan.json").read_text())
    for change in saved["plans"][0]["changes"]:
        del change["to_see"]
    write("plan.json", json.dumps(saved))
    ran = copydesk("publish", "--plan", "plan.json", "--now", NOW)
    assert ran.code == 2
    assert not (site / "site").exists()


def test_what_a_draft_says_cannot_steer_the_terminal(copydesk, site):
    write("posts/doors.md", post("Doors", "A door\x1b[2J stands.", day=3, id="doors"))
    plan = copydesk("plan", "--now", NOW).out
    assert "\x1b" not in plan


def test_rule_and_rules_page_say_that_it_has_to_be_seen(copydesk, site):
    ran = copydesk("rule", "house.says")
    assert "What it finds is named in the plan before a post goes live." in ran.out
    assert "named in the plan" not in copydesk("rule", "house.quiet").out
