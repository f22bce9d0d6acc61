"""Spreadsheets among the record files: Excel on Windows writes them in Windows-1252."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.api import CopydeskError
from copydesk.site_records import RecordFiles


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("naïve – “quoted”".encode("cp1252"), "naïve – “quoted”"),
        ("naïve".encode(), "naïve"),
        (b"\xef\xbb\xbfna\xc3\xafve", "naïve"),
    ],
)
def test_a_spreadsheet_is_read_as_it_was_saved(tmp_path: Path, data: bytes, text: str) -> None:
    (tmp_path / "Own.CSV").write_bytes(data)
    assert RecordFiles(tmp_path, {}).read("Own.CSV") == text


@pytest.mark.parametrize(("name", "data"), [("claims.toml", b"na\xefve"), ("a.csv", b"\x81\x8d")])
def test_other_files_and_bytes_without_a_meaning_are_refused(
    tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CopydeskError, match="is not UTF-8"):
        RecordFiles(tmp_path, {}).read(name)
