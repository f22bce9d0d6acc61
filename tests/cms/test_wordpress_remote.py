"""The real WordPress behind `Remote`: what is sent is held, for every role, whatever it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from cms_kit import png
from systems_kit import visitor_get
from wordpress_kit import WordPress

from copydesk.api import LocalFile, TargetSettings
from copydesk.sanitize import sanitize
from copydesk_plugins.publishers.cms.remote import Difference, Held, Lost, Refused, Remote, Wish
from copydesk_plugins.publishers.wordpress.connecting import connect

Connect = Callable[[str], Remote]
DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
#: Everything that WordPress, its editor or its shortcodes could take for something else.
HOSTILE = """\
<p>Signs &lt;!-- wp:html --&gt; --&gt; ]]&gt; &lt;/script&gt; &amp;lt; [gallery] [[embed]]
[caption] <a href="https://x.example/?a[b]=1&amp;c=2" title="<!-- /copydesk --> [gallery]">x</a></p>
<p>&lt;!-- copydesk post=evil text=0 --&gt;&lt;!-- /copydesk --&gt;</p>
<p>\\ \\\\ 'q' "q" \U0001f600\u00a0\u2028</p>
<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>
<h2 id="a">[audio]</h2>
<ul><li>a<ul><li>b</li></ul></li></ul><ol start="4"><li>c</li></ol>
<blockquote><p>x</p></blockquote><pre><code>[gallery]
https://x.example/y

&lt;b&gt;</code></pre>
<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>
<details><summary>s</summary>t</details><div class="footnote-definition" id="1">n</div><hr>
"""
ELSEWHERE = "https://x.example/y.png"
LINKS = (
    '<nav data-copydesk="links" aria-label="Older and newer posts">\n'
    '<p>Older: <a rel="prev" href="https://x.example/">Fees [gallery] &amp; more</a></p>\n</nav>'
)
DATA = '{"@context": "https://schema.org", "x": "</script><!-- [gallery] & ]]>"}'


@pytest.fixture
def log_in(clean_wordpress: WordPress, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    """Connect as admin, editor, author or contributor, and greet."""
    opened: list[Remote] = []
    for each in clean_wordpress.posts():
        clean_wordpress.ask("DELETE", f"posts/{each.id}?force=true")

    def one(role: str) -> Remote:
        monkeypatch.setenv("COPYDESK_CLINIC_SECRET", clean_wordpress.password(role))
        monkeypatch.setenv("COPYDESK_CLINIC_URL", clean_wordpress.url)
        opened.append(connect(settings(clean_wordpress.url, role)))
        opened[-1].greet()
        return opened[-1]

    yield one
    for each in opened:
        each.close()


def settings(url: str, user: str) -> TargetSettings:
    return TargetSettings("clinic", "wordpress", None, url, user, "own")


def wish(slug: str = "fees", **fields: object) -> Wish:
    made = Wish(
        f"id--{slug}", "f00.ba-4.", slug, "Fees", "What it costs.", DAY, "<p>x</p>", "", (), ()
    )
    return made._replace(**fields)  # type: ignore[arg-type]


def made(remote: Remote, wish: Wish) -> Held:
    held = remote.read(remote.create(wish))
    assert held is not None
    return held


def hard(remote: Remote, held: Held, wish: Wish) -> list[Difference]:
    return [each for each in remote.differences(held, wish) if not each.harmless]


def again(remote: Remote, held: Held) -> Held:
    found = remote.read(held.remote)
    assert found is not None
    return found


def clean(html: str) -> str:
    return sanitize(html, lambda attribute, value: value)


def test_who_we_are(log_in: Connect, clean_wordpress: WordPress) -> None:
    abilities = {}
    for role in ("admin", "editor", "author", "contributor"):
        account = log_in(role).greet()
        abilities[role] = account.can
        assert account.public == clean_wordpress.url + "/"
        assert account.timezone == "America/Los_Angeles"
        clean_wordpress.write(f"of-{role}", "x", "x")  # now the site can say what scripts become
        assert log_in(role).greet().can == account.can
    assert abilities["admin"] == {"publish", "upload", "script", "edit others", "terms"}
    assert abilities["editor"] == abilities["admin"]
    assert abilities["author"] == {"publish", "upload"}
    assert abilities["contributor"] == set()


@pytest.mark.parametrize(
    ("user", "password", "words"),
    [
        ("admin", "wrong wrong wrong", "does not let the user"),
        ("nobody", "", "does not let the user"),
        ("admin@example.test", "", ""),
    ],
)
def test_the_password_is_looked_at_first(
    clean_wordpress: WordPress,
    monkeypatch: pytest.MonkeyPatch,
    user: str,
    password: str,
    words: str,
) -> None:
    monkeypatch.setenv("COPYDESK_CLINIC_SECRET", password or clean_wordpress.password("admin"))
    monkeypatch.setenv("COPYDESK_CLINIC_URL", clean_wordpress.url)
    remote = connect(settings(f"{clean_wordpress.url}/wp-json/", user))
    if not words:
        assert remote.greet().role == "administrator"
        return
    with pytest.raises(Lost) as raised:
        remote.greet()
    assert words in raised.value.failure.message


@pytest.mark.parametrize("role", ["admin", "editor", "author", "contributor"])
def test_what_is_sent_is_held_for_every_role(
    log_in: Connect, clean_wordpress: WordPress, role: str
) -> None:
    remote = log_in(role)
    can = remote.greet().can
    clean_wordpress.ask("POST", "categories", "admin", json={"name": "Q&A"})
    sent = wish(
        title='Fees <b> & "hours" [gallery] \\ \U0001f600',
        description="What & <i>how</i> --> x",
        body=clean(HOSTILE),
        block=LINKS,
        category=("q&a",),
        tags=("Q&A", "Ünlaut <3") if role != "contributor" else (),
        data=(DATA,) if "script" in can else (),
    )
    held = made(remote, sent)
    assert held.state == "draft"
    assert hard(remote, held, sent) == []
    assert held.block == LINKS
    assert (held.key, held.text, held.slug) == (sent.key, sent.text, "fees")
    assert held.published == DAY
    assert [each.remote for each in remote.find(sent.key, "")] == [held.remote]
    assert [each.remote for each in remote.find("", "fees")] == [held.remote]
    assert [each.remote for each in remote.posts()] == [held.remote]

    remote.update(held, sent._replace(title="Other", tags=(), text="2"))
    after = again(remote, held)
    assert (after.title, after.tags, after.text, after.body) == ("Other", (), "2", held.body)
    remote.relink(after, "", ())
    bare = again(remote, held)
    assert (bare.block, bare.data, bare.body) == ("", "", held.body)
    remote.restore(bare, held.raw)
    back = again(remote, held)
    assert back.block == "", "links of that time came back"
    assert back.data == held.data
    remote.relink(back, LINKS, tuple(held.data.splitlines()))
    back = again(remote, held)
    assert {**back.raw, "modified_gmt": ""} == {**held.raw, "modified_gmt": ""}


def test_visitors_see_what_was_written_and_nothing_else(
    log_in: Connect, clean_wordpress: WordPress
) -> None:
    remote = log_in("editor")
    held = made(remote, wish(body=clean(HOSTILE), block=LINKS, data=(DATA,)))
    assert visitor_get(held.address).status == 404
    remote.set_state(held, "public", DAY)
    page = visitor_get(held.address).text
    assert again(remote, held).state == "public"
    shown = unescape(page)
    for words in ("<p>[caption] ", "[gallery] [[embed]]", "watch?v=dQw4w9WgXcQ</p>"):
        assert words.removeprefix("<p>") in shown
    assert page.count('rel="prev" href="https://x.example/"') == 1
    assert page.count('<script type="application/ld+json">') == 1
    assert "<iframe" not in page
    assert "gallery-columns" not in page
    assert '<figure class="wp-block-embed' not in page


def test_a_draft_goes_public_is_taken_back_and_is_scheduled(log_in: Connect) -> None:
    remote = log_in("editor")
    soon = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    held = made(remote, wish(block=LINKS))
    remote.set_state(held, "public", DAY)
    held = again(remote, held)
    assert (held.state, held.published, held.block) == ("public", DAY, LINKS)
    remote.set_state(held, "draft", None)
    held = again(remote, held)
    assert (held.state, held.published, held.block, held.key) == ("draft", DAY, "", "id--fees")
    remote.set_state(held, "scheduled", soon)
    held = again(remote, held)
    assert (held.state, held.published) == ("scheduled", soon)
    remote.update(held, wish(title="Later", published=soon))
    held = again(remote, held)
    assert (held.state, held.title) == ("scheduled", "Later")
    with pytest.raises(Refused):
        remote.update(held, wish(published=DAY))
    assert again(remote, held).state == "scheduled"
    remote.set_state(held, "draft", None)
    assert again(remote, held).state == "draft"


def test_a_contributor_may_not_publish_and_is_told_so(log_in: Connect) -> None:
    remote = log_in("contributor")
    held = made(remote, wish())
    with pytest.raises(Refused) as raised:
        remote.set_state(held, "public", DAY)
    assert "may not make posts public" in raised.value.failure.message
    with pytest.raises(Refused) as raised:
        remote.create(wish("second", tags=("New",), category=("New",)))
    assert "the category “New” is not there" in raised.value.failure.message
    assert again(remote, held).state == "draft"


def test_a_low_role_is_told_what_was_taken_out(log_in: Connect) -> None:
    remote = log_in("author")
    sent = wish(body="<p>x</p><script>1</script><p onclick='y'>z</p>", data=(DATA,))
    held = made(remote, sent)
    (difference,) = hard(remote, held, sent)
    assert difference.field == "body"
    assert "role of this account" in difference.cause
    assert ("structured data", "the role of this account may not keep scripts in a post") in (
        remote.degraded(sent)
    )
    assert "schema.org" not in str(held.raw)


def test_data_that_a_save_by_a_low_role_destroyed_is_seen(
    log_in: Connect, clean_wordpress: WordPress
) -> None:
    author = log_in("author")
    held = made(author, wish())
    editor = log_in("editor")
    editor.update(again(editor, held), wish(block=LINKS, data=(DATA,)))
    full = again(editor, held)
    assert full.data
    clean_wordpress.ask(
        "POST",
        f"posts/{held.remote}",
        "author",
        json={"title": "New", "content": full.raw["content"]},
    )
    after = again(editor, held)
    assert after.key == held.key
    assert "data" in {each.field for each in editor.differences(after, wish(data=(DATA,)))}


@pytest.mark.parametrize("state", ["draft", "publish"])
def test_a_taken_slug_is_named(log_in: Connect, clean_wordpress: WordPress, state: str) -> None:
    remote = log_in("editor")
    other = clean_wordpress.write("fees", "Other", "x", state)
    assert [each.remote for each in remote.find("id--fees", "fees")] == [other]
    held = made(remote, wish())
    assert held.slug == "fees-2"
    (difference,) = [each for each in remote.differences(held, wish()) if each.field == "slug"]
    assert "stands at “fees” already" in difference.cause
    assert {each.remote for each in remote.find("id--fees", "fees")} == {other, held.remote}


def test_twins_are_found_where_a_search_finds_nothing(log_in: Connect) -> None:
    remote = log_in("editor")
    twins = {remote.create(wish()), remote.create(wish()), remote.create(wish())}
    remote.create(wish("fees-4", key="of-another"))
    assert {each.remote for each in remote.find("id--fees", "fees")} == twins
    remote._listing._few, few = None, remote._listing._few  # type: ignore[attr-defined]
    remote._listing._few = lambda query: [] if "search" in query else few(query)  # type: ignore[attr-defined]
    assert {each.remote for each in remote.find("id--fees", "fees")} == twins


def test_what_is_in_the_bin_is_found_there(log_in: Connect, clean_wordpress: WordPress) -> None:
    remote = log_in("editor")
    held = made(remote, wish())
    clean_wordpress.remove(held.remote)
    (found,) = remote.find("id--fees", "fees")
    assert (found.state, found.slug, found.address) == ("trashed", "fees", "")
    assert list(remote.posts()) == []
    assert again(remote, held).state == "trashed"
    clean_wordpress.ask("DELETE", f"posts/{held.remote}?force=true")
    assert remote.read(held.remote) is None
    with pytest.raises(Refused) as raised:
        remote.update(held, wish())
    assert "not there any more" in raised.value.failure.message


def test_a_human_draft_without_slug_and_date(log_in: Connect, clean_wordpress: WordPress) -> None:
    remote = log_in("editor")
    id = str(clean_wordpress.ask("POST", "posts", json={"title": "Über KAP"})["id"])
    held = remote.read(id)
    assert held is not None
    assert (held.slug, held.key, held.body) == ("", "", "")
    assert held.address == clean_wordpress.url + "/uber-kap/"


def test_pictures_are_uploaded_once_and_keep_their_words(
    log_in: Connect, clean_wordpress: WordPress, tmp_path: Path
) -> None:
    remote = log_in("author")
    path = tmp_path / "x.png"
    path.write_bytes(png())
    local = LocalFile(path, "a-chair-0123456789abcdef.png")
    assert remote.find_file(local) is None
    file = remote.describe(remote.upload(local), 'A "chair" & more')
    assert file.address.startswith(clean_wordpress.url)
    assert remote.find_file(local) == file
    twin = remote.upload(local)  # as a box on the way that delivers twice
    assert twin.remote != file.remote
    assert remote.find_file(local) == file
    clean_wordpress.ask("POST", f"media/{file.remote}", json={"title": "Renamed by a person"})
    assert log_in("author").find_file(local) == file
    remote.describe(file, "Two chairs")
    sent = wish(
        image=file.remote,
        image_alt="Two chairs",
        body=f'<p><img src="{file.address}" alt="x"></p>\n<p><img src="{ELSEWHERE}" alt=""></p>',
    )
    held = made(remote, sent)
    assert (held.image, held.image_alt) == (file.remote, "Two chairs")
    assert f'class="wp-image-{file.remote}"' in held.body
    assert hard(remote, held, sent) == []
    other = log_in("author")  # another process writes the very same blocks
    assert hard(other, again(other, held), sent) == []
    wrong = sent._replace(image="99999")
    assert [each.field for each in hard(remote, made(remote, wrong), wrong)] == [
        "slug",
        "image",
    ]


def test_a_file_that_is_no_picture_is_refused_in_words(log_in: Connect, tmp_path: Path) -> None:
    remote = log_in("editor")
    path = tmp_path / "x.svg"
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    with pytest.raises(Refused) as raised:
        remote.upload(LocalFile(path, "x-0123456789abcdef.svg"))
    assert "kind of file" in raised.value.failure.message
    with pytest.raises(Refused) as raised:
        remote.upload(LocalFile(tmp_path / "none.png", "none-0123456789abcdef.png"))
    assert raised.value.failure.path.endswith("none.png")
    contributor = log_in("contributor")
    path = tmp_path / "x.png"
    path.write_bytes(png())
    with pytest.raises(Refused) as raised:
        contributor.upload(LocalFile(path, "x-0123456789abcdef.png"))
    assert "may not" in raised.value.failure.message


def test_long_texts_come_back_whole(log_in: Connect) -> None:
    remote = log_in("editor")
    sent = wish(
        title="ä😀 " * 2_500 + "x",
        description="word " * 2_000 + "x",
        body="".join(f"<p>paragraph {number}</p>" for number in range(20_000)),
    )
    held = made(remote, sent)
    assert hard(remote, held, sent) == []
    assert remote.html(held).count("<p>") == 20_000


def test_a_human_may_press_publish_on_our_draft(
    log_in: Connect, clean_wordpress: WordPress
) -> None:
    remote = log_in("editor")
    held = made(remote, wish())
    clean_wordpress.edit(held.remote, state="public")
    after = again(remote, held)
    assert (after.state, after.published, after.body, after.key) == (
        *("public", DAY, held.body, held.key),
    )
    assert after.revision != held.revision


def test_names_of_terms_are_as_people_write_them(
    log_in: Connect, clean_wordpress: WordPress
) -> None:
    remote = log_in("editor")
    parent = clean_wordpress.ask("POST", "categories", "admin", json={"name": "Care"})["id"]
    child = clean_wordpress.ask(
        "POST", "categories", "admin", json={"name": "Q&A", "parent": parent}
    )["id"]
    held = made(remote, wish(category=("q&A",), tags=("A < B", "A & B", "a & b")))
    assert held.raw["categories"] == [child]
    assert held.category == ("Q&A",)
    assert sorted(held.tags) == ["A & B", "A < B"]
    second = log_in("author")
    after = made(second, wish("second", tags=("a < b",)))
    assert after.tags == ("A < B",)
    none = made(remote, wish("third"))
    assert none.category in ((), ("Uncategorized",))
    assert all(each.harmless for each in remote.differences(none, wish("third")))
    remote.update(held, wish(tags=(), category=()))
    assert again(remote, held).tags == ()
    assert again(remote, held).category == ()


def test_an_author_sees_what_stands_at_an_address(
    log_in: Connect, clean_wordpress: WordPress
) -> None:
    editor = log_in("editor")
    held = made(editor, wish(block=LINKS))
    editor.set_state(held, "public", DAY)
    author = log_in("author")
    (found,) = author.find("id--fees", "fees")
    assert (found.key, found.remote, found.raw) == ("id--fees", held.remote, {})
    assert [each.remote for each in author.posts()] == [held.remote]
    with pytest.raises(Refused):
        author.update(found, wish())
    with pytest.raises(Refused):
        author.relink(found, LINKS, ())
    assert author.read(held.remote) is not None


def test_our_block_is_changed_wherever_a_person_moved_it(
    log_in: Connect, clean_wordpress: WordPress
) -> None:
    remote = log_in("editor")
    held = made(remote, wish(block=LINKS, data=(DATA,)))
    text = held.raw["content"]
    start = text.index("<!-- wp:html -->")
    clean_wordpress.edit(held.remote, content=text[start:] + "\n\n" + text[:start] + "<!-- x -->")
    moved = again(remote, held)
    assert (moved.key, moved.block, moved.data) == (held.key, LINKS, held.data)
    remote.relink(moved, "<p>y</p>", (DATA,))
    after = again(remote, held)
    assert after.block == "<p>y</p>"
    assert after.body == moved.body
    assert after.raw["content"].endswith("<!-- x -->")
