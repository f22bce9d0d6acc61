"""A site with a target that keeps drafts, and a look at what that target holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cli_kit import post, write

CONFIG = """\
root = true
plugin-files = ["pretend_cms.py"]
default-target = "clinic"

[targets.clinic]
kind = "{kind}"
url = "https://clinic.example"
user = "mara"

[targets.folder]
kind = "folder"
path = "site"
"""
PLUGIN = Path(__file__).parent / "pretend_cms.py"


def make_site(folder: str | Path = ".", kind: str = "pretend") -> None:
    """Write a site of two posts that are due, a draft, and one that is due in July 2026."""
    folder = Path(folder)
    write(folder / "copydesk.toml", CONFIG.format(kind=kind))
    write(folder / "pretend_cms.py", PLUGIN.read_bytes())
    write(folder / "posts/fees.md", post("Fees", "A visit costs fifty dollars.", day=3, id="fees"))
    write(folder / "posts/hours.md", post("Hours", "We open at nine.", day=4, id="hours"))
    write(folder / "posts/idea.md", post("An idea", "We may open a garden."))
    scheduled = {"state": "scheduled", "published": "2026-07-01T09:00:00Z", "id": "later"}
    write(folder / "posts/later.md", post("Later", "We will move.", **scheduled))


def remote(folder: str | Path = ".") -> dict[str, Any]:
    """Return what the target holds."""
    path = Path(folder) / "remote.json"
    found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return {"posts": {}, "writes": [], "looks": [], "runs": {}, **found}


def meanwhile(folder: str | Path = ".", **changes: Any) -> None:
    """Change what the target holds, or how it behaves, behind Copydesk's back."""
    data = {**remote(folder), **changes}
    write(Path(folder) / "remote.json", json.dumps(data))


def edited(id: str, words: str) -> None:
    """Let a person change a post on the target."""
    posts = remote()["posts"]
    posts[id]["person"] = words
    meanwhile(posts=posts)


def states() -> dict[str, str]:
    """Return what visitors get of each post."""
    return {id: each["state"] for id, each in remote()["posts"].items()}
