"""What people do in a real WordPress beside writing: the media library, and passwords."""

from __future__ import annotations

from collections.abc import Callable

from cms_kit import Ran, Site, png
from systems_kit import Seen, visitor_get
from wordpress_kit import WordPress


def post_of(wordpress: WordPress, slug: str) -> Seen:
    return next(each for each in wordpress.posts() if each.slug == slug)


def alts(wordpress: WordPress) -> list[str]:
    return [each["alt_text"] for each in wordpress.media()]


def done(ran: Ran) -> str:
    assert ran.code == 0, ran.said
    return ran.out


def with_chair(site: Site, slug: str, day: int = 1, alt: str | None = "A chair") -> None:
    site.post(slug, "We have chairs.", day, image="images/chair.png", image_alt=alt)


def test_an_alternative_text_improved_in_the_media_library_stays(
    clean_wordpress: WordPress, site: Callable[..., Site]
) -> None:
    mine = site(clean_wordpress)
    mine.picture("chair.png")
    with_chair(mine, "chairs")
    plan = done(mine.plan("--go-live"))
    assert "none from the web" not in plan
    done(mine.go_live())
    (file,) = clean_wordpress.media()
    clean_wordpress.ask("POST", f"media/{file['id']}", json={"alt_text": "A blue chair"})
    mine.post("chairs", "Other words.", image="images/chair.png", image_alt="A chair")
    said = done(mine.publish())
    assert "Its picture has the alternative text “A blue chair” there." in said
    assert "a person or another post gave it this one" in said
    assert alts(clean_wordpress) == ["A blue chair"]
    assert "Other words." in post_of(clean_wordpress, "chairs").body
    clean_wordpress.ask("POST", f"media/{file['id']}", json={"alt_text": "A chair"})
    mine.post("chairs", "Other words.", image="images/chair.png", image_alt="A <b>new</b> chair")
    assert "takes HTML out" in done(mine.publish())
    mine.post("chairs", "Other words.", image="images/chair.png", image_alt="A low chair")
    assert "there." not in done(mine.publish())
    assert alts(clean_wordpress) == ["A low chair"]


def test_posts_that_share_a_picture_all_go_live(
    clean_wordpress: WordPress, site: Callable[..., Site]
) -> None:
    mine = site(clean_wordpress)
    mine.picture("chair.png")
    with_chair(mine, "one", 1, None)
    with_chair(mine, "two", 2)
    with_chair(mine, "three", 3, "A place to sit")
    said = done(mine.go_live())
    assert said.count("Its picture has the alternative text") == 1
    assert {each.state for each in clean_wordpress.posts()} == {"public"}
    assert len(alts(clean_wordpress)) == 1


def test_a_picture_that_a_person_deleted_is_uploaded_again(
    clean_wordpress: WordPress, site: Callable[..., Site]
) -> None:
    mine = site(clean_wordpress)
    mine.picture("chair.png")
    with_chair(mine, "one", 1)
    mine.post("two", "It stands here. ![A chair](images/chair.png)", 2)
    done(mine.go_live())
    (file,) = clean_wordpress.media()
    clean_wordpress.ask("DELETE", f"media/{file['id']}?force=true")
    with_chair(mine, "three", 3)
    with_chair(mine, "four", 4, "Another chair")
    done(mine.go_live("--overwrite", "id-one"))
    (file,) = clean_wordpress.media()
    for slug in ("one", "three", "four"):
        assert post_of(clean_wordpress, slug).raw["featured_media"] == file["id"]
        assert post_of(clean_wordpress, slug).state == "public"
    assert visitor_get(file["source_url"]).status == 200
    mine.post("two", "It stands there. ![A chair](images/chair.png)", 2)
    done(mine.publish())
    assert file["source_url"] in post_of(clean_wordpress, "two").body


def test_a_post_behind_a_password_is_neither_linked_nor_opened(
    clean_wordpress: WordPress, site: Callable[..., Site]
) -> None:
    mine = site(clean_wordpress)
    for day, slug in enumerate(("one", "two", "three"), 1):
        mine.post(slug, day=day)
    done(mine.go_live())
    locked = post_of(clean_wordpress, "two")
    clean_wordpress.ask("POST", f"posts/{locked.id}", json={"password": "open-sesame"})
    for _ in range(2):
        ran = mine.go_live()
        assert "open-sesame" not in ran.said
        assert "1 post in conflict" in ran.said
        assert locked.address not in post_of(clean_wordpress, "one").body
        assert locked.address not in post_of(clean_wordpress, "three").body
        now = clean_wordpress.ask("GET", f"posts/{locked.id}?context=edit")
        assert (now["password"], now["status"]) == ("open-sesame", "publish")
    assert post_of(clean_wordpress, "three").address in post_of(clean_wordpress, "one").body
    ran = mine.go_live("--overwrite", "id-two")
    assert "a person protected it there by a password" in ran.said
    now = clean_wordpress.ask("GET", f"posts/{locked.id}?context=edit")
    assert (now["password"], now["status"]) == ("open-sesame", "publish")


def test_what_the_theme_makes_of_a_gallery_is_no_difference(
    clean_wordpress: WordPress, site: Callable[..., Site]
) -> None:
    numbers = []
    for shade in (10, 90):
        type = {"Content-Type": "image/png"}
        named = type | {"Content-Disposition": f'attachment; filename="tea-{shade}.png"'}
        picture = clean_wordpress.ask("POST", "media", data=png(shade), headers=named)
        clean_wordpress.ask("POST", f"media/{picture['id']}", json={"caption": f"Pot {shade} here"})
        numbers.append(str(picture["id"]))
    gallery = f'[gallery ids="{",".join(numbers)}"]'
    text = f"<p>We serve tea.</p>\n\n{gallery}\n\n<p>Come and have some.</p>"
    clean_wordpress.write("tea", "Tea", text, "public")
    mine = site(clean_wordpress)
    done(mine.run("import", "--from", mine.target, "--yes"))
    assert "Pot 10 here" in visitor_get(post_of(clean_wordpress, "tea").address).text
    assert "its text differs" not in mine.run("verify", "--to", mine.target).said
    tea = post_of(clean_wordpress, "tea")
    clean_wordpress.swap(tea.id, "have some.", "have some. Nobody wrote this before.")
    said = mine.run("verify", "--to", mine.target).said
    assert "its text differs" in said
    assert "Pot 10" not in said
