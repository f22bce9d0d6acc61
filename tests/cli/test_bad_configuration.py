"""Configuration that cannot be used: the line, the nearest word, exit 2, and nothing is checked."""

from __future__ import annotations

import pytest
from cli_kit import write

BAD = {
    "key": ('site-titel = "x"\n', "copydesk.toml:1 unknown key site-titel", "site-title"),
    "rule": ('[rules]\n"basics.dat" = "off"\n', "copydesk.toml:2", "Did you mean basics.date?"),
    "severity": ('[rules]\n"basics.date" = "eror"\n', "copydesk.toml:2", "error"),
    "option": ('[rules."basics.date"]\nlimit = 3\n', "copydesk.toml:", "limit"),
    "toml": ("root = true\nposts = \n", "copydesk.toml:2:", "not valid TOML"),
    "zone": ('timezone = "Mars/Base"\n', "copydesk.toml:1", "America/Los_Angeles"),
    "policy": ('[check]\nfail-onn = "error"\n', "copydesk.toml:2", "Did you mean fail-on?"),
    "target": (
        '[targets.a]\nkind = "folder"\npth = "x"\n',
        "copydesk.toml:3",
        "Did you mean path?",
    ),
    "secret": ('[targets.a]\nkind = "folder"\ntoken = "x"\n', "copydesk.toml:3", "never stands in"),
    "select": ('select = "basics.dat"\n', "copydesk.toml:1", "Did you mean basics.date?"),
    "circle": ('extends = "copydesk.toml"\n', "copydesk.toml:1", "in a circle"),
    "base": ('extends = "base.toml"\n', "base.toml", "no such file"),
    "plugin": ('plugin-files = ["none.py"]\n', "none.py", "there is no such file"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_named_with_its_line(copydesk, name):
    text, place, hint = BAD[name]
    write("copydesk.toml", text)
    write("posts/hours.md")
    ran = copydesk("lint")
    assert ran.code == 2
    assert place in ran.out
    assert hint in ran.out
    assert "Traceback" not in ran.said


@pytest.mark.parametrize("command", [["rules"], ["plugins"], ["config", "show", "posts/hours.md"]])
def test_other_commands_say_it_too(copydesk, command):
    write("copydesk.toml", 'site-titel = "x"\n')
    write("posts/hours.md")
    ran = copydesk(*command)
    assert ran.code == 2
    assert "Did you mean site-title?" in ran.err


def test_all_that_is_wrong_is_told_at_once(copydesk):
    write("copydesk.toml", 'sit-url = "x"\ntimezon = "y"\n')
    write("posts/hours.md")
    ran = copydesk("lint")
    assert "copydesk.toml:1" in ran.out
    assert "copydesk.toml:2" in ran.out


def test_a_nested_file_may_tune_rules_and_nothing_else(copydesk):
    write("copydesk.toml", "root = true\n")
    write("posts/hours.md")
    write("posts/copydesk.toml", '[targets.evil]\nkind = "folder"\npath = "../../x"\n')
    ran = copydesk("lint")
    assert ran.code == 2
    assert "targets may only be set in the root configuration" in ran.out


def test_a_file_given_with_config_is_used(copydesk):
    write("posts/fees.md", "---\ntitle: Fees\npublished: 2026-02-30\n---\n\nWe open at nine.\n")
    write("mild.toml", '[rules]\n"basics.date" = "warning"\n')
    assert copydesk("lint", "posts").code == 1
    assert copydesk("lint", "posts", "--config", "mild.toml").code == 0
    assert copydesk("lint", "posts", "--config", "none.toml").code == 2
