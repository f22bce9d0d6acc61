"""How a source stands to the words around it: in brackets, at the end, or alone."""

from __future__ import annotations

from copydesk.api import Block, Unit
from copydesk_plugins.claims.support.mentions import Mention
from copydesk_plugins.claims.support.word_lists import words_of

#: What may stand after the last source of a paragraph, and around one in brackets.
_CLOSING = " \t.,;:!?)]}\"'\u201d\u2019*_"
_OPENING = "([{"


def only_points(unit: Unit, mentions: list[Mention]) -> bool:
    """Say whether a unit only names a source, such as "Source: FDA label" as a link."""
    if not mentions:
        return False
    left, at = [], 0
    for mention in mentions:
        if mention.how == "name":
            return False
        left.append(unit.text[at : max(at, mention.start - unit.start)])
        at = max(at, mention.end - unit.start)
    words = "".join([*left, unit.text[at:]]).lower().split()
    bare = [word.strip(_CLOSING + _OPENING) for word in words]
    pointing = words_of("pointing")
    return all(not word or word in pointing for word in bare)


def at_end(block: Block, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions that only further sources follow in their block, the last first."""
    text, found = block.text.plain, []
    tail = len(text)
    for mention in reversed(mentions):
        if text[mention.end : tail].strip(_CLOSING + _OPENING):
            break
        found.append(mention)
        tail = mention.start
    return found


def is_apart(block: Block, unit: Unit, mention: Mention) -> bool:
    """Say whether a mention stands beside its sentence: as a mark, in brackets, after its end.

    "So does NICE" with a link on its last word is a sentence of its own.
    """
    if mention.how != "link":
        return True
    before = block.text.plain[max(unit.start, mention.start - 9) : mention.start].rstrip()
    said = block.text.plain[mention.start : mention.start + 1]
    return not before or before[-1] in "([{.!?:;\u2014\u2013" or said in ("(", "[")


def names_itself(text: str, start: int, end: int) -> bool:
    """Say whether a link's words name a source, or stand in brackets or at the end."""
    before, after = text[max(0, start - 2) : start].rstrip(), text[end : end + 2].lstrip()
    if (before[-1:] in _OPENING and before) or text[start : start + 1] in ("(", "["):
        return True
    if not after.strip(_CLOSING) and len(text) - end <= 3:
        return True
    words = text[start:end].lower().replace(".", " ").split()
    return any(word.strip(",()") in words_of("source") or word.isdigit() for word in words)
