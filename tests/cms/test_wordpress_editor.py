"""What WordPress's own editor makes of our blocks: it knows each, and saves it as it was."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from systems_kit import SERVERS
from wordpress_kit import WordPress

from copydesk_plugins.publishers.wordpress.marks import find_part, with_part, without_part

CASES = Path(__file__).parents[1] / "cases" / "wordpress_blocks.txt"
#: A browser without a screen, for the editor's scripts.
JSDOM = "jsdom@24.1.3"
#: The scripts that are no packages of WordPress itself, with what each needs.
VENDORS = {
    "react": [],
    "react-dom": ["react"],
    "react-jsx-runtime": ["react"],
    "moment": [],
    "lodash": [],
    "wp-polyfill": [],
    "regenerator-runtime": [],
}
Editor = Callable[[list[str]], list[dict[str, Any]]]


def jsdom() -> Path:
    """Return the folder with jsdom in the cache, fetched where it is not there."""
    cache = Path(os.environ.get("CMS_CACHE") or SERVERS.parents[2] / ".cms-cache")
    folder = cache / JSDOM.replace("@", "-")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "node_modules" / "jsdom").is_dir():
            command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"]
            command += ["--no-save", "--prefix", str(folder), JSDOM]
            subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / "node_modules"


def scripts(includes: Path) -> list[str]:
    """Return the scripts of the editor in the order in which they need each other."""
    listing = includes / "assets" / "script-loader-packages.php"
    code = "echo json_encode(include $argv[1]);"
    done = subprocess.run(["php", "-r", code, str(listing)], check=True, capture_output=True)
    packages = json.loads(done.stdout)
    found: dict[str, None] = {}

    def need(handle: str) -> None:
        name = handle.removeprefix("wp-")
        if handle in VENDORS:
            needed, file = VENDORS[handle], f"js/dist/vendor/{handle}.min.js"
        else:
            key = next(key for key in (f"{name}.js", f"{name}.min.js") if key in packages)
            needed, file = packages[key]["dependencies"], f"js/dist/{name}.min.js"
        for each in needed:
            need(each)
        found.setdefault(file)

    need("lodash")
    need("wp-block-library")
    return list(found)


@pytest.fixture(scope="session")
def editor(wordpress: WordPress, tmp_path_factory: pytest.TempPathFactory) -> Editor:
    """The editor of the WordPress that is tested."""
    includes = wordpress.files.parents[1] / "wp-includes"
    folder = tmp_path_factory.mktemp("editor")
    (folder / "scripts.json").write_text(json.dumps(scripts(includes)), "utf-8")
    modules = jsdom()

    def open_texts(texts: list[str]) -> list[dict[str, Any]]:
        (folder / "texts.json").write_text(json.dumps(texts), "utf-8")
        files = [str(includes), str(folder / "scripts.json"), str(folder / "texts.json")]
        done = subprocess.run(
            ["node", str(SERVERS / "editor.js"), *files],
            env={**os.environ, "NODE_PATH": str(modules)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found

    return open_texts


def cases() -> dict[str, str]:
    texts = CASES.read_text("utf-8").split("=== ")[1:]
    return {case.partition("\n")[0]: case.partition("\n--->\n")[2].strip() for case in texts}


def in_attributes(text: str) -> str:
    """Return a text as it counts, with `<` as older browsers write it in attributes."""
    return without_part(text, None).replace("&lt;", "<").replace("&gt;", ">")


def test_the_editor_knows_every_block_and_saves_it_as_it_was(editor: Editor) -> None:
    changed = {}
    for (name, text), seen in zip(cases().items(), editor([*cases().values()]), strict=True):
        assert all(valid for _, valid in seen["blocks"]), f"{name}: {seen['blocks']}"
        assert "core/freeform" not in dict(seen["blocks"]), name
        if in_attributes(seen["saved"]) != in_attributes(text):
            changed[name] = seen["saved"]
    assert changed == {}


def test_the_editor_keeps_our_part(editor: Editor) -> None:
    text = "<!-- wp:paragraph -->\n<p>x</p>\n<!-- /wp:paragraph -->"
    ours = with_part(text, "a--b", "1.2", "<nav>\n<p>y &#x27;</p>\n</nav>", ('{"a": ["</b>"]}',))
    (seen,) = editor([ours])
    assert seen["blocks"] == [["core/paragraph", True], ["core/html", True]]
    assert find_part(seen["saved"]) == find_part(ours)


def test_the_editor_is_one_that_complains(editor: Editor) -> None:
    (seen,) = editor(["<!-- wp:heading -->\n<p>x</p>\n<!-- /wp:heading -->"])
    assert seen["blocks"] == [["core/heading", False]]
