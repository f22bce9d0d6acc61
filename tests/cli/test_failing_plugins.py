"""Plugins that fail: named with rule and post, exit 2, the rest checked, nothing published."""

from __future__ import annotations

import pytest
from cli_kit import NOW, post, process, three_posts, tree, write

HEAD = "import os, sys, time\nfrom copydesk.api import hookimpl, rule\n"
RULE = (
    HEAD
    + """
def check(context):
    {body}
    yield context.report(context.post.units[0], "House rule.")

def one(name, function):
    return rule(name, summary="s", why="w", bad="b", good="g", authority="a",
                severity="info")(function)

def fine(context):
    yield context.report(context.post.units[0], "A fine rule.")

@hookimpl
def register_rules():
    return [one("house.bad", check), one("house.fine", fine)]
"""
)
IN_A_RULE = {
    "raises": ('raise ValueError("oh no")', "the rule house.bad failed: ValueError: oh no"),
    "exits": ("sys.exit(0)", "the rule house.bad failed: SystemExit"),
    "ends": ("os._exit(3)", "the rule house.bad ended its process (exit code 3)"),
    "leaves": ("os._exit(0)", "the rule house.bad did not return within 1 seconds"),
    "hangs": ("time.sleep(60)", "the rule house.bad did not return within 1 seconds"),
    "recursion": ("yield from check(context)", "the rule house.bad failed: RecursionError"),
}
AT_IMPORT = {
    "raises": ('raise ValueError("oh no")', "does not load: ValueError: oh no"),
    "syntax": ("def", "does not load: SyntaxError"),
    "exits": ("sys.exit(0)", "does not load: SystemExit"),
    "ends": ("os._exit(3)", "ended its process while loading (exit code 3)"),
    "leaves": ("os._exit(0)", "did not load within 1 seconds"),
    "hangs": ("time.sleep(60)", "did not load within 1 seconds"),
    "nothing": ("pass", "it registers nothing"),
    "misspelt": ("@hookimpl\ndef register_rule():\n    return []", "register_rule"),
    "wrong": ("@hookimpl\ndef register_rules():\n    return [1]", "returned int, not Rule"),
}


def setup_site(plugin: str) -> None:
    write("copydesk.toml", 'root = true\nplugin-deadline = 1\nplugin-files = ["house.py"]\n')
    write("house.py", plugin)
    three_posts()


@pytest.mark.parametrize("name", IN_A_RULE)
def test_a_rule_that_fails_is_blamed_and_the_rest_is_judged(name):
    body, message = IN_A_RULE[name]
    setup_site(RULE.format(body=body))
    ran = process("lint", "--format", "json", "--now", NOW)
    assert ran.code == 2, ran.err
    found = ran.json
    assert len(found["files"]) == 3
    rules = [[each["rule"] for each in file["findings"]] for file in found["files"]]
    assert all("house.fine" in each and "house.bad" not in each for each in rules)
    failed = [each for each in found["failures"] if message in each["message"]]
    assert len(failed) == 3
    assert {each["path"] for each in failed} == {each["path"] for each in found["files"]}
    assert all("house" in each["plugin"] and "house.py" in each["plugin"] for each in failed)
    assert ran.err == ""


@pytest.mark.parametrize("name", AT_IMPORT)
def test_a_plugin_that_does_not_load_is_named(name):
    body, message = AT_IMPORT[name]
    setup_site(HEAD + body + "\n")
    ran = process("lint", "--now", NOW)
    assert ran.code == 2
    assert message in ran.out, ran.said
    assert "house.py" in ran.out
    assert "3 posts checked" in ran.out
    assert "Traceback" not in ran.said
    skipped = process("lint", "--now", NOW, "--no-external-plugins")
    assert skipped.code == 0


@pytest.mark.parametrize("body", ["raise ValueError('oh no')", "os._exit(3)"])
@pytest.mark.parametrize("command", ["run", "publish"])
def test_a_site_that_could_not_be_judged_is_not_published(here, command, body):
    setup_site(RULE.format(body=body))
    before = tree()
    ran = process(command, "--now", NOW)
    assert ran.code == 2
    assert "nothing was published, because not every check could run" in ran.err
    assert tree() == before


def test_an_unreadable_draft_does_not_stop_publishing_the_others(here):
    three_posts()
    write("posts/lost.md", b"\0")
    assert process("run", "--now", NOW).code == 2
    assert (here / "site" / "fees.html").exists()


def test_what_a_plugin_prints_does_not_break_the_document():
    setup_site(RULE.format(body='print("hello from the plugin")') + "\nprint('at import')\n")
    ran = process("lint", "--format", "json", "--now", NOW)
    assert ran.code == 0, ran.said
    assert len(ran.json["files"]) == 3


def test_two_plugins_of_one_name(here):
    setup_site(RULE.format(body="pass"))
    write("more/house.py", RULE.format(body="pass"))
    ran = process("lint", "--plugin", "more/house.py", "--now", NOW)
    assert ran.code == 2
    assert "has the same name as house" in ran.out


ENRICHER = """
from copydesk.api import Addition, Enricher, PostLink, hookimpl

def enrich(posts, options):
    print("a word in between")
    {body}

@hookimpl
def register_enrichers():
    return [Enricher("more", "s", enrich)]
"""
BAD_LINKS = {
    "raises": ("raise ValueError('oh no')", "more failed: ValueError: oh no"),
    "clash": ('return [Addition(posts[0].id, "neighbours", ())]', "fills the slot neighbours"),
    "stranger": (
        'return [Addition(posts[0].id, "x", (PostLink("next", "N", "idea"),))]',
        "speaks of idea, which will not be public",
    ),
    "shape": ("return [1]", "more failed"),
    "no data": (
        'return [Addition(posts[0].id, "x", data="{not JSON")]',
        "structured data that is no JSON object",
    ),
    "a list": (
        'return [Addition(posts[0].id, "x", data="[1]")]',
        "structured data that is no JSON object",
    ),
}


@pytest.mark.parametrize("name", BAD_LINKS)
def test_an_enricher_that_fails_publishes_nothing(copydesk, name):
    body, message = BAD_LINKS[name]
    setup_site(ENRICHER.format(body=body))
    write("posts/bring.md", post("What to bring", day=4))
    before = tree()
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 2
    assert message in ran.err
    assert "house.py" in ran.err
    assert tree() == before


def test_what_an_enricher_prints_does_not_break_the_plan():
    setup_site(ENRICHER.format(body="return []"))
    ran = process("plan", "--now", NOW, "--format", "json")
    assert ran.code == 0, ran.said
    assert ran.json["plans"]
    assert "a word in between" in ran.err


SITE_RULE = """
from copydesk.api import Report, Span, hookimpl, site_rule

@site_rule("house.all", summary="s", why="w", bad="b", good="g", authority="a", severity="info")
def check(context):
    {body}

@hookimpl
def register_rules():
    return [check]
"""


@pytest.mark.parametrize(
    "body",
    [
        "raise ValueError('oh no')",
        "raise SystemExit(0)",
        "return [Report(Span(0, 10_000), 'm', path='posts/fees.md')]",
        "return [Report(Span(0, 1), 'm', path='posts/none.md')]",
    ],
)
def test_a_site_rule_that_fails_is_blamed(copydesk, body):
    setup_site(SITE_RULE.format(body=body))
    ran = copydesk("lint", "--now", NOW)
    assert ran.code == 2
    assert "the rule house.all failed" in ran.out
    assert "3 posts checked" in ran.out
    before = tree()
    assert copydesk("run", "--now", NOW).code == 2
    assert tree() == before
