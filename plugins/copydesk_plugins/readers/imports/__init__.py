"""The importers: files from elsewhere as drafts, each loaded when a file is its kind."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from copydesk.api import Conversion, Importer, Incoming


def _recognises(name: str) -> Callable[[Incoming], bool]:
    """Return a function that asks the importer of that name when there is a file."""

    def recognises(incoming: Incoming) -> bool:
        return bool(import_module(f"{__name__}.{name}").recognises(incoming))

    return recognises


def _convert(name: str) -> Callable[[Incoming], Conversion]:
    def convert(incoming: Incoming) -> Conversion:
        found: Conversion = import_module(f"{__name__}.{name}").convert(incoming)
        return found

    return convert


def _converted_body(incoming: Incoming) -> Conversion:
    from copydesk_plugins.readers.imports.html import convert_body

    return convert_body(incoming)


#: Name, what it takes, and its turn to be asked: the sure signs first, plain text last.
_KINDS = (
    ("docx", "Word documents, with comments and tracked changes named", 10),
    ("html", "HTML saved from Word, Google Docs or a website", 20),
    ("markdown", "Markdown of other tools, with their front matter", 30),
    ("pasted", "Plain text, as pasted from an old site", 90),
)
#: What `copydesk import` has the body of a post of another system turned into a draft by.
_BODY = Importer(
    "body",
    "The text of a post in HTML, all of it, without its title",
    lambda incoming: False,  # nobody could tell it from a page
    _converted_body,
    95,
)
IMPORTERS: tuple[Importer, ...] = (
    *(
        Importer(name, summary, _recognises(name), _convert(name), rank)
        for name, summary, rank in _KINDS
    ),
    _BODY,
)
