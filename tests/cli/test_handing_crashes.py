"""A run that is killed at any file that it moves or removes: the next one ends as if it had not."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path

import pytest
from cli_kit import NOW, tree, write
from handing_kit import PNG, add, change, done, ledger, make_site, pages, planned, publish

MOST = 60

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")


def killed(number: int, *arguments: str) -> bool:
    """Run in a process that dies before or after its n-th move or removal; say whether it did."""
    child = os.fork()
    if child == 0:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        _die_at(number)
        from copydesk.cli.main import run

        os._exit(run([*arguments, "--now", NOW]))
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0
        return False
    assert os.WTERMSIG(status) == signal.SIGKILL
    return True


def _die_at(number: int) -> None:
    last, after, seen = number // 2, number % 2, 0

    def dying(real):
        def call(*args, **kwargs):
            nonlocal seen
            if seen == last and not after and os.path.lexists(args[0]):
                os.kill(os.getpid(), signal.SIGKILL)
            real(*args, **kwargs)  # what is not there is no move and no removal
            seen += 1
            if seen == last + 1:
                os.kill(os.getpid(), signal.SIGKILL)

        return call

    os.replace, os.unlink = dying(os.replace), dying(os.unlink)


def first_run(copydesk) -> tuple[str, ...]:
    return ()


def later_run(copydesk) -> tuple[str, ...]:
    """Change a site that was carried over in every way there is."""
    write("posts/door.png", PNG)
    add("garden", 4, image="door.png", image_alt="A door")
    publish(copydesk, "paste")
    done("hours", "parking", "garden")
    publish(copydesk, "paste")
    change("garden", "there is", "there was")
    publish(copydesk, "paste")
    change("garden", "there was", "there is")  # its page has to go
    change("hours", "About hours", "Opening hours")
    Path("posts/parking.md").unlink()
    add("cellar", 2, published="2026-03-02T12:00:00Z")
    return ("--overwrite", "parking")


@pytest.mark.parametrize("prepare", [first_run, later_run])
def test_pages_after_a_kill(copydesk, here, prepare):
    make_site()
    prepare(copydesk)
    start = here.with_name("start")
    shutil.copytree(here, start)
    publish(copydesk, "paste")
    end, record, waiting = tree("handover"), ledger("paste"), pages()
    died = 0
    for number in range(MOST):
        shutil.rmtree(here)
        shutil.copytree(start, here)
        os.chdir(here)
        if not killed(number, "publish", "--to", "paste"):
            break
        died += 1
        publish(copydesk, "paste")
        assert (tree("handover"), pages()) == (end, waiting), f"killed at {number}"
        assert ledger("paste") == record, f"killed at {number}"
        assert {each["action"] for each in planned(copydesk, "paste")["changes"]} <= {
            "unchanged",
            "kept",
        }
    assert died >= 10


def test_an_import_file_after_a_kill(copydesk, here):
    make_site()
    publish(copydesk, "wxr")
    change("hours", "there is", "there was")
    add("garden", 4)
    start = here.with_name("start")
    shutil.copytree(here, start)
    publish(copydesk, "wxr")
    end, record = Path("wxr.wxr.xml").read_bytes(), ledger("wxr")
    died = 0
    for number in range(MOST):
        shutil.rmtree(here)
        shutil.copytree(start, here)
        os.chdir(here)
        if not killed(number, "publish", "--to", "wxr"):
            break
        died += 1
        publish(copydesk, "wxr")
        assert Path("wxr.wxr.xml").read_bytes() == end, f"killed at {number}"
        assert json.dumps(ledger("wxr")) == json.dumps(record), f"killed at {number}"
    assert died >= 6


def test_taking_the_last_post_out_of_a_file_survives_a_kill(copydesk, here):
    make_site("fees")
    publish(copydesk, "wxr")
    start = here.with_name("start")
    shutil.copytree(here, start)
    for number in range(MOST):
        shutil.rmtree(here)
        shutil.copytree(start, here)
        os.chdir(here)
        dead = killed(number, "unpublish", "fees", "--to", "wxr")
        change("fees", "state: published", "state: draft")
        publish(copydesk, "wxr")
        if not dead:
            break
        if ledger("wxr")["posts"]:  # it died before anything was noted: it is asked for again
            copydesk("unpublish", "fees", "--to", "wxr", "--now", NOW)
        assert ledger("wxr") == {"version": 1, "posts": {}, "files": {}}, f"killed at {number}"
        assert not Path("wxr.wxr.xml").exists()
