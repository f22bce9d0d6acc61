"""A sign-off of an entry: what it stands for afterwards, and what no longer counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from copydesk.api import Person
from copydesk_plugins.claims.register.entry import Approval, Entry, hash_of
from copydesk_plugins.claims.register.signing import missing


class SignOff(NamedTuple):
    """What a sign-off does.

    `entry` is the entry after it, `dropped` are the numbers of the approvals that go because they
    were of other words or by somebody who left, `lacking` what the entry still needs.
    """

    entry: Entry
    approval: Approval
    dropped: tuple[int, ...]
    gone: tuple[Approval, ...]
    lacking: str


def signed(entry: Entry, by: str, on: date, people: Mapping[str, Person]) -> SignOff:
    """Return what it does that a person signs an entry as it stands."""
    now = hash_of(entry)
    approval = Approval(by, on, now)
    numbered = list(enumerate(entry.approvals))
    gone = {at: each for at, each in numbered if each.hash != now or each.by not in people}
    kept = tuple(each for at, each in numbered if at not in gone)
    after = entry._replace(approvals=(*kept, approval), sound=True)
    lacking = missing(after, people)
    after = after._replace(status="draft" if lacking else "approved")
    return SignOff(after, approval, tuple(gone), tuple(gone.values()), lacking)
