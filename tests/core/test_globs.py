"""Path patterns, also hostile ones."""

from __future__ import annotations

import time

import pytest

from copydesk.globs import matches


@pytest.mark.parametrize(
    ("pattern", "key", "answer"),
    [
        ("*.md", "posts/a.md", True),
        ("drafts", "posts/drafts/a.md", True),
        ("drafts/", "posts/drafts/a.md", True),
        ("drafts", "posts/my-drafts/a.md", False),
        ("/index.md", "index.md", True),
        ("/index.md", "posts/index.md", False),
        ("posts/*.md", "posts/a.md", True),
        ("posts/*.md", "posts/old/a.md", False),
        ("posts/*.md", "site/posts/a.md", False),
        ("posts/old/", "posts/old/deep/a.md", True),
        ("posts/**", "posts/a.md", True),
        ("**", "a.md", True),
        ("**/old/**", "a/old/b/c.md", True),
        ("**/old/*.md", "old/c.md", True),
        ("posts/**/x.md", "posts/x.md", True),
        ("posts/?.md", "posts/ab.md", False),
        ("posts/[ab].md", "posts/b.md", True),
        ("A.md", "a.md", False),
        ("", "a.md", False),
    ],
)
def test_matches(pattern: str, key: str, answer: bool) -> None:
    assert matches(pattern, key) is answer


@pytest.mark.parametrize("pattern", ["*a" * 60 + "b", "**/" * 200 + "b", "x/" + "*?" * 100])
def test_patterns_of_many_stars_end_soon(pattern: str) -> None:
    started = time.perf_counter()
    assert not matches(pattern, "/".join(["a" * 200] * 40))
    assert time.perf_counter() - started < 2
