"""What `copydesk packs check` finds out of a pack: its problems, and how well it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from copydesk.api import CopydeskError, Failure, SiteRecords, words
from copydesk_plugins.claims.packs.labelled import Examples, read_examples
from copydesk_plugins.claims.packs.loading import is_path, parsed, rank, text_of
from copydesk_plugins.claims.packs.term import ABOUT, Term, Words
from copydesk_plugins.claims.packs.trial import Trial, try_examples
from copydesk_plugins.claims.packs.usage import Usage, keys

#: Below this share of right answers, either way, a pack needs work.
LEAST = 0.8
_EXAMPLES = Path(__file__).resolve().parent / "examples"
_OWN = frozenset({"own", "site"})


class Clash(NamedTuple):
    """A term that two packs put into different slots, and neither knows better."""

    term: Term
    other: Term


class Checked(NamedTuple):
    """All that is known of one pack; `trial` is None where it has no examples."""

    name: str
    terms: tuple[Term, ...]
    failures: tuple[Failure, ...]
    clashes: tuple[Clash, ...] = ()
    sourceless: tuple[Term, ...] = ()
    unused: tuple[Term, ...] = ()
    trial: Trial | None = None

    @property
    def good(self) -> bool:
        """Whether there is no clash, and enough of the examples are judged right."""
        shares = (self.trial.precision, self.trial.recall) if self.trial else ()
        return not self.clashes and all(each is None or each >= LEAST for each in shares)


def check_packs(
    names: Sequence[str],
    beside: Sequence[str],
    records: SiteRecords,
    texts: Iterable[str],
) -> list[Checked]:
    """Check packs by name or path, in the company of all packs that are used beside them.

    `texts` yields the units of the site's posts, each as its keys with a space between them.
    """
    read = {name: _parsed(name, records) for name in dict.fromkeys([*beside, *names])}
    usable = tuple(name for name in read if not read[name].failures)
    slots = _slots(term for name in usable for term in read[name].terms)
    used = Usage(term for name in names for term in read[name].terms)
    for text in texts:
        used.note(text.split(" "))
    return [
        _tried(read[name], usable, records, slots, used) if name in usable else read[name]
        for name in names
    ]


def examples_of(name: str, records: SiteRecords) -> Examples:
    """Return the labelled examples of a pack; none where there is no file of them."""
    if is_path(name):
        shown = name[: -len(".csv")] + ".examples.csv"
        text = records.read(shown)
    else:
        shown = f"examples/{name}.csv"
        path = _EXAMPLES / f"{name}.csv"
        text = path.read_text("utf-8") if path.is_file() else None
    return Examples((), ()) if text is None else read_examples(shown, text)


def has_source(term: Term) -> bool:
    """Say whether a row names where it comes from; what a regulator says needs an address."""
    if term.source.lower().startswith(("https://", "http://")):
        return True
    return term.slot != "indication" and term.source.lower() in _OWN


def _parsed(name: str, records: SiteRecords) -> Checked:
    try:
        pack = parsed(name, text_of(name, records.read))
    except CopydeskError as error:
        return Checked(name, (), (error.failure,))
    return Checked(name, pack.terms, pack.failures)


def _slots(terms: Iterable[Term]) -> dict[Words, list[Term]]:
    found: dict[Words, list[Term]] = {}
    for term in terms:
        if term.slot not in ABOUT:
            found.setdefault(term.words, []).append(term)
    return found


def _tried(
    checked: Checked,
    packs: tuple[str, ...],
    records: SiteRecords,
    slots: dict[Words, list[Term]],
    used: Usage,
) -> Checked:
    """Add what the terms and the examples of a pack show."""
    try:
        examples = examples_of(checked.name, records)
    except CopydeskError as error:
        examples = Examples((), (error.failure,))
    if examples.failures:
        return checked._replace(failures=examples.failures)
    for each in examples.found:
        used.note(keys(words(each.text)))
    return checked._replace(
        clashes=tuple(_clashes(checked.terms, slots)),
        sourceless=tuple(term for term in checked.terms if not has_source(term)),
        unused=used.unused(checked.terms),
        trial=try_examples(examples.found, packs, records) if examples.found else None,
    )


def _clashes(terms: Iterable[Term], slots: dict[Words, list[Term]]) -> Iterator[Clash]:
    for term in terms:
        for other in () if term.slot in ABOUT else slots[term.words]:
            if other.slot != term.slot and rank(other.pack) == rank(term.pack):
                yield Clash(term, other)
