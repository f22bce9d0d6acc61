"""A folder that is no site means those below it; what lies beside them is never passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from core_kit import write

from copydesk import sites_below
from copydesk.config import Flags
from copydesk.site import open_site
from copydesk.site_search import FoundSites, find_sites

ROOT = "root = true\n"


def found(*paths: Path) -> FoundSites:
    return find_sites(paths, None, Flags())


def folders(sites: FoundSites, top: Path) -> list[str]:
    return [config.root.relative_to(top).as_posix() for config, _ in sites.sites]


def said(sites: FoundSites) -> list[str]:
    apart, _ = sites.apart(frozenset({".md"}))
    return [f"{each.path}: {each.message}" for each in (*sites.all_failures(), *apart)]


def clinics(top: Path, *names: str) -> Path:
    return write(
        top,
        {f"clinics/{name}/copydesk.toml": ROOT for name in names}
        | {f"clinics/{name}/posts/a.md": "x" for name in names},
    )


def test_a_folder_above_roots_means_all_of_them_sorted(tmp_path: Path) -> None:
    clinics(tmp_path, "south", "east", "north")
    write(tmp_path, {"a/b/c/pyproject.toml": "[tool.copydesk]\nroot = true\n"})
    for path in (tmp_path, tmp_path / "clinics"):
        sites = found(path)
        assert folders(sites, tmp_path)[-3:] == ["clinics/east", "clinics/north", "clinics/south"]
        assert not said(sites)
    assert folders(found(tmp_path), tmp_path)[0] == "a/b/c"


def test_the_paths_of_a_run_are_joined_for_each_site(tmp_path: Path) -> None:
    clinics(tmp_path, "north", "south")
    post = tmp_path / "clinics/north/posts/a.md"
    sites = found(post, tmp_path)
    assert [paths for _, paths in sites.sites] == [
        [post, tmp_path / "clinics/north"],
        [tmp_path / "clinics/south"],
    ]


@pytest.mark.parametrize(
    "hidden",
    [".git/x", ".venv/lib", "node_modules/theme", ".cache", "__pycache__", "env/example"],
)
def test_folders_of_tools_hold_no_sites(tmp_path: Path, hidden: str) -> None:
    clinics(tmp_path, "north")
    write(tmp_path, {f"{hidden}/copydesk.toml": ROOT, f"{hidden}/a.md": "x", "env/pyvenv.cfg": ""})
    sites = found(tmp_path)
    assert folders(sites, tmp_path) == ["clinics/north"]
    assert sites.apart(frozenset({".md"})) == ([], {})


def test_links_are_not_followed(tmp_path: Path) -> None:
    clinics(tmp_path / "repo", "north")
    clinics(tmp_path / "elsewhere", "south")
    (tmp_path / "repo/link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "repo/loop").symlink_to(tmp_path / "repo")
    (tmp_path / "repo/self.md").symlink_to("self.md")
    assert folders(found(tmp_path / "repo"), tmp_path / "repo") == ["clinics/north"]


def test_what_lies_inside_a_site_is_not_searched(tmp_path: Path) -> None:
    clinics(tmp_path, "north")
    write(tmp_path, {"clinics/north/old/copydesk.toml": ROOT})
    assert folders(found(tmp_path), tmp_path) == ["clinics/north"]


def test_files_in_no_site_are_named_and_counted(tmp_path: Path) -> None:
    clinics(tmp_path, "north")
    write(tmp_path, {f"{name}.md": "x" for name in "abcde"} | {"f.toml": ""})
    failures, left_out = found(tmp_path).apart(frozenset({".md"}))
    assert not failures
    [(reason, number)] = left_out.items()
    assert number == 5
    assert reason.startswith("files in no site (") and reason.endswith("c.md and 2 more)")


def test_what_a_site_writes_elsewhere_is_no_file_in_no_site(tmp_path: Path) -> None:
    clinics(tmp_path, "north")
    write(
        tmp_path,
        {
            "clinics/north/copydesk.toml": ROOT
            + '[targets.web]\nkind = "folder"\npath = "../../public/north"\n',
            "public/north/a.html": "x",
            "public/north-preview/a.html": "x",
        },
    )
    assert found(tmp_path).apart(frozenset({".html"})) == ([], {})


def test_a_configuration_that_is_no_root_is_told_how_to_become_one(tmp_path: Path) -> None:
    clinics(tmp_path, "north")
    write(tmp_path, {"clinics/south/copydesk.toml": "", "clinics/south/posts/a.md": "x"})
    [line] = said(found(tmp_path))
    assert "clinics/south/copydesk.toml" in line
    assert "does not say root = true, so the post below it belongs to no site" in line
    [failure] = found(tmp_path).apart(frozenset({".md"}))[0]
    assert "write root = true into it" in failure.help


def test_a_configuration_without_posts_disturbs_nobody(tmp_path: Path) -> None:
    clinics(tmp_path, "north")
    write(tmp_path, {"shared/copydesk.toml": "[rules]\n"})
    assert not said(found(tmp_path))


@pytest.mark.parametrize("place", ["copydesk.toml", "clinics/copydesk.toml"])
def test_settings_above_sites_that_count_for_none_of_them(tmp_path: Path, place: str) -> None:
    clinics(tmp_path, "north")
    write(tmp_path, {place: 'timezone = "UTC"\n'})
    [line] = said(found(tmp_path))
    assert "counts for none of the sites below it" in line
    way = "../../copydesk.toml" if place == "copydesk.toml" else "../copydesk.toml"
    assert f'extends = "{way}"' in found(tmp_path).apart(frozenset())[0][0].help
    write(tmp_path, {"clinics/north/copydesk.toml": ROOT + f'extends = "{way}"\n'})
    sites = found(tmp_path)
    assert not said(sites)
    assert sites.sites[0][0].get("timezone") == "UTC"


def test_a_blog_above_others_keeps_its_own_posts(tmp_path: Path) -> None:
    clinics(tmp_path, "north")
    write(tmp_path, {"copydesk.toml": "", "posts/a.md": "x"})
    sites = found(tmp_path)
    assert folders(sites, tmp_path) == [".", "clinics/north"]
    assert not said(sites)


def test_what_lies_beside_a_blog_at_the_top_is_its_business_but_for_other_settings(
    tmp_path: Path,
) -> None:
    clinics(tmp_path, "north")
    write(
        tmp_path,
        {
            "copydesk.toml": "",
            "README.md": "x",
            "posts/a.md": "x",
            "posts/drafts/copydesk.toml": "[rules]\n",
            "posts/drafts/b.md": "x",
        },
    )
    assert found(tmp_path).apart(frozenset({".md"})) == ([], {})
    write(tmp_path, {"clinics/south/copydesk.toml": "", "clinics/south/posts/a.md": "x"})
    [line] = said(found(tmp_path))
    assert "clinics/south/copydesk.toml" in line


def test_a_folder_of_sites_beside_the_posts_of_a_blog_above(tmp_path: Path) -> None:
    clinics(tmp_path, "north")
    write(tmp_path, {".git/HEAD": "", "copydesk.toml": "", "posts/a.md": "x"})
    sites = found(tmp_path / "clinics")
    assert folders(sites, tmp_path) == ["clinics/north"]
    assert not said(sites)


def test_sites_among_the_posts_of_a_blog_above(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".git/HEAD": "",
            "copydesk.toml": 'posts = "."\n',
            "old/a.md": "x",
            "old/north/copydesk.toml": ROOT,
            "old/north/posts/b.md": "x",
        },
    )
    sites = found(tmp_path / "old")
    assert sorted(folders(sites, tmp_path)) == [".", "old/north"]
    upper = next(pair for pair in sites.sites if pair[0].root == tmp_path)
    site, failures = open_site(*upper, frozenset({".md"}))
    assert (list(site.files), failures) == (["old/a.md"], [])


def test_settings_that_cannot_be_read_and_are_no_root(tmp_path: Path) -> None:
    write(tmp_path, {"posts/a.md": "x", "posts/drafts/copydesk.toml": "[rules"})
    assert folders(found(tmp_path), tmp_path) == ["."]
    clinics(tmp_path, "north")
    sites = found(tmp_path)
    assert folders(sites, tmp_path) == ["clinics/north"]
    assert any("is not valid TOML" in line for line in said(sites))


def test_a_root_below_a_root_is_named_unless_it_is_left_out(tmp_path: Path) -> None:
    clinics(tmp_path, "north")
    write(tmp_path, {"copydesk.toml": ROOT, "posts/a.md": "x"})
    sites = found(tmp_path)
    assert folders(sites, tmp_path) == ["."]
    [line] = said(sites)
    assert "clinics/north/copydesk.toml" in line
    assert "the topmost one counts" in line
    write(tmp_path, {"copydesk.toml": ROOT + 'exclude = ["clinics/"]\n'})
    assert not said(found(tmp_path))


def test_one_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    clinics(tmp_path, "east", "north", "south", "west")
    write(
        tmp_path,
        {
            "clinics/north/copydesk.toml": ROOT + "rules = [",
            "clinics/south/copydesk.toml": ROOT + 'colour = "red"\n',
        },
    )
    sites = found(tmp_path)
    assert folders(sites, tmp_path) == ["clinics/east", "clinics/west"]
    assert sorted(root.name for root in sites.unread) == ["north", "south"]
    assert len(said(sites)) == 2


def test_a_broken_pyproject_of_somebody_else_is_none_of_our_business(tmp_path: Path) -> None:
    clinics(tmp_path, "north")
    write(tmp_path, {"template/pyproject.toml": "{{ cookiecutter }}"})
    sites = found(tmp_path)
    assert folders(sites, tmp_path) == ["clinics/north"]
    assert not said(sites)


def test_more_folders_than_anybody_would_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinics(tmp_path, "east", "north", "south")
    monkeypatch.setattr(sites_below, "MOST_FOLDERS", 3)
    [line] = said(found(tmp_path))
    assert "too many to look for sites in" in line
    write(tmp_path, {"copydesk.toml": ROOT})
    assert folders(found(tmp_path), tmp_path) == ["."]


def test_without_roots_below_a_folder_is_one_site_as_ever(tmp_path: Path) -> None:
    write(tmp_path, {"a/copydesk.toml": "", "a/x.md": "x", "b/y.md": "x"})
    sites = found(tmp_path)
    assert folders(sites, tmp_path) == ["."]
    assert not said(sites)
