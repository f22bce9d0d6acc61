"""Safe fixes of findings, applied to a text again and again until nothing moves.

Nothing is written here: the caller gets the mended text and all that was done to it. What rules
of `claims` find is never mended, and no fix changes the words of a claim.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import compress
from typing import Any, NamedTuple

from copydesk.codec import failure_from_json, finding_from_json
from copydesk.edits import Moves, Spans, Taken, edited, fit
from copydesk.model.finding import CopydeskError, Finding
from copydesk.model.post import Post
from copydesk.model.text import LineIndex, Source, Span
from copydesk.options import defaults
from copydesk.places import sort_key
from copydesk.registry import Registry
from copydesk.sources import decode
from copydesk.workbench import Workbench, request_of

#: Its findings are statements of medicine: what becomes of them is for people to say.
CLAIMS = "claims"
#: Rounds after which fixes count as never coming to an end; real posts need two or three.
_ROUNDS = 20
#: A text that has become this many times as long will not come to an end either.
_GROWTH = 4
_LINE_END = re.compile(r"\r\n|\n|\r")
#: Marks that a claim may gain or lose: blanks, quotation marks, what escapes them, and characters
#: that nobody sees.
_NO_WORDS = re.compile(r"(?:[\s\"'“”‘’\\\u00ad\u200b\u2060\ufeff]|&(?:amp;)?nbsp;|&#160;)+")

#: Returns what is found in a source: for the first look and again after each round.
Look = Callable[[Source], Sequence[Finding]]


class Fixed(NamedTuple):
    """A fix that was made: its finding, the line of the text as it was at first, the words.

    `old` and `new` hold the words of each edit, in order.
    """

    finding: Finding
    line: int
    old: tuple[str, ...]
    new: tuple[str, ...]


class Refused(NamedTuple):
    """A rule whose fixes were left out of a text, and why."""

    rule: str
    reason: str


class Mended(NamedTuple):
    """A text after its fixes: `source` is as it would be read from a file.

    `left` holds what is still found in it, `held` those of them whose fix would change the
    words of a claim, `refused` the rules whose fixes do not work here. `moves` lead back to the
    text as it was, round by round.
    """

    source: Source
    done: tuple[Fixed, ...]
    left: tuple[Finding, ...]
    held: tuple[Finding, ...] = ()
    refused: tuple[Refused, ...] = ()
    moves: tuple[Moves, ...] = ()

    def back(self, offset: int) -> int:
        """Return where a place of the mended text stood at first."""
        for moves in reversed(self.moves):
            offset = moves.back(offset)
        return offset


class Applied(NamedTuple):
    """One round: the new text, the findings whose fixes are in it, and those that wait."""

    text: str
    done: tuple[Finding, ...]
    left: tuple[Finding, ...]


def apply(text: str, findings: Sequence[Finding]) -> Applied:
    """Apply the fixes of findings to a text once.

    The edits of one finding are made all or none. Of findings whose edits meet, the first by
    place and rule is done; the others wait, because its edits may have settled them.
    """
    done: list[Finding] = []
    left: list[Finding] = []
    taken = Taken()
    for finding in sorted(findings, key=sort_key):
        fits = finding.mendable and taken.add(finding.fix or ())
        (done if fits else left).append(finding)
    return Applied(edited(text, taken.edits), tuple(done), tuple(left))


def mend(
    source: Source, bench: Workbench, look: Look, first: Sequence[Finding] | None = None
) -> Mended:
    """Fix what `look` finds in a source, and look again, until nothing moves.

    `first` spares the first look where it was taken already. Raises CopydeskError where the
    source itself cannot be read.
    """
    refused: list[Refused] = []
    found = tuple(look(source)) if first is None else tuple(first)
    while True:
        mended = _Mending(source, bench, look, {each.rule for each in refused}).run(found)
        if not mended.refused:
            return mended._replace(refused=tuple(refused))
        # From the start without the rules that do not work: no trace of them stays in the text.
        refused += mended.refused


def looking_with(bench: Workbench, rules: Sequence[Any]) -> Look:
    """Return what looks with built-in rules, given as (id, severity, options) triples.

    It raises CopydeskError where a rule fails.
    """

    def look(source: Source) -> tuple[Finding, ...]:
        answer = bench.examine({**request_of(source), "rules": list(rules)})
        if answer["failures"]:
            raise CopydeskError(failure_from_json(answer["failures"][0]))
        return tuple(finding_from_json(each) for each in answer["findings"])

    return look


def import_rules(loaded: Registry) -> list[Any]:
    """Return the rules whose fixes an import makes at once, as (id, severity, options)."""
    return [
        (rule.id, rule.severity, defaults(rule.options))
        for rule in loaded.rules.values()
        if rule.on_import and rule.scope == "post" and not loaded.owner("rule", rule.id).external
    ]


class _Mending:
    """One attempt at a source; it ends early where rules turn out not to work."""

    def __init__(self, source: Source, bench: Workbench, look: Look, barred: set[str]) -> None:
        self._bench, self._look, self._barred = bench, look, barred
        self._source = source
        self._post = bench.read(request_of(source))
        self._lines = LineIndex(source.text)
        self._guards = _claim_rules(bench.registry)
        self._done: list[Fixed] = []
        self._rounds: list[tuple[str, tuple[Finding, ...]]] = []
        self._moves: list[Moves] = []
        self._held: tuple[Finding, ...] = ()

    def run(self, found: tuple[Finding, ...]) -> Mended:
        """Go round until nothing moves, or until it is known whose fixes never will."""
        while True:
            wanted, refused = self._wanted(found)
            applied = apply(self._source.text, wanted)
            if refused or not applied.done:
                return self._ended(found, refused)
            self._rounds.append((self._source.text, applied.done))
            refused = self._endless(applied)
            if refused:
                return self._ended(found, refused)
            after = self._try(applied.text)
            if after is None:
                return self._ended(found, self._breaking(applied))
            self._note(applied.done)
            self._source, self._post, found = after

    def _ended(self, found: tuple[Finding, ...], refused: tuple[Refused, ...]) -> Mended:
        return Mended(
            self._source, tuple(self._done), found, self._held, refused, tuple(self._moves)
        )

    def _wanted(self, found: tuple[Finding, ...]) -> tuple[list[Finding], tuple[Refused, ...]]:
        """Return the findings to fix now; rules whose edits cannot be made are refused."""
        wanted = [each for each in found if each.mendable and each.rule not in self._barred]
        bad = {each.rule for each in wanted if not fit(each.fix or (), self._source.text)}
        if bad:
            reason = "its edits do not fit the text"
            return [], tuple(Refused(rule, reason) for rule in sorted(bad))
        wanted = [self._in_our_lines(each) for each in wanted]
        wanted = [each for each in wanted if self._changes(each)]
        claims = self._claims() if wanted else Spans(())
        harmful = [self._harms(each, claims) for each in wanted]
        self._held = tuple(compress(wanted, harmful))
        return [each for each, harms in zip(wanted, harmful, strict=True) if not harms], ()

    def _in_our_lines(self, finding: Finding) -> Finding:
        """Return a finding whose edits end lines as the file does."""
        newline = self._source.newline
        edits = (
            edit._replace(text=_LINE_END.sub(lambda _: newline, edit.text))
            for edit in finding.fix or ()
        )
        return finding._replace(fix=tuple(edits))

    def _changes(self, finding: Finding) -> bool:
        text = self._source.text
        return any(text[edit.start : edit.end] != edit.text for edit in finding.fix or ())

    def _claims(self) -> Spans:
        """Return where the text holds claims, whatever rules were chosen."""
        found = looking_with(self._bench, self._guards)(self._source)
        return Spans(Span(each.start.offset, each.end.offset) for each in found)

    def _harms(self, finding: Finding, claims: Spans) -> bool:
        """Say whether a fix changes the words of a claim.

        Residue that is certain may go whole, also where it sounds like a claim: the title of
        another post between “Previous” and “Next” does.
        """
        certain = self._bench.registry.rules[finding.rule].on_import
        text = self._source.text
        for edit in finding.fix or ():
            for start, end in claims.under(edit):
                if certain and not edit.text and edit.start <= start and end <= edit.end:
                    continue
                if _said(text[edit.start : edit.end]) != _said(edit.text):
                    return True
        return False

    def _endless(self, applied: Applied) -> tuple[Refused, ...]:
        """Name the rules that lead back to a text that was there before, or go on for ever."""
        texts = [text for text, _ in self._rounds]
        if applied.text in texts:
            again = self._rounds[texts.index(applied.text) :]
            rules = sorted({each.rule for _, done in again for each in done})
            return tuple(Refused(rule, _undoing(rule, rules)) for rule in rules)
        if len(self._rounds) > _ROUNDS or len(applied.text) > _GROWTH * len(texts[0]) + 10_000:
            rules = sorted({each.rule for each in applied.done})
            return tuple(Refused(rule, "its fixes never come to an end") for rule in rules)
        return ()

    def _breaking(self, applied: Applied) -> tuple[Refused, ...]:
        """Name the rules whose fixes alone leave a post that does not read; else all of them."""
        rules = sorted({each.rule for each in applied.done})
        alone = []
        for rule in rules:
            mine = [each for each in applied.done if each.rule == rule]
            if self._try(apply(self._source.text, mine).text) is None:
                alone.append(rule)
        reason = "the post could not be read as before after its fix"
        return tuple(Refused(rule, reason) for rule in alone or rules)

    def _try(self, text: str) -> tuple[Source, Post, tuple[Finding, ...]] | None:
        """Read and judge a text as it would come back from its file; None if that fails."""
        try:
            data = encoded(self._source, text)
            source = decode(data, self._source.path, self._source.key)
            post = self._bench.read(request_of(source))
            found = tuple(self._look(source))
        except (CopydeskError, UnicodeEncodeError):
            return None
        return (source, post, found) if _reads_like(post, self._post) else None

    def _note(self, done: tuple[Finding, ...]) -> None:
        text = self._source.text
        for finding in done:
            edits = finding.fix or ()
            offset = finding.start.offset
            for moves in reversed(self._moves):
                offset = moves.back(offset)
            line = self._lines.position(offset).line
            old = tuple(text[edit.start : edit.end] for edit in edits)
            self._done.append(Fixed(finding, line, old, tuple(edit.text for edit in edits)))
        self._moves.append(Moves(edit for finding in done for edit in finding.fix or ()))


def encoded(source: Source, text: str) -> bytes:
    """Return a text as the bytes of a source's file; raises UnicodeEncodeError."""
    return (b"\xef\xbb\xbf" if source.bom else b"") + text.encode("utf-8")


def _claim_rules(loaded: Registry) -> list[Any]:
    return [
        (rule.id, rule.severity, defaults(rule.options))
        for rule in loaded.rules.values()
        if rule.plugin == CLAIMS
        and rule.scope == "post"
        and not loaded.owner("rule", rule.id).external
    ]


def _said(text: str) -> str:
    return _NO_WORDS.sub("", text)


def _reads_like(after: Post, before: Post) -> bool:
    """Say whether a post still has its front matter, with nothing new wrong in it."""
    if (after.metadata.front_matter is None) != (before.metadata.front_matter is None):
        return False
    return not Counter(each.kind for each in after.metadata.problems) - Counter(
        each.kind for each in before.metadata.problems
    )


def _undoing(rule: str, rules: Sequence[str]) -> str:
    others = [each for each in rules if each != rule]
    if not others:
        return "its fixes undo each other"
    return f"its fix and that of {' and '.join(others)} undo each other"
