"""`run`, `plan` and `publish` on a small site without configuration."""

from __future__ import annotations

import json

import pytest
from cli_kit import NOW, post, three_posts, times, tree, write


@pytest.fixture
def site(here):
    three_posts()
    return here


def test_a_first_run_makes_pages_and_previews(copydesk, site):
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0, ran.said
    assert set(tree("site")) == {"fees.html", "index.html", "feed.xml", "style.css"}
    assert set(tree("site-preview")) == {"idea.html", "later.html", "index.html", "style.css"}
    assert "Done: 1 post is on the site;" in ran.out
    assert "Open: site/index.html" in ran.out
    assert "Previews: site-preview/index.html" in ran.out


def test_previews_are_never_in_the_index_the_feed_or_the_sitemap(copydesk, site):
    write("copydesk.toml", 'root = true\nsite-url = "https://blog.example/"\n')
    assert copydesk("run", "--now", NOW).code == 0
    public = {name: data.decode() for name, data in tree("site").items()}
    assert set(public) >= {"index.html", "feed.xml", "sitemap.xml"}
    for name, text in public.items():
        assert "An idea" not in text, name
        assert "idea.html" not in text, name
        assert "later.html" not in text, name
    for name, data in tree("site-preview").items():
        if name.endswith(".html"):
            assert b"noindex" in data, name


def test_a_second_run_writes_nothing(copydesk, site):
    copydesk("run", "--now", NOW)
    before, stamps = tree(), times(".")
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0
    assert "0 files written or removed" in ran.out
    assert tree() == before
    assert times(".") == stamps


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("style", ["yaml", "toml", "blank"])
def test_the_id_is_added_and_every_other_byte_stays(copydesk, here, newline, bom, style):
    fence, is_, line = {
        "yaml": (b"---", b": ", b'id: "fees"'),
        "toml": (b"+++", b" = ", b'id = "fees"'),
        "blank": (b"---  ", b": ", b'id: "fees"'),
    }[style]
    quote = b'"' if style == "toml" else b""
    lines = [
        fence,
        b"title" + is_ + b'"Fees \xf0\x9f\x92\xb6"',
        b"state" + is_ + b'"published"',
        b"published" + is_ + quote + b"2026-03-02T09:00:00Z" + quote,
        fence.strip(),
        b"",
        b"A visit costs fifty dollars.  ",
        b"Come\xe2\x80\xa8in.",
    ]
    write("posts/fees.md", bom + newline.join(lines))
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0, ran.said
    lines.insert(1, line)
    assert (here / "posts" / "fees.md").read_bytes() == bom + newline.join(lines)
    assert copydesk("run", "--now", NOW).code == 0
    assert (here / "posts" / "fees.md").read_bytes() == bom + newline.join(lines)


def test_the_id_keeps_the_page_when_title_slug_and_file_change(copydesk, site):
    copydesk("run", "--now", NOW)
    text = (site / "posts" / "fees.md").read_text()
    (site / "posts" / "fees.md").unlink()
    write("posts/prices.md", text.replace("Fees", "Prices"))
    ran = copydesk("run", "--now", NOW)
    assert ran.code == 0, ran.said
    assert "It moves from fees.html to prices.html." in ran.out
    assert "Prices" in (site / "site" / "prices.html").read_text()
    ledger = json.loads((site / ".copydesk" / "folder.json").read_text())
    assert list(ledger["posts"]) == ["fees"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_plan_writes_nothing_at_all(copydesk, site, form):
    before, stamps = tree(), times(".")
    ran = copydesk("plan", "--now", NOW, "--format", form)
    assert ran.code == 0
    assert (tree(), times(".")) == (before, stamps)
    if form == "json":
        (plan,) = ran.json["plans"]
        actions = {change["name"]: change["action"] for change in plan["changes"]}
        assert (actions["fees"], actions["idea"], actions["later"]) == (
            "create",
            "draft",
            "not yet due",
        )
        assert ran.json["receipts"] == []
    else:
        assert 'new       "Fees"   fees.html   posts/fees.md' in ran.out
        assert "posts/fees.md   gets the id fees in its front matter" in ran.out


def test_a_saved_plan_is_carried_out(copydesk, site):
    ran = copydesk("plan", "--now", NOW, "--out", "plan.json")
    assert "publish --plan plan.json" in ran.err
    ran = copydesk("publish", "--plan", "plan.json", "--now", NOW)
    assert ran.code == 0, ran.said
    assert (site / "site" / "fees.html").exists()
    assert not (site / "site-preview").exists()


@pytest.mark.parametrize("what", ["edit", "add", "remove"])
def test_a_saved_plan_is_refused_when_a_source_moved(copydesk, site, what):
    copydesk("plan", "--now", NOW, "--out", "plan.json")
    if what == "edit":
        write("posts/fees.md", post("Fees", "A visit costs sixty dollars.", day=3))
    elif what == "add":
        write("posts/more.md", post("More", day=4))
    else:
        (site / "posts" / "fees.md").unlink()
    before = tree()
    ran = copydesk("publish", "--plan", "plan.json", "--now", NOW)
    assert ran.code == 2
    assert "nothing was published, because things moved" in ran.err
    assert "more" in ran.err if what == "add" else "fees" in ran.err
    assert tree() == before


@pytest.mark.parametrize("text", ["", "{}", '{"version": 1, "plans": [1]}', "[" * 100_000])
def test_a_file_that_is_no_plan(copydesk, site, text):
    write("plan.json", text)
    ran = copydesk("publish", "--plan", "plan.json")
    assert ran.code == 2
    assert "is no plan" in ran.err
    assert not (site / "site").exists()


def test_a_plan_that_is_not_there(copydesk, site):
    ran = copydesk("publish", "--plan", "none.json")
    assert ran.code == 2
    assert "none.json" in ran.err


def test_now_makes_a_scheduled_post_due(copydesk, site):
    copydesk("run", "--now", NOW)
    ran = copydesk("run", "--now", "2027-01-05T08:59:59Z")
    assert not (site / "site" / "later.html").exists()
    ran = copydesk("run", "--now", "2027-01-05T09:00:00Z")
    assert ran.code == 0, ran.said
    assert (site / "site" / "later.html").exists()
    assert not (site / "site-preview" / "later.html").exists()
    assert 'rel="next"' in (site / "site" / "fees.html").read_text()


def test_two_sites_in_one_run(copydesk, here):
    for name in ("north", "south"):
        write(f"{name}/copydesk.toml", "root = true\n")
        write(f"{name}/posts/fees.md", post(f"Fees {name}", day=3))
    ran = copydesk("run", "north", "south", "--now", NOW)
    assert ran.code == 0, ran.said
    assert "Fees north" in (here / "north/site/fees.html").read_text()
    assert "Fees south" in (here / "south/site/fees.html").read_text()
    assert "Done: 1 post is on the site; 4 files written or removed." not in ran.out


def test_publish_to_a_site_outside_the_working_folder(copydesk, here, tmp_path):
    write(tmp_path / "other/posts/fees.md", post("Fees", day=3))
    ran = copydesk("run", tmp_path / "other" / "posts", "--now", NOW)
    assert ran.code == 0, ran.said
    assert (tmp_path / "other/site/fees.html").exists()
    assert tree(here) == {}


def test_a_title_cannot_steer_the_terminal(copydesk, here):
    write("posts/fees.md", post("Fees\\e[2J", day=3))
    write("posts/a\x1b[2Jb.md", post("Idea", updated="2026-02-30"))
    for command in ("plan", "run"):
        ran = copydesk(command, "--now", NOW)
        assert ran.code == 0
        assert "\x1b" not in ran.said
