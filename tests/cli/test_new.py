"""`new`: a draft from a title, from the site's template, never over another file."""

from __future__ import annotations

import pytest
from cli_kit import post, tree, write

from copydesk.testing import read

TEMPLATE = """\
---
title: "{{ title }}"
author: {{ author }}
written: "by {{author}} on {{ date }}"
state: published
id: taken
tags: [visits]
---

{{ title }} was begun on {{date}} by {{ author }}. {{ other }} {{ title
"""


def draft(name="posts/our-fees.md"):
    return tree()[name].decode()


def test_a_first_draft_in_an_empty_folder(copydesk, here):
    ran = copydesk("new", "Our fees: what's in #1")
    assert ran.code == 0, ran.said
    assert ran.out == (
        "wrote posts/our-fees-what-s-in-1.md\n"
        "Next: write your text into it, then: copydesk lint posts/our-fees-what-s-in-1.md\n"
    )
    found = read(draft("posts/our-fees-what-s-in-1.md")).metadata
    assert found.title == "Our fees: what's in #1"
    assert (found.slug, found.id) == ("our-fees-what-s-in-1",) * 2
    assert found.state == "draft"
    assert not found.problems
    ran = copydesk("lint", "posts")
    assert ran.code == 1
    assert "basics.empty" in ran.out, "an empty draft cannot go online"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ('"Quoted" \\ and #: [x] {y}', "quoted-and-x-y.md"),
        ("no", "no.md"),
        ("12:30", "12-30.md"),
        ("Über uns – 🙂 👩\u200d⚕️", "uber-uns.md"),
        ("睡眠について", "睡眠について.md"),
        ("🙂", "post.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("a\nb\r\n\tc\u2028d\x1b[31m", "a-b-c-d-31m.md"),
        ("\u202eabc\u200f", "abc.md"),
        ("{{ date }} {{ author }}", "date-author.md"),
        ("--- title: x", "title-x.md"),
        ("x" * 300, "x" * 100 + ".md"),
        ("睡" * 100, "睡" * 66 + ".md"),
    ],
)
def test_any_title(copydesk, here, title, name):
    write("copydesk.toml", 'root = true\npost-template = "templates/post.md"\n')
    write("templates/post.md", TEMPLATE)
    ran = copydesk("new", "--", title)
    assert ran.code == 0, ran.said
    assert "\x1b" not in ran.said
    assert list(tree("posts")) == [name]
    text = draft(f"posts/{name}")
    one_line = " ".join(title.replace("\x1b", " ").split())
    made = read(text)
    assert made.title == one_line
    assert made.metadata.state == "draft"
    assert f"\n{one_line} was begun on 20" in text


def test_a_template_of_the_site(copydesk, here):
    write(
        "copydesk.toml",
        'root = true\npost-template = "templates/post.md"\ntimezone = "Pacific/Auckland"\n'
        '[people.mara]\nname = "Mara: Ellison"\n',
    )
    write("templates/post.md", TEMPLATE)
    write("posts/other.md", post("Other", id="our-fees"))
    ran = copydesk("new", "Our fees", "--now", "2026-03-01T20:00:00Z")
    assert ran.code == 0, ran.said
    assert draft() == (
        "---\nslug: our-fees\ntitle: Our fees\n"
        'author: "Mara: Ellison"\nwritten: "by Mara: Ellison on 2026-03-02"\n'
        'state: draft\nid: "our-fees-2"\ntags: [visits]\n---\n\n'
        "Our fees was begun on 2026-03-02 by Mara: Ellison. {{ other }} {{ title\n"
    )


def test_keys_have_the_names_of_the_other_tool(copydesk, here):
    write(
        "copydesk.toml",
        'root = true\npost-template = "t.md"\n[front-matter]\nstate = "draft"\nid = "uid"\n',
    )
    write("t.md", "+++\ndraft = false\nweight = 3\n+++\n\nText.\n")
    assert copydesk("new", "Our fees").code == 0
    assert draft() == (
        '+++\ntitle = "Our fees"\nslug = "our-fees"\nuid = "our-fees"\ndraft = true\nweight = 3\n'
        "+++\n\nText.\n"
    )


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_nothing_is_overwritten(copydesk, here, there):
    path = here / "posts" / "our-fees.md"
    path.parent.mkdir()
    if there == "link":
        path.symlink_to("elsewhere.md")
    elif there == "folder":
        path.mkdir()
    else:
        path.write_text("mine")
    before = tree()
    ran = copydesk("new", "Our fees")
    assert ran.code == 2
    assert "posts/our-fees.md is there already, so nothing was written" in ran.err
    assert "--name" in ran.err
    assert tree() == before
    ran = copydesk("new", "Our fees", "--name", "Fees 2026.md")
    assert ran.code == 0
    assert "wrote posts/fees-2026.md" in ran.out


def test_another_folder(copydesk, here):
    write("copydesk.toml", 'root = true\nposts = ["blog", "news"]\n')
    assert "wrote blog/one.md" in copydesk("new", "One").out
    assert "wrote news/drafts/two.md" in copydesk("new", "Two", "--to", "news/drafts").out


@pytest.mark.parametrize("folder", ["site", "site-preview", ".copydesk", ".git", "out", "file"])
def test_folders_that_hold_no_drafts(copydesk, here, tmp_path, folder):
    write("copydesk.toml", "root = true\n")
    write("file")
    (here / "out").symlink_to(tmp_path)
    ran = copydesk("new", "One", "--to", folder)
    assert ran.code == 2
    assert not [name for name in tree() if name.endswith("one.md")]
    assert not (tmp_path / "one.md").exists()


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("missing.md", "missing.md is to be the template of new drafts"),
        ("../outside.md", "lies outside the site, so it was not read"),
        ("link.md", "lies outside the site, so it was not read"),
        ("binary.md", "binary.md:1:2 could not be read: byte 0x00"),
        ("broken.md", "broken.md:1:1 front matter opens with --- on the first line"),
        ("table.md", "table.md its front matter could not be changed"),
    ],
)
def test_templates_that_cannot_be_used(copydesk, here, tmp_path, template, words):
    write(tmp_path / "outside.md", "secret")
    (here / "link.md").symlink_to(tmp_path / "outside.md")
    write("binary.md", b"a\0b")
    write("broken.md", "---\ntitle: x\n\nText\n")
    write("table.md", "+++\n[title]\nx = 1\n+++\n")
    write("copydesk.toml", f'root = true\npost-template = "{template}"\n')
    ran = copydesk("new", "One")
    assert ran.code == 2
    assert words in ran.err
    assert not (here / "posts").exists()


def test_a_nested_file_cannot_choose_the_template(copydesk, here):
    write("copydesk.toml", "root = true\n")
    write("posts/copydesk.toml", 'post-template = "x.md"\n')
    write("posts/a.md", post("A"))
    ran = copydesk("lint", "posts")
    assert "post-template may only be set in the root configuration" in ran.said


def test_ids_are_those_of_no_other_post(copydesk, here):
    write("copydesk.toml", "root = true\n")
    for number in range(3):
        assert copydesk("new", "Fees", "--to", f"posts/{number}").code == 0
    ids = [read(text.decode()).metadata.id for text in tree("posts").values()]
    assert sorted(ids) == ["fees", "fees-2", "fees-3"]


@pytest.mark.parametrize("title", ["", "  ", "\n\t"])
def test_no_title(copydesk, here, title):
    ran = copydesk("new", title)
    assert ran.code == 2
    assert "Give the draft a title" in ran.err
    assert tree() == {}
