"""A changed input and the draft that people have worked on since: one merge, shown first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from copydesk.front_matter import read_front_matter
from copydesk.front_matter_writing import set_values
from copydesk.imports import merging
from copydesk.imports.drafts import Draft
from copydesk.imports.merging import Block, Prefer, Step
from copydesk.imports.pictures import Picture
from copydesk.imports.site import ImportSite
from copydesk.imports.verdict import verdict
from copydesk.model.draft import Omission
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.text import Source

_KEPT = "Where the document says something else, the draft's words were kept."


class Merged(NamedTuple):
    """The draft with the document's changes; `source` is the old one where nothing changes."""

    source: Source
    lines: tuple[str, ...]
    omissions: tuple[Omission, ...]
    undecided: int


def merge(
    base: str,
    draft: Source,
    fresh: Draft,
    pictures: Sequence[Picture],
    site: ImportSite,
    prefer: Prefer,
    now: datetime,
    fill: bool = True,
) -> Merged:
    """Merge what the document changed since `base` into the draft; raises CopydeskError.

    The front matter of the draft stays byte for byte, but for known keys that are empty, if they
    are to be filled.
    """
    front_matter = read_front_matter(draft)
    at = front_matter.span.end if front_matter else 0
    body = draft.text[at:]
    try:
        steps = merging.merge(base, body, fresh.body, prefer)
    except merging.TooLarge:
        raise CopydeskError(_too_large()) from None
    text = draft.text
    if any(step.merged != step.draft for step in steps):
        text = draft.text[:at] + merging.merged_text(steps, body, draft.newline)
    if fill:
        text = _filled(draft._replace(text=text), fresh, site)
    conflicts = [step for step in steps if step.conflict is not None]
    lines = shown(steps, prefer)
    if text == draft.text:
        if prefer or not conflicts:
            lines = [_KEPT] if conflicts else []
        return Merged(draft, tuple(lines), _overruled(conflicts, prefer), _open(conflicts, prefer))
    source = draft._replace(text=text)
    site.read(source)  # what cannot be read is not even proposed
    coming = [f"{each.path.parent.name}/{each.path.name}" for each in pictures]
    lines += verdict(draft, source, coming, site, now)
    omissions = _overruled(conflicts, prefer)
    return Merged(source, tuple(lines), omissions, _open(conflicts, prefer))


def _open(conflicts: Sequence[Step], prefer: Prefer) -> int:
    return 0 if prefer else len(conflicts)


def _filled(source: Source, fresh: Draft, site: ImportSite) -> str:
    """Return the text with what the document knows in known keys that stand empty."""
    front_matter = read_front_matter(source)
    if front_matter is None:
        return source.text
    names = site.config.reading.keys
    empty = {
        written
        for written, node in front_matter.pairs
        if node.kind == "text" and not node.text.strip()
    }
    values = {
        key: value
        for key, value in fresh.values.items()
        if value and key != "state" and names.get(key, key) in empty
    }
    return set_values(source, values, site.config.reading)


def shown(steps: Sequence[Step], prefer: Prefer) -> list[str]:
    """Return what changes, paragraph by paragraph, and where both sides changed the same."""
    lines: list[str] = []
    for step in steps:
        if step.conflict is not None and not prefer:
            lines += ["Changed in the draft and in the document:"]
            lines += _quoted("  draft:    ", step.draft) + _quoted("  document: ", step.conflict)
        elif step.merged != step.draft:
            lines += _quoted("- ", step.draft) + _quoted("+ ", step.merged)
    return lines


def _quoted(mark: str, parts: Sequence[Block]) -> list[str]:
    texts = [line for each in parts for line in each.text.splitlines()]
    return [mark + line for line in texts] or [f"{mark}(nothing)"] * mark.startswith(" ")


def _overruled(conflicts: Sequence[Step], prefer: Prefer) -> tuple[Omission, ...]:
    """Return what gave way where both sides changed the same passage."""
    if not prefer:
        return ()
    reason = (
        "Draft and document both changed this passage, and the draft's words were kept."
        if prefer == "draft"
        else "Draft and document both changed this passage, and the document's words were taken."
    )
    lost = [(step.conflict or ()) if prefer == "draft" else step.draft for step in conflicts]
    return tuple(
        Omission("\n\n".join(each.text for each in parts), reason) for parts in lost if parts
    )


def in_place(old: Source, new: Draft) -> list[str]:
    """Return what changes where a file of the site is converted where it lies."""
    try:
        return shown(merging.merge(old.text, old.text, new.source.text), "")
    except merging.TooLarge:
        raise CopydeskError(_too_large()) from None


def _too_large() -> Failure:
    return Failure(
        "file",
        f"could not be compared: it has more than {merging.MAX_BLOCKS} paragraphs, or one of "
        "them over and over",
        "Import the document as a new draft: --name NEW-NAME.",
    )
