"""Questions that a post answers: headings that ask, and turns of "Q:" and "A:".

Only what readers see as question and answer counts, each answer whole, because search engines
are told of it word by word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile, zip_longest
from typing import NamedTuple

from copydesk.model.post import FRONT_MATTER, Block, Post
from copydesk.model.site import Question

#: An answer of more characters is a chapter; a question of more is none.
_LONGEST_ANSWER, _LONGEST_QUESTION = 3_000, 200
_MOST = 50
_ASKS = ("q:", "q.", "question:")
_ANSWERS = ("a:", "a.", "answer:")
#: What is shown in another place than where it stands, or not as text.
_ELSEWHERE = FRONT_MATTER | {"alt", "footnote"}
_EDGES, _EDGE = " \t*_", 8


class _Section(NamedTuple):
    """A question with the blocks below it; `level` is that of its heading, 0 for a turn.

    `rest` is the part of an answer that stands in the paragraph of the question.
    """

    asked: str
    level: int
    rest: str
    blocks: list[Block]


def questions_of(post: Post) -> Iterator[Question]:
    """Yield the questions that a post asks in a heading or a turn, each with its whole answer."""
    found = 0
    sections = _sections(post)
    for section, after in zip_longest(sections, sections[1:]):
        # A heading below the question is a part of its answer, which is then no short text.
        if not section.asked or (after is not None and 0 < section.level < after.level):
            continue
        answer = _answer(section)
        if 0 < len(answer) <= _LONGEST_ANSWER:
            yield Question(section.asked, answer)
            found += 1
        if found == _MOST:
            return


def _sections(post: Post) -> list[_Section]:
    """Return the post cut at its headings and turns; most sections ask nothing."""
    found = [_Section("", 0, "", [])]
    for block in post.blocks:
        if block.kind in _ELSEWHERE or block.index == post.title_block:
            continue
        if post.inside(block, "footnote"):
            continue
        if block.kind == "heading":
            found.append(_Section(_asked(block.text.plain), block.level, "", []))
            continue
        turn = None if found[-1].level and found[-1].asked else _turn(block)
        if turn is not None:
            found.append(_Section(turn[0], 0, turn[1], []))
        elif found[-1].asked:
            found[-1].blocks.append(block)
    return found


def _answer(section: _Section) -> str:
    """Return the answer on one line; a turn's ends with its paragraph and the list below that."""
    if section.level:
        return _one_line(each.text.plain for each in section.blocks)
    blocks, answer = section.blocks, section.rest
    if not answer and blocks and blocks[0].kind == "paragraph":
        text = _one_line([blocks[0].text.plain]).lstrip(_EDGES)
        answer, blocks = text[_mark(text, _ANSWERS) :], blocks[1:]
    below = takewhile(lambda each: each.kind == "list-item", blocks)
    return _one_line([answer, *(each.text.plain for each in below)])


def _asked(text: str) -> str:
    """Return a text as a question, or nothing where it is none."""
    text = _one_line([text])
    return text if text.endswith("?") and 1 < len(text) <= _LONGEST_QUESTION else ""


def _turn(block: Block) -> tuple[str, str] | None:
    """Return the question of a paragraph such as "Q: ...? A: ...", and the answer in it if any."""
    plain = block.text.plain
    if block.kind != "paragraph" or plain[:_EDGE].lstrip(_EDGES)[:1] not in ("Q", "q"):
        return None  # most paragraphs of most posts
    text = _one_line([plain]).lstrip(_EDGES)
    mark = _mark(text, _ASKS)
    if not mark:
        return None
    question, sign, rest = text[mark:].partition("?")
    asked = _asked(f"{question}{sign}".strip(_EDGES))
    rest = rest.lstrip(_EDGES)
    inside = _mark(rest, _ANSWERS)
    return (asked, rest[inside:].strip()) if asked and (inside or not rest) else None


def _mark(text: str, marks: tuple[str, ...]) -> int:
    """Return the length of the mark that a text begins with, or 0."""
    start = text[:10].lower()
    return next((len(mark) for mark in marks if start.startswith(mark)), 0)


def _one_line(parts: Iterable[str]) -> str:
    return " ".join(" ".join(parts).split())
