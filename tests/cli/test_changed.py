"""`check --changed`: which posts are looked at, which are not and why, in real repositories."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest
from cli_kit import BAD_DATE, GOOD, post, write

WEIRD = ("a b.md", "line\nbreak.md", "flower 🌼.md", "-dash.md", ":(top).md", "tab\t.md", "[x]*.md")
#: Settings of a repository that name a program.
TRAPPED = (
    "core.fsmonitor",
    "core.pager",
    "core.sshCommand",
    "core.alternateRefsCommand",
    "diff.external",
    "diff.trap.command",
    "diff.trap.textconv",
    "filter.trap.clean",
    "filter.trap.process",
    "filter.trap.smudge",
    "pager.ls-tree",
    "uploadpack.packObjectsHook",
)
PLUGIN = """
from copydesk.api import hookimpl

@hookimpl
def register_rules():
    return []
"""


def git(*arguments: str, folder: str | Path = ".") -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=Mara", "-c", "user.email=mara@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def commit(folder: str | Path = ".") -> str:
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--allow-empty", "--message", "x", folder=folder)
    return git("rev-parse", "HEAD", folder=folder)


@pytest.fixture(autouse=True)
def no_settings_of_the_machine(monkeypatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def repo(here):
    """Three posts, committed on main; each has an error, so that whoever looks says so."""
    git("init", "--quiet", "--initial-branch=main")
    write("copydesk.toml", "root = true\n")
    for name in "abc":
        write(f"posts/{name}.md", BAD_DATE + f"\nThe door is {name}.\n")
    commit()
    return here


@pytest.fixture
def looked(copydesk):
    """Return a call that says at which posts a run looked, by the JSON report."""

    def run(*arguments: object) -> list[str]:
        ran = copydesk("check", "--format", "json", *arguments)
        assert ran.code in (0, 1), ran.said
        return [file["path"] for file in ran.json["files"]]

    return run


def test_nothing_changed_is_no_failure(repo, copydesk):
    ran = copydesk("check", "--changed")
    assert ran.code == 0, ran.said
    assert "None of 3 posts changed since the last commit, so none was looked at." in ran.out


def test_what_is_not_committed_yet(repo, copydesk, looked):
    write("posts/a.md", BAD_DATE)
    write("posts/new.md", GOOD)
    assert looked("--changed") == ["posts/a.md", "posts/new.md"]
    ran = copydesk("check", "--changed")
    assert ran.code == 1
    assert "2 of 4 posts changed since the last commit and were looked at; 2 are" in ran.out
    assert ran.out.splitlines()[-1].startswith("2 posts checked; 1 error")


def test_what_is_staged_counts_and_what_was_taken_back_does_not(repo, looked):
    write("posts/a.md", BAD_DATE)
    write("posts/new.md")
    git("add", "--all")
    assert looked("--changed") == ["posts/a.md", "posts/new.md"]
    git("checkout", "HEAD", "--", "posts/a.md")
    os.utime("posts/a.md", (1, 1))
    assert looked("--changed") == ["posts/new.md"]


def test_a_branch_is_compared_with_where_it_left(repo, looked):
    git("checkout", "--quiet", "-b", "mine")
    write("posts/a.md", BAD_DATE)
    commit()
    git("checkout", "--quiet", "main")
    write("posts/b.md", BAD_DATE)
    commit()
    git("checkout", "--quiet", "mine")
    assert looked("--changed", "main") == ["posts/a.md"]
    write("posts/c.md", BAD_DATE)
    assert looked("--changed=main") == ["posts/a.md", "posts/c.md"]
    git("checkout", "--quiet", "--detach")
    assert looked("--changed", "main") == ["posts/a.md", "posts/c.md"]


def test_a_post_with_a_new_name_and_one_that_is_gone(repo, copydesk, looked):
    git("mv", "posts/a.md", "posts/z.md")
    Path("posts/b.md").unlink()
    assert looked("--changed") == ["posts/z.md"]
    summary = copydesk("check", "--changed", "--format", "json").json["summary"]["changed"]
    assert summary["gone"] == ["posts/b.md"]
    assert (summary["posts"], summary["changed"], summary["unchanged"]) == (2, 1, 1)


def test_posts_that_git_ignores(repo, copydesk, looked):
    write(".gitignore", "private*\n")
    commit()
    write("posts/private.md", BAD_DATE)
    assert looked("--changed") == []
    assert "none was looked at; 1 is ignored by git." in copydesk("check", "--changed").out
    git("add", "--force", "posts/private.md")
    assert "posts/private.md" in looked("--changed")


def test_names_that_are_hard_to_hand_on(repo, looked):
    for name in WEIRD:
        write(f"posts/{name}", BAD_DATE)
    assert looked("--changed") == sorted(f"posts/{name}" for name in WEIRD)
    commit()
    assert looked("--changed") == []
    for name in WEIRD:
        write(f"posts/{name}", GOOD)
    assert looked("--changed") == sorted(f"posts/{name}" for name in WEIRD)


def test_line_endings_alone_are_no_change(repo, looked):
    path = Path("posts/a.md")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert looked("--changed") == []


@pytest.mark.parametrize(
    "setting",
    ["copydesk.toml", "house.py", "waivers.toml", "posts/copydesk.toml", "common.toml"],
)
def test_where_the_settings_changed_all_posts_are_looked_at(repo, copydesk, looked, setting):
    write("common.toml", 'timezone = "UTC"\n')
    write("copydesk.toml", 'root = true\nextends = "common.toml"\nplugin-files = ["house.py"]\n')
    write("house.py", PLUGIN)
    commit()
    assert looked("--changed") == []
    path = Path(setting)
    write(path, (path.read_text() if path.exists() else "") + "# new\n")
    assert len(looked("--changed")) == 3
    ran = copydesk("check", "--changed")
    assert f"All 3 posts of .: looked at, because {setting} changed." in ran.out
    commit()
    assert looked("--changed") == []
    if setting in ("waivers.toml", "posts/copydesk.toml"):
        path.unlink()
        assert f"because {setting} is gone." in copydesk("check", "--changed").out


def test_a_changed_baseline_looks_at_all_posts(repo, copydesk, looked):
    assert copydesk("baseline", "write").code == 0
    assert len(looked("--changed")) == 3
    commit()
    assert looked("--changed") == []
    write("posts/a.md", BAD_DATE + "\nOne more door.\n")
    before = Path("baseline.json").read_bytes()
    assert copydesk("check", "--changed").code == 0
    assert Path("baseline.json").read_bytes() == before


def test_waivers_of_posts_that_are_as_they_were_can_wait(repo, copydesk):
    for name in "ab":
        old = Path("waivers.toml").read_text() if name == "b" else ""
        write(
            "waivers.toml",
            f'{old}[[waiver]]\npost = "posts/{name}.md"\nrule = "basics.date"\n'
            'quote = "2026-02-30"\nreason = "r"\nby = ["Mara"]\nuntil = 2026-01-01\n',
        )
    commit()
    assert copydesk("check", "--changed", "--fail-on", "info").code == 0
    write("posts/a.md", GOOD)
    ran = copydesk("check", "--changed", "--fail-on", "info")
    assert ran.code == 1
    assert ran.out.count("waivers.expired") == 1


def test_settings_outside_the_repository_may_have_changed(repo, copydesk):
    write("../common.toml", 'timezone = "UTC"\n')
    write("copydesk.toml", 'root = true\nextends = "../common.toml"\n')
    commit()
    ran = copydesk("check", "--changed")
    assert "common.toml lies outside the repository and may have changed." in ran.out
    assert "3 posts checked" in ran.out


def test_rules_for_the_whole_site_still_see_all_posts(repo, copydesk):
    write("posts/a.md", post("One", slug="same"))
    commit()
    write("posts/b.md", post("Two", slug="same"))
    found = copydesk("check", "--changed", "--format", "json").json
    [file] = found["files"]
    [finding] = [each for each in file["findings"] if each["rule"] == "basics.duplicate-slug"]
    assert finding["related"][0]["path"] == "posts/a.md"


def test_a_rule_that_tells_a_group_at_its_first_post_only(repo, copydesk):
    write(
        "house.py",
        """
from copydesk.api import Related, hookimpl, site_rule

@site_rule("house.first", summary="s", why="w", good="g", bad="b", authority="a",
           severity="error")
def first(ctx):
    one, *others = ctx.index
    yield ctx.report(one, "They belong together.",
                     related=tuple(Related("is one", e.title_span, e.key) for e in others))

@hookimpl
def register_rules():
    return [first]
""",
    )
    write("copydesk.toml", 'root = true\nplugin-files = ["house.py"]\n')
    commit()
    write("posts/c.md", GOOD)
    ran = copydesk("check", "--changed", "--select", "house")
    assert ran.code == 1
    assert "About posts/a.md: They belong together." in ran.out
    assert "posts/c.md:2:8" in ran.out


def test_a_site_below_the_top_of_its_repository(repo, looked):
    write("blogs/north/copydesk.toml", "")
    write("blogs/north/posts/n.md")
    Path("copydesk.toml").unlink()
    commit()
    assert looked("blogs/north", "--changed") == []
    write("blogs/north/posts/n.md", BAD_DATE)
    assert looked("blogs/north", "--changed") == ["blogs/north/posts/n.md"]


def test_only_the_paths_that_were_asked_for(repo, copydesk, looked):
    write("posts/a.md", GOOD)
    write("posts/b.md", GOOD)
    assert looked("--changed=HEAD", "posts/a.md", "posts/c.md") == ["posts/a.md"]
    ran = copydesk("check", "--changed=HEAD", "posts/a.md", "posts/c.md")
    assert "1 of 2 posts changed" in ran.out


def test_a_repository_with_longer_hashes(here, looked):
    git("init", "--quiet", "--object-format=sha256")
    write("posts/a.md")
    write("posts/b.md")
    commit()
    write("posts/b.md", BAD_DATE)
    assert looked("--changed") == ["posts/b.md"]


def test_another_work_tree(repo, looked, monkeypatch):
    git("worktree", "add", "--quiet", "../second", "-b", "second")
    monkeypatch.chdir("../second")
    assert looked("--changed", "main") == []
    write("posts/b.md", GOOD)
    assert looked("--changed", "main") == ["posts/b.md"]


def test_each_repository_has_its_own_history(here, looked):
    for name in ("one", "two"):
        git("init", "--quiet", "--initial-branch=main", name)
        write(f"{name}/copydesk.toml", "root = true\n")
        write(f"{name}/posts/a.md")
        commit(name)
    write("two/posts/a.md", BAD_DATE)
    assert looked("--changed=main", "one", "two") == ["two/posts/a.md"]


@pytest.mark.parametrize("kind", ["nested", "submodule"])
def test_posts_of_a_repository_inside_are_looked_at(repo, looked, kind):
    source = Path("../letters")
    git("init", "--quiet", "--initial-branch=main", str(source))
    write(source / "l.md")
    commit(source)
    if kind == "nested":
        git("clone", "--quiet", str(source), "posts/letters")
    else:
        git(
            *("-c", "protocol.file.allow=always"),
            *("submodule", "--quiet", "add", str(source.resolve()), "posts/letters"),
        )
        commit()
    assert looked("--changed") == ["posts/letters/l.md"]


def test_a_post_reached_by_a_link_is_looked_at(repo, looked):
    write("letters/l.md")
    Path("posts/l.md").symlink_to("../letters/l.md")
    commit()
    assert looked("--changed") == ["posts/l.md"]


def test_a_repository_reached_by_a_link(repo, looked, monkeypatch):
    Path("../link").symlink_to(repo)
    monkeypatch.chdir("../link")
    write("posts/b.md", GOOD)
    assert looked("--changed") == ["posts/b.md"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--changed=nope"], "there is no revision nope in the repository"),
        (["--changed=HEAD:posts/a.md"], "there is no revision HEAD:posts/a.md"),
        (["--changed=--output=x"], "'--output=x' is no revision"),
        (["--changed="], "--changed '' is no revision"),
        (["--changed=a\nb"], "is no revision"),
        (["--changed", "posts/"], "--changed takes a revision, and posts/ is a path"),
    ],
)
def test_what_is_no_revision(repo, copydesk, arguments, words):
    ran = copydesk("check", *arguments)
    assert ran.code == 2
    assert words in ran.said
    assert not Path("x").exists()


def test_the_way_out_of_a_path_taken_as_a_revision(repo, copydesk, looked):
    assert "`copydesk check --changed=HEAD posts/`" in copydesk("check", "--changed", "posts/").out
    assert looked("--changed=HEAD", "posts/") == []


def test_without_a_repository_a_commit_or_git(here, copydesk, monkeypatch):
    write("posts/a.md")
    ran = copydesk("check", "--changed")
    assert (ran.code, "is not kept in git" in ran.out) == (2, True)
    git("init", "--quiet")
    ran = copydesk("check", "--changed")
    assert (ran.code, "there is no commit in the repository" in ran.out) == (2, True)
    monkeypatch.setenv("PATH", str(here))
    ran = copydesk("check", "--changed")
    assert (ran.code, "--changed needs git" in ran.out) == (2, True)


def test_a_shallow_clone_and_strangers(repo, copydesk, monkeypatch):
    git("checkout", "--quiet", "-b", "mine")
    for name in "ab":
        write(f"posts/{name}.md", GOOD)
        commit()
    git("checkout", "--quiet", "main")
    write("posts/c.md", GOOD)
    commit()
    git("clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{repo}", "../shallow")
    git("checkout", "--quiet", "--orphan", "stranger")
    commit()
    ran = copydesk("check", "--changed", "main")
    assert ran.code == 2
    assert "no commit in common with main was found" in ran.out
    assert "Compare with the branch that this one began on." in ran.out
    monkeypatch.chdir("../shallow")
    ran = copydesk("check", "--changed", "origin/mine")
    assert ran.code == 2
    assert "because only the latest commits were fetched" in ran.out
    assert "`fetch-depth: 0`" in ran.out


def test_a_repository_of_somebody_else(repo, copydesk, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    ran = copydesk("check", "--changed")
    assert ran.code == 2
    assert "dubious ownership" in ran.out
    assert "safe.directory" in ran.out


def test_inside_a_hook_git_is_asked_about_the_site(repo, looked, monkeypatch):
    write("posts/a.md", GOOD)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.setenv(name, "/nowhere")
    assert looked("--changed") == ["posts/a.md"]


def test_nothing_that_a_repository_names_is_started(repo, looked):
    trap = write("../trap.sh", "#!/bin/sh\ntouch ../sprung\ncat\n").resolve()
    trap.chmod(0o755)
    write(".gitattributes", "*.md filter=trap diff=trap merge=trap\n")
    write(".gitignore", "x\n")
    commit()
    for hook in ("post-index-change", "post-checkout", "pre-auto-gc", "reference-transaction"):
        write(f".git/hooks/{hook}", trap.read_text()).chmod(0o755)
    for key in TRAPPED:
        git("config", key, str(trap))
    git("config", "alias.rev-parse", f"!{trap}")
    os.utime("posts/b.md", (1, 1))
    write("posts/new.md")
    Path("../sprung").unlink(missing_ok=True)
    before = Path(".git/index").read_bytes()
    assert looked("--changed") == ["posts/new.md"]
    assert not Path("../sprung").exists()
    assert Path(".git/index").read_bytes() == before
    subprocess.run(["git", "diff"], capture_output=True)
    assert Path("../sprung").exists(), "the trap does not work, so this test shows nothing"


def what_git_says() -> list[str]:
    """Return the posts that git itself holds for changed or new, and that are there."""
    base = git("merge-base", "main", "HEAD")
    told = [git("diff", "--name-only", "--no-renames", "-z", base)]
    told.append(git("ls-files", "--others", "--exclude-standard", "-z"))
    names = {name for each in told for name in each.split("\0") if name.endswith(".md")}
    return sorted(name for name in names if Path(name).exists())


@pytest.mark.parametrize("seed", range(4))
def test_the_posts_are_those_that_git_names(repo, looked, seed):
    chance = random.Random(seed)
    write(".gitignore", "posts/d*.md\n")
    for step in range(30):
        path = Path(f"posts/{chance.choice('abcdefgh')}.md")
        act = chance.choice(["write", "write", "remove", "move", "add", "commit", "reset", "main"])
        if act == "write":
            write(path, post(f"Number {chance.randrange(3)}"))
        elif act == "remove":
            path.unlink(missing_ok=True)
        elif act == "move" and path.exists():
            path.rename(path.with_stem(path.stem + chance.choice("xy")))
        elif act == "add":
            git("add", "--all")
        elif act == "commit":
            commit()
        elif act == "reset":
            git("reset", "--quiet")
        elif act == "main" and git("branch", "--show-current") == "main":
            git("checkout", "--quiet", "-b", "mine")
        if step % 3 == 2 and list(Path("posts").glob("*.md")):
            assert looked("--changed", "main") == what_git_says(), (seed, step)


@pytest.mark.parametrize("folder", ["clinics/south", "clinics/south/posts"])
def test_posts_of_a_site_whose_settings_are_gone(here, copydesk, folder):
    git("init", "--quiet")
    for name in ("clinics/north", folder):
        write(f"{name}/copydesk.toml", 'root = true\ntimezone = "UTC"\n')
    for name in ("north", "south"):
        write(f"clinics/{name}/posts/fees.md", GOOD)
    write("README.md", "# About\n")
    commit()
    Path(folder, "copydesk.toml").unlink()
    ran = copydesk("check", "--changed")
    assert ran.code == 2
    assert f"{folder}/copydesk.toml is gone, so the post below it belongs to no site" in ran.out
    Path("clinics/south/posts/fees.md").unlink()  # the site ends
    assert copydesk("check", "--changed").code == 0


def test_one_post_is_not_called_all(repo, copydesk):
    for path in Path("posts").glob("*.md"):
        path.unlink()
    write("posts/fees.md", GOOD)
    commit()
    write("copydesk.toml", 'root = true\ntimezone = "UTC"\nlanguage = "en"\n')
    assert "The only post of .: looked at, because copydesk.toml changed." in (
        copydesk("check", "--changed").out
    )
