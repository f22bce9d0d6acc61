"""Finds quoted or first-person results, and pictures of before and after, with nothing behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import PostContext, Report, Unit, rule
from copydesk_plugins.claims.guards.engine import cited, claims_of, is_health, labels
from copydesk_plugins.claims.guards.reading import Reading, readings_of, word_set
from copydesk_plugins.claims.options import SHARED

_OPENING = ('"', "“", "«")
_CLOSING = ('"', "”", "»")
_MARK = re.compile(f"[{''.join(_OPENING + _CLOSING)}]")
#: A single mark opens a quotation only where a unit begins with it; elsewhere it is "don't".
_SINGLE = ("'", "‘")
#: A shorter stretch in quotation marks is a word spoken about, not a story.
_SHORTEST = 4
#: A signature has so many words at most: "Ana R., 58, Leeds".
_SIGNATURE = 4
#: In a picture's text, both beside a treatment show a result.
_BEFORE, _AFTER = "before", "after"
#: Staff who are quoted tell of their work, not of their own care.
_STAFF = frozenset({"patients", "clients", "our"})
_SAYS = frozenset({"says", "said", "explains", "explained", "adds", "added", "notes"})
#: Who says it stands within so many words behind a quotation.
_ATTRIBUTION = 6
_WORSE = frozenset({"worse", "worst", "worsened"})
_TREATED = ("session", "treatment", "visit", "surgery", "course", "month", "week", "procedure")


@rule(
    "claims.testimonial",
    summary="A patient's result, quoted or shown, without the typical result and a consent",
    why="One person's luck reads as a promise; “results vary” alone does not change that.",
    good="“The rooms are warm and nobody hurried me,” says one visitor.",
    bad="“After three visits my back pain is gone and I feel like myself again,” says Ana.\n\n"
    "We treat back pain and neck pain with massage.",
    authority="16 CFR 255.2 (FTC guides on endorsements and testimonials)",
    severity="error",
    languages=("en", "unknown"),
    options=SHARED,
)
def testimonial(ctx: PostContext) -> Iterator[Report]:
    """Report each paragraph or picture that tells a patient's result."""
    stories = list(_stories(ctx)) if is_health(ctx) else []
    missing = _missing(ctx) if stories else ""
    if not missing:
        return
    told: set[int] = set()
    for reading, what in stories:
        if reading.unit.block in told:
            continue
        told.add(reading.unit.block)
        yield ctx.report(
            reading.unit,
            f"{what}, and the post lacks {missing}; readers take it for what they will get.",
            help="Say beside it what most people can expect and link where that is known from, "
            "and put the number of the signed consent into the front matter, such as consent: "
            "C-2026-014." + _on_vary(ctx),
        )


def _stories(ctx: PostContext) -> Iterator[tuple[Reading, str]]:
    """Yield the units that tell or show a result, with what they do in words."""
    told = (each for each in claims_of(ctx) if each.type == "testimonial")
    engine = {each.unit.index for each in told if _of_health(ctx, each.unit)}
    readings = readings_of(ctx)
    dashed = (each for each in readings if "–" in each.unit.text or "—" in each.unit.text)
    signed = {each.unit.block for each in dashed if _signs(each.unit.text)}
    open_in = -1  # the block in which a quotation is open
    for reading in readings:
        if _shows(reading):
            yield reading, "Shows a result as before and after"
            continue
        within = open_in == reading.unit.block
        if not (within or _may_be_quoted(ctx, reading)):
            continue
        if _leaves_open(reading, within):
            open_in = reading.unit.block
        elif within and any(mark in reading.unit.text for mark in _CLOSING):
            open_in = -1
        spoken = _spoken(ctx, reading, within)
        if spoken and _tells(reading, reading.unit.index in engine, signed):
            yield reading, "Tells what a patient gained"


def _may_be_quoted(ctx: PostContext, reading: Reading) -> bool:
    """Say whether a unit has a mark of quotation or stands in a quotation: few do."""
    text = reading.unit.text
    if text.startswith(_SINGLE) or _MARK.search(text):
        return True
    return ctx.post.inside(ctx.block(reading.unit), "quote")


def _of_health(ctx: PostContext, unit: Unit) -> bool:
    """Say whether a unit names something of health."""
    return bool(labels(ctx).slots([word.text.lower() for word in ctx.words(unit)]))


def _missing(ctx: PostContext) -> str:
    """Return what a post lacks for its stories to stand, in words, or nothing."""
    typical = any(
        each.has("typical") and each.body and cited(ctx, each.unit) for each in readings_of(ctx)
    )
    lacking = [] if typical else ["what most people can expect, with a source"]
    if not ctx.post.metadata.consent:
        lacking.append("the person's consent")
    return " and ".join(lacking)


def _on_vary(ctx: PostContext) -> str:
    if any(each.has("vary") for each in readings_of(ctx)):
        return " That results vary is not enough."
    return ""


def _spoken(ctx: PostContext, reading: Reading, within: bool) -> bool:
    """Say whether somebody tells of themselves in a quotation."""
    text = reading.unit.text
    if "?" in text or reading.unit.kind in ("heading", "title"):
        return False
    quoted = within or ctx.post.inside(ctx.block(reading.unit), "quote") or _quotes(text)
    return quoted and reading.has("own")


def _quotes(text: str) -> bool:
    """Say whether a text holds a quotation that is more than a word or two."""
    opened = [at for mark in _OPENING if (at := text.find(mark)) != -1]
    if not opened:
        return text.startswith(_SINGLE)
    start = min(opened)
    end = max(text.rfind(mark, start + 1) for mark in _CLOSING)
    said = text[start + 1 : end if end > start else len(text)]
    return len(said.split()) >= _SHORTEST


def _leaves_open(reading: Reading, within: bool) -> bool:
    """Say whether a quotation goes on in the next unit of the paragraph."""
    text = reading.unit.text
    if text.count("“") != text.count("”"):
        return text.rfind("“") > text.rfind("”")
    return (text.count('"') % 2 == 1) != within and '"' in text


def _tells(reading: Reading, by_engine: bool, signed: set[int]) -> bool:
    """Say whether what somebody tells is of health gained, and not of service."""
    if reading.has("service") or not (_STAFF | _WORSE).isdisjoint(reading.keys):
        return False
    if _said_by_staff(reading):
        return False
    gained = any(not reading.denied(hit.start) for hit in reading.all("gained"))
    return gained or by_engine or reading.unit.block in signed


def _said_by_staff(reading: Reading) -> bool:
    """Say whether somebody who works here is named as the speaker: "…," says Dr Lee."""
    end = max(reading.unit.text.rfind(mark) for mark in _CLOSING)
    after = [
        key for word, key in zip(reading.words, reading.keys, strict=True) if word.start > end >= 0
    ][:_ATTRIBUTION]
    return not _SAYS.isdisjoint(after) and not word_set("staff").isdisjoint(after)


def _signs(text: str) -> bool:
    """Say whether a text ends with a name behind a dash, as quotations of patients do."""
    before, dash, name = text.rpartition("–" if "–" in text else "—")
    bare = name.strip()
    return (
        bool(dash)
        and bare[:1].isupper()
        and len(bare.split()) <= _SIGNATURE
        and (not before.strip() or before.rstrip().endswith(_CLOSING))
    )


def _shows(reading: Reading) -> bool:
    """Say whether a unit shows or offers pictures of before and after."""
    if any(not reading.denied(hit.start) for hit in reading.all("before-after")):
        return True
    return (
        reading.unit.kind in ("alt", "image-alt")
        and _BEFORE in reading.keys
        and _AFTER in reading.keys
        and any(key.startswith(_TREATED) for key in reading.keys)
    )
