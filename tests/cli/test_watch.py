"""`copydesk watch`: each save shows the findings of that post, however an editor saves.

No test depends on how long a thing takes: each waits for the words that have to come.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_kit import GOOD, post, write

from copydesk.runner import Options
from copydesk.watching import Update, Watched

CURE = post("A cure", "Ketamine cures depression for everyone.")
LIMIT = 60
posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")


def listen() -> None:
    """Let a child hear Ctrl-C: one started by a shell in the background is told to ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Screen:
    """What a running watch has said so far."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        self.running = running
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.running.stdout is not None
        for line in self.running.stdout:
            self._lines.put(line)

    def until(self, words: str) -> str:
        """Return what comes up to a line with some words; fails where it never comes."""
        seen = ""
        end = time.monotonic() + LIMIT
        while words not in seen:
            try:
                seen += self._lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{words!r} never came; instead: {seen}") from None
        return seen


@contextmanager
def watching(*arguments: str) -> Iterator[Screen]:
    running = subprocess.Popen(
        [sys.executable, "-m", "copydesk", "watch", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        preexec_fn=listen,
    )
    try:
        yield Screen(running)
    finally:
        running.kill()
        running.wait(LIMIT)


@posix
def test_a_save_shows_the_findings_of_that_post_and_control_c_ends_it(here):
    write("posts/fees.md", post("Fees"))
    write("posts/cure.md", CURE)
    with watching("posts") as screen:
        first = screen.until("Ctrl-C ends this")
        assert "claims.absolute" in first and "2 posts checked" in first
        write("posts/fees.md", post("Fees", "Massage cures depression for everyone."))
        seen = screen.until("1 post checked")
        assert "posts/fees.md ──" in seen and "posts/fees.md:" in seen
        assert "posts/cure.md" not in seen
        assert "\x1b" not in first + seen
        os.kill(screen.running.pid, signal.SIGINT)
        assert "Stopped watching." in screen.until("Stopped watching.")
        assert screen.running.wait(LIMIT) == 0


def test_editors_that_write_a_new_file_and_rename_it(here):
    write("posts/fees.md", post("Fees"))
    with watching("posts") as screen:
        screen.until("Ctrl-C ends this")
        for number in range(3):
            write("posts/.fees.md.swp", CURE + f"\nPart {number}.\n")
            Path("posts/.fees.md.swp").replace("posts/fees.md")
            assert "claims.absolute" in screen.until("posts checked" if number > 9 else "1 post")


def test_new_deleted_and_broken_posts(here):
    write("posts/fees.md", post("Fees"))
    with watching() as screen:
        screen.until("Ctrl-C ends this")
        write("posts/new/cure.md", CURE)
        assert "posts/new/cure.md:" in screen.until("1 post checked")
        Path("posts/new/cure.md").unlink()
        screen.until("posts/new/cure.md is gone")
        write("posts/fees.md", b"caf\xe9\n")
        assert "is not UTF-8" in screen.until("1 not read")
        write("posts/fees.md", CURE)
        assert "claims.absolute" in screen.until("1 post checked")


def test_changed_settings_waivers_and_plugins_are_taken_in(here):
    write("copydesk.toml", 'root = true\nplugin-files = ["house.py"]\n')
    plugin = (
        "from copydesk.api import Report, Span, hookimpl, rule\n\n\n"
        '@rule("house.word", summary="s", why="w", good="g", bad="b", authority="a")\n'
        'def word(ctx):\n    yield Report(Span(0, 1), "Said WORD.", "Help.")\n\n\n'
        "@hookimpl\ndef register_rules():\n    return [word]\n"
    )
    write("house.py", plugin.replace("WORD", "one"))
    write("posts/cure.md", CURE)
    with watching() as screen:
        assert "Said one." in screen.until("Ctrl-C ends this")
        write("house.py", plugin.replace("WORD", "two, and more"))
        seen = screen.until("1 post checked")
        assert "house.py changed" in seen and "Said two, and more." in seen
        write("copydesk.toml", 'root = true\nignore = ["claims"]\n')
        seen = screen.until("1 post checked")
        assert "copydesk.toml changed" in seen and "claims" not in seen.split("──")[-1]
        write("copydesk.toml", "root = nonsense\n")
        assert "failed copydesk.toml" in screen.until("0 posts checked")
        write("copydesk.toml", "root = true\n")
        assert "claims.absolute" in screen.until("1 post checked")


def test_nothing_to_watch_ends_with_2(here, copydesk):
    assert copydesk("watch", "posts/none.md").code == 2
    write("copydesk.toml", "root = nonsense\n")
    write("posts/fees.md", GOOD)
    assert copydesk("watch").code == 2


# --- the looks themselves, without a process: what is judged, and what is not


def clock() -> datetime:
    return datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def looked(here) -> Iterator[Watched]:
    for number in range(5):
        write(f"posts/{number}.md", post(f"Fees {number}", day=number + 1))
    watched = Watched([Path("posts")], Options(use_cache=False, jobs="1"), clock)
    watched.load()
    yield watched
    watched.close()


def rules(update: Update | None) -> dict[str, list[str]]:
    assert update is not None
    return {each.path: [one.rule for one in each.findings] for each in update.results.files()}


def test_nothing_moved_nothing_to_say(looked):
    assert looked.look() is None


def test_several_saves_at_once(looked):
    write("posts/1.md", CURE)
    write("posts/3.md", CURE)
    update = looked.look()
    assert update is not None and update.saved == ("posts/1.md", "posts/3.md")
    assert set(rules(update)) == {"posts/1.md", "posts/3.md"}
    assert looked.look() is None


def test_rules_for_the_whole_site_see_the_posts_that_were_not_judged_again(looked):
    write("posts/4.md", post("Fees", id="one", day=5))
    looked.look()
    write("posts/1.md", post("Rooms", id="one", day=2))
    assert "basics.duplicate-id" in rules(looked.look())["posts/1.md"]
    write("posts/4.md", post("Fees", id="two", day=5))
    looked.look()
    write("posts/1.md", post("Rooms", "Once more.", id="one", day=2))
    assert "basics.duplicate-id" not in rules(looked.look())["posts/1.md"]


def test_a_look_finds_what_a_run_from_the_start_finds(looked):
    write("posts/1.md", post("All about fees", "Ketamine cures all.", day=2))
    write("posts/new.md", CURE)
    Path("posts/2.md").unlink()
    seen = rules(looked.look())
    again = Watched([Path("posts")], Options(use_cache=False, jobs="1"), clock)
    whole = rules(again.load())
    again.close()
    assert seen == {path: whole[path] for path in ("posts/1.md", "posts/new.md")}


def test_a_stale_waiver_is_seen_at_the_save_that_makes_it_stale(here):
    write("posts/cure.md", CURE)
    write(
        "waivers.toml",
        '[[waiver]]\npost = "posts/cure.md"\nrule = "claims.absolute"\nquote = "Ketamine cures"\n'
        'reason = "It is a quotation."\nby = ["mara", "jo"]\n',
    )
    watched = Watched([Path("posts")], Options(use_cache=False, jobs="1"), clock)
    assert "waivers.toml" not in rules(watched.load())
    write("posts/cure.md", post("A cure", "We open at nine."))
    assert rules(watched.look())["waivers.toml"] == ["waivers.stale"]
    watched.close()


def test_only_what_was_asked_for_is_shown(here):
    write("posts/one.md", post("One"))
    write("posts/two.md", post("Two"))
    watched = Watched([Path("posts/one.md")], Options(use_cache=False, jobs="1"), clock)
    watched.load()
    assert watched.posts == 1
    write("posts/two.md", CURE)
    assert watched.look() is None
    write("posts/one.md", CURE)
    assert set(rules(watched.look())) == {"posts/one.md"}
    Path("posts/one.md").unlink()
    update = watched.look()
    assert update is not None and update.gone == ("posts/one.md",)
    write("posts/one.md", CURE)
    assert set(rules(watched.look())) == {"posts/one.md"}
    watched.close()
