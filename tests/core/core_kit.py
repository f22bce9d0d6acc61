"""What several tests of the core share: sources, sites on disk, plugin files, findings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from copydesk import registry
from copydesk.codec import entry_from_json
from copydesk.metadata import ReadingSettings
from copydesk.model.finding import Finding, Place
from copydesk.model.site import Entry
from copydesk.model.text import Source
from copydesk.registry import PluginRef
from copydesk.workbench import Setup, Workbench, request_of

CASES = Path(__file__).parents[1] / "cases"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
READERS = tuple(ref for ref in registry.built_in_refs() if ref.name == "readers")
POST = "---\ntitle: Fees\nid: fees\nstate: published\npublished: 2026-03-02T09:00:00Z\n---\n\n"

#: The beginning of every plugin file in these tests.
PLUGIN = """\
from copydesk.api import Measure, Report, Span, hookimpl, rule, site_rule

TEXTS = dict(summary="s", why="w", good="g", bad="b", authority="a")

"""
#: Its end: all rules of the file are registered.
REGISTER = """

@hookimpl
def register_rules():
    from copydesk.api import Rule

    return [each for each in globals().values() if isinstance(each, Rule)]
"""


def source(text: str, name: str = "post.md") -> Source:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(name, name, text, digest)


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def plugin_file(folder: Path, name: str, rules: str) -> Path:
    return write(folder, {name: PLUGIN + rules + REGISTER}) / name


def file_ref(path: Path) -> PluginRef:
    return PluginRef(path.stem, "", str(path), str(path), True)


def setup(root: Path, *refs: PluginRef) -> Setup:
    return Setup((*READERS, *refs), root, ReadingSettings("UTC"), NOW)


def request(text: str, key: str = "post.md", *rules: str) -> dict[str, object]:
    return {**request_of(source(text, key)), "rules": [(rule, "warning", {}) for rule in rules]}


def entry(key: str = "posts/fees.md", **changes: object) -> Entry:
    """Return the index entry of a small published post, with some values changed."""
    answer = Workbench(setup(Path("/nowhere"))).examine(request(POST + "What it costs.\n", key))
    made = entry_from_json(answer["entry"], key, NOW)
    return made._replace(**changes)  # type: ignore[arg-type]


def finding(quote: str = "cures", rule: str = "claims.absolute", start: int = 0) -> Finding:
    end = start + len(quote)
    return Finding(
        rule,
        "error",
        f"About {quote}.",
        "Help.",
        quote,
        Place(start, 1, start + 1),
        Place(end, 1, end + 1),
        "start of the post",
        "",
    )


def sections(name: str) -> Iterator[tuple[str, str]]:
    """Yield (heading, text) of a case file, whose headings are lines that begin with `=== `.

    A heading may be split further by the test; blank lines at the end of a text do not count.
    """
    heading, lines = "", []
    for line in [*(CASES / name).read_text("utf-8").splitlines(), "=== "]:
        if line.startswith("=== "):
            if heading:
                yield heading, "\n".join(lines).strip("\n") + "\n"
            heading, lines = line[4:].strip(), []
        else:
            lines.append(line)
