"""The hand-over folder: nothing twice, nothing lost, and the right links on every page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli_kit import NOW, process, times, tree, write
from handing_kit import (
    CONFIG,
    PNG,
    add,
    change,
    change_of,
    done,
    fields_of,
    links,
    make_site,
    page,
    pages,
    parsed,
    planned,
    publish,
    shown,
    source,
)

SITE = "https://www.harbour.example/blog/"


@pytest.fixture(autouse=True)
def site(here):
    make_site()
    return here


@pytest.fixture
def carried(copydesk):
    """Everything was handed over and carried over, and Copydesk has seen that."""
    publish(copydesk, "paste")
    done()
    publish(copydesk, "paste")


def index():
    return parsed(Path("handover/index.html").read_text("utf-8"))


def tasks():
    """Return the pages that the list leads to, in its order."""
    return [
        each.get("href").removeprefix("post-").removesuffix(".html")
        for each in index().findall(".//li/a")
    ]


def test_a_plan_writes_nothing(copydesk, site):
    before = tree()
    assert planned(copydesk, "paste")["kind"] == "paste"
    assert tree() == before


def test_the_first_run_makes_a_page_for_each_post(copydesk):
    assert publish(copydesk, "paste") == dict.fromkeys(("fees", "hours", "parking"), "create")
    assert pages() == tasks() == ["fees", "hours", "parking"]


def test_a_second_run_writes_nothing(copydesk):
    publish(copydesk, "paste")
    before, when = tree(), {**times("handover"), **times(".copydesk")}
    assert publish(copydesk, "paste") == {}
    assert (tree(), {**times("handover"), **times(".copydesk")}) == (before, when)


def test_nobody_is_asked(copydesk):
    ran = copydesk("publish", "--to", "paste", "--now", NOW)
    assert (ran.code, ran.err) == (0, "")
    assert "Open handover/index.html in a browser" in ran.out
    assert "Done: 4 files written or removed." in ran.out
    assert "Open: handover/index.html" in copydesk("run", "--to", "paste", "--now", NOW).out


def test_a_page_shows_every_field_of_a_post(copydesk):
    write("posts/door.png", PNG)
    add(
        "fees",
        1,
        "A *visit* costs fifty dollars.\n\n- [Hours](hours.md)",
        title="Fees & <b>more</b>",
        description="What a visit costs",
        category="Practical",
        tags="[money, first visit]",
        author="Mara Lindqvist",
        author_credential="LCSW",
        updated="2026-07-02T10:00:00Z",
        published="2026-07-01T10:00:00Z",
        image="door.png",
        image_alt="A blue door",
        canonical="https://elsewhere.example/fees",
        noindex="true",
    )
    publish(copydesk, "paste", "--now", "2026-08-01T00:00:00Z")
    tree = page("fees")
    found = shown(tree)
    assert found.pop("structured data").startswith('<script type="application/ld+json">{"@')
    assert found == {
        "title": "Fees & <b>more</b>",
        "slug": "fees",
        "text": "A visit costs fifty dollars. Hours",
        "description": "What a visit costs",
        "category": "Practical",
        "tags": "money, first visit",
        "author": "Mara Lindqvist, LCSW",
        "published": "1 July 2026, 11:00 (Europe/London)",
        "updated": "2 July 2026, 11:00 (Europe/London)",
        "picture text": "A blue door",
        "canonical": "https://elsewhere.example/fees",
    }
    assert source(tree, "text") == (
        "<p>A <em>visit</em> costs fifty dollars.</p>\n<ul>\n"
        f'<li><a href="{SITE}hours">Hours</a></li>\n</ul>'
    )
    texts = "".join(tree.itertext())
    assert f"The whole address has to be {SITE}fees" in texts
    assert "hide this page from search engines" in texts
    (picture,) = [each.get("src") for each in tree.findall(".//img")]
    assert (Path("handover") / picture).read_bytes() == PNG


def test_pictures_and_files_of_a_text_are_to_be_uploaded_by_hand(copydesk):
    write("posts/door.png", PNG)
    write("posts/map.pdf", b"%PDF")
    text = (
        "![A blue door](door.png)\n\nGet the [map](map.pdf), or see\n![](https://x.example/y.png)"
    )
    add("fees", 1, text)
    publish(copydesk, "paste")
    tree = page("fees")
    html = source(tree, "text")
    assert "assets/" not in html
    assert "[Put the picture door-" in html and "[Link this to the file map-" in html
    assert '<img src="https://x.example/y.png"' in html
    files = [each.get("href") for each in tree.findall(".//*[@data-field='file']//a")]
    assert [(Path("handover") / name).read_bytes() for name in files] == [PNG, b"%PDF"]
    assert "A blue door" in "".join(tree.find(".//*[@data-field='file']").itertext())


def test_a_page_that_is_gone_was_carried_over(copydesk):
    publish(copydesk, "paste")
    done("fees", "hours")
    plan = planned(copydesk, "paste")
    assert "2 pages are gone from handover" in plan["notes"][0]
    assert publish(copydesk, "paste") == {}
    assert (pages(), tasks()) == (["parking"], ["parking"])
    assert not any("gone" in note for note in planned(copydesk, "paste")["notes"])
    done()
    publish(copydesk, "paste")
    assert "Nothing waits." in "".join(index().itertext())


def test_a_page_that_was_moved_away_was_carried_over(copydesk):
    publish(copydesk, "paste")
    Path("handover/done").mkdir()
    shutil.move("handover/post-fees.html", "handover/done/post-fees.html")
    assert publish(copydesk, "paste") == {}
    assert pages() == ["hours", "parking"]


def test_a_folder_that_is_gone_as_a_whole_was_not_carried_over(copydesk):
    publish(copydesk, "paste")
    Path("handover").rename("elsewhere")
    add("garden", 4)
    for command in ("plan", "publish"):
        ran = copydesk(command, "--to", "paste", "--now", NOW)
        assert ran.code == 2
        assert "the folder handover, in which 3 pages wait, is not there" in ran.err
    assert not Path("handover").exists()
    Path("elsewhere").rename("handover")
    assert publish(copydesk, "paste") == {"garden": "create", "parking": "links only"}
    done()
    assert publish(copydesk, "paste") == {}


def test_a_changed_post_shows_first_what_changed(copydesk, carried):
    change("hours", "There is".lower(), "there was")
    change("hours", "About hours", "Opening hours")
    plan = planned(copydesk, "paste")
    assert fields_of(plan, "hours")["title"] == ("About hours", "Opening hours")
    old, new = fields_of(plan, "hours")["body"]
    assert old.split()[:5] == ["…down", "what", "there", "is", "to"]
    assert new.split()[:5] == ["…down", "what", "there", "was", "to"]
    acts = publish(copydesk, "paste")
    assert acts == {"hours": "update", "fees": "links only", "parking": "links only"}
    tree = page("hours")
    rest = shown(tree.find(".//details[section]"))
    first = {name: value for name, value in shown(tree).items() if name not in rest}
    assert set(first) == {"title", "text", "structured data"}
    assert "slug" in rest and "links" in rest
    texts = "".join(tree.find(".//section[@data-field='text']").itertext())
    assert "know about hours.Put in:" in texts.replace("\n", "")
    assert tasks() == ["hours", "fees", "parking"]


def test_changes_add_up_until_the_page_is_gone(copydesk, carried):
    change("hours", "About hours", "Opening hours")
    publish(copydesk, "paste")
    change("hours", "there is", "there was")
    publish(copydesk, "paste")
    rest = shown(page("hours").find(".//details[section]"))
    assert "title" not in rest and "text" not in rest
    done("hours")
    change("hours", "there was", "there will be")
    publish(copydesk, "paste")
    rest = shown(page("hours").find(".//details[section]"))
    assert "title" in rest and "text" not in rest


def test_a_change_that_is_taken_back_takes_its_page_away(copydesk, carried):
    change("hours", "there is", "there was")
    publish(copydesk, "paste")
    assert pages() == ["hours"]
    change("hours", "there was", "there is")
    assert publish(copydesk, "paste") == {"hours": "update"}
    assert pages() == tasks() == []
    assert publish(copydesk, "paste") == {}


def test_a_post_in_between_changes_exactly_its_two_neighbours(copydesk, carried):
    add("garden", 1, published="2026-03-02T12:00:00Z")
    acts = publish(copydesk, "paste")
    assert acts == {"garden": "create", "hours": "links only", "parking": "links only"}
    assert tasks() == ["garden", "hours", "parking"], "the new post comes first"
    sections = index().findall(".//section[@data-field='links']")
    found = [links("".join(each.find(".//*[@data-source]").itertext())) for each in sections]
    assert found == [
        {"prev": SITE + "fees", "next": SITE + "garden"},
        {"prev": SITE + "garden"},
    ]
    assert links(source(page("garden"), "links")) == {
        "prev": SITE + "hours",
        "next": SITE + "parking",
    }
    assert set(shown(page("hours"))) == {"links"}
    plan = planned(copydesk, "paste")
    assert not plan["notes"] and {each["action"] for each in plan["changes"]} == {"unchanged"}


def test_links_of_a_page_that_waits_are_put_right_where_its_source_has_errors(copydesk):
    publish(copydesk, "paste")
    before = Path("handover/post-hours.html").read_text("utf-8")
    change("hours", "published: ", "updated: 2026-02-30\npublished: ")
    add("garden", 1, published="2026-03-02T12:00:00Z")
    acts = publish(copydesk, "paste", code=1)
    assert acts == {"garden": "create", "hours": "links only", "parking": "links only"}
    after = Path("handover/post-hours.html").read_text("utf-8")
    assert links(source(page("hours"), "links"))["next"] == SITE + "garden"
    head, _, tail = after.partition("<!--copydesk:links-->")
    assert before.startswith(head)
    body = tail.partition("<!--/copydesk:links-->")[2].partition('<script type="application/json"')
    assert body[0] in before


def test_a_public_address_is_never_renamed(copydesk, carried):
    change("hours", "id: hours", "id: hours\nslug: opening")
    plan = planned(copydesk, "paste")
    assert {each["action"] for each in plan["changes"]} == {"unchanged"}
    change("hours", "there is", "there was")
    plan = planned(copydesk, "paste")
    assert change_of(plan, "hours")["address"] == SITE + "hours"
    assert any("never renamed" in note for note in plan["notes"])


def test_an_address_may_change_as_long_as_nothing_was_carried_over(copydesk):
    publish(copydesk, "paste")
    change("hours", "id: hours", "id: hours\nslug: opening")
    acts = publish(copydesk, "paste")
    assert acts == {"hours": "update", "fees": "links only", "parking": "links only"}
    assert shown(page("hours"))["slug"] == "opening"
    assert links(source(page("fees"), "links")) == {"next": SITE + "opening"}
    assert set(shown(page("fees"))) > {"links", "title"}, "its page is still that of a new post"


def test_two_posts_cannot_have_one_address(copydesk, carried):
    change("hours", "id: hours", "id: hours\nslug: opening")
    add("garden", 4, slug="hours")
    plan = planned(copydesk, "paste", code=2)
    assert change_of(plan, "garden")["action"] == "conflict"
    assert "The post hours has the slug “hours”" in change_of(plan, "garden")["reason"]
    publish(copydesk, "paste", code=2)
    assert pages() == []


def test_a_draft_stays_on_the_site_until_it_is_taken_down(copydesk, carried):
    change("hours", "state: published", "state: draft")
    plan = planned(copydesk, "paste")
    row = change_of(plan, "hours")
    assert row["action"] == "kept"
    assert "copydesk unpublish hours" in row["reason"]
    assert publish(copydesk, "paste") == {"hours": "kept"}
    assert pages() == []


def test_a_post_is_taken_down_and_its_neighbours_no_longer_lead_to_it(copydesk, carried):
    ran = copydesk("unpublish", "hours", "--to", "paste", "--now", NOW)
    assert ran.code == 0, ran.said
    assert tasks() == ["fees", "parking", "hours"], "first the links, then the post"
    assert "take it down" in "".join(page("hours").itertext())
    assert links(source(page("fees"), "links")) == {"next": SITE + "parking"}
    assert publish(copydesk, "paste") == {}
    done()
    assert publish(copydesk, "paste") == {}, "it is not handed over again by itself"
    acts = publish(copydesk, "paste", "--take-theirs", "hours")
    assert acts == {"hours": "kept", "fees": "links only", "parking": "links only"}
    assert copydesk("unpublish", "hours", "--to", "paste", "--now", NOW).code == 0
    assert pages() == ["hours"], "the links of the others are as they were again"
    done()
    acts = publish(copydesk, "paste", "--overwrite", "hours")
    assert acts == {"hours": "create", "fees": "links only", "parking": "links only"}


def test_a_source_that_is_gone_leaves_the_post_where_it_is(copydesk, carried):
    Path("posts/hours.md").unlink()
    plan = planned(copydesk, "paste")
    assert "Its source is no longer in the site." in change_of(plan, "hours")["reason"]
    assert publish(copydesk, "paste") == {"hours": "kept"}
    assert copydesk("unpublish", "hours", "--to", "paste", "--now", NOW).code == 0
    assert tasks() == ["fees", "parking", "hours"]


def test_posts_that_are_on_the_site_already_are_taken_as_they_are(copydesk):
    acts = publish(copydesk, "paste", "--take-theirs", "fees", "--take-theirs", "hours")
    assert acts == {"fees": "kept", "hours": "kept", "parking": "create"}
    assert pages() == ["parking"]
    assert links(source(page("parking"), "links")) == {"prev": SITE + "hours"}
    assert publish(copydesk, "paste") == {}


def test_a_page_that_was_changed_by_hand_is_left_alone(copydesk):
    publish(copydesk, "paste")
    mine = Path("handover/post-hours.html")
    mine.write_text(mine.read_text("utf-8") + "<!-- my notes -->", "utf-8")
    before = mine.read_bytes()
    assert publish(copydesk, "paste") == {}
    change("hours", "About hours", "Opening hours")
    plan = planned(copydesk, "paste", code=2)
    reason = change_of(plan, "hours")["reason"]
    assert "changed by hand" in reason and "Delete" not in reason
    assert "`copydesk publish --to paste --overwrite hours`" in reason
    publish(copydesk, "paste", code=2)
    assert mine.read_bytes() == before
    assert "About hours" in source(page("fees"), "links"), "the neighbours keep the old title"
    assert publish(copydesk, "paste", "--overwrite", "hours")["hours"] == "update"
    assert shown(page("hours"))["title"] == "Opening hours"


def test_a_file_of_somebody_else_is_left_alone_and_nobody_links_to_the_post(copydesk):
    write("handover/post-hours.html", "mine")
    acts = publish(copydesk, "paste", code=2)
    assert acts == {"fees": "create", "hours": "conflict", "parking": "create"}
    assert Path("handover/post-hours.html").read_text() == "mine"
    assert links(source(page("fees"), "links")) == {"next": SITE + "parking"}


def test_a_list_of_somebody_else_is_left_alone(copydesk):
    write("handover/index.html", "mine")
    publish(copydesk, "paste", code=2)
    assert Path("handover/index.html").read_text() == "mine"
    assert len(pages()) == 3


@pytest.mark.parametrize("lost", ["record", "record of what was done"])
def test_a_lost_record_is_read_from_the_pages(copydesk, lost):
    publish(copydesk, "paste")
    if lost != "record":
        done("fees")
        publish(copydesk, "paste")
        change("fees", "there is", "there was")
        publish(copydesk, "paste")
    Path(".copydesk/paste.json").unlink()
    plan = planned(copydesk, "paste")
    assert "There is no record of earlier runs. 3 pages" in plan["notes"][0]
    before = tree("handover")
    assert publish(copydesk, "paste") == {}
    assert tree("handover") == before


def test_without_an_address_of_the_site_there_are_no_links(copydesk):
    write("copydesk.toml", CONFIG.replace(f'site-url = "{SITE}"\n', ""))
    add("fees", 1, "See [the hours](hours.md).")
    plan = planned(copydesk, "paste")
    assert any("Set `site-url`" in note for note in plan["notes"])
    publish(copydesk, "paste")
    assert "links" not in shown(page("hours"))
    assert source(page("fees"), "text") == "<p>See the hours.</p>"


def test_links_are_left_to_the_theme_where_that_is_said(copydesk):
    write("copydesk.toml", CONFIG.replace('kind = "paste"', 'kind = "paste"\nlinks = "theme"'))
    publish(copydesk, "paste")
    assert "links" not in shown(page("hours"))


def test_a_picture_that_changes_is_handed_over_anew(copydesk):
    write("posts/door.png", PNG)
    add("fees", 1, image="door.png", image_alt="A blue door")
    publish(copydesk, "paste")
    (old,) = Path("handover/assets").iterdir()
    write("posts/door.png", PNG + b"2")
    assert publish(copydesk, "paste") == {"fees": "update"}
    (new,) = Path("handover/assets").iterdir()
    assert new.name != old.name and new.read_bytes() == PNG + b"2"
    done("fees")
    publish(copydesk, "paste")
    assert list(Path("handover/assets").iterdir()) == []


def test_one_post_alone_can_be_handed_over(copydesk):
    acts = publish(copydesk, "paste", "posts/hours.md")
    assert acts == {"fees": "not asked", "hours": "create", "parking": "not asked"}
    assert pages() == ["hours"]
    assert "links" not in shown(page("hours"))


def test_a_saved_plan_is_carried_out_exactly_or_not_at_all(copydesk):
    assert copydesk("plan", "--to", "paste", "--now", NOW, "--out", "plan.json").code == 0
    change("hours", "there is", "there was")
    ran = copydesk("publish", "--plan", "plan.json", "--now", NOW)
    assert ran.code == 2 and "post hours: its content moved" in ran.said
    assert not Path("handover").exists()
    change("hours", "there was", "there is")
    assert copydesk("publish", "--plan", "plan.json", "--now", NOW).code == 0
    assert len(pages()) == 3


def test_the_pages_are_no_posts(copydesk):
    write("copydesk.toml", CONFIG.replace("root = true", 'root = true\nposts = "."'))
    publish(copydesk, "paste")
    assert publish(copydesk, "paste") == {}
    assert "3 posts checked" in copydesk("lint", ".", "--now", NOW).out


def test_a_folder_that_leads_elsewhere_is_refused(copydesk, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    Path("handover").symlink_to(tmp_path / "elsewhere")
    ran = copydesk("publish", "--to", "paste", "--now", NOW)
    assert ran.code == 2 and "leads through a symbolic link" in ran.said
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_folder_of_pictures_that_leads_elsewhere_is_refused(copydesk, tmp_path):
    write("posts/door.png", PNG)
    add("fees", 1, image="door.png", image_alt="A blue door")
    (tmp_path / "elsewhere").mkdir()
    Path("handover").mkdir()
    Path("handover/assets").symlink_to(tmp_path / "elsewhere")
    publish(copydesk, "paste", code=2)
    assert list((tmp_path / "elsewhere").iterdir()) == []


HOSTILE = '</script><!-- "quoted" \'&amp; --><b onclick=alert(1)>x</b> [x] \U0001f600'


def test_what_a_post_says_cannot_break_its_page(copydesk):
    title = HOSTILE.replace('"', '\\"')
    text = (
        f"{HOSTILE}\n\n    <!--copydesk:links--> </script>\n\n"
        "<section data-field='links'>x</section>"
    )
    add("fees", 1, text, title=title, description=f"'{HOSTILE.replace(chr(39), chr(39) * 2)}'")
    publish(copydesk, "paste")
    for name in ("fees", "hours"):
        tree = page(name)
        assert len(tree.findall(".//script")) == 2
        assert not [each for each in tree.iter() if any(k.startswith("on") for k in each.attrib)]
        assert len(tree.findall(".//section[@data-field='links']")) == 1
    assert shown(page("fees"))["title"] == " ".join(HOSTILE.split())
    assert HOSTILE in "".join(index().itertext())
    done()
    assert publish(copydesk, "paste") == {}


def test_pages_ask_for_nothing_from_the_network(copydesk):
    add("fees", 1, "Our door:\n\n![A door](https://pictures.example/door.png)")
    publish(copydesk, "paste")
    for path in Path("handover").glob("*.html"):
        tree = parsed(path.read_text("utf-8"))
        policy = next(
            each.get("content")
            for each in tree.findall(".//meta")
            if each.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'; img-src 'self' file:;")
        assert tree.findall(".//link") == []
        assert [each.get("src") for each in tree.findall(".//script")] == [None] * len(
            tree.findall(".//script")
        )


def test_the_folder_is_kept_out_of_doctors_complaints(copydesk):
    publish(copydesk, "paste")
    ran = process("doctor", "--offline")
    assert "handover holds files that Copydesk did not write" not in ran.out


@pytest.mark.parametrize("flags", [("--overwrite", "fees"), ("--go-live",), ("--due",)])
def test_orders_are_understood(copydesk, carried, flags):
    acts = publish(copydesk, "paste", *flags)
    assert acts == ({"fees": "update"} if flags[0] == "--overwrite" else {})
