"""The folder on disk: looking at files, writing them whole or not at all, removing them.

A file is named by a key: `first-visit.html`, `assets/map-1a2b.png`, or `preview/...` for the
sibling folder of previews. Keys with anything else in them are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from copydesk_plugins.publishers import disk

RESERVED = frozenset({"index", "feed", "sitemap", "assets", "style"})
PREVIEW = "preview/"
ASSETS = "assets/"
#: What `Folder.look` answers for a key that names no file of ours.
UNSAFE = "not a name for a page"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def page_key(slug: str) -> str:
    """Return the file name for a slug, or an empty text where the slug cannot be one."""
    key = slug + ".html"
    return key if slug and slug.casefold() not in RESERVED and safe(key) else ""


def safe(key: str) -> bool:
    """Say whether a key names a file in our folders and nowhere else."""
    name = key.removeprefix(PREVIEW).removeprefix(ASSETS)
    fits = len(name.encode("utf-8", "replace")) <= 240  # file systems stop at 255 bytes
    return bool(name) and not name.startswith(".") and not _UNSAFE.search(name) and fits


class Folder:
    """The site's folder and, beside it, the folder of previews."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.preview = path.with_name(path.name + "-preview")

    def guard(self, root: Path) -> None:
        """Refuse folders that a symbolic link would put somewhere else.

        Raises CopydeskError.
        """
        for folder in (self.path, self.preview):
            disk.guard(folder, root)

    def file(self, key: str) -> Path:
        """Return where the file of a key lies."""
        base = self.preview if key.startswith(PREVIEW) else self.path
        return base / key.removeprefix(PREVIEW)

    def address(self, key: str) -> str:
        """Return a key as people read it: relative to the site's folder."""
        if key.startswith(PREVIEW):
            return f"../{self.preview.name}/{key.removeprefix(PREVIEW)}"
        return key

    def look(self, key: str) -> str:
        """Return the sha256 of a file, "" where there is none, or what is in the way."""
        return disk.look(self.file(key), self.path, self.preview) if safe(key) else UNSAFE

    def read(self, key: str) -> str:
        """Return a page's text; raises OSError."""
        return b"".join(disk.chunks(self.file(key))).decode("utf-8", "replace")

    def write(self, key: str, data: Iterable[bytes], sent: str, seen: str) -> None:
        """Put a whole file in place at once, or leave everything as it was.

        Raises MovedError where the data is not what was planned (`sent`) or the file on disk
        not what was there then (`seen`), and OSError.
        """
        if not safe(key):
            raise disk.MovedError(f"the name {key}")
        disk.write(self.file(key), data, sent, seen, self.path, self.preview)

    def remove(self, key: str, seen: str) -> None:
        """Remove a file that is still as we wrote it; raises MovedError and OSError."""
        if not safe(key):
            raise disk.MovedError(f"the name {key}")
        disk.remove(self.file(key), seen, self.path, self.preview)

    def sweep(self) -> None:
        """Remove the temporary files that a killed run left behind."""
        assets = (self.path / "assets", self.preview / "assets")
        disk.sweep(self.path, self.preview, *(each for each in assets if not each.is_symlink()))
