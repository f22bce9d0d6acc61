"""`init`: a working site in any folder, by questions or by flags, over nothing that is there."""

from __future__ import annotations

import os
import tomllib

import pytest
from cli_kit import BAD_DATE, GOOD, post, process, tree, write
from terminal_kit import at_terminal

from copydesk.new_site import likely_posts
from copydesk.time_zones import system_zone


@pytest.fixture(autouse=True)
def zone(monkeypatch):
    monkeypatch.setenv("TZ", "America/Denver")


def settings(folder="."):
    return tomllib.loads(tree(folder)["copydesk.toml"].decode())


def test_from_nothing_to_pages(copydesk, here):
    ran = copydesk("init", "our blog")
    assert ran.code == 0, ran.said
    assert "Made a site in our blog: posts/, templates/post.md, copydesk.toml" in ran.out
    assert "Not asked, but taken as likely: name: Our Blog; address: none" in ran.out
    assert "time zone: America/Denver; folder of posts: posts" in ran.out
    assert "cd 'our blog'" in ran.out
    assert "copydesk new " in ran.out
    os.chdir("our blog")
    ran = copydesk("lint")
    assert ran.code == 2
    assert 'Start one with `copydesk new "Title"`' in ran.said
    assert copydesk("new", "What it costs", "--name", "fees").code == 0
    draft = here / "our blog" / "posts" / "fees.md"
    text = draft.read_text() + "\nA visit costs fifty dollars.\n"
    dated = text.replace("published:", "published: 2026-03-02")
    draft.write_text(dated.replace("state: draft", "state: published"))
    ran = copydesk("lint")
    assert ran.code == 0, ran.said
    ran = copydesk("run", "--now", "2026-06-01T12:00:00Z")
    assert ran.code == 0, ran.said
    page = (here / "our blog" / "site" / "fees.html").read_text()
    assert "What it costs" in page
    assert "Our Blog" in page
    assert "Write below" not in page
    assert copydesk("check").code == 0
    assert copydesk("doctor").code == 0


def test_flags(copydesk, here):
    ran = copydesk(
        "init", "--title", 'Our "blog" é', "--url", "www.clinic.example", "--timezone",
        "Europe/Berlin", "--posts", "texts/blog",
    )  # fmt: skip
    assert ran.code == 0, ran.said
    assert "taken as likely" not in ran.out
    made = settings()
    assert made["site-title"] == 'Our "blog" é'
    assert made["site-url"] == "https://www.clinic.example"
    assert made["timezone"] == "Europe/Berlin"
    assert made["posts"] == "texts/blog"
    assert made["root"] is True
    assert (here / "texts" / "blog").is_dir()


@pytest.mark.parametrize(
    ("flag", "value", "words"),
    [
        ("--timezone", "Europe/Berln", "did you mean Europe/Berlin?"),
        ("--url", "ftp://x.example", "--url should be an address that begins with https://"),
        ("--posts", "../texts", "--posts should be a folder inside the site"),
        ("--posts", "/tmp", "--posts should be a folder inside the site"),
        ("--posts", "", "--posts should be a folder inside the site"),
        ("--posts", "site/posts", "--posts is a folder that programs write into"),
        ("--posts", "notes.md", "--posts is the name of a file there"),
    ],
)
def test_flags_that_cannot_be_used(copydesk, here, flag, value, words):
    write("notes.md")
    before = tree()
    ran = copydesk("init", flag, value)
    assert ran.code == 2
    assert words in ran.err
    assert tree() == before


@pytest.mark.parametrize(
    ("files", "folder", "count"),
    [
        (["content/blog/a.md", "content/blog/20/b.markdown", "content/c.md"], "content/blog", 2),
        (["_posts/2020-01-01-a.md", "about.md"], "_posts", 1),
        (["a.md", "b.txt", "README.md", "LICENSE.txt", "index.html"], ".", 2),
        (["posts/notes.docx", "blog/a.html"], "blog", 1),
        (["README.md", "photo.png", "docs/a.md"], "posts", 0),
        (["content/a.md", "posts/.hidden.md"], "content", 1),
    ],
)  # fmt: skip
def test_posts_that_are_there_are_found(copydesk, here, files, folder, count):
    for name in files:
        write(name)
    assert likely_posts(here) == (folder, count)
    before = tree()
    assert copydesk("init").code == 0
    assert settings()["posts"] == folder
    for name, data in before.items():
        assert tree()[name] == data
    ran = copydesk("lint", "--format", "json")
    assert ran.json["summary"]["posts"] == count
    assert ran.code == (0 if count else 2)


def test_new_drafts_join_posts_in_the_root(copydesk, here):
    """Without settings, a new folder posts/ would make all other posts vanish from the site."""
    write("fees.md", post("Fees"))
    assert copydesk("new", "Opening hours").code == 0
    assert (here / "opening-hours.md").is_file()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("copydesk.toml", "root = true\n"),
        ("copydesk.toml", ""),
        ("pyproject.toml", "[tool.copydesk]\ntimezone = 'UTC'\n"),
    ],
)
def test_a_site_is_never_made_anew(copydesk, here, name, text):
    write(name, text)
    before = tree()
    ran = copydesk("init", "--title", "Another")
    assert ran.code == 2
    assert "is a site already, so nothing was written" in ran.err
    assert tree() == before


def test_a_folder_of_another_site(copydesk, here):
    write("copydesk.toml", "root = true\n")
    ran = copydesk("init", "posts/new")
    assert ran.code == 2
    assert "belongs to the site of copydesk.toml, so nothing was written" in ran.err
    assert not (here / "posts").exists()


def test_a_clinic_below_shared_settings(copydesk, here):
    write("copydesk.toml", 'language = "en"\n')
    assert copydesk("init", "north").code == 0
    write("north/posts/hours.md", BAD_DATE)
    assert copydesk("lint", "north").code == 1


def test_settings_that_cannot_be_read(copydesk, here):
    write("copydesk.toml", "root = \n")
    ran = copydesk("init", "north")
    assert ran.code == 2
    assert "copydesk.toml:1:8 is not valid TOML" in ran.err
    assert list(tree()) == ["copydesk.toml"]


def test_what_is_there_is_left_as_it_is(copydesk, here):
    write("templates/post.md", "---\ntitle:\n---\n\nOurs, {{ author }}.\n")
    write("posts/fees.md", GOOD)
    write(".gitignore", "site/\n")
    (here / ".git").mkdir()
    before = tree()
    ran = copydesk("init")
    assert ran.code == 0
    assert "templates/post.md was there already and was left as it is." in ran.out
    assert "add the line site-preview/ to your .gitignore" in ran.out
    assert {name: tree()[name] for name in before} == before
    assert copydesk("new", "Hours", "--author", "Mara").code == 0
    assert "\nOurs, Mara.\n" in tree()["posts/hours.md"].decode()


def test_links_that_lead_out(copydesk, here, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (here / "templates").symlink_to(outside)
    ran = copydesk("init")
    assert ran.code == 2
    assert "leads out of the folder, so nothing was written" in ran.err
    assert list(outside.iterdir()) == []
    assert not (here / "copydesk.toml").exists()
    (here / "copydesk.toml").symlink_to(outside / "elsewhere.toml")
    assert "is a site already" in copydesk("init").err
    assert list(outside.iterdir()) == []


def test_a_folder_that_cannot_be_made(copydesk, here):
    write("file")
    ran = copydesk("init", "file/blog")
    assert ran.code == 2
    assert "could not be made a site: not a directory" in ran.err


def test_a_name_that_could_steer_the_terminal(copydesk, here):
    ran = copydesk("init", "a\x1b[31mb", "--title", 'x\n"]\x1b')
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert settings("a\x1b[31mb")["site-title"] == 'x "]'


def test_the_questions(here):
    """On a terminal each question takes an answer, shows what is likely, and asks again."""
    write("blog/fees.md")
    code, seen = at_terminal(
        "init",
        answers={
            "Name of the blog [Practice]: ": ["Our blog"],
            "there is none yet): ": ["clinic.example/blog"],
            "Time zone [America/Denver]: ": ["Europe/Berln", "Europe/Berlin"],
            "Folder of the posts [blog]: ": [""],
        },
    )
    assert code == 0, seen
    assert "Found 1 post in blog." in seen
    assert "did you mean Europe/Berlin?" in seen
    assert "taken as likely" not in seen
    made = settings()
    assert made["site-title"] == "Our blog"
    assert made["site-url"] == "https://clinic.example/blog"
    assert made["timezone"] == "Europe/Berlin"
    assert made["posts"] == "blog"


def test_without_a_terminal_nothing_is_asked(here):
    ran = process("init")
    assert ran.code == 0
    assert "Not asked, but taken as likely" in ran.out


def test_guessing_the_time_zone(tmp_path, monkeypatch):
    zones = tmp_path / "share" / "zoneinfo"
    berlin = write(zones / "Europe" / "Berlin", "TZif")
    link = tmp_path / "localtime"
    link.symlink_to(berlin)
    name = write(tmp_path / "timezone", "Asia/Tokyo\n")
    nothing = tmp_path / "nothing"
    monkeypatch.delenv("TZ")
    assert system_zone(link, name) == "Europe/Berlin"
    assert system_zone(nothing, name) == "Asia/Tokyo"
    assert system_zone(nothing, nothing) == ""
    monkeypatch.setenv("TZ", ":America/Lima")
    assert system_zone(link, name) == "America/Lima"
    for odd in ("EST5EDT,M3.2.0", "/etc/passwd", "../../etc/passwd", "Mars/Base", "x" * 300):
        monkeypatch.setenv("TZ", odd)
        assert system_zone(link, name) == "Europe/Berlin"
    write(name, "\xff\xfe")
    assert system_zone(nothing, name) == ""
