"""What must never take a page down: a folder that is gone, a copied id, an odd name."""

from __future__ import annotations

import os
import shutil
import sys

import pytest
from cli_kit import NOW, post, tree, write


@pytest.fixture
def site(here, copydesk):
    write("copydesk.toml", "root = true\n")
    write("posts/fees.md", post("Fees", "A visit costs fifty dollars.", day=3))
    write("posts/more/bring.md", post("What to bring", day=4))
    assert copydesk("run", "--now", NOW).code == 0
    return here


@pytest.mark.parametrize("command", ["run", "publish"])
@pytest.mark.parametrize("how", ["empty", "gone"])
def test_a_site_without_its_posts_is_not_taken_down(copydesk, site, command, how):
    before = tree("site")
    shutil.rmtree(site / "posts")
    if how == "empty":
        (site / "posts").mkdir()
    ran = copydesk(command, "--now", NOW)
    assert ran.code == 2
    assert tree("site") == before


@pytest.mark.parametrize("command", ["run", "publish"])
def test_a_folder_that_cannot_be_opened_takes_nothing_down(copydesk, site, command, monkeypatch):
    before = tree("site")
    real = os.scandir

    def refuse(place: object = ".") -> object:
        if str(place).endswith("more"):
            raise PermissionError(13, "Permission denied")
        return real(place)

    monkeypatch.setattr("os.scandir", refuse)
    ran = copydesk(command, "--now", NOW)
    monkeypatch.undo()
    assert ran.code == 2
    assert tree(site / "site") == before


def test_a_copy_with_the_same_id_takes_nothing_down(copydesk, site):
    page = (site / "site" / "fees.html").read_bytes()
    shutil.copy(site / "posts" / "fees.md", site / "posts" / "winter-fees.md")
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 1
    assert "basics.duplicate-id" in ran.out
    assert (site / "site" / "fees.html").read_bytes() == page


def test_run_of_a_post_that_is_gone_takes_nothing_down(copydesk, site):
    before = tree("site")
    (site / "posts" / "fees.md").unlink()
    assert copydesk("run", "posts/fees.md", "--now", NOW).code == 2
    assert tree("site") == before


def test_run_of_an_empty_folder_takes_nothing_down(copydesk, site):
    before = tree("site")
    (site / "posts" / "none").mkdir()
    assert copydesk("run", "posts/none", "--now", NOW).code == 2
    assert tree("site") == before


@pytest.mark.parametrize(
    "folder", ["site", ".copydesk", "site/fees.html"], ids=["site", "ledger", "page"]
)
def test_a_file_where_a_folder_belongs(copydesk, here, folder):
    write("posts/fees.md", post("Fees", day=3, id="fees"))
    if folder.endswith(".html"):
        (here / folder).mkdir(parents=True)
    else:
        write(folder, "mine")
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 2
    assert "Traceback" not in ran.said
    assert folder.rpartition("/")[2] in ran.said


@pytest.mark.skipif(sys.platform != "linux", reason="names that are not UTF-8 exist on Linux only")
def test_a_name_that_is_not_utf_8(copydesk, here):
    write("posts/" + os.fsdecode(b"caf\xe9.md"), post("Fees", day=3))
    assert copydesk("lint", "--format", "json").json["summary"]["posts"] == 1
    for command in (["plan", "--out", "plan.json"], ["run"], ["run"], ["plan", "--format", "json"]):
        ran = copydesk(*command, "--now", NOW)
        assert ran.code == 0, ran.said
    assert len(list((here / "site").glob("*.html"))) == 2


def test_a_path_given_twice_is_checked_once(copydesk, here):
    write("posts/fees.md", post("Fees"))
    for paths in (["posts", "posts"], ["posts/fees.md", "posts"], ["posts/fees.md"] * 2):
        found = copydesk("lint", *paths, "--format", "json").json
        assert [each["path"] for each in found["files"]] == ["posts/fees.md"]


def test_a_slip_in_the_state_takes_nothing_down(copydesk, site):
    page = (site / "site" / "fees.html").read_bytes()
    source = site / "posts" / "fees.md"
    source.write_text(source.read_text().replace("state: published", "state: publishd"))
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 1
    assert "Its state could not be read" in ran.out
    assert (site / "site" / "fees.html").read_bytes() == page


def test_a_slip_in_the_state_of_a_draft_fails_nothing(copydesk, site):
    write("posts/new.md", post("New", state="drafft"))
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0
    assert not (site / "site" / "new.html").exists()
