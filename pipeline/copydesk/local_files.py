"""Local files that a post names: images and documents beside it, never outside the site."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def is_local(href: str) -> bool:
    """Say whether an address is a path to a file rather than a place on the web or an anchor."""
    return bool(href) and not href.startswith(("#", "//", "?")) and not _SCHEME.match(href)


def resolve(href: str, folder: Path, root: Path) -> Path | None:
    """Return where a local address points to, or None if it is not local or leaves the site.

    Relative addresses start at the post's folder, those with a leading slash at the site's
    root. The file need not be there.
    """
    if not is_local(href):
        return None
    name = unquote(re.split(r"[?#]", href, maxsplit=1)[0])
    if not name or "\0" in name:
        return None
    base = root if name.startswith("/") else folder
    try:
        path = (base / name.lstrip("/")).resolve()
        inside = path.is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):
        return None
    return path if inside else None


def exists(href: str, folder: Path, root: Path) -> bool | None:
    """Say whether a local file is there; None where the address is not a local one."""
    if not is_local(href):
        return None
    path = resolve(href, folder, root)
    try:
        return path is not None and path.is_file()
    except OSError:
        return False
