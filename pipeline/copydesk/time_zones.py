"""The time zone of this machine, as a guess: Python knows its clock but not its name."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

_LINK = Path("/etc/localtime")
_NAME = Path("/etc/timezone")


def is_zone(name: str) -> bool:
    """Say whether a name is that of a time zone that this machine knows."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return bool(name)


def system_zone(link: Path = _LINK, name_file: Path = _NAME) -> str:
    """Return the name of this machine's time zone, or an empty text where nothing tells it."""
    told = [os.environ.get("TZ", "").removeprefix(":")]
    with suppress(OSError, ValueError):
        told.append(_below_zoneinfo(str(link.resolve(strict=True))))
    with suppress(OSError, ValueError):
        told.append(name_file.read_text("ascii")[:100].strip())
    names = (_below_zoneinfo(each) for each in told)
    return next((name for name in names if "/" in name and is_zone(name)), "")


def _below_zoneinfo(path: str) -> str:
    """Return the name in a path such as /usr/share/zoneinfo/Europe/Berlin."""
    return path.rpartition("zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")
