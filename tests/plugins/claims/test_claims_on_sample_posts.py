"""The sample posts: the good ones are silent, and every fault put into the drafts is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from claims_kit import FIVE

from copydesk.testing import run_rule
from copydesk_plugins.artefacts import register_rules as artefacts

POSTS = Path(__file__).parents[3] / "posts"
GOOD = sorted(each for each in POSTS.glob("*.*") if each.suffix in (".md", ".html"))
FAULTS = {
    "emdr-your-questions.md": {
        "claims.absolute": ["safe and effective for everyone", "for good", "guaranteed relief"],
        "claims.statistic": ["85%"],
        "artefacts.glued": ["for?A:", "safe?A:", "need?A:", "story?A:", "video?A:"],
        "artefacts.quotes": ['odd."', "“By the second visit"],
        "artefacts.widget": ["Comentarios"],
    },
    "kap-what-to-expect.md": {
        "claims.absolute": ["no side effects"],
        "claims.statistic": ["9 out of 10"],
        "claims.vague-research": ["Studies show"],
        "claims.unsupported": ["lifts low mood", "KAP eases panic"],
        "artefacts.chatbot": ["Certainly!", "gpt-4o", "I hope this helps!"],
    },
    "why-we-offer-ketamine.md": {
        "claims.absolute": ["cures depression", "100% safe"],
        "claims.statistic": ["halved dark thoughts"],
        "claims.vague-research": ["Studies show"],
        "claims.unsupported": ["It rebuilds"],
        "artefacts.chatbot": ["As an AI language model"],
        "artefacts.quotes": ['"I felt lighter'],
    },
    "winter-blues-old-site.txt": {
        "claims.absolute": ["works for everyone", "cures the winter blues"],
        "claims.statistic": ["70 %"],
        "claims.vague-research": ["Research has found"],
        "artefacts.pager": ["Previous\nPrevious"],
        "artefacts.title": ["When the clocks go back"],
        "artefacts.widget": ["0 Comments", "Share", "Click here to read more"],
    },
}


def found(path: Path) -> dict[str, list[str]]:
    text = path.read_bytes().decode("utf-8")
    out: dict[str, list[str]] = {}
    for rule in [*FIVE, *artefacts()]:
        for each in run_rule(rule, text, path.name):
            out.setdefault(rule.id, []).append(each.quote)
    return out


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_good_posts_are_silent(path: Path) -> None:
    assert found(path) == {}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_of_a_draft_is_found_and_nothing_else(name: str) -> None:
    seen = found(POSTS / "drafts" / name)
    assert sorted(seen) == sorted(FAULTS[name])
    for rule, words in FAULTS[name].items():
        assert len(seen[rule]) == len(words), seen[rule]
        for quote, part in zip(seen[rule], words, strict=True):
            assert part in quote
