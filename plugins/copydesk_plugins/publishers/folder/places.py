"""Which post stands at which address, and what is in the way."""

from __future__ import annotations

from collections.abc import Mapping

from copydesk.api import Ledger, LedgerEntry, Wanted
from copydesk_plugins.publishers.disk import LINK, NOT_A_FILE, UNREADABLE, is_hash
from copydesk_plugins.publishers.folder.files import PREVIEW, Folder, page_key, safe
from copydesk_plugins.publishers.folder.known import own

_AGAIN = "then run again"
FOREIGN = (
    "{file} is there already and Copydesk did not write it. Move or delete it, or give "
    "the post another slug, " + _AGAIN + "."
)
EDITED = (
    "{file} was changed by hand since Copydesk wrote it. Carry the change over into the "
    "post if it is wanted, move or delete the file, " + _AGAIN + "."
)
ODD = "{file} is {state}, so nothing is written there. Move or delete it, " + _AGAIN + "."
MISSING = (
    "The version that was published before is no longer in the folder, and the post "
    "cannot be published as it is now. Mend the post, " + _AGAIN + "."
)
RESERVED_SLUG = (
    "“{slug}” cannot be the name of a page here. Give the post another slug, " + _AGAIN + "."
)
TAKEN = "{file} is the page of the post {other}. Give one of the two another slug, " + _AGAIN + "."


def in_the_way(folder: Folder, key: str, state: str, ours: bool) -> str:
    """Return what to do about a file that is not as we wrote it."""
    shown = folder.address(key)
    if state in (LINK, NOT_A_FILE, UNREADABLE):
        return ODD.format(file=shown, state=state)
    return (EDITED if ours else FOREIGN).format(file=shown)


def find_places(
    wanted: Mapping[str, Wanted],
    folder: Folder,
    known: Ledger,
    accepted: Mapping[str, set[str]],
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the file of each post that will be public, and the problems by post.

    A post with a problem keeps the page it has, if it has one.
    """
    places: dict[str, str] = {}
    problems: dict[str, str] = {}
    for id, post in wanted.items():
        entry = known.posts.get(id)
        if post.decision == "kept":
            problem, stays = _kept(folder, entry, accepted)
        elif post.decision == "live":
            problem, stays = _live(folder, post, accepted), _has_page(folder, entry)
        else:
            continue
        if problem:
            problems[id] = problem
        if entry and stays and (problem or post.decision == "kept"):
            places[id] = entry.address
    _place_the_rest(wanted, folder, known, places, problems)
    return dict(sorted(places.items())), problems


def _place_the_rest(
    wanted: Mapping[str, Wanted],
    folder: Folder,
    known: Ledger,
    places: dict[str, str],
    problems: dict[str, str],
) -> None:
    """Place the live posts; one whose address a post that stays has must wait."""
    taken = {key: id for id, key in places.items()}
    for id, post in wanted.items():
        if post.decision != "live" or id in problems:
            continue
        key = page_key(post.slug)
        if key not in taken:
            places[id] = key
            taken[key] = id
            continue
        problems[id] = TAKEN.format(file=key, other=taken[key])
        entry = known.posts.get(id)
        if entry and entry.address not in taken and _has_page(folder, entry):
            places[id] = entry.address
            taken[entry.address] = id


def _kept(
    folder: Folder, entry: LedgerEntry | None, accepted: Mapping[str, set[str]]
) -> tuple[str, bool]:
    """Return what is wrong with the page of a post that stays, and whether it is there."""
    if entry is None or not safe(entry.address):
        return MISSING, False
    state = folder.look(entry.address)
    if state in own(entry):
        return "", True
    # The file may have become the page of another post in a run that was cut short.
    if not state or state in accepted.get(entry.address, ()):
        return MISSING, False
    return in_the_way(folder, entry.address, state, True), is_hash(state)


def _live(folder: Folder, post: Wanted, accepted: Mapping[str, set[str]]) -> str:
    key = page_key(post.slug)
    if not key:
        return RESERVED_SLUG.format(slug=post.slug)
    state = folder.look(key)
    if not state or state in accepted.get(key, ()):
        return ""
    return in_the_way(folder, key, state, key in accepted)


def _has_page(folder: Folder, entry: LedgerEntry | None) -> bool:
    return entry is not None and safe(entry.address) and is_hash(folder.look(entry.address))


def preview_keys(wanted: Mapping[str, Wanted], places: Mapping[str, str]) -> dict[str, str]:
    """Return the file of the preview of each post that is not public; drafts may share slugs."""
    taken = {PREVIEW + "index.html"}
    found = {}
    for id, post in wanted.items():
        if post.decision in ("live", "kept"):
            continue
        base = post.slug if page_key(post.slug) else id
        key, count = f"{PREVIEW}{base}.html", 1
        while key in taken:
            count += 1
            key = f"{PREVIEW}{base}-{count}.html"
        taken.add(key)
        found[id] = key
    return found
