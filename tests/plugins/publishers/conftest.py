"""Makes the kits of this folder importable from its tests, however pytest was called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from memory_kit import Site


@pytest.fixture(params=["word", "ghost"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """A small site whose target is a blog in memory, of each of the two kinds."""
    from memory_kit import Blog, Site

    return Site(tmp_path / "practice", Blog(request.param))
