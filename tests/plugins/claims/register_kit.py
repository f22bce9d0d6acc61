"""What the tests of the register share: registers with sign-offs, posts, and claims in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from copydesk.api import Failure, Person, PostContext, SiteRecords
from copydesk.options import complete
from copydesk.testing import read
from copydesk_plugins.claims.claim import Claim
from copydesk_plugins.claims.detection import claim_of, examined
from copydesk_plugins.claims.options import SHARED
from copydesk_plugins.claims.register import Near, PostFacts, Register, Settled, register_of
from copydesk_plugins.claims.register.changing import block_of
from copydesk_plugins.claims.register.entry import Approval, Entry, Evidence, hash_of

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
DAY = date(2026, 5, 1)
PEOPLE = {
    "mara": Person("mara", "Dr Mara Ellison", "physician", "MD"),
    "tom": Person("tom", "Tom Reyes", "editor", ""),
}
SOURCE = Evidence(doi="10.5555/12345678", quote="Pain was lower after four weeks.", design="trial")


def entry(statement: str, **more: Any) -> Entry:
    """Return an entry in force with its sign-offs; `by` names who signed."""
    by: Iterable[str] = more.pop("by", ("mara", "tom"))
    id = more.pop("id", "one")
    made = Entry(id, statement, **{"evidence": (SOURCE,), "status": "approved", **more})
    return made._replace(approvals=tuple(Approval(each, DAY, hash_of(made)) for each in by))


def toml_of(*entries: Entry) -> str:
    """Return a register as it stands in its file."""
    return "\n".join(map(_block, entries))


def _block(each: Entry) -> str:
    signed = "".join(
        f'\n[[claim.approval]]\nby = "{one.by}"\ndate = {one.date}\nhash = "{one.hash}"\n'
        for one in each.approvals
    )
    text = block_of(each)
    if each.withdrawal is not None:
        gone = each.withdrawal
        said = f'withdrawal = {{ by = "{gone.by}", date = {gone.date}, reason = "{gone.reason}" }}'
        text = text.replace('status = "withdrawn"\n', f'status = "withdrawn"\n{said}\n')
    return text + signed


def context(post: str, register: str = "", *, now: datetime = NOW, **options: Any) -> PostContext:
    """Return the context of a post in a site with a register."""
    files = {"claims.toml": register} if register else {}
    records = SiteRecords(files.get, PEOPLE)
    found = PostContext(read(post), now, records=records)
    found.with_options(complete(SHARED, options))
    return found


def claim_at(ctx: PostContext, words: str) -> Claim:
    """Return what the first unit that holds some words says, as the engine reads it."""
    for each in examined(ctx):
        if words in each.reading.unit.text:
            return claim_of(ctx, each)
    raise AssertionError(f"no unit holds {words!r}")


def judged(
    sentence: str, *entries: Entry, market: str = "us", now: datetime = NOW, more: str = ""
) -> Settled | Near | None:
    """Return what the register says of a sentence of a post about health."""
    ctx = context(POST.format(sentence=sentence, more=more), toml_of(*entries), now=now)
    return register_of(ctx).settles(claim_at(ctx, sentence), PostFacts(ctx, market))


#: Two units that make it a post about health, and name nothing that a sentence could take over.
POST = (
    "---\ntitle: Depression\ndescription: Depression\n---\n\n"
    "We open at nine.\n\n{sentence}\n\n{more}\n"
)


def failures_of(text: str) -> tuple[Failure, ...]:
    """Return what a register's text fails the run with."""
    ctx = context("Hello.\n", text)
    register_of(ctx)
    return ctx.failures


def settled(found: Settled | Near | None) -> str:
    """Return the id of the entry that settles a claim, or nothing."""
    return found.entry.id if isinstance(found, Settled) else ""


__all__ = ["Register", "claim_at", "context", "entry", "failures_of", "judged", "settled"]
