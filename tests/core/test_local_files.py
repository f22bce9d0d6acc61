"""Local addresses: no way out of the site."""

from __future__ import annotations

from pathlib import Path

import pytest
from core_kit import write
from hypothesis import given
from hypothesis import strategies as st

from copydesk.local_files import exists, is_local, resolve

PIECES = (
    "..",
    ".",
    "/",
    "\\",
    "%2e%2e",
    "%2f",
    "%00",
    "\0",
    "a",
    "out",
    "#x",
    "?y",
    "C:",
    "~",
    " ",
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, {"secret.txt": "x", "site/posts/a.png": "x", "site/b c.png": "x"})
    (tmp_path / "site/posts/out").symlink_to(tmp_path)
    (tmp_path / "site/posts/loop").symlink_to(tmp_path / "site/posts/loop")
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("href", "there"),
    [
        ("a.png", True),
        ("./a.png#top", True),
        ("a.png?v=2", True),
        ("../b%20c.png", True),
        ("/b c.png", True),
        ("/posts/a.png", True),
        ("none.png", False),
        ("../posts", False),
        ("../../secret.txt", False),
        ("%2e%2e/%2e%2e/secret.txt", False),
        ("out/secret.txt", False),
        ("/../secret.txt", False),
        ("loop", False),
        ("a.png%00", False),
        ("x" * 5000, False),
        ("#", None),
        ("#top", None),
        ("?x", None),
        ("//host/a.png", None),
        ("https://x.org", None),
        ("", None),
        ("mailto:a@b", None),
        ("data:text/plain,x", None),
        ("copydesk:fees", None),
    ],
)
def test_exists(site: Path, href: str, there: bool | None) -> None:
    assert exists(href, site / "posts", site) is there


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join))
def test_nothing_resolves_outside(href: str) -> None:
    root = Path("/nowhere/site")
    found = resolve(href, root / "posts", root)
    assert found is None or found.is_relative_to(root)


def test_an_absolute_path_starts_at_the_root(site: Path) -> None:
    assert resolve(str(site.parent / "secret.txt"), site, site) != site.parent / "secret.txt"
    assert not is_local("javascript:alert(1)")
