"""Importing: from an input to the plan for its draft. Nothing is written here.

The steps for each input are read, convert, name, compose and account; then it is decided
whether the draft is new, unchanged, merged, or a file of the site converted where it lies.
"""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from copydesk.front_matter import read_front_matter
from copydesk.imports import drafts, fields, inputs, merge, pictures, report
from copydesk.imports.accounting import shared
from copydesk.imports.drafts import Draft, Naming, compose, name_draft, title_of
from copydesk.imports.inputs import Given
from copydesk.imports.merging import Prefer, blocks
from copydesk.imports.pictures import Picture
from copydesk.imports.plan import ImportPlan
from copydesk.imports.records import ImportRecord
from copydesk.imports.site import MARKDOWN, ImportSite
from copydesk.model.draft import Conversion, Incoming
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.text import Source
from copydesk.slugs import slug_of, slugify
from copydesk.sources import read_bytes, read_source, shown_path

#: Two texts that share fewer of their sentences, and no title, are two posts.
_SAME_POST = 1 / 3


class Choices(NamedTuple):
    """What the command line says about how to import."""

    importer: str = ""
    name: str = ""
    keep_state: bool = False
    prefer: Prefer = ""


class Importing:
    """One run: every input is planned in turn, with what became of those before it in mind."""

    def __init__(self, site: ImportSite, choices: Choices, now: datetime) -> None:
        self.site, self.choices, self.now = site, choices, now
        self._settled: set[str] = set()
        self._planned: dict[Path, str] = {}

    def plan(self, given: Given) -> ImportPlan | None:
        """Return what is to become of an input; None for a file of a folder that no importer knows.

        Raises CopydeskError where the input cannot be imported.
        """
        incoming = inputs.read(given)
        digest = hashlib.sha256(incoming.data).hexdigest()
        plan = self._unchanged(given, digest)
        if plan is None:
            importer = inputs.choose(incoming, given, self.site.registry, self.choices.importer)
            if importer is None:
                if given.found:
                    return None
                raise inputs.unknown_kind(given, self.site.registry)
            found = inputs.convert(incoming, given, importer, self.site.registry)
            if not given.found and _is_empty(found):
                raise CopydeskError(_nothing_there(given))
            try:
                plan = self._plan(given, incoming, found, digest)
            except CopydeskError as error:
                named = error.failure._replace(path=error.failure.path or given.shown)
                raise CopydeskError(named) from None
        if plan.record is not None:
            self._settled.add(plan.record.id)
        return plan

    def remember(self, plan: ImportPlan) -> None:
        """Count a plan as carried out for the inputs that follow."""
        if plan.record is not None:
            self._planned[plan.path] = plan.origin
            self.site.note(plan.record, plan.path)

    def _plan(self, given: Given, incoming: Incoming, found: Conversion, digest: str) -> ImportPlan:
        if given.path is not None and self._in_place(given.path):
            return self._convert(given.path, given, incoming, found, digest)
        record = self._known(given, found, digest)
        draft = self.site.draft_of(record) if record else None
        if record is not None and draft is not None and self._asks_for_another(found, given, draft):
            return self.new_draft(given, found, None, digest)
        if record is not None and draft is not None:
            return self.merged_draft(given, found, record, draft, digest)
        return self.new_draft(given, found, record, digest)

    def _asks_for_another(self, found: Conversion, given: Given, draft: Path) -> bool:
        """Say whether a person gave a name that the draft of an input does not have."""
        if not self.choices.name:
            return False
        return name_draft(found, given, self.site, self.choices.name).stem != draft.stem

    def _unchanged(self, given: Given, digest: str) -> ImportPlan | None:
        """Return the plan for an input that was imported just so, or that is a post already."""
        record = next((each for each in self.site.records if each.sha256 == digest), None)
        draft = self.site.draft_of(record) if record else None
        if draft is not None:
            return ImportPlan("unchanged", given.origin, draft)
        if given.path is None or not self._in_place(given.path):
            return None
        key = self.site.key(given.path)
        post = self.site.posts.get(key)
        if post is not None and post.id:
            line = "It is a post of this site already: there is nothing to import."
            return ImportPlan("unchanged", given.origin, given.path, (line,))
        return None

    def _in_place(self, path: Path) -> bool:
        return path.suffix.lower() in MARKDOWN and self.site.is_post_folder(path)

    def _known(self, given: Given, found: Conversion, digest: str) -> ImportRecord | None:
        """Return the record of an input that was imported before, perhaps in other words."""
        title = title_of(found, given, self.site)
        texts = [each.text for each in blocks(found.body)]
        best, most = None, -1.0
        for record in self.site.records:
            if record.id in self._settled:
                continue
            if record.sha256 == digest:
                return record
            if record.input != given.name:
                continue
            share = shared(texts, [each.text for each in blocks(record.body)])
            at_home = record.place == given.place
            same = record.title == title and (title != "" or given.path is not None)
            enough = share >= _SAME_POST
            if ((same or enough) if at_home else (same and enough)) and share > most:
                best, most = record, share
        return best

    def new_draft(
        self, given: Given, found: Conversion, record: ImportRecord | None, digest: str
    ) -> ImportPlan:
        """Plan a new draft; one that was deleted since gets its old name and id again."""
        naming = name_draft(found, given, self.site, self.choices.name)
        if record is not None:
            stem = naming.stem if self.choices.name else PurePosixPath(record.key).stem
            naming = naming._replace(id=record.id, stem=stem)
        elif given.remote:
            naming = naming._replace(stem=self._free_stem(naming.stem, given))
        path = self.site.to / f"{naming.stem}.md"
        if os.path.lexists(path) or path in self._planned:
            raise CopydeskError(self._collision(path, given))
        draft, images = self._draft(found, naming, path, naming.stem)
        return ImportPlan(
            "imported",
            given.origin,
            path,
            (*self._old_post(given.path), *self._aside(path)),
            data=draft.source.text.encode(),
            pictures=images,
            omissions=draft.omissions,
            notes=draft.notes,
            record=self._record(given, digest, draft, naming, naming.stem),
        )

    def _free_stem(self, stem: str, given: Given) -> str:
        """Return a file's name that no other post of the same system has got."""
        taken = {each.key for each in self.site.records if each.input == given.home}
        number, name = 1, stem
        while self.site.key(self.site.to / f"{name}.md") in taken:
            number += 1
            name = f"{stem}-{number}"
        return name

    def _draft(
        self, found: Conversion, naming: Naming, path: Path, stem: str
    ) -> tuple[Draft, tuple[Picture, ...]]:
        report.refuse_other(report.report_path(path))
        placed = pictures.place(found, path, stem, self.site)
        draft = compose(placed.conversion, naming, path, self.site, self.choices.keep_state)
        return draft._replace(pictures=placed.names), placed.pictures

    def _record(
        self, given: Given, digest: str, draft: Draft, naming: Naming, stem: str
    ) -> ImportRecord:
        return ImportRecord(
            given.name,
            given.place,
            digest,
            draft.source.key,
            naming.id,
            stem,
            naming.title,
            draft.body,
            _head_of(draft) if given.remote else "",
            json.dumps(draft.pictures) if given.remote else "",
        )

    def _becomes_draft(self, found: Conversion) -> tuple[str, ...]:
        """Return a warning where a file of the site would be public no longer."""
        state = found.front_matter.get("state", "draft")
        if self.choices.keep_state or state not in ("scheduled", "published"):
            return ()
        return (f"It becomes a draft. With --keep-state it stays {state}.",)

    def _aside(self, path: Path) -> tuple[str, ...]:
        """Return a warning where the draft will lie outside the site's folders of posts."""
        folders = [self.site.root / name for name in self.site.config.texts("posts")]
        if any(path.is_relative_to(each) for each in folders):
            return ()
        names = " or ".join(shown_path(each) for each in folders)
        return (f"This draft is no post of the site, because it does not lie in {names}.",)

    def _old_post(self, path: Path | None) -> tuple[str, ...]:
        """Return a warning where the input itself is read as a post of the site."""
        if path is None or not self.site.is_post_folder(path):
            return ()
        if path.suffix.lower() not in self.site.registry.extensions:
            return ()
        return (
            f"{shown_path(path)} still counts as a post. When the draft is right, delete that "
            "file, or name it under exclude in copydesk.toml.",
        )

    def _collision(self, path: Path, given: Given) -> Failure:
        made = self._planned.get(path) or next(
            (record.input for record in self.site.records if self.site.root / record.key == path),
            "",
        )
        origin = f"was made from {made}" if made else "was not made by an import"
        newer = (
            f"If this is a newer {made}, give it that name and import it again. " if made else ""
        )
        help = (
            "If it is a post of its own, import it by itself under another name: --name NEW-NAME."
        )
        if given.remote:
            newer, help = "", "Move that file away or give it another name, then import again."
        return Failure(
            "file",
            f"was not imported: {shown_path(path)} is there already and {origin}",
            f"Nothing was overwritten. {newer}{help}",
            given.shown,
        )

    def merged_draft(
        self, given: Given, found: Conversion, record: ImportRecord, path: Path, digest: str
    ) -> ImportPlan:
        """Plan the merge of a changed input into its draft."""
        key = self.site.key(path)
        if path.suffix.lower() not in MARKDOWN:
            raise CopydeskError(
                Failure(
                    "file",
                    f"was not imported: its draft {shown_path(path)} is no Markdown any more",
                    "Change that file by hand, or import under another name: --name NEW-NAME.",
                    given.shown,
                )
            )
        source = read_source(path, key)
        naming = name_draft(found, given, self.site, "")._replace(id=record.id)
        draft, images = self._draft(found, naming, path, record.stem)
        done = merge.merge(
            record.body,
            source,
            draft,
            images,
            self.site,
            self.choices.prefer,
            self.now,
            fill=not given.remote,
        )
        if given.remote:
            done = fields.merge_fields(done, record.head, draft, self.site, self.choices.prefer)
        if done.undecided:
            return ImportPlan(
                "merged", given.origin, path, done.lines, asks=True, undecided=done.undecided
            )
        changes = done.source.text != source.text
        lines = list(done.lines)
        if record.title != naming.title and not given.remote:
            lines.append(f"The document's title is now “{naming.title}”. The draft keeps its own.")
        state = self.site.read(source).metadata.state
        if changes and state in ("scheduled", "published") and not given.remote:
            lines.append(f"This post is {state}: the next `copydesk run` puts the change online.")
        plan = ImportPlan(
            "unchanged",
            given.origin,
            path,
            tuple(lines),
            omissions=(*draft.omissions, *done.omissions),
            notes=draft.notes,
            record=self._record(given, digest, draft, naming, record.stem),
        )
        if not changes:
            return plan
        return _changing(plan, source, done)._replace(lines=tuple(lines), pictures=images)

    def noted_draft(
        self, given: Given, found: Conversion, record: ImportRecord, path: Path, digest: str
    ) -> ImportPlan:
        """Plan for a post whose text Copydesk itself wrote there: only what is beside it counts."""
        key = self.site.key(path)
        source = read_source(path, key)
        naming = name_draft(found, given, self.site, "")._replace(id=record.id)
        draft = compose(found, naming, path, self.site, self.choices.keep_state)
        done = fields.merge_beside(source, record.head, draft, self.site, self.choices.prefer)
        if done.undecided:
            return ImportPlan(
                "merged", given.origin, path, done.lines, asks=True, undecided=done.undecided
            )
        noted = self._record(given, digest, draft, naming, record.stem)._replace(key=key)
        changed = done.source.text != source.text
        plan = ImportPlan("unchanged", given.origin, path, record=noted, keeps_report=True)
        return _changing(plan, source, done) if changed else plan

    def _convert(
        self, path: Path, given: Given, incoming: Incoming, found: Conversion, digest: str
    ) -> ImportPlan:
        """Plan to convert a file of the site where it lies; its bytes are kept beside it."""
        path = Path(os.path.abspath(path))
        key = self.site.key(path)
        naming = name_draft(found, given, self.site, "")
        if not found.front_matter.get("slug"):
            naming = naming._replace(slug=slug_of(key))
        draft, images = self._draft(found, naming, path, slugify(path.stem))
        data = draft.source.text.encode()
        if data == incoming.data:
            return ImportPlan("unchanged", given.origin, path)
        old = drafts.source_of(path, key, incoming.data.decode("utf-8", "replace"))
        plan = ImportPlan(
            "converted",
            given.origin,
            path,
            (*merge.in_place(old, draft), *self._becomes_draft(found)),
            data=data,
            before=incoming.data,
            original=incoming.data,
            pictures=images,
            omissions=draft.omissions,
            notes=(*draft.notes, f"The file as it was is kept as {path.name}{report.ORIGINAL}."),
            record=self._record(given, digest, draft, naming, slugify(path.stem)),
            asks=True,
        )
        kept = plan.original_path
        if os.path.lexists(kept) and read_bytes(kept, shown_path(kept)) != incoming.data:
            raise CopydeskError(
                Failure(
                    "file",
                    f"was not converted: {shown_path(kept)} is there already and is another file",
                    "Move that file away, then import again.",
                    given.shown,
                )
            )
        return plan


def _changing(plan: ImportPlan, source: Source, done: merge.Merged) -> ImportPlan:
    """Return a plan that writes what was merged, once somebody agreed."""
    mark = b"\xef\xbb\xbf" if source.bom else b""
    return plan._replace(
        kind="merged",
        lines=done.lines,
        data=mark + done.source.text.encode(),
        before=read_bytes(plan.path, source.path),
        asks=True,
    )


def _head_of(draft: Draft) -> str:
    front_matter = read_front_matter(draft.source)
    return draft.source.text[: front_matter.span.end if front_matter else 0]


def _is_empty(found: Conversion) -> bool:
    said = (found.title, found.body.strip(), *found.texts, *found.omissions, *found.attachments)
    return not any(said) and not found.front_matter and not found.others


def _nothing_there(given: Given) -> Failure:
    return Failure(
        "file",
        "holds no words, so there is nothing to import",
        "Look into it with the program that made it: perhaps it was not saved.",
        given.shown,
    )
