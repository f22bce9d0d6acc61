"""The sketch of a post's text: enough of its words to find the same words in another post.

Five words in a row are a run; what two texts have in common is counted in runs (Broder, “On the
resemblance and containment of documents”, 1997). Of all runs about a quarter is kept, always the
same ones wherever they stand: those whose hash is small. So the share of kept runs that two posts,
or two paragraphs, have in common is close to the share of all runs.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from zlib import crc32

from copydesk.model.post import Post
from copydesk.model.text import Span

#: One of how many runs is kept; the words of a run.
KEPT_OF, RUN = 4, 5
#: What is read of a post: more than this is no post, and must not make an index large.
MOST_WORDS = 20_000
_MOST_LETTERS = 12 * MOST_WORDS
_PROSE = frozenset({"paragraph", "list-item", "table-cell"})
_LIMIT = 2**32 // KEPT_OF
#: Letters and digits in lower case, everything else as blanks; an apostrophe parts no word.
_ASCII = bytes(c if c < 128 and chr(c).isalnum() else 32 for c in range(256)).lower()
_APOSTROPHE = b"'"
#: Signs that typing programs and systems exchange for one another, so that no copy hangs on them.
_TYPED = (("’", "'"), ("‘", "'"), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("…", " "))
#: Scripts that write no blanks between words: there each sign is taken for a word.
_SIGNS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"


class Passage(NamedTuple):
    """A block of prose: its place, how many words it has, and hashes of a quarter of its runs."""

    span: Span
    words: int
    prints: tuple[int, ...]

    @property
    def runs(self) -> int:
        """How many runs of five words there are in it."""
        return self.words - RUN + 1


def sketch_of(post: Post) -> str:
    """Return the sketch of a post's prose, about 1.2 kB for 800 words; empty where there is none.

    Headings, code, footnotes and what is quoted are left out: they are no text of the post's own.
    """
    heads: list[int] = []
    prints: list[int] = []
    left = MOST_WORDS
    for block in post.blocks:
        if block.kind not in _PROSE or post.inside(block, "quote"):
            continue
        found = _words(block.text.plain[:_MOST_LETTERS])[:left]
        if len(found) < RUN:
            continue
        left -= len(found)
        kept = _prints(found)
        heads += (block.span.start, block.span.end, len(found), len(kept))
        prints += kept
    if not heads:
        return ""
    values = (len(heads), *heads, *prints)
    return b64encode(struct.pack(f"<{len(values)}I", *values)).decode("ascii")


def passages_of(sketch: str) -> tuple[Passage, ...]:
    """Return the blocks of prose that a sketch tells of, in their order."""
    return tuple(_passages(sketch)) if sketch else ()


def _passages(sketch: str) -> Iterator[Passage]:
    packed = b64decode(sketch)
    size, *values = struct.unpack(f"<{len(packed) // 4}I", packed)
    at = size
    for head in range(0, size, 4):
        start, end, words, count = values[head : head + 4]
        yield Passage(Span(start, end), words, tuple(values[at : at + count]))
        at += count


def _words(text: str) -> list[bytes]:
    """Return the words of a text as they are compared: no capitals, no marks."""
    if not text.isascii():
        for sign, typed in _TYPED:
            text = text.replace(sign, typed)
    if text.isascii():
        return text.encode("ascii").translate(_ASCII, _APOSTROPHE).split()
    unseen, word = _patterns()
    plain = unseen.sub("", unicodedata.normalize("NFKC", text).lower())
    return [found.encode("utf-8", "surrogatepass") for found in word.findall(plain)]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of signs that nobody sees, and that of words in any script.

    They are large, and most runs meet plain English only.
    """
    unseen = re.compile("['ʼ\u00ad\u200b-\u200f\u2060\ufeff]")
    return unseen, re.compile(f"[{_SIGNS}]|[^\\W_{_SIGNS}]+")


def _prints(words: list[bytes]) -> list[int]:
    """Return the small ones among the hashes of a text's runs, in their order, each once."""
    join = b" ".join
    runs = zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)
    return list(dict.fromkeys(number for r in runs if (number := crc32(join(r))) < _LIMIT))
