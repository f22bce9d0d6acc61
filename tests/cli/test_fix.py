"""`copydesk fix`: shows what it would change, asks, and changes only the bytes concerned."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_kit import post, process, tree, write
from terminal_kit import at_terminal

from copydesk import mending
from copydesk.model.finding import CopydeskError
from copydesk.results import RunResults
from copydesk.runner import Options, Session

#: A title without its quotes, and a pager; an emoji stands before both.
OLD = (
    "---\ntitle: KAP 🌿: a day\n---\n\nWe open at nine 🌿.\n\n"
    "Previous\nPrevious\n\nOur room\n\nNext\nNext\n\nOur team\n"
)
NEW = '---\ntitle: "KAP 🌿: a day"\n---\n\nWe open at nine 🌿.\n'
CLAIM = post("A cure", "Ketamine cures depression for everyone.")


def test_without_a_terminal_it_shows_the_diff_and_wants_a_yes(here, copydesk):
    write("posts/kap.md", OLD)
    ran = copydesk("fix")
    assert ran.code == 2
    assert "-title: KAP 🌿: a day\n+title: " in ran.out
    assert "--yes" in ran.err
    assert Path("posts/kap.md").read_text("utf-8") == OLD


def test_yes_writes_and_says_what_was_done(here, copydesk):
    write("posts/kap.md", OLD)
    ran = copydesk("fix", "posts/kap.md", "--yes")
    assert Path("posts/kap.md").read_bytes().decode() == NEW
    assert "line 2, basics.unquoted" in ran.out
    assert "line 7, artefacts.pager: took out “Previous Previous Our room" in ran.out
    assert ran.code == 0
    again = copydesk("fix", "posts/kap.md")
    assert (again.code, again.out) == (0, "There is nothing to mend.\n")


def test_diff_writes_nothing_and_git_can_apply_it(here, copydesk):
    write("posts/kap.md", b"\xef\xbb\xbf" + OLD.replace("\n", "\r\n").encode())
    write("posts/fine.md", post())
    before = tree()
    ran = copydesk("fix", "--diff", "posts")
    assert ran.code == 1
    assert tree() == before
    Path("fix.diff").write_bytes(process("fix", "--diff", "posts").out.encode())
    subprocess.run(["git", "apply", "-p0", "--whitespace=nowarn", "fix.diff"], check=True)
    mended = tree()
    write("posts/kap.md", before["posts/kap.md"])
    assert copydesk("fix", "--yes", "posts").code == 0
    assert tree() == mended
    assert mended["posts/kap.md"] == b"\xef\xbb\xbf" + NEW.replace("\n", "\r\n").encode()
    assert copydesk("fix", "--diff", "posts").code == 0


def test_what_is_left_counts(here, copydesk):
    write("posts/kap.md", OLD + "\nKetamine cures depression for everyone.\n")
    ran = copydesk("fix", "posts", "--yes")
    assert ran.code == 1
    assert "Left for you: 1 error" in ran.out and "`copydesk lint posts` shows them" in ran.out
    assert copydesk("fix", "posts", "--fail-on", "never").code == 0


def test_a_claim_is_never_touched(here, copydesk):
    write("posts/cure.md", CLAIM)
    ran = copydesk("fix", "posts", "--yes")
    assert ran.code == 1 and "Nothing has a safe fix." in ran.out
    assert Path("posts/cure.md").read_text("utf-8") == CLAIM


def test_findings_with_a_waiver_stay(here, copydesk):
    write("copydesk.toml", "root = true\n")
    write("posts/kap.md", OLD)
    write(
        "waivers.toml",
        '[[waiver]]\npost = "posts/kap.md"\nrule = "artefacts.pager"\nquote = "Our room"\n'
        'reason = "It is a list of rooms."\nby = ["mara"]\n',
    )
    assert copydesk("fix", "posts", "--yes").code == 0
    text = Path("posts/kap.md").read_text("utf-8")
    assert "Previous" in text and '"KAP' in text


def test_only_the_chosen_rules(here, copydesk):
    write("posts/kap.md", OLD)
    assert copydesk("fix", "--yes", "--select", "basics").code == 0
    text = Path("posts/kap.md").read_text("utf-8")
    assert "Previous" in text and '"KAP' in text


def test_the_mode_of_a_file_stays_and_a_link_stays_a_link(here, copydesk):
    real = write("posts/kap.md", OLD)
    real.chmod(0o640)
    Path("posts/link.md").symlink_to("kap.md")
    assert copydesk("fix", "posts/link.md", "--yes").code == 0
    assert Path("posts/link.md").is_symlink()
    assert real.read_bytes().decode() == NEW
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_file_under_two_names_is_mended_once(here, copydesk):
    write("posts/kap.md", OLD)
    Path("posts/link.md").symlink_to("kap.md")
    ran = copydesk("fix", "posts", "--yes")
    assert ran.err == ""
    assert Path("posts/kap.md").read_bytes().decode() == NEW


def test_a_read_only_file_stays_and_the_others_are_mended(here, copydesk):
    write("posts/a.md", OLD).chmod(0o444)
    write("posts/b.md", OLD)
    ran = copydesk("fix", "posts", "--yes")
    assert ran.code == 2
    assert "posts/a.md could not be written: the file is read-only" in ran.err
    assert Path("posts/a.md").read_bytes().decode() == OLD
    assert Path("posts/b.md").read_bytes().decode() == NEW


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_read_only_folder(here, copydesk):
    write("posts/a.md", OLD)
    Path("posts").chmod(0o555)
    try:
        assert copydesk("fix", "posts", "--yes").code == 2
    finally:
        Path("posts").chmod(0o755)
    assert Path("posts/a.md").read_bytes().decode() == OLD


def planned() -> mending.Planned:
    session = Session(Options(use_cache=False, jobs="1", now=datetime(2026, 6, 1, tzinfo=UTC)))
    try:
        session.check([Path("posts")])
        return mending.plan(session, RunResults(session))
    finally:
        session.close()


def test_a_file_that_changed_since_it_was_read_is_left_alone(here):
    write("posts/kap.md", OLD)
    (change,) = planned().changes
    write("posts/kap.md", "Somebody wrote on.\n")
    with pytest.raises(CopydeskError, match="somebody changed it"):
        mending.write(change)
    assert Path("posts/kap.md").read_text("utf-8") == "Somebody wrote on.\n"
    Path("posts/kap.md").unlink()
    with pytest.raises(CopydeskError, match="no such file"):
        mending.write(change)
    assert not tree("posts")


KILLED = """
import os, pathlib, signal
pathlib.Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from copydesk.cli.main import run
run(["fix", "posts", "--yes"])
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
def test_killed_while_writing_the_old_file_is_whole(here, copydesk):
    write("posts/kap.md", OLD)
    done = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, timeout=60)
    assert done.returncode == -9
    assert Path("posts/kap.md").read_bytes().decode() == OLD
    assert copydesk("fix", "posts", "--yes").code == 0  # what was left behind is no post
    assert Path("posts/kap.md").read_bytes().decode() == NEW


HOUSE = """
from copydesk.api import Edit, Report, Span, hookimpl, rule

TEXTS = dict(summary="s", why="w", good="g", bad="b", authority="a")


def swap(name, old, new):
    @rule(name, **TEXTS)
    def check(ctx):
        at = ctx.post.source.text.find(old)
        if at >= 0:
            yield Report(Span(at, at + len(old)), "A.", "B.", fix=(Edit(at, at + len(old), new),))
    return check


@hookimpl
def register_rules():
    return [swap("house.to", "colour", "color"), swap("house.fro", "color", "colour")]
"""


def test_rules_of_others_that_undo_each_other_are_named(here, copydesk):
    write("house.py", HOUSE)
    write("posts/kap.md", OLD.replace("nine", "nine in colour"))
    ran = copydesk("fix", "posts", "--yes", "--plugin", "house.py")
    assert "house.to was left to you: its fix and that of house.fro undo each other" in ran.err
    assert Path("posts/kap.md").read_bytes().decode() == NEW.replace("nine", "nine in colour")


def test_a_post_that_cannot_be_read_does_not_stop_the_others(here, copydesk):
    write("posts/bad.md", b"caf\xe9\n")
    write("posts/kap.md", OLD)
    ran = copydesk("fix", "posts", "--yes")
    assert ran.code == 2 and "posts/bad.md" in ran.err
    assert Path("posts/kap.md").read_bytes().decode() == NEW


def test_on_a_terminal_it_asks(here):
    write("posts/kap.md", OLD)
    for answer, expected in (("n", OLD), ("y", NEW)):
        code, seen = at_terminal("fix", "posts", answers={"[y/N]: ": [answer]}, TERM="dumb")
        assert code == (2 if answer == "n" else 0)
        assert "-title" in seen
        assert ("Nothing was written." in seen) is (answer == "n")
        assert Path("posts/kap.md").read_bytes().decode() == expected


def test_lint_says_what_can_be_mended(here, copydesk):
    write("posts/a visit.md", OLD)
    said = copydesk("lint", "posts").out
    assert "2 of these can be mended for you: `copydesk fix 'posts/a visit.md'`." in said
    write("posts/a visit.md", CLAIM)
    assert "copydesk fix" not in copydesk("lint", "posts").out


def test_nothing_of_the_file_is_lost_in_a_large_post(here, copydesk):
    body = "".join(f"Paragraph {number} 🌿.\n\n" for number in range(2000))
    write("posts/kap.md", OLD.replace("We open", body + "We open"))
    assert copydesk("fix", "posts", "--yes").code == 0
    digest = hashlib.sha256(NEW.replace("We open", body + "We open").encode()).hexdigest()
    assert hashlib.sha256(Path("posts/kap.md").read_bytes()).hexdigest() == digest
