"""The id of a post: written into its front matter on first publishing, and nothing else."""

from __future__ import annotations

from pathlib import Path

from copydesk.files import why, write_whole
from copydesk.front_matter import read_front_matter
from copydesk.front_matter_writing import set_values
from copydesk.metadata import ReadingSettings
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.text import Source
from copydesk.sources import read_source


def insert_id(path: Path, key: str, id: str, expected: str, reading: ReadingSettings) -> str:
    """Write an id into a post's front matter; return the new hash of the file."""
    source = read_source(path, key)
    if source.sha256 != expected:
        raise CopydeskError(
            Failure("file", "changed while Copydesk was running", "Run again.", str(path))
        )
    data = (b"\xef\xbb\xbf" if source.bom else b"") + _with_id(source, id, reading).encode()
    try:
        write_whole(path.resolve(), data)
    except OSError as error:
        raise CopydeskError(
            Failure(
                "file",
                f"its id could not be written: {why(error)}",
                "Allow writing, or add the id to its front matter yourself.",
                str(path),
            )
        ) from None
    return read_source(path, key).sha256


def _with_id(source: Source, id: str, reading: ReadingSettings) -> str:
    """Return a source's text with an id; raises CopydeskError where it has one already."""
    name = reading.keys.get("id", "id")
    front_matter = read_front_matter(source)
    standing = dict(front_matter.pairs).get(name) if front_matter else None
    try:
        if standing is None or (standing.kind == "text" and not standing.text.strip()):
            return set_values(source, {"id": id}, reading)
    except CopydeskError:
        pass  # said below in words that tell which line to write
    raise CopydeskError(
        Failure(
            "file",
            "its id could not be written: it has one that cannot be used",
            f'Write {name}: "{id}" into its front matter yourself.',
            source.path,
        )
    )
