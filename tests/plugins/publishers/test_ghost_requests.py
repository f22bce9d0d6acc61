"""What Ghost is asked, exactly: nothing that mails, nothing that deletes, nobody's work undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ghost_stub import NOW, WISH, Asked, Says, ghost, post, usual

from copydesk.api import LocalFile
from copydesk_plugins.publishers.cms.remote import (
    CopydeskError,
    File,
    Held,
    Lost,
    Moved,
    NotDone,
    Refused,
    Unclear,
)
from copydesk_plugins.publishers.ghost.head import Head, with_head
from copydesk_plugins.publishers.ghost.posts import Ghost

ONE = "6" * 24
PAST = datetime(2026, 3, 1, tzinfo=UTC)
NAV = (
    '<nav data-copydesk="links" aria-label="x"><p><a href="https://blog.example/b/">B</a></p></nav>'
)
OTHERS = [
    {"id": "1" * 24, "name": "Sleep", "visibility": "public"},
    {"id": "2" * 24, "name": "#theirs", "visibility": "internal"},
    {"id": "3" * 24, "name": "#copydesk-id-a", "visibility": "internal"},
]


def holding(held: dict[str, Any]) -> Callable[[Asked], Says]:
    """Answer as a Ghost with one post, and echo every write."""

    def respond(asked: Asked) -> Says:
        if asked.method in ("POST", "PUT"):
            return Says({"posts": [held | asked.post | {"tags": held["tags"]}]})
        return usual(asked) or Says({"posts": [held]})

    return respond


def written(asked: list[Asked]) -> Asked:
    """Return the one write."""
    (found,) = [each for each in asked if each.method != "GET"]
    return found


def read(remote: Ghost) -> Held:
    held = remote.read(ONE)
    assert held is not None
    return held


def test_a_create_makes_a_draft() -> None:
    with ghost(holding(post())) as (remote, asked):
        assert remote.create(WISH) == ONE
    sent = written(asked)
    assert (sent.method, sent.path, sent.query) == ("POST", "posts/", {})
    assert sent.post["status"] == "draft"
    assert sent.post["slug"] == "a"
    assert sent.post["published_at"] == "2026-03-01T09:00:00.000Z"
    assert [tag["name"] for tag in sent.post["tags"]] == ["Sleep", "rest", "#copydesk-id-a"]
    assert sent.post["codeinjection_head"] == "<!-- copydesk text=abc -->\n"


def test_a_draft_gets_no_date_to_come() -> None:
    with ghost(holding(post())) as (remote, asked):
        remote.create(WISH._replace(published=NOW + timedelta(days=1)))
    assert "published_at" not in written(asked).post


def test_an_update_keeps_what_others_did() -> None:
    held = post(
        status="published",
        tags=OTHERS,
        codeinjection_head="<style>a{}</style>\n<!-- copydesk text=old -->\n",
    )
    with ghost(holding(held)) as (remote, asked):
        remote.update(read(remote), WISH._replace(data=('{"a": 1}',), block=NAV))
    sent = written(asked)
    assert (sent.method, sent.path, sent.query) == ("PUT", f"posts/{ONE}/", {})
    assert sent.post["updated_at"] == held["updated_at"]
    assert {"id": "2" * 24} in sent.post["tags"]
    assert sent.post["tags"][0] == {"name": "Sleep"}
    assert sent.post["tags"][-1] == {"name": "#copydesk-id-a"}
    assert sent.post["codeinjection_head"].startswith("<style>a{}</style>\n<!-- copydesk text=abc")
    assert not {"status", "slug", "visibility", "featured", "authors"} & sent.post.keys()


def test_a_slug_is_written_only_where_it_differs() -> None:
    with ghost(holding(post())) as (remote, asked):
        remote.update(read(remote), WISH._replace(slug="b"))
    assert written(asked).post["slug"] == "b"
    with ghost(holding(post())) as (remote, asked):
        remote.update(read(remote), WISH._replace(slug=""))
    assert "slug" not in written(asked).post


@pytest.mark.parametrize(
    ("status", "days", "sent"),
    [
        ("published", -30, True),
        ("published", 30, False),
        ("scheduled", 30, True),
        ("scheduled", -30, False),
        ("draft", -30, True),
        ("draft", 30, False),
    ],
)
def test_a_date_is_sent_only_where_it_moves_no_post(status: str, days: int, sent: bool) -> None:
    with ghost(holding(post(status=status))) as (remote, asked):
        remote.update(read(remote), WISH._replace(published=NOW + timedelta(days=days)))
    assert ("published_at" in written(asked).post) == sent


def test_links_are_written_and_nothing_else() -> None:
    lexical = '{"root":{"children":[{"type":"callout","odd":1.0}],"x":[]}}'
    with ghost(holding(post(lexical=lexical, codeinjection_head="<b>"))) as (remote, asked):
        remote.relink(read(remote), NAV, ('{"b": 2}',))
    sent = written(asked).post
    assert sent.keys() == {"lexical", "codeinjection_head", "updated_at"}
    document = json.loads(sent["lexical"])["root"]
    assert document["children"][0] == {"type": "callout", "odd": 1.0}
    assert document["children"][1]["html"] == NAV
    assert document["x"] == []
    assert sent["codeinjection_head"].splitlines()[0] == "<b>"


def test_a_post_of_the_former_editor_is_not_changed_below() -> None:
    held = post(lexical=None, mobiledoc="{}", html="<p>Old.</p>")
    with ghost(holding(held)) as (remote, asked):
        assert read(remote).body == "<p>Old.</p>"
        with pytest.raises(Refused) as caught:
            remote.relink(read(remote), NAV, ())
    assert "former editor" in caught.value.failure.message
    assert all(each.method == "GET" for each in asked)


def test_a_post_goes_live_with_its_date_and_nothing_else() -> None:
    with ghost(holding(post())) as (remote, asked):
        remote.set_state(read(remote), "public", PAST)
    sent = written(asked)
    assert sent.query == {}
    assert sent.post == {
        "status": "published",
        "published_at": "2026-03-01T00:00:00.000Z",
        "updated_at": "2026-05-01T00:00:00.000Z",
    }


def test_a_post_that_is_taken_back_loses_its_links() -> None:
    document = {"root": {"children": [{"type": "html", "html": NAV}]}}
    code = with_head("", Head("abc", ("{}",)))
    held = post(status="published", lexical=json.dumps(document), codeinjection_head=code)
    with ghost(holding(held)) as (remote, asked):
        remote.set_state(read(remote), "draft", None)
    sent = written(asked).post
    assert sent["status"] == "draft"
    assert "data-copydesk" not in sent["lexical"]
    assert json.loads(sent["lexical"])["root"]["children"] == [
        {
            "type": "paragraph",
            "version": 1,
            "children": [],
            "direction": "ltr",
            "format": "",
            "indent": 0,
        }
    ]
    assert sent["codeinjection_head"] == "<!-- copydesk text=abc -->\n"


#: What may send mail: fields of a post, and a word of the reason.
MAIL: dict[str, tuple[dict[str, Any], str]] = {
    "newsletter": ({"newsletter": {"slug": "weekly"}}, "newsletter"),
    "mail only": ({"email_only": True}, "not to be shown"),
    "was mailed": ({"email": {"status": "submitted"}}, "sent as a newsletter already"),
    "sent": ({"status": "sent"}, "sent as a newsletter already"),
}


@pytest.mark.parametrize("name", MAIL)
@pytest.mark.parametrize("state", ["public", "scheduled", "draft"])
def test_a_state_that_may_mail_is_never_changed(name: str, state: Any) -> None:
    fields, text = MAIL[name]
    date = PAST if state == "public" else NOW + timedelta(days=1)
    with ghost(holding(post(**fields))) as (remote, asked):
        held = read(remote)
        assert text in held.bar
        with pytest.raises(Refused) as caught:
            remote.set_state(held, state, date)
        with pytest.raises(Refused):
            remote.restore(held, held.raw | {"status": "published"})
    assert text in caught.value.failure.message
    assert all(each.method == "GET" for each in asked)


def test_a_newsletter_that_was_chosen_after_our_look_is_seen() -> None:
    answers = iter([post(), post(newsletter={"slug": "weekly"})])

    def respond(asked: Asked) -> Says:
        return usual(asked) or Says({"posts": [next(answers)]})

    with ghost(respond) as (remote, asked), pytest.raises(Refused):
        remote.set_state(read(remote), "public", PAST)
    assert all(each.method == "GET" for each in asked)


@pytest.mark.parametrize("name", ["newsletter", "email", "email_only"])
def test_a_ghost_that_does_not_tell_of_mail_is_not_trusted(name: str) -> None:
    held = post()
    del held[name]
    with ghost(holding(held)) as (remote, asked), pytest.raises(Refused):
        remote.set_state(read(remote), "public", PAST)
    assert all(each.method == "GET" for each in asked)


def test_a_post_that_moved_since_our_look_keeps_its_state() -> None:
    answers = iter([post(), post(updated_at="2026-05-02T00:00:00.000Z")])

    def respond(asked: Asked) -> Says:
        return usual(asked) or Says({"posts": [next(answers)]})

    with ghost(respond) as (remote, asked), pytest.raises(Moved):
        remote.set_state(read(remote), "public", PAST)
    assert all(each.method == "GET" for each in asked)


def test_what_is_restored_is_what_was() -> None:
    before = post(title="Before", tags=OTHERS, status="published", slug="a", lexical='{"root":{}}')
    now = post(title="Now", tags=[], status="published", slug="a")
    with ghost(holding(before)) as (remote, _):
        raw = json.loads(json.dumps(dict(read(remote).raw)))
    with ghost(holding(now)) as (remote, asked):
        remote.restore(read(remote), raw)
    sent = written(asked).post
    assert sent["title"] == "Before"
    assert sent["lexical"] == '{"root":{}}'
    assert [tag["name"] for tag in sent["tags"]] == ["Sleep", "#theirs", "#copydesk-id-a"]
    assert not {"status", "slug", "mobiledoc", "newsletter", "email", "email_only"} & sent.keys()
    assert sent["updated_at"] == now["updated_at"]


def test_what_is_restored_has_the_links_of_now() -> None:
    def with_links(block: str) -> dict[str, Any]:
        with ghost(holding(post(status="published", slug="a"))) as (remote, asked):
            remote.relink(read(remote), block, ())
        return {**post(status="published", slug="a"), "lexical": written(asked).post["lexical"]}

    then, now = (
        with_links(f'<nav data-copydesk="links"><p>{word}</p></nav>') for word in ("older", "newer")
    )
    with ghost(holding(then)) as (remote, _):
        raw = json.loads(json.dumps(dict(read(remote).raw)))
    with ghost(holding(now)) as (remote, asked):
        remote.restore(read(remote), raw)
    assert "newer" in written(asked).post["lexical"]
    assert "older" not in written(asked).post["lexical"]


def test_what_was_kept_badly_is_not_restored() -> None:
    with ghost(holding(post())) as (remote, asked), pytest.raises(Refused, match="cannot be"):
        remote.restore(read(remote), {"title": "x"})
    assert all(each.method == "GET" for each in asked)


def paged(total: int, largest: int) -> tuple[Callable[[Asked], Says], list[int]]:
    """Answer like a Ghost of many posts, one that sends nothing longer than `largest` posts."""
    limits: list[int] = []
    ids = [f"{number:024x}" for number in range(1, total + 1)]

    def respond(asked: Asked) -> Says:
        if (first := usual(asked)) is not None:
            return first
        limit = int(asked.query["limit"])
        limits.append(limit)
        assert asked.query["order"] == "id asc"
        after = asked.query["filter"].removeprefix("id:>'").removesuffix("'")
        rows = [post(id=id) for id in ids if id > after][:limit]
        if len(rows) > largest:
            return Says(b'{"posts": [' + b" " * 17_000_000)
        return Says({"posts": rows})

    return respond, limits


@pytest.mark.parametrize(
    ("total", "largest", "limits"),
    [
        (0, 100, [100]),
        (99, 100, [100]),
        (250, 100, [100, 100, 100]),
        (60, 30, [100, 50, 20, 20, 20, 20]),
    ],
)
def test_every_post_comes_once_in_pages_that_fit(
    total: int, largest: int, limits: list[int]
) -> None:
    respond, asked_for = paged(total, largest)
    with ghost(respond) as (remote, _):
        found = [held.remote for held in remote.posts()]
    assert found == [f"{number:024x}" for number in range(1, total + 1)]
    assert asked_for == limits


def test_a_page_that_repeats_itself_ends() -> None:
    def respond(asked: Asked) -> Says:
        rows = [post(id=f"{number:024x}") for number in range(100)]
        return usual(asked) or Says({"posts": rows})

    with ghost(respond) as (remote, asked), pytest.raises(Lost):
        list(remote.posts())
    assert len(asked) < 10


def test_a_post_is_found_by_tag_or_slug_and_looked_at_again() -> None:
    rows = [
        post(id="1" * 24, slug="a"),
        post(id="2" * 24, slug="x", tags=[{"id": "3" * 24, "name": "#copydesk-id-a"}]),
        post(id="3" * 24, slug="A", tags=[{"id": "4" * 24, "name": "#copydesk-id.a"}]),
    ]

    def respond(asked: Asked) -> Says:
        return usual(asked) or Says({"posts": rows})

    with ghost(respond) as (remote, asked):
        found = remote.find("id-a", "a")
    assert [held.remote for held in found] == ["1" * 24, "2" * 24]
    assert asked[0].query["filter"] == "tags.name:'#copydesk-id-a',slug:'a'"


def test_a_tag_keeps_the_spelling_it_has_there() -> None:
    def respond(asked: Asked) -> Says:
        if asked.path == "tags/":
            return Says({"tags": [{"name": "sleep"}, {"name": "Restless"}, {"name": 5}, None]})
        return holding(post())(asked)

    with ghost(respond) as (remote, asked):
        remote.create(WISH)
    names = [tag["name"] for tag in written(asked).post["tags"]]
    assert names == ["sleep", "rest", "#copydesk-id-a"]


def test_a_tag_that_is_the_category_too_is_sent_once() -> None:
    with ghost(holding(post())) as (remote, asked):
        remote.create(WISH._replace(tags=("SLEEP", "rest", "Rest", "")))
    names = [tag["name"] for tag in written(asked).post["tags"]]
    assert names == ["Sleep", "rest", "#copydesk-id-a"]


#: Wishes, and the fields that the plan has to name.
LOSSES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "nothing": ({}, []),
    "description": ({"description": "x" * 301}, ["description"]),
    "tag": ({"tags": ("x" * 192,)}, ["tags"]),
    "title": ({"title": " "}, ["title"]),
    "article": ({"data": ('{"@type": ["BlogPosting"]}',)}, ["structured data"]),
    "other data": ({"data": ('{"@type": "FAQPage"}', "not JSON", "[1]")}, []),
    "AVIF": ({"body": '<img src="assets/a.avif" alt="">'}, ["picture"]),
    "AVIF above": ({"image": "assets/a.avif"}, ["picture"]),
    "AVIF elsewhere": ({"image": "https://x.example/a.avif"}, []),
    "anchor": ({"body": '<h2 id="x">Fees</h2>'}, ["anchors"]),
    "anchor of Ghost": ({"body": '<h2 id="fees">Fees</h2>'}, []),
}


@pytest.mark.parametrize("name", LOSSES)
def test_the_plan_names_what_would_be_lost(name: str) -> None:
    fields, lost = LOSSES[name]
    with ghost(usual_only) as (remote, asked):
        assert [field for field, _ in remote.degraded(WISH._replace(**fields))] == lost
    assert not asked


def usual_only(asked: Asked) -> Says:
    return usual(asked) or Says()


@pytest.fixture
def picture(tmp_path: Path) -> LocalFile:
    path = tmp_path / "one.png"
    path.write_bytes(b"\x89PNG\r\n--boundary\r\n")
    return LocalFile(path, "one-0123456789abcdef.png")


def uploading(says: Says) -> Callable[[Asked], Says]:
    return lambda asked: usual(asked) or says


GOOD = "https://blog.example/content/images/2026/06/one-0123456789abcdef-1.png"


def test_a_picture_is_sent_under_the_name_of_its_content(picture: LocalFile) -> None:
    says = Says({"images": [{"url": GOOD, "ref": picture.name}]}, 201)
    with ghost(uploading(says)) as (remote, asked):
        file = remote.upload(picture)
    assert file == (GOOD, GOOD, "")
    sent = written(asked)
    boundary = sent.headers["Content-Type"].partition("boundary=")[2].encode()
    parts = sent.body.split(b"--" + boundary)
    assert len(parts) == 5
    assert picture.path.read_bytes() in sent.body
    assert b'filename="one-0123456789abcdef.png"' in sent.body


@pytest.mark.parametrize(
    "address",
    [
        None,
        "http://evil.example/one-0123456789abcdef.png",
        "https://blog.example/content/images/other.png",
        "javascript:one-0123456789abcdef.png",
        'https://blog.example/"/one-0123456789abcdef.png',
        "http://[/one-0123456789abcdef.png",
    ],
)
def test_an_address_that_cannot_be_our_file_is_not_taken(
    picture: LocalFile, address: str | None
) -> None:
    says = Says({"images": [{"url": address}]}, 201)
    with ghost(uploading(says)) as (remote, _), pytest.raises(Unclear):
        remote.upload(picture)


@pytest.mark.parametrize("name", ["one.avif", "gone.png"])
def test_a_file_that_cannot_be_sent_is_refused_before(picture: LocalFile, name: str) -> None:
    file = LocalFile(picture.path.with_name(name), name)
    with ghost(uploading(Says())) as (remote, asked):
        with pytest.raises(Refused):
            remote.upload(file)
        assert remote.find_file(file) is None
    assert all(each.method == "GET" for each in asked)


def test_a_busy_ghost_did_not_take_the_file(picture: LocalFile) -> None:
    with ghost(uploading(Says(b"", 429))) as (remote, _), pytest.raises(NotDone):
        remote.upload(picture)


FOLDER = "/content/images/2026/"


@pytest.mark.parametrize(
    ("place", "content", "found"),
    [
        ("06/one-0123456789abcdef.png", None, True),
        ("05/one-0123456789abcdef.png", None, True),
        ("06/one-0123456789abcdef_o.png", None, True),
        ("06/one-0123456789abcdef.png", b"another picture", False),
        ("04/one-0123456789abcdef.png", None, False),
    ],
)
def test_a_file_is_looked_for_where_ghost_puts_it(
    picture: LocalFile, place: str, content: bytes | None, found: bool
) -> None:
    there = picture.path.read_bytes() if content is None else content

    def respond(asked: Asked) -> Says:
        if asked.path == "site/":
            site = {"url": f"http://{asked.headers['Host']}/", "version": "6.65"}
            return Says({"site": site})
        if asked.path.startswith("/content/"):
            return Says(there) if asked.path == FOLDER + place else Says(b"", 404)
        return usual(asked) or Says()

    with ghost(respond) as (remote, asked):
        file = remote.find_file(picture)
    visits = [each for each in asked if each.path.startswith("/content/")]
    assert bool(file) == found
    assert visits
    assert all("Authorization" not in each.headers for each in visits)
    if file:
        assert file.address.endswith(".png")
        assert "_o" not in file.address


@pytest.mark.parametrize(
    ("status", "elsewhere", "found"),
    [(200, False, True), (404, False, False), (410, False, False), (403, False, True),
     (404, True, True)],
)  # fmt: skip
def test_a_file_that_visitors_do_not_find_any_more_is_gone(
    status: int, elsewhere: bool, found: bool
) -> None:
    hosts = []

    def respond(asked: Asked) -> Says:
        if asked.path == "site/":
            hosts.append(f"http://{asked.headers['Host']}/")
            return Says({"site": {"url": hosts[0], "version": "6.65"}})
        if asked.path.startswith("/content/"):
            return Says(b"", status)
        return usual(asked) or Says()

    with ghost(respond) as (remote, asked):
        remote.greet()
        address = "https://cdn.example/one.png" if elsewhere else f"{hosts[0]}{FOLDER[1:]}one.png"
        file = File(address, address, "One")
        assert remote.see_file(file) == (file if found else None)
        assert remote.describe(file, "Two") == (address, address, "Two")
    visits = [each for each in asked if each.path.startswith("/content/")]
    assert [each.method for each in visits] == ([] if elsewhere else ["HEAD"])
    assert all("Authorization" not in each.headers for each in visits)


def test_nothing_here_can_delete_or_mail() -> None:
    def respond(asked: Asked) -> Says:
        return holding(post())(asked)

    with ghost(respond) as (remote, asked):
        remote.create(WISH)
        held = read(remote)
        remote.update(held, WISH)
        remote.relink(held, NAV, ())
        remote.set_state(held, "public", PAST)
        remote.set_state(held, "scheduled", NOW + timedelta(days=1))
        remote.set_state(held, "draft", None)
        remote.restore(held, held.raw)
        with pytest.raises(CopydeskError):
            remote.set_state(held, "trashed", None)
    writes = [each for each in asked if each.method != "GET"]
    assert {each.method for each in writes} == {"POST", "PUT"}
    for each in writes:
        assert not each.query
        words = {"newsletter", "email", "email_segment", "email_only", "email_recipient_filter"}
        assert not words & each.post.keys()
