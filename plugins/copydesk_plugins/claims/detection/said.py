"""What a claim says, in slots: the words that fill them and the one form that wordings share."""

from __future__ import annotations

from copydesk_plugins.claims.claim import Filled, Said, Whence
from copydesk_plugins.claims.detection.frames import Fit, is_title, pointed
from copydesk_plugins.claims.detection.listed import listed
from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.detection.verbs import verbs
from copydesk_plugins.claims.detection.vocabulary import Vocabulary

_TREATMENTS = ("treatment", "exposure")
_CONDITIONS = ("condition", "body", "outcome")
_TIMES = ("onset", "lasting")
_UNITS = listed(
    "percent per million billion thousand times mg mcg µg μg iu ml g gm grams minute minutes hour "
    "hours day days week weeks month months year years in out of people patients women men adults "
    "pounds kilos kg lbs sessions visits"
)
_WRITTEN = listed(
    "one two three four five six seven eight nine ten eleven twelve half third quarter twice "
    "double dozen hundred thousand million"
)
#: Words without content of their own; longer ones than four letters only.
_EMPTY = listed(
    "about above after again against along also although always among another around because "
    "been before being below between both could does doing down during each even every from "
    "further have having here herself himself however into itself just like made make makes "
    "many might more most much must myself only other ours ourselves over people patients same "
    "several shall should since some such than that their theirs them themselves then there "
    "these they this those though through together towards under until upon very want well were "
    "what when where whether which while whom whose will with within without would your yours "
    "yourself really often usually called known including include includes things thing ways "
    "part parts kind lots"
)
#: What these say stands in another field of `Said`; the rest could make another statement of it.
_TOLD = (
    *("verb-", "hedge", "negation", "onset", "lasting", "compare", "link", "used-for", "people"),
    "research",
)
#: A slot from the vocabulary, and the name that people read for it.
_SHOWN = (
    ("hedge", "hedge"),
    ("regulator", "regulator"),
    ("research", "research"),
    ("compare", "comparison"),
    ("onset", "onset"),
    ("lasting", "duration"),
    ("safe", "safety"),
    ("harm", "safety"),
)


def slots_of(r: Reading, fits: list[Fit], known: Vocabulary) -> tuple[Filled, ...]:
    """Return what fills the slots of a unit, in the order of the text."""
    found = [_filled(r, slot, start, end, known) for start, end, slot in r.nouns()]
    found += [
        _filled(r, "effect", verb.start, verb.end, None)
        for verb in verbs(r)
        if any(fit.start <= verb.start < fit.end for fit in fits)
    ]
    for section, name in _SHOWN:
        found += [_filled(r, name, hit.start, hit.end, None) for hit in r.all(section)]
    found += [_filled(r, "number", at, at + 1, None) for at in _numbers(r)]
    if not any(each.slot in _TREATMENTS for each in found) and (slot_and_words := _from_around(r)):
        slot, words = slot_and_words
        found.append(Filled(slot, " ".join(words), known.means(list(words))))
    # A dictionary keeps the order of the text, where a set would change it from run to run.
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.start, each.end, each.slot)))


def said_of(r: Reading, fits: list[Fit], slots: tuple[Filled, ...]) -> Said:
    """Return what a unit says in the form that all wordings share."""
    effects = [verb.kind for verb in verbs(r) if any(f.start <= verb.start < f.end for f in fits)]
    return Said(
        _keys(slots, _TREATMENTS),
        _keys(slots, _CONDITIONS),
        _effect(effects) or fits[0].frame,
        bool(r.all("negation")),
        tuple(_figure(r, at) for at in _numbers(r)),
        tuple(dict.fromkeys(_words(r, hit.start, hit.end) for s in _TIMES for hit in r.all(s))),
        tuple(dict.fromkeys(_words(r, hit.start, hit.end) for hit in r.all("compare"))),
        _rest(r),
    )


def _effect(effects: list[str]) -> str:
    """Return the class of the verb that says most: in "helps to ease" that is the second."""
    return next((each for each in effects if each != "enable"), "".join(effects[:1]))


def whence_of(r: Reading, slots: tuple[Filled, ...]) -> Whence:
    """Return where the treatment that a unit speaks of was found."""
    named = [each for each in slots if each.slot in _TREATMENTS]
    if any(each.end for each in named):
        return "unit"
    if (
        named
        and r.shift
        and any(r.keys[s:e] for s, e, slot in r.nouns(*_TREATMENTS) if e <= r.shift)
    ):
        return "lead-in"
    if named and r.stands_for and _stands(r):
        return "before"
    if r.under is not None and r.under.nouns(*_TREATMENTS):
        return "heading"
    return "title" if r.topic in _TREATMENTS and not is_title(r) else ""


def _from_around(r: Reading) -> tuple[str, tuple[str, ...]] | None:
    """Return the treatment that a unit speaks of without naming it, with its slot.

    A pronoun takes up the unit before; a list item, a cell or a heading without a subject takes
    the heading above it, then the title.
    """
    if r.stands_for and _stands(r):
        return r.antecedent, r.stands_for
    if not (r.in_list or r.in_table or is_title(r)):
        return None
    if r.under is not None and (nouns := r.under.nouns(*_TREATMENTS)):
        start, end, slot = nouns[0]
        return slot, tuple(r.under.keys[start:end])
    return (r.topic, r.topic_words) if r.topic in _TREATMENTS else None


def _stands(r: Reading) -> bool:
    """Say whether the unit needs what was named before: it has a pronoun first, or no subject."""
    return bool(r.shift) or not r.nouns("condition") or pointed(r, 2)


def _filled(r: Reading, slot: str, start: int, end: int, known: Vocabulary | None) -> Filled:
    keys = r.keys[start:end]
    key = known.means(keys) if known is not None else " ".join(keys)
    offset = len(r.text) - len(r.unit.text)
    first, last = r.words[start].start - offset, r.words[end - 1].end - offset
    if start < r.shift or first < 0:
        first = last = 0
    return Filled(slot, r.said(start, end), key, first, last)


def _keys(slots: tuple[Filled, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({each.key for each in slots if each.slot in names}))


def _numbers(r: Reading) -> list[int]:
    return [at for at, key in enumerate(r.keys) if key[0].isdigit() or key in _WRITTEN]


def _figure(r: Reading, at: int) -> str:
    unit = r.key(at + 1)
    return f"{r.keys[at]} {unit}" if unit in _UNITS else r.keys[at]


def _words(r: Reading, start: int, end: int) -> str:
    return " ".join(r.keys[start:end])


def _rest(r: Reading) -> tuple[str, ...]:
    """Return the words with content that no slot holds, sorted."""
    taken: set[int] = set(_numbers(r))
    for start, end, _ in r.nouns():
        taken.update(range(start, end))
    for hits in (r.all(name) for name in r.hits if name.startswith(_TOLD)):
        for hit in hits:
            taken.update(range(hit.start, hit.end))
    return tuple(
        sorted(
            {
                key
                for at, key in enumerate(r.keys)
                if at not in taken and len(key) > 3 and key not in _EMPTY and key[-2:] != "ly"
            }
        )
    )
