"""What a site cites: each source with the places that cite it, and what for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from copydesk.api import CopydeskError, Failure, LineIndex, OpenedSite, PostContext, Unit
from copydesk_plugins.claims.support import Source, support_of

if TYPE_CHECKING:
    from copydesk_plugins.claims.register.entry import Evidence


class Use(NamedTuple):
    """A place that cites a source, and the words that it stands for, where there are any.

    `source` is None for the register, whose evidence names a source without a title.
    """

    path: str
    line: int
    words: str
    source: Source | None = None


class Citations(NamedTuple):
    """All sources by name, and what could not be read."""

    sources: dict[str, list[Use]]
    failures: tuple[Failure, ...]
    posts: int


def citations_of(site: OpenedSite) -> Citations:
    """Collect what the posts that were asked for cite, and the register for the whole site."""
    found: dict[str, list[Use]] = {}
    failures: list[Failure] = []
    posts = 0
    for path, context in site.contexts():
        if isinstance(context, Failure):
            failures.append(context)
            continue
        posts += 1
        for name, use in _in_post(path, context):
            found.setdefault(name, []).append(use)
    if site.whole:
        try:
            for name, use in _in_register(site):
                found.setdefault(name, []).append(use)
        except CopydeskError as error:
            failures.append(error.failure)
    return Citations(found, tuple(failures), posts)


def _in_post(path: str, context: PostContext) -> Iterator[tuple[str, Use]]:
    supports, post = support_of(context), context.post
    lines = LineIndex(post.source.text)
    carried: dict[int, Unit] = {}
    for unit in post.units:
        for each in supports.all(unit):
            if each.span is not None and (not each.probable or each.span.start not in carried):
                carried[each.span.start] = unit
    for source in supports.sources:
        stands_for = carried.get(source.span.start)
        words = " ".join(stands_for.text.split()) if stands_for is not None else ""
        line = lines.position(source.span.start).line
        yield source.address.identity or source.href, Use(path, line, words, source)


def _in_register(site: OpenedSite) -> Iterator[tuple[str, Use]]:
    from copydesk_plugins.claims.register.book import read_book
    from copydesk_plugins.claims.register.places import FILE_NAME

    shown = site.records.shown(FILE_NAME)
    book = read_book(site.records.read(FILE_NAME), shown, site.people)
    for entry in book.entries:
        for each in entry.evidence:
            for name in _names_of(each):
                yield name, Use(shown, entry.line, entry.statement)


def _names_of(evidence: Evidence) -> list[str]:
    """Return the sources that evidence names, in the one form; what has none stays as written."""
    from copydesk_plugins.claims.support.address import look_at
    from copydesk_plugins.claims.support.identifiers import doi_in, identity

    names = []
    if doi := evidence.doi.strip():
        whole = len(doi.split()) == 1 and doi_in(doi)
        names.append(f"doi:{whole}" if whole else doi)
    if pmid := evidence.pmid.strip():
        names.append(identity("pmid", pmid) or pmid)
    if evidence.url and not names:
        names.append(look_at(evidence.url).identity or evidence.url)
    return names
