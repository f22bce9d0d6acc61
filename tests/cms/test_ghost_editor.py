"""What Ghost's own editor makes of our documents: it opens and saves each as it was."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from ghost_kit import Ghost
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from copydesk.sanitize import sanitize
from copydesk_plugins.publishers.ghost.documents import read_document, written
from copydesk_plugins.publishers.ghost.lexical import build

sys.path.append(str(Path(__file__).parents[1] / "plugins" / "publishers"))

from ghost_bodies import BLOCK, CARDS, CASES  # found through the line above

PUBLIC = "https://blog.example/"
BLOCK_OF_OURS = '<nav data-copydesk="links"><p>Older: <a href="/a/">A &amp; {{x}}</a></p></nav>'
SCRIPT = Path(__file__).with_name("ghost_editor.js")
Editor = Callable[[list[str]], list[tuple[str, str]]]


@pytest.fixture(scope="module")
def editor(ghost: Ghost) -> Editor:
    """Return a function from documents to what the editor saves and what visitors get."""
    program = (Path(ghost.env["GHOST_DB"]).parents[2] / "current").resolve()
    command = [str(program.parent / "node" / "bin" / "node"), str(SCRIPT), str(program)]

    def run(documents: list[str]) -> list[tuple[str, str]]:
        given = json.dumps(documents)
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return [(saved, shown) for saved, shown in json.loads(done.stdout)]

    return run


def letters(html: str) -> str:
    """Return what people read of HTML, blanks left out."""
    return "".join(unescape(re.sub("<!--.*?-->|<[^<>]*>", "", html, flags=re.S)).split())


def check(editor: Editor, bodies: list[str]) -> None:
    """Fail where the editor changes a document, or where visitors do not get all words."""
    sent = [written(build(body, BLOCK_OF_OURS)) for body in bodies]
    for body, before, (saved, shown) in zip(bodies, sent, editor(sent), strict=True):
        assert read_document(saved, PUBLIC) == read_document(before, PUBLIC)
        assert letters(shown) == letters(body) + letters(BLOCK_OF_OURS)
        assert shown.count("<nav data-copydesk=") == 1


def test_the_editor_saves_what_we_wrote(editor: Editor) -> None:
    check(editor, [*(body for body, _, _ in CASES.values()), *CARDS.values()])


@settings(
    max_examples=2,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],  # each try starts a program, so nothing is made smaller
    suppress_health_check=list(HealthCheck),
)
@given(bodies=st.lists(BLOCK, min_size=40, max_size=40))
def test_the_editor_saves_what_we_wrote_at_random(editor: Editor, bodies: list[str]) -> None:
    check(editor, [sanitize(body, lambda attribute, value: value) for body in bodies])
