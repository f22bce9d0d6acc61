"""Signs: what speaks for and against a unit being a claim, each under a name that people read."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_plugins.claims.detection import vetoes
from copydesk_plugins.claims.detection.clauses import deeds, numbers, shape
from copydesk_plugins.claims.detection.cues import cues
from copydesk_plugins.claims.detection.frames import (
    ACTORS,
    FRAMES,
    HEALTH,
    Fit,
    Verb,
    first_noun,
    is_title,
    last_noun,
    pointed,
    verbs,
)
from copydesk_plugins.claims.detection.patterns import patterns
from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.detection.vocabulary import word_list

_SLOTS = ("treatment", "condition", "body", "outcome", "exposure")
_LEADS = frozenset(
    "verb-improve verb-reduce verb-prevent verb-worsen verb-cause verb-act verb-enable link used-for "
    "better-outcome safe harm benefit-heading risk-heading symptom-heading feel cause-word process "
    "research onset lasting treatment condition whether invite typical regulator".split()
)
_EFFECTS = frozenset("verb-improve verb-reduce verb-prevent verb-enable used-for better-outcome benefit-heading".split())
_ME = frozenset("i my me i've i'm i'd mine myself".split())
_WE = frozenset("we our us we'll we're we've our".split())
_YOU = frozenset("you your you'll you're yourself you've".split())
_TOLD = (
    "link used-for better-outcome compare need safe harm avoid regulator research research-says feel "
    "onset lasting result nominal hedge negation definition history process invite biography price "
    "disclaimer doubt symptom typical state change rate time cause-word whether wants provider-verb praise"
).split()


def signs(r: Reading, fits: list[Fit], before: int) -> Iterator[str]:
    """Yield the signs of a unit; `before` is how many of the two units before have a fit."""
    yield "kind:" + ("heading" if is_title(r) else r.unit.kind)
    slots = [each[2] for each in r.nouns()]
    sure = {slot for slot in _SLOTS if slot in r.hits}
    for slot in set(slots):
        yield "has:" + slot
        if slots.count(slot) > 1:
            yield "many:" + slot
    for slot in sure:
        yield "sure:" + slot
    present = sorted(set(slots))
    for at, one in enumerate(present):
        for other in present[at + 1 :]:
            yield f"both:{one}+{other}"
    if not slots:
        yield "no noun"
    else:
        yield "nouns:" + "+".join(sorted(set(slots) - {"outcome"}) or ["outcome"])
    if sum(hit.start >= r.shift for hit in r.all("symptom-word")) > 1:
        yield "symptoms named"
        if "treatment" not in slots:
            yield "symptoms named without treatment"
    if r.antecedent:
        yield "antecedent"
        if pointed(r, len(r.keys)):
            yield "pointer to:" + r.antecedent
    for name in _TOLD:
        if name in r.hits:
            yield "word:" + name
    found = verbs(r)
    yield from _effects(r, found)
    for kind in {verb.kind for verb in found if not verb.light}:
        yield "verb:" + kind
    if any(verb.light for verb in found):
        yield "verb:light"
    if r.has("verb-enable.base", "verb-enable.s", "verb-enable.ing"):
        yield "verb:enable"
    for frame in {fit.frame for fit in fits}:
        yield "frame:" + frame
    held = {veto for fit in fits if (veto := vetoes.against(r, fit))}
    free = [fit for fit in fits if not vetoes.against(r, fit)]
    if free:
        yield "free frame"
        if len({fit.frame for fit in free}) > 1:
            yield "two free frames"
    for frame in {fit.frame for fit in free}:
        yield "free:" + frame
    for veto in held:
        yield "veto:" + veto
    if veto := vetoes.whole(r):
        yield "veto:" + veto
    if r.question:
        yield "question"
    yield from _surroundings(r, before)
    yield from _shape(r)
    yield from cues(r.keys[r.shift:])
    yield from deeds(r, found)
    yield from numbers(r)
    yield from shape(r)
    yield from patterns(r, found, fits)


def _effects(r: Reading, found: list[Verb]) -> Iterator[str]:
    """Yield what stands before and after verbs of effect."""
    for verb in found:
        name = "light" if verb.light else verb.kind
        after = first_noun(r, (), verb.end, verb.end + 8)
        before = last_noun(r, (), max(0, verb.start - 8), verb.start)
        if after:
            yield f"effect:{name}>{after[2]}"
        if before:
            yield f"effect:{before[2]}>{name}"
            if after:
                yield f"effect:{before[2]}>{after[2]}"
        if r.key(verb.start - 1) in ("can", "may", "could", "might", "will"):
            yield "effect:modal " + ("light" if verb.light else "strong")
        if verb.start == r.shift and verb.form == "s":
            yield "starts:effect -s"
            if is_title(r):
                yield "heading:effect -s"
        if is_title(r) and verb.form == "s" and verb.start > 0:
            yield "heading:clause"
        if verb.start == r.shift and verb.form in ("base", "ing"):
            yield "starts:effect " + verb.form
            if is_title(r):
                yield "heading:starts effect"
            if r.in_list:
                yield "list:starts effect"


def _surroundings(r: Reading, before: int) -> Iterator[str]:
    yield "post:health" if r.health else "post:not health"
    yield f"density:{min(4, int(r.density * 5))}"
    if before:
        yield f"frames before:{before}"
    if r.in_table and any(key[0].isdigit() for key in r.keys):
        yield "table:number"
    if r.in_list:
        yield "list"
        fragment = len(r.keys) - r.shift < 9 and not r.text.rstrip(" *_)").endswith((".", "!", "?"))
        what = "fragment" if fragment else "sentence"
        yield "list " + what
        if r.nouns():
            yield f"list {what} with noun"
        lead = r.lead if r.lead is not None else r.under
        if lead is not None:
            told = {name.partition(".")[0] for name in lead.hits} & _LEADS
            for name in told:
                yield f"{what} under:{name}"
            if fragment and any(each[0] >= r.shift for each in r.nouns()):
                if told & _EFFECTS and not told & {"typical", "symptom-heading"}:
                    yield "fragment completes effect"
                if told & {"typical", "symptom-heading"}:
                    yield "fragment completes symptoms"
                if told & {"risk-heading", "cause-word", "link"} or told & {"verb-cause", "verb-worsen"}:
                    yield "fragment completes cause"
        if r.shift:
            yield "list:lead-in"
    if r.under is not None:
        for name in ("benefit-heading", "risk-heading", "symptom-heading"):
            if name in r.under.hits:
                yield "under:" + name
                if r.in_list:
                    yield "list under:" + name
        if r.under.nouns("treatment"):
            yield "under:treatment"
        if r.under.nouns("condition"):
            yield "under:condition"
    if r.topic:
        yield "topic:" + r.topic


def _shape(r: Reading) -> Iterator[str]:
    size = len(r.keys) - r.shift
    yield "words:" + ("1-3" if size < 4 else "4-7" if size < 8 else "8-14" if size < 15 else "15-24" if size < 25 else "25+")
    first = r.key(r.shift)
    if first in word_list("imperative") and not r.shift:
        yield "starts:imperative"
    if first in ("it", "this", "these", "they", "that", "its", "their"):
        yield "starts:pointer"
    if first in ("if", "when", "while", "although", "though", "because", "since"):
        yield "starts:" + first
    if first.endswith("ing"):
        yield "starts:ing"
    if r.hits.keys() & {"verb-improve.s", "verb-reduce.s", "verb-act.s", "verb-prevent.s"} and r.hits:
        yield "verb:third person"
    keys = set(r.keys)
    for name, words in (("i", _ME), ("we", _WE), ("you", _YOU)):
        if keys & words:
            yield "person:" + name
    if keys & {"can", "may", "could", "might", "will", "would", "should", "must"}:
        for modal in ("can", "may", "could", "might", "will", "would", "should", "must"):
            if modal in keys:
                yield "modal:" + modal
    if any(key[0].isdigit() for key in keys):
        yield "digit"
    if any(key.endswith("%") for key in keys):
        yield "percent"
    if keys & {"because", "so", "which", "that's", "why"}:
        yield "clause:reason"
    if keys & word_list("people"):
        yield "people"
    if keys & word_list("comfort"):
        yield "comfort"
    if keys & {"more", "less", "better", "worse", "fewer", "higher", "lower", "faster", "most", "best"}:
        yield "degree"
    if keys & {"is", "are", "was", "were"}:
        yield "copula"
    if keys & {"he", "she", "her", "his"}:
        yield "person:she"
    if "“" in r.text or '"' in r.text:
        yield "quote"
    if "$" in r.text or "£" in r.text or "€" in r.text:
        yield "money"
