"""Front matter of a post that changed in another system, merged key by key into its draft."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from copydesk.front_matter import read_front_matter
from copydesk.front_matter_writing import set_values
from copydesk.imports.drafts import Draft
from copydesk.imports.merge import Merged
from copydesk.imports.merging import Prefer
from copydesk.imports.site import ImportSite
from copydesk.metadata import KEYS, read_metadata
from copydesk.model.draft import Omission
from copydesk.model.post import Metadata
from copydesk.model.text import Source

#: Told by both sides on their own: the id is ours, and systems count every save as a change.
_APART = frozenset({"id", "updated"})
_BESIDE = frozenset({"state", "published", "category", "tags"})


class _Three(NamedTuple):
    """A key as it was imported, as it stands in the draft, and as the other system has it now."""

    key: str
    base: Any
    mine: Any
    theirs: Any


def merge_beside(
    source: Source, head: str, fresh: Draft, site: ImportSite, prefer: Prefer
) -> Merged:
    """Return a draft with what people change there without touching a text: state, date, terms."""
    return merge_fields(Merged(source, (), (), 0), head, fresh, site, prefer, _BESIDE)


def merge_fields(
    done: Merged,
    head: str,
    fresh: Draft,
    site: ImportSite,
    prefer: Prefer,
    keys: Collection[str] = KEYS,
) -> Merged:
    """Return a merged draft with the values that changed in the other system since `head`.

    Where draft and system both changed a key, both are shown until a person says whose to take.
    """
    mine = _metadata(done.source, site)
    base = _metadata(done.source._replace(text=head), site)
    theirs = _metadata(fresh.source, site)
    values: dict[str, str | tuple[str, ...]] = {}
    lines: list[str] = []
    omissions: list[Omission] = []
    undecided = 0
    for each in _changed(base, mine, theirs):
        if each.key not in keys:
            continue
        if each.mine == each.base or prefer == "document":
            values[each.key] = fresh.values.get(each.key, "")
            lines.append(f"{each.key}: {_shown(each.mine)} becomes {_shown(each.theirs)}")
        elif not prefer:
            undecided += 1
            lines += [
                f"{each.key} was changed in the draft and there:",
                f"  draft: {_shown(each.mine)}",
                f"  there: {_shown(each.theirs)}",
            ]
        if prefer and each.mine != each.base:
            lost = each.theirs if prefer == "draft" else each.mine
            reason = f"{each.key} was changed in the draft and there; this one gave way."
            omissions.append(Omission(_shown(lost), reason, "front matter"))
    if values and theirs.updated and theirs.updated != mine.updated:
        values["updated"] = fresh.values.get("updated", "")
    text = set_values(done.source, values, site.config.reading)
    return Merged(
        done.source._replace(text=text),
        (*lines, *done.lines),
        (*done.omissions, *omissions),
        done.undecided + undecided,
    )


def says_as_imported(source: Source, head: str, body: str, site: ImportSite) -> bool:
    """Say whether a draft says just what was imported: no value and no word was changed since."""
    front_matter = read_front_matter(source)
    text = source.text[front_matter.span.end if front_matter else 0 :]
    if "\n".join(text.splitlines()).strip("\n") != body.strip("\n"):
        return False
    mine = _metadata(source, site)
    base = _metadata(source._replace(text=head), site)
    return all(getattr(mine, key) == getattr(base, key) for key in KEYS if key != "updated")


def _metadata(source: Source, site: ImportSite) -> Metadata:
    return read_metadata(source, read_front_matter(source), site.config.reading)


def _changed(base: Metadata, mine: Metadata, theirs: Metadata) -> Iterator[_Three]:
    """Yield the keys that say something else there than they did, and than the draft does."""
    for key in KEYS:
        three = _Three(key, *(getattr(each, key) for each in (base, mine, theirs)))
        went_live = key == "state" and (three.mine, three.theirs) == ("scheduled", "published")
        moved = three.theirs != three.base and three.theirs != three.mine
        if key not in _APART and moved and not went_live:
            yield three


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    text = ", ".join(value) if isinstance(value, tuple) else str(value or "")
    return f"“{text}”" if text else "(nothing)"
