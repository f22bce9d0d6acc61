"""The texts of each post as they were read back after our last write: the base of a comparison."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from copydesk_plugins.publishers.cms import digests
from copydesk_plugins.publishers.cms.remote import Held, Remote

_FOLDER = "seen"


def texts_of(held: Held, remote: Remote) -> dict[str, str]:
    """Return what a person may have changed of a post, by field."""
    return {
        "title": held.title,
        "description": held.description,
        "slug": held.slug,
        "published": digests.as_text(held.published),
        "picture": held.image,
        **({"image_alt": held.image_alt} if held.own_alt else {}),
        "canonical": held.canonical,
        "body": remote.html(held),
    }


def keep(folder: Path, id: str, held: Held, remote: Remote) -> None:
    """Keep the texts of a post for a later comparison; one that cannot be kept is done without."""
    path = _path(folder, id)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(texts_of(held, remote)), encoding="utf-8")
    except OSError:
        return


def _path(folder: Path, id: str) -> Path:
    """Return where the texts of a post are kept; ids come from a file that anybody may write."""
    return folder / _FOLDER / f"{quote(id, safe='')}.json"


def kept(folder: Path, id: str) -> Mapping[str, str]:
    """Return the texts kept of a post, or nothing where there are none that can be read."""
    try:
        found = json.loads(_path(folder, id).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}
