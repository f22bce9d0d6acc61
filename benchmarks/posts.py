"""Makes posts of about 800 words, the same ones for the same seed in the same year."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

_WHO = ("We", "You", "Most people", "Some guests", "Our team", "The front desk", "Many of us")
_VERBS = (
    "bring", "keep", "find", "read", "send", "choose", "note", "share", "hold", "carry",
    "prepare", "remember", "describe", "discuss", "expect", "arrange", "welcome", "consider",
)  # fmt: skip
_THINGS = (
    "a warm drink", "the small form", "a list of questions", "the key to the side door",
    "an old letter", "your insurance card", "a quiet corner", "the name of a friend",
    "some comfortable shoes", "a photograph of the garden", "the yellow folder",
    "two or three memories", "an umbrella", "the telephone number", "a favorite piece of music",
    "the schedule for the month", "a simple plan", "the opening hours", "your own pillow",
)  # fmt: skip
_WHERE = (
    "before the first visit", "on the way to the office", "near the window", "after lunch",
    "at the end of the hour", "during the first week", "beside the bookshelf", "in the morning",
    "when the weather is good", "with the door closed", "in the waiting room", "at home",
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
        return f"{opening} {pick(_VERBS)} {pick(_THINGS)} {pick(_WHERE)}{tail}."

    def _other(self, openings: tuple[str, ...]) -> str:
        """Pick an opening whose first word is not that of one of the last ones."""
        found = self._random.choice([each for each in openings if each[:4] not in self._before])
        self._before = [*self._before[-2:], found[:4]]
        return found

    def _item(self) -> str:
        return f"{self._random.choice(_THINGS)} {self._random.choice(_WHERE)}"


def write_site(folder: Path, posts: int, *, faults: bool = True) -> Path:
    """Write a site of some posts and return its root."""
    (folder / "posts").mkdir(parents=True)
    (folder / "copydesk.toml").write_text("root = true\n", "utf-8")
    for number in range(posts):
        link = f"visit-{(number + 1) % posts:05}.md" if posts > 1 else _LINK
        text = Writer(number, faults=faults, link=link).post()
        (folder / "posts" / f"visit-{number:05}.md").write_text(text, "utf-8")
    return folder
