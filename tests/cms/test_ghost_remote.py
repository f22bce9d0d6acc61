"""The real Ghost behind `Remote`: what is sent is held, nothing is mailed, nothing done twice."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cms_kit import png
from fault_proxy import FaultProxy
from ghost_kit import Ghost
from systems_kit import System, visitor_get

from copydesk.api import CopydeskError, LocalFile, TargetSettings
from copydesk.http import Session
from copydesk.sanitize import sanitize
from copydesk_plugins.publishers.cms.digests import words_of
from copydesk_plugins.publishers.cms.remote import (
    Held,
    Lost,
    Moved,
    NotDone,
    Refused,
    State,
    Unclear,
    Wish,
)
from copydesk_plugins.publishers.ghost.connecting import connect
from copydesk_plugins.publishers.ghost.posts import Ghost as GhostRemote

DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
#: Everything that Ghost, its editor, its themes or a browser could take for something else.
HOSTILE = """\
<p>Signs &lt;!-- kg-card-begin: html --&gt; --&gt; ]]&gt; &lt;/script&gt; &amp;lt;
{{handlebars}} {{{x}}} {unsubscribe_url} %7B <a href="https://x.example/?a[b]=1&amp;c=2">x</a></p>
<p>\\ \\\\ 'q' "q" \U0001f600\u00a0\u2028 \u200d TK #hash @name :) --- ...</p>
<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>
<p>See<sup class="footnote-reference"><a href="#1">1</a></sup> H<sub>2</sub>O
<code>a&lt;b</code></p>
<h2 id="costs">Fees &amp; &lt;costs&gt; {{x}}</h2><p><a href="#costs">up</a></p>
<ul><li>a<ul><li>b</li></ul></li></ul><ol start="4"><li>c</li></ol>
<blockquote><p>x</p><p>y</p></blockquote><pre><code>{{#if a}}

&lt;b&gt;</code></pre>
<table><thead><tr><th>a {{x}}</th></tr></thead><tbody><tr>
<td>--&gt; ]]&gt;</td></tr></tbody></table>
<details><summary>s</summary>t</details><dl><dt>a</dt><dd>b</dd></dl><hr>
<p><img src="https://x.example/a.png" alt="A &quot;b&quot; &lt;c&gt;"></p>
<figure><img src="https://x.example/b.png" alt="">
<figcaption>By &lt;us&gt; <b>b</b></figcaption></figure>
<div class="footnote-definition" id="1"><sup class="footnote-definition-label">1</sup><p>n</p></div>
"""
LINKS = (
    '<nav data-copydesk="links" aria-label="Older and newer posts">\n'
    '<p>Older post: <a rel="prev" href="https://x.example/">Fees {{x}} &amp; more</a></p>\n</nav>'
)
DATA = '{"@type": "BlogPosting", "x": "</script><!-- {{x}} & ]]>"}'
Connect = Callable[..., GhostRemote]


@pytest.fixture
def log_in(clean_ghost: Ghost, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    """Connect with the key of an integration, or another one, at an address, by a clock."""
    opened: list[GhostRemote] = []

    def one(
        url: str = "", secret: str = "", clock: Callable[[], datetime] | None = None
    ) -> GhostRemote:
        url = url or clean_ghost.url
        monkeypatch.setenv("COPYDESK_BLOG_SECRET", secret or clean_ghost.secret)
        monkeypatch.setenv("COPYDESK_BLOG_URL", url)
        settings = TargetSettings("blog", "ghost", None, url, "", "own")
        remote = connect(settings, **({"clock": clock} if clock else {}))
        assert isinstance(remote, GhostRemote)
        opened.append(remote)
        return remote

    yield one
    for each in opened:
        each.close()


@pytest.fixture
def remote(log_in: Connect) -> GhostRemote:
    found = log_in()
    found.greet()
    return found


def wish(slug: str = "fees", **fields: object) -> Wish:
    made = Wish(f"id-{slug}", "f00ba4", slug, "Fees", "What it costs.", DAY, "<p>x</p>", "", (), ())
    return made._replace(**fields)  # type: ignore[arg-type]


def made(remote: GhostRemote, wish: Wish) -> Held:
    held = remote.read(remote.create(wish))
    assert held is not None
    return held


def again(remote: GhostRemote, held: Held) -> Held:
    found = remote.read(held.remote)
    assert found is not None
    return found


def test_who_we_are(log_in: Connect, clean_ghost: Ghost) -> None:
    for end in ("", "/", "/ghost", "/ghost/api/admin/"):
        account = log_in(clean_ghost.url + end).greet()
        assert account.public == clean_ghost.url + "/"
        assert account.system.startswith("Ghost ")
        assert "publish" in account.can
        assert account.notes == ()


@pytest.mark.parametrize("way", ["create", "update"])
def test_what_is_sent_is_held(remote: GhostRemote, way: str) -> None:
    body = sanitize(HOSTILE, lambda attribute, value: value)
    sent = wish(
        "hostile-a-b",
        key="hostile.A_b",
        title='A "title" <b>&amp; {{x}} 😀 </script>',
        description="Say & “do” <i> {{x}}",
        body=body,
        block=LINKS,
        data=(DATA,),
        category=("Q&A, and more",),
        tags=("Sömn", "it's", "a\\b", "notes of a person"),
        image="https://x.example/a.png",
        image_alt='A "b" <c> {{x}}',
        canonical="https://x.example/a?b=1&c=2",
    )
    held = made(remote, sent if way == "create" else wish(sent.slug, key=sent.key))
    if way == "update":
        remote.update(held, sent)
        held = again(remote, held)
    assert remote.differences(held, sent) == ()
    assert held.state == "draft"
    assert held.category == sent.category
    assert words_of("", "", remote.html(held)) == words_of("", "", body)
    remote.set_state(held, "public", DAY)
    held = again(remote, held)
    assert remote.differences(held, sent) == ()
    page = visitor_get(held.address)
    assert page.status == 200
    assert page.text.count('data-copydesk="links"') == 1
    scripts = re.findall(
        r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page.text, re.S
    )
    assert json.loads(DATA) in [json.loads(each) for each in scripts]
    assert page.text.count("<td>--&gt; ]]&gt;</td>") == 1
    assert "{{handlebars}} {{{x}}}" in page.text


def test_a_second_write_of_the_same_moves_nothing(remote: GhostRemote) -> None:
    sent = wish(body=sanitize(HOSTILE, lambda attribute, value: value), tags=("a", "b"))
    first = made(remote, sent)
    remote.update(first, sent)
    second = again(remote, first)
    assert second._replace(revision="", raw={}) == first._replace(revision="", raw={})


def test_people_keep_what_they_did(remote: GhostRemote, clean_ghost: Ghost) -> None:
    held = made(remote, wish(tags=("ours",)))
    head = held.raw["codeinjection_head"]
    clean_ghost.edit(
        held.remote,
        tags=[*({"name": tag["name"]} for tag in held.raw["tags"]), {"name": "#theirs"}],
        codeinjection_head="<style>p{color:red}</style>\n" + head + "<!-- below -->",
        featured=True,
        meta_title="Their title",
    )
    now = again(remote, held)
    assert now.key == held.key
    remote.update(now, wish(tags=("ours",), title="New"))
    after = next(each for each in clean_ghost.posts() if each.id == held.remote)
    assert after.raw["featured"] is True
    assert after.raw["meta_title"] == "Their title"
    assert set(after.tags) == {"ours", "#theirs", "#copydesk-id-fees"}
    code = after.raw["codeinjection_head"]
    assert code.startswith("<style>p{color:red}</style>\n<!-- below -->\n<!-- copydesk text=")


def test_a_card_of_a_person_stays_when_links_change(
    remote: GhostRemote, clean_ghost: Ghost
) -> None:
    held = made(remote, wish(body="<p>one</p><p>two</p>"))
    callout = {"type": "callout", "version": 1, "calloutText": "Mind {{x}}", "calloutEmoji": "💡"}
    document = json.loads(held.raw["lexical"])
    document["root"]["children"].insert(1, {**callout, "backgroundColor": "blue"})
    clean_ghost.edit(held.remote, lexical=json.dumps(document))
    held = again(remote, held)
    before = json.loads(held.raw["lexical"])["root"]["children"]
    remote.relink(held, LINKS, (DATA,))
    after = again(remote, held)
    assert after.body == held.body
    assert json.loads(after.raw["lexical"])["root"]["children"][:-1] == before
    assert after.block.strip() == LINKS
    assert after.data == json.dumps(json.loads(DATA), sort_keys=True)
    assert "Mind {{x}}" in remote.html(after)
    assert "data-copydesk" not in remote.html(after)
    assert words_of("", "", remote.html(after)) == words_of("", "", "<p>one Mind x two</p>💡")
    remote.relink(after, "", ())
    bare = again(remote, held)
    assert json.loads(bare.raw["lexical"])["root"]["children"] == before
    assert (bare.block, bare.data, bare.text) == ("", "", held.text)


#: The way of a post through the states, and what a visitor gets in each.
WAY: list[tuple[State, int, int]] = [
    ("public", -1, 200),
    ("draft", -1, 404),
    ("scheduled", 30, 404),
    ("draft", 30, 404),
    ("public", -1, 200),
]


def test_a_post_goes_through_the_states(remote: GhostRemote, clean_ghost: Ghost) -> None:
    held = made(remote, wish(block=LINKS, data=(DATA,)))
    now = datetime.now(UTC).replace(microsecond=0)
    for state, days, status in WAY:
        date = now + timedelta(days=days)
        remote.set_state(held, state, None if state == "draft" else date)
        held = again(remote, held)
        assert held.state == state
        assert visitor_get(f"{clean_ghost.url}/fees/").status == status
        if state != "draft":
            assert held.published == date
        else:
            assert (held.block, held.data) == ("", "")
    assert clean_ghost.mails() == 0


@pytest.mark.parametrize("days", [-1, 0])
def test_nothing_is_scheduled_for_too_soon(remote: GhostRemote, days: int) -> None:
    held = made(remote, wish())
    with pytest.raises(Refused):
        remote.set_state(held, "scheduled", datetime.now(UTC) + timedelta(days=days, minutes=4))
    with pytest.raises(Refused):
        remote.set_state(held, "public", datetime.now(UTC) + timedelta(minutes=1))
    assert again(remote, held) == held


def test_no_mail_is_ever_sent(remote: GhostRemote, clean_ghost: Ghost) -> None:
    clean_ghost.ask("POST", "members/", json={"members": [{"email": "reader@example.test"}]})
    held = made(remote, wish())
    hour = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    query = "?newsletter=default-newsletter"
    clean_ghost.edit(held.remote, status="scheduled", published_at=hour, query=query)
    # What was read before says nothing of the newsletter; within one second it looks as fresh.
    with pytest.raises((Moved, Refused)):
        remote.set_state(held, "public", DAY)
    now = again(remote, held)
    assert "newsletter" in now.bar
    for state in ("public", "scheduled", "draft"):
        date = DAY if state == "public" else datetime.now(UTC) + timedelta(days=4)
        with pytest.raises(Refused) as caught:
            remote.set_state(now, state, date)
        assert "never sends mail" in caught.value.failure.help
    with pytest.raises(Refused):
        remote.restore(now, held.raw)
    remote.update(now, wish(title="Another"))  # words may change, its hour does not
    after = again(remote, held)
    assert (after.state, after.title) == ("scheduled", "Another")
    assert after.published == now.published
    assert clean_ghost.mails() == 0


def test_a_stale_look_is_noticed(remote: GhostRemote, clean_ghost: Ghost) -> None:
    held = made(remote, wish())
    moved = held._replace(revision="2026-01-01T00:00:00.000Z")
    for write in (
        lambda: remote.update(moved, wish(title="New")),
        lambda: remote.relink(moved, LINKS, ()),
        lambda: remote.set_state(moved, "public", DAY),
        lambda: remote.restore(moved, {**held.raw, "title": "Old"}),
    ):
        with pytest.raises(Moved):
            write()
    assert again(remote, held) == held


def test_a_post_that_somebody_deleted(remote: GhostRemote, clean_ghost: Ghost) -> None:
    held = made(remote, wish())
    clean_ghost.remove(held.remote)
    assert remote.read(held.remote) is None
    assert remote.find("id-fees", "fees") == ()
    for write in (
        lambda: remote.update(held, wish(title="New")),
        lambda: remote.set_state(held, "public", DAY),
    ):
        with pytest.raises((Refused, Moved)) as caught:
            write()
        assert "any more" in caught.value.failure.message


def test_equal_slugs_are_told(remote: GhostRemote, clean_ghost: Ghost) -> None:
    other = clean_ghost.write("fees", "Other", "text")
    ours = wish()
    held = made(remote, ours)
    (slug,) = [each for each in remote.differences(held, ours) if each.field == "slug"]
    assert (slug.held, slug.harmless) == ("fees-2", False)
    assert "already" in slug.cause
    assert {each.remote for each in remote.find("id-fees", "fees")} == {other, held.remote}


def test_ids_that_differ_in_a_capital_are_two(remote: GhostRemote) -> None:
    ids = ("ab.C-1", "ab.c-1", "AB.c-1", "ab-c-1", "ab_c-1")
    posts = {id: made(remote, wish(f"s{n}", key=id)).remote for n, id in enumerate(ids)}
    for id, number in posts.items():
        assert [each.remote for each in remote.find(id, "none")] == [number]


def test_tags_of_the_site_are_used_again(remote: GhostRemote, clean_ghost: Ghost) -> None:
    for n, name in enumerate(("Sleep & Rest", "sleep & rest", "SLEEP & REST")):
        made(remote, wish(f"s{n}", category=(name,), tags=("It's {{x}}",)))
    names = {tag["name"] for tag in clean_ghost.ask("GET", "tags/?limit=100")["tags"]}
    assert {each for each in names if each.lower() == "sleep & rest"} == {"Sleep & Rest"}
    assert "It's {{x}}" in names


def test_a_long_description_is_refused_and_nothing_is_made(
    remote: GhostRemote, clean_ghost: Ghost
) -> None:
    before = [each.id for each in clean_ghost.posts()]
    with pytest.raises(Refused) as caught:
        remote.create(wish(description="x" * 301))
    assert "301" in caught.value.failure.message
    assert [each.id for each in clean_ghost.posts()] == before
    sent = wish(description="é" * 300)
    assert remote.differences(made(remote, sent), sent) == ()


def test_a_picture_is_found_again(remote: GhostRemote, clean_ghost: Ghost, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(png(7))
    file = LocalFile(path, "picture-0123456789abcdef.png")
    assert remote.find_file(file) is None
    first = remote.upload(file)
    found = remote.find_file(file)
    assert found is not None
    assert found.address == first.address
    assert visitor_get(first.address).status == 200
    second = remote.upload(file)  # Ghost keeps both
    assert second.address != first.address
    assert len(clean_ghost.uploads()) == 2
    path.write_bytes(png(8))
    assert remote.find_file(file) is None
    sent = wish(
        image=first.remote, image_alt="Grey", body=f'<p><img src="{first.address}" alt="Grey"></p>'
    )
    assert remote.differences(made(remote, sent), sent) == ()


@pytest.mark.parametrize("name", ["sheet-0123456789abcdef.pdf", "talk-0123456789abcdef.mp3"])
def test_other_files_are_found_again(remote: GhostRemote, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.4 of this test")
    first = remote.upload(LocalFile(path, name))
    assert remote.find_file(LocalFile(path, name)) == first


def test_a_broken_picture_is_refused(remote: GhostRemote, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"no picture")
    with pytest.raises(Refused):
        remote.upload(LocalFile(path, path.name))


def test_undo_gives_back_what_was(remote: GhostRemote, clean_ghost: Ghost) -> None:
    body = sanitize(HOSTILE, lambda attribute, value: value)
    held = made(remote, wish(body=body, tags=("a", "b"), category=("c",)))
    remote.set_state(held, "public", DAY)
    before = again(remote, held)
    raw = json.loads(json.dumps(dict(before.raw)))
    changed = wish(title="New", body="<p>y</p>", block=LINKS, data=(DATA,), tags=("d",), text="00")
    remote.update(before, changed)
    remote.set_state(again(remote, held), "draft", None)
    remote.restore(again(remote, held), raw)
    after = again(remote, held)
    assert after._replace(revision="", raw={}) == before._replace(revision="", raw={})
    assert clean_ghost.mails() == 0


def test_all_posts_are_listed_once(remote: GhostRemote, clean_ghost: Ghost) -> None:
    for number in range(5):
        clean_ghost.write(f"p{number}", f"P{number}", "text", "public" if number % 2 else "draft")
    clean_ghost.ask("POST", "pages/", json={"pages": [{"title": "A page"}]})
    found = [held.remote for held in remote.posts()]
    assert sorted(found) == sorted(each.id for each in clean_ghost.posts())
    assert len(set(found)) == len(found)


def test_a_post_of_the_former_editor_is_read(remote: GhostRemote, clean_ghost: Ghost) -> None:
    document = {"version": "0.3.1", "markups": [], "atoms": [], "cards": [], "sections": []}
    document["sections"] = [[1, "p", [[0, [], 0, "Old words."]]]]
    post = {"title": "Old", "slug": "old", "mobiledoc": json.dumps(document)}
    id = clean_ghost.ask("POST", "posts/", json={"posts": [post]})["posts"][0]["id"]
    held = remote.read(id)
    assert held is not None
    assert "Old words." in held.body
    assert remote.html(held) == held.body


@pytest.mark.parametrize("seconds", [-400, 400])
def test_a_clock_that_is_wrong(log_in: Connect, seconds: int) -> None:
    remote = log_in(clock=lambda: datetime.now(UTC) + timedelta(seconds=seconds))
    with pytest.raises(Lost) as caught:
        remote.greet()
    assert re.search(r"differ by (?:399|40\d) seconds", caught.value.failure.message)
    if seconds < 0:  # Ghost itself says so too, of every request
        with pytest.raises(Lost) as caught:
            remote.read("0" * 24)
        assert re.search(r"differ by (?:399|40\d) seconds", caught.value.failure.message)


@pytest.mark.parametrize("part", ["id", "secret"])
def test_a_wrong_key(log_in: Connect, clean_ghost: Ghost, part: str) -> None:
    id, _, secret = clean_ghost.secret.partition(":")
    wrong = f"{'0' * 24}:{secret}" if part == "id" else f"{id}:{'0' * 64}"
    with pytest.raises(Lost) as caught:
        log_in(secret=wrong).greet()
    failure = caught.value.failure
    assert "Admin API key" in failure.message
    assert "copydesk login blog" in failure.help
    assert secret not in f"{failure}"


#: What each fault makes of a create, and how many posts there are then.
FAULTS: dict[str, tuple[type[CopydeskError] | None, int]] = {
    "cut-before": (Unclear, 0),
    "cut-after": (Unclear, 1),
    "502-after": (Unclear, 1),
    "503-after": (Unclear, 1),
    "504-after": (Unclear, 1),
    "503-before": (Unclear, 0),
    "429-before": (NotDone, 0),
    "truncated": (Unclear, 1),
    "200-html": (Unclear, 1),
    "403-html": (Refused, 0),
    "delay:2": (Unclear, 1),
    "twice": (None, 2),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_write_is_made_once_and_found_again(
    log_in: Connect,
    clean_ghost: Ghost,
    fault_proxy: Callable[[System], FaultProxy],
    fault: str,
) -> None:
    kind, count = FAULTS[fault]
    proxy = fault_proxy(clean_ghost)
    remote = log_in(proxy.url)
    remote.greet()
    remote._api.session = Session(proxy.url, "targets.blog.url", wait=1.0)
    proxy.plan(f"POST /posts/ {fault}")
    if kind is None:
        remote.create(wish())
    else:
        with pytest.raises(CopydeskError) as caught:
            remote.create(wish())
        assert type(caught.value) is kind
    if fault == "429-before":
        assert isinstance(caught.value, NotDone)
        assert caught.value.pause == 1.0
    assert [request.method for request in proxy.writes()] == ["POST"]
    found = remote.find("id-fees", "fees")
    assert [each.key for each in found] == ["id-fees"] * count
    if count == 1:
        assert remote.differences(found[0], wish()) == ()


@pytest.mark.parametrize("fault", ["cut-after", "503-before", "truncated", "200-html", "delay:2"])
def test_a_read_gets_through(
    log_in: Connect,
    clean_ghost: Ghost,
    fault_proxy: Callable[[System], FaultProxy],
    fault: str,
) -> None:
    proxy = fault_proxy(clean_ghost)
    remote = log_in(proxy.url)
    remote.greet()
    held = made(remote, wish())
    remote._api.session = Session(proxy.url, "targets.blog.url", wait=1.0)
    proxy.plan(f"GET /posts/{held.remote}/ {fault}")
    assert remote.read(held.remote) == held
