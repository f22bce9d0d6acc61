"""What holds for the machine: the programs, the terminal, the cache."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Iterator

from copydesk import __version__
from copydesk.cache import cache_folder
from copydesk.doctor.lines import Line

#: The oldest Python that Copydesk is made for, as in its package.
_OLDEST = (3, 11)


def look_at_system() -> Iterator[Line]:
    """Look at Python, the terminal's letters and the folder of the cache."""
    found = f"Copydesk {__version__}, Python {platform.python_version()}"
    if sys.version_info < _OLDEST:
        yield Line("failed", "versions", f"{found}.", "Install Python 3.11 or newer.")
    else:
        yield Line("ok", "versions", f"{found}, {platform.system()}.")
    yield look_at_letters(sys.stdout.encoding or "")
    yield _look_at_cache()


def look_at_letters(encoding: str) -> Line:
    """Say whether a terminal can show every letter."""
    try:
        "é–日🙂".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return Line(
            "warn",
            "terminal",
            f"The terminal's encoding is {encoding or 'unknown'}: some letters show as numbers.",
            "Set PYTHONUTF8=1 in the environment, or the language of the terminal to UTF-8.",
        )
    return Line("ok", "terminal", f"It shows every letter ({encoding}).")


def _look_at_cache() -> Line:
    try:
        folder = cache_folder()
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (OSError, RuntimeError) as error:
        reason = (getattr(error, "strerror", "") or type(error).__name__).lower()
        return Line(
            "warn",
            "cache",
            f"The cache cannot be written: {reason}. Everything works, but slower.",
            "Allow writing in your cache folder, or set XDG_CACHE_HOME to another one.",
        )
    return Line("ok", "cache", f"{folder} can be written.")
