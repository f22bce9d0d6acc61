"""Front matter written: a whole block, or single keys into a file that keeps every other byte.

Whatever is written is read back before it is handed out, so that what cannot be written in a way
that is read as meant is an error and never a spoiled post.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from copydesk.front_matter import FrontMatter, Node, find_front_matter, read_front_matter
from copydesk.front_matter_plain import PlainValue, read_plain
from copydesk.metadata import ReadingSettings
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.text import Source, Span
from copydesk.toml_places import value_spans
from copydesk.toml_text import quoted

Values = Mapping[str, str | tuple[str, ...]]

#: Words that YAML readers of other tools take for true, false or nothing.
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
#: Blank lines and comments, then the blanks before the first key.
_INDENTATION = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?[\r\n]+)*([ ]*)")
_PLAIN_KEY = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
Quotes = Literal["needed", "always", "never"]
#: Other tools want a date or a flag without quotes. An id that looks like a number is none.
_QUOTES: Mapping[str, Quotes] = {
    "id": "always",
    "published": "never",
    "updated": "never",
    "noindex": "never",
}


def write_front_matter(values: Values) -> str:
    """Return a whole block of YAML with the keys in the order given, `\\n` at each line's end.

    Raises CopydeskError where it could not be read back as given.
    """
    fields = {key: _Field.of(key, value, ReadingSettings()) for key, value in values.items()}
    lines = [_line(name, field) for name, field in fields.items()]
    text = "---\n" + "".join(f"{line}\n" for line in lines) + "---\n"
    source = Source("front matter", "", text, "")
    if values and _read(source) != {key: _bare(_node(value)) for key, value in values.items()}:
        raise _refuse(source, ", ".join(values))
    return text


def set_values(source: Source, values: Values, reading: ReadingSettings) -> str:
    """Return the text of a source with keys of our schema set, under the names the site gives them.

    A key is replaced where it stands, filled where it is empty, else added on top. Without
    front matter a block is put before the text. Every other character stays as it is. Raises
    CopydeskError where the result could not be read back.
    """
    if not values:
        return source.text
    fields = {
        reading.keys.get(key, key): _Field.of(key, value, reading) for key, value in values.items()
    }
    before = read_front_matter(source)
    if before is None:
        text = _new_block(fields, source)
    elif before.style == "toml":
        text = _change(source, before, fields, _TomlStyle(source))
    else:
        text = _change(source, before, fields, _YamlStyle(source, before))
    _verify(source, before, text, fields)
    return text


class _Field(NamedTuple):
    """One key to set: its value, and when that stands in quotes."""

    value: str | tuple[str, ...]
    quotes: Quotes

    @classmethod
    def of(cls, key: str, value: str | tuple[str, ...], reading: ReadingSettings) -> _Field:
        if key == "state" and reading.keys.get(key) == "draft":
            # `draft: false` is how the other tool says scheduled; see metadata.
            return cls({"draft": "true", "scheduled": "false"}.get(str(value), value), "never")
        return cls(value, _QUOTES.get(key, "needed"))


def _new_block(fields: Mapping[str, _Field], source: Source) -> str:
    lines = [_line(name, field) for name, field in fields.items()]
    block = ["---", *lines, "---", ""]
    gap = "" if not source.text or source.text[0] in "\r\n" else source.newline
    return source.newline.join(block) + gap + source.text


def _change(
    source: Source,
    before: FrontMatter,
    fields: Mapping[str, _Field],
    style: _YamlStyle | _TomlStyle,
) -> str:
    """Return the text with each key set; from the last place to the first, so that places hold."""
    text = source.text
    standing = dict(before.pairs)
    edits = [
        (*style.place(name, standing[name]), style.written(field))
        for name, field in fields.items()
        if name in standing
    ]
    for start, end, kept, written in sorted(edits, reverse=True):
        text = text[:start] + (f" {written}" if written else "") + kept + text[end:]
    added = [style.line(name, field) for name, field in fields.items() if name not in standing]
    inner = _inner(source)
    newline = text[:inner][len(text[:inner].rstrip("\r\n")) :]
    return text[:inner] + "".join(line + newline for line in added) + text[inner:]


def _inner(source: Source) -> int:
    found = find_front_matter(source)
    return found[1].start if found else 0


class _YamlStyle:
    """How keys stand in YAML: where a value is replaced, and how it is written."""

    def __init__(self, source: Source, before: FrontMatter) -> None:
        self._source = source
        self._before = before
        self._inner = _inner(source)

    def place(self, name: str, node: Node) -> tuple[int, int, str]:
        """Return where the value stands, from its colon on, with the comments before it."""
        text = self._source.text
        quoted = re.escape(name)
        key = re.compile(rf"""(?:\A|(?<=[\r\n]))[ \t]*(?:{quoted}|"{quoted}"|'{quoted}')[ \t]*:""")
        earlier = [other.span.end for _, other in self._before.pairs if other.span < node.span]
        found = key.search(text, max(earlier, default=self._inner), node.span.start)
        if found is None:
            raise _refuse(self._source, name)
        if (
            node.span.start == node.span.end
        ):  # nothing there: blanks may stand before the line's end
            blanks = re.compile(r"[ \t]*(?=[\r\n])").match(text, found.end())
            return found.end(), blanks.end() if blanks else found.end(), ""
        gap = text[found.end() : node.span.start]
        return found.end(), node.span.end, gap.rstrip()

    def written(self, field: _Field) -> str:
        """Return a value as it is written."""
        return _yaml(field)

    def line(self, name: str, field: _Field) -> str:
        """Return the line of a new key."""
        indentation = _INDENTATION.match(self._source.text, self._inner)
        return (indentation[1] if indentation else "") + _line(name, field)


class _TomlStyle:
    """How keys stand in TOML."""

    def __init__(self, source: Source) -> None:
        found = find_front_matter(source)
        inner = found[1] if found else Span(0, 0)
        text = re.sub(r"\r(?!\n)", "\n", source.text[inner.start : inner.end])
        spans = value_spans(text)
        self._source = source
        self._places = {
            name: Span(inner.start + span.start, inner.start + span.end)
            for name, span in spans.items()
        }

    def place(self, name: str, node: Node) -> tuple[int, int, str]:
        """Return where the value stands, with the one blank before it."""
        if name not in self._places or node.kind == "map":
            raise _refuse(self._source, name)
        start, end = self._places[name]
        return start - (self._source.text[start - 1] == " "), end, ""

    def written(self, field: _Field) -> str:
        """Return a value as it is written; TOML has no empty one."""
        if field.quotes == "never" and field.value in ("true", "false"):
            return str(field.value)
        if not field.value:
            return '""'
        if isinstance(field.value, str):
            return quoted(field.value)
        return "[" + ", ".join(map(quoted, field.value)) + "]"

    def line(self, name: str, field: _Field) -> str:
        """Return the line of a new key."""
        return f"{_key(name)} = {self.written(field)}"


def _key(name: str) -> str:
    plain = _PLAIN_KEY.fullmatch(name) and name.lower() not in _WORDS
    return name if plain else quoted(name)


def _line(name: str, field: _Field) -> str:
    """Return a line of YAML."""
    return f"{_key(name)}: {_yaml(field)}".rstrip(" ")


def _yaml(field: _Field) -> str:
    """Return a value as it is written in YAML, empty for an empty one."""
    if not field.value:
        return ""
    if isinstance(field.value, str):
        return _scalar(field.value, field.quotes, "{}")
    return f"[{', '.join(_scalar(each, field.quotes, '[{}]') for each in field.value)}]"


def _scalar(text: str, quotes: Quotes, form: str) -> str:
    """Return a text with quotes wherever some reader could see another without them.

    What begins with a digit may be read as a date, a time or a number.
    """
    found = read_plain(f"key: {form.format(text)}\n") or []
    seen = [text for each in found for text in _texts(each)]
    plain = seen == [text] and (
        quotes == "never" or (text[0].isalpha() and text.lower() not in _WORDS)
    )
    return text if plain and quotes != "always" else quoted(text)


def _texts(value: PlainValue) -> list[str]:
    return [value.text] if value.items is None else [item.text for item in value.items]


def _node(value: str | tuple[str, ...]) -> Node:
    if isinstance(value, str) or not value:
        return Node("text", Span(0, 0), value if isinstance(value, str) else "")
    return Node("list", Span(0, 0), items=tuple(Node("text", Span(0, 0), each) for each in value))


def _bare(node: Node) -> Any:
    """Return a node without its place."""
    if node.kind == "map":
        return {key: _bare(value) for key, value in node.pairs}
    return [_bare(item) for item in node.items] if node.kind == "list" else node.text


def _read(source: Source) -> dict[str, Any] | None:
    """Return the keys of a source with bare values, or None where they cannot be read."""
    try:
        found = read_front_matter(source)
    except CopydeskError:
        return None
    return {key: _bare(node) for key, node in found.pairs} if found else None


def _verify(
    source: Source, before: FrontMatter | None, text: str, fields: Mapping[str, _Field]
) -> None:
    """Raise CopydeskError unless the keys are read back, and all else is as it was."""
    changed = source._replace(text=text)
    wanted = {key: _bare(node) for key, node in before.pairs} if before else {}
    wanted |= {name: _bare(_node(field.value)) for name, field in fields.items()}
    body = source.text[before.span.end if before else 0 :]
    if _read(changed) == wanted:
        found = find_front_matter(changed)
        after = text[found[0].end if found else 0 :]
        if after == body or (before is None and after == source.newline + body):
            return
    raise _refuse(source, ", ".join(fields))


def _refuse(source: Source, names: str) -> CopydeskError:
    return CopydeskError(
        Failure(
            "file",
            f"its front matter could not be changed: {names}",
            "Write one `key: value` a line between the two lines `---`, then try again.",
            source.path,
        )
    )
