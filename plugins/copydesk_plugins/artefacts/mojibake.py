"""Rule artefacts.mojibake: letters garbled on the way, and entities that readers see as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from copydesk.api import Block, Edit, Group, PostContext, Report, Span, rule
from copydesk_plugins.artefacts.garbled import garbled, may_be_garbled
from copydesk_plugins.artefacts.look import Look, Seen, look, short

_LOST = "\ufffd"
#: Entities that no writer shows on purpose, as plain text: what was escaped twice.
_ENTITY = re.compile(
    r"&(?:nbsp|ensp|emsp|thinsp|[lr][sd]quo|[nm]dash|hellip|quot|apos|amp|bull|shy|eacute|egrave|"
    r"agrave|ccedil|[aou]uml|szlig|ntilde|[aeiou]acute|copy|reg|trade|deg|frac12|#[0-9]{2,6}|"
    r"#[xX][0-9a-fA-F]{2,5});"
)
_GROUP = Group(
    "letters garbled in an earlier conversion", "`copydesk fix` puts back what was meant."
)
#: Texts that stand in the front matter, and in the attributes of tags.
_FRONT_MATTER = frozenset({"title", "description", "image-alt"})
_ATTRIBUTE = "alt"


class _Find(NamedTuple):
    """What became of a letter, the letter, and how the file has to write it: None if unsure."""

    seen: Seen
    meant: str
    written: str | None


@rule(
    "artefacts.mojibake",
    summary="Letters garbled by the wrong encoding, or entities such as “&nbsp;” shown as text",
    why="Readers stumble over each of them, and the page looks as if nobody had read it.",
    good="The café doesn’t open before noon.",
    bad="The cafÃ© doesnâ€™t open before noon.",
    authority="The Unicode Standard, chapter 3: bytes of UTF-8 read as another encoding",
)
def mojibake(ctx: PostContext) -> Iterator[Report]:
    """Report each block with garbled letters once, with the letters that were meant."""
    seen = look(ctx)
    wrong_encoding = may_be_garbled(seen.text)
    escaped = "&" in seen.text
    if wrong_encoding or escaped:
        for block in seen.blocks:
            found = _garbled(seen, block) if wrong_encoding else []
            found += _escaped(ctx, seen, block) if escaped else []
            if found:
                yield _report(ctx, found)
    if _LOST in seen.text:
        yield from _lost(ctx, seen)


def _garbled(seen: Look, block: Block) -> list[_Find]:
    plain = block.text.plain
    found = [_Find(Seen(block, at, end), meant, meant) for at, end, meant in garbled(plain)]
    return [each for each in found if not seen.in_code(each.seen.span.start)]


def _escaped(ctx: PostContext, seen: Look, block: Block) -> list[_Find]:
    """Return entities that readers see, with their letters; a file of plain text has none."""
    plain = block.text.plain
    if "&" not in plain:
        return []
    found = []
    for match in _ENTITY.finditer(plain):
        each = Seen(block, match.start(), match.end())
        meant = unescape(match.group()).replace("\xa0", " ").replace("\xad", "")
        if meant not in "<>`*_[]\\" and not seen.in_code(each.span.start):
            found.append(_Find(each, meant, _written(ctx, each, meant)))
    return found


def _written(ctx: PostContext, seen: Seen, meant: str) -> str | None:
    """Return a letter as the file writes it, or None where it may become a mark of the file.

    "&#35;" at the start of a line is no heading, and a quotation mark may end a value.
    """
    plain = seen.block.text.plain
    if not meant.isascii():
        unseen = unicodedata.category(meant) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
        return None if unseen else meant
    if meant == "" or meant.isalnum():
        return meant
    if seen.block.kind in _FRONT_MATTER:
        inside = plain[: seen.start][-1:].isalnum() and plain[seen.end :][:1].isalnum()
        opens = ctx.post.source.text[seen.block.span.start]
        if meant == "&":
            return meant if seen.start else None
        return meant if inside and meant in " '\"" and meant != opens else None
    if meant == "&":
        # Where "&" is a mark of the file itself, it has to be written as an entity again.
        return "&" if ctx.post.reader == "pasted" else "&amp;"
    if seen.block.kind == _ATTRIBUTE and meant != " ":
        return None
    return meant if meant in " '\"" else None


def _report(ctx: PostContext, found: list[_Find]) -> Report:
    first, meant = found[0].seen, found[0].meant
    count = f", one of {len(found)} in this paragraph," if len(found) > 1 else ""
    shown = f" “{meant}” was meant." if meant.strip() and meant.isprintable() else ""
    edits = [Edit(*each.seen.span, each.written) for each in found if each.written is not None]
    return ctx.report(
        _around(first),
        f"“{short(first.text)}”{count} is what became of a letter in an earlier conversion, so "
        f"readers stumble over it.{shown}",
        help="Put back the letters that were meant.",
        fix=tuple(edits) if len(edits) == len(found) else (),
        group=_GROUP,
    )


def _around(seen: Seen) -> Span:
    """Return the place of a find with the word that it stands in."""
    plain, start, end = seen.block.text.plain, seen.start, seen.end
    while start > max(0, seen.start - 30) and plain[start - 1].isalnum():
        start -= 1
    while end < min(len(plain), seen.end + 30) and plain[end].isalnum():
        end += 1
    return seen.block.text.to_source(start, end)


def _lost(ctx: PostContext, seen: Look) -> Iterator[Report]:
    places = list(seen.seen(_LOST))
    if places:
        others = f" ({len(places)} places in all)" if len(places) > 1 else ""
        yield ctx.report(
            _around(places[0]),
            f"A letter was lost in an earlier conversion: “{_LOST}” stands in its place"
            f"{others}, and readers have to guess.",
            help="Look the letter up in the original, and type it again.",
        )
