"""What the tests of the ways out share: claims made by hand, and the cases of the data files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from copydesk.api import Span, Unit
from copydesk_plugins.claims.claim import Claim, Said

HERE = Path(__file__).parent


class Case(NamedTuple):
    """A line of a data file: a claim, and what is expected of it."""

    claim: Claim
    expected: str
    line: int


def claim(text: str, words: str = "", **parts: Any) -> Claim:
    """Return a claim of a unit with this text; any part may be given."""
    kind = parts.pop("kind", "paragraph")
    unit = Unit(parts.pop("index", 0), 0, kind, text, Span(0, len(text)), 0, len(text))
    values: dict[str, Any] = {
        "types": (parts.pop("type", "efficacy"),),
        "strength": "plain",
        "frame": "effect",
        "words": words or text,
        "slots": (),
        "said": Said((), (), ""),
    }
    return Claim(unit, **(values | parts))


def cases(name: str) -> list[Case]:
    """Read a data file; its form is told at its top."""
    found = []
    kind = type = strength = ""
    for number, line in enumerate((HERE / name).read_text("utf-8").splitlines(), 1):
        if line.startswith("["):
            kind, type, strength = line.strip("[]").split()
        elif line and not line.startswith("#"):
            marked, _, expected = line.partition(" => ")
            words = marked.partition("{")[2].partition("}")[0]
            text = marked.replace("{", "").replace("}", "")
            made = claim(text, words, kind=kind, type=type, strength=strength)
            found.append(Case(made, expected, number))
    return found
