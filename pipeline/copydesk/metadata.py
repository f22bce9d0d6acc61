"""Front matter read against the schema: values of the right shape, and problems by name.

A known key with a value of another shape is a problem at its place, never a lost file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from copydesk.front_matter import FrontMatter, Node
from copydesk.model.post import Metadata, Problem, Series
from copydesk.model.text import Source, Span

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SLUG = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")
_DATE_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: No date is longer; without a limit a line of blanks would take the pattern minutes.
_DATE_LENGTH = 64
_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off", ""})
STATES = ("draft", "scheduled", "published")


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """What reading needs from the site's configuration.

    `timezone` is an IANA name, or empty where none is configured. `keys` maps our front-matter
    keys to the names another tool uses.
    """

    timezone: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)


def is_id(text: str) -> bool:
    """Say whether a text can be the id of a post."""
    return _ID.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Say whether a text can be the slug of a post."""
    return len(text) <= 200 and _SLUG.fullmatch(text) is not None


class _Reading:
    """One pass over the keys of one front matter."""

    def __init__(self, source: Source, settings: ReadingSettings) -> None:
        self.source = source
        self.keys = settings.keys
        self.zone = _zone(settings.timezone)
        self.problems: list[Problem] = []

    def shape(self, key: str, node: Node, wanted: str) -> None:
        """Note that a value has another shape than its key wants."""
        self.problems.append(
            Problem(
                "shape", f"{key} should be {wanted}.", f"Write {key}: {_EXAMPLES[key]}", node.span
            )
        )

    def text(self, key: str, node: Node) -> str | None:
        """Read a text on one or several lines."""
        if node.kind != "text":
            self.shape(key, node, "one line of text")
            return None
        return node.text.strip()

    def texts(self, key: str, node: Node) -> tuple[str, ...] | None:
        """Read a list of texts; one text with commas is a list too."""
        if node.kind == "text":
            return tuple(part.strip() for part in node.text.split(",") if part.strip())
        if node.kind == "list" and all(item.kind == "text" for item in node.items):
            return tuple(item.text.strip() for item in node.items if item.text.strip())
        self.shape(key, node, "a list of words")
        return None

    def category(self, key: str, node: Node) -> str | None:
        """Read a category; a list of one is taken as that one."""
        if node.kind == "list" and len(node.items) == 1 and node.items[0].kind == "text":
            return node.items[0].text.strip()
        return self.text(key, node)

    def flag(self, key: str, node: Node) -> bool | None:
        """Read true or false."""
        word = node.text.strip().lower() if node.kind == "text" else "?"
        if word in _TRUE or word in _FALSE:
            return word in _TRUE
        self.shape(key, node, "true or false")
        return None

    def state(self, key: str, node: Node) -> str | None:
        """Read draft, scheduled or published."""
        word = node.text.strip().lower() if node.kind == "text" else "?"
        if self.keys.get(key) == "draft" and word in _TRUE | _FALSE:
            # Other tools keep what is no draft back until its date has come.
            return "draft" if word in _TRUE else "scheduled"
        if word in STATES:
            return word
        near = _near(word, STATES)
        hint = f" Did you mean {near[0]}?" if near else ""
        self.problems.append(
            Problem(
                "state",
                f"state should be draft, scheduled or published.{hint}",
                "Until then the post counts as a draft.",
                node.span,
            )
        )
        return None

    def identity(self, key: str, node: Node) -> str | None:
        """Read an id: 1 to 64 of letters, digits, dot, underscore and hyphen."""
        value = node.text.strip() if node.kind == "text" else "\n"
        if is_id(value):
            return value
        self.shape(key, node, "1 to 64 letters, digits, dots, underscores or hyphens")
        return None

    def slug(self, key: str, node: Node) -> str | None:
        """Read a slug: words joined by hyphens, without slashes or blanks."""
        value = node.text.strip() if node.kind == "text" else "\n"
        if is_slug(value):
            return value
        self.shape(key, node, "words joined by hyphens, without blanks or slashes")
        return None

    def series(self, key: str, node: Node) -> Series | None:
        """Read a series: a mapping with name and position."""
        pairs = dict(node.pairs)
        name, position = pairs.get("name"), pairs.get("position")
        if (
            name is not None
            and position is not None
            and name.kind == position.kind == "text"
            and name.text.strip()
            and re.fullmatch(r"[0-9]{1,6}", position.text.strip())
        ):
            return Series(name.text.strip(), int(position.text))
        self.shape(key, node, "a name and a position")
        return None

    def date(self, key: str, node: Node) -> datetime | None:
        """Read a date into UTC; one without a zone takes the site's."""
        value = node.text.strip() if node.kind == "text" else "?"
        try:
            if len(value) > _DATE_LENGTH:
                raise ValueError(value)
            found = datetime.fromisoformat(re.sub(r" +(?=[+-]\d)", "", value))
        except ValueError:
            self.problems.append(
                Problem(
                    "date",
                    f"{key} is not a date that can be read: {value[:40]!r}.",
                    "Write year, month and day with hyphens, such as 2026-03-05 for 5 March "
                    "2026; with an hour, 2026-03-05T09:00:00Z.",
                    node.span,
                )
            )
            return None
        if found.tzinfo is None:
            if self.zone is None:
                shown = f"{value}T00:00:00" if _DATE_ONLY.fullmatch(value) else value
                self.problems.append(
                    Problem(
                        "date",
                        f"{key} has no time zone.",
                        f"Write {key}: {shown}Z for UTC. Or make a file copydesk.toml in the "
                        'folder of the site with the line timezone = "America/New_York", or '
                        "your own zone.",
                        node.span,
                    )
                )
                return None
            found = found.replace(tzinfo=self.zone)
        try:
            return found.astimezone(UTC)
        except OverflowError:
            self.problems.append(
                Problem(
                    "date",
                    f"{key} is outside the years that can be used.",
                    f"Write {key}: {_EXAMPLES[key]}",
                    node.span,
                )
            )
            return None


def _zone(name: str) -> ZoneInfo | None:
    if not name:
        return None
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _near(word: str, known: tuple[str, ...], least: float = 0.6) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(word, known, 1, least)


_EXAMPLES: dict[str, str] = {
    "title": "What a first visit is like",
    "slug": "what-a-first-visit-is-like",
    "id": "first-visit-2026",
    "state": "draft",
    "published": "2026-03-02T09:00:00Z",
    "updated": "2026-03-09T09:00:00Z",
    "description": "One or two sentences for search results.",
    "keyphrase": "first therapy visit",
    "synonyms": "[first session, intake]",
    "language": "en",
    "category": "Visits",
    "tags": "[visits, fees]",
    "series": "{name: First visits, position: 1}",
    "author": "Name of the author",
    "author_credential": "LMFT",
    "licence": "T12345",
    "states_served": "[Oregon, Washington]",
    "consent": "consent-2026-014",
    "image": "images/room.png",
    "image_alt": "A quiet room with two chairs",
    "canonical": "https://www.example.org/first-visit",
    "noindex": "false",
    "targets": "[clinic]",
}
_SHAPES: dict[str, Callable[[_Reading, str, Node], Any]] = {
    "slug": _Reading.slug,
    "id": _Reading.identity,
    "state": _Reading.state,
    "published": _Reading.date,
    "updated": _Reading.date,
    "synonyms": _Reading.texts,
    "category": _Reading.category,
    "tags": _Reading.texts,
    "series": _Reading.series,
    "states_served": _Reading.texts,
    "noindex": _Reading.flag,
    "targets": _Reading.texts,
}
#: Every key of the schema, in the order the documentation lists them.
KEYS: tuple[str, ...] = tuple(_EXAMPLES)


def example(key: str) -> str:
    """Return a sample value of a front-matter key."""
    return _EXAMPLES[key]


def fits_key(key: str, value: str | tuple[str, ...]) -> bool:
    """Say whether a key of the schema takes a value; a date may do without its zone."""
    nowhere = Span(0, 0)
    node = (
        Node("text", nowhere, value)
        if isinstance(value, str)
        else Node("list", nowhere, items=tuple(Node("text", nowhere, each) for each in value))
    )
    reading = _Reading(Source("", "", "", ""), ReadingSettings("UTC"))
    return _SHAPES.get(key, _Reading.text)(reading, key, node) is not None


def read_metadata(
    source: Source, front_matter: FrontMatter | None, settings: ReadingSettings
) -> Metadata:
    """Read front matter against the schema.

    Keys mapped in the settings are read under their other name. Unknown keys are one problem
    together; they stay in the file untouched.
    """
    if front_matter is None:
        return Metadata()
    ours = {theirs: key for key, theirs in settings.keys.items()}
    reading = _Reading(source, settings)
    values: dict[str, Any] = {}
    spans: list[tuple[str, Span]] = []
    unknown: list[tuple[str, Span]] = []
    for written, node in front_matter.pairs:
        key = ours.get(written, written)
        if key not in _EXAMPLES or (key in settings.keys and settings.keys[key] != written):
            unknown.append((written, node.span))
            continue
        spans.append((key, node.span))
        if node.kind == "text" and not node.text.strip():
            continue
        value = _SHAPES.get(key, _Reading.text)(reading, key, node)
        if value is not None:
            values[key] = value
        if written in front_matter.unquoted:
            reading.problems.append(_unquoted(written, node))
    if unknown:
        reading.problems.append(_unknown(unknown))
    return Metadata(
        **values,
        spans=tuple(spans),
        problems=tuple(reading.problems),
        front_matter=front_matter.span,
        front_matter_style=front_matter.style,
    )


def _unquoted(key: str, node: Node) -> Problem:
    quoted = '"' + node.text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return Problem(
        "unquoted",
        f"{key} holds a character that needs quotes; it was read as meant.",
        f"Write {key}: {quoted}",
        node.span,
        quoted,
    )


def _unknown(unknown: list[tuple[str, Span]]) -> Problem:
    names = ", ".join(name for name, _ in unknown[:6])
    more = f" and {len(unknown) - 6} more" if len(unknown) > 6 else ""
    hints = [
        f"{name} looks like {near[0]}" for name, _ in unknown if (near := _near(name, KEYS, 0.8))
    ]
    hint = ("; ".join(hints[:3]) + ". ") if hints else ""
    return Problem(
        "unknown-key",
        f"These front-matter keys mean nothing to Copydesk: {names}{more}.",
        f"{hint}They are kept as they are. The table [front-matter] of copydesk.toml maps "
        "keys of other tools.",
        unknown[0][1],
    )
