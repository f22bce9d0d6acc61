"""What a post says, as one hash: what a review of it is bound to."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from copydesk.model.post import FRONT_MATTER, Post

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def wording_hash(post: Post) -> str:
    """Return the hash of all that a post tells its readers.

    That is title, description, alternative texts, every block of the body with its kind, and the
    addresses on the web that it links to, each with its words and its block, because they are its
    sources: one that moved to another sentence is another source there. Line breaks, runs of
    blanks and the order of the front matter do not matter; another word does. Blocks are taken
    whole, so that a better splitter of sentences undoes no review.
    """
    above = sorted(
        (block.kind, _plain(block.text.plain))
        for block in post.blocks
        if block.kind in FRONT_MATTER and block.kind != "title"
    )
    blocks = [
        block
        for block in post.blocks
        if block.kind not in FRONT_MATTER and block.index != post.title_block
    ]
    body = [(block.kind, _plain(block.text.plain)) for block in blocks]
    at = {block.index: number for number, block in enumerate(blocks)}
    sources = [
        (at.get(link.block, -1), _plain(link.text), link.href.strip())
        for link in post.links
        if _ELSEWHERE.match(link.href.strip())
    ]
    said = ["wording 1", _plain(post.title), above, body, sources]
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode("ascii")).hexdigest()


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
