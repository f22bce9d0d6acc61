"""The site's own glossary: `glossary.csv` at its root, with a term and its explanation a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from copydesk.api import Failure, PostContext, Unit
from copydesk_plugins.readability.once import Prose
from copydesk_plugins.readability.scores import Counts
from copydesk_plugins.readability.terms import Terms, TermsError, read_terms

FILE = "glossary.csv"
_NONE = Terms(())


class Without(NamedTuple):
    """A score without the glossary's terms, and the sentence that tells it."""

    score: float
    said: str


def glossary(ctx: PostContext) -> Terms:
    """Return the terms of the site; without a file there are none, and a wrong one is told."""
    text = ctx.site_text(FILE)
    if text is None:
        return _NONE
    read = _read(text)
    if isinstance(read, Terms):
        return read
    ctx.failed(Failure("config", read.message, read.help, path=ctx.site_path(FILE), line=read.row))
    return _NONE


def without_terms(
    ctx: PostContext, prose: Prose, units: Sequence[Unit], score: Callable[[Counts], float]
) -> Without | None:
    """Return what a score would be without the glossary's terms, or None where it is the same."""
    terms = glossary(ctx)
    names: set[str] = set()
    times = words = syllables = 0
    for unit in units if terms.by_name else ():
        per_word = ctx.counted.syllables(unit)
        found = terms.hits(prose.keys_of(unit))
        names.update(term.name for _, term in found)
        times += len(found)
        taken = {at for hit, _ in found for at in range(*hit)}
        words += len(taken)
        syllables += sum(per_word[at] for at in taken)
    whole = prose.count(units)
    rest = whole._replace(words=whole.words - words, syllables=whole.syllables - syllables)
    after = round(score(rest), 1)
    if not names or not rest.words or after == round(score(whole), 1):
        return None
    what = "glossary term" if len(names) == 1 else f"{len(names)} glossary terms"
    often = "once" if times == 1 else f"{times} times"
    return Without(after, f" Without its {what} (used {often}) it is {after}.")


@lru_cache(maxsize=16)
def _read(text: str) -> Terms | TermsError:
    try:
        return Terms(read_terms(text))
    except TermsError as error:
        return error
