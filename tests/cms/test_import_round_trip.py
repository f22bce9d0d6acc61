"""A blog that is online comes in and goes on: nothing is written there without a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from cms_kit import Ran, Site, png
from ghost_kit import Ghost
from systems_kit import Seen, System, visitor_get
from wordpress_kit import WordPress

#: What a plan says of a post that it leaves alone.
ALONE = ("same", "draft", "later", "kept", "note")


def add(cms: System, slug: str, day: int, text: str = "", state: str = "public") -> str:
    """Let somebody else write a post, dated on a day of March 2026."""
    id = cms.write(slug, slug.capitalize(), text or f"All about {slug}.", state)
    when = f"2026-03-{day:02}T09:00:00.000Z"
    cms.edit(id, **({"published_at": when} if cms.kind == "ghost" else {"date_gmt": when}))
    return id


def everything(cms: System) -> dict[str, dict[str, Any]]:
    """Return every post with all that the system tells of it, the time of its last write too."""
    gone = ("_links", "class_list", "frontmatter", "email_recipient_filter")
    return {
        post.slug: {name: value for name, value in post.raw.items() if name not in gone}
        for post in cms.posts()
    }


def rows(ran: Ran) -> dict[str, str]:
    """Return what a plan says of each post, by its title."""
    found = re.findall(r'^  (\w+) +"([^"]+)"', ran.out, re.MULTILINE)
    return {title: word for word, title in found}


def quiet(ran: Ran) -> bool:
    """Say whether a plan leaves every post alone."""
    assert ran.code == 0 and rows(ran), ran.said
    return set(rows(ran).values()) <= set(ALONE)


def take(site: Site, *arguments: str) -> Ran:
    return site.run("import", "--from", site.target, *arguments)


def test_a_round_trip_without_a_change_writes_nothing(
    cms: System, site: Callable[..., Site]
) -> None:
    for day, slug in enumerate(("tea", "rooms", "fees"), 2):
        add(cms, slug, day)
    cms.write("idea", "An idea", "We may paint the door.")
    before = everything(cms)
    ours = site(cms)
    ran = take(ours)
    assert ran.code == 0 and "5 imported." in ran.out, ran.said
    assert "state: draft\n" in (ours.posts / "idea.md").read_text()
    for name in ("tea", "rooms", "fees"):
        text = (ours.posts / f"{name}.md").read_text()
        assert f"All about {name}.\n" in text and "state: published\npublished: 2026-03-0" in text
    assert quiet(ours.plan("--all"))
    assert ours.publish().code == 0 and ours.go_live().code == 0
    again = take(ours)
    assert again.code == 0 and "5 unchanged." in again.out
    assert everything(cms) == before and cms.mails() == 0


def test_an_edit_there_is_shown_as_a_merge(cms: System, site: Callable[..., Site]) -> None:
    id = add(cms, "tea", 2)
    ours = site(cms)
    take(ours)
    cms.swap(id, "All about tea.", "All about green tea.")
    cms.edit(
        id, title="Green tea", tags=["calm"] if cms.kind == "wordpress" else [{"name": "calm"}]
    )
    assert rows(ours.plan("--all"))["Tea"] == "conflict"
    refused = take(ours)
    assert refused.code == 2 and "+ All about green tea." in refused.out
    assert "title: “Tea” becomes “Green tea”" in refused.out
    taken = take(ours, "--yes")
    assert taken.code == 0 and "1 merged." in taken.out, taken.said
    text = (ours.posts / "tea.md").read_text()
    assert "title: Green tea\n" in text and "All about green tea.\n" in text
    before = everything(cms)
    assert quiet(ours.plan("--all")) and ours.go_live().code == 0
    assert everything(cms) == before and "2 unchanged." in take(ours).out


def test_a_post_between_two_changes_their_links_and_no_byte_of_their_texts(
    cms: System, site: Callable[..., Site]
) -> None:
    for day, slug in ((2, "tea"), (4, "rooms"), (8, "fees"), (10, "hours")):
        add(cms, slug, day)
    before = {post.slug: post for post in cms.posts()}
    ours = site(cms)
    take(ours)
    ours.post("garden", day=6)
    ran = ours.go_live()
    assert ran.code == 0, ran.said
    after = {post.slug: post for post in cms.posts()}
    for slug in ("tea", "hours"):
        assert after[slug] == before[slug]
    assert links(after["rooms"]) == {"prev": "tea", "next": "garden"}
    assert links(after["garden"]) == {"prev": "rooms", "next": "fees"}
    assert links(after["fees"]) == {"prev": "garden", "next": "hours"}
    for slug in ("rooms", "fees"):
        page = visitor_get(after[slug].address).text
        assert f"<p>All about {slug}.</p>" in page
    assert quiet(ours.plan("--all")) and "6 unchanged." in take(ours).out


def links(post: Seen) -> dict[str, str]:
    """Return the slugs that the links of a public page lead to."""
    page = visitor_get(post.address).text
    nav = re.search(r'<nav data-copydesk="links".*?</nav>', page, re.DOTALL)
    assert nav, f"{post.slug} has no links"
    found = re.findall(r'rel="(prev|next)" href="[^"]*/([^"/]+)/"', nav[0])
    assert len(found) == len(dict(found))
    return dict(found)


def test_a_changed_source_names_what_is_lost_and_keeps_the_rest(
    cms: System, site: Callable[..., Site]
) -> None:
    id = add(cms, "tea", 2)
    if isinstance(cms, WordPress):
        film = '\n\n[gallery ids="1,2"]\n\n<p class="lead">Ask us.</p>'
        cms.edit(id, content=f"All about tea.{film}")
    else:
        film = '<p>All about tea.</p><!--kg-card-begin: html--><div class="lead">Ask us.</div>'
        film += "<!--kg-card-end: html-->"
        cms.edit(id, query="?source=html", html=film)
    ours = site(cms)
    assert "Ask us." in take(ours).out + (ours.posts / "tea.md").read_text()
    path = ours.posts / "tea.md"
    path.write_text(path.read_text().replace("All about tea.", "All about black tea."))
    plan = ours.plan()
    assert rows(plan)["Tea"] == "changed"
    assert "Its whole text there is replaced by what the source says." in plan.out
    assert "1 element with its own look or anchor" in plan.out
    if isinstance(cms, WordPress):
        assert "1 shortcode" in plan.out
    assert ours.publish().code == 0
    assert "All about black tea." in visitor_get(cms.post("tea").address).text
    assert quiet(ours.plan("--all"))


def test_more_posts_than_fit_on_a_page(cms: System, site: Callable[..., Site]) -> None:
    for number in range(101):
        cms.write(f"note-{number}", f"Note {number}", f"Note number {number}.")
    ours = site(cms)
    ran = take(ours)
    assert "102 imported." in ran.out, ran.said[-400:]
    for number in (0, 50, 100):
        text = (ours.posts / f"note-{number}.md").read_text()
        assert f"Note number {number}.\n" in text and "author: " in text


def uploaded(wordpress: WordPress) -> Any:
    """Upload a picture as a person does, and return what WordPress says of it."""
    headers = {
        "Content-Type": "image/png",
        "Content-Disposition": 'attachment; filename="k.png"',
    }
    return wordpress.ask("POST", "media", data=png(90), headers=headers)


def test_what_wordpress_knows_of_a_post(
    clean_wordpress: WordPress, site: Callable[..., Site]
) -> None:
    cms = clean_wordpress
    picture = uploaded(cms)
    cms.ask("POST", f"media/{picture['id']}", json={"alt_text": "A kettle"})
    names = ("Visits &amp; fees", "The house")
    numbers = [cms.ask("POST", "categories", json={"name": name})["id"] for name in names]
    id = add(cms, "tea", 2)
    cms.edit(
        id,
        content="<!-- wp:paragraph -->\n<p>We make “tea” &amp; more.</p>\n"
        "<!-- /wp:paragraph -->\n\n"
        f'<!-- wp:image -->\n<figure class="wp-block-image"><img src="{picture["source_url"]}" '
        'alt="A kettle"/><figcaption>It sings.</figcaption></figure>\n<!-- /wp:image -->\n\n'
        "<!-- wp:latest-posts /-->",
        excerpt="What we pour.",
        categories=numbers,
        tags=["Q&A"],
        featured_media=picture["id"],
    )
    secret = add(cms, "slides", 3)
    cms.edit(secret, password="teapot")
    add(cms, "team", 4, state="private")
    ours = site(cms)
    ran = take(ours, "--pictures")
    assert ran.code == 0, ran.said
    text = (ours.posts / "tea.md").read_text()
    assert "description: What we pour.\ncategory: The house\n" in text
    assert 'tags: ["Q&A"]\nauthor: editor\nimage: images/tea-1.png\nimage_alt: A kettle\n' in text
    assert 'categories: [The house, "Visits & fees"]\n' in text
    assert text.endswith("\nWe make “tea” & more.\n\n![A kettle](images/tea-1.png)\n\nIt sings.\n")
    assert (ours.posts / "images" / "tea-1.png").read_bytes() == png(90)
    assert "wp:latest-posts" in (ours.posts / "tea.import.log").read_text()
    for name, said in (("slides", "protected by a password"), ("team", "who were logged in")):
        assert "state: draft\n" in (ours.posts / f"{name}.md").read_text() and said in ran.out
    assert quiet(ours.plan("--all"))


def test_the_picture_of_a_post_stays_when_its_text_changes(
    clean_wordpress: WordPress, site: Callable[..., Site]
) -> None:
    cms = clean_wordpress
    picture = uploaded(cms)
    id = add(cms, "tea", 2)
    cms.edit(id, featured_media=picture["id"])
    ours = site(cms)
    take(ours)
    path = ours.posts / "tea.md"
    assert picture["source_url"] in path.read_text()
    path.write_text(path.read_text().replace("All about tea.", "All about black tea."))
    assert ours.publish().code == 0
    assert cms.post("tea").raw["featured_media"] == picture["id"]
    assert len(cms.uploads()) == 1 and quiet(ours.plan("--all"))


def test_texts_of_the_classic_editor_keep_their_paragraphs_with_our_links(
    clean_wordpress: WordPress, site: Callable[..., Site]
) -> None:
    """One block in a text switches WordPress's paragraphs off for all of it."""
    cms = clean_wordpress
    add(cms, "tea", 2, "First line.\nSecond line.\n\nAnother paragraph.")
    add(cms, "rooms", 4)
    ours = site(cms)
    take(ours)
    assert (
        "First line.\\\nSecond line.\n\nAnother paragraph.\n" in (ours.posts / "tea.md").read_text()
    )
    assert ours.run("repair", "--to", ours.target, "--yes").code == 0
    page = visitor_get(cms.post("tea").address).text
    assert "<p>First line.<br />\nSecond line.</p>\n<p>Another paragraph.</p>" in page
    assert links(cms.post("tea"))["next"] == "rooms"
    assert cms.post("tea").body.startswith("First line.\nSecond line.\n\nAnother paragraph.\n")
    assert quiet(ours.plan("--all"))


def test_what_ghost_knows_of_a_post(clean_ghost: Ghost, site: Callable[..., Site]) -> None:
    cms = clean_ghost
    text = {"type": "extended-text", "text": "Look here:", "format": 0, "mode": "normal"}
    line = {"type": "paragraph", "version": 1, "direction": "ltr", "format": "", "indent": 0}
    toggle = {"type": "toggle", "version": 1, "heading": "<span>Where</span>"}
    root = {
        "children": [
            {**line, "children": [{**text, "detail": 0, "style": "", "version": 1}]},
            {**toggle, "content": "<p>Behind the house.</p>"},
        ],
        "direction": "ltr",
        "format": "",
        "indent": 0,
        "type": "root",
        "version": 1,
    }
    id = add(cms, "tea", 2)
    cms.edit(
        id,
        lexical=json.dumps({"root": root}),
        custom_excerpt="What we pour.",
        tags=[{"name": "Visits"}, {"name": "Q&A"}, {"name": "#hidden"}],
        feature_image=f"{cms.url}/content/images/kettle.png",
        feature_image_alt="A kettle",
        canonical_url="https://elsewhere.example/tea/",
    )
    add(cms, "slides", 3)
    cms.edit(cms.post("slides").id, visibility="members")
    ours = site(cms)
    ran = take(ours)
    assert ran.code == 0, ran.said
    written = (ours.posts / "tea.md").read_text()
    assert "description: What we pour.\n" in written and "#hidden" not in written
    assert f'image: "{cms.url}/content/images/kettle.png"\nimage_alt: A kettle\n' in written
    assert 'canonical: "https://elsewhere.example/tea/"\n' in written
    assert "Look here:" in written and "Behind the house." in written
    assert "state: draft\n" in (ours.posts / "slides.md").read_text()
    assert "Only members may read it there" in ran.out
    assert quiet(ours.plan("--all"))
    path = ours.posts / "tea.md"
    path.write_text(written.replace("Look here:", "Look there:"))
    assert "1 card (toggle)" in ours.plan().out
