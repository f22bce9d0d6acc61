"""Who does what in a unit: its subject, what a verb of effect acts on, and in what form."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_plugins.claims.detection.frames import Verb, first_noun, is_title
from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.detection.vocabulary import word_list

_OPENINGS = frozenset(
    "if when while after before during in with by for at as because since although though once "
    "from through unlike instead without despite until unless on to over despite whether given "
    "rather beyond according in combined along based".split()
)
_PRONOUNS = {
    **dict.fromkeys(("i", "i've", "i'm", "i'd", "i'll", "my"), "i"),
    **dict.fromkeys(("we", "we'll", "we're", "we've", "our", "us", "let's"), "we"),
    **dict.fromkeys(("you", "you'll", "you're", "you've", "you'd", "your"), "you"),
    **dict.fromkeys(("he", "she", "his", "her"), "she"),
    **dict.fromkeys(("it", "it's", "this", "these", "they", "its", "that", "they're"), "pointer"),
    **dict.fromkeys(("there", "there's", "here", "here's"), "there"),
    **dict.fromkeys(("what", "how", "why", "who", "which", "where"), "what"),
}
_FAR = 14
_MODALS = frozenset("can may could might will would should must".split())
_BE = frozenset("is are was were be been being gets get got".split())
_ACTIVE = frozenset("you we they i who people patients help helps helped let lets and or".split())


def subject(r: Reading) -> tuple[str, int]:
    """Return what a unit speaks of, and the position of that word."""
    start = _after_opening(r)
    people, staff = word_list("people"), word_list("staff")
    nouns = {at: (slot, end) for at, end, slot in r.nouns()}
    for at in range(start, min(start + _FAR, len(r.keys))):
        key = r.keys[at]
        if at in nouns:
            return nouns[at][0], at
        if key in _PRONOUNS:
            return _PRONOUNS[key], at
        if key in r.topic_words:
            return "topic", at
        if key in people and key not in ("you", "most", "many", "others", "half"):
            return "people", at
        if key in staff:
            return "staff", at
    return "other", start


def _after_opening(r: Reading) -> int:
    """Return where the main clause begins: after "If you ...," or "With time,"."""
    start = r.shift
    if r.key(start) not in _OPENINGS:
        return start
    for at in range(start + 1, min(start + 25, len(r.keys))):
        if "," in r.gap(at):
            return at
    return start


def deeds(r: Reading, found: list[Verb]) -> Iterator[str]:
    """Yield who acts on what, and in what form of the verb it is said."""
    who, at = subject(r)
    yield "subject:" + who
    for verb in found:
        noun = first_noun(r, (), verb.end, verb.end + 8)
        if noun is not None and not r.same_clause(verb.start, noun[0]):
            noun = None
        what = "nothing" if noun is None else noun[2] if noun[2] in ("treatment", "exposure") else "health"
        how = "light" if verb.light else "strong"
        yield f"says:{who} {how} {what}" if at < verb.start else f"says:no subject {how} {what}"
        yield f"form:{_form(r, verb)} {how} {what}"


def _form(r: Reading, verb: Verb) -> str:
    before = r.key(verb.start - 1)
    if verb.form == "ing":
        if "," in r.gap(verb.start):
            return ", -ing"
        return "by -ing" if before == "by" else "is -ing" if before in _BE else "-ing"
    if verb.form == "ed":
        return "passive" if before in _BE else "past"
    if verb.form == "s":
        return "begins" if verb.start == r.shift else "finite"
    if before in _MODALS:
        return "modal"
    if before == "to":
        return "to"
    if verb.start == r.shift:
        return "begins base"
    return "finite base" if before not in _ACTIVE else "after " + ("people" if before not in ("and", "or") else "and")


_MASS = ("mg", "mcg", "µg", "μg", "g", "gm", "gram", "grams", "ml", "iu", "kg", "lbs", "pounds", "calories", "kcal", "units")
_TIME = frozenset("minute minutes hour hours day days week weeks month months year years".split())
_PEOPLE = frozenset("people patients adults women men children million billion participants americans users".split())
_VISITS = frozenset("session sessions treatment treatments visit visits dose doses infusion infusions".split())
_NUMBERS = frozenset("one two three four five six seven eight nine ten twelve half third quarter twice".split())


def numbers(r: Reading) -> Iterator[str]:
    """Yield what the numbers of a unit count."""
    for at, key in enumerate(r.keys):
        digit = key[0].isdigit()
        if not digit and key not in _NUMBERS:
            continue
        nxt, third = r.key(at + 1), r.key(at + 2)
        if digit and key.isdigit() and len(key) == 4 and key[:2] in ("19", "20"):
            yield "number:year"
        elif digit and key.endswith("%") or nxt in ("percent", "per") and third in ("cent", ""):
            yield "number:percent"
        elif digit and (nxt in _MASS or _dose(key)):
            yield "number:dose"
        elif nxt in _TIME or third in _TIME:
            yield "number:time"
        elif nxt in _VISITS or third in _VISITS:
            yield "number:visits"
        elif nxt in ("in", "out", "times") or nxt == "of" and not digit:
            yield "number:rate"
        elif nxt in _PEOPLE or third in _PEOPLE:
            yield "number:people"
        elif digit:
            yield "number:other"


def _dose(key: str) -> bool:
    return any(key.endswith(unit) and key[: -len(unit)][-1:].isdigit() for unit in _MASS)


_ARTICLES = frozenset("a an the one our your called known what where when how".split())


def shape(r: Reading) -> Iterator[str]:
    """Yield how a unit ends, and whether it says what something is."""
    text = r.text.rstrip(" *_\"'”’)")
    last = text[-1:]
    yield "ends:" + {":": "colon", "?": "question", "!": "exclamation", ".": "stop"}.get(last, "open")
    for at in range(r.shift + 1, min(r.shift + 6, len(r.keys) - 1)):
        if r.keys[at] in ("is", "are", "was"):
            if r.keys[at + 1] in _ARTICLES:
                yield "defines"
            break
    if is_title(r):
        return
    first = r.key(r.shift)
    if first in _OPENINGS:
        yield "opens:" + ("if" if first in ("if", "when", "once", "while") else "other")
    whole = r.unit.text
    if r.in_list or r.in_table:
        head = whole[:60]
        if ":" in head[:-1] or " - " in head or " – " in head or "—" in head:
            yield "label"
