"""What WordPress means by the codes of its refusals, in words for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import NamedTuple

from copydesk.api import harmless

_LONGEST = 200
_TAG = re.compile(r"<[^<>]*>")

_ROLE = (
    "Ask whoever runs the site for an account with the role Editor, or have somebody with that "
    "role do this step."
)
#: What is wrong and what to do, by the code that WordPress answers.
_WORDS = {
    "rest_cannot_publish": ("this account may not make posts public", _ROLE),
    "rest_cannot_create": ("this account may not create this", _ROLE),
    "rest_cannot_edit": ("this account may not change this post", _ROLE),
    "rest_cannot_edit_others": ("this account may not change posts of other people", _ROLE),
    "rest_cannot_assign_term": ("this account may not give posts this category or tag", _ROLE),
    "rest_cannot_update": (
        "this account may not change a field of the post, or a plugin of the site guards it",
        _ROLE,
    ),
    "rest_forbidden_status": ("this account may not see drafts", _ROLE),
    "rest_forbidden_context": ("this account may not read posts as they are stored", _ROLE),
    "rest_post_invalid_id": (
        "the post is not there any more",
        "Somebody deleted it there. Look into the bin of the site: a post can be restored from "
        "it. Plan again afterwards.",
    ),
    "empty_content": ("a post without title and text is not taken", "Write the post first."),
    "rest_upload_sideload_error": (
        "this kind of file is not taken",
        "WordPress takes PNG, JPEG, GIF and WebP pictures. Save the picture as one of these.",
    ),
    "rest_upload_file_too_big": (
        "the file is larger than this site takes",
        "Make the picture smaller, or ask whoever runs the site to allow larger files.",
    ),
    "rest_upload_limited_space": (
        "the site has no space left for files",
        "Ask whoever runs the site.",
    ),
}
_ANY = "Look at the post in copydesk and on the site. If this stays, ask whoever runs the site."
_FIREWALL = (
    "The page does not come from WordPress but from something in front of it: a firewall, a "
    "security plugin or the host. Ask whoever runs the site to let requests to /wp-json/ "
    "through for this account; docs/wordpress.md has a letter for that."
)


class Refusal(NamedTuple):
    """What is wrong, and what to do."""

    message: str
    help: str


def quote_remote(text: str, hide: Callable[[str], str]) -> str:
    """Return words of a remote system that can be shown: one line, no markup, not too long.

    `hide` takes out what is nobody's business.
    """
    # Hidden before it is cut: half a password would not be known as one.
    plain = unescape(_TAG.sub(" ", hide(text)[: 4 * _LONGEST]))
    plain = hide(harmless(" ".join(plain.split()))).replace("“", '"').replace("”", '"')
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def by_code(code: str, said: str) -> Refusal:
    """Return what a code of WordPress means; `said` are its own words, fit to be shown."""
    if code in _WORDS:
        return Refusal(*_WORDS[code])
    return Refusal(f"WordPress says: “{said or 'nothing'}”", _ANY)


def no_json(status: int) -> Refusal:
    """Return what an answer that is not WordPress's means, where it says no."""
    if status in (403, 406):
        return Refusal(f"a firewall says no, not WordPress (status {status})", _FIREWALL)
    if status == 413:
        return Refusal(
            "the web server takes nothing of this size",
            "Make pictures smaller, or ask whoever runs the site to allow larger uploads.",
        )
    if status == 404:
        return Refusal(
            "there is no page at this address",
            "Look whether the address in copydesk.toml is that of the WordPress site.",
        )
    return Refusal(f"the web server says no, not WordPress (status {status})", _FIREWALL)
