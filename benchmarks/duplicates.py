"""What it costs to hold all posts of a site against each other, with copies and a notice in them.

The sentences of `benchmarks/posts.py` come from a small stock, so everything there is a copy of
something; here texts are made of many invented words, as few runs of real texts are alike.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from benchmarks.table import Row
from benchmarks.timing import Cost, copydesk, run

_PARTS = ("ba", "ke", "ti", "lo", "mu", "ran", "des", "vi", "por", "sal", "ten", "gra", "nel", "fo")
#: One post of so many is a copy of the one before.
_COPIES = 50
_PARAGRAPHS, _SENTENCES = 14, 4


class _Texts:
    """Writes paragraphs of invented words, some of them frequent and most of them rare."""

    def __init__(self) -> None:
        self._random = random.Random(1)
        self._words = [
            "".join(self._random.choices(_PARTS, k=1 + n % 4)) + _PARTS[n % 14] for n in range(6000)
        ]
        self._shares = list(accumulate(1 / (n + 3) for n in range(len(self._words))))

    def words(self, number: int) -> str:
        return " ".join(self._random.choices(self._words, cum_weights=self._shares, k=number))

    def paragraph(self) -> str:
        lengths = self._random.choices(range(6, 22), k=_SENTENCES)
        return " ".join(self.words(number).capitalize() + "." for number in lengths)

    def body(self) -> list[str]:
        parts = []
        for number in range(_PARAGRAPHS):
            if number % 3 == 0:
                parts.append(f"## {self.words(4).capitalize()}")
            parts.append(self.paragraph())
        return parts

    def front_matter(self, number: int) -> str:
        keyphrase = f"keyphrase: {self.words(3)}\n" if number % 2 else ""
        return f"---\ntitle: {self.words(6).capitalize()}\n{keyphrase}---\n\n"


def write_site(folder: Path, posts: int) -> Path:
    """Write a site of posts of 800 words that all end in one notice, some of them copies."""
    (folder / "posts").mkdir(parents=True)
    (folder / "copydesk.toml").write_text("root = true\n", "utf-8")
    texts = _Texts()
    notice = [texts.paragraph(), texts.paragraph()]
    body: list[str] = []
    for number in range(posts):
        if number % _COPIES != 1:
            body = texts.body()
        text = texts.front_matter(number) + "\n\n".join([*body, *notice]) + "\n"
        (folder / "posts" / f"{number:05}.md").write_text(text, "utf-8")
    return folder


def duplicates(folder: Path, posts: int) -> Iterator[Row]:
    """Measure the two rules beside a rule that does next to nothing; budgets are for 10,000."""
    site = write_site(folder / "duplicates", posts)
    nothing = _lint(site, "basics.duplicate-id")
    both = _lint(site, "duplicates")
    name = f"copies and rivals among {posts:,} posts"
    yield Row(f"{name}: reading and index", nothing.cpu, "s", None)
    yield Row(f"{name}: the two rules", both.cpu - nothing.cpu, "s", 60)
    yield Row(f"{name}: peak of memory", both.peak_kb / 1024, "MB", 500)


def _lint(site: Path, rules: str) -> Cost:
    arguments = (
        "lint",
        "posts",
        "--no-cache",
        "--jobs",
        "1",
        "--format",
        "json",
        "--select",
        rules,
    )
    return run(copydesk(*arguments), site)
