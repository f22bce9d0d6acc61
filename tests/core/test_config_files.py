"""Which configuration file is the root, and how a file that cannot be read is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from core_kit import write

from copydesk.config_files import find_root, in_folder, read
from copydesk.model.finding import CopydeskError, Failure


def root_of(folder: Path) -> str | None:
    found = find_root(folder)
    return None if found is None else found.text


def tree(tmp_path: Path, *folders: str, rooted: tuple[str, ...] = (), git: str = "") -> Path:
    """Make a/b/c with a configuration in some folders; each text names its folder."""
    (tmp_path / "a/b/c").mkdir(parents=True)
    for name in folders:
        mark = "root = true\n" if name in rooted else ""
        write(tmp_path / name, {"copydesk.toml": f'{mark}site-title = "{name}"\n'})
    if git:
        (tmp_path / git / ".git").mkdir()
    return tmp_path / "a/b/c"


@pytest.mark.parametrize(
    ("folders", "rooted", "git", "wanted"),
    [
        (("a", "a/b"), (), "", "a/b"),  # without version control the nearest
        (("a", "a/b"), ("a",), "", "a"),
        (("a", "a/b", "a/b/c"), ("a/b", "a/b/c"), "", "a/b"),  # the topmost that says so
        (("a", "a/b", "a/b/c"), (), "a", "a"),  # the topmost inside the tree
        (("a", "a/b/c"), (), "a/b", "a/b/c"),
        (("a", "a/b/c"), ("a",), "a/b", "a"),  # root = true counts beyond the tree
        (("a",), (), "a/b", None),
        ((), (), "", None),
    ],
)
def test_root(
    tmp_path: Path, folders: tuple[str, ...], rooted: tuple[str, ...], git: str, wanted: str | None
) -> None:
    found = root_of(tree(tmp_path, *folders, rooted=rooted, git=git))
    assert (found is None) if wanted is None else (found is not None and f'"{wanted}"' in found)


def test_root_must_be_true_and_not_only_there(tmp_path: Path) -> None:
    place = tree(tmp_path, "a/b")
    write(tmp_path / "a", {"copydesk.toml": "root = false\n"})
    assert 'title = "a/b"' in str(root_of(place))


def test_pyproject_counts_where_it_speaks_of_copydesk(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.other]\nx = 1\n"})
    assert in_folder(tmp_path) is None
    text = '[tool.ruff]\nselect = ["E"]\n# [tool.copydesk]\n\n[tool.copydesk]\nselect = 3\n'
    write(tmp_path, {"pyproject.toml": text})
    found = in_folder(tmp_path)
    assert found is not None
    assert found.data == {"select": 3}
    assert found.line_of("select") == 6
    write(tmp_path, {"copydesk.toml": "root = true\n"})
    nearer = in_folder(tmp_path)
    assert nearer is not None
    assert nearer.path.name == "copydesk.toml"


def refused(tmp_path: Path, data: bytes, name: str = "copydesk.toml") -> Failure:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CopydeskError) as caught:
        read(tmp_path / name, "shown.toml")
    return caught.value.failure


@pytest.mark.parametrize(
    ("data", "words", "line", "column"),
    [
        (b"a = 1\nb = = 2\n", "is not valid TOML", 2, 5),
        (b"\xef\xbb\xbfa = 1\r\nb\r\n", "is not valid TOML", 2, 2),
        (b"a = 1\nb = '\xff'\n", "is not UTF-8", 2, 6),
        (b"\xef\xbb\xbfa = 1\r\nb = '\xff'\n", "is not UTF-8", 2, 6),
        (b"a = " + b"[" * 20_000, "nested too deeply", 0, 0),
        (b"a = " + b"9" * 5_000, "too many digits", 0, 0),
    ],
)
def test_files_that_cannot_be_read(
    tmp_path: Path, data: bytes, words: str, line: int, column: int
) -> None:
    failure = refused(tmp_path, data)
    assert words in failure.message
    assert (failure.line, failure.column) == (line, column)
    assert failure.path == "shown.toml"


@pytest.mark.parametrize("data", [b"[tool]\ncopydesk = 3\n"])
def test_pyproject_with_another_shape(tmp_path: Path, data: bytes) -> None:
    assert "takes a table" in refused(tmp_path, data, "pyproject.toml").message


def test_pyproject_whose_tool_is_no_table(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "tool = 3\n"})
    assert in_folder(tmp_path) is None


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CopydeskError, match="no such file"):
        read(tmp_path / "copydesk.toml")


def test_lines_of_nested_keys(tmp_path: Path) -> None:
    text = (
        "# kind = 1\n[targets.one]\nkind = 'a'\n\n[targets.two]\n"
        "kind = 'b'\n[rules]\n\"x.y\" = 'off'\ncheck = { fail-on = 'x' }\n"
    )
    write(tmp_path, {"copydesk.toml": text})
    file = in_folder(tmp_path)
    assert file is not None
    assert file.line_of("two", "kind") == 6
    assert file.line_of("rules", "x.y") == 8
    assert file.line_of("check", "fail-on") == 9
    assert file.line_of("nowhere") == 0
    assert file.line_of("two", "nowhere") == 5
