"""What all structured data here are made of: people, addresses, and one line of JSON."""

from __future__ import annotations

import json
from typing import Any

from copydesk.api import LivePost

CONTEXT = "https://schema.org"


def address_of(post: LivePost) -> str:
    """Return the address of a post: the canonical one, else that of its page on the target."""
    own = not post.canonical.startswith(("https://", "http://"))
    return f"copydesk:{post.id}" if own else post.canonical


def person(name: str, credential: str, url: str = "") -> dict[str, str]:
    """Return a person; the credential stands after the name, as it does on the page."""
    if not name:
        return {}
    return {"@type": "Person", "name": name, "honorificSuffix": credential, "url": url}


def as_line(value: dict[str, Any]) -> str:
    """Return a JSON object as one line in which no tag can begin or end; what is empty goes."""
    text = json.dumps(_known(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _known(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object without what is empty."""
    inner = {k: _known(v) if isinstance(v, dict) else v for k, v in value.items()}
    return {name: each for name, each in inner.items() if each}
