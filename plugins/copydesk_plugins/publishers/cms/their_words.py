"""What the rules say of a person's words, before a run makes them public."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from copydesk.api import CopydeskError, Ledger, SiteView, at_least
from copydesk_plugins.publishers import commands
from copydesk_plugins.publishers.cms import chain, text_check
from copydesk_plugins.publishers.cms.remote import Remote
from copydesk_plugins.publishers.cms.there import There, is_theirs

_SHOWN = 80


def faults(
    view: SiteView, there: There, known: Ledger, remote: Remote
) -> Iterator[tuple[str, str]]:
    """Yield the id of each draft with a person's words that may not go live as it is, and why.

    Its source was judged, its words were not. A waiver for what the source says too holds there.
    """
    for wanted in view.wanted:
        standing = there.posts.get(wanted.id)
        theirs = is_theirs(wanted, known.posts.get(wanted.id))
        if standing is None or not theirs or not chain.goes_live(wanted, there, view):
            continue
        held = remote.read(standing.remote)
        if held is None:
            continue
        try:
            now = f"<h1>{escape(held.title)}</h1>\n{remote.html(held)}"
            found = [
                each
                for each in text_check.new_findings((), view.judge(wanted.id, now))
                if at_least(each.severity, "error")
            ]
        except CopydeskError as error:
            yield (
                wanted.id,
                f"A person's words there could not be checked: {error.failure.message}.",
            )
            continue
        if found:
            count = "1 error" if len(found) == 1 else f"{len(found)} errors"
            over = commands.overwrite(view.target, wanted.id)
            quote = text_check.plain(found[0].quote)
            quote = quote if len(quote) <= _SHOWN else f"{quote[:_SHOWN].rstrip()}…"
            yield (
                wanted.id,
                f"A person's words there have {count}: “{quote}” "
                f"({found[0].rule}). Mend them there, or write over them: {over}.",
            )
