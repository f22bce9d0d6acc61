"""0 clean, 1 findings that count, 2 not the whole job; and what is said about a wrong word."""

from __future__ import annotations

import pytest
from cli_kit import BAD_DATE, GOOD, NOW, post, three_posts, write

WARNING = "---\ntitle: Fees: all of them\n---\n\nA visit costs fifty dollars.\n"
KEY = "---\ntitle: Hours\nmood: calm\n---\n\nWe open at nine.\n"


@pytest.mark.parametrize("command", ["lint", "check"])
@pytest.mark.parametrize(("text", "code"), [(GOOD, 0), (WARNING, 0), (BAD_DATE, 1)])
def test_findings_decide(copydesk, command, text, code):
    write("posts/hours.md", text)
    assert copydesk(command).code == code


@pytest.mark.parametrize(
    ("text", "limit", "code"),
    [
        (WARNING, "warning", 1),
        (WARNING, "info", 1),
        (WARNING, "error", 0),
        (BAD_DATE, "never", 0),
        (GOOD, "info", 0),
        (KEY, "info", 1),
        (KEY, "warning", 0),
    ],
)
def test_fail_on(copydesk, text, limit, code):
    write("hours.md", text)
    assert copydesk("lint", "hours.md", "--fail-on", limit).code == code


def test_the_policy_of_the_site_counts_and_the_flag_wins(copydesk):
    write("copydesk.toml", '[check]\nfail-on = "warning"\n')
    write("posts/fees.md", WARNING)
    assert copydesk("check").code == 1
    assert copydesk("check", "--fail-on", "error").code == 0


@pytest.mark.parametrize("command", ["lint", "check", "run", "plan", "publish"])
def test_a_run_that_checked_nothing_is_2(copydesk, command):
    ran = copydesk(command)
    assert ran.code == 2
    assert "holds no posts" in ran.out


@pytest.mark.parametrize("command", ["run", "plan", "publish"])
def test_a_draft_with_errors_does_not_fail_what_is_due(copydesk, command):
    three_posts()
    write("posts/idea.md", BAD_DATE)
    ran = copydesk(command, "--now", NOW)
    assert ran.code == 0, ran.said
    assert "draft  posts/idea.md: 1 error." in ran.out


@pytest.mark.parametrize("command", ["run", "plan", "publish"])
def test_a_due_post_that_is_held_back_is_1(copydesk, command):
    three_posts()
    write("posts/fees.md", post("Fees", day=3, updated="2026-02-30"))
    assert copydesk(command, "--now", NOW).code == 1


@pytest.mark.parametrize("command", ["lint", "check", "run", "plan", "publish"])
def test_a_lost_file_is_2_everywhere(copydesk, command):
    three_posts()
    write("posts/old.md", b"caf\xe9")
    ran = copydesk(command, "--now", NOW)
    assert ran.code == 2
    assert "posts/old.md" in ran.said


@pytest.mark.parametrize("command", [["rules"], ["plugins"], ["rule", "basics.date"], ["--help"]])
def test_questions_about_plugins_are_0(copydesk, command):
    assert copydesk(*command).code == 0


@pytest.mark.parametrize(
    "command", [["rules"], ["plugins"], ["rule", "basics.date"], ["config", "show", "hours.md"]]
)
def test_a_plugin_that_does_not_load_is_2_and_the_rest_is_shown(copydesk, command):
    write("broken.py", "raise RuntimeError('not today')\n")
    write("hours.md")
    ran = copydesk(*command, "--plugin", "broken.py")
    assert ran.code == 2
    assert "broken" in ran.err
    assert "not today" in ran.err
    assert "basics" in ran.out


def test_config_show_tells_values_and_origins(copydesk):
    write("copydesk.toml", 'timezone = "Europe/Berlin"\n[rules]\n"basics.empty" = "warning"\n')
    write("posts/hours.md")
    ran = copydesk("config", "show", "posts/hours.md")
    assert ran.code == 0
    assert "timezone = 'Europe/Berlin'   (copydesk.toml:1)" in ran.out
    assert "basics.empty = 'warning'   (copydesk.toml:3)" in ran.out
    assert "basics.date = 'error'   (default)" in ran.out


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["lnt"], "Did you mean lint?"),
        (["lint", "hours.md", "--format", "jsn"], "Did you mean json?"),
        (["run", ".", "--format", "jsn"], "Did you mean json?"),
        (["plan", ".", "--format", "jsn"], "Did you mean json?"),
        (["publish", ".", "--format", "jsn"], "Did you mean json?"),
        (["rule", "basics.dat"], "Did you mean basics.date?"),
        (["lint", "hours.md", "--select", "basics.dat"], "Did you mean basics.date?"),
        (["lint", "hours.md", "--ignore", "basic"], "Did you mean basics?"),
        (["run", ".", "--to", "fodler"], "Did you mean folder?"),
        (["plan", ".", "--to", "fodler"], "Did you mean folder?"),
        (["lint", "hours.md", "--fail-on", "eror"], "error"),
        (["lint", "hours.md", "--now", "soon"], "Write it like"),
        (["lint", "hours.md", "--jobs", "0"], "Give a number from 1 on"),
        (["lint", "hours.md", "--plugin", "none.py"], "none.py"),
        (["lint", "hours.md", "--selct", "basics"], "--select"),
        (["completion", "bsh"], "bash"),
    ],
)
def test_a_wrong_word_is_2_with_a_hint(copydesk, arguments, hint):
    write("hours.md")
    ran = copydesk(*arguments)
    assert ran.code == 2
    assert hint in ran.said
    assert "Traceback" not in ran.said


@pytest.mark.parametrize("command", ["run", "publish"])
def test_an_unknown_format_publishes_nothing(copydesk, here, command):
    three_posts()
    assert copydesk(command, "--format", "jsn", "--now", NOW).code == 2
    assert not (here / "site").exists()


def test_an_unknown_kind_of_target_is_2(copydesk):
    three_posts()
    write("copydesk.toml", '[targets.web]\nkind = "foldr"\npath = "site"\n')
    ran = copydesk("plan")
    assert ran.code == 2
    assert "Did you mean folder?" in ran.err


def test_measure(copydesk):
    write("posts/hours.md")
    assert copydesk("measure", "posts").code == 0
    write("posts/old.md", b"caf\xe9")
    ran = copydesk("measure", "posts")
    assert ran.code == 2
    assert "posts/old.md" in ran.said
    assert copydesk("measure", "nowhere.md").code == 2


@pytest.mark.parametrize("command", ["lint", "check"])
def test_the_report_can_go_to_a_file(copydesk, here, command):
    write("posts/hours.md", BAD_DATE)
    ran = copydesk(command, "--output", "report.txt")
    assert (ran.code, ran.out) == (1, "")
    assert "basics.date" in (here / "report.txt").read_text()
    ran = copydesk(command, "--output", "nowhere/report.txt")
    assert ran.code == 2
    assert "could not be written" in ran.err


@pytest.mark.parametrize("command", ["run", "plan", "publish"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_publishing_can_report_to_a_file(copydesk, here, command, form):
    three_posts()
    ran = copydesk(command, "--now", NOW, "--format", form, "--output", "report.txt")
    assert (ran.code, ran.out) == (0, ""), ran.said
    assert "posts/fees.md" in (here / "report.txt").read_text()
