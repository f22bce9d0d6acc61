"""Our part of a post: one block at its end, with our id, the links below the post and its data.

WordPress keeps no field of ours that it can search, so the id travels inside the text. The
block holds, in this order: a comment with the id and a hash, the links, the structured data as
one line each, a closing comment. Whatever else a person does to the text, these two comments are
found again.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple
from urllib.parse import quote, unquote

from copydesk_plugins.publishers.wordpress.markup import with_brackets, without_shortcodes

_OPEN = "<!-- copydesk post={key} text={text} -->"
_CLOSE = "<!-- /copydesk -->"
_SCRIPT = '<script type="application/ld+json">'
_END_OF_SCRIPT = "</script>"
_ANY_BLOCK = "<!-- wp:"
_BLOCK = "<!-- wp:html -->"
_END_OF_BLOCK = "<!-- /wp:html -->"
#: Editors keep blanks in a comment, or take them away.
_SPACE = r"[ \t\r\n]{0,8}"
_ANY_MARK = re.compile(
    rf"<!--{_SPACE}(?:copydesk post=([A-Za-z0-9._~%-]{{1,200}}) text=([A-Za-z0-9._~%-]{{0,200}})"
    rf"|(/copydesk)){_SPACE}-->"
)
_BEFORE = re.compile(rf"<!--{_SPACE}wp:html{_SPACE}-->\s{{0,16}}\Z")
_AFTER = re.compile(rf"\s{{0,16}}<!--{_SPACE}/wp:html{_SPACE}-->")
_BLOCK_COMMENT = re.compile(r"<!-- wp:[^<>]*-->")
_ANCHOR = re.compile(r'(\{)"anchor":"[^"]*",?|,"anchor":"[^"]*"')
_OLD_HEADING = re.compile(r'<(h[1-6])( class="wp-block-heading")( id="[^"<>]*")>')
_HYPHENS = re.compile("-(?=-)")
_WILD = re.compile("[_%]")
#: How far before a mark the comment that opens its block may begin.
_NEAR = 64
#: What ends a line beside the signs that JSON escapes anyway.
_LINE_END = re.compile("[\x85\u2028\u2029]")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


class Part(NamedTuple):
    """Our part of a text: where our comments and what is between them stand.

    `outer_start` and `outer_end` are the same with the block around them, where it is ours alone.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    key: str
    text: str
    block: str
    data: tuple[str, ...]


def find_part(content: str) -> Part | None:
    """Return the last whole part of ours in a text, or None.

    The last, because who copies a text with marks into another post puts it above ours.
    """
    found = None
    opened = None
    for mark in _ANY_MARK.finditer(content):
        if not mark[3]:
            opened = mark
        elif opened:
            found, opened = (opened, mark), None
    return _part(content, *found) if found else None


def _part(content: str, opened: re.Match[str], closed: re.Match[str]) -> Part:
    near = max(0, opened.start() - _NEAR)
    before = _BEFORE.search(content[near : opened.start()])
    after = _AFTER.match(content, closed.end())
    alone = before is not None and after is not None
    block, data = _inside(content[opened.end() : closed.start()])
    return Part(
        opened.start(),
        closed.end(),
        near + before.start() if before and alone else opened.start(),
        after.end() if after and alone else closed.end(),
        _out_of_a_comment(opened[1]),
        _out_of_a_comment(opened[2]),
        block,
        data,
    )


def _inside(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the links and the structured data that stand between our comments."""
    block, *scripts = text.split(_SCRIPT)
    data = []
    for script in scripts:
        inside, _, rest = script.partition(_END_OF_SCRIPT)
        data.append(one_line(inside))
        block += rest.strip()
    return with_brackets(block.replace("\r\n", "\n").strip()), tuple(data)


def with_part(
    content: str, key: str, text: str, block: str, data: tuple[str, ...], part: Part | None = None
) -> str:
    """Return a text with our part written anew: where `part` is, or in a block at the end.

    Every other character stays. `key` and `text` go into the mark. A text from before there were
    blocks gets none: with the first one WordPress takes its blank lines for paragraphs no more.
    """
    ours = written(key, text, block, data)
    if part:
        return content[: part.start] + ours + content[part.end :]
    classic = content.strip() and _ANY_BLOCK not in content
    wide = ours if classic else f"{_BLOCK}\n{ours}\n{_END_OF_BLOCK}"
    return f"{content.rstrip()}\n\n{wide}" if content.strip() else wide


def written(key: str, text: str, block: str, data: tuple[str, ...]) -> str:
    """Return our part, from its opening to its closing comment."""
    lines = [_OPEN.format(key=in_a_comment(key), text=in_a_comment(text))]
    if block.strip():
        lines.append(without_shortcodes(block.strip()))
    lines += [f"{_SCRIPT}{harmless_json(each)}{_END_OF_SCRIPT}" for each in data]
    return "\n".join([*lines, _CLOSE])


def in_a_comment(word: str) -> str:
    """Return an id or a hash as it stands in a comment.

    Two hyphens in a row end a comment for some readers, and WordPress makes one of them.
    """
    return _HYPHENS.sub("-~", quote(word, safe="").replace("~", "%7E"))


def searched(key: str) -> str:
    """Return what to search for to find the mark with an id, and perhaps some others.

    `_` and `%` stand for any letter in such a search, and not all databases can be told otherwise.
    """
    word = in_a_comment(key)
    plain = _WILD.split(word, maxsplit=1)[0]
    return f"post={plain}" + (" text=" if plain == word else "")


def _out_of_a_comment(word: str) -> str:
    return unquote(word.replace("~", ""))


def without_part(content: str, part: Part | None) -> str:
    """Return a text as it is without our part, the same after each save of the same words."""
    if part:
        content = content[: part.outer_start].rstrip() + "\n\n" + content[part.outer_end :].lstrip()
    return _as_the_editor_saves(content.replace("\r\n", "\n").strip())


def _as_the_editor_saves(content: str) -> str:
    """Return a text with what a save by hand changes undone, where words stay equal.

    The editor undoes our escapes; those of older versions write no anchor into the comment of a
    block, and the id of a heading behind its class.
    """
    content = _BLOCK_COMMENT.sub(_without_anchor, content)
    content = _OLD_HEADING.sub(r'<\1\3 class="wp-block-heading">', content)
    for escape in ("&#091;", "&#91;"):
        content = content.replace(escape, "[")
    for escape in (":&#047;&#047;", ":&#47;&#47;"):
        content = content.replace(escape, "://")
    return content


def _without_anchor(comment: re.Match[str]) -> str:
    return _ANCHOR.sub(lambda found: found[1] or "", comment[0]).replace(" {} -->", " -->")


def one_line(data: str) -> str:
    """Return structured data in the one form in which it is compared; other text as it is."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return " ".join(data.split())
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _LINE_END.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def harmless_json(data: str) -> str:
    """Return JSON as one line in which nothing can end a script, begin a comment or a shortcode."""
    line = one_line(data)
    line = _STRING.sub(lambda found: found[0].replace("[", "\\u005b"), line)
    for sign in "<>&":
        line = line.replace(sign, f"\\u{ord(sign):04x}")
    return line
