"""The wheel alone works: an empty folder, three Markdown files, one command."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from copydesk import __version__

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


def test_a_new_site_with_a_first_draft(installed: Path, tmp_path: Path) -> None:
    made = run(installed, tmp_path, "init", "blog", "--title", "Our blog", "--yes")
    assert made.returncode == 0, made.stdout + made.stderr
    blog = tmp_path / "blog"
    empty = run(installed, blog, "lint")
    assert empty.returncode == 2
    assert 'Start one with `copydesk new "Title"`' in empty.stdout + empty.stderr
    assert run(installed, blog, "new", "Our garden").returncode == 0
    with (blog / "posts" / "our-garden.md").open("a") as draft:
        draft.write("The roses are out, and the bench is dry.\n")
    linted = run(installed, blog, "lint")
    assert linted.returncode == 0, linted.stdout + linted.stderr
    assert run(installed, blog, "run").returncode == 0
    assert (blog / "site-preview" / "our-garden.html").is_file()
    assert run(installed, blog, "doctor").returncode == 0


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


def pip(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run pip without the network."""
    words = ["install", "--no-index", "--no-deps", "--disable-pip-version-check", *arguments]
    return subprocess.run(
        [sys.executable, "-m", "pip", *map(str, words)], text=True, capture_output=True, check=False
    )


def test_one_line_installs_the_version_that_is_named(installed: Path, tmp_path: Path) -> None:
    links = ("--find-links", installed.parent)
    done = pip(*links, "--target", tmp_path / "here", f"copydesk=={__version__}")
    assert done.returncode == 0, done.stderr
    shown = subprocess.run(
        [tmp_path / "here" / "bin" / "copydesk", "--version"],
        text=True,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "here")},
    )
    assert shown.stdout == f"copydesk {__version__}\n"
    other = pip(*links, "--target", tmp_path / "there", "copydesk==99.0")
    assert other.returncode != 0
    assert f"from versions: {__version__}" in other.stderr


def test_the_package_names_what_it_needs_and_up_to_which_version(installed: Path) -> None:
    (folder,) = installed.glob("copydesk-*.dist-info")
    metadata = Parser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))
    assert (metadata["Name"], metadata["Version"]) == ("copydesk", __version__)
    wanted = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [each for each in metadata.get_all("Requires-Dist", []) if "extra ==" not in each]
    assert len(needed) == len(wanted["dependencies"]) > 10
    for each in needed:
        # `pip install copydesk==X` next year must not meet a version that nobody has tried.
        assert re.search(r"<\d", each) or each.startswith("tzdata"), each
