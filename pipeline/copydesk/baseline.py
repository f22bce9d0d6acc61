"""The baseline: findings of old posts that `check` no longer counts, by fingerprint.

It stands in `baseline.json` at the site's root, with one line for each finding, sorted, so that
git shows and merges changes line by line. It only ever shrinks.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from copydesk.files import why, write_whole
from copydesk.model.finding import CopydeskError, Failure, Finding
from copydesk.sources import shown_path

FILE_NAME = "baseline.json"
_VERSION = 1
_MEND = (
    "Take the file as it last was in git, or delete it and run `copydesk baseline write` to "
    "start over."
)

#: The rules of accepted findings by their fingerprints, for each post by its path below the root.
Entries = dict[str, dict[str, str]]


@dataclass
class Baseline:
    """What the baseline of a site accepts, and what a run found in the posts it looked at.

    `there` says whether the file exists. `found` holds every finding that no waiver settles;
    `standing` also has those that a waiver does settle, because they are not gone.
    """

    path: Path
    entries: Entries = field(default_factory=dict)
    there: bool = False
    found: Entries = field(default_factory=dict)
    standing: dict[str, set[str]] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The path as people see it."""
        return shown_path(self.path)

    def apply(self, findings: tuple[Finding, ...], key: str) -> tuple[Finding, ...]:
        """Return the findings of a post with `accepted` set on those from before; note all."""
        mine = self.entries.get(key, {})
        self.standing[key] = {each.fingerprint for each in findings}
        self.found[key] = {each.fingerprint: each.rule for each in findings if not each.waived}
        return tuple(
            each._replace(accepted=not each.waived and each.fingerprint in mine)
            for each in findings
        )

    def left(self, judged: Callable[[str, str], bool], gone: Callable[[str], bool]) -> Entries:
        """Return the entries without those whose finding is no longer there.

        `judged` says whether a post (by its path) was looked at for a rule; `gone` whether a
        post is known to be no longer there. Whatever is not known stays.
        """
        kept: Entries = {}
        for key, rules in self.entries.items():
            standing = self.standing.get(key, set())
            mine = {
                fingerprint: rule
                for fingerprint, rule in rules.items()
                if fingerprint in standing or not (gone(key) or judged(key, rule))
            }
            if mine:
                kept[key] = mine
        return kept


def count(entries: Entries) -> int:
    """Return the number of findings."""
    return sum(map(len, entries.values()))


def by_rule(entries: Entries) -> Counter[str]:
    """Return how many findings each rule has."""
    return Counter(rule for rules in entries.values() for rule in rules.values())


def load(root: Path) -> Baseline:
    """Read the baseline of a site; raises CopydeskError where it cannot be used."""
    path = root / FILE_NAME
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Baseline(path)
    except OSError as error:
        reason = why(error)
        _refuse(path, f"could not be read: {reason}", help="Check who may read the file.")
    except UnicodeDecodeError:
        _refuse(path, "is not UTF-8")
    try:
        data = json.loads(text, object_pairs_hook=lambda pairs: _unique(path, text, pairs))
    except json.JSONDecodeError as error:
        settle = "Settle the merge in this file first. " if text.find("\n<<<<<<<") != -1 else ""
        _refuse(path, "is not valid JSON", error.lineno, error.colno, settle + _MEND)
    except RecursionError:
        _refuse(path, "is nested too deeply")
    except ValueError:
        _refuse(path, "holds a number of too many digits")
    return Baseline(path, _entries(path, text, data), True)


def _unique(path: Path, text: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; two equal names in it, as a bad merge leaves, are refused."""
    found = dict(pairs)
    if len(found) < len(pairs):
        name = Counter(name for name, _ in pairs).most_common(1)[0][0]
        _refuse(path, f"holds {name!r} twice", _line(text, name))
    return found


def _entries(path: Path, text: str, data: Any) -> Entries:
    version = data.get("version") if isinstance(data, dict) else None
    if isinstance(version, int) and version > _VERSION:
        _refuse(
            path,
            f"was written by a newer Copydesk (version {version} of the file)",
            _line(text, "version"),
            help="Install the newest Copydesk here.",
        )
    if version != _VERSION or set(data) != {"version", "posts"}:
        _refuse(path, 'does not hold "version": 1 and "posts"', 1)
    posts = data["posts"]
    if not isinstance(posts, dict):
        _refuse(path, '"posts" takes an object', _line(text, "posts"))
    for key, rules in posts.items():
        if not isinstance(rules, dict):
            _refuse(path, f"{key!r} takes an object", _line(text, key))
        for fingerprint, rule in rules.items():
            if not (isinstance(rule, str) and re.fullmatch("[0-9a-f]{16}", fingerprint)):
                _refuse(
                    path,
                    f"{fingerprint!r} of {key!r} is no fingerprint with its rule",
                    _line(text, fingerprint),
                )
    return posts


def _line(text: str, name: str) -> int:
    """Return the line where a name stands first, or 0."""
    at = text.find(json.dumps(name))
    return text.count("\n", 0, at) + 1 if at != -1 else 0


def _refuse(
    path: Path, message: str, line: int = 0, column: int = 0, help: str = _MEND
) -> NoReturn:
    raise CopydeskError(
        Failure("config", message, help, shown_path(path), line=line, column=column)
    ) from None


def save(path: Path, entries: Entries) -> None:
    """Write a baseline; raises CopydeskError and leaves the old one where that fails."""
    posts = {key: dict(sorted(rules.items())) for key, rules in sorted(entries.items()) if rules}
    # Escaped to ASCII: a path may hold bytes that are no text.
    text = json.dumps({"version": _VERSION, "posts": posts}, indent=1) + "\n"
    try:
        write_whole(path, text.encode("ascii"))
    except OSError as error:
        reason = why(error)
        _refuse(path, f"could not be written: {reason}", help="Check who may write there.")


def plural(number: int, word: str) -> str:
    """Return a number with its word: 1 finding, 12,034 findings."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
