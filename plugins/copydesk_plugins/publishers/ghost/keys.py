"""Our id of a post as the name of an internal tag, which visitors never see."""

from __future__ import annotations

import re

PREFIX = "#copydesk-"
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)


def tag_name(key: str) -> str:
    """Return the name of the tag that carries an id.

    Some databases take `A` and `a` for one name, so a capital letter is written `+a`.
    """
    return PREFIX + re.sub("[A-Z]", lambda found: "+" + found[0].lower(), key)


def key_of(name: str) -> str:
    """Return the id that a tag carries, or nothing where the tag is not ours."""
    if not name.startswith(PREFIX):
        return ""
    key = re.sub(r"\+([a-z])", lambda found: found[1].upper(), name.removeprefix(PREFIX))
    return key if _ID.fullmatch(key) and tag_name(key) == name else ""
