"""An importer for the tests of `copydesk import`: a plain form in which a test says what it needs.

The first line of a `.mini` file is the title. Lines `key: value` below it are front matter,
known or other. The rest is Markdown; a line `OMIT text` is left out, `LOSE text` is dropped
without a word, `PICTURE name hex` brings a picture, `NOTE text` is a note.
"""

from __future__ import annotations

from pathlib import Path

from cli_kit import write

PLUGIN = """
import re

from copydesk.api import (
    Attachment, Conversion, CopydeskError, Failure, Importer, Incoming, Omission, hookimpl,
)

OURS = {"slug", "id", "state", "description", "tags", "published", "image_alt"}


def recognises(incoming):
    return incoming.name.endswith(".mini") or incoming.data.startswith(b"MINI")


def convert(incoming):
    text = incoming.data.decode().removeprefix("MINI\\n")
    if text.startswith("REFUSE"):
        raise CopydeskError(Failure("file", "is locked", "Ask whoever made it."))
    if text.startswith("CRASH"):
        raise ZeroDivisionError("on purpose")
    if text.startswith("WRONG"):
        return "no conversion"
    head, _, rest = text.partition("\\n\\n")
    title, *keys = head.split("\\n")
    pairs = dict(line.split(": ", 1) for line in keys)
    body, texts, omissions, pictures, notes = [], [title], [], [], []
    for block in rest.strip("\\n").split("\\n\\n"):
        word, _, said = block.partition(" ")
        if word == "OMIT":
            omissions.append(Omission(said, "It is a menu.", "page 1"))
            texts.append(said)
        elif word == "LOSE":
            texts.append(said)
        elif word == "PICTURE":
            name, _, data = said.partition(" ")
            pictures.append(Attachment(name, bytes.fromhex(data)))
        elif word == "NOTE":
            notes.append(said)
        else:
            body.append(block)
            texts.append(re.sub(r"!\\[([^]]*)\\]\\([^)]*\\)", r"\\1", block).lstrip("#- "))
    return Conversion(
        title,
        "\\n\\n".join(body) + "\\n",
        tuple(texts),
        {key: value for key, value in pairs.items() if key in OURS},
        {key: value for key, value in pairs.items() if key not in OURS},
        tuple(omissions),
        tuple(pictures),
        tuple(notes),
    )


@hookimpl
def register_readers():
    return [Importer("mini", "Small files of the tests", recognises, convert, 1)]
"""
VISIT = "Your first visit\n\nWe meet on Monday. Bring a card.\n\nIt takes an hour.\n"
DRAFT = Path("posts/your-first-visit.md")
REPORT = Path("posts/your-first-visit.import.log")
RECORDS = Path(".copydesk/imports.json")


def mini(name: str = "visit.mini", text: str = VISIT) -> Path:
    """Write an input beside the site's posts."""
    return write(name, text)


def body_of(path: Path = DRAFT) -> str:
    """Return a draft without its front matter."""
    return path.read_text(encoding="utf-8").split("---\n", 2)[2]
