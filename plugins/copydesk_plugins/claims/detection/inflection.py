"""The forms of English verbs: vocabularies list the base form only."""

from __future__ import annotations

from typing import Literal, NamedTuple

Form = Literal["base", "s", "ed", "ing"]
FORMS: tuple[Form, ...] = ("base", "s", "ed", "ing")
_VOWELS = frozenset("aeiou")

#: Past forms that no rule gives; participles that differ follow the past.
_IRREGULAR: dict[str, tuple[str, ...]] = {
    "arise": ("arose", "arisen"),
    "beat": ("beat", "beaten"),
    "bind": ("bound",),
    "break": ("broke", "broken"),
    "bring": ("brought",),
    "build": ("built",),
    "burn": ("burned", "burnt"),
    "come": ("came", "come"),
    "cut": ("cut",),
    "do": ("did", "done"),
    "draw": ("drew", "drawn"),
    "drive": ("drove", "driven"),
    "feed": ("fed",),
    "feel": ("felt",),
    "fight": ("fought",),
    "get": ("got", "gotten"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "grow": ("grew", "grown"),
    "hold": ("held",),
    "hurt": ("hurt",),
    "keep": ("kept",),
    "lead": ("led",),
    "leave": ("left",),
    "let": ("let",),
    "lose": ("lost",),
    "make": ("made",),
    "put": ("put",),
    "rebuild": ("rebuilt",),
    "regrow": ("regrew", "regrown"),
    "reset": ("reset",),
    "retrain": ("retrained",),
    "rewire": ("rewired",),
    "rid": ("rid",),
    "set": ("set",),
    "shed": ("shed",),
    "shrink": ("shrank", "shrunk"),
    "shut": ("shut",),
    "spread": ("spread",),
    "take": ("took", "taken"),
    "teach": ("taught",),
    "tear": ("tore", "torn"),
    "tell": ("told",),
    "thrive": ("thrived",),
    "throw": ("threw", "thrown"),
    "undo": ("undid", "undone"),
    "upset": ("upset",),
    "wake": ("woke", "woken"),
    "wear": ("wore", "worn"),
}
#: Verbs of more than one syllable that double their last letter.
_DOUBLING = frozenset({"control", "compel", "propel", "refer", "occur", "deter", "rebut"})
_NOT_DOUBLING = frozenset("wxy")


class VerbForm(NamedTuple):
    """A form of a verb, with the words that follow it ("up" of "speed up")."""

    form: Form
    text: str


def verb_forms(verb: str) -> list[VerbForm]:
    """Return all forms of a verb; only its first word is inflected."""
    first, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    found = [VerbForm("base", verb), VerbForm("s", _third(first) + tail)]
    found += [VerbForm("ed", past + tail) for past in _past(first)]
    found.append(VerbForm("ing", _ing(first) + tail))
    return found


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + "s"


def _past(verb: str) -> tuple[str, ...]:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return (verb + "d",)
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return (verb[:-1] + "ied",)
    return (_doubled(verb) + "ed",)


def _ing(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


def _doubled(verb: str) -> str:
    """Double the last letter where a short vowel stands before it: stop, stopped."""
    if verb in _DOUBLING:
        return verb + verb[-1]
    if len(verb) < 3 or verb[-1] in _VOWELS or verb[-1] in _NOT_DOUBLING:
        return verb
    syllables = sum(
        letter in _VOWELS and (at == 0 or verb[at - 1] not in _VOWELS)
        for at, letter in enumerate(verb)
    )
    short = verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    return verb + verb[-1] if short and syllables == 1 else verb
