"""Plain text as Markdown that reads back to the same text, with as few backslashes as can be.

People read drafts and search for their sentences in them, so what Markdown takes for text
anyway stays as it is. Each function takes the whole text between two pieces of markup (`**`,
a link, a line break): texts that stand side by side are to be joined first. Emphasis is
written with `*`, and no draft holds definitions such as `[word]: address`.
"""

from __future__ import annotations

import re

_LINE_END = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_SPECIAL = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|\Z)"
    r"|`"
    r"|<(?=[A-Za-z/!?]|[^\s<>@]+@|\Z)"
    r"|&(?=\#[0-9]{1,7};|\#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]*;)"
    r"|[\[\]]"
    r"|\*+|_+|~+"
)
_BRACKET = re.compile(r"[\[\]]")
_LINE_MARK = re.compile(
    r"\#{1,6}(?=[ \t]|\Z)"
    r"|[-+](?=[ \t]|\Z)"
    r"|>"
    # An underline of a heading, a rule, the line below a table's head, a fence.
    r"|(?:=+|-[ \t-]*|\+{3})\Z"
    r"|[|:-][|: \t-]*\Z"
)
_NUMBER_MARK = re.compile(r"([0-9]{1,9})([.)])(?=[ \t]|\Z)")
_CLOSING_MARK = re.compile(r"(?:\A|(?<=[ \t]))\#+\Z")
_BLANKS = frozenset(" \t")


def escape_inline(text: str, before_link: bool = False) -> str:
    """Return a text to stand inside a paragraph; a line end becomes a blank.

    `before_link` says that a link follows at once, which a `!` before it would turn into an
    image. Blanks at the ends are kept, but mean nothing at the ends of a paragraph.
    """
    text = _LINE_END.sub(" ", text)
    bare = _bare_brackets(text)
    parts = []
    at = 0
    for match in _SPECIAL.finditer(text):
        start, end = match.span()
        if start not in bare and not _means_nothing(text, start, end):
            parts.append(text[at:start])
            parts.append("".join("\\" + mark for mark in match.group()))
            at = end
    escaped = "".join([*parts, text[at:]])
    if before_link and escaped.endswith("!"):
        escaped = escaped[:-1] + "\\!"
    return escaped


def escape_line(text: str, before_link: bool = False) -> str:
    """Return a text to stand at the start of a block or of a line in one."""
    text = _LINE_END.sub(" ", text).lstrip(" \t")
    escaped = escape_inline(text, before_link)
    if _LINE_MARK.match(escaped):
        return "\\" + escaped
    number = _NUMBER_MARK.match(escaped)
    if number is not None:
        return f"{number[1]}\\{escaped[number.end(1) :]}"
    return _without_definition(escaped)


def escape_heading(text: str, before_link: bool = False) -> str:
    """Return a text to stand behind the `##` of a heading, whole or at its end."""
    escaped = escape_inline(text.rstrip(" \t"), before_link)
    return _CLOSING_MARK.sub(lambda match: match.group()[:-1] + "\\#", escaped)


def escape_cell(text: str, before_link: bool = False) -> str:
    """Return a text to stand in the cell of a table, where a bar ends the cell."""
    return escape_inline(text, before_link).replace("|", "\\|")


def _means_nothing(text: str, start: int, end: int) -> bool:
    """Say whether a run of `*`, `_` or `~` can neither begin nor end anything where it stands."""
    mark = text[start]
    before, after = text[start - 1 : start], text[end : end + 1]
    if mark not in "*_~" or not before or not after:
        return False
    if before in _BLANKS and after in _BLANKS:
        return True
    if mark == "_":
        return before.isalnum() and after.isalnum()
    # Such as ~20: it could only begin what nothing ends, for each end is escaped.
    return mark == "~" and end - start == 1 and before in _BLANKS and after.isalnum()


def _bare_brackets(text: str) -> frozenset[int]:
    """Return the places of brackets that come in pairs and are no link and no footnote."""
    bare: set[int] = set()
    openings: list[int] = []
    for match in _BRACKET.finditer(text):
        at = match.start()
        if match.group() == "[":
            openings.append(at)
        elif openings:
            start = openings.pop()
            if text[start + 1 : start + 2] != "^" and text[at + 1 : at + 2] != "(":
                bare.update((start, at))
    return frozenset(bare)


def _without_definition(escaped: str) -> str:
    """Escape what would define where a word links to, such as `[word]: address`."""
    if not escaped.startswith("["):
        return escaped
    depth = at = 0
    while at < len(escaped):
        if escaped[at] == "\\":
            at += 1
        elif escaped[at] in "[]":
            depth += 1 if escaped[at] == "[" else -1
            if depth == 0:
                break
        at += 1
    if escaped[at : at + 2] == "]:":
        return f"\\{escaped[:at]}\\{escaped[at:]}"
    return escaped
