"""The spool, JSON round trips, slugs and ids, and writing files whole."""

from __future__ import annotations

import errno
import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from core_kit import NOW, entry, finding
from hypothesis import given
from hypothesis import strategies as st

from copydesk.codec import (
    entry_from_json,
    entry_to_json,
    failure_from_json,
    failure_to_json,
    finding_from_json,
    finding_to_json,
    is_due,
)
from copydesk.files import write_whole
from copydesk.model.finding import Edit, Failure, Related
from copydesk.model.post import Series
from copydesk.model.text import Span
from copydesk.slugs import new_id, slug_of, slugify
from copydesk.spool import Spool

JSON = st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()), max_size=4)


@given(st.lists(st.tuples(st.sampled_from("abc"), JSON, st.booleans()), max_size=12))
def test_spool_gives_back_the_last_value(steps: list[tuple[str, dict[str, object], bool]]) -> None:
    spool, wanted = Spool(), {}
    try:
        for name, value, look in steps:
            spool.put(name, value)
            wanted[name] = value
            if look:
                assert spool.get(name) == value
        assert {name: spool.get(name) for name in spool.names()} == wanted
        assert len(spool) == len(wanted)
        assert "d" not in spool
        assert spool.get("d") is None
    finally:
        spool.close()


@given(st.text(), st.text(), st.booleans(), st.booleans())
def test_findings_come_back(words: str, more: str, fixed: bool, waived: bool) -> None:
    made = finding(words)._replace(
        message=more,
        related=(Related(more, Span(1, 2), "b.md"),),
        fix=(Edit(0, 1, words),) if fixed else None,
        waived=more if waived else "",
    )
    assert finding_from_json(json.loads(json.dumps(finding_to_json(made)))) == made


@pytest.mark.parametrize(
    "failure",
    [
        Failure("file", "m", "h", "a.md", "p", 3, 4),
        Failure("site", "m", ""),
        Failure("plugin", "", ""),
    ],
)
def test_failures_come_back(failure: Failure) -> None:
    value = failure_to_json(failure)
    assert failure_from_json(json.loads(json.dumps(value))) == failure
    assert "path" in value or not failure.path


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"published": None, "state": "draft", "due": False},
        {"tags": ("a", "ü")},
        {"series": Series("One", 2)},
        {"updated": NOW, "targets": ("live",)},
    ],
)
def test_entries_come_back(changes: dict[str, object]) -> None:
    made = entry(**changes)
    value = json.loads(json.dumps(entry_to_json(made)))
    assert entry_from_json(value, made.path, NOW) == made


@pytest.mark.parametrize(
    ("state", "published", "due"),
    [
        ("published", None, True),
        ("draft", NOW, False),
        ("scheduled", NOW, True),
        ("scheduled", NOW + timedelta(seconds=1), False),
        ("scheduled", None, False),
    ],
)
def test_due(state: str, published: datetime | None, due: bool) -> None:
    assert is_due(state, published, NOW.astimezone(UTC)) is due


@given(st.text(max_size=200))
def test_every_text_makes_a_good_slug_and_id(text: str) -> None:
    slug = slugify(text)
    assert re.fullmatch(r"[^\W_]+(?:-[^\W_]+)*", slug)
    assert len(slug) <= 100
    assert slugify(slug) == slug
    taken: set[str] = set()
    for _ in range(12):
        made = new_id(slug, taken)
        assert re.fullmatch(r"[A-Za-z0-9._-]{1,64}", made)
        assert made not in taken
        taken.add(made)


@pytest.mark.parametrize(
    ("key", "slug"),
    [
        ("posts/2026-03-02-First Visit!.md", "first-visit"),
        ("posts/fees/index.md", "fees"),
        ("index.md", "index"),
        ("2026-03-02-.md", "2026-03-02"),
        ("posts/Über uns.md", "uber-uns"),
        ("posts/лечение.md", "лечение"),
        ("posts/---.md", "post"),
    ],
)
def test_slugs_of_files(key: str, slug: str) -> None:
    assert slug_of(key) == slug


def test_write_whole_keeps_the_mode_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_whole(path, b"one")
    path.chmod(0o640)
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(*((os, "fsync", full) if step == "fsync" else (Path, "replace", full)))
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.md"]


def test_writing_where_no_folder_is(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "none" / "a.md", b"x")
