"""Words and their syllables, counted once and the same way for every rule.

Three places where this differs from textstat on purpose: an em dash or "..." parts two words
(textstat glues "word—word"), a curly apostrophe counts as a straight one, and hyphenated words
and dotted short forms ("U.S.") are counted part by part, not guessed from the glued letters.
"""

from __future__ import annotations

import mmap
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_DATA = Path(__file__).resolve().parent / "data"

_RUN = r"[^\W_¹²³⁰-⁹]+(?:[\u0300-\u036f\u00ad]+[^\W_¹²³⁰-⁹]*)*"
#: What may stand inside a word. A full stop does not join "relief.Then", yet joins "Ph.D".
_JOIN = r"(?:['’ʼ&/@_\-\u2010\u2011–]|(?<=\d)[,:](?=\d)|(?<![a-z]{2})\.|\.(?![A-Z]))"
_WORD = re.compile(
    # Most words: plain letters and a space or mark behind that joins nothing. Only for speed.
    r"[A-Za-z]+(?=[ ,;!?\n])"
    r"|(?:https?://|www\.)[^\s<>\"“”]*[^\W_]"
    rf"|{_RUN}(?:{_JOIN}{_RUN})*(?:\(e?s\)|%)?"
)
_PART = re.compile(r"\d[\d.,:]*(?:st|nd|rd|th|s)?(?![A-Za-z])|\d[\d.,:]*|[A-Za-z']*[A-Za-z]")
_GROUP = re.compile("[aeiouy]+")

#: Word endings that make a following "s" a syllable of its own ("boxes", "doses").
_HISS = ("s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze", "che", "she")
#: Longer "words" are pasted rubbish or addresses: counted, but not kept in memory.
_KEEP = 64
_REMEMBERED = 32_768
_PATTERN = range(2, 8)


class Word(NamedTuple):
    """One word and its half-open place [start, end) in the text, in code points."""

    start: int
    end: int
    text: str


def words(text: str) -> list[Word]:
    """Find the words of plain text, in order.

    A word holds a letter or a digit. Apostrophes, hyphens, "/", "&" and decimal marks inside it
    keep it whole ("isn’t", "and/or", "3.5", "50%", "patient(s)", an address), as in textstat.
    Takes time linear in the length of the text; any text is accepted.
    """
    # Word(...) would do; this is the same without a call in between, for every word of a site.
    make = tuple.__new__
    return [make(Word, (m.start(), m.end(), m[0])) for m in _WORD.finditer(text)]


def keys(found: Iterable[Word]) -> list[str]:
    """Return words as phrases are looked for: in lower case, with straight apostrophes.

    The same word is the same object in every post, so to look it up is quick.
    """
    return [_LOWERED[word[2]] for word in found]


class _Lowered(dict[str, str]):
    """Words in lower case, made once for as long as they are remembered."""

    def __missing__(self, word: str) -> str:
        key = word.lower().replace("’", "'")
        if len(word) <= _KEEP:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[word] = key
        return key


_LOWERED = _Lowered()


def syllables(word: str) -> int:
    """Count the syllables of one word, always at least 1.

    Looks in CMUdict (first pronunciation, the choice of textstat), then in the house list, then
    for the same word without its ending or prefix, and estimates what is left. A number counts
    as 1, as it does in textstat, however it would be read aloud.
    """
    return _kept(word) if len(word) <= _KEEP else _count(word)


def polysyllable(word: str) -> bool:
    """Say whether the word has three or more syllables, the "hard word" of the SMOG formula."""
    return syllables(word) >= 3


@lru_cache(maxsize=_REMEMBERED)
def _kept(word: str) -> int:
    return _count(word)


def _count(word: str) -> int:
    text = word.replace("’", "'").replace("ʼ", "'").replace("(s)", "s").replace("(es)", "es")
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in folded if not unicodedata.combining(c) and c != "\u00ad")
    if instead := _instead().get(text):
        return instead
    key = text.lower()
    # "U.S" stands as "u.s." in the dictionary ("u.s" there is "us" in the plural).
    if known := ("." in key and _listed(key + ".")) or _listed(key):
        return known
    parts = _PART.findall(text)
    return _part(text) if parts == [text] else max(1, sum(map(syllables, parts)))


def _part(part: str) -> int:
    if part[0].isdigit():
        return 1
    word = part.strip("'").lower()
    if known := _listed(word):
        return known
    letters = part.removesuffix("s")
    if 1 < len(letters) <= 5 and letters.isalpha() and letters.isupper():
        return len(letters) + 2 * letters.count("W")  # not in any list: "XRNQ" is spelled out
    more = 0
    for end, added in _affixes()["clitic"]:
        if word.endswith(end):
            word = word.removesuffix(end).strip("'")
            hard = (end == "'s" and word.endswith(_HISS)) or (end == "'d" and word[-1:] in "td")
            more = added or int(hard)
            break
    return more + (_listed(word) or _derived(word) or estimate(word))


def _listed(key: str) -> int | None:
    """Syllables of a lower-case word by the dictionary or the house list, None if in neither."""
    if not key or len(key) > _KEEP or min(key) <= " " or not key.isascii():
        return None
    return _find("cmudict_syllables.tsv", key) or _find("house_syllables.tsv", key)


@cache
def _table(name: str) -> mmap.mmap:
    # Mapped, not read: nothing to load at start, and worker processes share the same pages.
    # Slices and find() move no file position, so threads and forks cannot disturb each other.
    with (_DATA / name).open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _find(name: str, word: str) -> int | None:
    table, key = _table(name), word.encode("ascii")
    low, high = 0, len(table)
    while high - low > 2048:  # below this size one find() is quicker than more halving
        line = table.rfind(b"\n", low, (low + high) // 2) + 1
        if line == 0:
            break
        low, high = (low, line) if key < table[line : table.find(b"\t", line)] else (line, high)
    at = table.find(b"\n" + key + b"\t", max(0, low - 1), high)
    return None if at < 0 else int(table[at + len(key) + 2 : table.find(b"\n", at + 1)])


@cache
def _affixes() -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for line in (_DATA / "affixes.tsv").read_text("ascii").splitlines():
        if not line.startswith("#"):
            kind, letters, count = line.split("\t")
            found.setdefault(kind, []).append((letters, int(count)))
    return found


@cache
def _instead() -> dict[str, int]:
    """Words that the dictionary reads as another word, as they are written ("ID" is not "id")."""
    return dict(_affixes()["instead"])


def _derived(word: str) -> int | None:
    """Syllables of a known word plus the ending or prefix it carries, None if none is known."""
    if known := _stemmed(word, 3):
        return known
    for start, more in _affixes()["prefix"]:
        rest = word.removeprefix(start)
        if len(word) > len(rest) > 3 and (known := _listed(rest) or _stemmed(rest, 4)):
            return known + more
    return None


def _stemmed(word: str, least: int) -> int | None:
    for stem, more in _stems(word):
        if len(stem) >= least and (known := _listed(stem)):
            return known + more
    return None


def _stems(word: str) -> list[tuple[str, int]]:
    """List what the word may be an ending of, with the syllables the ending adds."""
    out: list[tuple[str, int]] = []
    if word.endswith("s") and not word.endswith("ss"):
        out.append((word[:-1], int(word[:-1].endswith(_HISS))))
        if word.endswith("ies"):
            out.append((word[:-3] + "y", 0))
        elif word.endswith("es"):
            out.append((word[:-2], int(word[:-2].endswith(_HISS))))
    elif word.endswith("ed"):
        hard = int(word[:-2].endswith(("t", "d")))
        out += [(word[:-1], hard), (word[:-2], hard), (word[:-3], hard)]
        out += [(word[:-3] + "y", 0)] if word.endswith("ied") else []
    elif word.endswith("ing"):
        stem = word[:-3]
        # "handling" has no more syllables than "handle", but "filing" has one more than "file".
        silent = stem[-1:] == "l" and stem[-2:-1] not in "aeiouylr"
        out += [(stem, 1), (stem + "e", int(not silent)), (stem[:-1], 1)]
    elif word.endswith("ly"):
        out += [(word[:-2], 1), (word[:-1] + "e", 0), (word[:-3] + "y", 1), (word[:-4], 1)]
    out += [(word[: -len(e)], n) for e, n in _affixes()["ending"] if word.endswith(e)]
    return out


@cache
def _patterns() -> dict[str, int]:
    lines = (_DATA / "syllable_patterns.tsv").read_text("ascii").splitlines()
    return {p: int(n) for p, n in (s.split("\t") for s in lines if not s.startswith("#"))}


def vowel_groups(word: str) -> int:
    """Count vowel groups of a lower-case word, the start of the estimate; 0 if there are none."""
    count = len(_GROUP.findall(word))
    if count > 1 and word[-1] == "e" and word[-2] not in "aeiouy":
        count -= not (word[-2] == "l" and word[-3:-2] not in "aeiouy")
    elif count > 1 and word[-2:] == "ed" and word[-3:-2] not in "aeiouytd":
        count -= 1
    elif count > 1 and word[-2:] == "es" and not word[:-1].endswith(_HISS):
        count -= word[-3:-2] not in "aeiouy"
    return count


def estimate(word: str) -> int:
    """Estimate the syllables of a lower-case word that no list has, at least 1.

    Starts from the vowel groups and adds what the letter patterns of data/syllable_patterns.tsv
    say ("ia" and "io" parted, "tion" not, ...). A word without vowels counts 1 ("hmm").
    """
    count = vowel_groups(word)
    marked, rules = f"^{word}$", _patterns()
    for size in _PATTERN:
        for at in range(len(marked) - size + 1):
            count += rules.get(marked[at : at + size], 0)
    return max(1, count)
