"""A source into a post: front matter, the reader's blocks, the title, and the units."""

from __future__ import annotations

from copydesk.front_matter import FrontMatter, read_front_matter
from copydesk.metadata import ReadingSettings, read_metadata
from copydesk.model.content import ContentBuilder, Reader
from copydesk.model.post import FRONT_MATTER, NOT_PROSE, Block, BlockKind, Metadata, Post, Unit
from copydesk.model.text import MappedText, Run, Source, Span
from copydesk.sentences import split_sentences

#: Blocks that are one unit however many sentences they hold.
_WHOLE: frozenset[str] = frozenset({"heading", "title", "table-cell", "alt", "image-alt"})
_FRONT_MATTER_BLOCKS: tuple[tuple[str, BlockKind], ...] = (
    ("title", "title"),
    ("description", "description"),
    ("image_alt", "image-alt"),
)


def read_post(source: Source, reader: Reader, settings: ReadingSettings) -> Post:
    """Read a source with a reader.

    Raises CopydeskError where the front matter cannot be read safely.
    """
    front_matter = read_front_matter(source)
    metadata = read_metadata(source, front_matter, settings)
    body = Span(front_matter.span.end if front_matter else 0, len(source.text))
    content = ContentBuilder()
    _add_front_matter(content, source, metadata, front_matter)
    reader.read(source, body, content)
    title, title_block = _title(metadata, content.blocks)
    return Post(
        source=source,
        reader=reader.name,
        metadata=metadata,
        title=title,
        blocks=tuple(content.blocks),
        units=tuple(_units(content.blocks, source)),
        containers=tuple(content.containers),
        links=tuple(content.links),
        images=tuple(content.images),
        left_out=tuple(content.left_out),
        body=body,
        title_block=title_block,
    )


def _add_front_matter(
    content: ContentBuilder, source: Source, metadata: Metadata, front_matter: FrontMatter | None
) -> None:
    """Add title, description and alternative text as blocks: they are judged like the body."""
    if front_matter is None:
        return
    values = {
        "title": metadata.title,
        "description": metadata.description,
        "image_alt": metadata.image_alt,
    }
    found = [
        (span, kind, values[key])
        for key, kind in _FRONT_MATTER_BLOCKS
        if (span := metadata.span_of(key)) is not None and values[key]
    ]
    for span, kind, value in sorted(found):
        content.add(kind, span, mapped_value(source.text, span, value))


def mapped_value(text: str, span: Span, value: str) -> MappedText:
    """Map a front-matter value to its place; escaped or folded values map as a whole."""
    at = text.find(value, span.start, span.end)
    if at != -1:
        return MappedText(value, (Run(0, len(value), at, len(value)),))
    return MappedText(value, (Run(0, len(value), span.start, span.end - span.start),))


def _title(metadata: Metadata, blocks: list[Block]) -> tuple[str, int]:
    """Return the title and the heading that stands for it.

    A first heading of level 1 is the title where front matter has none, and a repetition of
    it where it says the same.
    """
    first = next((block for block in blocks if block.kind not in FRONT_MATTER), None)
    if first is not None and first.kind == "heading" and first.level == 1:
        said = " ".join(first.text.plain.split())
        if not metadata.title or said.casefold() == " ".join(metadata.title.split()).casefold():
            return metadata.title or said, first.index
    return metadata.title, -1


def _units(blocks: list[Block], source: Source) -> list[Unit]:
    units: list[Unit] = []
    for block in blocks:
        if block.kind in NOT_PROSE:
            continue
        plain = block.text.plain
        if block.kind in _WHOLE:
            start = len(plain) - len(plain.lstrip())
            spans = [(start, len(plain.rstrip()))]
        else:
            spans = split_sentences(plain)
        for start, end in spans:
            units.append(
                Unit(
                    len(units),
                    block.index,
                    block.kind,
                    plain[start:end],
                    block.text.to_source(start, end),
                    start,
                    end,
                )
            )
    return units
