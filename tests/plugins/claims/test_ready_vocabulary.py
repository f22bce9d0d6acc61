"""The vocabulary as a file is the vocabulary of the packs, and never another one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import Phrases
from copydesk_plugins.claims.detection import building
from copydesk_plugins.claims.detection import ready as module
from copydesk_plugins.claims.detection.vocabulary import Vocabulary, core_verbs, word_list
from copydesk_plugins.claims.guards.labels import Labels
from copydesk_plugins.claims.packs.loading import load_packs

TERMS = load_packs((), lambda name: None)
POSTS = sorted((Path(__file__).parents[2] / "claims" / "posts" / "open").glob("*.md"))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the file that may be spoilt."""
    copy = tmp_path / "ready.txt"
    copy.write_bytes(module.PATH.read_bytes())
    monkeypatch.setattr(module, "PATH", copy)
    module.ready.cache_clear()
    yield copy
    module.ready.cache_clear()


def test_the_file_is_what_the_packs_say() -> None:
    written = module.PATH.read_text("utf-8")
    assert written == module.written(), "run `make vocabulary` and commit the file"


def test_opened_and_built_find_the_same() -> None:
    ready = module.ready()
    assert ready is not None
    opened, built = Vocabulary(ready), Vocabulary(TERMS)
    for path in POSTS:
        keys = path.read_text("utf-8").lower().replace(".", " ").replace(",", " ").split()
        assert list(opened.find(keys).items()) == list(built.find(keys).items())
        for at in range(len(keys)):
            for size in (1, 2, 3):
                words = keys[at : at + size]
                assert opened.means(words) == built.means(words)
                assert opened.named(" ".join(words)) == built.named(" ".join(words))
    shown = [(each.slot, each.words, each.means, each.of, each.note) for each in built.about]
    assert [(e.slot, e.words, e.means, e.of, e.note) for e in opened.about] == shown
    assert vars(Labels(opened))["_risks"] == vars(Labels(built))["_risks"]


def test_words_that_are_asked_for_one_by_one_are_the_same() -> None:
    assert core_verbs() == building.verbs()
    for slot, words in building.word_lists().items():
        assert word_list(slot) == words


@pytest.mark.parametrize("spoil", ["", "# something else\n", "digest"])
def test_a_file_that_does_not_fit_is_not_used(file: Path, spoil: str) -> None:
    assert module.ready() is not None
    module.ready.cache_clear()
    text = file.read_text("utf-8")
    if spoil == "digest":
        head, digest, rest = text.split("\n", 2)
        spoil = "\n".join((head, digest[::-1], rest))
    file.write_text(spoil, "utf-8")
    assert module.ready() is None
    module.ready.cache_clear()
    file.unlink()
    assert module.ready() is None


WORDS = st.sampled_from(["pain", "pains", "knee", "kneecap", "the", "in", "is", "gone"])
PHRASE = st.lists(WORDS | st.sampled_from(["pain*", "kn*"]), min_size=1, max_size=3)
GAPPED = st.tuples(PHRASE, PHRASE).map(lambda both: [*both[0], "*", *both[1]])


@given(
    st.dictionaries(st.sampled_from("abc"), st.lists((PHRASE | GAPPED).map(" ".join))),
    st.lists(WORDS, max_size=12),
)
def test_phrases_that_are_opened_are_the_phrases_that_were_written(
    sections: dict[str, list[str]], keys: list[str]
) -> None:
    made = Phrases(sections)
    opened = Phrases.opened(list(made.lines()))
    assert list(opened.find(keys).items()) == list(made.find(keys).items())
    assert sorted(opened.lines()) == sorted(made.lines())
