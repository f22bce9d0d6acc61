"""What the importers' tests share: a conversion as people would write it down, and its draft."""

from __future__ import annotations

from pathlib import Path

from copydesk.api import Conversion, Importer, Incoming
from copydesk.front_matter_writing import write_front_matter
from copydesk.imports.accounting import missing
from copydesk.testing import read
from copydesk_plugins.readers import register_readers

IMPORTERS = {each.name: each for each in register_readers() if isinstance(each, Importer)}
CASES = Path(__file__).parents[2] / "cases" / "imports"


def convert(importer: str, text: str | bytes, name: str = "") -> Conversion:
    data = text.encode() if isinstance(text, str) else text
    return IMPORTERS[importer].convert(Incoming(name or f"post.{importer}", data))


def recognised(text: str | bytes, name: str) -> str:
    """Return the name of the importer that takes a file, or nothing."""
    incoming = Incoming(name, text.encode() if isinstance(text, str) else text)
    ranked = sorted(IMPORTERS.values(), key=lambda each: (each.rank, each.name))
    return next((each.name for each in ranked if each.recognises(incoming)), "")


def shown(conversion: Conversion) -> str:
    """Return a conversion as a readable page: title, keys, kept keys, notes, then the body."""
    lines = [f"title: {conversion.title}"]
    for mark, values in (("", conversion.front_matter), ("kept ", conversion.others)):
        for key, value in values.items():
            said = value if isinstance(value, str) else f"[{', '.join(value)}]"
            lines.append(f"{mark}{key}: {said}".rstrip())
    lines += [f"note: {note}" for note in conversion.notes]
    return "\n".join([*lines, "", conversion.body])


def draft(conversion: Conversion) -> str:
    """Return a conversion as a whole file, the way the import writes it."""
    values = {"title": conversion.title, **conversion.front_matter, **conversion.others}
    return f"{write_front_matter(values)}\n{conversion.body}"


def lost(conversion: Conversion) -> list[str]:
    """Return the sentences that are neither in the draft nor among what was left out."""
    found = missing(conversion.texts, read(draft(conversion)), conversion.omissions)
    return [each.text for each in found]


def left_out(conversion: Conversion) -> dict[str, str]:
    """Return what was left out, each text with the reason."""
    return {each.text: each.reason for each in conversion.omissions}
