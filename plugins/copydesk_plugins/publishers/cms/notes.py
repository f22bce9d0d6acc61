"""What people should know beside the changes of a plan, each thing once."""

from __future__ import annotations

from dataclasses import dataclass, field

from copydesk.api import Body, Wanted

_NAMED = 3


@dataclass
class Notes:
    """Gathers notes while a plan is made."""

    lines: list[str] = field(default_factory=list)
    _degraded: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, line: str) -> None:
        """Add a sentence, once."""
        if line not in self.lines:
            self.lines.append(line)

    def body(self, wanted: Wanted, body: Body) -> None:
        """Tell what a body had to leave out, and what no such system keeps of a post."""
        for note in body.notes:
            self.add(f"{wanted.path}: {note}")
        if wanted.updated is not None and wanted.updated != wanted.published:
            why = "the system sets the day of the last change by itself"
            self.degraded("updated", why, wanted.title)
        if wanted.noindex:
            why = "that search engines stay away has to be set there by hand"
            self.degraded("noindex", why, wanted.title)
        if wanted.author:
            why = "the author there is the account that writes, until somebody sets another"
            self.degraded("author", why, wanted.title)

    def degraded(self, name: str, why: str, title: str) -> None:
        """Note a field that the system cannot keep for a post."""
        self._degraded.setdefault((name, why), []).append(title)

    def lost_link(self, wanted: Wanted, other: str) -> None:
        """Note a link in a text to a post that is not public."""
        self.add(
            f"{wanted.path} links to the post {other}, which is not public: the words stay, "
            "without the link."
        )

    def slug(self, wanted: Wanted, standing: str) -> None:
        """Note a public post whose source asks for another address."""
        self.add(
            f"{wanted.path} says slug “{wanted.slug}”, but its address ends in “{standing}” and "
            "stays so: a public address is never renamed. Put the old slug back into the source."
        )

    def all(self) -> tuple[str, ...]:
        """Return every note, fields that cannot be kept last."""
        return (*self.lines, *(self._line(*key) for key in self._degraded))

    def _line(self, name: str, why: str) -> str:
        titles = self._degraded[(name, why)]
        named = ", ".join(f"“{title}”" for title in titles[:_NAMED])
        more = f" and {len(titles) - _NAMED} more" if len(titles) > _NAMED else ""
        posts = "1 post" if len(titles) == 1 else f"{len(titles)} posts"
        return f"Not as in the source: {name} of {posts} ({named}{more}): {why}."
