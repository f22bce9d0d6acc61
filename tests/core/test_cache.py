"""The cache makes a run fast, never wrong, and never fail."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest
from core_kit import READERS, file_ref, write

from copydesk.cache import Cache, code_digest, digest_of


def database(folder: Path) -> Path:
    [path] = (folder / "copydesk").glob("*.sqlite")
    return path


def test_records_come_back_in_the_next_run(tmp_path: Path, cache_folder: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(250):
        cache.put(str(number), {"n": number, "text": "ü"})
    cache.close()
    again = Cache(tmp_path)
    assert again.get("249") == {"n": 249, "text": "ü"}
    assert again.get("none") is None
    assert Cache(tmp_path / "other").get("1") is None
    again.close()
    assert again.get("1") is None


def test_without_use_nothing_is_kept(tmp_path: Path, cache_folder: Path) -> None:
    cache = Cache(tmp_path, use=False)
    cache.put("a", {})
    assert cache.get("a") is None
    cache.close()
    assert not list(cache_folder.iterdir())


def test_a_folder_that_cannot_be_written(tmp_path: Path, cache_folder: Path) -> None:
    (cache_folder / "copydesk").write_text("a file is in the way")
    cache = Cache(tmp_path)
    cache.put("a", {})
    assert cache.get("a") is None
    cache.close()


@pytest.mark.parametrize("size", [10, 5_000])
def test_a_damaged_file(tmp_path: Path, cache_folder: Path, size: int) -> None:
    cache = Cache(tmp_path)
    cache.put("a", {"x": 1})
    cache.close()
    database(cache_folder).write_bytes(b"not a database" * size)
    again = Cache(tmp_path)
    again.put("b", {})
    assert again.get("a") is None
    again.close()


@pytest.mark.parametrize("value", ["{", "[1]", "3"])
def test_a_damaged_record(tmp_path: Path, cache_folder: Path, value: str) -> None:
    cache = Cache(tmp_path)
    cache.put("a", {"x": 1})
    cache.close()
    with sqlite3.connect(database(cache_folder)) as connection:
        connection.execute("UPDATE results SET value = ?", (value,))
    assert Cache(tmp_path).get("a") is None


def test_a_table_that_vanishes_while_running(tmp_path: Path, cache_folder: Path) -> None:
    cache = Cache(tmp_path)
    with sqlite3.connect(database(cache_folder)) as connection:
        connection.execute("DROP TABLE results")
    assert cache.get("a") is None
    cache.put("a", {})
    cache.close()


def test_text_that_is_no_unicode(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("a", {"path": "\udcff"})
    cache.close()


def test_the_oldest_records_go(tmp_path: Path, cache_folder: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(20):
        cache.put(str(number), {})
    cache._flush()
    with sqlite3.connect(database(cache_folder)) as connection:
        connection.execute("UPDATE results SET used = CAST(key AS INTEGER)")
    cache.close(keep=5)
    again = Cache(tmp_path)
    assert again.get("2") is None
    assert again.get("19") == {}


@pytest.mark.parametrize("again", range(10))  # a new cache each time: opening is where it broke
def test_writers_at_the_same_time(tmp_path: Path, again: int) -> None:
    def work(name: str) -> None:
        cache = Cache(tmp_path)
        for number in range(400):
            cache.put(f"{name}{number}", {"n": number})
        cache.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cache = Cache(tmp_path)
    assert all(cache.get(f"{name}399") == {"n": 399} for name in "abcd")


def test_the_code_digest_moves_with_the_code(tmp_path: Path) -> None:
    path = write(tmp_path, {"mine.py": "x = 1\n"}) / "mine.py"
    refs = (*READERS, file_ref(path))
    before = code_digest(refs)
    assert code_digest(refs) == before
    stat = path.stat()
    path.write_text("x = 2\n")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert code_digest(refs) != before
    path.unlink()
    assert code_digest(refs) != before
    assert code_digest(READERS) != before


def test_the_code_digest_of_an_installed_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from copydesk.registry import PluginRef

    write(tmp_path, {"single_zz.py": "x = 1\n"})
    monkeypatch.syspath_prepend(str(tmp_path))
    refs = (PluginRef("single", "single_zz", external=True),)
    before = code_digest(refs)
    (tmp_path / "single_zz.py").write_text("x = 2\n")
    assert code_digest(refs) != before


def test_digests_do_not_depend_on_order() -> None:
    assert digest_of({"a": 1, "b": (2,)}) == digest_of({"b": [2], "a": 1})
    assert digest_of([1, 2]) != digest_of([2, 1])
