"""Whether the words that cite a source are about it: how far they share its title.

An invented DOI often belongs to some other paper; then the title in the reference list is not
the one that the resolver knows.
"""

from __future__ import annotations

import re
import unicodedata

from copydesk_plugins.claims.support.references import Source
from copydesk_plugins.claims.support.word_lists import words_of

#: Below this share of common words the citation is taken for one of another document.
OVERLAP = 0.6
#: With fewer words of its own, a citation gives no title to compare ("Smith 2019").
_FEWEST = 3
_WORD = re.compile(r"[^\W\d_][\w'-]*")
#: "Smith J, Jones AB" are authors; their names are no words of a title.
_AUTHOR = re.compile(r"\b[^\W\d_][\w'\u2019-]+,? (?:[A-Z]\.?[ -]?){1,3}(?=[,.;:&]|\s|$)")
_LOCATOR = re.compile(
    r"https?://\S+|\bdoi:?\s?\S+|\b10\.\d{4,9}/\S+|\bPM(?:ID|CID):?\s?\S+|\bet al\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"\u201c]([^\"\u201c\u201d]{8,300})[\"\u201d]")


def overlap(title: str, cited: str) -> float:
    """Return the share of words that a title and a citation have in common, 0 to 1.

    It is counted against the shorter one: a citation may shorten a title, and it holds authors
    and a journal besides.
    """
    one, other = _words(title), _words(cited)
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 1.0


def cited_title(source: Source) -> str:
    """Return the words that give a source's title where it is cited, or nothing.

    Those are an entry of the reference list, words in quotation marks, or a link that is
    written like a title; the words of a sentence that carry a link are none.
    """
    said = source.cited[:2000]
    if not said:
        return ""
    if quoted := _QUOTED.search(said):
        said = quoted[1]
    elif not source.listed and not _like_title(said):
        return ""
    said = _AUTHOR.sub(" ", _LOCATOR.sub(" ", said))
    pieces = re.split(r"[.?!;]", said)
    if max(len(_words(piece)) for piece in pieces) < _FEWEST:
        return ""
    return said


def _like_title(said: str) -> bool:
    words = [each for each in _WORD.findall(said) if len(each) > 3]
    capitals = sum(each[0].isupper() for each in words)
    return len(words) > _FEWEST and capitals >= 0.7 * len(words)


def _words(text: str) -> set[str]:
    bare = unicodedata.normalize("NFKD", text).replace("\u2019", "'")
    bare = "".join(each for each in bare if not unicodedata.combining(each)).casefold()
    small = words_of("small")
    words = (each.removesuffix("'s") for each in _WORD.findall(bare))
    return {
        each[:-1] if len(each) > 4 and each.endswith("s") else each
        for part in words
        for each in part.split("-")
        if len(each) > 2 and each not in small
    }
