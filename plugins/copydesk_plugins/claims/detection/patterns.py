"""Patterns: what nearly settles by itself whether a unit is a claim."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_plugins.claims.detection.clauses import subject
from copydesk_plugins.claims.detection.frames import ACTORS, HEALTH, Fit, Verb, first_noun, is_title, last_noun, pointed
from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.detection.vocabulary import word_list

_MODALS = frozenset("can may could might will would also often further even not typically usually generally really does do has have been is are was be being".split())
_IF = frozenset({"if", "whether", "unless", "until"})
_OPEN_ENDS = frozenset(
    "include includes including are is may can could for following like as these to with by report "
    "experience of that below when who cause causes benefits symptoms signs tips steps ways options "
    "factors reasons here things from help helps".split()
)
_FRAGMENT = frozenset("s base ing".split())
_META = frozenset("article blog post posts guide section chapter page link website newsletter".split())
_PURPOSE = frozenset("which because so that helps help reduces improves".split())
_REASON = frozenset("which because since as so".split())


def patterns(r: Reading, found: list[Verb], fits: list[Fit]) -> Iterator[str]:
    """Yield the patterns of a unit."""
    who, at = subject(r)
    nouns = r.nouns()
    if not r.question:
        yield from _effects(r, found, who, at)
    yield from _fragment(r, found)
    yield from _against(r, found, who, at)


def _object(r: Reading, verb: Verb, reach: int = 7) -> str:
    noun = first_noun(r, (), verb.end, verb.end + reach)
    if noun is None or not r.same_clause(verb.start, noun[0]):
        return ""
    if noun[2] in ACTORS:
        later = first_noun(r, HEALTH, noun[1], noun[1] + 3)
        return later[2] if later else noun[2]
    return noun[2]


def _effects(r: Reading, found: list[Verb], who: str, at: int) -> Iterator[str]:
    for verb in found:
        obj = _object(r, verb)
        if obj not in HEALTH:
            continue
        if any(k in _IF for k in r.keys[max(0, verb.start - 8) : verb.start]):
            continue
        wish = any(hit.end in (verb.start, verb.start - 1) for hit in r.all("wants"))
        if wish:
            continue
        before = r.key(verb.start - 1)
        finite = verb.form == "s" or (verb.form == "base" and before in _MODALS) or (verb.form == "ed" and before not in ("is", "are", "was", "be"))
        weight = "light " if verb.light else ""
        noun = last_noun(r, (), max(0, verb.start - 5), verb.start)
        near = noun[2] if noun else ""
        if verb.form == "ing" and before == "by":
            yield f"pattern:by {weight}effect"
        elif verb.form == "ing" and "," in r.gap(verb.start):
            yield f"pattern:, {weight}effect"
        elif before in ("that", "which") and verb.form in ("s", "base"):
            yield f"pattern:which {weight}effect"
        elif finite or verb.form == "base" and verb.start > r.shift + 1 and before not in ("to", "and", "you", "we", "or"):
            if near in ("treatment", "exposure") or (who in ("treatment", "exposure") and verb.start - at < 7):
                yield f"pattern:treatment {weight}effect {'body' if obj == 'body' else 'health'}"
            elif near == "condition" or who == "condition" and verb.start - at < 7:
                yield f"pattern:condition {weight}effect"
            elif who == "pointer" and verb.start - at < 7:
                yield f"pattern:it {weight}effect"
            elif who == "topic" and verb.start - at < 7:
                yield f"pattern:topic {weight}effect"
            elif who in ("we", "staff", "you", "i"):
                yield f"pattern:{who} {weight}effect"


def _fragment(r: Reading, found: list[Verb]) -> Iterator[str]:
    """Yield that a heading or list item begins with an effect: "Eases stiff joints"."""
    if not (r.in_list or r.in_table or is_title(r)):
        return
    where = "heading" if is_title(r) else "item"
    for verb in found:
        if verb.start > r.shift + 1:
            break
        obj = _object(r, verb, 5)
        if obj in HEALTH:
            yield f"pattern:{where} begins with effect -{verb.form}"
            return
    if where == "heading" and found and not r.question:
        for verb in found:
            if verb.form == "s" and verb.start > 0 and _object(r, verb) in HEALTH:
                yield "pattern:heading clause"
                return


def _against(r: Reading, found: list[Verb], who: str, at: int) -> Iterator[str]:
    keys = r.keys
    text = r.text.rstrip(" *_")
    if text.endswith(":"):
        last = keys[-1]
        yield "pattern:open lead-in" if last in _OPEN_ENDS else "pattern:lead-in"
    first = r.key(r.shift)
    imperative = first in word_list("imperative") and not first.endswith("ing") and r.key(r.shift + 1) not in ("is", "are", "can", "may", "will", "has", "helps", "also")
    if imperative and not is_title(r) and who in ("other", "you", "topic", "body", "treatment", "exposure", "condition", "outcome", "pointer"):
        why = bool(_REASON & set(keys[r.shift + 2 :])) or any(v.start > r.shift + 2 for v in found)
        yield "pattern:advice with reason" if why else "pattern:advice"
    if set(keys) & _META and ({"this", "our", "these"} & set(keys)) or first in ("let's",):
        yield "pattern:about the text"
    if is_title(r) and not found and not r.question:
        yield "pattern:heading without verb"
    if "@" in r.text or "http" in r.text or "www." in r.text:
        yield "pattern:address"
