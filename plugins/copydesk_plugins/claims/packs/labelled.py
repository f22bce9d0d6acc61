"""The labelled examples of a pack, and each of them as a post that the engine can read."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from copydesk.api import (
    ContentBuilder,
    Failure,
    MappedTextBuilder,
    Metadata,
    Post,
    Source,
    Span,
    Unit,
    split_sentences,
)
from copydesk_plugins.claims.packs.table import TableError, rows

_COLUMNS = ("text", "claim", "title")
_NEEDED = ("text", "claim")
_ANSWERS = {"y": True, "yes": True, "n": False, "no": False}
_HELP = "Write y where the text is a claim that needs support, else n."


class Example(NamedTuple):
    """A text, whether people call it a claim, and the title of the post that it stands in."""

    text: str
    claim: bool
    title: str
    row: int


class Examples(NamedTuple):
    """What a file of examples holds, and what is wrong with it."""

    found: tuple[Example, ...]
    failures: tuple[Failure, ...]


def read_examples(shown: str, text: str) -> Examples:
    """Read a file of labelled examples; failures name file, row and column."""
    found: list[Example] = []
    failures: list[Failure] = []

    def bad(row: int, message: str, help: str) -> None:
        failures.append(Failure("config", message, help, shown, line=row))

    try:
        for row, said, answer, title in rows(text, _COLUMNS, _NEEDED):
            claim = _ANSWERS.get(answer.strip().lower())
            if not said.strip():
                bad(row, f'row {row}, column "text": is empty', "Write the sentence there.")
            elif claim is None:
                bad(row, f'row {row}, column "claim": is neither y nor n', _HELP)
            else:
                found.append(Example(" ".join(said.split()), claim, " ".join(title.split()), row))
    except TableError as error:
        bad(error.row, error.message, error.help)
    return Examples(tuple(found), tuple(failures))


def as_post(example: Example) -> Post:
    """Return a post with the title of an example and its text as the one paragraph."""
    text = f"{example.title}\n\n{example.text}\n"
    content = ContentBuilder()
    title = Span(0, len(example.title))
    body = Span(title.end + 2, len(text))
    spans = ((title, "title"), (Span(body.start, body.end - 1), "paragraph"))
    for span, kind in spans:
        mapped = MappedTextBuilder()
        mapped.add(text[span.start : span.end], span.start)
        content.add("title" if kind == "title" else "paragraph", span, mapped.build())
    return Post(
        source=Source(f"row {example.row}", "example.md", text, _digest(text)),
        reader="markdown",
        metadata=Metadata(title=example.title, spans=(("title", title),) if title.end else ()),
        title=example.title,
        blocks=tuple(content.blocks),
        units=tuple(_units(content)),
        body=body,
    )


def _units(content: ContentBuilder) -> list[Unit]:
    units: list[Unit] = []
    for block in content.blocks:
        plain = block.text.plain
        whole = [(0, len(plain))]
        for start, end in whole if block.kind == "title" else split_sentences(plain):
            span = block.text.to_source(start, end)
            units.append(
                Unit(len(units), block.index, block.kind, plain[start:end], span, start, end)
            )
    return units


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
