"""Finds phrases that lean on research without naming any.

Source: FTC Health Products Compliance Guidance (December 2022), on claims that state a level
of support.
"""

from __future__ import annotations

from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.wording.lexicon import single_words


def vague_research(reading: Reading) -> str:
    """Return the words that lean on unnamed research, or nothing."""
    hits = reading.all("wording.research")
    if not hits or reading.question or reading.has("doubt") or _named(reading):
        return ""
    if not (reading.health or reading.medical):
        return ""
    topic = single_words("research-topic")
    for start, end in hits:
        before = reading.keys[max(0, start - 3) : start]
        if reading.keys[end : end + 1] == ["up"]:  # "research shows up in our reading group"
            continue
        inside = any(start <= hit.start < end for hit in reading.all("negation"))
        if not (inside or topic.intersection(before) or reading.denied(start)):
            return reading.text[reading.words[start].start : reading.words[end - 1].end]
    return ""


def _named(reading: Reading) -> bool:
    """Say whether a study is named by author or year: weak support, but not vague."""
    if "et al" in reading.text:
        return True
    return any(
        len(key) == 4 and key.isdigit() and reading.text[word.start - 1 : word.start] == "("
        for key, word in zip(reading.keys, reading.words, strict=True)
    )
