"""Signs: what speaks for and against a unit being a claim, each under a name that people read."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk_plugins.claims.detection.clauses import deeds
from copydesk_plugins.claims.detection.cues import cues
from copydesk_plugins.claims.detection.frames import Fit, is_title, pointed
from copydesk_plugins.claims.detection.listed import listed
from copydesk_plugins.claims.detection.numbers import numbers
from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.detection.verbs import verbs
from copydesk_plugins.claims.detection.vocabulary import word_list

#: Slots whose words are a sign by themselves.
_WORDS = {
    slot: "word:" + slot
    for slot in listed(
        "link used-for better-outcome compare need safe harm avoid regulator research "
        "research-says feel onset lasting result nominal hedge negation definition history "
        "process invite biography price disclaimer doubt symptom typical state change rate time "
        "cause-word whether wants provider-verb praise"
    )
}
_THIRD_PERSON = {"verb-improve.s", "verb-reduce.s", "verb-act.s", "verb-prevent.s"}
_ENABLING = {"verb-enable.base", "verb-enable.s", "verb-enable.ing"}
#: Slots of a heading or lead-in that tell what its list is about.
_TELLING = listed(
    "verb-improve verb-reduce verb-prevent verb-worsen verb-cause verb-act verb-enable link "
    "used-for better-outcome safe harm benefit-heading risk-heading symptom-heading feel "
    "cause-word process research onset lasting treatment condition whether invite typical "
    "regulator"
)
_PROMISES = listed(
    "verb-improve verb-reduce verb-prevent verb-enable used-for better-outcome benefit-heading"
)
_BACKGROUND = frozenset({"typical", "symptom-heading"})
_CAUSES = listed("risk-heading cause-word link verb-cause verb-worsen")
_HEADINGS = ("benefit-heading", "risk-heading", "symptom-heading")
_POINTERS = listed("it this these they that its their")
_OPENERS = listed("if when while although though because since")
_FRAGMENT = 9
_STOPS = (".", "!", "?")
_ENDS = {":": "ends:colon", "?": "ends:question", "!": "ends:exclamation", ".": "ends:stop"}


def signs(r: Reading, free: Sequence[Fit], before: int) -> frozenset[str]:
    """Return the signs of a unit.

    `free` holds the frames that fit and that no veto speaks against; `before` is how many of
    the two units before have such a frame.
    """
    found = cues(r.keys[r.shift :] if r.shift else r.keys)
    _slots(r, found)
    if free:
        found.add("free frame")
        names = {fit.frame for fit in free}
        found.update("free:" + name for name in names)
        if len(names) > 1:
            found.add("two free frames")
    if before:
        found.add(f"frames before:{before}")
    deeds(r, verbs(r), found)
    if r.figures:
        found.add("digit")
        found.update(numbers(r))
    _place(r, found)
    if r.in_list:
        _list(r, found)
    _shape(r, found)
    return frozenset(found)


def _slots(r: Reading, found: set[str]) -> None:
    """Add which slots are filled, and by words of which kind."""
    slots = {each[2] for each in r.nouns()}
    for slot in slots:
        found.add("has:" + slot)
    if not slots:
        found.add("no noun")
    if r.antecedent:
        found.add("antecedent")
        if pointed(r, len(r.keys)):
            found.add("pointer to:" + r.antecedent)
    for name in r.hits:
        if name in _WORDS:
            found.add(_WORDS[name])
    if not _ENABLING.isdisjoint(r.hits):
        found.add("verb:enable")
    if not _THIRD_PERSON.isdisjoint(r.hits):
        found.add("verb:third person")


def _place(r: Reading, found: set[str]) -> None:
    """Add what the post is about, and what heading the unit stands under."""
    found.add("kind:" + ("heading" if is_title(r) else r.unit.kind))
    found.add("post:health" if r.health else "post:not health")
    found.add(f"density:{min(4, int(r.density * 5))}")
    if r.topic:
        found.add("topic:" + r.topic)
    if r.in_table and r.figures:
        found.add("table:number")
    if r.under is None:
        return
    for name in _HEADINGS:
        if name in r.under.hits:
            found.add("under:" + name)
            if r.in_list:
                found.add("list under:" + name)
    for slot in ("treatment", "condition"):
        if r.under.nouns(slot):
            found.add("under:" + slot)


def _list(r: Reading, found: set[str]) -> None:
    """Add what a list item is, and what its lead-in or heading makes of it."""
    short = len(r.keys) - r.shift < _FRAGMENT
    what = "fragment" if short and not r.ending.endswith(_STOPS) else "sentence"
    found.update(("list", "list " + what))
    if r.shift:
        found.add("list:lead-in")
    if r.nouns():
        found.add(f"list {what} with noun")
    lead = r.lead if r.lead is not None else r.under
    if lead is None:
        return
    told = lead.slots & _TELLING
    for name in told:
        found.add(f"{what} under:{name}")
    if what == "fragment" and any(each[0] >= r.shift for each in r.nouns()):
        if told & _BACKGROUND:
            found.add("fragment completes symptoms")
        elif told & _PROMISES:
            found.add("fragment completes effect")
        if told & _CAUSES:
            found.add("fragment completes cause")


def _shape(r: Reading, found: set[str]) -> None:
    """Add how long a unit is, how it begins and how it ends."""
    size = len(r.keys) - r.shift
    if size < 8:
        found.add("words:1-3" if size < 4 else "words:4-7")
    else:
        found.add("words:8-14" if size < 15 else "words:15-24" if size < 25 else "words:25+")
    first = r.key(r.shift)
    if not r.shift and first in word_list("imperative"):
        found.add("starts:imperative")
    if first in _POINTERS:
        found.add("starts:pointer")
    elif first in _OPENERS:
        found.add("starts:" + first)
    elif first.endswith("ing"):
        found.add("starts:ing")
    found.add(_ENDS.get(r.ending[-1:], "ends:open"))
    if r.question:
        found.add("question")
    text = r.text
    if "“" in text or '"' in text:
        found.add("quote")
    if "$" in text or "£" in text or "€" in text:
        found.add("money")
