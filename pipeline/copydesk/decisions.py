"""What is to become of each post on a target: live, kept as it is, or not public, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from copydesk.model.extension import Decision, Ledger, LedgerEntry, Wanted
from copydesk.model.site import Entry, Index, LivePost
from copydesk.slugs import new_id

#: Why a post is left alone by a run that is about others.
NOT_ASKED = "It was not asked for."


@dataclass(frozen=True, slots=True)
class Gate:
    """What the checks said: errors that no waiver settles, by path, and posts that were lost.

    `asked` holds the paths that the run is about; None means all. `targets` holds the names of
    the targets there are; without any, names in front matter are taken as they are.
    """

    errors: Mapping[str, int]
    lost: frozenset[str]
    asked: frozenset[str] | None
    targets: frozenset[str] = frozenset()


def decide(
    index: Index, ledger: Ledger, gate: Gate, target: str
) -> tuple[list[Wanted], dict[str, str]]:
    """Return the decision for every post, sorted by id, and new ids by path.

    Posts without an id that are to go live get one; it is written into their front matter
    when the plan is applied. What the target holds of posts whose source was lost is kept.
    """
    counts = Counter(entry.id for entry in index if entry.id)
    taken = set(counts) | set(ledger.posts)
    new_ids: dict[str, str] = {}
    wanted: list[Wanted] = []
    for entry in sorted(index, key=lambda each: (not each.due, each.key)):
        unasked = gate.asked is not None and entry.key not in gate.asked
        if unasked and entry.id in ledger.posts:
            continue  # what is published of it is kept, below
        id = entry.id
        if not id:
            id = new_id(entry.slug, taken)
            taken.add(id)
        elif counts[id] > 1:
            id = f"{id}@{entry.key}"  # no valid id: two posts that claim one are both held
        decision, reason = _judge(entry, gate, target)
        if unasked and decision in ("live", "held"):
            decision, reason = "not asked", NOT_ASKED
        if decision == "live" and counts[entry.id] > 1:
            decision, reason = "held", "Another post has the same id."
        if decision == "live" and not entry.id:
            new_ids[entry.key] = id
        held = ledger.posts.get(entry.id)
        if entry.state_unclear and held is None:
            decision = "draft"  # it was never public, so nobody misses it
        if decision == "held" and held is not None and counts[entry.id] == 1:
            decision, reason = "kept", f"{reason} The version published before stays."
        wanted.append(_wanted(entry, id, decision, reason))
    wanted += _left_alone(index, ledger, gate, {each.id for each in wanted}, counts)
    return sorted(wanted, key=lambda each: each.id), new_ids


def _judge(entry: Entry, gate: Gate, target: str) -> tuple[Decision, str]:
    if entry.targets and target not in entry.targets:
        names = ", ".join(entry.targets)
        if entry.due and gate.targets and not gate.targets & set(entry.targets):
            return "held", f"It is meant for {names}, and no target has that name."
        return "draft", f"It is meant for {names}."
    if entry.state_unclear:
        return "held", f"Its state could not be read. `copydesk lint {entry.path}` shows it."
    if entry.state == "draft":
        return "draft", "Its state is draft."
    errors = gate.errors.get(entry.key, 0)
    if errors:
        word = "1 error" if errors == 1 else f"{errors} errors"
        way_out = f"Mend what `copydesk lint {entry.path}` shows, or waive it: `copydesk waive`."
        return "held", f"It has {word}. {way_out}"
    if not entry.due:
        when = entry.published.strftime("%Y-%m-%d %H:%M UTC") if entry.published else "no date"
        return "not yet due", f"It is scheduled for {when}."
    if entry.key in gate.lost:
        return "held", "It could not be judged whole."
    if entry.published is None or not entry.title:
        missing = "title" if entry.published else "published date"
        return "held", f"It has no {missing}."
    return "live", ""


def _left_alone(
    index: Index, ledger: Ledger, gate: Gate, known: set[str], counts: Mapping[str, int]
) -> list[Wanted]:
    """Keep what is published of posts that this run is not about, could not read or tell apart."""
    read = {entry.key for entry in index}
    kept = []
    for id, entry in ledger.posts.items():
        if id in known:
            continue
        if gate.asked is not None and entry.key not in gate.asked:
            kept.append(_kept(entry, NOT_ASKED))
        elif counts[id] > 1:
            kept.append(_kept(entry, "Several posts have its id. The version before stays."))
        elif entry.key in gate.lost and entry.key not in read:
            kept.append(
                _kept(entry, "Its source could not be read. The version published before stays.")
            )
    return kept


def _wanted(entry: Entry, id: str, decision: Decision, reason: str) -> Wanted:
    return Wanted(
        id=id,
        key=entry.key,
        path=entry.path,
        decision=decision,
        reason=reason,
        title=entry.title,
        slug=entry.slug,
        published=entry.published,
        updated=entry.updated,
        description=entry.description,
        category=entry.category,
        tags=entry.tags,
        series=entry.series,
        author=entry.author,
        author_credential=entry.author_credential,
        language=entry.language,
        canonical=entry.canonical,
        noindex=entry.noindex,
        image=entry.image,
        image_alt=entry.image_alt,
        wording=entry.wording,
        questions=entry.outline.questions,
    )


def not_asked(wanted: Wanted) -> Wanted:
    """Return a post as one that this run is not about."""
    return wanted._replace(decision="not asked", reason=NOT_ASKED)


def _kept(entry: LedgerEntry, reason: str) -> Wanted:
    return Wanted(
        id=entry.id,
        key=entry.key,
        path=entry.key,
        decision="kept",
        reason=reason,
        title=entry.title,
        slug="",
        published=date_of(entry.published),
        updated=date_of(entry.updated),
        description=entry.description,
        category=entry.category,
        tags=(),
        series=entry.series,
        author=entry.author,
        author_credential="",
        language="",
        canonical="",
        noindex=entry.noindex,
        image="",
        image_alt="",
        wording=entry.wording,
    )


def date_of(text: str) -> datetime | None:
    """Return a date of the ledger, or None where it holds none that can be read."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def live_posts(wanted: list[Wanted], ledger: Ledger) -> tuple[LivePost, ...]:
    """Return the posts that will be public, with what will be shown of them, sorted by id."""
    found = []
    for each in wanted:
        if each.decision == "live" and each.published is not None:
            found.append(_live_post(each, each.published))
        elif each.decision == "kept" and (entry := ledger.posts.get(each.id)) is not None:
            post = standing_post(entry)
            if post is not None:
                found.append(post)
    return tuple(sorted(found, key=lambda post: post.id))


def _live_post(wanted: Wanted, published: datetime) -> LivePost:
    return LivePost(
        wanted.id,
        wanted.title,
        published,
        wanted.category,
        wanted.series,
        not wanted.noindex,
        wanted.wording,
        wanted.updated,
        wanted.description,
        wanted.tags,
        wanted.author,
        wanted.author_credential,
        wanted.language,
        wanted.canonical,
        wanted.image,
        wanted.image_alt,
        wanted.questions,
    )


def standing_post(entry: LedgerEntry) -> LivePost | None:
    """Return a post as a target holds it, or None where its date is not known."""
    published = date_of(entry.published)
    if published is None:
        return None
    return LivePost(
        entry.id,
        entry.title,
        published,
        entry.category,
        entry.series,
        not entry.noindex,
        entry.wording,
        updated=date_of(entry.updated),
        description=entry.description,
        author=entry.author,
    )
