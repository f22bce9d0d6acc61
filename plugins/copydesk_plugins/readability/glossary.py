"""The site's own glossary: `glossary.csv` at its root, with a term and its explanation a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from copydesk.api import Failure, PostContext, Unit
from copydesk_plugins.readability.once import Prose
from copydesk_plugins.readability.scores import Counts
from copydesk_plugins.readability.terms import Terms, TermsError, read_terms

FILE = "glossary.csv"
_NONE = Terms(())


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
) -> str:
    """Say what a score would be without the glossary's terms, where that differs; or nothing."""
    terms = glossary(ctx)
    if not terms.by_name:
        return ""
    names: set[str] = set()
    times, less = 0, Counts()
    for unit in units:
        per_word = ctx.counted.syllables(unit)
        found = list(terms.hits(prose.keys_of(unit)))
        names.update(term.name for _, term in found)
        times += len(found)
        taken = {at for hit, _ in found for at in range(*hit)}
        less = Counts(
            less.words + len(taken), 0, less.syllables + sum(per_word[at] for at in taken)
        )
    whole = prose.count(units)
    rest = whole._replace(
        words=whole.words - less.words, syllables=whole.syllables - less.syllables
    )
    before, after = f"{score(whole):.1f}", f"{score(rest):.1f}"
    if before == after or not rest.words:
        return ""
    what = "glossary term" if len(names) == 1 else f"{len(names)} glossary terms"
    often = "once" if times == 1 else f"{times} times"
    return f" Without its {what} (used {often}) it is {after}."


@lru_cache(maxsize=16)
def _read(text: str) -> Terms | TermsError:
    try:
        return Terms(read_terms(text))
    except TermsError as error:
        return error
