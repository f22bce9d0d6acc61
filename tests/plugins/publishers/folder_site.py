"""A small invented site for the tests of the folder publisher.

Run as a script it publishes the site and kills itself at the n-th move of a file into place:
`folder_site.py FOLDER STATE N`.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from copydesk.api import (
    Body,
    CopydeskError,
    Failure,
    Hashes,
    Ledger,
    LedgerEntry,
    LocalFile,
    Plan,
    Receipt,
    Series,
    SiteSettings,
    TargetSettings,
    Wanted,
)
from copydesk_plugins.publishers.folder.target import FolderTarget

START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def wanted(id: str, number: int = 0, **changes: object) -> Wanted:
    post = Wanted(
        id=id,
        key=f"posts/{id}.md",
        path=f"posts/{id}.md",
        decision="live",
        reason="",
        title=f"About {id}",
        slug=id,
        published=START + timedelta(days=number),
        updated=None,
        description=f"What to know about {id}.",
        category="Practical",
        tags=(),
        series=None,
        author="Mara Lindqvist",
        author_credential="LCSW",
        language="en-GB",
        canonical="",
        noindex=False,
        image="",
        image_alt="",
    )
    return post._replace(**changes)


class FakeView:
    """A SiteView over posts and texts held in memory, the ledger in a JSON file."""

    def __init__(self, root: Path, *, url: str = "", state: Path | None = None) -> None:
        self.root = root
        self.site = SiteSettings(
            root, "Harbour Lane Therapy", url, "Notes from a small practice.", "en-GB"
        )
        self.now = datetime(2026, 6, 1, 12, tzinfo=UTC)
        self.target = "folder"
        self.previews = False
        self.posts: dict[str, Wanted] = {}
        self.texts: dict[str, str] = {}
        self.files: dict[str, tuple[LocalFile, ...]] = {}
        self.broken: set[str] = set()
        self.images: dict[str, str] = {}
        self.state = state
        self.saves = 0
        self.ledger = load_ledger(state)

    def add(self, id: str, number: int = 0, text: str = "", **changes: object) -> None:
        self.posts[id] = wanted(id, number, **changes)
        self.texts[id] = text or f"<p>All about {id}.</p>"

    def change(self, id: str, **changes: object) -> None:
        self.posts[id] = self.posts[id]._replace(**changes)

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        return tuple(self.posts[id] for id in sorted(self.posts))

    def chain(self) -> list[str]:
        public = [p for p in self.wanted if p.decision in ("live", "kept")]
        return [p.id for p in sorted(public, key=lambda p: (p.published or START, p.id))]

    def neighbours(self, id: str) -> list[tuple[str, str]]:
        chain = self.chain()
        at = chain.index(id)
        found = [("prev", chain[at - 1])] if at else []
        return found + ([("next", chain[at + 1])] if at + 1 < len(chain) else [])

    def links(self, id: str) -> str:
        words = {"prev": "Older", "next": "Newer"}
        items = "".join(
            f'<li>{words[rel]}: <a href="copydesk:{other}" rel="{rel}">'
            f"{html.escape(self.posts[other].title)}</a></li>\n"
            for rel, other in self.neighbours(id)
        )
        if not items:
            return ""
        return f'<nav data-copydesk="links" aria-label="More posts">\n<ul>\n{items}</ul>\n</nav>'

    def body(self, id: str) -> Body:
        if id in self.broken:
            raise CopydeskError(Failure("file", f"{id} moved", "Run again."))
        public = self.posts[id].decision in ("live", "kept")
        near = json.dumps(self.neighbours(id)) if public else ""
        return Body(
            self.texts[id] + "\n",
            self.links(id) if public else "",
            sha(self.texts[id] + near),
            sha(self.texts[id]),
            self.images.get(id, ""),
            self.files.get(id, ()),
        )

    def save_ledger(self) -> None:
        self.saves += 1
        if self.state is None:
            return
        temporary = self.state.with_suffix(".new")
        posts = {
            id: {**entry._asdict(), "hashes": entry.hashes._asdict()}
            for id, entry in self.ledger.posts.items()
        }
        temporary.write_text(json.dumps({"posts": posts, "files": self.ledger.files}))
        temporary.replace(self.state)


def load_ledger(state: Path | None) -> Ledger:
    if state is None or not state.exists():
        return Ledger()
    data = json.loads(state.read_text())
    posts = {}
    for id, each in data["posts"].items():
        each["series"] = Series(*each["series"]) if each["series"] else None
        each["hashes"] = Hashes(**each["hashes"])
        each["files"] = tuple(each["files"])
        posts[id] = LedgerEntry(**each)
    return Ledger(posts, data["files"])


def target(folder: Path) -> FolderTarget:
    return FolderTarget(TargetSettings("site", "folder", folder, "", "", "own"))


def publish(view: FakeView, folder: Path) -> tuple[Plan, list[Receipt]]:
    plan = target(folder).plan(view)
    return plan, list(target(folder).apply(plan, view))


def rows(plan: Plan, *actions: str) -> dict[str, str]:
    """Return the rows of a plan as name -> action, only those with an action given.

    Previews of posts are left out: they have the name of the post.
    """
    return {
        c.name: c.action
        for c in plan.changes
        if not actions or c.action in actions
        if c.kind != "preview" or "/" in c.name
    }


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def small_site(root: Path, **settings: object) -> FakeView:
    """Return a site of four posts that link to each other, one with an image."""
    view = FakeView(root, **settings)  # type: ignore[arg-type]
    view.add(
        "first-visit",
        0,
        '<p>See <a href="copydesk:fees">fees</a>.</p>\n<h2>Before</h2>'
        '\n<p><img src="assets/door-1a2b.png" alt="A blue door"></p>',
    )
    view.add("fees", 1)
    view.add("notes", 2, series=Series("Starting out", 2))
    view.add("what-to-bring", 3, category="Arriving")
    image = root / "posts" / "door.png"
    image.parent.mkdir(exist_ok=True)
    image.write_bytes(b"\x89PNG not really")
    view.files["first-visit"] = (LocalFile(image, "door-1a2b.png"),)
    return view


def changed_site(root: Path, state: Path) -> FakeView:
    """Return the same site later: one post new, changed, moved, swapped, kept and gone each."""
    view = small_site(root, state=state)
    view.add("parking", 1, "<p>Where to park.</p>", published=START + timedelta(hours=30))
    view.texts["first-visit"] = "<p>Rewritten, without a picture.</p>"
    del view.files["first-visit"]
    view.change("notes", slug="your-notes")
    view.change("what-to-bring", decision="kept", reason="It has errors.")
    view.change("fees", decision="draft", reason="Its state is draft.")
    view.previews = True
    return view


def _die_at(number: int) -> None:
    """Kill this process, as `kill -9` does, right before or after a move into place.

    Even numbers die before the move, odd ones after it.
    """
    real, count = os.replace, 0

    def replace_or_die(*args: object, **kwargs: object) -> None:
        nonlocal count
        count += 1
        last = count > number // 2
        if last and number % 2 == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        real(*args, **kwargs)  # type: ignore[arg-type]
        if last:
            os.kill(os.getpid(), signal.SIGKILL)

    os.replace = replace_or_die  # type: ignore[assignment]


if __name__ == "__main__":
    if int(sys.argv[3]) >= 0:
        _die_at(int(sys.argv[3]))
    site = Path(sys.argv[1])
    publish(changed_site(site.parent, Path(sys.argv[2])), site)
