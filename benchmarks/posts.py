"""Makes posts of about 800 words, the same ones for the same seed in the same year."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

_WHO = ("We", "You", "Most people", "Some guests", "Our team", "The front desk", "Many of us")
_VERBS = (
    "bring", "keep", "find", "read", "send", "choose", "note", "share", "hold", "carry", "like",
    "prepare", "remember", "describe", "discuss", "expect", "arrange", "welcome", "consider",
    "draw", "paint", "mention", "borrow", "collect", "recall", "prefer", "enjoy", "notice",
)  # fmt: skip
#: Nouns and what goes before them are put together anew in each sentence, so that posts share
#: hardly more words in a row than posts of different people do.
_NOUNS = (
    "drink", "form", "question", "key", "letter", "card", "corner", "name", "shoe", "photograph",
    "folder", "memory", "umbrella", "number", "song", "schedule", "plan", "hour", "pillow", "lamp",
    "chair", "coat", "basket", "blanket", "book", "bottle", "box", "candle", "cup", "drawing",
    "flower", "garden", "hat", "map", "mirror", "note", "page", "paper", "pencil", "picture",
    "plant", "poem", "postcard", "radio", "ribbon", "scarf", "shelf", "spoon", "stone", "story",
    "table", "ticket", "towel", "tray", "walk", "watch", "window", "word", "wish", "jar",
)  # fmt: skip
_KINDS = (
    "warm", "small", "old", "quiet", "simple", "yellow", "plain", "short", "long", "blue", "green",
    "soft", "clean", "dry", "early", "empty", "fine", "first", "fresh", "full", "gentle", "heavy",
    "kind", "large", "late", "light", "little", "lost", "new", "next", "odd", "open", "other",
    "pale", "round", "second", "secret", "silver", "single", "slow", "spare", "special", "strange",
    "sweet", "tall", "thick", "thin", "tiny", "usual", "white", "wide", "wooden", "young", "good",
)  # fmt: skip
_WHERE = (
    "before the", "near the", "after the", "with the", "beside the", "under the", "behind the",
    "on the", "above the", "between the door and the", "without the", "around the", "for the",
)  # fmt: skip
_LINKING = ("Then", "So", "For example,", "After that,", "In short,", "However,", "Also,")
_TAILS = (
    "and there is no hurry", "because the room fills slowly", "so that nothing is missing",
    "which takes five minutes", "and the rest can wait", "while the kettle boils",
)  # fmt: skip
_HEADINGS = (
    "What to bring", "How the hour goes", "Questions people ask", "The way here",
    "A word about the room", "After you go home", "Small things that matter",
)  # fmt: skip
#: One or two of these go into each post that shall have findings.
_FAULTS = (
    "Massage relieves back pain.",
    "Ketamine cures depression for everyone.",
    "Studies show that meditation eases worry.",
    "70 % of our patients feel better after three weeks.",
    "Ketamine therapy is safe and effective.",
    "Let me know if you would like me to add more.",
    "We meet for one hour in the room by the sea, where you choose where to begin and may stop "
    "at any time, although most people find that the hour passes quickly and wish it were longer.",
)


_LINK = "https://en.wikipedia.org/wiki/House"


class Writer:
    """Writes the post of a number; the text depends on seed and number alone.

    `link` is where its links lead to.
    """

    def __init__(self, number: int, seed: int = 1, faults: bool = True, link: str = _LINK) -> None:
        self._random = random.Random(f"{seed} {number}")
        self._number = number
        self._link = link
        self._before: list[str] = []
        self._faults = self._random.sample(_FAULTS, 2) if faults else []

    def post(self) -> str:
        """Return the whole Markdown file."""
        sections = self._random.sample(_HEADINGS, 5)
        body = "\n\n".join(self._section(place, name) for place, name in enumerate(sections))
        return f"{self._front_matter()}\n{self._paragraph(4)}\n\n{body}\n"

    def _front_matter(self) -> str:
        # Last summer: neither to come nor so old that readers wonder.
        summer = datetime(datetime.now(UTC).year - 1, 7, 1, 9, tzinfo=UTC)
        published = summer + timedelta(hours=self._number)
        lines = (
            f"title: Visit {self._number}, the notes of our house",
            f"id: bench-{self._number:05}",
            f"slug: visit-{self._number}",
            "state: published",
            f"published: {published.isoformat()}",
            f"description: What to bring to visit {self._number}, how the hour goes, and how to "
            "find the door.",
            f"category: {self._random.choice(('Visits', 'House', 'Garden'))}",
            "tags: [visits, house]",
            "author: Robin Marsh",
        )
        return "---\n" + "\n".join(lines) + "\n---\n"

    def _section(self, place: int, name: str) -> str:
        parts = [f"## {name}", self._paragraph(4)]
        if place == 1:
            parts.append("It helps to have these things ready:")
            parts.append("\n".join(f"- {self._item()}" for _ in range(5)))
        parts.append(self._paragraph(4))
        if place in (2, 3) and self._faults:
            parts.append(f"{self._paragraph(1)} {self._faults[place - 2]}")
        else:
            link = f"[part {place} of the page after {self._number}]({self._link})"
            parts.append(f"{self._paragraph(1)} You can read *more* on {link}.")
        return "\n\n".join(parts)

    def _paragraph(self, sentences: int) -> str:
        return " ".join(self._sentence() for _ in range(sentences))

    def _sentence(self) -> str:
        pick = self._random.choice
        who = self._other(_WHO)
        opening = f"{self._other(_LINKING)} {who[0].lower()}{who[1:]}" if pick((0, 0, 1)) else who
        tail = f", {pick(_TAILS)}" if pick((0, 1)) else ""
        return f"{opening} {pick(_VERBS)} {self._item()}{tail}."

    def _other(self, openings: tuple[str, ...]) -> str:
        """Pick an opening whose first word is not that of one of the last ones."""
        found = self._random.choice([each for each in openings if each[:4] not in self._before])
        self._before = [*self._before[-2:], found[:4]]
        return found

    def _item(self) -> str:
        pick = self._random.choice
        thing = f"the {pick(_KINDS)} {pick(_NOUNS)}"
        return f"{thing} {pick(_WHERE)} {pick(_KINDS)} {pick(_NOUNS)}"


def write_site(folder: Path, posts: int, *, faults: bool = True) -> Path:
    """Write a site of some posts and return its root."""
    (folder / "posts").mkdir(parents=True)
    (folder / "copydesk.toml").write_text("root = true\n", "utf-8")
    for number in range(posts):
        link = f"visit-{(number + 1) % posts:05}.md" if posts > 1 else _LINK
        text = Writer(number, faults=faults, link=link).post()
        (folder / "posts" / f"visit-{number:05}.md").write_text(text, "utf-8")
    return folder
