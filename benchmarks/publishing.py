"""Run `python -m benchmarks.publishing`: many posts to a real WordPress, against its own pace.

What WordPress itself needs is told by sending it the same requests once more, bare: they are taken
down on the way of a first run, and played back to the same WordPress put back to its beginning.
The rest is what Copydesk adds. Half an hour for 1,000 posts; `--posts 100` tries it.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from benchmarks.posts import Writer
from benchmarks.table import Row, lines
from benchmarks.timing import Cost, copydesk, run

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "cms"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "cms" / "servers"))

from fault_proxy import FaultProxy, Request  # these are found through the lines above
from systems_kit import stop
from wordpress_kit import WordPress

_PUBLISH = copydesk("publish", "--to", "wp", "--go-live", "--yes")
_PLAN = copydesk("plan", "--to", "wp")
#: WordPress gives no more posts than this on one page.
_PAGE = 100


def site(folder: Path, posts: int, url: str, wordpress: WordPress) -> Path:
    """Write a site whose target is WordPress at an address, and let this process know the login."""
    (folder / "posts").mkdir(parents=True)
    target = f'[targets.wp]\nkind = "wordpress"\nurl = "{url}/"\nuser = "admin"\n'
    (folder / "copydesk.toml").write_text(f"root = true\n{target}", "utf-8")
    for number in range(posts):
        text = Writer(number, faults=False).post()
        (folder / "posts" / f"visit-{number:05}.md").write_text(text, "utf-8")
    os.environ |= {"COPYDESK_WP_SECRET": wordpress.secret, "COPYDESK_WP_URL": url}
    return folder


def recorded(folder: Path, posts: int, wordpress: WordPress) -> tuple[list[Request], int]:
    """Publish through a proxy; return every request, and how many a plan takes afterwards."""
    wordpress.clean()
    with FaultProxy(wordpress.port) as proxy:
        practice = site(folder, posts, proxy.url, wordpress)
        run(_PUBLISH, practice, allowed=(0,))
        log = proxy.log()
        proxy.reset()
        run(_PLAN, practice, allowed=(0,))
        if proxy.writes():
            raise RuntimeError("a plan wrote something")
        return log, len(proxy.log())


def published(folder: Path, posts: int, wordpress: WordPress) -> Cost:
    """Publish with nothing in between; return what it cost."""
    wordpress.clean()
    return run(_PUBLISH, site(folder, posts, wordpress.url, wordpress), allowed=(0,))


def replayed(log: list[Request], wordpress: WordPress) -> float:
    """Send the same requests one after the other; return the seconds that it took."""
    wordpress.clean()
    with requests.Session() as session:
        session.trust_env = False
        started = time.perf_counter()
        for each in log:
            answer = session.request(
                each.method, wordpress.url + each.path, data=each.body, headers=dict(each.headers)
            )
            if answer.status_code != each.status:
                raise RuntimeError(f"{each.shown} was answered {answer.status_code} this time")
        return time.perf_counter() - started


def rows(folder: Path, posts: int, wordpress: WordPress) -> Iterator[Row]:
    """Measure everything, few posts before many."""
    few = max(1, posts // 10)
    low = published(folder / "few", few, wordpress).peak_kb
    log, looks = recorded(folder / "recorded", posts, wordpress)
    cost = published(folder / "published", posts, wordpress)
    bare = replayed(log, wordpress)
    yield Row(f"publish {posts:,} posts, make them public, link them", cost.wall, "s", None)
    yield Row(f"the same {len(log):,} requests, bare", bare, "s", None)
    yield Row("one against the other", cost.wall / bare, ": 1", 1.3)
    yield Row(f"peak of memory at {few:,} posts", low / 1024, "MB", None)
    yield Row(f"peak of memory at {posts:,} posts", cost.peak_kb / 1024, "MB", None)
    growth = (cost.peak_kb - low) / (posts - few)
    yield Row("memory for each further post", growth, "kB", None)
    pages = math.ceil((posts + 1) / _PAGE)  # one post comes with WordPress
    yield Row(f"requests of a plan without changes ({pages} pages)", looks, "", None)


def main() -> None:
    """Start a WordPress, measure, and print row by row."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publishing", description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="copydesk-bench-cms-"))
    try:
        wordpress = WordPress(folder / "wordpress")
        for line in lines(rows(folder, given.posts, wordpress)):
            print(line, flush=True)
    finally:
        stop(folder / "wordpress")
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
