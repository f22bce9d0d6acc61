"""Split a block of plain text into sentences, by rules and a list of short forms.

Small on purpose: it must give the same spans on every machine, load nothing heavy, and stay
linear on hostile text. The short forms are in data/abbreviations.txt.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).resolve().parent / "data"

_OPEN = "$€£¥\"'“”‘’„«‹([{<¿¡*_#~•◦‣▪▫●○·–—-→➡➜✅✔☑✓❌✗👉📌🔹🔸⭐\ufe0f"
_EMOJI = "\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d"
_STOPS = (
    # A run of stops; ". . ." is one run, but the point of ".5" is not part of it.
    r"(?P<stop>[.!?…。！？؟۔।]+(?:\s\.+(?!\d))*)"
    # Closing quotes and brackets, notes such as [1], (2), ^3 and ¹, and glued emoji.
    r"(?P<tail>(?:[\"'”’»›)\]}*_」』）】]|\[[\w ,–-]{1,20}\]|\(\d{1,3}\)|\^\[?\d{1,3}|[¹²³⁰-⁹]"
    rf"|[{_EMOJI}])*)"
    r"|(?P<blank>\n[^\S\n]*\n)"
)
_STOP = re.compile(_STOPS)
#: The same, and emoji that stand for a stop: "Open again 🎉 We are back".
_STOP_OR_SIGN = re.compile(rf"{_STOPS}|(?P<sign>[{_EMOJI}]{{1,8}}(?=\s))")
#: The first bytes of the code points of emoji, 1F000 and up and 2600 to 27BF.
_LEADS = (b"\xf0\x9f", b"\xe2\x98", b"\xe2\x99", b"\xe2\x9a", b"\xe2\x9b", b"\xe2\x9c", b"\xe2\x9d")
_ALNUM = re.compile(r"[^\W_]")
_SKIP = re.compile(rf"\s*[\s{re.escape(_OPEN)}]{{0,64}}")
_NEXT = re.compile(r"[^\W_]{0,40}")
#: What a word before a stop is made of, read backwards from the stop.
_BEFORE = re.compile(r"(?:[^\W_]|[.'’&])*")
#: A list mark that opens a sentence: "1", "b", "IV".
_MARK = re.compile(r"(?:\d{1,2}|[A-Za-z]|[ivx]{2,4}|[IVX]{2,4})\Z")
_LETTERED = re.compile(r"[a-z][.)]\s")
#: A note number that lost its raised style: "in a day.1 Then".
_NOTE = re.compile(r"\d{1,2}(?:[,–-]\d{1,2})*(?=\s+[\"“‘(]?[A-Z]|\s*\Z)")
_SPACED_EMOJI = re.compile(rf"\s?[{_EMOJI}]+(?=\s|\Z)")
_SPEAKER = re.compile(r"\s{1,3}(?:[A-Z][\w.’'-]{0,30}\s{1,3}){1,4}([a-z]{1,12})\b")
_HOST_ENDS = frozenset(
    ["com", "org", "net", "gov", "edu", "io", "js", "co", "uk", "eu", "de", "ai", "app", "pdf"]
)
_WIDE = frozenset("。！？")


@cache
def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in (_DATA / "abbreviations.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        elif line and not line.startswith("#"):
            current.update(line.split())
    return {name: frozenset(entries) for name, entries in found.items()}


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Find the sentences of one block of plain text, as half-open spans in code points.

    Spans are in order, do not overlap, have no white space at their ends, and every character
    that is not white space lies in exactly one. A blank line always ends a sentence. Any text
    is accepted, in time linear in its length.
    """
    spans: list[tuple[int, int]] = []
    start = seen = 0  # [start, seen) is known to hold no letter or digit
    for match in (_STOP_OR_SIGN if _has_emoji(text) else _STOP).finditer(text):
        if match.start() < start:
            continue
        if not (first := _ALNUM.search(text, seen, match.start())):
            seen = max(seen, match.start())
            continue
        seen = first.start()
        if end := _boundary(text, seen, match):
            _add(spans, text, start, end)
            start = seen = end
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if not piece.strip():
        return
    begin = start + len(piece) - len(piece.lstrip())
    stop = start + len(piece.rstrip())
    if spans and not _ALNUM.search(piece):
        spans[-1] = (spans[-1][0], stop)  # a lone emoji or bracket belongs to what it follows
    else:
        spans.append((begin, stop))


def _boundary(text: str, first: int, match: re.Match[str]) -> int:
    """Give the end of the sentence (whose first letter is at `first`) if this ends it, else 0."""
    end = match.end()
    stop, tail, blank = match.groups()[:3]
    if stop is None and blank is None:
        return end if _stands_for_stop(text, match) else 0
    if blank is not None or stop[-1] in _WIDE or end == len(text):
        return end
    if tail == "" and text[end].isdecimal() and (note := _note(text, match)):
        return note
    if not text[end].isspace():
        return end if _glued(text, match) else 0
    if emoji := _SPACED_EMOJI.match(text, end):
        end = emoji.end() if emoji.group().strip()[0] not in _OPEN else end
    skipped = _SKIP.match(text, end)
    at = skipped.end() if skipped else end
    following = _leading_word(text, at)
    if _LETTERED.match(text, at):
        following = following.upper()  # the next list item starts anew, small letter or not
    return end if following and _ends(text, first, match, following) else 0


def _has_emoji(text: str) -> bool:
    """Say whether there may be emoji, at little cost: hardly any text has one."""
    if text.isascii():
        return False
    raw = text.encode("utf-8", "replace")
    return any(lead in raw for lead in _LEADS)


def _stands_for_stop(text: str, match: re.Match[str]) -> bool:
    """Say whether emoji between two blanks end a sentence: a word follows that opens one."""
    following = _leading_word(text, match.end() + 1)
    opens = following[:1].isupper() and following.lower() in _lists()["start"]
    return opens and text[match.start() - 1].isspace()


def _leading_word(text: str, at: int) -> str:
    found = _NEXT.match(text, at)
    return found.group() if found else ""


def _word_before(text: str, at: int) -> str:
    """The word that a stop follows, with the stops and apostrophes inside it."""
    found = _BEFORE.match(text[max(0, at - 24) : at][::-1])
    return found.group()[::-1].lstrip(".'’&") if found else ""


@lru_cache(maxsize=4096)  # the same few words end most sentences
def _kind(word: str) -> str:
    """The section of the short forms that has this word, "" for a usual word."""
    lists = _lists()
    if len(word) == 1 and word.isupper():
        return "initial"  # "J. P. Roe" is no page
    for form in (word, word.lower()):  # "Ft" stands before a name, "ft" behind a number
        for name in ("never", "number", "capital", "starter"):
            if form in lists[name]:
                return name
    if len(word) == 1 and word.isalpha():
        return "initial"
    return "starter" if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word) else ""


def _ends(text: str, first: int, match: re.Match[str], following: str) -> bool:
    """Decide about a stop with white space after it."""
    stop, tail, lower = match["stop"], match["tail"], following[0].islower()
    brand = lower and any(c.isupper() for c in following)
    if stop != "." and not set(stop) & set("!?؟۔।"):  # an ellipsis
        return not lower and not following[0].isdigit() and following != "I"
    if stop[-1] != ".":
        return brand or not (lower or (tail and _speaker(text, match.end())))
    if match.start() - first <= 4 and _MARK.match(text[first : match.start()]):
        return False
    word = _word_before(text, match.start())
    kind = _kind(word)
    if kind == "number" and following[0].isdigit():
        return False
    if kind not in ("", "number"):
        return ")" not in tail and _after_short(text, match.start(), word, kind, following)
    plain = tail == "" and len(word) >= 4 and word.isalpha() and word.islower()
    return brand or plain or not lower or (word.isalpha() and following in _lists()["opener"])


def _after_short(text: str, at: int, word: str, kind: str, following: str) -> bool:
    lists = _lists()
    starts = following[0].isupper() and following.lower() in lists["start"]
    if kind == "initial" and following[0].isupper():
        before = text[max(0, at - 24) : at - 1].split()
        named = bool(before) and before[-1].lower().strip('("“') in lists["letter"]
        return starts or named or word == "I"
    if kind == "capital":
        return following[0].isupper() and following not in lists["not-start"]
    return kind == "starter" and starts


def _speaker(text: str, at: int) -> bool:
    found = _SPEAKER.match(text, at)
    if found is None or found[1] not in _lists()["says"]:
        return False
    return _leading_word(text, at + 1).lower() not in _lists()["start"] - _lists()["teller"]


def _note(text: str, match: re.Match[str]) -> int:
    """The end of a bare note number after the stop of a usual word, 0 if there is none."""
    if not (note := _NOTE.match(text, match.end())):
        return 0
    word = _word_before(text, match.start())
    return note.end() if len(word) >= 3 and word.isalpha() and not _kind(word) else 0


def _glued(text: str, match: re.Match[str]) -> bool:
    """Decide about a stop with no white space after it: pasted text, or an address."""
    end, stop = match.end(), match["stop"]
    at = end + (text[end] in '"“‘([¿¡')
    if not text[at : at + 1].isupper():
        return False  # most stops inside an address or a number are done here
    after = _leading_word(text, at)
    if not after[:1].isupper() or (stop not in ".!?" and after == "I"):
        return False
    if stop == ".":
        word = _word_before(text, match.start())
        if not word or "." in word or after.lower() in _HOST_ENDS:
            return False
        if _kind(f"{word}.{after}") or _kind(word) in ("never", "starter", "initial"):
            return False  # "Ph.D", "Dr.Smith", "J.Smith"
        if not (word[-1].islower() or len(after) == 1 or after[1].islower()):
            return False
    chunk = text[max(0, end - 200) : end + 1].split()[-1]
    return not any(sign in chunk for sign in ("://", "www.", "@", "/"))
