"""What an old site left in its posts for certain: cut out on import, and named."""

from __future__ import annotations

from copydesk import fixing
from copydesk.fixing import Fixed
from copydesk.imports.accounting import texts_of, words_of
from copydesk.imports.site import ImportSite
from copydesk.model.draft import Omission
from copydesk.model.text import Source


def cut_residue(source: Source, site: ImportSite) -> tuple[Source, tuple[Omission, ...]]:
    """Make the fixes of the rules that an import applies, and return what they took away.

    Nothing is cut where other words would go than those that are named.
    """
    look = fixing.looking_with(site.bench, fixing.import_rules(site.registry))
    mended = fixing.mend(source, site.bench, look)
    if not mended.done:
        return source, ()
    omissions = tuple(_omission(each, site) for each in mended.done)
    there = words_of(texts_of(site.read(source)))
    left = words_of(texts_of(site.read(mended.source)))
    named = words_of(each.text for each in omissions)
    if there - left != named or left - there:
        return source, ()
    return mended.source, omissions


def _omission(fixed: Fixed, site: ImportSite) -> Omission:
    """Return what a fix took away, in the words that readers of the draft would have seen."""
    cut = "\n\n".join(each.strip("\r\n") for each in fixed.old)
    post = site.read(Source("draft.md", "draft.md", f"\n{cut}", ""))
    return Omission("\n".join(texts_of(post)), fixed.finding.message, fixed.finding.where)
