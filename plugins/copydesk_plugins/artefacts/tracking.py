"""Rule artefacts.tracking: parts of link addresses that follow readers about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from copydesk.api import Edit, Link, PostContext, Report, rule
from copydesk_plugins.artefacts.look import look, short
from copydesk_plugins.artefacts.vocabulary import phrases, sections, words_in

#: Longer addresses are data, not links.
_LONGEST = 4000


@rule(
    "artefacts.tracking",
    summary="Tracking parts in the address of a link, copied along from an address bar or a letter",
    why="They tell the other site, and often a network of advertisers, who came from where; on a "
    "health page that is nobody's business.",
    good="See [the guide](https://example.org/guide?page=2).",
    bad="See [the guide](https://example.org/guide?page=2&fbclid=IwAR0x).",
    authority="Copydesk: residue of copied addresses; the names are those of the networks",
)
def tracking_rule(ctx: PostContext) -> Iterator[Report]:
    """Report links with tracking parts; those of chat windows are a chatbot's mark."""
    for link in ctx.post.links:
        if "?" not in link.href or len(link.href) > _LONGEST:
            continue
        clicks, campaigns, copied = _tracked(link.href)
        if not (clicks or campaigns) or _of_a_chat(link.href):
            continue
        if clicks or copied:
            names = ", ".join(f"“{short(name, 30)}”" for name in clicks + campaigns)
            yield ctx.report(
                link.span,
                f"The link carries {names}, which tells others where each reader came from.",
                help="Take these parts out of the address.",
                fix=_fix(ctx, link),
            )
        else:
            names = ", ".join(f"“{short(name, 30)}”" for name in campaigns)
            yield ctx.report(
                link.span,
                f"The link carries {names}, the marks of a campaign, which may have been copied "
                "along with the address.",
                help="Take these parts out, unless the campaign is your own.",
                severity="info",
            )


def _parts(href: str) -> tuple[str, list[str], str]:
    """Return an address up to its "?", the parameters after it, and the "#" part."""
    address, mark, anchor = href.partition("#")
    start, _, query = address.partition("?")
    return start, query.replace("&amp;", "&").split("&"), mark + anchor


def _tracked(href: str) -> tuple[list[str], list[str], bool]:
    """Return the parameters given out for a click, those of campaigns, and if these are copied."""
    clicks, campaigns, copied = [], [], False
    for part in _parts(href)[1]:
        name, _, value = part.partition("=")
        kind = _kind(name)
        if kind == "click":
            clicks.append(name)
        elif kind:
            campaigns.append(name)
            lowered = value.lower()
            copied = copied or (name == "utm_source" and lowered in words_in("tracking", "copied"))
    return clicks, campaigns, copied


@lru_cache(maxsize=512)
def _kind(name: str) -> str:
    return next(iter(phrases("tracking", "click", "campaign").find([name.lower()])), "")


def _of_a_chat(href: str) -> bool:
    """Say whether a chat window gave the address out: that is told as a mark of it."""
    lowered = href.lower()
    return any(source in lowered for source in sections("chatbot")["source"])


def _fix(ctx: PostContext, link: Link) -> tuple[Edit, ...]:
    """Take the parts out wherever the address is written in the link, if it is written there."""
    source = ctx.post.source.text
    clean = _clean(link.href)
    for written, mended in (
        (link.href, clean),
        (link.href.replace("&", "&amp;"), clean.replace("&", "&amp;")),
    ):
        at = source.find(written, *link.span)
        edits = []
        while at != -1 and not look(ctx).in_code(at):
            edits.append(Edit(at, at + len(written), mended))
            at = source.find(written, at + len(written), link.span.end)
        if edits:
            return tuple(edits)
    return ()


def _clean(href: str) -> str:
    start, parts, anchor = _parts(href)
    kept = [part for part in parts if not _kind(part.partition("=")[0])]
    return start + ("?" + "&".join(kept) if kept else "") + anchor
