"""Record files that are links: what leads out of the site or nowhere is named, not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.api import CopydeskError
from copydesk.site_records import RecordFiles


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("claims.toml", "is a link that leads back to itself"),
        ("../elsewhere.toml", "is a link that leads out of the site"),
    ],
)
def test_a_link_that_leads_astray_is_named(tmp_path: Path, target: str, words: str) -> None:
    root = tmp_path / "site"
    root.mkdir()
    (tmp_path / "elsewhere.toml").write_text("x = 1\n")
    (root / "claims.toml").symlink_to(target)
    with pytest.raises(CopydeskError, match=words) as caught:
        RecordFiles(root, {}).read("claims.toml")
    assert caught.value.failure.path.endswith("claims.toml")


def test_a_link_to_nothing_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "claims.toml").symlink_to("gone.toml")
    assert RecordFiles(tmp_path, {}).read("claims.toml") is None
