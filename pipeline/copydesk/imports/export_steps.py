"""Importing the posts of another system: from each to the plan for its draft."""

from __future__ import annotations

from typing import NamedTuple

from copydesk.imports.exported import converted, digest_of, given_of
from copydesk.imports.fetching import Fetching, joined
from copydesk.imports.inputs import Given
from copydesk.imports.plan import ImportPlan
from copydesk.imports.steps import Importing
from copydesk.model.export import Exported
from copydesk.model.finding import CopydeskError, Failure

_OURS = "It is a post of this site already."
_OURS_CHANGED = "What somebody changed there is shown by `copydesk plan`."


class Step(NamedTuple):
    """One post on its way: its plan, and the id of the draft it belongs to, if there is one."""

    plan: ImportPlan
    id: str
    exported: Exported


class ImportingPosts:
    """One run over the posts of another system, each known again by its address and id there."""

    def __init__(self, importing: Importing, home: str, label: str, fetching: Fetching) -> None:
        self._importing, self._home, self._label = importing, home, label
        self._fetching = fetching
        records = importing.site.records
        self._records = {each.place: each for each in records if each.input == home}
        self._ids = {each.id for each in importing.site.posts.values() if each.id}
        self._seen: set[str] = set()
        self._slugs: dict[str, str] = {}

    def plan(self, exported: Exported) -> Step:
        """Return what is to become of a post; raises CopydeskError where it cannot be imported."""
        given = given_of(exported, self._home, self._label)
        try:
            return self._plan(exported, given)
        except CopydeskError as error:
            named = error.failure._replace(path=error.failure.path or given.shown)
            raise CopydeskError(named) from None

    def _plan(self, exported: Exported, given: Given) -> Step:
        if exported.remote in self._seen:
            raise CopydeskError(_twice(exported))
        self._seen.add(exported.remote)
        exported = self._noted(exported, given)
        record = self._records.get(given.place)
        site = self._importing.site
        draft = site.draft_of(record) if record else None
        digest = digest_of(exported)
        if record is None and exported.key in self._ids:
            said = _OURS if exported.settled else f"{_OURS} {_OURS_CHANGED}"
            path = next(each.path for each in site.posts.values() if each.id == exported.key)
            plan = ImportPlan("unchanged", given.origin, path, (said,))
            return Step(plan, "", exported)
        if record is not None and draft is not None and record.sha256 == digest:
            return Step(ImportPlan("unchanged", given.origin, draft), record.id, exported)
        before = record.pictures if record else ""
        found = converted(exported, given, site.registry)
        found = self._fetching.bring(found, before)
        if record is None or draft is None:
            plan = self._importing.new_draft(given, found, record, digest)
        elif exported.settled:  # Copydesk itself wrote it there
            plan = self._importing.noted_draft(given, found, record, draft, digest)
        else:
            plan = self._importing.merged_draft(given, found, record, draft, digest)
        if plan.record is not None:
            pictures = joined(before, plan.record.pictures)
            plan = plan._replace(record=plan.record._replace(pictures=pictures))
        return Step(plan, plan.record.id if plan.record else "", exported)

    def _noted(self, exported: Exported, given: Given) -> Exported:
        """Return a post with what people should know of its title and its slug."""
        notes = []
        if not exported.title.strip():
            notes.append("It has no title there. Give it one before it goes online.")
        other = self._slugs.setdefault(exported.slug, given.shown)
        if exported.slug and other != given.shown:
            notes.append(f"{other} has the same slug, {exported.slug[:80]}: change one of them.")
        return exported._replace(notes=(*exported.notes, *notes))


def _twice(exported: Exported) -> Failure:
    return Failure(
        "file",
        f"was not imported: another post before it has the same number, {exported.remote[:40]}",
        "Look at both in the export. One of them may be a copy.",
    )
