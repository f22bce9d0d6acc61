"""Makes the kits of this folder importable, and gives tests of reviews a site."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from review_kit import Site  # found through the line above


@pytest.fixture
def empty_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Site:
    """Work in a new site with people and without posts, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "practice"
    root.mkdir()
    monkeypatch.chdir(root)
    return Site(root, lambda: tuple(capsys.readouterr()))  # type: ignore[arg-type]
