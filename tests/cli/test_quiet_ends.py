"""A reader that goes away and a hand on Ctrl-C end a run without a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli_kit import post, write

COMMAND = [sys.executable, "-m", "copydesk"]


def many_findings(posts: int = 30) -> None:
    body = "".join(f"![](images/{number}.png)\n\n" for number in range(60))
    for number in range(posts):
        write(f"posts/{number}.md", post(f"Fees {number}", body))


@pytest.mark.parametrize(
    "arguments", [["lint", "--all"], ["lint", "--format", "json"], ["plan"], ["rules"], ["--help"]]
)
def test_a_closed_pipe(here, arguments):
    many_findings()
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*COMMAND, *arguments], stdout=writing, stderr=subprocess.PIPE, timeout=60
        )
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 2


def listen() -> None:
    """Let a child hear Ctrl-C: one started by a shell in the background is told to ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_control_c(here, jobs):
    write("house.py", "import time\ntime.sleep(60)\n")
    many_findings(400)
    process = subprocess.Popen(
        [*COMMAND, "lint", "--no-cache", "--jobs", jobs],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=listen,
    )
    time.sleep(1.2 if jobs == "1" else 2)
    running = process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert b"Traceback" not in said, said.decode()
    if running:
        assert process.returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")
def test_control_c_while_a_plugin_loads(here):
    write("house.py", "import time\ntime.sleep(60)\n")
    many_findings(1)
    process = subprocess.Popen(
        [*COMMAND, "lint", "--plugin", "house.py"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=listen,
    )
    time.sleep(2)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert b"Traceback" not in said, said.decode()
    assert process.returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "arguments", [["--version"], ["rules"], ["lint"], ["check", "--format", "json"], ["--help"]]
)
def test_a_full_disk(here, arguments):
    write("posts/fees.md", post("Fees"))
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, timeout=60, text=True
        )
    assert done.returncode == 2
    assert done.stderr == (
        "failed something could not be written: no space left on device. "
        "Make room where the output goes, then run again.\n"
    )
