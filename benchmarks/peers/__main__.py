"""Run `python -m benchmarks.peers`, or `make bench-peers`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.peers.installing import CACHE
from benchmarks.peers.measuring import measured
from benchmarks.peers.report import lines
from benchmarks.peers.tools import PEERS


def main() -> None:
    """Install what is missing, measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--times", type=int, default=3, help="rounds behind each median")
    parser.add_argument("--offline", action="store_true", help="take only what is installed")
    given = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-peers-") as name:
        run = measured(PEERS, Path(name), CACHE, given.posts, given.times, given.offline)
        for each in run:
            print(f"{each.tool.name}: {each.failed or 'measured'}", flush=True)
            found.append(each)
    print("", *lines(found), sep="\n")


if __name__ == "__main__":
    main()
