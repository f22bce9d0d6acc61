"""What `make try-wordpress` leaves in its folder, so that people can go on by themselves."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

PROJECT = Path(__file__).resolve().parents[2]
#: Nothing listens there, so a run ends at the first request, which needs target and password.
NOWHERE = "http://127.0.0.1:1"


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "try_wordpress", PROJECT / "tools" / "try_wordpress.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_launcher_knows_the_target_and_its_password_in_a_folder_of_another_site(
    tmp_path: Path,
) -> None:
    (tmp_path / "copydesk.toml").write_text("root = true\n")
    folder = tmp_path / "try wordpress"
    (folder / "server").mkdir(parents=True)
    (folder / "posts").mkdir()
    (folder / "posts" / "tea.md").write_text(
        "---\ntitle: Tea\nstate: published\npublished: 2026-03-02T09:00:00Z\n---\n\nWe make tea.\n"
    )
    (folder / "server" / "env").write_text(
        f"WP_URL={NOWHERE}\nWP_ADMIN_APP_PASSWORD=AbCd EfGh 1234 5678\n"
    )
    module = tool()
    text = module._CONFIGURATION.format(url=NOWHERE, title=module.TITLE)
    (folder / "copydesk.toml").write_text(text)

    launcher = module.write_launcher(folder)

    assert "AbCd" not in launcher.read_text()
    for arguments in ([], ["plan"], ["plan", "posts/tea.md"], ["undo"]):
        ran = subprocess.run(
            [launcher, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        said = ran.stdout + ran.stderr
        if arguments == ["undo"]:
            assert ran.returncode == 0, said
        else:
            assert "127.0.0.1" in said and "could not be reached" in said, said
        assert "no target" not in said and "no secret" not in said and "AbCd" not in said
