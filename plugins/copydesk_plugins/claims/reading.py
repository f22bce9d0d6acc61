"""A unit as the detectors see it: its words in plain lower case and the vocabulary in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.api import Hit, PostContext, Unit, Word
from copydesk_plugins.claims.lexicon import single_words, vocabulary

_KEEP_ENDING = frozenset({"it's", "that's", "there's", "what's", "who's", "here's", "let's"})
#: Words that begin a clause of their own after a comma: a "not" before them does not reach on.
_RESTART = frozenset(["it", "this", "that", "these", "they", "but", "and", "so", "we", "you", "i"])
_DENIAL = 5
#: Longer units are no sentences; what is read of one is bounded so that time stays linear.
_LONGEST = 250


@dataclass(slots=True)
class Reading:
    """The words of a unit as keys (lower case, straight apostrophes, no possessive) and hits.

    `before` says whether a treatment is named in the two units before, so that "it" has
    something to stand for. `health` says whether the whole post is about health.
    """

    unit: Unit
    text: str
    words: list[Word]
    keys: list[str]
    hits: dict[str, list[Hit]]
    before: bool = False
    health: bool = False

    def all(self, section: str) -> list[Hit]:
        """Return the hits of a section."""
        return self.hits.get(section, [])

    def has(self, *sections: str) -> bool:
        """Say whether any of the sections has a hit."""
        return any(self.hits.get(each) for each in sections)

    def near(self, section: str, start: int, end: int) -> bool:
        """Say whether a hit of a section begins at a word position in [start, end)."""
        return any(start <= hit.start < end for hit in self.all(section))

    def said(self, start: int, end: int) -> str:
        """Return the text of the words at positions [start, end)."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    @property
    def medical(self) -> bool:
        """Whether the unit names a treatment or a health outcome."""
        return self.has("treatment", "outcome")

    @property
    def question(self) -> bool:
        """Whether the unit is a question."""
        return self.text.rstrip("\"'”’)* ").endswith("?")

    def denied(self, at: int) -> bool:
        """Say whether a negation shortly before a word reaches it."""
        lost = self.all("negation-lost")
        for hit in self.all("negation"):
            if not at - _DENIAL <= hit.end - 1 < at or hit.end > at:
                continue
            if not any(each.start <= hit.start < each.end for each in lost) and not any(
                self._restarts(index) for index in range(hit.end, at)
            ):
                return True
        return False

    def _restarts(self, index: int) -> bool:
        gap = self.text[self.words[index - 1].end : self.words[index].start]
        if any(mark in gap for mark in ";:—"):
            return True
        return "," in gap and self.keys[index] in _RESTART


def read_units(ctx: PostContext) -> list[Reading]:
    """Read every unit of a post that can hold a claim, in order."""
    out: list[Reading] = []
    for unit in ctx.post.units:
        block = ctx.block(unit)
        if block.kind != "footnote" and not ctx.post.inside(block, "footnote"):
            out.append(_read(unit, unit.text, ctx.words(unit)))
    about = sum(each.has("treatment", "outcome") for each in out)
    health = about >= 2 and about * 10 >= len(out)
    for each in out:
        each.health = health
    for at, each in enumerate(out):
        last = out[max(0, at - 2) : at]
        same = bool(last) and last[-1].unit.block == each.unit.block
        each.before = any(one.has("treatment") for one in last) or (same and last[-1].before)
    return out


def with_lead_in(ctx: PostContext, reading: Reading, last: Mapping[int, Reading]) -> Reading:
    """Return a list item joined to the words that introduce its list ("It can: ...").

    `last` holds the last unit of each block, by the block's index.
    """
    block = ctx.block(reading.unit)
    if block.kind != "list-item" or reading.unit.start > 0:
        return reading
    lead = next(ctx.post.ancestors(block), None)
    if lead is None or lead.kind == "heading" or not lead.text.plain.rstrip().endswith(":"):
        return reading
    before = last.get(lead.index)
    if before is None:
        return reading
    opening = before.text.rstrip(" :") + " "
    shifted = [Word(w.start + len(opening), w.end + len(opening), w.text) for w in reading.words]
    joined = _read(reading.unit, opening + reading.text, before.words + shifted)
    joined.health, joined.before = before.health, before.before
    return joined


def _read(unit: Unit, text: str, words: list[Word]) -> Reading:
    if len(words) > _LONGEST:
        words = words[:_LONGEST]
    keys = [word.text.lower() if word.text.isalpha() else _key(word, text) for word in words]
    hits = vocabulary().find(keys)
    _drop_compounds(hits)
    _drop_harmless(hits)
    return Reading(unit, text, words, keys, hits)


def _key(word: Word, text: str) -> str:
    key = word.text.lower()
    if "’" in key:
        key = key.replace("’", "'")
    if key.endswith("'s") and key not in _KEEP_ENDING:
        return key[:-2]
    if key[-1].isdigit() and text[word.end : word.end + 4].lstrip().startswith("%"):
        return key + "%"
    return key


def _drop_compounds(hits: dict[str, list[Hit]]) -> None:
    """Leave out "therapy" in "therapy room": the name of a thing is not what acts."""
    things, treatments = hits.get("compound"), hits.get("treatment")
    if things and treatments:
        starts = {each.start for each in things}
        hits["treatment"] = [each for each in treatments if each.end not in starts]


def _drop_harmless(hits: dict[str, list[Hit]]) -> None:
    """Leave out "mental health" in "mental health care": a service is not an outcome."""
    harmless, outcomes = hits.get("harmless"), hits.get("outcome")
    if harmless and outcomes:
        hits["outcome"] = [
            each
            for each in outcomes
            if not any(other.start <= each.start and each.end <= other.end for other in harmless)
        ]


def is_number(key: str) -> bool:
    """Say whether a word is a number, in digits or in letters."""
    return key[0].isdigit() or key in single_words("number")
