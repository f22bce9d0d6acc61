"""Which files are posts, and what is named as left out."""

from __future__ import annotations

from pathlib import Path

from core_kit import write

from copydesk.discover import Found, discover, key_of

KINDS = frozenset({".md", ".html"})


def find(root: Path, *exclude: str, outputs: tuple[str, ...] = ()) -> Found:
    return discover([root], root, KINDS, exclude, tuple(root / name for name in outputs))


def keys(root: Path, *exclude: str) -> list[str]:
    return sorted(find(root, *exclude).files)


def test_every_file_of_a_known_kind_also_hidden_ones(tmp_path: Path) -> None:
    write(
        tmp_path,
        dict.fromkeys(
            (
                "a.md",
                "B.HTML",
                "notes.docx",
                ".hidden.md",
                "_draft.md",
                "_drafts/c.md",
                ".old/d.md",
                ".git/e.md",
                "deep/.git/f.md",
                "deep/er/g.md",
                "README",
                ".md",
            ),
            "x",
        ),
    )
    assert keys(tmp_path) == sorted(
        ["a.md", "B.HTML", ".hidden.md", "_draft.md", "_drafts/c.md", ".old/d.md", "deep/er/g.md"]
    )


def test_loops_of_links_end(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.md": "x"})
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    (tmp_path / "in" / "self.md").symlink_to(tmp_path / "in" / "self.md")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    assert keys(tmp_path) == ["gone.md", "in/a.md", "in/self.md"]


def test_a_deep_tree_does_not_break_the_walk(tmp_path: Path) -> None:
    place = tmp_path
    for _ in range(300):
        place = place / "d"
        place.mkdir()
    (place / "a.md").write_text("x")
    assert len(keys(tmp_path)) == 1


def test_exclude_patterns_are_named_with_their_number(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "x", "old/b.md": "x", "old/c.md": "x", "old/d.txt": "x"})
    found = find(tmp_path, "old/", "b.md")
    assert sorted(found.files) == ["a.md"]
    assert found.left_out == {"excluded by 'old/'": 2}


def test_environments_and_own_output_are_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "x", "venv/pyvenv.cfg": "", "venv/lib/b.md": "x", "site/c.html": "x"})
    found = find(tmp_path, outputs=("site",))
    assert sorted(found.files) == ["a.md"]
    assert found.left_out == {"the Python environment venv/": 1}


def test_the_same_folder_twice_gives_each_post_once(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.md": "x"})
    found = discover([tmp_path, tmp_path / "in"], tmp_path, KINDS, (), ())
    assert list(found.files) == ["in/a.md"]


def test_keys_have_forward_slashes_below_the_root(tmp_path: Path) -> None:
    assert key_of(tmp_path / "x" / ".." / "a.md", tmp_path) == "a.md"
    assert key_of(Path("/elsewhere/a.md"), tmp_path) == "elsewhere/a.md"


def test_a_symbolic_link_out_of_the_site_is_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "secret.md").write_text("x")
    site = tmp_path / "site"
    (site / "posts").mkdir(parents=True)
    (site / "posts" / "a.md").write_text("x")
    (site / "posts" / "inside.md").symlink_to(site / "posts" / "a.md")
    (site / "posts" / "folder").symlink_to(tmp_path / "other")
    (site / "posts" / "file.md").symlink_to(tmp_path / "other" / "secret.md")
    found = discover([site / "posts"], site, frozenset({".md"}), (), ())
    assert sorted(found.files) == ["posts/a.md", "posts/inside.md"]
    assert found.left_out == {"symbolic link out of the site": 2}
