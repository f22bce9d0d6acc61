"""From decisions to the register: the entries that they add or sign, and its text afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from copydesk.api import Person, new_id, slugify
from copydesk_plugins.claims.claim import STRENGTHS
from copydesk_plugins.claims.register.book import Book
from copydesk_plugins.claims.register.changing import block_of, with_sign_off
from copydesk_plugins.claims.register.entry import Entry
from copydesk_plugins.claims.register.places import Places, places_of
from copydesk_plugins.claims.register.sign_off import SignOff, signed
from copydesk_plugins.claims.review.obstacles import obstacle
from copydesk_plugins.claims.review.sheet_judging import Decision

Problem = tuple[str, str]
_LONGEST_ID = 48


class Signed(NamedTuple):
    """What one approved row does to its entry, and whether that is a new one."""

    decision: Decision
    done: SignOff
    new: bool


class Signing(NamedTuple):
    """The sign-offs of a sheet, rows that need none any more, and rows that cannot be approved."""

    sign_offs: tuple[Signed, ...]
    settled: tuple[tuple[Decision, str], ...]
    refused: tuple[tuple[Decision, Problem], ...]


def signing_of(
    decisions: Iterable[Decision], book: Book, people: Mapping[str, Person], today: date
) -> Signing:
    """Return what approved rows do to a register."""
    taken = {entry.id for entry in book.entries}
    found: list[Signed] = []
    settled: list[tuple[Decision, str]] = []
    refused: list[tuple[Decision, Problem]] = []
    by_id: dict[str, str] = {}
    for decision in decisions:
        entry = decision.row.entry
        if problem := _problem(decision, today):
            refused.append((decision, problem))
        elif any(each.by == decision.by for each in entry.valid) and entry.standing(today) in (
            "approved",
            "draft",
        ):
            settled.append((decision, f"{decision.by} approved {entry.id} already"))
        elif entry.id in by_id:
            problem = _twice(entry, by_id[entry.id], decision.by)
            if problem:
                refused.append((decision, problem))
            else:
                settled.append((decision, f"{entry.id} is signed by another row of this sheet"))
        else:
            if not entry.id:
                entry = entry._replace(id=_id(entry, taken))
                taken.add(entry.id)
            by_id[entry.id] = decision.by
            done = signed(entry, decision.by, decision.on or today, people)
            found.append(Signed(decision, done, not decision.row.entry.id))
    return Signing(tuple(found), tuple(settled), tuple(refused))


def _id(entry: Entry, taken: set[str]) -> str:
    """Return an id for a new entry; one of digits alone would be taken for a number."""
    slug = slugify(entry.statement)
    if len(slug) > _LONGEST_ID:
        slug = slug[:_LONGEST_ID].rpartition("-")[0] or slug[:_LONGEST_ID]
    return new_id(f"claim-{slug}" if slug.isdigit() else slug, taken)


def _twice(entry: Entry, first: str, by: str) -> Problem | None:
    if first == by:
        return None
    return (
        f"is {entry.id} of the register, which {first} signs in another row",
        "Let each person sign a sheet of their own, and apply one after the other.",
    )


def _problem(decision: Decision, today: date) -> Problem | None:
    """Return why a row cannot be approved, or None."""
    entry, row = decision.row.entry, decision.row
    if found := obstacle(row):
        return found
    if entry.status == "withdrawn":
        return (f"is {entry.id} of the register, which was withdrawn", "Change or remove it.")
    if entry.standing(today) == "expired" or (entry.expires and entry.expires < today):
        return (
            f"is {entry.id} of the register, which ended on {entry.expires}",
            f"Renew it first: `copydesk claims approve {entry.id} --expires DAY`.",
        )
    if STRENGTHS.index(row.strength) > STRENGTHS.index(entry.strength):
        return (
            f"is {row.strength}, and its entry {entry.id} allows {entry.strength} at most",
            "Soften the sentence, or add an entry of its own with `copydesk claims add`.",
        )
    return None


def with_sign_offs(text: str, shown: str, sign_offs: Iterable[Signed]) -> str:
    """Return the text of the register after sign-offs; what they do not touch stays as it is."""
    places = places_of(text, shown)
    at_line = {places.lines.position(at.start).line: at for at in places.entries}
    old = [each.done for each in sign_offs if not each.new]
    # From the end of the file, so that the places before stay where they are.
    for each in sorted(old, key=lambda each: -each.entry.line):
        text = with_sign_off(
            text, at_line[each.entry.line], each.approval, each.dropped, each.entry.status
        )
    return _appended(text, [_block(each.done) for each in sign_offs if each.new])


def _block(sign_off: SignOff) -> str:
    """Return a new entry with its approval, made by itself so that long registers stay fast."""
    block = block_of(sign_off.entry)
    places: Places = places_of(block, "")
    return with_sign_off(block, places.entries[0], sign_off.approval, (), sign_off.entry.status)


def _appended(text: str, blocks: list[str]) -> str:
    if not blocks:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    before = text if not text or text.endswith("\n") else text + newline
    added = "\n".join(blocks).replace("\n", newline)
    return before + (newline if before else "") + added
