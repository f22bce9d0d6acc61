"""Run `python -m benchmarks`; `--quick` tries everything with few posts."""

from __future__ import annotations

import argparse
import itertools
import tempfile
from pathlib import Path

from benchmarks import claims, commands, duplicates, phases, watching
from benchmarks.table import lines


def main() -> None:
    """Measure and print, row by row."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few posts; ratios are rough")
    parser.add_argument("--times", type=int, default=5, help="pairs of runs behind each median")
    given = parser.parse_args()
    posts, times = (100, 3) if given.quick else (1000, given.times)
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as name:
        folder = Path(name)
        rows = itertools.chain(
            commands.start(folder, times * 3),
            commands.many(folder, posts, times),
            commands.memory(folder, posts // 5, posts * 2),
            phases.phases(max(10, posts // 20), times),
            claims.claims(times),
            commands.whole_run(folder, posts),
            duplicates.duplicates(folder, posts * 10),
            watching.waits(folder, posts * 6 // 10, times * 3),
        )
        for line in lines(rows):
            print(line, flush=True)


if __name__ == "__main__":
    main()
