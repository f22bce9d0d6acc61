"""A conversion as a whole draft: name, front matter, pictures, and an account of every sentence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from copydesk.front_matter_writing import set_values
from copydesk.imports import accounting
from copydesk.imports.inputs import Given
from copydesk.imports.residue import cut_residue
from copydesk.imports.site import ImportSite
from copydesk.metadata import KEYS, STATES, is_id, is_slug
from copydesk.model.draft import Conversion, Omission
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.post import Post
from copydesk.model.text import Source
from copydesk.slugs import file_stem, new_id, slug_of, slugify
from copydesk.sources import MAX_BYTES, shown_path

Values = dict[str, str | tuple[str, ...]]

#: What stands in every draft, filled or empty.
_ALWAYS = ("title", "slug", "id", "state", "description")
_LONGEST_TITLE = 120
#: More of a document's own title is some text in the style of titles.
_MOST_OF_TITLE = 1000


class Naming(NamedTuple):
    """What a draft is called: the stem of its file, its slug, its id and its title."""

    stem: str
    slug: str
    id: str
    title: str


class Draft(NamedTuple):
    """A whole draft: its front matter's values, its text, and what is not in it.

    `pictures` says which files the pictures got that came with it.
    """

    source: Source
    body: str
    values: Mapping[str, str | tuple[str, ...]]
    omissions: tuple[Omission, ...]
    notes: tuple[str, ...]
    pictures: Mapping[str, str] = {}


def title_of(conversion: Conversion, given: Given, site: ImportSite) -> str:
    """Return the title: the input's own, its first short heading, or the words of its name."""
    if conversion.title:
        return _cut(conversion.title)
    for block in _read_body(conversion, site).blocks:
        said = " ".join(block.text.plain.split())
        if block.kind == "heading" and 0 < len(said) <= _LONGEST_TITLE:
            return said
    if given.path is None:
        return ""
    stem = re.sub(r"\A\d{4}-\d{2}-\d{2}-(?=.)", "", PurePosixPath(given.path.name).stem)
    words = "".join(char if char.isprintable() else " " for char in stem)
    words = " ".join(re.sub(r"[-_]+", " ", words).split())
    return words[:1].upper() + words[1:]


def _cut(title: str) -> str:
    """Return a title that fits into the front matter; the rest of it is told by the account."""
    if len(title) <= _MOST_OF_TITLE:
        return title
    return title[:_MOST_OF_TITLE].rpartition(" ")[0] or title[:_MOST_OF_TITLE]


def _read_body(conversion: Conversion, site: ImportSite) -> Post:
    return site.read(source_of(Path("draft.md"), "draft.md", f"\n{conversion.body}"))


def source_of(path: Path, key: str, text: str) -> Source:
    """Return a text as the source that its file will be."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(shown_path(path), key, text, digest)


def name_draft(conversion: Conversion, given: Given, site: ImportSite, name: str) -> Naming:
    """Choose file name, slug and id of a new draft; `name` is what a person asked for."""
    title = title_of(conversion, given, site)
    known = _text(conversion.front_matter.get("slug", ""))
    if name:
        slug = slugify(name)
    elif known:
        slug = known if is_slug(known) else slugify(known)
    else:
        slug = slugify(title) if title else "pasted-text"
        if slug == "post" and given.path is not None:
            slug = slug_of(given.path.name)
    stem = file_stem(slug)
    taken = site.taken_ids()
    id = _text(conversion.front_matter.get("id", ""))
    if not is_id(id) or id in taken:
        id = new_id(slug, taken)
    return Naming(stem, slug, id, title)


def _text(value: str | tuple[str, ...]) -> str:
    return value.strip() if isinstance(value, str) else ""


def values_of(conversion: Conversion, naming: Naming, keep_state: bool) -> Values:
    """Return the values of a draft's front matter in the order of the schema."""
    known = {**conversion.front_matter, **naming._asdict()}
    del known["stem"]
    state = _text(conversion.front_matter.get("state", ""))
    known["state"] = state if keep_state and state in STATES else "draft"
    return {key: known.get(key, "") for key in KEYS if key in _ALWAYS or known.get(key)}


def _others(
    conversion: Conversion, values: Values, site: ImportSite
) -> tuple[Values, tuple[Omission, ...]]:
    """Return the keys that mean nothing here, and what gives way to keys of ours."""
    written = {site.config.reading.keys.get(key, key) for key in values}
    kept: Values = {}
    omissions = []
    for key, value in conversion.others.items():
        if key in written or key in KEYS:
            reason = "The draft has a key of this name with a meaning of its own."
            omissions.append(Omission(_as_line(key, value), reason, "front matter"))
        else:
            kept[key] = value
    for key in ("id", "slug"):
        theirs = _text(conversion.front_matter.get(key, ""))
        if theirs and theirs != values[key]:
            reason = f"The draft got the {key} {values[key]} instead."
            omissions.append(Omission(_as_line(key, theirs), reason, "front matter"))
    return kept, tuple(omissions)


def _as_line(key: str, value: str | tuple[str, ...]) -> str:
    return f"{key}: {value if isinstance(value, str) else ', '.join(value)}"


def compose(
    conversion: Conversion, naming: Naming, path: Path, site: ImportSite, keep_state: bool
) -> Draft:
    """Make the whole draft and account for every sentence; raises CopydeskError.

    The addresses of pictures are filled in already. Certain residue of an old site is cut out
    and named among the omissions.
    """
    values = values_of(conversion, naming, keep_state)
    others, omissions = _others(conversion, values, site)
    key = site.key(path)
    head, dropped = _fitting_head(values, others, site, path)
    omissions += dropped
    body = conversion.body.strip("\n") + "\n"
    text = f"{head}\n{body}"
    if len(text.encode()) > MAX_BYTES:
        raise CopydeskError(
            Failure(
                "file",
                "holds more text than fits into one post",
                "Split it into several documents, one for each post.",
            )
        )
    omissions = (*conversion.omissions, *omissions)
    source = source_of(path, key, text)
    lost = accounting.missing(conversion.texts, site.read(source), omissions)
    source, residue = cut_residue(source, site)
    return Draft(
        source,
        source.text[len(head) :].strip("\n") + "\n",
        values,
        (*omissions, *residue, *lost),
        (*conversion.notes, *_guessed_title(conversion, naming)),
    )


def _guessed_title(conversion: Conversion, naming: Naming) -> tuple[str, ...]:
    if conversion.title or not naming.title:
        return ()
    return (
        f"The text names no title, so “{naming.title}” was taken. Change `title:` at the top of "
        "the draft if another one fits better.",
    )


def _fitting_head(
    values: Values, others: Values, site: ImportSite, path: Path
) -> tuple[str, tuple[Omission, ...]]:
    """Return the front matter with as many of the keys as it can hold, and those that are not."""
    every = {**values, **others}
    for kept in (every, values):
        try:
            return _head(kept, site, path), _dropped(every, kept)
        except CopydeskError:
            continue
    kept = {key: value for key, value in values.items() if key in _ALWAYS}
    return _head(kept, site, path), _dropped(every, kept)


def _dropped(every: Values, kept: Values) -> tuple[Omission, ...]:
    reason = "The front matter would be too long, or could not be read back."
    return tuple(
        Omission(_as_line(name, value), reason, "front matter")
        for name, value in every.items()
        if name not in kept
    )


def _head(values: Mapping[str, str | tuple[str, ...]], site: ImportSite, path: Path) -> str:
    empty = Source(shown_path(path), "", "", "")
    return set_values(empty, values, site.config.reading)
