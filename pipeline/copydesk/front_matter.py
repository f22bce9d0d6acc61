"""Front matter: find it, and read YAML or TOML into nodes that know their place.

YAML is read event by event, never into Python objects: every scalar stays the text that was
written, nesting is limited, and anchors, aliases and tags are refused, so that a hostile
draft can neither crash the C parser nor name a type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from copydesk.front_matter_plain import PlainValue, read_plain
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.text import LineIndex, Source, Span
from copydesk.toml_places import value_spans

#: Front matter larger than this is refused; real ones are below 2 KiB.
MAX_SIZE = 16 * 1024
MAX_DEPTH = 20
#: More lines that YAML cannot read than there are keys: each costs one more pass.
_MAX_UNQUOTED = 40

_KEY_LINE = re.compile(r"[ \t]*[A-Za-z_\"'][\w \t.\"'-]{0,80}:(?:[ \t\r\n]|\Z)")
_TOML_LINE = re.compile(r"[ \t]*(?:[A-Za-z_\"'][\w.\"' \t-]{0,80}=|\[)")
_PLAIN_VALUE = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:[ \t]+(\S.*)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
#: Characters that end a line for YAML 1.1 but not for people.
_NO_LINE_ENDS = "\x85\u2028\u2029"


class Node(NamedTuple):
    """One value: a text, a list of nodes, or named nodes; `span` is its place in the source."""

    kind: Literal["text", "list", "map"]
    span: Span
    text: str = ""
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[str, Node], ...] = ()


class FrontMatter(NamedTuple):
    """The front matter of a source: its whole span, style, and its keys in order.

    `unquoted` lists keys whose value had to be read as meant because YAML cannot read it.
    """

    span: Span
    style: Literal["yaml", "toml"]
    pairs: tuple[tuple[str, Node], ...]
    unquoted: tuple[str, ...] = ()


def _refuse(source: Source, offset: int, message: str, help: str) -> CopydeskError:
    line, column = LineIndex(source.text).position(offset)
    return CopydeskError(Failure("file", message, help, source.path, line=line, column=column))


def _lines(text: str) -> Iterable[tuple[int, str]]:
    for match in _LINE.finditer(text):
        if match.group():
            yield match.start(), match.group()


def find_front_matter(source: Source) -> tuple[Span, Span, str] | None:
    """Return (whole span, inner span, fence), or None where a source has no front matter.

    A first line `---` that is not followed by a key is a thematic break, not front matter.
    Raises CopydeskError where front matter is opened and never closed.
    """
    text = source.text
    fence = text[:3]
    if fence not in ("---", "+++"):
        return None
    lines = iter(_lines(text))
    start, first = next(lines)
    if first.rstrip() != fence:
        return None
    inner = len(first)
    key_line = _KEY_LINE if fence == "---" else _TOML_LINE
    is_open = False
    for start, line in lines:
        bare = line.rstrip()
        if bare == fence or (fence == "---" and bare == "..." and is_open):
            return Span(0, start + len(line)), Span(inner, start), fence
        if not is_open and bare and not bare.lstrip().startswith("#"):
            if not key_line.match(line):
                return None
            is_open = True
    if not is_open:
        return None
    raise _refuse(
        source,
        0,
        f"front matter opens with {fence} on the first line and is never closed",
        f"Put a line {fence} after the last key, before the text begins.",
    )


def read_front_matter(source: Source) -> FrontMatter | None:
    """Read the front matter of a source, or return None where there is none.

    Raises CopydeskError with line and column for anything that cannot be read safely.
    """
    found = find_front_matter(source)
    if found is None:
        return None
    whole, inner, fence = found
    if inner.end - inner.start > MAX_SIZE:
        raise _refuse(
            source,
            inner.start,
            "front matter is larger than 16 KiB",
            "Move long texts into the post and keep only short values above it.",
        )
    if fence == "+++":
        return FrontMatter(whole, "toml", _read_toml(source, inner))
    plain = read_plain(source.text[inner.start : inner.end])
    if plain is not None:
        values = [(each.key, _plain_node(each, inner.start)) for each in plain]
        _refuse_duplicates(source, values)
        return FrontMatter(whole, "yaml", tuple(values))
    pairs, unquoted = _read_yaml(source, inner)
    return FrontMatter(whole, "yaml", pairs, unquoted)


def _plain_node(value: PlainValue, offset: int) -> Node:
    span = Span(offset + value.start, offset + value.end)
    if value.items is None:
        return Node("text", span, value.text)
    items = [Node("text", Span(offset + i.start, offset + i.end), i.text) for i in value.items]
    return Node("list", span, items=tuple(items))


def _read_yaml(source: Source, inner: Span) -> tuple[tuple[tuple[str, Node], ...], tuple[str, ...]]:
    import yaml

    text, stand_ins = _without_odd_line_ends(source.text[inner.start : inner.end])
    taken: list[tuple[str, Node]] = []
    while True:
        try:
            root = _Composer(source, inner.start, stand_ins).compose(text)
            break
        except yaml.MarkedYAMLError as error:
            marks = [mark.index for mark in (error.problem_mark, error.context_mark) if mark]
            at = min(marks[0], len(text)) if marks else 0
            masked = _take_line(text, at, inner.start) if len(taken) < _MAX_UNQUOTED else None
            if masked is None:
                # What is never closed is noticed at the end, but it was opened earlier.
                at = marks[-1] if at == len(text) else at
                at = max(0, min(at, len(text.rstrip()) - 1))
                lines = LineIndex(text)
                place = inner.start + lines.line_start(lines.position(at).line)
                raise _refuse(
                    source,
                    place,
                    f"front matter is not valid YAML: {error.problem}",
                    "Each line needs the form `key: value`; put quotes around a value with "
                    "special characters.",
                ) from None
            text, key, span = masked
            taken.append((key, Node("text", span, source.text[span.start : span.end])))
        except yaml.YAMLError:
            raise _refuse(
                source,
                inner.start,
                "front matter holds a character that YAML does not allow",
                "Look for invisible control characters and delete them.",
            ) from None
    pairs = sorted((*root, *taken), key=lambda pair: pair[1].span)
    _refuse_duplicates(source, pairs)
    return tuple(pairs), tuple(key for key, _ in taken)


def _without_odd_line_ends(text: str) -> tuple[str, dict[int, str]]:
    """Return the text with stand-ins for what only YAML takes as line ends, and the way back."""
    spare = (code for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    stand_ins = {next(spare): each for each in _NO_LINE_ENDS if each in text}
    return text.translate({ord(each): code for code, each in stand_ins.items()}), stand_ins


def _take_line(text: str, at: int, offset: int) -> tuple[str, str, Span] | None:
    """Blank out the line `key: value` at an offset, which YAML cannot read, and take its value.

    Blanks keep every other offset as it was.
    """
    lines = LineIndex(text)
    start = lines.line_start(lines.position(at).line)
    line = _LINE.match(text, start)
    content = line.group() if line else ""
    match = _PLAIN_VALUE.match(content.rstrip())
    if match is None or match.group(2)[0] in "|>&*!":
        return None
    span = Span(offset + start + match.start(2), offset + start + match.end(2))
    blank = " " * len(content.rstrip("\r\n"))
    rest = start + len(blank)
    return text[:start] + blank + text[rest:], match.group(1), span


def _refuse_duplicates(source: Source, pairs: list[tuple[str, Node]]) -> None:
    seen: set[str] = set()
    for key, node in pairs:
        if key in seen:
            raise _refuse(
                source,
                node.span.start,
                f"front matter has the key {key} twice",
                "Keep one of the two lines.",
            )
        seen.add(key)


class _Composer:
    """Builds nodes from YAML events with a stack of its own instead of recursion."""

    def __init__(self, source: Source, offset: int, stand_ins: dict[int, str]) -> None:
        self._source = source
        self._offset = offset
        self._stand_ins = stand_ins

    def compose(self, text: str) -> tuple[tuple[str, Node], ...]:
        """Return the pairs of the one mapping that the text holds."""
        import yaml

        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        root: list[Node] = []
        stack: list[tuple[str, int, list[Node]]] = [("root", 0, root)]
        documents = 0
        events: Any = yaml.parse(text, Loader=loader)
        for event in events:
            place = self._offset + event.start_mark.index
            end = self._offset + event.end_mark.index
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
            self._refuse_risky(event, place, documents)
            if isinstance(event, yaml.ScalarEvent):
                value = "" if event.implicit[0] and event.value in ("~", "null") else event.value
                span = self._scalar_span(event, place, end)
                stack[-1][2].append(Node("text", span, value.translate(self._stand_ins)))
            elif isinstance(event, yaml.CollectionStartEvent):
                kind = "map" if isinstance(event, yaml.MappingStartEvent) else "list"
                stack.append((kind, place, []))
                if len(stack) > MAX_DEPTH:
                    raise _refuse(
                        self._source,
                        place,
                        f"front matter is nested deeper than {MAX_DEPTH} levels",
                        "Front matter needs at most a list or a group of keys.",
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                kind, start, nodes = stack.pop()
                if place == end and nodes:  # no bracket: YAML ends it where the next key begins
                    end = nodes[-1].span.end
                span = Span(start, end)
                stack[-1][2].append(self._close(kind, span, nodes))
        if not root or (root[0].kind == "text" and not root[0].text.strip()):
            return ()
        if root[0].kind != "map":
            raise _refuse(
                self._source,
                root[0].span.start,
                "front matter is not made of `key: value` lines",
                "Write one `key: value` a line.",
            )
        return root[0].pairs

    def _scalar_span(self, event: Any, start: int, end: int) -> Span:
        """Return the place of a value; YAML counts the lines after a block to the block."""
        if event.style in ("|", ">"):
            end = start + len(self._source.text[start:end].rstrip())
        return Span(start, end)

    def _refuse_risky(self, event: Any, place: int, documents: int) -> None:
        import yaml

        if documents > 1:
            raise _refuse(
                self._source,
                place,
                "front matter holds more than one YAML document",
                "Remove the extra `---` inside it.",
            )
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refuse(
                self._source,
                place,
                "front matter uses a YAML anchor or alias",
                "Write the value out instead of `&name` or `*name`.",
            )
        if getattr(event, "tag", None):
            raise _refuse(
                self._source,
                place,
                f"front matter uses the YAML tag {_shown_tag(event.tag)}",
                "Remove the tag (the part that begins with `!`) and keep the value.",
            )

    def _close(self, kind: str, span: Span, nodes: list[Node]) -> Node:
        if kind == "list":
            return Node("list", span, items=tuple(nodes))
        pairs = [(key.text, value) for key, value in zip(nodes[::2], nodes[1::2], strict=True)]
        _refuse_duplicates(self._source, pairs)
        return Node("map", span, pairs=tuple(pairs))


def _shown_tag(tag: str) -> str:
    """Return a tag the way it is written."""
    return tag.replace("tag:yaml.org,2002:", "!!")[:60]


def _read_toml(source: Source, inner: Span) -> tuple[tuple[str, Node], ...]:
    import tomllib

    # TOML knows only \n and \r\n; the same length keeps every offset.
    text = re.sub(r"\r(?!\n)", "\n", source.text[inner.start : inner.end])
    try:
        data = tomllib.loads(text)
    except ValueError as error:  # also for numbers of thousands of digits
        at = re.search(r"line (\d+)", str(error))
        line = int(at.group(1)) if at else 1
        place = inner.start + LineIndex(text).line_start(line)
        message = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise _refuse(
            source,
            place,
            f"front matter is not valid TOML: {message}",
            'Each line needs the form `key = "value"`.',
        ) from None
    except RecursionError:
        raise _refuse(
            source,
            inner.start,
            f"front matter is nested deeper than {MAX_DEPTH} levels",
            "Front matter needs at most a list or a group of keys.",
        ) from None
    places = value_spans(text)
    pairs = []
    for key, value in data.items():
        start, end = places.get(key, Span(0, 0))
        span = Span(inner.start + start, inner.start + end)
        pairs.append((key, _toml_node(value, span, 0, source)))
    return tuple(pairs)


def _toml_node(value: Any, span: Span, depth: int, source: Source) -> Node:
    if depth > MAX_DEPTH:
        raise _refuse(
            source,
            span.start,
            f"front matter is nested deeper than {MAX_DEPTH} levels",
            "Front matter needs at most a list or a group of keys.",
        )
    if isinstance(value, dict):
        return Node(
            "map",
            span,
            pairs=tuple(
                (key, _toml_node(item, span, depth + 1, source)) for key, item in value.items()
            ),
        )
    if isinstance(value, list):
        return Node(
            "list", span, items=tuple(_toml_node(item, span, depth + 1, source) for item in value)
        )
    if isinstance(value, bool):
        return Node("text", span, "true" if value else "false")
    return Node("text", span, value.isoformat() if hasattr(value, "isoformat") else str(value))
