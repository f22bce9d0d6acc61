"""Under CI, a skipped test or a server that does not start is a failure; elsewhere it is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SKIPS = {
    "by a mark": "import pytest\n@pytest.mark.skip('why')\ndef test_a(): pass\n",
    "inside": "import pytest\ndef test_a(): pytest.skip('why')\n",
    "whole file": "import pytest\npytest.skip('why', allow_module_level=True)\n",
    "missing module": "import pytest\npytest.importorskip('no_such_module')\n",
    "expected failure": "import pytest\n@pytest.mark.xfail\ndef test_a(): assert False\n",
    "no server": "def test_a(wordpress): pass\n",
}


@pytest.mark.parametrize("ci", ["true", ""])
@pytest.mark.parametrize("case", SKIPS)
def test_a_skip_fails_under_ci_only(case: str, ci: str, tmp_path: Path) -> None:
    folder = tmp_path / "cms"
    folder.mkdir()
    for name in (*HERE.glob("*_kit.py"), HERE / "conftest.py"):
        shutil.copy(name, folder)
    shutil.copytree(HERE / "servers", folder / "servers")
    (folder / "test_it.py").write_text(SKIPS[case], "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  cms: x\n  ghost: x\n", "utf-8")
    # A cache that is no folder: no server can start.
    env = {**os.environ, "CI": ci, "CMS_CACHE": os.devnull}
    command = [sys.executable, "-m", "pytest", "--import-mode=importlib", "-rs", str(folder)]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert (done.returncode in (1, 2)) == bool(ci), done.stdout
    expected = "nothing may be skipped under CI" if case != "no server" else "did not start"
    assert (expected in done.stdout) == (bool(ci) or case == "no server"), done.stdout
