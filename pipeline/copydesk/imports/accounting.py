"""Is every sentence of an input in its draft or among what was left out? Counted, not believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from copydesk.front_matter import Node, read_front_matter
from copydesk.model.draft import Omission
from copydesk.model.post import FRONT_MATTER, Post
from copydesk.sentences import split_sentences

LOST = "This could not be carried over into the draft."
#: Keys that Copydesk fills in itself: no words of the input.
_OURS = frozenset({"id", "slug", "state"})
#: Soft hyphens, controls and characters without width: no reader sees them.
_CONTROLS = [code for code in (*range(1, 32), *range(127, 160)) if not chr(code).isspace()]
_UNSEEN = dict.fromkeys([*map(ord, "\u00ad\u200b\u2060\ufeff"), *_CONTROLS])
#: What a line of ornaments is made of: it says nothing that could be lost.
_ORNAMENTS = " -–—_*•·=~#"
#: Characters to search in all; beyond, a sentence counts as lost, which only says too much.
_BUDGET = 400_000_000
_MOST_PLACES = 100


def plain(text: str) -> str:
    """Return a text as it is compared: white space as single blanks, nothing unseen."""
    return " ".join(text.replace("\0", "\N{REPLACEMENT CHARACTER}").translate(_UNSEEN).split())


def sentences(texts: Iterable[str]) -> list[str]:
    """Return the sentences of some blocks of text, as they are compared."""
    return [plain(text[start:end]) for text in texts for start, end in split_sentences(text)]


def texts_of(post: Post) -> list[str]:
    """Return every text that a reader of a draft finds: values of the front matter, then blocks."""
    front_matter = read_front_matter(post.source)
    pairs = front_matter.pairs if front_matter else ()
    found = [text for key, node in pairs if key not in _OURS for text in _scalars(node)]
    found += [block.text.plain for block in post.blocks if block.kind not in FRONT_MATTER]
    return found


def _scalars(node: Node) -> Iterator[str]:
    """Yield the texts of a front-matter value with the names inside it."""
    if node.kind == "text":
        yield node.text
    for item in node.items:
        yield from _scalars(item)
    for name, below in node.pairs:
        yield name
        yield from _scalars(below)


def missing(
    texts: Iterable[str], post: Post, omissions: Iterable[Omission]
) -> tuple[Omission, ...]:
    """Return what of an input's texts is neither in the draft nor among the omissions.

    A sentence counts as often as it stands in the input. Those that were cut or joined on the
    way are looked for as words in what is left.
    """
    texts, there = list(texts), [*texts_of(post), *(each.text for each in omissions)]
    lost = _lost(texts, there)
    # Where blocks were joined, such as those of a table's cell, sentences may part elsewhere.
    return _lost(*_without_whole_blocks(texts, there)) if lost else ()


def _without_whole_blocks(texts: list[str], there: list[str]) -> tuple[list[str], list[str]]:
    """Return both sides without the blocks of the input that stand in the draft word for word."""
    left = " ".join(map(plain, there))
    budget = _BUDGET
    rest = []
    # The longest first, so that a short block takes nothing away from one that holds its words.
    for text in sorted(map(plain, texts), key=len, reverse=True):
        budget -= len(left)
        place = _find(text, left) if text and budget > 0 else -1
        if place == -1:
            rest.append(text)
        else:
            left = f"{left[:place]}\0{left[place + len(text) :]}"
    return rest, left.split("\0")


def _lost(texts: Iterable[str], texts_there: Iterable[str]) -> tuple[Omission, ...]:
    there = sentences(texts_there)
    wanted = [each for each in sentences(texts) if each.strip(_ORNAMENTS)]
    spare = Counter(there) - Counter(wanted)
    open_ = Counter(wanted) - Counter(there)
    rest = _in_order(there, spare)
    left = " ".join(rest)
    budget = _BUDGET
    lost = []
    for sentence in _in_order(wanted, open_):
        budget -= len(left)
        place = _find(sentence, left) if budget > 0 else -1
        if place == -1:
            lost.append(Omission(sentence, LOST))
        else:
            left = f"{left[:place]}\0{left[place + len(sentence) :]}"
    return tuple(lost)


def _in_order(every: list[str], counts: Counter[str]) -> list[str]:
    """Return the sentences that a count holds, in the order of the text: the last ones of each."""
    counts = counts.copy()
    found = []
    for sentence in reversed(every):
        if counts[sentence] > 0:
            counts[sentence] -= 1
            found.append(sentence)
    return found[::-1]


def _find(sentence: str, text: str) -> int:
    """Return where a sentence stands as whole words, or -1."""
    at = -1
    for _ in range(_MOST_PLACES):
        at = text.find(sentence, at + 1)
        if at == -1:
            break
        before, after = text[at - 1 : at], text[at + len(sentence) : at + len(sentence) + 1]
        if not (before.isalnum() and sentence[0].isalnum()) and not (
            after.isalnum() and sentence[-1].isalnum()
        ):
            return at
    return -1


def words_of(texts: Iterable[str]) -> Counter[str]:
    """Count the words of some texts, to see that a cut took away what it says and nothing else."""
    return Counter(word for text in texts for word in plain(text).split())


def shared(one: Iterable[str], other: Iterable[str]) -> float:
    """Return which part of the shorter text's sentences stands in the other one, 0 to 1."""
    first, second = set(sentences(one)), set(sentences(other))
    least = min(len(first), len(second))
    return len(first & second) / least if least else 0.0
