"""Any text as a TOML value reads back as the same text, on one visible line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.config_files import read
from copydesk.toml_text import quoted

ODD = [
    "",
    'She said "yes" \\ no',
    '"""',
    "'''",
    "\\u0041 is not A",
    "tab\there",
    "two\r\nlines\rand\nmore",
    "null \x00 bell \x07 delete \x7f high \x9f",
    "lines \u2028 and \u2029 and \x85",
    "turned \u202e around \u2066 \u200f",
    "no \ufeff mark, no\u00a0break, zero\u200bwidth",
    "Zürich 漢字 🌿 e\u0301",
    "\U000e0041 \U0010ffff",
    "# no comment = [[waiver]]",
]


def back(text: str) -> object:
    return tomllib.loads(f"value = {quoted(text)}\n")["value"]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_come_back(text: str, tmp_path: Path) -> None:
    assert back(text) == text
    assert quoted(text).isprintable()
    # Also through a file, the way settings are read.
    path = tmp_path / "some.toml"
    path.write_bytes(f"value = {quoted(text)}\r\n".encode())
    file = read(path)
    assert file is not None and file.data["value"] == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back(text: str) -> None:
    assert back(text) == text
    assert quoted(text).isprintable()


@given(st.text())
def test_half_a_pair_becomes_a_mark_and_stays_valid(text: str) -> None:
    told = "".join("\ufffd" if 0xD800 <= ord(char) < 0xE000 else char for char in text)
    assert back(text) == told
