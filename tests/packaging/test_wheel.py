"""The wheel alone works: an empty folder, three Markdown files, one command."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
DUE = """---
title: What a first visit is like
state: published
published: 2026-03-02T09:00:00Z
---
You ring the bell, and we make tea. Then we talk about why you came.
"""
LATER = (
    DUE.replace("first visit", "second visit")
    .replace("2026-03-02", "2099-03-02")
    .replace("state: published", "state: scheduled")
)
DRAFT = "# Our garden\n\nThe roses are out, and the bench is dry.\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "XDG_CACHE_HOME": str(installed.parent / "cache"),
    }
    return subprocess.run(
        [sys.executable, "-m", "copydesk", *arguments],
        cwd=cwd,
        text=True,
        capture_output=True,
        env=environment,
        check=False,
    )


def test_the_code_comes_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import copydesk, copydesk_plugins; print(copydesk.__file__)"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        text=True,
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(installed)},
    )
    assert found.stdout.startswith(str(installed))


def test_run_makes_the_site_and_previews(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "due.md").write_text(DUE)
    (tmp_path / "later.md").write_text(LATER)
    (tmp_path / "draft.md").write_text(DRAFT)
    first = run(installed, tmp_path, "run", ".")
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Open: site/index.html" in first.stdout
    assert (tmp_path / "site/due.html").is_file()
    assert {p.name for p in (tmp_path / "site-preview").glob("*.html")} == {
        "index.html",
        "later.html",
        "draft.html",
    }
    assert 'id: "due"' in (tmp_path / "due.md").read_text()
    second = run(installed, tmp_path, "run", ".")
    assert second.returncode == 0
    assert "0 files written or removed" in second.stdout


def test_everything_that_is_needed_is_packed(installed: Path) -> None:
    names = {path.relative_to(installed).as_posix() for path in installed.rglob("*")}
    for name in (
        "copydesk/py.typed",
        "copydesk_plugins/py.typed",
        "copydesk/data/cmudict_syllables.tsv",
        "copydesk/data/nltk_data/corpora/cmudict/cmudict",
        "copydesk_plugins/publishers/folder/style.css",
    ):
        assert name in names
    assert not [name for name in names if name.startswith(("tests", "posts", "benchmarks"))]
