"""What a rule reports, and what could not be done."""

from __future__ import annotations

from typing import Literal, NamedTuple

from copydesk.model.text import Span

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


def at_least(severity: str, limit: str) -> bool:
    """Say whether a severity is as grave as a limit; the limit `never` is never reached."""
    if limit == "never":
        return False
    return SEVERITIES.index(severity) <= SEVERITIES.index(limit)


class Edit(NamedTuple):
    """Replace `source.text[start:end]` by `text`."""

    start: int
    end: int
    text: str


class Related(NamedTuple):
    """Another place that belongs to a finding. `path` is empty for the same file."""

    message: str
    span: Span
    path: str = ""


class Group(NamedTuple):
    """What the findings of one rule share that say the same: reports for people tell it once.

    `says` is what they say, in one line; equal for all of a group and for no other finding.
    `help` is the way out for all of them. `head` marks the one to look at first.
    """

    says: str
    help: str = ""
    head: bool = False


class Report(NamedTuple):
    """What a rule yields; the core adds rule, severity, place and fingerprint.

    `span` is a place in the post's source. `path` is set by site rules only: the key of the
    post that is meant. `fix` is safe to apply without asking. `help` may have several lines, one
    for each way out, the best first. `also` names more posts that a site rule speaks of than it
    shows: where only one of them was asked for, the report is told there.
    """

    span: Span
    message: str
    help: str = ""
    fix: tuple[Edit, ...] = ()
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    path: str = ""
    group: Group | None = None
    also: tuple[Related, ...] = ()


class Part(NamedTuple):
    """One of the things that a measure is made of, such as a section or a sentence.

    `span` is its place in the source and `label` what people know it by, or empty. `of` is how
    much it was counted in, such as the words of a section. The value is None where too little
    is there to tell.
    """

    label: str
    value: float | int | None
    span: Span
    of: int = 0


class Measure(NamedTuple):
    """A number that a rule counted on the way, shown with what it counts.

    `parts` are what it is made of, in the order of the text; a part above `limit` is too much.
    """

    name: str
    value: float | int | str
    parts: tuple[Part, ...] = ()
    limit: float | int | None = None


class Place(NamedTuple):
    """An offset with its line and column."""

    offset: int
    line: int
    column: int


class Finding(NamedTuple):
    """A report at its place, as reporters get it.

    `quote` equals `source.text[start.offset:end.offset]`. `where` tells people the place in
    words ("“Fees”, paragraph 2"). `waived` names the reason where a waiver holds; `accepted`
    says that the finding is one from before, which the site's baseline accepts.
    """

    rule: str
    severity: Severity
    message: str
    help: str
    quote: str
    start: Place
    end: Place
    where: str
    fingerprint: str
    related: tuple[Related, ...] = ()
    fix: tuple[Edit, ...] | None = None
    waived: str = ""
    accepted: bool = False
    group: Group | None = None

    @property
    def mendable(self) -> bool:
        """Say whether `copydesk fix` may mend it; what becomes of a claim is for people to say."""
        return bool(self.fix) and not self.waived and not self.rule.startswith("claims.")


FailureKind = Literal["file", "plugin", "config", "target", "site", "arguments"]


class Failure(NamedTuple):
    """Something that could not be done; any failure makes the exit code 2.

    `path` names the file and `plugin` the plugin with distribution and version, each empty
    where it does not apply. `line` and `column` are 0 where no place is known.
    """

    kind: FailureKind
    message: str
    help: str
    path: str = ""
    plugin: str = ""
    line: int = 0
    column: int = 0

    @property
    def place(self) -> str:
        """The file or plugin with line and column, as far as they are known."""
        place = self.path or self.plugin
        if self.line:
            place += f":{self.line}" + (f":{self.column}" if self.column else "")
        return place


class CopydeskError(Exception):
    """An error that is the message for the person: it becomes a failure and exit code 2."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure

    def __reduce__(self) -> tuple[type[CopydeskError], tuple[Failure]]:
        """Come whole out of another process."""
        return CopydeskError, (self.failure,)
