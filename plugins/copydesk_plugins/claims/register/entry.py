"""An entry of the register, and the hash that binds a sign-off to its words."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Literal, NamedTuple

from copydesk_plugins.claims.claim import Strength

#: What may stand in the file; that an entry has expired is worked out from its last day.
Status = Literal["draft", "approved", "withdrawn"]
STATUSES: tuple[Status, ...] = ("draft", "approved", "withdrawn")
#: How an entry stands on a day.
Standing = Literal["draft", "approved", "withdrawn", "expired", "not in order"]


class Evidence(NamedTuple):
    """A source of an entry.

    `direct` says that it is about this very treatment and condition, `head_to_head` that it
    compares what the statement compares.
    """

    doi: str = ""
    pmid: str = ""
    url: str = ""
    quote: str = ""
    design: str = ""
    direct: bool = True
    head_to_head: bool = False

    @property
    def shown(self) -> str:
        """The source as people read it, with what kind it is."""
        where = f"doi:{self.doi}" if self.doi else f"PMID {self.pmid}" if self.pmid else self.url
        kinds = [self.design, "" if self.direct else "indirect"]
        kinds.append("head-to-head" if self.head_to_head else "")
        said = ", ".join(each for each in kinds if each)
        return f"{where} ({said})" if said else where


class Approval(NamedTuple):
    """A sign-off: a person, a day, and the hash of what that person saw."""

    by: str
    date: date
    hash: str


class Withdrawal(NamedTuple):
    """Who withdrew an entry, when and why."""

    by: str
    date: date
    reason: str


class Entry(NamedTuple):
    """An approved claim, or one that waits for approval.

    `strength` is the most that a wording may say. An empty `markets` means every one. `expires`
    is the last day on which the entry holds. `line` is the place in the file. `sound` is false
    where something is wrong with the sign-off; such an entry approves nothing.
    """

    id: str
    statement: str
    variants: tuple[str, ...] = ()
    product: str = ""
    condition: str = ""
    strength: Strength = "plain"
    evidence: tuple[Evidence, ...] = ()
    required_text: str = ""
    markets: tuple[str, ...] = ()
    status: Status = "draft"
    approvals: tuple[Approval, ...] = ()
    expires: date | None = None
    recorded_by: str = ""
    withdrawal: Withdrawal | None = None
    line: int = 0
    sound: bool = True

    @property
    def wordings(self) -> tuple[str, ...]:
        """The statement and its variants."""
        return (self.statement, *self.variants)

    @property
    def valid(self) -> tuple[Approval, ...]:
        """The approvals that were given to the entry as it stands now, one for each person."""
        now = hash_of(self)
        found = {each.by: each for each in self.approvals if each.hash == now}
        return tuple(found.values())

    def standing(self, today: date) -> Standing:
        """Return how the entry stands on a day."""
        if not self.sound:
            return "not in order"
        if self.status == "approved" and self.expires is not None and self.expires < today:
            return "expired"
        return self.status


def hash_of(entry: Entry) -> str:
    """Return the hash of all that a sign-off is about: another word in it is another hash."""
    said = [
        entry.statement,
        list(entry.variants),
        entry.product,
        entry.condition,
        entry.strength,
        entry.required_text,
        list(entry.markets),
        entry.expires.isoformat() if entry.expires else "",
        [each._asdict() for each in entry.evidence],
    ]
    data = json.dumps(["claim 1", *said], sort_keys=True).encode("ascii")
    return hashlib.sha256(data).hexdigest()
