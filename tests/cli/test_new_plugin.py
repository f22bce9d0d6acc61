"""`new-plugin`: what it writes loads, is used, and passes its own test."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest
from cli_kit import post, tree, write


@pytest.mark.parametrize("folder", ["my-rules", "our house", "2-rules", "Häuser/Regeln"])
def test_what_is_written_loads_and_finds(copydesk, here, folder):
    ran = copydesk("new-plugin", folder)
    assert ran.code == 0, ran.said
    (rule_file,) = (p for p in (here / folder).glob("*.py") if not p.name.startswith("test_"))
    assert str(rule_file.relative_to(here)) in ran.out
    write("posts/fees.md", post("Fees", "We are here. CALL US TODAY."))
    ran = copydesk("lint", "posts", "--plugin", rule_file)
    assert ran.code == 0, ran.said
    assert ".no-shouting" in ran.out
    assert '"CALL US TODAY."' in ran.out
    ran = copydesk("rules", "--plugin", rule_file)
    assert ran.code == 0
    assert "A sentence in capitals." in ran.out
    project = tomllib.loads((here / folder / "pyproject.toml").read_text())
    assert list(project["project"]["entry-points"]["copydesk"].values()) == [rule_file.stem]


def test_its_test_passes(copydesk, here):
    copydesk("new-plugin", "my-rules")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=here / "my-rules",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout


@pytest.mark.parametrize("there", ["my_rules.py", "test_my_rules.py", "pyproject.toml"])
def test_nothing_is_overwritten(copydesk, here, there):
    write(f"my-rules/{there}", "mine\n")
    before = tree()
    ran = copydesk("new-plugin", "my-rules")
    assert ran.code == 2
    assert f"my-rules/{there} is there already" in ran.err
    assert tree() == before


def test_a_place_where_nothing_can_be_written(copydesk, here):
    write("file", "x")
    ran = copydesk("new-plugin", "file/rules")
    assert ran.code == 2
    assert "could not be written" in ran.err
