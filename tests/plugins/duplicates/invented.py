"""Posts in an invented language: two texts never share a run of words by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence

from copydesk.api import Report
from copydesk.testing import index_of, read, run_site_rule
from copydesk_plugins.duplicates.competing import competing
from copydesk_plugins.duplicates.copied import copied_text

_PARTS = ("ba", "ke", "ti", "lo", "mu", "ran", "des", "vi", "por", "sal", "ten", "gra", "nel")
WORDS = sorted({a + b + c for a in _PARTS for b in _PARTS for c in _PARTS[:5]})


class Inventor:
    """Writes sentences, paragraphs and bodies; equal seeds write equal texts."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def sentence(self) -> str:
        some = self.random.choices(WORDS, k=self.random.randint(6, 16))
        return " ".join(some).capitalize() + "."

    def paragraph(self, words: int) -> str:
        text = self.sentence()
        while len(text.split()) < words:
            text += " " + self.sentence()
        return text

    def body(self, paragraphs: int = 8, words: int = 60) -> list[str]:
        return [self.paragraph(words) for _ in range(paragraphs)]

    def edited(self, body: Sequence[str], share: float) -> list[str]:
        """Return a body in which so many of the words are others."""
        return [
            " ".join(
                self.random.choice(WORDS) if self.random.random() < share else word
                for word in paragraph.split()
            )
            for paragraph in body
        ]

    def shuffled(self, body: Sequence[str]) -> list[str]:
        """Return a body with its sentences in another order, in paragraphs of four."""
        sentences = [each + "." for text in body for each in text[:-1].split(". ")]
        self.random.shuffle(sentences)
        return [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]


def post(body: Sequence[str], title: str = "", **meta: str) -> str:
    """Return a Markdown file; underscores in the names of keys are as in front matter."""
    lines = [f"title: {title or body[0].split('.')[0]}"]
    lines += [f"{key}: {value}" for key, value in meta.items()]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + "\n\n".join(body) + "\n"


def dated(day: int) -> str:
    return f"2025-01-{day:02}T09:00:00Z"


def copies(posts: dict[str, str], **options: object) -> list[Report]:
    """Run the rule on copied text over posts by their paths."""
    return run_site_rule(copied_text, index_of(posts), options=options)


def rivals(posts: dict[str, str], **options: object) -> list[Report]:
    """Run the rule on competing posts over posts by their paths."""
    return run_site_rule(competing, index_of(posts), options=options)


def quoted(posts: dict[str, str], report: Report) -> str:
    """Return the words at the place of a report."""
    text = read(posts[report.path], report.path).source.text
    return text[report.span.start : report.span.end]
