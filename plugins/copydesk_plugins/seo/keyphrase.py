"""The keyphrase of a post, and where it is said: word forms, hyphens, acronyms and synonyms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from weakref import WeakKeyDictionary

from copydesk.api import PostContext, Unit, Word, stem, words
from copydesk_plugins.seo.word_lists import function_words

_PARTS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]s?")
_LONGEST_ACRONYM = 8

Keys = tuple[str, ...]


class Keyphrase(NamedTuple):
    """What to look for. `forms` are the phrase, its acronym or its long form, as stems.

    `senses` are the stems that have to stand together in one sentence: those of each form and of
    each synonym, without words such as "the".
    """

    phrase: str
    forms: tuple[Keys, ...]
    senses: tuple[frozenset[str], ...]

    def named(self, keys: Sequence[str]) -> bool:
        """Say whether a sentence, given as stems, names what the post is about."""
        for sense in self.senses:
            for key in sense:
                if key not in keys:
                    break
            else:
                return True
        return False

    def uses(self, keys: Sequence[str]) -> Iterator[int]:
        """Yield the size of each use of the phrase in words; no two overlap."""
        if not any(form[0] in keys for form in self.forms):
            return
        at = 0
        while at < len(keys):
            size = next((len(form) for form in self._starting(keys[at]) if _at(form, keys, at)), 0)
            if size:
                yield size
            at += size or 1

    def _starting(self, key: str) -> Iterator[Keys]:
        return (form for form in self.forms if form[0] == key)


def _at(form: Keys, keys: Sequence[str], at: int) -> bool:
    return tuple(keys[at : at + len(form)]) == form


class Seen(NamedTuple):
    """A post as the rules on keyphrases see it: the keyphrase, and the stems of each unit."""

    keyphrase: Keyphrase
    keys: list[list[str]]


_known: WeakKeyDictionary[PostContext, Seen | None] = WeakKeyDictionary()


def seen(ctx: PostContext) -> Seen | None:
    """Return the keyphrase with the post's stems, or None where front matter names none."""
    if ctx not in _known:
        _known[ctx] = _see(ctx)
    return _known[ctx]


def _see(ctx: PostContext) -> Seen | None:
    meta = ctx.post.metadata
    phrase = keys_of(meta.keyphrase)
    if not phrase:
        return None
    forms = (phrase, *_other_forms(ctx, meta.keyphrase, phrase))
    told = (*forms, *(keys for each in meta.synonyms if (keys := keys_of(each))))
    senses = tuple(dict.fromkeys(_sense(each) for each in told))
    # The longest form first, so that a use is taken whole.
    ordered = tuple(sorted(dict.fromkeys(forms), key=len, reverse=True))
    found = Keyphrase(meta.keyphrase, ordered, senses)
    return Seen(found, [_keys(ctx.words(unit)) for unit in ctx.post.units])


def keys_of(text: str) -> Keys:
    """Return the stems of a text, hyphenated words part by part."""
    return tuple(_keys(words(text)))


def _keys(found: Iterable[Word]) -> list[str]:
    return list(chain.from_iterable([_of_word(text) for _, _, text in found]))


@lru_cache(maxsize=20_000)
def _of_word(text: str) -> Keys:
    return tuple(stem(part) for part in _parts(text.lower()))


def _parts(text: str) -> list[str]:
    return _PARTS.findall(text.replace("’", "'"))


def _sense(keys: Keys) -> frozenset[str]:
    telling = frozenset(keys) - _function_stems()
    return telling or frozenset(keys)


@lru_cache(maxsize=1)
def _function_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in function_words())


def _other_forms(ctx: PostContext, phrase: str, keys: Keys) -> Iterator[Keys]:
    """Yield the acronym of the phrase, or what it is short for, where the post itself says so."""
    if _ACRONYM.fullmatch(phrase):
        yield from _long_forms(ctx, phrase.removesuffix("s"))
        return
    parts = _parts(phrase.lower())
    telling = [part for part in parts if part not in function_words()]
    for each in (parts, telling):
        short = "".join(part[0] for part in each).upper()
        if 1 < len(short) <= _LONGEST_ACRONYM and any(
            _introduces(unit.text, short, keys) for unit in ctx.post.units
        ):
            yield (stem(short.lower()),)
            return


def _introduces(text: str, short: str, keys: Keys) -> bool:
    """Say whether a sentence has the phrase and its acronym, one of them in brackets."""
    if short not in text or not (f"({short}" in text or f"{short} (" in text):
        return False
    here = keys_of(text)
    return any(_at(keys, here, at) for at in range(len(here)))


def _long_forms(ctx: PostContext, short: str) -> Iterator[Keys]:
    """Yield the words before "(KAP)" in the post whose first letters it is made of."""
    for unit in ctx.post.units:
        at = unit.text.find(f"({short}")
        if at != -1:
            before = _before(ctx, unit, at)[-len(short) :]
            if "".join(part[0] for part in before).upper() == short.upper():
                yield tuple(stem(part) for part in before)
                return


def _before(ctx: PostContext, unit: Unit, at: int) -> list[str]:
    near = [word for word in ctx.words(unit) if word.end <= at][-_LONGEST_ACRONYM:]
    return [part for word in near for part in _parts(word.text.lower())]
