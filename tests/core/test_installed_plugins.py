"""Whether installed packages bring plugins is found without asking importlib.metadata."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

from copydesk import registry


def package(folder: Path, text: str, info: str = "clinic-1.0.dist-info") -> str:
    (folder / info).mkdir(parents=True)
    (folder / info / "METADATA").write_text("Name: clinic\nVersion: 1.0\n")
    (folder / info / "entry_points.txt").write_text(text)
    return str(folder)


@pytest.mark.parametrize("info", ["clinic-1.0.dist-info", "clinic.egg-info"])
def test_a_package_with_our_group_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, info: str
) -> None:
    place = package(tmp_path / "a", "[copydesk]\nclinic = clinic.rules\n", info)
    monkeypatch.syspath_prepend(place)
    assert registry._may_be_installed()
    if info.startswith("clinic-"):
        found = registry.external_refs([], True)
        assert [(each.name, each.module, each.distribution) for each in found] == [
            ("clinic", "clinic.rules", "clinic 1.0")
        ]


def test_other_groups_and_odd_places_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = package(tmp_path / "a", "[console_scripts]\ncopydesk = copydesk.__main__:main\n")
    (tmp_path / "a" / "bare.egg-info").write_text("Name: bare\n")
    monkeypatch.setattr(sys, "path", [place, str(tmp_path / "gone")])
    # Other tests import packages that put finders of their own in its place: keyring does,
    # through importlib_metadata, below Python 3.12.
    monkeypatch.setattr(sys, "meta_path", [PathFinder])
    monkeypatch.setattr(PathFinder, "find_distributions", lambda context: (), raising=False)
    assert not registry._may_be_installed()


@pytest.mark.parametrize("name", ["packages.zip", "old.egg"])
def test_a_doubt_counts_as_yes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    place = tmp_path / name
    if name.endswith(".zip"):
        place.write_bytes(b"PK")
    else:
        place.mkdir()
    monkeypatch.setattr(sys, "path", [str(place)])
    assert registry._may_be_installed()
