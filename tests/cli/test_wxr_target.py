"""The import file: an outbox that holds each post once, as long as it was not imported."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cli_kit import NOW, process, times, tree, write
from handing_kit import (
    CONFIG,
    PNG,
    add,
    change,
    change_of,
    fields_of,
    ledger,
    links,
    make_site,
    planned,
    publish,
)

SITE = "https://www.harbour.example/blog/"
FILE = Path("wxr.wxr.xml")
NAMES = {
    "wp": "http://wordpress.org/export/1.2/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@pytest.fixture(autouse=True)
def site(here):
    make_site()
    return here


@pytest.fixture
def imported(copydesk):
    """Everything was imported and public there, and Copydesk has seen that the file is gone."""
    publish(copydesk, "wxr", "--go-live")
    FILE.unlink()
    publish(copydesk, "wxr")


def channel():
    return ElementTree.parse(FILE).find("channel")


def text(element, name: str) -> str:
    return element.findtext(name, "missing", NAMES) or ""


def items(kind: str = "post") -> dict:
    """Return the items of the file by their slug or, where they have none, by their title."""
    return {
        text(each, "wp:post_name") or text(each, "title"): each
        for each in channel().findall("item")
        if text(each, "wp:post_type") == kind
    }


def meta(item) -> dict[str, str]:
    return {
        text(each, "wp:meta_key"): text(each, "wp:meta_value")
        for each in item.findall("wp:postmeta", NAMES)
    }


def test_a_plan_writes_nothing(copydesk):
    before = tree()
    assert planned(copydesk, "wxr")["kind"] == "wxr"
    assert tree() == before


def test_a_file_holds_every_field(copydesk):
    add(
        "fees",
        1,
        "It costs *fifty*\ndollars, see [hours](hours.md).",
        title="Fees & <b>more</b> ]]> x",
        description="What a visit costs",
        category='"Q&A"',
        tags='[money, "Ängste"]',
        author="Mara Lindqvist",
        author_credential="LCSW",
        published="2026-04-01T23:30:00-07:00",
        updated="2026-04-02T10:00:00Z",
        image='"https://pictures.example/a/door.png?x=1&y=2"',
        image_alt="A blue door",
        canonical="https://elsewhere.example/fees",
        noindex="true",
    )
    plan = planned(copydesk, "wxr")
    publish(copydesk, "wxr")
    fees = items()["fees"]
    expected = {
        "title": "Fees & <b>more</b> ]]> x",
        "link": SITE + "fees",
        "pubDate": "Thu, 02 Apr 2026 06:30:00 +0000",
        "dc:creator": "mara-lindqvist",
        "excerpt:encoded": "What a visit costs",
        "wp:post_date": "2026-04-02 07:30:00",
        "wp:post_date_gmt": "2026-04-02 06:30:00",
        "wp:post_modified": "2026-04-02 11:00:00",
        "wp:post_modified_gmt": "2026-04-02 10:00:00",
        "wp:status": "draft",
        "wp:post_password": "",
        "wp:is_sticky": "0",
    }
    assert {name: text(fees, name) for name in expected} == expected
    body = text(fees, "content:encoded")
    assert body == f'<p>It costs <em>fifty</em> dollars, see <a href="{SITE}hours">hours</a>.</p>'
    terms = [
        (each.get("domain"), each.get("nicename"), each.text) for each in fees.findall("category")
    ]
    assert terms == [
        ("category", "q-a", "Q&A"),
        ("post_tag", "money", "money"),
        ("post_tag", "angste", "Ängste"),
    ]
    (picture,) = items("attachment").values()
    assert meta(fees) == {"_copydesk_id": "fees", "_thumbnail_id": text(picture, "wp:post_id")}
    assert meta(picture) == {"_wp_attachment_image_alt": "A blue door"}
    assert text(picture, "wp:attachment_url") == "https://pictures.example/a/door.png?x=1&y=2"
    assert text(picture, "wp:post_parent") == text(fees, "wp:post_id")
    assert text(picture, "wp:status") == "inherit"
    said = "\n".join(plan["notes"])
    for name in ("updated", "canonical", "noindex", "author_credential", "structured data"):
        assert f"Not as in the source: {name} of " in said, name


def test_a_file_is_what_importers_expect(copydesk):
    add("fees", 1, author="Mara Lindqvist", category="Practical", tags="[money]")
    publish(copydesk, "wxr")
    root = ElementTree.parse(FILE).getroot()
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    assert FILE.read_bytes().startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<rss ')
    assert b"<!DOCTYPE" not in FILE.read_bytes()
    head = channel()
    assert text(head, "wp:wxr_version") == "1.2"
    assert text(head, "wp:base_site_url") == text(head, "wp:base_blog_url") == SITE
    assert text(head, "title") == "Harbour Lane"
    author = head.find("wp:author", NAMES)
    assert text(author, "wp:author_login") == text(items()["fees"], "dc:creator")
    assert text(author, "wp:author_display_name") == "Mara Lindqvist"
    assert text(head.find("wp:category", NAMES), "wp:cat_name") == "Practical"
    assert text(head.find("wp:tag", NAMES), "wp:tag_slug") == "money"
    ids = [text(each, "wp:post_id") for each in head.findall("item")]
    assert len(set(ids)) == len(ids) and all(int(id) > 0 for id in ids)


def test_a_second_run_writes_nothing(copydesk):
    assert set(publish(copydesk, "wxr").values()) == {"create"}
    before, when = tree(), times(".")
    assert publish(copydesk, "wxr") == {}
    assert (tree(), times(".")) == (before, when)


def test_posts_are_drafts_unless_they_are_to_go_live(copydesk):
    publish(copydesk, "wxr")
    assert {text(each, "wp:status") for each in items().values()} == {"draft"}
    plan = planned(copydesk, "wxr", "--go-live")
    assert fields_of(plan, "fees") == {"state": ("draft", "public")}
    publish(copydesk, "wxr", "--go-live")
    assert {text(each, "wp:status") for each in items().values()} == {"publish"}
    assert publish(copydesk, "wxr") == {}, "nothing is made a draft again by itself"


def test_what_waits_in_the_file_stays_in_it_and_follows_its_source(copydesk):
    publish(copydesk, "wxr")
    change("hours", "there is", "there was")
    add("garden", 4)
    assert publish(copydesk, "wxr") == {
        "garden": "create",
        "hours": "update",
        "parking": "links only",
    }
    assert sorted(items()) == ["fees", "garden", "hours", "parking"]
    assert "there was" in text(items()["hours"], "content:encoded")


def test_a_file_that_is_gone_was_imported(copydesk):
    publish(copydesk, "wxr")
    FILE.unlink()
    plan = planned(copydesk, "wxr")
    assert "wxr.wxr.xml is gone, so its 3 posts count as imported" in plan["notes"][0]
    assert publish(copydesk, "wxr") == {}
    assert not FILE.exists()
    assert not any("gone" in note for note in planned(copydesk, "wxr")["notes"])


def test_the_next_file_holds_what_is_new_and_the_rest_is_told(copydesk, imported):
    add("garden", 4)
    plan = planned(copydesk, "wxr")
    assert publish(copydesk, "wxr") == {"garden": "create", "parking": "kept"}
    assert sorted(items()) == ["garden"]
    assert links(text(items()["garden"], "content:encoded")) == {"prev": SITE + "parking"}
    assert fields_of(plan, "parking") == {"newer post": ("", SITE + "garden")}
    assert "An import does not change a post that is there" in change_of(plan, "parking")["reason"]


def test_a_changed_post_is_not_imported_a_second_time(copydesk, imported):
    change("hours", "there is", "there was")
    change("hours", "About hours", "Opening hours")
    plan = planned(copydesk, "wxr")
    assert set(fields_of(plan, "hours")) == {"title", "body"}
    assert publish(copydesk, "wxr") == {"hours": "kept"}
    assert not FILE.exists()
    add("garden", 4)
    publish(copydesk, "wxr")
    block = text(items()["garden"], "content:encoded")
    assert "About parking" in block
    assert publish(copydesk, "wxr", "--take-theirs", "hours", "--take-theirs", "parking") == {
        "hours": "kept",
        "parking": "kept",
        "fees": "kept",
    }, "the older post shows the old title"
    acts = publish(copydesk, "wxr", "--take-theirs", "fees")
    assert acts in ({"fees": "kept"}, {})
    assert publish(copydesk, "wxr") == {}


def test_a_post_can_be_put_into_the_file_again(copydesk, imported):
    change("hours", "there is", "there was")
    assert publish(copydesk, "wxr", "--overwrite", "hours") == {"hours": "create"}
    assert sorted(items()) == ["hours"]
    assert publish(copydesk, "wxr") == {}


def test_drafts_that_were_imported_are_to_be_made_public_by_hand(copydesk):
    publish(copydesk, "wxr")
    FILE.unlink()
    plan = planned(copydesk, "wxr", "--go-live")
    assert any("3 posts were imported as a draft before" in note for note in plan["notes"])


def test_a_post_is_taken_out_of_the_file(copydesk):
    publish(copydesk, "wxr")
    change("hours", "state: published", "state: draft")
    assert publish(copydesk, "wxr") == {"hours": "kept"}
    assert "hours" in items()
    ran = copydesk("unpublish", "hours", "--to", "wxr", "--now", NOW)
    assert ran.code == 0, ran.said
    assert sorted(items()) == ["fees", "parking"]
    assert publish(copydesk, "wxr") == {"hours": "draft"}
    assert links(text(items()["fees"], "content:encoded")) == {"next": SITE + "parking"}


def test_a_post_that_was_imported_is_noted_as_taken_down(copydesk, imported):
    ran = copydesk("unpublish", "hours", "--to", "wxr", "--now", NOW)
    assert ran.code == 0 and "Take it down there by hand" in ran.out
    plan = planned(copydesk, "wxr")
    assert fields_of(plan, "fees") == {"newer post": (SITE + "hours", SITE + "parking")}
    assert publish(copydesk, "wxr") == {"fees": "kept", "parking": "kept"}
    assert not FILE.exists()


def test_posts_that_are_there_already_are_taken_as_they_are(copydesk):
    acts = publish(copydesk, "wxr", "--take-theirs", "fees", "--take-theirs", "hours")
    assert acts == {"fees": "kept", "hours": "kept", "parking": "create"}
    assert sorted(items()) == ["parking"]


def test_a_post_with_errors_stays_in_the_file_as_it_was(copydesk):
    publish(copydesk, "wxr")
    before = ElementTree.tostring(items()["hours"])
    change("hours", "published: ", "updated: 2026-02-30\npublished: ")
    add("garden", 4)
    publish(copydesk, "wxr", code=1)
    assert ElementTree.tostring(items()["hours"]) == before
    change("parking", "About parking", "Parking")
    publish(copydesk, "wxr", code=1)
    after = text(items()["hours"], "content:encoded")
    assert links(after) == {"prev": SITE + "fees", "next": SITE + "parking"}
    assert ">Parking</a>" in after and "there is to know about hours" in after
    assert sorted(items()) == ["fees", "garden", "hours", "parking"]


@pytest.mark.parametrize("mine", ["mine", "<rss/>", None])
def test_a_file_of_somebody_else_is_left_alone(copydesk, mine):
    if mine is None:
        publish(copydesk, "wxr")
        mine = FILE.read_text("utf-8") + "<!-- mine -->"
        change("hours", "there is", "there was")
    FILE.write_text(mine, "utf-8")
    acts = publish(copydesk, "wxr", code=2)
    assert acts["hours"] == "conflict"
    assert FILE.read_text("utf-8") == mine


def test_a_lost_record_is_read_from_the_file(copydesk):
    publish(copydesk, "wxr", "--go-live")
    before, record = FILE.read_bytes(), ledger("wxr")
    Path(".copydesk/wxr.json").unlink()
    plan = planned(copydesk, "wxr")
    assert "There is no record of earlier runs" in plan["notes"][0]
    assert publish(copydesk, "wxr") == {}
    assert (FILE.read_bytes(), ledger("wxr")) == (before, record)
    Path(".copydesk/wxr.json").unlink()
    add("garden", 4)
    acts = publish(copydesk, "wxr", "--go-live")
    assert acts == {"garden": "create", "parking": "links only"}


def test_pictures_of_this_computer_are_named_in_the_plan(copydesk):
    write("posts/door.png", PNG)
    write("posts/map.pdf", b"%PDF")
    body = "![A blue door](door.png)\n\nThe [map](map.pdf), ![](https://x.example/y.png)"
    add("fees", 1, body, image="door.png", image_alt="Our door")
    said = "\n".join(planned(copydesk, "wxr")["notes"])
    assert "(“A blue door”) cannot travel in the file" in said
    assert "the file map-" in said and "its picture door-" in said
    publish(copydesk, "wxr")
    content = text(items()["fees"], "content:encoded").partition("\n\n")[0]
    assert content == '<p>The map, <img src="https://x.example/y.png" alt=""></p>'
    assert items("attachment") == {}


def test_shortcodes_and_lone_addresses_are_only_words(copydesk):
    add(
        "fees",
        1,
        "We say [gallery ids=1] here.\n\nhttps://video.example/watch?v=1\n\n    [audio]\n",
    )
    publish(copydesk, "wxr")
    content = text(items()["fees"], "content:encoded").partition("\n\n")[0]
    assert "[gallery" not in content and "[audio" not in content
    assert "<p>https:&#047;&#047;video.example/watch?v=1</p>" in content


def test_without_an_address_of_the_site_there_are_no_links(copydesk):
    write("copydesk.toml", CONFIG.replace(f'site-url = "{SITE}"\n', ""))
    assert any("Set `site-url`" in note for note in planned(copydesk, "wxr")["notes"])
    publish(copydesk, "wxr")
    assert "<nav" not in text(items()["hours"], "content:encoded")
    assert text(items()["hours"], "link") == ""


@pytest.mark.parametrize(
    ("path", "file"), [("out", "out/wxr.wxr.xml"), ("out/blog.XML", "out/blog.XML")]
)
def test_the_path_is_a_file_or_a_folder(copydesk, path, file):
    write("copydesk.toml", CONFIG.replace('kind = "wxr"', f'kind = "wxr"\npath = "{path}"'))
    publish(copydesk, "wxr")
    assert Path(file).is_file()
    assert publish(copydesk, "wxr") == {}


def test_a_path_that_leads_elsewhere_is_refused(copydesk, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    Path("out").symlink_to(tmp_path / "elsewhere")
    write("copydesk.toml", CONFIG.replace('kind = "wxr"', 'kind = "wxr"\npath = "out/a.xml"'))
    ran = copydesk("publish", "--to", "wxr", "--now", NOW)
    assert ran.code == 2 and "leads through a symbolic link" in ran.said
    shutil.rmtree(tmp_path / "elsewhere")
    FILE.symlink_to(tmp_path / "other.xml")
    write("copydesk.toml", CONFIG)
    publish(copydesk, "wxr", code=2)
    assert not (tmp_path / "other.xml").exists()


def test_two_targets_do_not_share_a_place(copydesk):
    write("copydesk.toml", CONFIG + '[targets.two]\nkind = "paste"\n')
    ran = copydesk("plan", "--to", "two")
    assert ran.code == 2 and "targets.two has the same path as targets.paste" in ran.said


def test_the_doctor_knows_that_the_target_is_a_file(copydesk):
    publish(copydesk, "wxr")
    ran = process("doctor", "--offline")
    assert "The file wxr.wxr.xml can be written." in ran.out
    FILE.unlink()
    FILE.mkdir()
    assert "wxr.wxr.xml is no file" in process("doctor", "--offline").out


def test_one_file_is_counted_as_one(copydesk):
    ran = copydesk("publish", "--to", "wxr", "--now", NOW)
    assert ran.out.endswith("Done: 1 file written or removed.\n")


def test_an_import_back_plans_nothing(copydesk):
    add("fees", 1, "A *visit*, see [hours](hours.md).", tags="[money]", category="Practical")
    publish(copydesk, "wxr", "--go-live")
    FILE.rename("export.xml")
    shutil.rmtree("posts")
    ran = copydesk("import", "--from-wxr", "export.xml", "--yes")
    assert ran.code == 0, ran.said
    assert publish(copydesk, "wxr") == {}
    assert not FILE.exists()
