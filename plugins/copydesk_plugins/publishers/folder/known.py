"""What the folder is known to hold: the ledger, mended after a crash or a loss.

Before a batch of files is written, the hash that each will have is noted in the ledger as
`pending/NAME`. A run that dies in between thus leaves nothing that the next one could take for
a change by hand. A ledger that is lost altogether is read back from the pages' own marks.
"""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.api import Body, Hashes, Ledger, LedgerEntry, Wanted
from copydesk_plugins.publishers.disk import PENDING, is_hash
from copydesk_plugins.publishers.folder import marks
from copydesk_plugins.publishers.folder.files import ASSETS, PREVIEW, Folder, page_key, safe

#: Words that the files of the whole site carry, by which they are known without a ledger.
SITE_MARKS = {
    "index.html": '<meta name="copydesk" content="page=index">',
    "feed.xml": "<generator>Copydesk</generator>",
    "sitemap.xml": "<!--Written by Copydesk-->",
    "style.css": "/* Copydesk",
    "preview/index.html": '<meta name="copydesk" content="page=previews">',
    "preview/style.css": "/* Copydesk",
}


def settle(ledger: Ledger, folder: Folder, wanted: Mapping[str, Wanted]) -> tuple[Ledger, str]:
    """Return the ledger as it must be to fit the folder, and a note where it was lost.

    Neither the ledger given nor the folder is changed.
    """
    if not ledger.posts and not ledger.files:
        return _rebuild(folder, wanted)
    known = Ledger(
        dict(ledger.posts),
        {name: sha for name, sha in ledger.files.items() if not name.startswith(PENDING)},
    )
    for name in sorted(ledger.files):
        key = name.removeprefix(PENDING)
        if key != name and folder.look(key) == ledger.files[name]:
            _adopt(known, folder, key, ledger.files[name], wanted)
    for key in list(known.files):
        if not safe(key) or not folder.look(key):
            del known.files[key]
    return known, ""


def _adopt(known: Ledger, folder: Folder, key: str, sha: str, wanted: Mapping[str, Wanted]) -> None:
    entry = None
    if key.endswith(".html") and "/" not in key:
        entry = marks.entry_of(folder.read(key), key, sha, wanted)
    if entry is None:
        known.files[key] = sha
        return
    if old := known.posts.get(entry.id):  # what the page itself does not tell
        entry = entry._replace(key=old.key, series=old.series)
    record(known, entry)


def _rebuild(folder: Folder, wanted: Mapping[str, Wanted]) -> tuple[Ledger, str]:
    known = Ledger()
    for key in _html_files(folder):
        state = folder.look(key)
        if not is_hash(state):
            continue
        page = folder.read(key)
        entry = marks.entry_of(page, key, state, wanted)
        mark = marks.mark_of(page)
        if key.startswith(PREVIEW):
            if mark and mark.kind == "preview":
                known.files[key] = state
                _claim_assets(known, folder, PREVIEW, marks.assets_of(page))
        elif entry:
            _choose(known, entry, wanted.get(entry.id))
            _claim_assets(known, folder, "", entry.files)
    for key, words in SITE_MARKS.items():
        state = folder.look(key)
        if is_hash(state) and words in folder.read(key):
            known.files[key] = state
    count = len(known.posts)
    pages = "1 page" if count == 1 else f"{count} pages"
    note = (
        f"There is no record of earlier runs. {pages} in {folder.path.name} "
        f"{'carries' if count == 1 else 'carry'} Copydesk's mark and will be treated as "
        "its own, as the folder stands now."
    )
    return known, note if known.posts else ""


def _html_files(folder: Folder) -> list[str]:
    found = [path.name for path in folder.path.glob("*.html")]
    found += [PREVIEW + path.name for path in folder.preview.glob("*.html")]
    return sorted(found)


def _choose(known: Ledger, entry: LedgerEntry, wanted: Wanted | None) -> None:
    """Keep one page of each post, the one at its address; others are left-overs of ours."""
    other = known.posts.get(entry.id)
    if other is None:
        known.posts[entry.id] = entry
        return
    if wanted is not None and entry.address == page_key(wanted.slug):
        entry, other = other, entry
        known.posts[entry.id] = other
    known.files[entry.address] = entry.hashes.seen


def _claim_assets(known: Ledger, folder: Folder, before: str, names: tuple[str, ...]) -> None:
    for name in names:
        state = folder.look(before + ASSETS + name)
        if is_hash(state):
            known.files[before + ASSETS + name] = state


def accepted(ledger: Ledger) -> dict[str, set[str]]:
    """Return, by key, the hashes of every file that we wrote and may write over."""
    found: dict[str, set[str]] = {}
    for entry in ledger.posts.values():
        found.setdefault(entry.address, set()).update(own(entry))
    for key, sha in ledger.files.items():
        found.setdefault(key, set()).add(sha)
    return found


def own(entry: LedgerEntry) -> set[str]:
    """Return the hashes that the page of an entry may have while it is as we wrote it."""
    return {sha for sha in (entry.hashes.seen, entry.hashes.sent) if sha}


def record(ledger: Ledger, entry: LedgerEntry) -> None:
    """Note in the ledger that a post's page was written.

    Where the post moved, its old page stays ours until it is removed.
    """
    old = ledger.posts.get(entry.id)
    ledger.posts[entry.id] = entry
    ledger.files.pop(entry.address, None)
    if old is None or old.address == entry.address:
        return
    # Two posts may have changed addresses with each other: then the old one is not ours alone.
    if all(other.address != old.address for other in ledger.posts.values()):
        ledger.files[old.address] = old.hashes.seen


def entry_for(wanted: Wanted, body: Body, address: str, sha: str) -> LedgerEntry:
    """Return the ledger's entry for a page that was written from a post's current source."""
    return described(
        LedgerEntry(
            id=wanted.id,
            key="",
            address=address,
            title="",
            published="",
            updated="",
            description="",
            category="",
            series=None,
            author="",
            noindex=False,
            hashes=Hashes(body.content, sha, sha),
            text=body.text,
            files=tuple(sorted({file.name for file in body.files})),
        ),
        wanted,
    )


def described(entry: LedgerEntry, wanted: Wanted) -> LedgerEntry:
    """Return an entry with what the post's current front matter says."""
    return entry._replace(
        key=wanted.key,
        title=wanted.title,
        published=wanted.published.isoformat() if wanted.published else "",
        updated=wanted.updated.isoformat() if wanted.updated else "",
        description=wanted.description,
        category=wanted.category,
        series=wanted.series,
        author=wanted.author,
        noindex=wanted.noindex,
        wording=wanted.wording,
    )
