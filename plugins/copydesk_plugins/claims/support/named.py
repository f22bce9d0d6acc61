"""Sources that are named without saying where they are: authors with a year, trials, agencies.

They are weak: a reader could find them, and has to search. A sentence that goes on about such a
study ("In the placebo arm ...") leans on it, too.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from copydesk_plugins.claims.support.word_lists import words_of

_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")
_SURNAME = r"[A-Z][\w\u2019'-]{1,30}"
_AUTHORS = re.compile(
    rf"\b(?P<first>{_SURNAME})"
    rf"(?P<more>(?:,? et al\.?|(?:,? (?:and|&) |, ){_SURNAME}|,? and colleagues){{0,4}})"
    r",?\s{0,2}(?P<open>\()?(?P<year>(?:19[5-9]|20\d)\d)[a-z]?(?P<close>\)?)"
)
_SEVERAL = re.compile(r"et al|\band\b|&")
_TRIAL = re.compile(r"\b[A-Z][A-Z0-9*-]{2,15}(?:[ -]\d{1,2})? (?:trial|study)\b")
#: "Approved in 2019" is the claim, not its source.
_APPROVAL = re.compile(
    r"\b(?:approv|authori[sz]|licen[sc]|clear(?:ed|ance)|indicat)", re.IGNORECASE
)
_SPEAKS_OF_IT = re.compile(
    r"\b(?:the|this|that|these|those|its|their|both) (?:[\w-]{1,20} ){0,2}"
    r"(?:trial|study|paper|review|analysis|meta-analysis|researchers|authors|investigators|"
    r"participants|volunteers|arm|arms)\b",
    re.IGNORECASE,
)


class Named(NamedTuple):
    """A source that is named, with its place in the text; `surname` and `year` where known.

    A `sure` one names a source by itself; else it counts only where an entry of the reference
    list fits.
    """

    start: int
    end: int
    surname: str = ""
    year: str = ""
    sure: bool = True


def named_in(text: str) -> Named | None:
    """Return the first source that a sentence names with a year, or None."""
    if not ("19" in text or "20" in text) or _YEAR.search(text) is None:
        return None
    authors = _authors(text)
    if authors is not None and authors.sure:
        return authors
    if trial := _TRIAL.search(text):
        return Named(*trial.span())
    for match in _names().finditer(text):
        if match.lastgroup == "journal" or not _APPROVAL.search(text):
            return Named(*match.span())
    return authors


def speaks_of_it(text: str) -> bool:
    """Say whether a sentence goes on about a study that was named before."""
    return _SPEAKS_OF_IT.search(text) is not None


def _authors(text: str) -> Named | None:
    for match in _AUTHORS.finditer(text):
        if match["first"] in words_of("no-author"):
            continue
        several = _SEVERAL.search(match["more"]) is not None
        # "(Smith, 2019)" and "Smith (2019)" are citations; "Spravato 2019" may be anything.
        inside = text[: match.start()].endswith("(") and match["close"] == ")"
        return Named(*match.span(), match["first"].lower(), match["year"], several or inside)
    return None


@cache
def _names() -> re.Pattern[str]:
    parts = (
        rf"(?P<{kind}>{'|'.join(re.escape(each) for each in sorted(words_of(kind)))})"
        for kind in ("agency", "journal")
    )
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")
