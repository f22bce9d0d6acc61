"""Finds patients who can be known: a name, initials or an age beside what they have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import PostContext, Report, Word, rule
from copydesk_plugins.claims.guards.engine import is_health, labels
from copydesk_plugins.claims.guards.reading import Reading, readings_of, word_set
from copydesk_plugins.claims.options import SHARED

_TITLES = frozenset({"dr", "prof", "professor", "nurse", "sister", "doctor"})
#: What may follow an age that stands behind a name: "Ana, 34, has ...", "Ana, 34 and tired".
_AFTER_AGE = frozenset({"a", "an", "who", "from", "had", "has", "was", "is", "came", "and", "says"})
_FIGURE = re.compile("[0-9]")
_YEARS_OLD = ("year-old", "years-old")
#: A signature that stands alone has so many words at most: "Ron T., 52, Leeds".
_SIGNATURE = 5
_DASHES = "–—-―"


@rule(
    "claims.patient-identity",
    summary="A patient's name, initials or age beside a diagnosis, without a consent on file",
    why="A name and an illness together tell a stranger's secret, and the law guards it.",
    good="One woman in her thirties came to us with migraine.\n\nMigraine and tension headache "
    "are common.",
    bad="Our patient Ana, 34, came to us with migraine.\n\nMigraine and tension headache are "
    "common.",
    authority="HIPAA Privacy Rule, 45 CFR 164.508(a)(3) and 164.514(b)",
    severity="error",
    languages=("en", "unknown"),
    options=SHARED,
)
def patient_identity(ctx: PostContext) -> Iterator[Report]:
    """Report the first unit of each paragraph that lets a patient be known."""
    if ctx.post.metadata.consent:
        return
    readings = readings_of(ctx)
    hints = [each for each in readings if _may_show(each) and _known_by(each, frozenset())]
    staff = _staff(ctx, readings) | _medicines(ctx, hints) if hints else frozenset()
    found = [(each, words) for each in hints if (words := _known_by(each, staff))]
    if not found or not is_health(ctx) or _none_is_real(readings):
        return
    blocks: dict[int, list[Reading]] = {}
    for each in readings:
        blocks.setdefault(each.unit.block, []).append(each)
    for reading, words in found:
        near = blocks.pop(reading.unit.block, [])  # a paragraph is told of once
        if not _is_ill(ctx, near) or _is_no_patient(near):
            continue
        yield ctx.report(
            reading.unit,
            f"“{_closed(words)}” beside an illness lets a patient be known, and the post has no "
            "consent.",
            help="Leave name, initials and age out, or put the number of the signed consent into "
            "the front matter, such as consent: C-2026-014.",
        )


def _may_show(reading: Reading) -> bool:
    """Say whether a unit has an age, an initial or the word for a patient: most units are done."""
    if reading.unit.kind in ("title", "heading", "description"):
        return False
    if reading.has("patient", "came"):
        return True
    text = reading.unit.text
    return _FIGURE.search(text) is not None or _signed(text)


def _signed(text: str) -> bool:
    """Say whether a single capital with a full stop stands in a text, as in "Ron T."."""
    at = text.find(".")
    while at != -1:
        if at > 1 and text[at - 1].isupper() and text[at - 2] == " ":
            return True
        at = text.find(".", at + 1)
    return False


def _known_by(reading: Reading, staff: frozenset[str]) -> str:
    """Return the words that let somebody be known, or nothing."""
    for at, word in enumerate(reading.words):
        first = word.text[0]
        if not (first.isupper() or first.isdigit()):
            continue
        end = _age_only(reading, at)
        if not end and _is_name(word) and reading.key(at) not in staff:
            end = _with_age(reading, at) or _initials(reading, at) or _as_patient(reading, at)
        if end:
            return reading.said(at, end)
    return ""


def _is_name(word: Word) -> bool:
    text = word.text.removesuffix("'s").removesuffix("’s")
    plain = text.replace("-", "")
    return (
        len(text) > 1
        and plain.isalpha()
        and text[0].isupper()
        and text[1:] == text[1:].lower()
        and text.lower() not in word_set("not-name")
    )


def _age(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) <= 3 and 1 <= int(text) <= 110


def _with_age(reading: Reading, at: int) -> int:
    """Return where "Ana, 34", "Ana (34)", "34-year-old Ana" or "Ana, a 34-year-old" ends, or 0."""
    words = reading.words
    if at and reading.key(at - 1).endswith(_YEARS_OLD) and reading.key(at - 1)[0].isdigit():
        return at + 1
    step = at + 2 if reading.key(at + 1) in ("a", "an") else at + 1
    if step >= len(words) or reading.gap(at + 1) not in (", ", " ("):
        return 0
    if reading.key(step).endswith(_YEARS_OLD) and reading.key(step)[0].isdigit():
        return step + 1
    if step != at + 1 or not _age(words[step].text) or _goes_before(reading, at):
        return 0
    after = reading.unit.text[words[step].end : words[step].end + 1]
    ends = after in ("", ",", ".", ")", ";", "\n", "”", '"') or reading.key(step + 1) in _AFTER_AGE
    return step + 1 if ends else 0


def _goes_before(reading: Reading, at: int) -> bool:
    """Say whether a surname follows a name: full names in the text are those of the world."""
    return (
        at > 0
        and _is_name(reading.words[at - 1])
        and reading.gap(at) == " "
        and not (_is_signature(reading, at - 1))
    )


def _initials(reading: Reading, at: int) -> int:
    """Return where a signature such as "– Ron T." or "says Ron T." ends, or 0."""
    words, text = reading.words, reading.unit.text
    if at + 1 >= len(words) or reading.gap(at + 1) != " ":
        return 0
    letter = words[at + 1].text
    is_letter = len(letter) == 1 and letter.isupper() and text[words[at + 1].end :][:1] == "."
    following = reading.gap(at + 2).strip(". ") if at + 2 < len(words) else ""
    ends = at + 2 >= len(words) or bool(following) or not _is_name(words[at + 2])
    return at + 2 if is_letter and ends and _is_signature(reading, at) else 0


def _is_signature(reading: Reading, at: int) -> bool:
    """Say whether a name signs a quotation: a dash or "says" stands before it."""
    before = reading.unit.text[: reading.words[at].start].rstrip()
    if not before:
        return len(reading.words) <= _SIGNATURE
    return before[-1] in _DASHES or reading.key(at - 1) in ("says", "said", "laughs", "writes")


def _as_patient(reading: Reading, at: int) -> int:
    """Return where "our patient Ana", "a client called Ana" or "Ana came to us" ends, or 0."""
    before = reading.keys[max(0, at - 2) : at]
    if before and (
        before[-1] in ("patient", "client")
        or (before[-1] in ("called", "named") and before[0] in ("patient", "client"))
    ):
        return at + 1
    for hit in reading.all("came"):
        if (
            at < hit.start <= at + 6
            and not _goes_before(reading, at)
            and _subject(reading, at, hit.start)
        ):
            return at + 1
    return 0


def _subject(reading: Reading, at: int, end: int) -> bool:
    """Say whether a name begins its clause and nobody else stands between it and the verb."""
    others = any(_is_name(reading.words[each]) for each in range(at + 1, end))
    return (at == 0 or reading.gap(at).strip() in (".", ",", ";", ":", "“", '"')) and not others


def _age_only(reading: Reading, at: int) -> int:
    """Return where "my 34-year-old patient" ends, or 0."""
    key = reading.key(at)
    if not (key.endswith(_YEARS_OLD) and key[0].isdigit()):
        return 0
    own = reading.key(at - 1) in ("my", "our")
    return at + 2 if own and reading.key(at + 1) in ("patient", "client") else 0


def _staff(ctx: PostContext, readings: list[Reading]) -> frozenset[str]:
    """Return the names of people who work here: authors, people of the site, and titled ones."""
    people = (f"{each.name} {each.key}" for each in ctx.people.values())
    named = " ".join((ctx.post.metadata.author, *people))
    found = {part.strip(".,").lower() for part in named.split()}
    marks = word_set("staff") | _TITLES | word_set("credential")
    for reading in readings:
        for at, key in enumerate(reading.keys):
            if key in marks:
                near = range(max(0, at - 2), min(len(reading.keys), at + 3))
                found.update(reading.key(each) for each in near if _is_name(reading.words[each]))
    return frozenset(found)


def _medicines(ctx: PostContext, hints: list[Reading]) -> frozenset[str]:
    """Return the treatments that are named: "Prozac, 20" is a dose, and nobody's age."""
    known = labels(ctx)
    return frozenset(
        key for each in hints for key in each.keys if known.nouns([key], "treatment", sure=False)
    )


def _closed(words: str) -> str:
    """Return words with the parenthesis that they open: "Ana (34)"."""
    return words + ")" if words.count("(") > words.count(")") else words


def _is_ill(ctx: PostContext, near: list[Reading]) -> bool:
    """Say whether a paragraph names an illness."""
    return any(labels(ctx).nouns(each.keys, "condition") for each in near)


def _is_no_patient(near: list[Reading]) -> bool:
    """Say whether a paragraph is about a study, about somebody known, or about long ago."""
    if any(each.has("research", "known") for each in near):
        return True
    return any(
        word.isdecimal() and len(word) == 4 and "1400" <= word < "1970"
        for each in near
        for word in each.keys
    )


def _none_is_real(readings: list[Reading]) -> bool:
    """Say whether the post says that names are changed or people are made up."""
    return any(each.has("not-real") for each in readings)
