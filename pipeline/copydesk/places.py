"""Reports into findings: line and column, the place in words, and the fingerprint."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from copydesk.model.finding import Finding, Place, Report, Severity
from copydesk.model.post import Block, Post
from copydesk.model.text import LineIndex, Span

_NAMES = {"title": "the title", "description": "the description", "image-alt": "image_alt"}


class Placer:
    """Turns the reports on one post into findings at their places."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._lines = LineIndex(post.source.text)
        self._starts = [block.span.start for block in post.blocks]

    def finding(self, rule: str, severity: Severity, report: Report) -> Finding:
        """Return a report as a finding, without its fingerprint."""
        text = self._post.source.text
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
        return f"{name}, {self._ordinal(block, heading)}"

    def _in_front_matter(self, span: Span) -> bool:
        whole = self._post.metadata.front_matter
        return whole is not None and span.start < whole.end

    def _outside(self, span: Span) -> str:
        return "the front matter" if self._in_front_matter(span) else "start of the post"

    def _heading(self, block: Block) -> Block | None:
        return self._post.blocks[block.heading] if block.heading != -1 else None

    def _ordinal(self, block: Block, heading: Block | None) -> str:
        """Return which paragraph, list item or cell below its heading a block is."""
        kinds = (
            ("list-item",)
            if block.kind == "list-item"
            else (
                ("table-cell",) if block.kind == "table-cell" else ("paragraph", "footnote", "code")
            )
        )
        count = 0
        first = heading.index + 1 if heading else 0
        for other in self._post.blocks[first : block.index + 1]:
            count += other.kind in kinds
        word = {
            "list-item": "list item",
            "table-cell": "table cell",
            "alt": "image text",
            "footnote": "footnote",
            "code": "code",
        }.get(block.kind, "paragraph")
        return f"{word} {count}" if count else word


def _short(text: str, limit: int = 48) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def with_fingerprints(findings: Iterable[Finding], key: str) -> tuple[Finding, ...]:
    """Sort findings by (place, rule) and give each a fingerprint.

    A fingerprint is made of the file's path below the site, the rule, the quoted words and,
    where a post has equal quotes, their ordinal: an edit elsewhere in the post keeps it.
    """
    from dataclasses import replace

    seen: Counter[tuple[str, str]] = Counter()
    out = []
    for finding in sorted(findings, key=sort_key):
        words = " ".join(finding.quote.split())
        about = (finding.rule, words if words else finding.message)
        seen[about] += 1
        basis = "\0".join((key, *about, str(seen[about])))
        digest = hashlib.sha256(basis.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        out.append(replace(finding, fingerprint=digest))
    return tuple(out)


def sort_key(finding: Finding) -> tuple[int, int, str, str]:
    """Return what findings of one file are sorted by."""
    return (finding.start.offset, finding.end.offset, finding.rule, finding.message)
