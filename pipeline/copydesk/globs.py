"""Path patterns: `*` and `?` inside a name, `**` for any folders; no regular expressions."""

from __future__ import annotations

from fnmatch import fnmatchcase


def matches(pattern: str, key: str) -> bool:
    """Say whether a pattern matches a path with forward slashes.

    A pattern without a slash matches any file or folder of that name, at any depth. One with
    a slash starts at the folder it was written in; one that ends in a slash means all below.
    """
    parts = key.split("/")
    bare = pattern.strip("/")
    if "/" not in pattern.rstrip("/") and "**" not in bare:
        return any(fnmatchcase(part, bare) for part in parts)
    if pattern.endswith("/"):
        bare += "/**"
    return _match(bare.split("/"), parts)


def _match(pattern: list[str], parts: list[str]) -> bool:
    """Match part by part; the row of reachable places keeps the work linear in both."""
    reach = {0}
    for name in pattern:
        if name == "**":
            reach = set(range(min(reach), len(parts) + 1))
        else:
            reach = {at + 1 for at in reach if at < len(parts) and fnmatchcase(parts[at], name)}
        if not reach:
            return False
    return len(parts) in reach
