"""Our counts against those of textstat, with NLTK reading the corpus we ship and no network."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

import copydesk
from copydesk.words import polysyllable, syllables, words

nltk = pytest.importorskip("nltk")
textstat = pytest.importorskip("textstat")

OURS = Path(copydesk.__file__).parent / "data" / "nltk_data"

#: All words are in CMUdict; apostrophes are straight, since textstat drops curly ones.
SENTENCES = """\
Depression can make the simplest day feel heavy.
Many people try two or three medicines before one works.
Your doctor will ask about your sleep, your mood and your history.
It isn't a cure, and it doesn't work for everyone.
The nurse checks your blood pressure before and after every visit.
Most patients feel calm, sleepy or a little dizzy for an hour.
Don't drive until the next morning.
Anxiety often begins in childhood and comes back under stress.
We're open on Monday, Wednesday and Friday afternoons.
Insurance companies rarely cover experimental treatments.
The anesthesiologist explained the possible complications carefully.
Talk therapy and medication often help more together than alone.
A psychologist can teach you to notice unhelpful thoughts.
Bring a list of all your vitamins, supplements and prescriptions.
They've studied the drug in small university hospitals since the nineties.
Researchers compared the results with an inactive placebo.
Some people shouldn't have it: those with uncontrolled blood pressure, for example.
Side effects include nausea, vomiting, headache and blurred vision.
You'll rest in a comfortable chair with music and an eye mask.
Recovery isn't a straight line; it's a series of small steps.
The clinic's staff will call you the following day.
Is it safe during pregnancy? Nobody knows for certain.
Chronic pain changes the way that nerves carry signals.
Exercise, sunlight and regular meals support recovery.
Addiction is an illness, not a weakness of character.
He couldn't remember a single good morning that year.
After six sessions, she could laugh with her daughter again.
The study had 30 people, and 12 of them dropped out.
About 50 % of them felt better within 24 hours.
Ask whether the price includes the consultation.
Electrical activity in the brain slowly returns to normal.
Families deserve honest information about alternatives.
Veterans and their families may qualify for additional support.
Never stop an antidepressant suddenly without medical advice.
Breathing exercises can quiet a racing heart.
Good care is patient, respectful and unhurried.
""".splitlines()


@pytest.fixture(scope="module")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    # NLTK refuses files that the group may write, as a checkout under umask 002 leaves them.
    copy = tmp_path_factory.mktemp("nltk") / "nltk_data"
    shutil.copytree(OURS, copy)
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o700)
    return str(copy)


@pytest.fixture(autouse=True)
def only_our_data(monkeypatch: pytest.MonkeyPatch, corpus_folder: str) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network must not be used")

    monkeypatch.setattr(nltk.data, "path", [corpus_folder])
    monkeypatch.setattr(nltk, "download", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_nltk_finds_the_corpus(corpus_folder: str) -> None:
    assert str(nltk.data.find("corpora/cmudict")).startswith(corpus_folder)
    assert nltk.corpus.cmudict.dict()["a"] == [["AH0"], ["EY1"]]


def test_textstat_works_without_network() -> None:
    assert 0 < textstat.flesch_reading_ease(" ".join(SENTENCES)) < 100


@pytest.mark.parametrize("sentence", SENTENCES)
def test_counts_are_equal(sentence: str) -> None:
    ours = [word.text for word in words(sentence)]
    assert len(ours) == textstat.lexicon_count(sentence)
    assert sum(map(syllables, ours)) == textstat.syllable_count(sentence)
    assert sum(map(polysyllable, ours)) == textstat.polysyllabcount(sentence)


def test_every_first_pronunciation_is_equal() -> None:
    corpus = nltk.corpus.cmudict.dict()
    for word in sorted(corpus)[::53]:
        count = sum(phone[-1].isdigit() for phone in corpus[word][0])
        if word.isalpha() and count:
            assert syllables(word) == count, word
