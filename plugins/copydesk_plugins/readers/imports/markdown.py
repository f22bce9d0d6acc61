"""The importer for Markdown of other tools: their front matter as ours, the text as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from copydesk.api import (
    Block,
    ContentBuilder,
    Conversion,
    CopydeskError,
    Incoming,
    Source,
    Span,
)
from copydesk_plugins.readers import markdown
from copydesk_plugins.readers.imports.decoding import decode
from copydesk_plugins.readers.imports.front_matter_kinds import Head, has_head, read_head
from copydesk_plugins.readers.imports.front_matter_maps import map_front_matter
from copydesk_plugins.readers.imports.markdown_signs import looks_like_markdown

_EXTENSIONS = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx"})
_OTHER_EXTENSIONS = frozenset({".txt", ".text", ".htm", ".html", ".docx"})
#: So much of an unknown file is looked at to see what it is.
_ENOUGH = 64 * 1024
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_UNDERLINE = re.compile(r"=+[ \t]*")

#: What other tools fill in; it stays in the text, where people would read it.
_CODES = (
    ("Hugo shortcodes", re.compile(r"\{\{[<%][ \t]{0,9}/?[ \t]{0,9}([\w./-]{1,60})")),
    ("Liquid tags", re.compile(r"(?<!\{)\{%-?[ \t]{0,9}(\w{1,60})")),
    ("placeholders", re.compile(r"\{\{-?[ \t]{0,9}([^\s{}<%][^{}\n]{0,80})\}\}")),
    ("links in Pelican's way", re.compile(r"[{|](filename|static|attach)[}|]")),
)
_CODES_OF_MDX = (
    ("MDX components", re.compile(r"</?([A-Z][\w.]{0,60})")),
    ("lines of MDX code", re.compile(r"(?m)^(import|export)[ \t]")),
)
_MOST_NAMED = 5


def recognises(incoming: Incoming) -> bool:
    """Say whether a file is Markdown by its name, or plainly holds it where the name is unknown."""
    extension = PurePath(incoming.name).suffix.lower()
    if extension in _EXTENSIONS:
        return True
    if extension in _OTHER_EXTENSIONS:
        return False
    try:
        text = decode(incoming.data[:_ENOUGH]).text
    except CopydeskError:
        return False
    return has_head(text) or looks_like_markdown(text)


def convert(incoming: Incoming) -> Conversion:
    """Return Markdown as a draft: its front matter under our keys, its text as it stands."""
    decoded = decode(incoming.data)
    head = read_head(decoded.text, incoming.name) or Head({}, 0)
    mapped = map_front_matter(head.values, incoming.name)
    body = decoded.text[head.end :]
    builder = ContentBuilder()
    markdown.read(Source(incoming.name, incoming.name, body, ""), Span(0, len(body)), builder)
    title, gone = _title(mapped.title, body, builder)
    texts = [block.text.plain for block in builder.blocks if block is not gone]
    notes = [*decoded.notes, *mapped.notes]
    if gone is not None:
        before, after = body[: gone.span.start], body[gone.span.end :]
        body = before.rstrip("\n") + "\n\n" + after.lstrip("\n")
        if mapped.title:
            notes.append("The heading that repeats the title was taken out of the text.")
        else:
            texts.insert(0, title)
    elif title != mapped.title:
        notes.append("The title is that of a heading, which stays in the text as well.")
    notes += _codes(body, is_mdx=incoming.name.lower().endswith(".mdx"))
    return Conversion(
        title=title,
        body=_without_edges(body),
        texts=(*mapped.texts, *texts),
        front_matter=mapped.known,
        others=mapped.others,
        notes=tuple(notes),
    )


def _title(known: str, body: str, builder: ContentBuilder) -> tuple[str, Block | None]:
    """Return the title, and the heading of the text that only says it and is to go."""
    heading = next(
        (each for each in builder.blocks if each.kind == "heading" and each.level == 1), None
    )
    if heading is None:
        return known, None
    said = " ".join(heading.text.plain.split())
    if known and said != " ".join(known.split()):
        return known, None
    written = body[heading.span.start : heading.span.end]
    spans = [*(each.span for each in builder.links), *(each.span for each in builder.images)]
    holds_more = any(heading.span.start <= each.start < heading.span.end for each in spans)
    opens = (
        heading is next(each for each in builder.blocks if each.kind != "alt")
        and heading.container == -1
        and (written.startswith("#") or _UNDERLINE.fullmatch(written.rpartition("\n")[2]))
    )
    return said, heading if opens and not holds_more else None


def _codes(body: str, is_mdx: bool) -> Iterator[str]:
    """Name what another tool would have replaced."""
    for what, pattern in _CODES + (_CODES_OF_MDX if is_mdx else ()):
        found = dict.fromkeys(match[1].strip() for match in pattern.finditer(body))
        if found:
            names = ", ".join(list(found)[:_MOST_NAMED])
            more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
            yield (
                f"The text holds {what} ({names}{more}), which only the tool it comes from "
                "understands. They stay as they are: replace or remove them."
            )


def _without_edges(body: str) -> str:
    """Return the text without blank lines before and after it."""
    bare = _BLANK_LINES.sub("", body).rstrip("\n")
    return f"{bare}\n" if bare else ""
