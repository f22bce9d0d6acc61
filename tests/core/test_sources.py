"""Files into sources: exact text, or a message with byte, line and column."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.finding import CopydeskError, Failure
from copydesk.sources import MAX_BYTES, decode, read_bytes, read_source, shown_path


def refused(data: bytes) -> Failure:
    with pytest.raises(CopydeskError) as caught:
        decode(data, "shown.md", "key.md")
    return caught.value.failure


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), st.booleans())
def test_text_comes_back_byte_for_byte(text: str, bom: bool) -> None:
    data = (b"\xef\xbb\xbf" if bom else b"") + text.encode()
    source = decode(data, "p", "k")
    assert (b"\xef\xbb\xbf" if source.bom else b"") + source.text.encode() == data


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        ("a\nb", "\n"),
        ("a\r\nb", "\r\n"),
        ("a\rb", "\r"),
        ("", "\n"),
        ("a\rb\nc", "\n"),
    ],
)
def test_newline_style(text: str, newline: str) -> None:
    assert decode(text.encode(), "p", "k").newline == newline


@pytest.mark.parametrize(
    ("data", "words", "line", "column"),
    [
        (b"caf\xe9", "byte 0xe9 at 3", 1, 4),
        (b"\xef\xbb\xbfa\r\ncaf\xe9", "byte 0xe9 at 9", 2, 4),
        ("é🙂\r".encode() + b"\xff", "byte 0xff at 7", 2, 1),
        ("a\u2028b".encode() + b"\x80", "byte 0x80 at 5", 1, 4),
        (b"abc\xe2\x82", "byte 0xe2 at 3", 1, 4),
        (b"a\nb\0c", "byte 0x00 at 3", 2, 2),
        ("hi".encode("utf-16"), "byte 0x00 at 3", 1, 4),
    ],
)
def test_what_is_no_utf_8_is_named_with_its_place(
    data: bytes, words: str, line: int, column: int
) -> None:
    failure = refused(data)
    assert words in failure.message
    assert (failure.line, failure.column) == (line, column)
    assert failure.path == "shown.md"


def unreadable(path: Path) -> str:
    with pytest.raises(CopydeskError) as caught:
        read_bytes(path, "shown")
    return caught.value.failure.message


def test_limit_of_sixteen_mebibytes(tmp_path: Path) -> None:
    path = tmp_path / "large.md"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    assert "larger than 16 MiB" in unreadable(path)
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES)
    assert len(read_bytes(path, "shown")) == MAX_BYTES


def test_what_is_no_file(tmp_path: Path) -> None:
    assert "is a directory" in unreadable(tmp_path)
    assert "no such file" in unreadable(tmp_path / "none.md")
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    assert "symbolic links" in unreadable(loop)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_or_a_device_does_not_stop_the_run(tmp_path: Path) -> None:
    pipe, device = tmp_path / "pipe.md", tmp_path / "zero.md"
    os.mkfifo(pipe)
    device.symlink_to("/dev/zero")
    assert "could not be read" in unreadable(pipe)
    assert "could not be read" in unreadable(device)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_nobody_may_read(tmp_path: Path) -> None:
    path = tmp_path / "closed.md"
    path.touch(0o000)
    assert "permission denied" in unreadable(path)


def test_paths_as_people_know_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "a.md").write_text("a")
    monkeypatch.chdir(inner)
    assert shown_path(Path("x/../a.md")) == "x/../a.md"
    assert shown_path(inner / "a.md") == "a.md"
    assert shown_path(tmp_path / "b.md") == str(tmp_path / "b.md")
    assert read_source(inner / "a.md", "a.md").path == "a.md"


@pytest.mark.parametrize(
    ("shown", "command"),
    [
        ("posts/old.md", "`copydesk import posts/old.md`"),
        ("posts/our old.md", "`copydesk import 'posts/our old.md'`"),
    ],
)
def test_an_older_encoding_has_a_way_out(shown: str, command: str) -> None:
    with pytest.raises(CopydeskError) as caught:
        decode(b"caf\xe9", shown, "key.md")
    assert command in caught.value.failure.help


def test_a_file_may_have_another_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"x" * 2**20)
    assert len(read_bytes(path, "a.docx", 2**20)) == 2**20
    with pytest.raises(CopydeskError, match="larger than 0 MiB"):
        read_bytes(path, "a.docx", 2**20 - 1)
