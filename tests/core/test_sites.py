"""Which site a path belongs to, which posts it means, and paths that mean none."""

from __future__ import annotations

from pathlib import Path

import pytest
from core_kit import write

from copydesk.config import Flags
from copydesk.model.finding import Failure
from copydesk.site import Site, open_site
from copydesk.site_search import find_sites

KINDS = frozenset({".md"})


def opened(*paths: Path) -> tuple[Site, list[Failure]]:
    [(config, mine)] = find_sites(paths, None, Flags()).sites
    return open_site(config, mine, KINDS)


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return write(
        tmp_path / "blog",
        {"posts/a.md": "x", "posts/sub/b.md": "x", "other/c.md": "x", "notes.docx": "x"},
    )


def test_without_configuration_a_folder_called_posts_belongs_to_its_parent(blog: Path) -> None:
    site, failures = opened(blog / "posts")
    assert (site.root, failures, site.asked) == (blog, [], None)
    assert list(site.files) == ["posts/a.md", "posts/sub/b.md"]


def test_the_whole_site_is_indexed_but_only_the_path_is_asked_for(blog: Path) -> None:
    site, failures = opened(blog / "posts" / "a.md")
    assert not failures
    assert site.asked == {"posts/a.md"}
    assert site.wants("posts/a.md")
    assert not site.wants("posts/sub/b.md")
    assert set(site.files) == {"posts/a.md", "posts/sub/b.md"}


def test_a_folder_beside_the_posts(blog: Path) -> None:
    write(blog, {"copydesk.toml": ""})
    site, failures = opened(blog / "other")
    assert not failures
    assert site.asked == {"other/c.md"}
    assert len(site.files) == 3


def test_the_folder_given_is_the_site_and_never_the_working_folder(
    blog: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(blog.parent)
    site, _ = opened(Path("blog/other"))
    assert site.root == blog / "other"
    assert list(site.files) == ["c.md"]
    monkeypatch.chdir(blog)
    [(config, paths)] = find_sites([], None, Flags()).sites
    assert (config.root, paths) == (blog, [Path()])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty", "holds no posts"),
        ("notes.docx", "is not a kind of file that Copydesk reads (.docx)"),
        ("copydesk", "is not a kind of file that Copydesk reads (no ending)"),
    ],
)
def test_paths_that_mean_no_post(blog: Path, name: str, words: str) -> None:
    write(blog, {"copydesk.toml": "", "copydesk": ""})
    (blog / "empty").mkdir()
    _, [failure] = opened(blog / name)
    assert words in failure.message
    assert failure.path.endswith(name)


def test_a_site_without_posts(tmp_path: Path) -> None:
    write(tmp_path, {"copydesk.toml": 'posts = "articles"\n', "a.md": "x"})
    site, [failure] = opened(tmp_path)
    assert "holds no posts" in failure.message
    assert not site.files


def test_a_file_that_is_not_there_is_left_to_reading(blog: Path) -> None:
    site, failures = opened(blog / "posts" / "none.md")
    assert not failures
    assert site.asked == {"posts/none.md"}


def test_output_folders_and_patterns_are_named(blog: Path) -> None:
    write(
        blog,
        {
            "copydesk.toml": 'posts = "."\nexclude = ["sub/"]\n',
            "site/x.md": "x",
            "site-preview/y.md": "x",
            ".copydesk/z.md": "x",
        },
    )
    site, _ = opened(blog)
    assert list(site.files) == ["other/c.md", "posts/a.md"]
    assert site.left_out == {
        "excluded by 'sub/'": 1,
    }


def test_two_sites_in_one_run(blog: Path, tmp_path: Path) -> None:
    write(tmp_path / "two", {"copydesk.toml": "root = true\n", "posts/a.md": "x"})
    found = find_sites([blog / "posts", tmp_path / "two"], None, Flags()).sites
    assert [config.root.name for config, _ in found] == ["blog", "two"]


def test_an_explicit_configuration_makes_one_site(blog: Path, tmp_path: Path) -> None:
    write(tmp_path, {"mine.toml": 'posts = "blog/posts"\n'})
    [(config, paths)] = find_sites(
        [blog / "posts", blog / "other"], tmp_path / "mine.toml", Flags()
    ).sites
    assert config.root == tmp_path
    assert len(paths) == 2
