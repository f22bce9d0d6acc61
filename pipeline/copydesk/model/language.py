"""Says when a post is not in English: rules made for English then have nothing to say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from typing import Protocol

from copydesk.model.post import Post, Unit
from copydesk.words import Word

#: Words that any English prose is full of, and that mean little in most other languages.
_ENGLISH = (
    "the and that with for this you your are from have which it be can our their what when who how "
    "if there than but by at has were more about or of to not"
)
#: The like of German, French, Spanish, Portuguese, Italian, Dutch, Polish and the Nordic tongues.
_OTHERS = (
    "der die das und ist nicht ein eine von zu den dem auf sich mit auch le la les du et est une "
    "dans pour que qui pas sur au el los las un una con por del se het een van en dat niet op te "
    "zijn il lo gli di che da os uma para em og det som av att jest nie na w de des je aan bij "
    "im bei sind nach danach ohne wird werden haben wir sie ich kann mehr für oder aber durch ihre"
)
_ENGLISH_WORDS, _OTHER_WORDS = frozenset(_ENGLISH.split()), frozenset(_OTHERS.split())
#: A third of the words of English prose are in the first list; of other languages hardly any.
_ENGLISH_SHARE, _OTHER_SHARE = 0.1, 0.08
_PLAINLY_ENGLISH = 0.15
#: Letters from here on are of other scripts than the Latin one.
_LATIN_ENDS = "\u0250"
_FEWEST, _MOST = 6, 300
_PROSE = frozenset({"paragraph", "list-item"})


class HasWords(Protocol):
    """Words of units, counted once for everybody."""

    def words(self, unit: Unit) -> Sequence[Word]:
        """Return the words of a unit."""

    def keys(self, unit: Unit) -> Sequence[str]:
        """Return the words of a unit in lower case."""


def foreign(post: Post, counted: HasWords) -> str:
    """Return why a post is taken to be in another language, or nothing.

    Its front matter or the configuration says so; else its words do, for few posts name one.
    """
    told = post.metadata.language
    if told.replace("_", "-").partition("-")[0].lower() != "en":
        return f"is in another language ({told})"
    if post.metadata.span_of("language") is not None:
        return ""
    found, english, others = _counted(post, counted)
    if found < _FEWEST or english >= _ENGLISH_SHARE * found:
        return ""
    # A list of names has few words of either kind, and is checked.
    return "does not read like English" if others >= max(1, _OTHER_SHARE * found) else ""


def disguised(post: Post, counted: HasWords) -> bool:
    """Say whether a post is called foreign and plainly reads like English."""
    found, english, _ = _counted(post, counted)
    return found >= _FEWEST and english >= _PLAINLY_ENGLISH * found


def _counted(post: Post, counted: HasWords) -> tuple[int, int, int]:
    """Return how many words of prose were looked at, and how many are English or other ones."""
    units = [unit for unit in post.units if unit.kind in _PROSE]
    found = list(islice(chain.from_iterable(map(counted.keys, units)), _MOST))
    english = sum(map(_ENGLISH_WORDS.__contains__, found))
    others = sum(map(_OTHER_WORDS.__contains__, found))
    texts = (word.text for word in islice(chain.from_iterable(map(counted.words, units)), _MOST))
    others += sum(not text.isascii() and max(text.lower()) >= _LATIN_ENDS for text in texts)
    return len(found), english, others
