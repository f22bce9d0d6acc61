"""Lines of pasted text: chunks, hard wrapping, bullets, and what looks like a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_BULLET = re.compile(
    r"(?P<mark>[•·‣▪●○◦*–-])[ \t\u00a0]+(?=\S)|(?P<number>\d{1,3})[.)][ \t\u00a0]+(?=\S)"
)
#: Characters that look like nothing and are no text.
BLANK = " \t\u00a0\u200b\ufeff"
#: Marks that also begin an aside or a signature: one alone is no list.
_WEAK_MARKS = "*–-"
_CLOSING = "\"'”’)]»"
_OPENING = "\"'“‘([«¿¡"
_AROUND_RESIDUE = " .:»«›‹→←"
_LABEL = re.compile(r"[^:]{1,40}:\s+\S")
_QUESTION_OR_ANSWER = re.compile(r"[QA]\s*[:.)]")
_WORD = re.compile(r"[^\W\d_]{4,}")

#: Residue of old sites: lines that are never headings, in the languages such sites are in.
_RESIDUE = frozenset(
    {
        "previous",
        "next",
        "share",
        "share this",
        "share this post",
        "comments",
        "comment",
        "leave a comment",
        "leave a reply",
        "read more",
        "click here",
        "click here to read more",
        "tags",
        "categories",
        "archives",
        "related posts",
        "recent posts",
        "see all",
        "log in",
        "sign up",
        "subscribe",
        "print",
        "email",
        "facebook",
        "twitter",
        "pinterest",
        "linkedin",
        "home",
        "blog",
        "about",
        "contact",
        "menu",
        "search",
        "skip to content",
        "back to blog",
        "back to top",
        "all posts",
        "like",
        "likes",
        "views",
        "reply",
        "comentarios",
        "siguiente",
        "anterior",
        "compartir",
        "commentaires",
        "kommentare",
        "weiter",
        "zurück",
        "newer post",
        "older post",
        "newer",
        "older",
        "advertisement",
    }
)
#: What stands right below these is the title of another post.
_POINTERS = frozenset(
    {
        "previous",
        "next",
        "newer post",
        "older post",
        "newer",
        "older",
        "related posts",
        "recent posts",
        "anterior",
        "siguiente",
        "weiter",
        "zurück",
    }
)
_COUNTED_RESIDUE = re.compile(
    r"\d+\s+(?:comments?|likes?|views?|shares?|min(?:utes?)?\s+read|comentarios)", re.IGNORECASE
)

# The limits of hard-wrapped prose and of headings.
_NARROWEST, _WIDEST = 45, 110
_HEADING_WORDS, _HEADING_LENGTH = 12, 80


class Line(NamedTuple):
    """A line without blanks at its ends, by its place in the source."""

    start: int
    end: int
    text: str
    indent: int


@dataclass(slots=True)
class Piece:
    """Lines that belong together: a paragraph, a heading or a list item.

    `style` is the kind of its bullet, or empty. `chunk` counts the stretches between blank
    lines, so that a piece knows what stands right below it.
    """

    lines: list[Line]
    chunk: int
    style: Literal["", "bullet", "ordered"] = ""
    mark: str = ""
    skip: int = 0
    level: int = 0

    @property
    def text(self) -> str:
        """The text without bullet and line breaks."""
        return " ".join(line.text for line in self.lines)[self.skip :]


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """Return the pieces of a text in order."""
    found: list[Piece] = []
    chunk: list[Line] = []
    number = 0
    for match in _LINE.finditer(text, start, end):
        raw = match.group().rstrip("\r\n")
        bare = raw.strip(BLANK)
        if bare.strip():
            at = match.start() + raw.index(bare)
            indent = len(raw) - len(raw.lstrip(BLANK))
            chunk.append(Line(at, at + len(bare), bare, indent))
        elif chunk:
            found.extend(_split(chunk, number))
            number, chunk = number + 1, []
    if chunk:
        found.extend(_split(chunk, number))
    _drop_weak_bullets(found)
    return found


def _split(lines: list[Line], number: int) -> list[Piece]:
    """Split the lines between two blank lines into pieces."""
    width = max((len(line.text) for line in lines if " " in line.text), default=0)
    wrapped = _NARROWEST <= width <= _WIDEST and _is_wrapped(lines, width)
    found: list[Piece] = []
    for line in lines:
        bullet = _BULLET.match(line.text)
        if bullet is not None:
            mark = bullet.group("mark") or ""
            style: Literal["bullet", "ordered"] = "bullet" if mark else "ordered"
            found.append(Piece([line], number, style, mark, bullet.end()))
        elif found and _goes_on(found[-1], line, width, wrapped):
            found[-1].lines.append(line)
        else:
            found.append(Piece([line], number))
    return found


def _is_full(line: Line, following: Line, width: int) -> bool:
    """Say whether the next word would not have fitted into the line."""
    word = following.text.split(None, 1)[0]
    return len(line.text) + line.indent + 1 + len(word) > width


def _is_wrapped(lines: list[Line], width: int) -> bool:
    """Say whether lines are prose broken at a width: most full ones go on in mid-sentence."""
    full = [
        below
        for line, below in pairwise(lines)
        if _is_full(line, below, width) and not _BULLET.match(below.text)
    ]
    return bool(full) and sum(line.text[0].islower() for line in full) * 2 >= len(full)


def _goes_on(piece: Piece, line: Line, width: int, wrapped: bool) -> bool:
    """Say whether a line continues a piece."""
    last = piece.lines[-1]
    if (
        piece.style
        and line.indent > piece.lines[0].indent
        and (len(piece.lines) > 1 or len(last.text) >= _NARROWEST)
    ):
        return len(last.text) <= _WIDEST
    return wrapped and _is_full(last, line, width)


def _drop_weak_bullets(found: list[Piece]) -> None:
    """Take back bullets that stand alone: a signature, or the number of a heading."""
    for at, piece in enumerate(found):
        if not piece.style or (piece.mark and piece.mark not in _WEAK_MARKS):
            continue
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        alone = all(
            other is None or not other.style or other.mark != piece.mark
            for other in (before, after)
        )
        if alone and not (before is not None and before.text.endswith(":")):
            piece.style, piece.mark, piece.skip = "", "", 0


def points_elsewhere(text: str) -> bool:
    """Say whether a line stands above the title of another post."""
    return text.casefold().strip(_AROUND_RESIDUE) in _POINTERS


def is_residue(text: str) -> bool:
    """Say whether a line is left over from a site's furniture."""
    said = text.casefold().strip(_AROUND_RESIDUE)
    return said in _RESIDUE or bool(_COUNTED_RESIDUE.fullmatch(said))


def looks_like_heading(piece: Piece) -> bool:
    """Say whether a piece could be a heading by its looks alone."""
    text = piece.text
    if piece.style or len(piece.lines) > 1 or len(text) > _HEADING_LENGTH or is_residue(text):
        return False
    if len(text.split()) > _HEADING_WORDS or _QUESTION_OR_ANSWER.match(text):
        return False
    begin, end = text.lstrip(_OPENING), text.rstrip(_CLOSING)
    if not begin or not end or end[-1] in ".,;:!…":
        return False
    if not (begin[0].isupper() or begin[0].isdigit()):
        return False
    return _LABEL.match(text) is None or _is_title_case(text)


def _is_title_case(text: str) -> bool:
    """Say whether `Label: Text` is a title, such as `Sleep: Your First Line of Defence`."""
    words = _WORD.findall(text.partition(":")[2])
    return len(words) > 1 and all(word[0].isupper() for word in words)
