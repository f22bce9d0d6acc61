"""Copy the WordPress of unpacked Debian packages:  unpack_wordpress.py UNPACKED SITE

The packages link to each other's files. Such links become plain files; those that lead out of the
unpacked tree are dropped.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def inside(link: Path, root: Path) -> Path | None:
    """Return where a link leads, with `root` as the root of the machine; None outside of it."""
    to = link.readlink()
    target = (root / to.relative_to("/") if to.is_absolute() else link.parent / to).resolve()
    return target if target.is_relative_to(root) and target.exists() else None


def copy(source: Path, to: Path, root: Path) -> None:
    """Copy a folder with what its links lead to."""
    to.mkdir(parents=True, exist_ok=True)
    for each in source.iterdir():
        found = inside(each, root) if each.is_symlink() else each
        if found is None:
            continue
        if found.is_dir():
            copy(found, to / each.name, root)
        else:
            shutil.copy2(found, to / each.name)


if __name__ == "__main__":
    unpacked = Path(sys.argv[1]).resolve()
    copy(unpacked / "usr/share/wordpress", Path(sys.argv[2]), unpacked)
