"""What a cold start imports: `--version` next to nothing, `lint` only what it uses."""

from __future__ import annotations

import subprocess
import sys

from cli_kit import post, process, write

#: Never on the way of `--version`.
HEAVY = {"click", "pluggy", "importlib.metadata", "yaml", "argparse", "json", "copydesk.cli"}
#: Not for a Markdown post without raw HTML and without plugins that are not built in.
NOT_FOR_LINT = {
    *("requests", "bs4", "textstat", "nltk", "jinja2", "pebble", "distributed", "dask"),
    *("multiprocessing", "concurrent.futures.process", "asyncio", "nh3", "html5lib", "lxml"),
    *("email", "http.client", "ssl", "xml.etree.ElementTree", "numpy", "unittest"),
}


def imported(*arguments: str) -> set[str]:
    """Return the modules that a run imported, read from `-X importtime`."""
    ran = process(*arguments, python=("-X", "importtime"))
    assert ran.code == 0, ran.said
    lines = [line for line in ran.err.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip() for line in lines}


def bare() -> set[str]:
    """Return what the interpreter imports by itself in this environment."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "pass"], capture_output=True, text=True
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


def test_version_imports_next_to_nothing():
    found = imported("--version") - bare()
    assert not found & HEAVY
    ours = {name for name in found if name.startswith("copydesk")}
    assert ours <= {"copydesk", "copydesk.__main__"}
    assert len(found) < 30, sorted(found)  # most of them belong to `python -m`


def test_lint_imports_only_what_a_markdown_post_needs():
    write("posts/fees.md", post("Fees", "A visit costs **fifty** dollars.\n\n- [See](#us)\n"))
    cold = imported("lint", "posts/fees.md") - bare()
    assert not cold & NOT_FOR_LINT
    warm = imported("lint", "posts/fees.md") - bare()
    assert not warm & NOT_FOR_LINT
    assert not {name for name in cold if name.startswith("copydesk_plugins.publishers.folder")}


def test_version():
    ran = process("--version")
    assert ran.code == 0
    name, _, number = ran.out.strip().partition(" ")
    assert name == "copydesk"
    assert number[0].isdigit()
    assert process("--version", "lint").out == ran.out
