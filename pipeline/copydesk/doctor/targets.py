"""The places to publish to: folders, hosts and their secrets. Nothing is written there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from copydesk import credentials, ledger
from copydesk.config import Config
from copydesk.doctor.clock import look_at_date
from copydesk.doctor.lines import Line, of_error, of_failure
from copydesk.http import Session
from copydesk.model.extension import Greets, Publisher, TargetSettings
from copydesk.model.finding import CopydeskError
from copydesk.registry import Registry, describe
from copydesk.runner import unknown_target_kind

#: Files of others that are named; and how many are counted.
_NAMED, _COUNTED = 3, 1_000


class Asking(NamedTuple):
    """Whether hosts are asked, how many seconds each may take, and how far the clock is set off."""

    offline: bool = False
    wait: float = 10.0
    ahead: timedelta = timedelta()


def look_at_targets(config: Config, registry: Registry, asking: Asking) -> Iterator[Line]:
    """Look at every target of a site, each record of what is published, and the keyring."""
    targets = config.targets()
    for target in targets.values():
        about = f"target {target.name}"
        publisher = registry.publishers.get(target.kind)
        if publisher is None:
            yield of_failure(about, unknown_target_kind(target.kind, registry))
        if target.path is not None:
            look = _file if target.path.suffix.lower() == ".xml" else _folder
            yield from look(about, target.path, config.root, target.name)
        if target.url:
            found = list(_host(about, target, asking))
            yield from found
            well = not asking.offline and all(each.status != "failed" for each in found)
            if well and publisher is not None and publisher.abilities.drafts:
                yield from _login(about, target, publisher)
        yield from _record(config.root, target.name)
    yield from _lock(config.root)
    yield from _keyring([each for each in targets.values() if each.url])


def _outside(about: str, what: str, path: Path, root: Path) -> Iterator[Line]:
    if not path.resolve().is_relative_to(root.resolve()):
        help = "That is fine if it is meant. Else mend its path in copydesk.toml."
        yield Line(
            "warn", about, f"Its {what} {os.path.relpath(path, root)} lies outside the site.", help
        )


def _file(about: str, path: Path, root: Path, name: str) -> Iterator[Line]:
    """Look at the one file that a target writes."""
    shown = os.path.relpath(path, root)
    yield from _outside(about, "file", path, root)
    nearest = next(each for each in path.parents if each.is_dir())
    if os.path.lexists(path) and not path.is_file():
        help = "Move it away, or choose another path in copydesk.toml."
        yield Line("failed", about, f"{shown} is no file, so nothing can be written there.", help)
    elif not os.access(nearest, os.W_OK | os.X_OK):
        yield Line("failed", about, f"{shown} cannot be written.", "Allow writing there.")
    else:
        yield Line("ok", about, f"The file {shown} can be written.")


def _folder(about: str, path: Path, root: Path, name: str) -> Iterator[Line]:
    shown = os.path.relpath(path, root)
    yield from _outside(about, "folder", path, root)
    if os.path.lexists(path) and not path.is_dir():
        help = "Move that file away, or choose another path in copydesk.toml."
        yield Line("failed", about, f"{shown} is no folder, so nothing can be written there.", help)
        return
    nearest = next(each for each in (path, *path.parents) if each.is_dir())
    if not os.access(nearest, os.W_OK | os.X_OK):
        yield Line("failed", about, f"{shown} cannot be written.", "Allow writing there.")
        return
    others = _others(path, root, name)
    if others:
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        names = ", ".join(others[:_NAMED])
        yield Line(
            "warn",
            about,
            f"{shown} holds files that Copydesk did not write: {names}{more}.",
            "They are left alone. A page of the same name would not be written over them.",
        )
        return
    state = "can be written" if path.is_dir() else "will be made by the first run"
    yield Line("ok", about, f"The folder {shown} {state}.")


def _others(path: Path, root: Path, name: str) -> list[str]:
    """Return files of a folder that the record of what is published does not know."""
    try:
        known = ledger.load(root, name)
    except CopydeskError:
        return []  # told by itself
    ours = {*known.files, *(each.address for each in known.posts.values())}
    ours |= {file for each in known.posts.values() for file in each.files}
    found: list[str] = []
    for folder, _, files in os.walk(path):
        below = Path(folder).relative_to(path)
        names = ((below / file).as_posix() for file in sorted(files))
        found += [each for each in names if each not in ours]
        if len(found) > _COUNTED:
            break
    return found


def _record(root: Path, name: str) -> Iterator[Line]:
    try:
        known = ledger.load(root, name)
    except CopydeskError as error:
        yield from of_error(f"target {name}", error)
        return
    if known.posts:
        count = "1 post is" if len(known.posts) == 1 else f"{len(known.posts)} posts are"
        yield Line("ok", f"target {name}", f"Its record can be read: {count} published.")


def _lock(root: Path) -> Iterator[Line]:
    if not (root / ledger.FOLDER).is_dir():
        return
    with ledger.held(root) as free:
        if not free:
            message = "Another run is publishing this site right now."
            yield Line("warn", "site", message, "Wait until it is done before you publish.")
    if not os.access(root / ledger.FOLDER, os.W_OK | os.X_OK):
        message = f"The folder {ledger.FOLDER} cannot be written, so nothing can be published."
        yield Line("failed", "site", message, "Allow writing there.")


def _host(about: str, target: TargetSettings, asking: Asking) -> Iterator[Line]:
    """Greet a host and look for its secret, which is not sent with that."""
    try:
        with Session(target.url, f"targets.{target.name}.url", asking.wait) as session:
            if asking.offline:
                yield Line("ok", about, f"{session.origin} was not asked (--offline).")
            else:
                yield from _greet(about, session, target.url, asking)
    except CopydeskError as error:
        yield from of_error(about, error)
    try:
        credentials.find_secret(target.name, target.url)
    except CopydeskError as error:
        yield from of_error(about, error)
    else:
        yield Line("ok", about, "There is a secret for its address.")


def _has_secret(target: TargetSettings) -> bool:
    try:
        credentials.find_secret(target.name, target.url)
    except CopydeskError:
        return False
    return True


def _greet(about: str, session: Session, url: str, asking: Asking) -> Iterator[Line]:
    answer = session.ask(url, "HEAD", 0)
    now = datetime.now(UTC) + asking.ahead
    if answer.status >= 500:
        message = f"{session.origin} answers that it has a fault of its own ({answer.status})."
        yield Line("warn", about, message, "Try again later, or ask whoever runs the site.")
    else:
        yield Line("ok", about, f"{session.origin} answers.")
    clock = look_at_date(session.origin, answer.headers.get("Date", ""), now)
    if clock is not None:
        yield clock


def _login(about: str, target: TargetSettings, publisher: Publisher) -> Iterator[Line]:
    """Log in where the target can, and hand on what it says we are and may do there."""
    try:
        opened = publisher.open(target)
        if isinstance(opened, Greets):
            for look in opened.greet():
                yield Line(look.status, about, look.message, look.help)
    except CopydeskError as error:
        yield from of_error(about, error)
    except Exception as error:  # the doctor says what is wrong with a plugin, too
        message = f"The plugin of {target.kind} failed: {describe(error)}."
        yield Line("failed", about, message, "Mend it, or leave the plugin out.")


def _keyring(targets: list[TargetSettings]) -> Iterator[Line]:
    if not targets:
        yield Line("ok", "keyring", "None is needed: no target has an address.")
        return
    try:
        credentials.require_keyring(targets[0].name, targets[0].url)
    except CopydeskError as error:
        if all(map(_has_secret, targets)):
            message = "There is none, and none is needed: every secret is in the environment."
            yield Line("ok", "keyring", message)
            return
        yield from of_error("keyring", error, "warn")
    else:
        yield Line("ok", "keyring", "It can be used.")
