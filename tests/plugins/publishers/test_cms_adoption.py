"""A blog that was there before: its posts come in, are known, and are left as they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from memory_blog import Blog, Stored
from memory_kit import Ran, Site

from copydesk.cli.main import run as main
from copydesk.imports import adopting
from copydesk.model.finding import CopydeskError, Failure

PLUGIN = Path(__file__).parent / "memory_import.py"
QUIET = {"unchanged", "draft", "not yet due", "kept"}
FILM = '<p class="lead">We <em>make</em> tea.</p><iframe src="https://film.example/"></iframe>'


class Import(NamedTuple):
    """What came of an import."""

    code: int
    out: str
    err: str

    @property
    def end(self) -> str:
        """What became of the posts, in numbers."""
        lines = [line for line in self.out.splitlines() if "stand" not in line]
        return lines[-1] if lines else ""


@pytest.fixture
def old(site: Site) -> Site:
    """A blog with posts of every kind that Copydesk never wrote."""

    def add(slug: str, day: int, **values: Any) -> Stored:
        return site.blog.add(
            **{
                "slug": slug,
                "title": slug.capitalize(),
                "status": "public",
                "content": f"<p>All about {slug}.</p>\n<p>And more of it.</p>",
                "date": datetime(2026, 3, day, 9, tzinfo=UTC),
                "category": ("House",),
                "tags": ("calm",),
                **values,
            }
        )

    add("tea", 1, content=FILM)
    add("rooms", 5)
    add("fees", 9, description="What it costs.", tags=())
    add("idea", 10, status="draft", date=None)
    add("summer", 12, status="scheduled", date=datetime(2026, 7, 1, 6, tzinfo=UTC))
    add("bin", 13, status="trashed")
    return site


@pytest.fixture
def take(
    old: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Import]:
    """Run `copydesk import --from here` on that blog."""
    monkeypatch.chdir(old.folder)
    for name in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(old.folder.parent / "home"))

    def run(*arguments: str) -> Import:
        capsys.readouterr()
        now = ("--now", old.now.isoformat())
        code = main(["import", "--from", "here", "--plugin", str(PLUGIN), *now, *arguments])
        return Import(code, *capsys.readouterr())

    return run


def texts(blog: Blog) -> dict[str, Stored]:
    return {post.slug: post for post in blog.posts.values()}


def by_hand(blog: Blog, slug: str, **values: Any) -> None:
    post = texts(blog)[slug]
    for name, value in values.items():
        setattr(post, name, value)
    post.revision = blog.tick()


def source(site: Site, name: str) -> str:
    return (site.folder / "posts" / f"{name}.md").read_text("utf-8")


def wrote(blog: Blog, since: int = 0) -> list[str]:
    return [each.what for each in blog.asked("write")[since:]]


def test_what_was_imported_is_unchanged_and_nothing_is_written(
    old: Site, take: Callable[..., Import]
) -> None:
    before = old.blog.state()
    ran = take()
    assert (ran.code, ran.err) == (0, "") and "5 imported" in ran.out
    assert "5 posts stand for what here holds" in ran.out
    planned = old.plan()
    assert planned.actions == {
        "tea": "unchanged",
        "rooms": "unchanged",
        "fees": "unchanged",
        "idea": "draft",
        "summer": "not yet due",
    }
    assert old.publish().failed == {} and old.go_live().failed == {}
    assert old.blog.state() == before and wrote(old.blog) == []


def test_front_matter_is_complete(old: Site, take: Callable[..., Import]) -> None:
    take()
    assert source(old, "fees").startswith(
        '---\ntitle: Fees\nslug: fees\nid: "fees"\nstate: published\n'
        "published: 2026-03-09T09:00:00Z\nupdated: 2026-05-01T00:00:00Z\n"
        "description: What it costs.\ncategory: House\nauthor: Ada Lamb\n---\n"
    )
    assert "state: draft\n" in source(old, "idea") and "published" not in source(old, "idea")
    assert "state: scheduled\npublished: 2026-07-01T06:00:00Z\n" in source(old, "summer")


def test_the_same_again_is_unchanged_and_writes_no_file(
    old: Site, take: Callable[..., Import]
) -> None:
    take()
    before = {path: path.read_bytes() for path in old.folder.rglob("*") if path.is_file()}
    ran = take()
    assert ran.code == 0 and ran.end == "5 unchanged."
    assert before == {path: path.read_bytes() for path in old.folder.rglob("*") if path.is_file()}
    old.publish()
    assert take().end == "5 unchanged."


def test_a_save_without_a_change_is_none(old: Site, take: Callable[..., Import]) -> None:
    take()
    by_hand(old.blog, "rooms")
    assert set(old.plan().actions.values()) <= QUIET
    assert take().end == "5 unchanged."


def test_an_edit_there_is_a_merge_that_is_asked_about(
    old: Site, take: Callable[..., Import]
) -> None:
    take()
    content = texts(old.blog)["rooms"].content.replace("And more of it.", "And less of it.")
    by_hand(old.blog, "rooms", content=content, title="Our rooms", tags=("calm", "light"))
    assert old.plan().actions["rooms"] == "conflict"
    ran = take()
    assert ran.code == 2 and "nobody said yes" in ran.err
    assert "- And more of it." in ran.out and "+ And less of it." in ran.out
    assert "title: “Rooms” becomes “Our rooms”" in ran.out
    assert "tags: “calm” becomes “calm, light”" in ran.out
    assert "And more of it." in source(old, "rooms")
    assert old.plan().actions["rooms"] == "conflict"
    assert take("--yes").end == "4 unchanged, 1 merged."
    assert "And less of it." in source(old, "rooms") and "title: Our rooms" in source(old, "rooms")
    before = old.blog.state()
    assert set(old.publish().actions.values()) <= QUIET
    assert old.blog.state() == before and take().end == "5 unchanged."


def test_an_edit_on_both_sides_goes_back_there_once_it_was_merged(
    old: Site, take: Callable[..., Import]
) -> None:
    take()
    old.change("rooms", "All about rooms.", "All about our rooms.")
    content = texts(old.blog)["rooms"].content.replace("And more of it.", "And less of it.")
    by_hand(old.blog, "rooms", content=content)
    assert take("--yes").code == 0
    assert "All about our rooms.\n\nAnd less of it.\n" in source(old, "rooms")
    assert old.plan().actions["rooms"] == "update"
    assert old.publish().failed == {}
    assert "our rooms" in texts(old.blog)["rooms"].body
    assert "less" in texts(old.blog)["rooms"].body
    assert set(old.plan().actions.values()) <= QUIET and take().end == "5 unchanged."


@pytest.mark.parametrize(("prefer", "kept"), [("draft", "Mine."), ("document", "Theirs.")])
def test_a_passage_that_both_changed_waits_for_a_person(
    old: Site, take: Callable[..., Import], prefer: str, kept: str
) -> None:
    take()
    old.change("rooms", "And more of it.", "Mine.")
    content = texts(old.blog)["rooms"].content.replace("And more of it.", "Theirs.")
    by_hand(old.blog, "rooms", content=content)
    ran = take("--yes")
    assert ran.code == 2 and "both changed a passage" in ran.err
    assert old.plan().actions["rooms"] == "conflict"
    assert take("--yes", "--prefer", prefer).code == 0
    assert kept in source(old, "rooms")
    # What a person wrote there is never written over unseen.
    wanted = "conflict" if prefer == "draft" else "unchanged"
    assert old.plan().actions["rooms"] == wanted
    assert "Theirs." in texts(old.blog)["rooms"].content


def test_a_new_post_changes_the_links_of_its_two_neighbours_only(
    old: Site, take: Callable[..., Import]
) -> None:
    take()
    before = {slug: post.content for slug, post in texts(old.blog).items()}
    old.post("garden", 66)  # the seventh of March
    assert old.go_live().failed == {}
    after = texts(old.blog)
    assert after["tea"].content == before["tea"]
    for slug in ("rooms", "fees"):
        assert after[slug].body == before[slug].strip() and after[slug].part.block
    assert after["rooms"].neighbours == {
        "prev": "https://blog.example/tea/",
        "next": "https://blog.example/garden/",
    }
    assert set(old.plan().actions.values()) <= QUIET
    writes = len(wrote(old.blog))
    old.go_live()
    assert len(wrote(old.blog)) == writes and old.blog.sins == []
    assert take().end == "6 unchanged."


def test_a_neighbour_that_goes_again_is_taken_out_of_the_links(
    old: Site, take: Callable[..., Import]
) -> None:
    take()
    old.post("garden", 66)
    old.go_live()
    old.publish(unpublish=frozenset({"garden"}))
    assert texts(old.blog)["rooms"].neighbours["next"] == "https://blog.example/fees/"
    assert texts(old.blog)["fees"].neighbours == {"prev": "https://blog.example/rooms/"}
    assert old.blog.sins == []


def test_another_title_of_a_neighbour_writes_no_links(
    old: Site, take: Callable[..., Import]
) -> None:
    take()
    old.change("rooms", "title: Rooms", "title: Our rooms")
    planned = old.plan()
    assert planned.actions["rooms"] == "update"
    assert planned.actions["tea"] == planned.actions["fees"] == "unchanged"


def test_repair_writes_the_links_that_are_not_there(old: Site, take: Callable[..., Import]) -> None:
    take()
    bodies = {slug: post.content.strip() for slug, post in texts(old.blog).items()}
    assert old.publish(repair=True).named("links only") == {"tea", "rooms", "fees"}
    after = texts(old.blog)
    assert after["rooms"].neighbours == {
        "prev": "https://blog.example/tea/",
        "next": "https://blog.example/fees/",
    }
    assert {slug: post.body for slug, post in after.items()} == bodies
    assert set(old.plan().actions.values()) <= QUIET


def test_a_changed_source_says_that_the_whole_text_goes_and_what_is_lost(
    old: Site, take: Callable[..., Import]
) -> None:
    take()
    assert "iframe" in texts(old.blog)["tea"].content
    old.reword("tea")
    reason = old.plan().change("tea").reason
    assert reason == (
        "Its whole text there is replaced by what the source says. What Markdown cannot say goes: "
        "1 embed, 1 element with its own look or anchor."
    )
    assert old.publish().failed == {}
    assert "iframe" not in texts(old.blog)["tea"].content
    old.reword("tea", "Once more.")
    assert old.plan().change("tea").reason == ""


def test_links_alone_do_not_make_a_text_ours(old: Site, take: Callable[..., Import]) -> None:
    take()
    old.publish(repair=True)
    old.reword("tea")
    assert "1 embed" in old.plan().change("tea").reason


def test_a_lost_ledger_comes_back_with_the_next_import(
    old: Site, take: Callable[..., Import]
) -> None:
    take()
    ledger = old.folder / ".copydesk" / "here.json"
    before = json.loads(ledger.read_text())["posts"]
    old.lose_ledger()
    assert old.plan().actions["rooms"] == "conflict"
    assert take().end == "5 unchanged."
    assert json.loads(ledger.read_text())["posts"].keys() == before.keys()
    assert set(old.plan().actions.values()) <= QUIET


def test_a_draft_that_was_deleted_comes_back_with_its_id(
    old: Site, take: Callable[..., Import]
) -> None:
    take()
    old.remove("rooms")
    assert take().end == "1 imported, 4 unchanged." and 'id: "rooms"' in source(old, "rooms")
    assert set(old.plan().actions.values()) <= QUIET


def test_an_imported_draft_goes_live_as_the_post_it_was(
    old: Site, take: Callable[..., Import]
) -> None:
    take()
    number = texts(old.blog)["idea"].id
    old.change("idea", "state: draft", "state: published\npublished: 2026-04-01T09:00:00Z")
    assert old.go_live().failed == {}
    assert len(old.blog.posts) == 6
    post = texts(old.blog)["idea"]
    assert post.id == number and post.status == "public" and old.blog.sins == []
    assert texts(old.blog)["fees"].neighbours["next"] == "https://blog.example/idea/"


def test_a_draft_that_a_person_publishes_there_is_taken_over(
    old: Site, take: Callable[..., Import]
) -> None:
    take()
    by_hand(old.blog, "idea", status="public", date=datetime(2026, 4, 1, tzinfo=UTC))
    ran = take("--yes")
    assert "state: “draft” becomes “published”" in ran.out and ran.code == 0
    assert "state: published\n" in source(old, "idea")
    assert set(old.plan().actions.values()) <= QUIET


def test_posts_of_ours_are_not_imported(old: Site, take: Callable[..., Import]) -> None:
    old.post("garden", 66)
    old.go_live()
    before = source(old, "garden")
    ran = take()
    assert "unchanged posts/garden.md: It is a post of this site already." in ran.out
    assert source(old, "garden") == before
    assert old.plan().actions["garden"] == "links only"  # its neighbours are known by now


def test_what_we_published_ourselves_is_only_noted(old: Site, take: Callable[..., Import]) -> None:
    take()
    old.change("rooms", "And more of it.", "- one\n- two")
    old.publish()
    ran = take()
    assert ran.code == 0 and ran.end == "5 unchanged."
    content = texts(old.blog)["rooms"].content.replace("All about rooms.", "All of the rooms.")
    by_hand(old.blog, "rooms", content=content)
    assert take("--yes").end == "4 unchanged, 1 merged."
    assert "All of the rooms.\n\n- one\n- two\n" in source(old, "rooms")


def test_a_blog_that_copydesk_wrote_comes_in_as_its_sources_were(
    old: Site,
    take: Callable[..., Import],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The system knows an account and the hour of a save; our own data knows who and when."""
    old.blog.posts.clear()
    old.configure('site-title = "The old title"')
    said = {"author": "Dr Mara Ellison", "author_credential": "MD", "updated": "2026-02-20"}
    old.post("tea", 32, **said)
    old.post("rooms", 34)
    old.post("fees", 36, **said)
    assert old.go_live().failed == {}
    before = old.blog.state()
    new = Site(tmp_path_factory.mktemp("new"), old.blog)
    new.configure('site-title = "Another title"')
    monkeypatch.chdir(new.folder)
    assert "3 imported" in take().out
    head = source(new, "tea").partition("\n---\n")[0].splitlines()
    assert "author: Dr Mara Ellison" in head and "author_credential: MD" in head
    assert "updated: 2026-02-20T00:00:00Z" in head
    assert not {"author", "updated"} & {
        line.partition(":")[0] for line in source(new, "rooms").splitlines()
    }
    planned = new.plan()
    assert set(planned.actions.values()) == {"unchanged"}, planned.said
    assert new.go_live().failed == {} and old.blog.state() == before

    new.change("tea", "Dr Mara Ellison", "Tom Reyes")
    assert new.plan().actions == {"tea": "links only", "rooms": "unchanged", "fees": "unchanged"}
    assert new.go_live().failed == {} and "Tom Reyes" in texts(new.blog)["tea"].content
    assert set(new.plan().actions.values()) == {"unchanged"}


@pytest.mark.parametrize(
    "data",
    [
        "",
        "no json",
        "[1]",
        '{"@type":"Person","name":"Eve"}',
        '{"@type":"BlogPosting"}',
        '{"@type":"BlogPosting","author":"Eve","dateModified":7}',
        '{"@type":"BlogPosting","author":{"name":["Eve"]},"dateModified":"soon"}',
        '{"@type":"BlogPosting","author":{"name":"Eve"},"dateModified":"2026-02-20T00:00:00"}',
    ],
)
def test_data_that_says_nothing_usable_stops_no_import(
    old: Site, take: Callable[..., Import], data: str
) -> None:
    content = f"<p>Tea.</p><!-- ours tea x --><!-- data -->{data}<!-- /ours -->"
    by_hand(old.blog, "tea", content=content)
    assert "5 imported" in take().out
    text = source(old, "tea")
    if "BlogPosting" not in data:  # then only the system knows
        assert "author: Ada Lamb" in text and "updated: 2026-05-01" in text
    else:
        assert "updated" not in text and "Ada" not in text
        assert ("author: Eve" in text) == ('"name":"Eve"' in data)


def test_a_dry_run_asks_and_writes_nothing(old: Site, take: Callable[..., Import]) -> None:
    ran = take("--dry-run")
    assert ran.code == 0 and "would import posts/tea.md" in ran.out
    assert not list((old.folder / "posts").iterdir()) and not (old.folder / ".copydesk").exists()


def test_a_target_that_breaks_off_keeps_what_was_whole(
    old: Site, take: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = old.blog.posts

    class Breaking(dict[int, Stored]):
        def get(self, id: int, default: Any = None) -> Any:
            if id == 103 and len(asked) < 1:
                asked.append(id)
                raise CopydeskError(Failure("target", "the blog is gone", "Try later."))
            return real.get(id, default)

    asked: list[int] = []
    old.blog.posts = Breaking(real)
    ran = take()
    assert ran.code == 2 and "the blog is gone" in ran.err
    assert ran.end == "2 imported, 1 failed."
    old.blog.posts = real
    assert old.plan().actions["tea"] == "unchanged"
    assert take().end == "3 imported, 2 unchanged."
    assert set(old.plan().actions.values()) <= QUIET


def test_an_adoption_that_fails_leaves_the_ledger_as_it_was(
    old: Site, take: Callable[..., Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise CopydeskError(Failure("site", "no view today", "Later."))

    with monkeypatch.context() as patch:
        patch.setattr(adopting, "whole_view", fail)
        assert take().code == 2
    assert not (old.folder / ".copydesk" / "here.json").exists()
    assert take().end == "5 unchanged."
    assert set(old.plan().actions.values()) <= QUIET


def test_errors_in_a_post_that_was_imported_take_nothing_down(
    old: Site, take: Callable[..., Import]
) -> None:
    by_hand(old.blog, "rooms", content="<p>As an AI language model, I cannot say.</p>")
    before = old.blog.state()
    take()
    old.errors = {"posts/rooms.md": 1}
    ran: Ran = old.go_live()
    assert ran.actions["rooms"] == "kept" and set(ran.actions.values()) <= QUIET
    assert old.blog.state() == before


def test_a_folder_cannot_hand_out_posts(
    old: Site, capsys: pytest.CaptureFixture[str], take: Callable[..., Import]
) -> None:
    config = old.folder / "copydesk.toml"
    config.write_text(config.read_text() + '[targets.pages]\nkind = "folder"\npath = "site"\n')
    code = main(["import", "--from", "pages", "--plugin", str(PLUGIN)])
    assert code == 2 and "is of kind folder, which cannot hand out its posts" in (
        capsys.readouterr().err
    )
    code = main(["import", "--from", "clinic", "--plugin", str(PLUGIN)])
    assert code == 2 and "there is no target 'clinic'" in capsys.readouterr().err
