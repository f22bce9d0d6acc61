"""The vocabulary of all built-in packs as a file that opens at once: `ready.txt`.

To read the packs and put their words into dictionaries takes longer than to check ten posts. So
`tools/build_vocabulary.py` writes down what comes of it, and here that is opened, as long as the
files that it was made from are those that lie there; else the packs are read as ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from copydesk.api import Phrases
from copydesk_plugins.claims.packs.term import ABOUT, Term

_CLAIMS = Path(__file__).resolve().parents[1]
PATH = Path(__file__).resolve().with_name("ready.txt")
_MADE_BY = "# Made by tools/build_vocabulary.py from the packs; please do not edit by hand."


class Ready(NamedTuple):
    """What is looked up of the packs; each part is a section of the file, line by line."""

    lists: str
    verbs: str
    about: str
    nouns: str
    phrases: str


@cache
def ready() -> Ready | None:
    """Return what the file holds, or None where it does not belong to the packs."""
    try:
        head, _, rest = PATH.read_text("utf-8").partition("\n\n")
    except OSError:
        return None
    if head != _head():
        return None
    return Ready(*rest.rstrip("\n").split("\n\n"))


def written() -> str:
    """Return the text of the file, made anew from the packs."""
    from copydesk_plugins.claims.detection import building
    from copydesk_plugins.claims.packs.loading import load_packs

    terms = load_packs((), lambda name: None)
    lists = building.word_lists()
    sections = (
        ("\t".join((slot, *sorted(lists[slot]))) for slot in sorted(lists)),
        (f"{verb}\t{slot}" for verb, slot in building.verbs().items()),
        _about_lines(terms),
        (f"{text}\t{row}" for text, row in building.nouns_of(terms).items()),
        Phrases(building.sections_of(terms)).lines(),
    )
    return "\n\n".join((_head(), *map("\n".join, sections))) + "\n"


def _head() -> str:
    digest = hashlib.sha256()
    for path in (*sorted(_CLAIMS.glob("packs/*.csv")), *sorted(_CLAIMS.glob("data/*.txt"))):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{_MADE_BY}\n{digest.hexdigest()}"


def _about_lines(terms: Iterable[Term]) -> Iterator[str]:
    for term in terms:
        if term.slot in ABOUT:
            yield "\t".join((term.slot, term.text, term.means, term.of, term.note, term.pack))


def about(section: str) -> tuple[Term, ...]:
    """Return the terms that say something of a treatment, without their source and row."""
    found = []
    for line in section.split("\n"):
        slot, text, means, of, note, pack = line.split("\t")
        found.append(Term(slot, tuple(text.split(" ")), means, of, "", note, pack))
    return tuple(found)
