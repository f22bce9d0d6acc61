"""The importer for pasted text: its structure as the reader for such text sees it, in Markdown."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from pathlib import PurePath

from copydesk.api import Conversion, CopydeskError, Incoming, Span
from copydesk_plugins.readers.imports.decoding import decode, tidy
from copydesk_plugins.readers.imports.escaping import escape_heading, escape_line
from copydesk_plugins.readers.imports.front_matter_kinds import read_head
from copydesk_plugins.readers.imports.front_matter_maps import Mapped, map_front_matter
from copydesk_plugins.readers.imports.markdown_signs import looks_like_markdown
from copydesk_plugins.readers.pasted import find_pieces
from copydesk_plugins.readers.pasted_lines import Piece

_EXTENSIONS = frozenset({".txt", ".text"})
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}")
#: The first bytes of PDF, Rich Text and zipped files (such as those of word processors).
_NO_TEXT = (b"%PDF", b"{\\rtf", b"PK\x03\x04")
_TURN = r"(?:Q|A|Question|Answer):"
_IN_TURNS = re.compile(rf"{_TURN}\s")
#: Where the next turn begins: right at the end of a sentence, or after a blank.
_GLUED = re.compile(rf"(?<=[?.!…”\")])(?={_TURN}\s)")
_NEXT = re.compile(rf"(?<=[?.!…”\")])[ \t\u00a0]*(?={_TURN}\s)")


def recognises(incoming: Incoming) -> bool:
    """Say whether a file is plain text by its name, or has no name that says what it is."""
    name = PurePath(incoming.name).name
    if incoming.data.startswith(_NO_TEXT) or (name.startswith(".") and name != "."):
        return False
    extension = PurePath(name).suffix
    return extension.lower() in _EXTENSIONS or _EXTENSION.fullmatch(extension) is None


def convert(incoming: Incoming) -> Conversion:
    """Return pasted text as a draft: headings, lists and paragraphs, each word as it was."""
    decoded = tidy(decode(incoming.data))
    mapped, start = _front_matter(decoded.text, incoming.name)
    found = find_pieces(decoded.text, Span(start, len(decoded.text)))
    _keep_numbers(found)
    parts = [(piece, text) for piece in found for text in _turns(piece)]
    texts = tuple(text for _, text in parts)
    title = mapped.title
    if found and found[0].level == 1 and title in ("", found[0].text):
        texts = texts[1:] if title else texts
        title = found[0].text
        del parts[0]
    return Conversion(
        title=title,
        body=_markdown(parts),
        texts=(*mapped.texts, *texts),
        front_matter=mapped.known,
        others=mapped.others,
        notes=(*decoded.notes, *mapped.notes, *_doubts(decoded.text[start:])),
    )


def _doubts(text: str) -> tuple[str, ...]:
    if not looks_like_markdown(text):
        return ()
    return (
        "The text looks like Markdown, but was read as plain text, signs and all. With "
        "`--as markdown` it keeps its headings and links.",
    )


def _front_matter(text: str, name: str) -> tuple[Mapped, int]:
    """Return front matter and where it ends; what cannot be read as such is text."""
    try:
        head = read_head(text, name)
    except CopydeskError as error:
        note = f"What opens the text cannot be read as keys ({error.failure.message}); it is text."
        return Mapped("", {}, {}, (), (note,)), 0
    if head is None:
        return Mapped("", {}, {}, (), ()), 0
    return map_front_matter(head.values, name), head.end


def _keep_numbers(found: list[Piece]) -> None:
    """Make paragraphs of numbered lines that Markdown would number otherwise."""
    for is_list, group in groupby(found, lambda piece: piece.style == "ordered"):
        row = list(group)
        if not is_list:
            continue
        numbers = [_number(piece) for piece in row]
        if any(below != above + 1 for above, below in pairwise(numbers)) and set(numbers) != {1}:
            for piece in row:
                piece.style, piece.skip = "", 0


def _number(piece: Piece) -> int:
    return int(re.split("[.)]", piece.lines[0].text, maxsplit=1)[0])


def _turns(piece: Piece) -> list[str]:
    """Return the text of a piece; a question and its answer on one line become two."""
    text = piece.text
    if piece.level:
        return [text]
    parts = (_NEXT if _IN_TURNS.match(text) else _GLUED).split(text)
    return [part for part in parts if part]


def _markdown(parts: list[tuple[Piece, str]]) -> str:
    """Return the pieces as Markdown; items of one list stand right below each other."""
    written: list[str] = []
    before: Piece | None = None
    for piece, text in parts:
        if before is not None:
            is_list = piece.style and piece.style == before.style and piece is not before
            written.append("\n" if is_list else "\n\n")
        written.append(_element(piece, text, continued=piece is before))
        before = piece
    return "".join([*written, "\n" if written else ""])


def _element(piece: Piece, text: str, continued: bool) -> str:
    if piece.level:
        return f"## {escape_heading(text)}"
    if not piece.style:
        return escape_line(text)
    mark = "-" if piece.style == "bullet" else f"{_number(piece)}."
    lead = " " * len(mark) if continued else mark
    return f"{lead} {escape_line(text)}"
