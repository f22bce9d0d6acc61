"""Reports into findings: line and column, the place in words, and the fingerprint."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from copydesk.model.finding import SEVERITIES, Finding, Group, Place, Report, Severity
from copydesk.model.post import Block, Post
from copydesk.model.text import LineIndex, Span

_NAMES = {"title": "the title", "description": "the description", "image-alt": "image_alt"}


_WORDS = {
    "list-item": "list item",
    "table-cell": "table cell",
    "alt": "image text",
    "footnote": "footnote",
    "code": "code",
}
_COUNTED = ("list-item", "table-cell")
_PARAGRAPHS = ("paragraph", "footnote", "code")


class Placer:
    """Turns the reports on one post into findings at their places."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._lines = LineIndex(post.source.text)
        self._starts = [block.span.start for block in post.blocks]

    def finding(self, rule: str, severity: Severity, report: Report) -> Finding:
        """Return a report as a finding, without its fingerprint."""
        text = self._post.source.text
        _refuse_wrong(report)
        start, end = report.span
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"the span {start}..{end} lies outside the post")
        return Finding(
            rule=rule,
            severity=report.severity or severity,
            message=report.message,
            help=report.help,
            quote=text[start:end],
            start=self.place(start),
            end=self.place(end),
            where=self.where(report.span),
            fingerprint="",
            related=report.related,
            fix=report.fix or None,
            group=report.group,
        )

    def place(self, offset: int) -> Place:
        """Return an offset with its line and column."""
        return Place(offset, *self._lines.position(offset))

    def where(self, span: Span) -> str:
        """Return a place in words: the heading above, and the paragraph below it."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0:
            return "the front matter" if self._in_front_matter(span) else "start of the post"
        block = self._post.blocks[at]
        if block.kind in _NAMES:
            inside = block.span.start <= span.start < max(block.span.end, block.span.start + 1)
            return _NAMES[block.kind] if inside else self._outside(span)
        if block.kind == "heading":
            return f"heading “{_short(block.text.plain)}”"
        heading = self._heading(block)
        name = f"“{_short(heading.text.plain)}”" if heading else "start of the post"
        return f"{name}, {self._ordinal(block)}"

    def _in_front_matter(self, span: Span) -> bool:
        whole = self._post.metadata.front_matter
        return whole is not None and span.start < whole.end

    def _outside(self, span: Span) -> str:
        return "the front matter" if self._in_front_matter(span) else "start of the post"

    def _heading(self, block: Block) -> Block | None:
        return self._post.blocks[block.heading] if block.heading != -1 else None

    def _ordinal(self, block: Block) -> str:
        """Return which paragraph, list item or cell below its heading a block is."""
        word = _WORDS.get(block.kind, "paragraph")
        count = self._ordinals[block.index]
        return f"{word} {count}" if count else word

    @cached_property
    def _ordinals(self) -> list[int]:
        """The number of each block among its kind since the heading above, counted once."""
        found = []
        counts: Counter[str] = Counter()
        for block in self._post.blocks:
            if block.kind == "heading":
                counts.clear()
            kind = block.kind if block.kind in _COUNTED else "paragraph"
            counts[kind] += block.kind in _COUNTED or block.kind in _PARAGRAPHS
            found.append(counts[kind])
        return found


def _refuse_wrong(report: Report) -> None:
    """Raise where a plugin's report holds what no reporter and no worker could pass on."""
    if not (isinstance(report.message, str) and isinstance(report.help, str)):
        raise TypeError("the message and the help of a report must be texts")
    group = report.group or Group("")
    if not (isinstance(group, Group) and all(isinstance(text, str) for text in group[:2])):
        raise TypeError("the group of a report must be a Group of texts")
    if report.severity not in (None, *SEVERITIES):
        raise ValueError(f"there is no severity {report.severity!r}")


def _short(text: str, limit: int = 48) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def with_fingerprints(findings: Iterable[Finding], key: str) -> tuple[Finding, ...]:
    """Sort findings by (place, rule) and give each a fingerprint.

    A fingerprint is made of the file's path below the site, the rule, the quoted words and,
    where a post has equal quotes, their ordinal: an edit elsewhere in the post keeps it.
    """
    seen: Counter[tuple[str, str]] = Counter()
    out = []
    for finding in sorted(findings, key=sort_key):
        words = " ".join(finding.quote.split())
        about = (finding.rule, words if words else finding.message)
        seen[about] += 1
        basis = "\0".join((key, *about, str(seen[about])))
        digest = hashlib.sha256(basis.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        out.append(finding._replace(fingerprint=digest))
    return tuple(out)


def sort_key(finding: Finding) -> tuple[int, int, str, str]:
    """Return what findings of one file are sorted by."""
    return (finding.start.offset, finding.end.offset, finding.rule, finding.message)
