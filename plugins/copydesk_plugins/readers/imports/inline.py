"""The text of one block as runs, and the runs as Markdown that reads back to the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from copydesk.api import ContentBuilder, Source, Span
from copydesk_plugins.readers.imports.escaping import (
    escape_cell,
    escape_heading,
    escape_inline,
    escape_line,
)

Style = Literal["paragraph", "heading", "head", "cell"]
#: How each mark is written, the outermost first.
MARKS = {
    "strong": ("**", "**"),
    "emphasis": ("*", "*"),
    "strike": ("~~", "~~"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
}
#: Marks that Markdown has signs for; they may stand where the signs mean nothing.
_SIGNS = frozenset({"strong", "emphasis", "strike"})
_WHITE = re.compile(r"[ \t\n\r\f\u00a0]{2,}|[ \t\n\r\f]")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)\Z", re.DOTALL)
#: Right behind a note, a square bracket would belong to the note.
_BEHIND_NOTE = "<!-- -->"
_TICKS = re.compile(r"`+")
_UNSAFE = re.compile(r"[\x00-\x20<>\\|]")
_BREAKS: dict[Style, str] = {"paragraph": "\\\n", "heading": " ", "head": "<br>", "cell": "<br>"}


class Run(NamedTuple):
    """A piece of a block. `text` is its text, an image's alternative text or a note's label."""

    kind: Literal["text", "code", "image", "note", "break"]
    text: str = ""
    marks: frozenset[str] = frozenset()
    href: str = ""
    src: str = ""


def plain(runs: Iterable[Run]) -> str:
    """Return the text that readers see, white space as single blanks."""
    seen = (run for run in runs if run.kind not in ("image", "note"))
    shown = (" " if run.kind == "break" else run.text for run in seen)
    return " ".join("".join(shown).split())


def paragraphs(runs: Iterable[Run]) -> list[list[Run]]:
    """Return the runs with white space collapsed, parted where two breaks follow each other."""
    found: list[list[Run]] = [[]]
    pending: list[Run] = []
    for run in _pieces(runs):
        if run.kind == "break" or (run.kind == "text" and run.text.isspace()):
            pending.append(run)
            continue
        breaks = sum(each.kind == "break" for each in pending)
        if breaks > 1 and found[-1]:
            found.append([])
        elif pending and found[-1]:
            gap = next((each for each in pending if each.kind == "break"), pending[0])
            shared = found[-1][-1].marks & run.marks
            same_link = run.href if found[-1][-1].href == run.href else ""
            found[-1].append(gap._replace(marks=shared, href=same_link))
        pending = []
        found[-1].append(run)
    return [_merged(each) for each in found if each]


def _pieces(runs: Iterable[Run]) -> Iterable[Run]:
    """Yield the runs with the white space at their ends as runs of their own."""
    for run in runs:
        if run.kind not in ("text", "code"):
            yield run
            continue
        text = _WHITE.sub(" ", run.text)
        for part in _EDGES.fullmatch(text).groups():  # type: ignore[union-attr]
            if part:
                kind = "text" if part.isspace() else run.kind
                yield run._replace(
                    kind=kind, text=" ".join(part.split()) if kind == "code" else part
                )


def _merged(runs: Sequence[Run]) -> list[Run]:
    """Join texts that stand side by side and look alike."""
    found: list[Run] = []
    for key, group in groupby(runs, key=lambda run: run._replace(text="")):
        members = list(group)
        if key.kind in ("text", "code"):
            found.append(key._replace(text="".join(each.text for each in members)))
        else:
            found.extend(members)
    return found


def markdown(runs: Sequence[Run], style: Style = "paragraph") -> str:
    """Return the runs of one paragraph as Markdown.

    Emphasis that would not be read as such, as between two letters and a bracket, is left out:
    the words count.
    """
    if style in ("heading", "head"):
        # Bold they are anyway.
        runs = _merged([run._replace(marks=run.marks - {"strong"}) for run in runs])
    written = _Writing(runs, style).result
    if any(run.marks & _SIGNS for run in runs) and _read_back(written, runs) != plain(runs):
        bare = _merged([run._replace(marks=run.marks - _SIGNS) for run in runs])
        written = _Writing(bare, style).result
    return written


def _read_back(text: str, runs: Sequence[Run]) -> str:
    """Return what our reader makes of a paragraph."""
    from copydesk_plugins.readers.markdown import read

    labels = {run.text for run in runs if run.kind == "note"}
    text += "".join(f"\n\n[^{label}]: note" for label in sorted(labels))
    builder = ContentBuilder()
    read(Source("", "", text, ""), Span(0, len(text)), builder)
    seen = [each.text.plain for each in builder.blocks if each.kind not in ("alt", "footnote")]
    return " ".join(" ".join(seen).split())


class _Writing:
    """Writes the runs of one paragraph, piece by piece."""

    def __init__(self, runs: Sequence[Run], style: Style) -> None:
        self._style = style
        self._parts: list[str] = []
        self._open: list[str] = []
        self._fresh = style == "paragraph"
        self._after_note = False
        for at, run in enumerate(runs):
            before = runs[at - 1].href if at else ""
            after = runs[at + 1] if at + 1 < len(runs) else None
            if run.href and run.href != before:
                self._set_marks(frozenset())
                self._put(f"{_BEHIND_NOTE}[" if self._after_note else "[")
            self._set_marks(run.marks)
            self._run(run, after)
            if run.href and (after is None or after.href != run.href):
                self._set_marks(frozenset())
                self._put(f"]({address(run.href)})")
        self._set_marks(frozenset())
        self.result = "".join(self._parts)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._fresh = self._after_note = False

    def _set_marks(self, wanted: frozenset[str]) -> None:
        while not wanted.issuperset(self._open):
            self._put(MARKS[self._open.pop()][1])
        for name, (opens, _) in MARKS.items():
            if name in wanted and name not in self._open:
                self._open.append(name)
                self._put(opens)

    def _run(self, run: Run, after: Run | None) -> None:
        if run.kind == "text":
            self._put(self._escaped(run.text, after))
        elif run.kind == "code":
            self._put(self._code(run.text))
        elif run.kind == "image":
            alt = " ".join(run.text.split())
            alt = escape_cell(alt) if self._style in ("head", "cell") else escape_inline(alt)
            self._put(f"![{alt}]({address(run.src)})")
        elif run.kind == "note":
            self._put(f"[^{run.text}]")
            self._after_note = True
        else:
            self._put(_BREAKS[self._style])
            self._fresh = self._style == "paragraph"

    def _escaped(self, text: str, after: Run | None) -> str:
        before_link = after is not None and (bool(after.href) or after.kind == "note")
        if self._style in ("head", "cell"):
            escaped = escape_cell(text, before_link)
        elif self._fresh:
            escaped = escape_line(text, before_link)
        elif self._style == "heading" and after is None:
            escaped = escape_heading(text, before_link)
        else:
            escaped = escape_inline(text, before_link)
        if not self._after_note:
            return escaped
        if text.startswith("["):
            return _BEHIND_NOTE + escaped
        # A note with a colon would be the note's text, and one with a bracket a link.
        return "\\" + escaped if escaped[0] in ":(" else escaped

    def _code(self, text: str) -> str:
        ticks = "`" * (max((len(each) for each in _TICKS.findall(text)), default=0) + 1)
        pad = " " if text.startswith("`") or text.endswith("`") else ""
        if self._style in ("head", "cell"):
            text = text.replace("|", "\\|")
        return f"{ticks}{pad}{text}{pad}{ticks}"


def address(href: str) -> str:
    """Return an address to stand between the round brackets of a link."""
    href = _UNSAFE.sub(lambda match: f"%{ord(match.group()):02X}", href.strip())
    href = href.replace("&", "&amp;") if re.search(r"&#?\w{1,32};", href) else href
    depth = lowest = deepest = 0
    for mark in href:
        depth += (mark == "(") - (mark == ")")
        lowest, deepest = min(lowest, depth), max(deepest, depth)
    if depth or lowest < 0 or deepest > 20:
        href = href.replace("(", "%28").replace(")", "%29")
    return href
