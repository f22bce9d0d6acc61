"""A plugin with a target that keeps drafts: its whole system is `remote.json` in the site's folder.

The file may hold what goes wrong: `fails` says why posts cannot be written, `gone` that the system
answers no more after so many writes, `stop` at which post somebody presses Ctrl-C, `breaks` at
which the plugin has a fault, `refuses` why nobody can log in, and `wrong` what a visitor finds.
Every write is noted under `writes`, every look under `looks`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from copydesk.api import (
    Abilities,
    Change,
    CopydeskError,
    Failure,
    Hashes,
    Ledger,
    LedgerEntry,
    LivePost,
    LiveProblem,
    Look,
    Plan,
    Publisher,
    Receipt,
    Run,
    SiteView,
    TargetSettings,
    Wanted,
    hookimpl,
    standing_post,
)

EDITOR = "https://clinic.example/edit/{}"
PAGE = "https://clinic.example/{}/"


class Remote:
    """The file that stands for a system."""

    def __init__(self, root: Path) -> None:
        self._path = root / "remote.json"
        text = self._path.read_text() if self._path.exists() else "{}"
        self.data: dict[str, Any] = json.loads(text)
        self.posts: dict[str, dict[str, Any]] = self.data.setdefault("posts", {})

    def note(self, kind: str, what: str) -> None:
        self.data.setdefault(kind, []).append(what)
        self._path.write_text(json.dumps(self.data, indent=1))

    def write(self, id: str, run: dict[str, Any], **values: Any) -> None:
        if self.data.get("stop") == id:
            del self.data["stop"]
            self.note("writes", f"stopped at {id}")
            raise KeyboardInterrupt
        if self.data.get("breaks") == id:
            raise ZeroDivisionError
        if id in self.data.get("fails", {}):
            raise CopydeskError(Failure("target", self.data["fails"][id], ""))
        if self.data.get("gone") == len(self.data.get("writes", [])):
            help = "Look whether the site is online, then run again."
            raise ConnectionError(help)
        run["before"].setdefault(id, self.posts.get(id))
        self.posts[id] = {**self.posts.get(id, {}), **values}
        self.note("writes", f"{id} {' '.join(values)}")


class PretendTarget:
    """Drafts, going live, links, conflicts and runs, as a real system would have them."""

    def __init__(self, settings: TargetSettings) -> None:
        self._settings = settings

    def known(self, view: SiteView) -> Ledger:
        self._remote = Remote(view.site.root)
        self._remote.note("looks", view.site.root.name)
        return Ledger({id: _entry(id, each) for id, each in self._remote.posts.items()})

    def public(self, posts: tuple[LivePost, ...], view: SiteView) -> tuple[LivePost, ...]:
        there = self._remote.posts
        live = {each.id for each in view.wanted if each.decision == "live"}
        found = {}
        for id, each in there.items():
            post = standing_post(_entry(id, each))
            if each["state"] == "public" and id not in view.order.unpublish and post:
                found[id] = post
        for post in posts:
            if post.id in found or (view.order.go_live and post.id in live):
                found[post.id] = post
        return tuple(found[id] for id in sorted(found))

    def plan(self, view: SiteView) -> Plan:
        self._live = {each.id for each in self.public((), view)}
        if view.order.undo:
            changes = list(self._undone(view))
        else:
            changes = [self._row(each, view) for each in view.wanted]
        ranks = {"create": 0, "update": 1, "go live": 2, "links only": 3, "unpublish": 4}
        changes.sort(key=lambda each: (ranks.get(each.action, 9), each.name))
        return Plan(self._settings.name, self._settings.kind, tuple(changes), ())

    def _row(self, wanted: Wanted, view: SiteView) -> Change:
        id, there = wanted.id, self._remote.posts.get(wanted.id)
        change = _change(wanted, there)
        public = there is not None and there["state"] == "public"
        if id in view.order.unpublish and public:
            return change._replace(action="unpublish", fields=(("state", "public", "draft"),))
        if wanted.decision != "live":
            links = public and there is not None and there["links"] != view.links(id)
            return change._replace(action="links only") if links else change
        text = view.body(id).text
        change = change._replace(hashes=Hashes(text, "", json.dumps(there)), reason="")
        if there is None:
            return _going(change._replace(action="create", steps=("write the text",)), view)
        if id in view.order.accept:
            return change._replace(action="kept", reason="Theirs stays, as you asked.")
        if there.get("person") and id not in view.order.overwrite:
            reason = f"A person changed it there.\n- {there['person']}\n+ {wanted.title}"
            return change._replace(action="conflict", reason=reason)
        if there["text"] != text or there.get("person"):
            fields = (("title", there["title"], wanted.title),)
            change = change._replace(action="update", fields=fields)
            return change if public else _going(change, view)
        if not public and view.order.go_live:
            return change._replace(action="go live", fields=(("state", "draft", "public"),))
        if public and there["links"] != view.links(id):
            return change._replace(action="links only", reason="It has a new neighbour.")
        return change._replace(action="unchanged")

    def _undone(self, view: SiteView) -> Iterator[Change]:
        run = self._remote.data.get("runs", {}).get(view.order.undo)
        if run is None:
            raise CopydeskError(Failure("arguments", f"there is no run {view.order.undo}", "Look."))
        for id, before in run["before"].items():
            action = "restore" if before else "unpublish"
            there = self._remote.posts[id]
            yield Change(action, "post", id, there["title"], "", PAGE.format(id), "", Hashes(""))

    def apply(self, plan: Plan, view: SiteView) -> Iterator[Receipt]:
        runs = self._remote.data.setdefault("runs", {})
        run: dict[str, Any] = {"when": view.now.isoformat(), "before": {}}
        runs[f"run-{len(runs) + 1}"] = run
        try:
            for change in plan.changes:
                yield self._apply(change, run, view)
        except ConnectionError as error:
            failure = Failure("target", "clinic.example answers no more", str(error))
            raise CopydeskError(failure) from None
        finally:
            if not run["before"]:
                runs.popitem()
            self._remote.note("looks", "end")
            view.ledger.posts = {id: _entry(id, each) for id, each in self._remote.posts.items()}
            view.save_ledger()

    def _apply(self, change: Change, run: dict[str, Any], view: SiteView) -> Receipt:
        id, action = change.name, change.action
        live = action == "go live" or ("state", "public") in [
            (n, new) for n, _, new in change.fields
        ]
        try:
            if action in ("create", "update"):
                title = next(each.title for each in view.wanted if each.id == id)
                state = self._remote.posts.get(id, {}).get("state", "draft")
                text = change.hashes.content
                self._remote.write(
                    id, run, title=title, text=text, state=state, links="", person=""
                )
            if live:
                self._remote.write(id, run, state="public")
            if live or action in ("links only", "update"):
                public = self._remote.posts[id]["state"] == "public"
                self._remote.write(id, run, links=view.links(id) if public else "")
            if action == "unpublish":
                self._remote.write(id, run, state="draft", links="")
            if action == "restore":
                before = self._remote.data["runs"][view.order.undo]["before"][id]
                self._remote.write(id, run, **before)
        except CopydeskError as error:
            return Receipt(change, False, error.failure.message)
        state = self._remote.posts.get(id, {}).get("state", "")
        look = {"draft": EDITOR, "public": PAGE}.get(state, "").format(id)
        return Receipt(change, True, "", state, look)

    def runs(self, view: SiteView) -> tuple[Run, ...]:
        found = Remote(view.site.root).data.get("runs", {})
        return tuple(
            Run(id, datetime.fromisoformat(each["when"]), f"{len(each['before'])} posts written")
            for id, each in reversed(found.items())
        )

    def verify(self, view: SiteView) -> Iterator[LiveProblem]:
        for id, words in self._remote.data.get("wrong", {}).items():
            if words == "closed":
                raise CopydeskError(Failure("target", "clinic.example could not be seen", "Wait."))
            yield LiveProblem("one-sided", id, PAGE.format(id), words, "Repair it.", "warning")

    def greet(self) -> Iterator[Look]:
        refuses = Remote(Path()).data.get("refuses", "")
        if refuses == "boom":
            raise RuntimeError(refuses)
        if refuses:
            raise CopydeskError(Failure("target", refuses, "Log in anew."))
        yield Look("ok", f"Logged in as {self._settings.user}, an editor.")
        yield Look("warn", "This account may not make posts public.", "Ask for a higher role.")


def _entry(id: str, there: dict[str, Any]) -> LedgerEntry:
    day = "2026-03-01T09:00:00+00:00"
    return LedgerEntry(
        id, f"posts/{id}.md", PAGE.format(id), there["title"], day, "", "", "", None, "", False,
        Hashes(""), "", public=there["state"] == "public",
    )  # fmt: skip


def _change(wanted: Wanted, there: dict[str, Any] | None) -> Change:
    state = there["state"] if there else ""
    return Change(
        wanted.decision if wanted.decision != "live" else "unchanged",
        "post",
        wanted.id,
        wanted.title,
        wanted.path,
        PAGE.format(wanted.id) if there else "",
        wanted.reason,
        Hashes("", "", json.dumps(there)),
        state=state,
    )


def _going(change: Change, view: SiteView) -> Change:
    state = "public" if view.order.go_live else "draft"
    return change._replace(fields=(("state", change.state, state), *change.fields))


class Plain:
    """The same, but it can neither be undone nor looked at nor logged in to."""

    def __init__(self, settings: TargetSettings) -> None:
        target = PretendTarget(settings)
        self.known, self.public = target.known, target.public
        self.plan, self.apply = target.plan, target.apply


@hookimpl
def register_publishers() -> list[Publisher]:
    drafts = Abilities(drafts=True)
    return [
        Publisher("pretend", "A pretended system.", drafts, PretendTarget),
        Publisher("plain", "One that can do less.", drafts, Plain),
    ]
