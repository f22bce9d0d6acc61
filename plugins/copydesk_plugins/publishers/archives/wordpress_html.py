"""The text of a post as WordPress stores it, as plain HTML that says the same to readers."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from typing import NamedTuple

from copydesk.api import Omission
from copydesk_plugins.publishers.archives.classic import paragraphs
from copydesk_plugins.publishers.losses import losses_of, told
from copydesk_plugins.publishers.tags import tags

_BLOCK = re.compile(r"<!--\s{0,9}(/?)wp:([a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)(?=\s)")
#: Blocks that are whole as plain HTML, and those that hold no words by themselves.
_PLAIN = frozenset(
    {
        *("paragraph", "heading", "list", "list-item", "quote", "image", "code", "html", "table"),
        *("preformatted", "separator", "freeform", "pullquote", "verse", "more", "nextpage"),
        *("spacer", "shortcode", "embed", "missing"),
    }
)
_EMPTY = frozenset({"separator", "spacer", "more", "nextpage", "image"})
_CODE = re.compile(r"\[(/?)([A-Za-z][A-Za-z0-9_-]{1,40})(?=[\s\]/])([^\[\]]*)\]")
_KNOWN_CODES = frozenset(
    {"gallery", "caption", "audio", "video", "playlist", "embed", "wp_caption"}
)
_CAPTIONED = frozenset({"caption", "wp_caption"})
_PICTURE = re.compile(r"\s*(?:<a\b[^<>]*+>\s*)?<img\b[^<>]*+>(?:\s*</a>)?", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""caption\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FILLED = "WordPress fills this block in by itself, so it has no words here."
_MOST_NAMED = 5


class Readable(NamedTuple):
    """A text as HTML, what of it is left out, what is to be said, and what Markdown cannot say."""

    html: str
    omissions: tuple[Omission, ...] = ()
    notes: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


def readable(content: str) -> Readable:
    """Return the text of a post without the marks of the editor; no word of it goes."""
    omissions: list[Omission] = []
    blocks: Counter[str] = Counter()
    has_blocks, embeds = False, 0
    parts = []
    at = 0
    for match in tags(content):
        block = _BLOCK.match(match[0])
        if block is None:
            continue
        has_blocks = True
        parts.append(content[at : match.start()])
        at = match.end()
        name = block[2].removeprefix("core/")
        if not block[1] and name == "embed":
            embeds += 1
        elif not block[1] and name not in _PLAIN:
            blocks[name] += 1
        if not block[1] and match[0].endswith("/-->") and name not in _EMPTY:
            omissions.append(Omission(match[0][4:-4].strip(" /\n"), _FILLED, "block"))
    html = "".join([*parts, content[at:]])
    html, codes = _without_captions(html)
    if not has_blocks:
        html = paragraphs(html)
    notes = _notes(codes, content)
    losses = list(told(Counter({"embed": embeds, "shortcode": codes.total()})))
    if blocks:
        number = blocks.total()
        names = ", ".join(sorted(blocks)[:_MOST_NAMED])
        losses.append(f"{number} {'block' if number == 1 else 'blocks'} of the editor ({names})")
    return Readable(html, tuple(omissions), notes, (*losses, *losses_of(html)))


def _without_captions(html: str) -> tuple[str, Counter[str]]:
    """Return a text with captions as figures, and the other shortcodes that it holds."""
    found: Counter[str] = Counter()
    closed = {match[2].lower() for match in _CODE.finditer(html) if match[1]}
    parts = []
    at = 0
    opened: re.Match[str] | None = None
    for match in _CODE.finditer(html):
        name = match[2].lower()
        if name in _CAPTIONED and name in closed:
            if match[1] and opened is not None:
                parts.append(html[at : opened.start()])
                parts.append(_figure(opened[3], html[opened.end() : match.start()]))
                at = match.end()
            opened = None if match[1] else match
        elif not match[1] and (name in closed or name in _KNOWN_CODES or "=" in match[3]):
            found[name] += 1
    return "".join([*parts, html[at:]]), found


def _figure(attributes: str, inside: str) -> str:
    """Return a picture with its caption; old exports have that among the attributes."""
    picture = _PICTURE.match(inside)
    end = picture.end() if picture else 0
    match = _ATTRIBUTE.search(attributes)
    said = [escape(match[1] or match[2] or "", quote=False)] if match else []
    said = [each for each in (*said, inside[end:].strip()) if each]
    caption = f"<figcaption>{' '.join(said)}</figcaption>" if said else ""
    return f"<figure>{inside[:end]}{caption}</figure>"


def _notes(codes: Counter[str], content: str) -> tuple[str, ...]:
    notes = []
    if codes:
        names = ", ".join(list(codes)[:_MOST_NAMED])
        more = f" and {len(codes) - _MOST_NAMED} more" if len(codes) > _MOST_NAMED else ""
        notes.append(
            f"The text holds shortcodes ({names}{more}), which only WordPress understands. They "
            "stay as they are: replace or remove them."
        )
    if "<!--nextpage-->" in content:
        notes.append("The post was parted into several pages; here it is one.")
    return tuple(notes)
