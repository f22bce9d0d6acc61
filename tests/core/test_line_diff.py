"""The diff of a mended text: applied to the old text it gives the new one, and git agrees."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.edits import Moves, Taken, edited
from copydesk.line_diff import unified
from copydesk.model.finding import Edit

TEXTS = st.text(st.sampled_from("ab \n\r\u2028é🌿"), max_size=60)
HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")
NO_END = "\\ No newline at end of file\n"


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """Return a text and edits of it that do not meet."""
    text = draw(TEXTS)
    taken = Taken()
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 4)))
        taken.add([Edit(start, end, draw(st.text(st.sampled_from("cd\n"), max_size=5)))])
    return text, taken.edits


def one_by_one(text: str, edits: list[Edit]) -> str:
    """Make edits from the last to the first: slower than `edited`, and plain to see."""
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def patched(before: str, diff: str) -> str:
    """Apply a unified diff, holding each line that stays or goes against the text."""
    old = re.findall(r"[^\n]*\n|[^\n]+", before)
    new: list[str] = []
    at = 0
    lines = re.findall(r"[^\n]*\n", diff)
    number = 0
    while number < len(lines):
        head = HUNK.fullmatch(lines[number])
        number += 1
        if head is None:
            continue
        first = int(head[1]) - (head[2] != "0")
        new += old[at:first]
        at = first
        counts = {"-": 0, "+": 0}
        while number < len(lines) and not lines[number].startswith("@@"):
            mark, line = lines[number][0], lines[number][1:]
            if number + 1 < len(lines) and lines[number + 1] == NO_END:
                line = line[:-1]
                number += 1
            number += 1
            if mark in " -":
                assert old[at] == line
                at += 1
                counts["-"] += 1
            if mark in " +":
                new.append(line)
                counts["+"] += 1
        assert counts == {"-": int(head[2] or 1), "+": int(head[4] or 1)}
        assert len(new) == int(head[3]) - (head[4] != "0") + counts["+"]
    return "".join(new + old[at:])


@given(edited_texts())
def test_edits_are_made_as_if_one_by_one(case):
    text, edits = case
    assert edited(text, edits) == one_by_one(text, edits)


@given(edited_texts())
def test_places_that_no_edit_touched_lead_back_to_themselves(case):
    text, edits = case
    after, moves = edited(text, edits), Moves(edits)
    stayed = set(range(len(text))) - {at for edit in edits for at in range(edit.start, edit.end)}
    led = [moves.back(at) for at in range(len(after))]
    assert led == sorted(led)
    new = sum(len(edit.text) for edit in edits)
    same = [at for at in range(len(after)) if led[at] in stayed and after[at] == text[led[at]]]
    assert len(same) >= len(after) - new
    assert stayed <= {led[at] for at in same}


@given(edited_texts())
def test_the_diff_turns_the_old_text_into_the_new_one(case):
    text, edits = case
    after = edited(text, edits)
    diff = "".join(unified("post.md", text, after, Moves(edits).back))
    assert patched(text, diff) == after
    assert bool(diff) == (text != after)


@pytest.mark.parametrize(
    ("before", "edits"),
    [
        ("one\ntwo\nthree\n", [Edit(4, 8, "")]),
        ("one\r\ntwo\r\nthree", [Edit(3, 3, "!"), Edit(10, 15, "")]),
        (
            "\n".join(map(str, range(40))),
            [Edit(0, 2, ""), Edit(60, 61, "x\ny"), Edit(108, 109, "z")],
        ),
        ("only", [Edit(0, 4, "")]),
    ],
)
def test_git_reads_the_diff(tmp_path: Path, before: str, edits: list[Edit]):
    post, patch = tmp_path / "post.md", tmp_path / "fix.diff"
    post.write_bytes(before.encode())
    after = edited(before, edits)
    patch.write_bytes("".join(unified("post.md", before, after, Moves(edits).back)).encode())
    subprocess.run(
        ["git", "apply", "-p0", "--unidiff-zero", "--whitespace=nowarn", "fix.diff"],
        cwd=tmp_path,
        check=True,
    )
    assert post.read_bytes().decode() == after


def test_two_hunks_where_the_changes_lie_far_apart():
    before = "".join(f"line {number}\n" for number in range(30))
    edits = [Edit(5, 6, "A"), Edit(len(before) - 2, len(before) - 1, "B")]
    diff = "".join(unified("post.md", before, edited(before, edits), Moves(edits).back))
    assert diff.count("@@ -") == 2
    assert "line 15" not in diff
