"""Whether the text beside a claim names a specific document.

Only the place is judged here, not the quality of the source nor whether it fits the claim.
"""

from __future__ import annotations

from bisect import bisect_left

from copydesk.api import Link, PostContext, Unit

#: Identifiers of documents as authors write them without a link.
_WRITTEN = ("doi.org/10.", "doi:10.", "doi: 10.", "pmid:", "pmid ", "pmcid", "nct0")
_HOME = frozenset({"", "index.html", "index.htm", "index.php", "home", "en", "en-us", "en-gb"})
#: Path words of pages that list documents but are none.
_LISTS = ("/search", "?q=", "?s=", "?term=")


def specific(href: str) -> bool:
    """Say whether an address is that of a document on another site, not of a home page.

    Relative addresses are the practice's own pages; they support nothing.
    """
    address = href.strip().lower()
    if address.startswith("doi:10."):
        return True
    scheme, mark, rest = address.partition("://")
    if not mark or scheme not in ("http", "https"):
        return False
    path = rest.partition("/")[2].partition("#")[0].strip("/")
    return path.partition("?")[0] not in _HOME and not any(each in "/" + path for each in _LISTS)


class Support:
    """The places of a post's citations, looked up by unit, block and list."""

    def __init__(self, ctx: PostContext) -> None:
        self._ctx = ctx
        self._notes = self._resolving_notes()
        self._starts: dict[int, list[int]] = {}
        for link in ctx.post.links:
            if self._supports(link):
                self._starts.setdefault(link.block, []).append(link.span.start)
        self._lists = {self._list_of(block) for block in self._starts} - {-1}

    def in_unit(self, unit: Unit) -> bool:
        """Say whether a unit holds a citation."""
        starts = self._starts.get(unit.block, [])
        at = bisect_left(starts, unit.span.start)
        # A note mark right after the full stop belongs to the sentence that it follows.
        if at < len(starts) and starts[at] <= unit.span.end:
            return True
        lowered = unit.text.lower()
        return any(each in lowered for each in _WRITTEN)

    def around(self, unit: Unit) -> bool:
        """Say whether a unit, its paragraph or its list holds a citation."""
        return (
            unit.block in self._starts
            or self.in_unit(unit)
            or self._list_of(unit.block) in self._lists
        )

    def _supports(self, link: Link) -> bool:
        if link.href.startswith("#"):
            return _note_name(link.href) in self._notes
        return specific(link.href)

    def _list_of(self, block: int) -> int:
        """Return the list that a block stands in or introduces, or -1."""
        post = self._ctx.post
        at = post.blocks[block].container
        while at != -1 and post.containers[at].kind != "list":
            at = post.containers[at].parent
        return at

    def _resolving_notes(self) -> frozenset[str]:
        """Return the names of the footnotes that lead to a document."""
        post = self._ctx.post
        with_link = {link.block for link in post.links if specific(link.href)}
        found = set()
        for block in post.blocks:
            at = block.container
            while at != -1 and post.containers[at].kind != "footnote":
                at = post.containers[at].parent
            if at == -1:
                continue
            text = block.text.plain.lower()
            if block.index in with_link or any(
                each in text for each in (*_WRITTEN, "https://", "http://")
            ):
                found.add(_note_name(post.containers[at].label))
        return frozenset(found)


def _note_name(label: str) -> str:
    """Return the bare name of a footnote: `#fn:1`, `#fn-1`, `^1` and `1` are one."""
    name = label.lstrip("#^")
    for start in ("fn:", "fn-", "fnref:", "footnote-", "note-", "user-content-fn-"):
        name = name.removeprefix(start)
    return name
