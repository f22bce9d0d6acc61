"""Pictures that came inside an input: into `images/` beside the draft, named after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from copydesk.imports.drafts import source_of
from copydesk.imports.site import ImportSite
from copydesk.model.draft import Conversion, Omission
from copydesk.model.post import Image

FOLDER = "images"
#: What browsers show and pages may hold, by their first bytes.
_KINDS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "png"),
    (re.compile(rb"\xff\xd8\xff"), "jpg"),
    (re.compile(rb"GIF8[79]a"), "gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "webp"),
)


class Placed(NamedTuple):
    """A conversion that names its pictures, what is to be written, and what each is called now."""

    conversion: Conversion
    pictures: tuple[Picture, ...]
    names: Mapping[str, str]


class Picture(NamedTuple):
    """A picture to write; one that is there already is not written again."""

    path: Path
    data: bytes


def place(conversion: Conversion, draft: Path, stem: str, site: ImportSite) -> Placed:
    """Choose files for the pictures of a conversion and name them in its body.

    What is no picture that a page can show becomes an omission. Files of other contents are
    never chosen. Raises CopydeskError where the folder leads out of the site.
    """
    if not conversion.attachments:
        return Placed(conversion, (), {})
    folder = draft.parent / FOLDER
    site.refuse_outside(folder)
    pictures: list[Picture] = []
    names: dict[str, str] = {}
    omissions = []
    named = set(addresses_of(conversion, site))
    for attachment in conversion.attachments:
        kind = next((kind for start, kind in _KINDS if start.match(attachment.data)), "")
        if kind and attachment.name in named:
            picture = _free(folder, stem, kind, attachment.data, pictures)
            names[attachment.name] = f"{FOLDER}/{picture.path.name}"
            if picture not in pictures:
                pictures.append(picture)
        else:
            omissions.append(Omission(attachment.name, _reason(kind), "picture"))
    changed = renamed(conversion, names, site)
    return Placed(
        changed._replace(omissions=(*conversion.omissions, *omissions)),
        tuple(each for each in pictures if not each.path.exists()),
        names,
    )


def is_shown(data: bytes) -> bool:
    """Say whether a file is a picture that pages can show."""
    return any(start.match(data) for start, _ in _KINDS)


def addresses_of(conversion: Conversion, site: ImportSite) -> tuple[str, ...]:
    """Return the addresses of the pictures in a conversion, that of the post itself first."""
    image = conversion.front_matter.get("image", "")
    found = [image if isinstance(image, str) else "", *(e.src for e in _images(conversion, site))]
    return tuple(dict.fromkeys(each for each in found if each))


def _reason(kind: str) -> str:
    if kind:
        return "The text names this picture nowhere, so it was not kept."
    return (
        "Only PNG, JPEG, GIF and WebP pictures can be shown on a page. Save this one in such a "
        f"form, put it into the folder {FOLDER} beside the draft, and name it in the text."
    )


def _free(folder: Path, stem: str, kind: str, data: bytes, planned: list[Picture]) -> Picture:
    """Return the first numbered file that is free or holds this very picture."""
    number = 1
    while True:
        path = folder / f"{stem}-{number}.{kind}"
        held = next((each.data for each in planned if each.path == path), None)
        if held is None and path.is_file() and not path.is_symlink():
            held = path.read_bytes()
        if held == data or (held is None and not path.exists() and not path.is_symlink()):
            return Picture(path, data)
        number += 1


def _images(conversion: Conversion, site: ImportSite) -> tuple[Image, ...]:
    return site.read(source_of(Path("draft.md"), "draft.md", f"\n{conversion.body}")).images


def renamed(conversion: Conversion, names: Mapping[str, str], site: ImportSite) -> Conversion:
    """Return a conversion that calls its pictures by other names."""
    if not names:
        return conversion
    front_matter = dict(conversion.front_matter)
    image = front_matter.get("image", "")
    if isinstance(image, str) and image in names:
        front_matter["image"] = names[image]
    return conversion._replace(body=_renamed(conversion, names, site), front_matter=front_matter)


def _renamed(conversion: Conversion, names: Mapping[str, str], site: ImportSite) -> str:
    """Return the body with the pictures' addresses, from the last place to the first."""
    text = f"\n{conversion.body}"
    for image in sorted(_images(conversion, site), key=lambda each: each.span, reverse=True):
        if image.src in names:
            whole = text[image.span.start : image.span.end]
            at = whole.rfind(image.src)
            if at != -1:
                start = image.span.start + at
                text = text[:start] + names[image.src] + text[start + len(image.src) :]
    return text[1:]
