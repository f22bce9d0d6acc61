"""The readers: Markdown, HTML pages and fragments, and plain text pasted from an old site.

The importers stand beside them, because they look at files with the readers' eyes.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from copydesk.api import ContentBuilder, Importer, Reader, Source, Span, hookimpl
from copydesk_plugins.readers.imports import IMPORTERS


def _read(name: str) -> Callable[[Source, Span, ContentBuilder], None]:
    """Return a function that imports the reader of that name when it is first needed."""

    def read(source: Source, body: Span, builder: ContentBuilder) -> None:
        import_module(f"{__name__}.{name}").read(source, body, builder)

    return read


def _html(name: str) -> Callable[[Source, Span, tuple[Span, ...]], str]:
    def html(source: Source, body: Span, omit: tuple[Span, ...]) -> str:
        return str(import_module(f"{__name__}.{name}").html(source, body, omit))

    return html


@hookimpl
def register_readers() -> list[Reader | Importer]:
    """Return the three readers and the importers."""
    kinds = (
        ("markdown", (".md", ".markdown")),
        ("html", (".html", ".htm")),
        ("pasted", (".txt",)),
    )
    readers = [Reader(name, extensions, _read(name), _html(name)) for name, extensions in kinds]
    return [*readers, *IMPORTERS]
