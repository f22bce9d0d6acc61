"""Posts that cannot be read are lost by name, with their place, and the others are checked."""

from __future__ import annotations

import os

import pytest
from cli_kit import process, write

LOST = {
    "latin-1": (b"---\ntitle: x\n---\n\nA caf\xe9.\n", "byte 0xe9 at 23 is not UTF-8", "5:6"),
    "nul": (b"We\n\nopen\0 at nine.\n", "byte 0x00 at 8", "3:5"),
    "utf-16": ("We open at nine.\n".encode("utf-16"), "0x00", "1:"),
    "never-closed": (b"---\ntitle: Fees\n\nText.\n", "never closed", "1:1"),
    "twice": (b"---\ntitle: A\ntags: [x]\ntitle: B\n---\n\nText.\n", "title twice", "4:8"),
    "twice-toml": (b'+++\ntitle = "A"\ntitle = "B"\n+++\n\nText.\n', "TOML", "3:1"),
    "deep": (b"---\ntags: " + b"[" * 8000 + b"\n---\n\nText.\n", "nested deeper", "2:"),
    "deep-block": (b"---\na:\n  " + b"- " * 4000 + b"x\n---\n\nText.\n", "nested deeper", "3:"),
    "deep-30000": (b"---\na: " + b"{a: " * 30000 + b"\n---\n\nText.\n", "larger than", "2:1"),
    "anchor": (b"---\ntitle: &a Fees\n---\n\nText.\n", "anchor or alias", "2:8"),
    "alias": (b"---\na: &x [1]\nb: [*x, *x]\n---\n\nText.\n", "anchor or alias", "2:4"),
    "tag": (b"---\na: !!python/object:os.system {}\n---\n\nx\n", "the YAML tag", "2:4"),
    "tag-apply": (b"---\na: !!python/object/apply:os.system [ls]\n---\n\nx\n", "YAML tag", "2:4"),
    "list": (b"---\nmood: calm\n- a\n---\n\nText.\n", "not valid YAML", "3:1"),
    "control": (b"---\ntitle: a\x01b\n---\n\nText.\n", "character that YAML", "2:1"),
}


@pytest.mark.parametrize("name", LOST)
def test_a_lost_post_is_named_with_its_place(copydesk, name):
    content, message, place = LOST[name]
    write(f"posts/{name}.md", content)
    write("posts/good.md")
    ran = copydesk("lint", "posts")
    assert ran.code == 2
    line = next(line for line in ran.out.splitlines() if line.startswith("failed"))
    assert f"posts/{name}.md:{place}" in line
    assert message in line
    assert "1 post checked, 1 not read" in ran.out
    assert ran.err == ""
    found = copydesk("lint", "posts", "--format", "json")
    assert found.code == 2
    (failure,) = found.json["failures"]
    assert failure["kind"] == "file"
    assert failure["path"] == f"posts/{name}.md"
    assert f"{failure['line']}:{failure['column']}".startswith(place)
    assert [file["path"] for file in found.json["files"]] == ["posts/good.md"]


def test_no_object_is_made_of_a_tag(copydesk, here):
    write("a.md", b"---\na: !!python/object/apply:os.mkdir [made]\n---\n\nx\n")
    assert copydesk("lint", "a.md").code == 2
    assert not (here / "made").exists()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("nowhere.md", "there is no such file"),
        ("folder.md", "holds no posts"),
        ("empty", "holds no posts"),
        ("table.csv", "not a kind of file that Copydesk reads (.csv)"),
        ("dangling.md", "there is no such file"),
    ],
)
def test_a_path_that_means_no_post(copydesk, here, path, message):
    (here / "folder.md").mkdir()
    (here / "empty").mkdir()
    (here / "dangling.md").symlink_to("gone.md")
    write("table.csv", "a,b\n")
    write("posts/good.md")
    ran = copydesk("lint", path, "posts/good.md")
    assert ran.code == 2
    assert f"failed {path} " in ran.out
    assert message in ran.out
    assert "1 post checked" in ran.out


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(copydesk):
    write("posts/good.md")
    write("posts/secret.md").chmod(0)
    ran = copydesk("lint")
    assert ran.code == 2
    assert "failed posts/secret.md could not be read: permission denied" in ran.out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_does_not_hang_the_run(here):
    write("posts/good.md")
    os.mkfifo(here / "posts" / "pipe.md")
    ran = process("lint", "posts")
    assert "1 post checked" in ran.out
    ran = process("lint", "posts/pipe.md", "posts/good.md")
    assert ran.code == 2
    assert "posts/pipe.md" in ran.out


def test_a_huge_file_is_refused_by_size(copydesk):
    write("huge.md", b"a" * (16 * 1024 * 1024 + 1))
    ran = copydesk("lint", "huge.md")
    assert ran.code == 2
    assert "larger than 16 MiB" in ran.out


def test_loops_of_symbolic_links_end(copydesk, here):
    write("posts/good.md")
    (here / "posts" / "again").symlink_to(here / "posts")
    (here / "posts" / "self.md").symlink_to("self.md")
    ran = copydesk("lint")
    assert "1 post checked, 1 not read" in ran.out
    assert "posts/self.md" in ran.out


def test_a_folder_that_cannot_be_opened_is_lost_not_left_out(copydesk, here, monkeypatch):
    write("posts/good.md")
    write("posts/closed/other.md")
    real = os.scandir

    def refuse(place: object) -> object:
        if str(place).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(place)

    monkeypatch.setattr("os.scandir", refuse)
    ran = copydesk("lint")
    assert ran.code == 2
    assert "failed posts/closed could not be opened: permission denied" in ran.out
