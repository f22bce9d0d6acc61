"""The chain of posts before anything is published: the same that a run would make."""

from __future__ import annotations

from pathlib import Path

from core_kit import plugin_file, write

from copydesk.api import Chain
from copydesk.config import Flags
from copydesk.results import RunResults
from copydesk.runner import Options, Session

CONFIG = 'root = true\nsite-title = "The Harbour"\ntimezone = "UTC"\n'


def post(title: str, state: str = "published", day: int = 1, text: str = "We are open.") -> str:
    date = f"published: 2026-03-{day:02d}T09:00:00Z\n" if day else ""
    return f'---\ntitle: "{title}"\nstate: {state}\n{date}---\n\n{text}\n'


def chain(root: Path, *asked: str, flags: Flags | None = None) -> Chain:
    session = Session(Options(flags or Flags(), use_cache=False, jobs="1"))
    try:
        session.check([root / each for each in asked] or [root])
        (found,) = RunResults(session).chains()
        return found
    finally:
        session.close()


def names(found: Chain) -> list[tuple[str, str, str]]:
    return [(Path(p.path).stem, Path(p.older).stem, Path(p.newer).stem) for p in found.posts]


def site(root: Path, **more: str) -> Path:
    posts = {
        "posts/a.md": post("A", day=3),
        "posts/b.md": post("B", day=1),
        "posts/c.md": post("C", day=2),
        "posts/late.md": post("Late", "scheduled", 20).replace("2026-", "2999-"),
        "posts/draft.md": post("Draft", "draft", 0),
        "posts/bad.md": post("Bad", day=4, text="Tea cures depression."),
    }
    return write(root, {"copydesk.toml": CONFIG, **posts, **more})


def test_due_posts_stand_in_order_and_the_others_apart_with_a_reason(tmp_path: Path):
    site(tmp_path)
    found = chain(tmp_path)
    assert (found.site.title, found.problem) == ("The Harbour", "")
    assert names(found)[:3] == [("b", "", "c"), ("c", "b", "a"), ("a", "c", "")]
    apart = {Path(each.path).stem: each for each in found.posts[3:]}
    assert {name: each.decision for name, each in apart.items()} == {
        "bad": "held",
        "draft": "draft",
        "late": "not yet due",
    }
    assert all(each.reason and not (each.older or each.newer) for each in apart.values())


def test_it_is_what_a_run_links(tmp_path: Path, monkeypatch):
    from click.testing import CliRunner

    from copydesk.cli.run import command

    site(tmp_path)
    monkeypatch.chdir(tmp_path)
    expected = names(chain(tmp_path))[:3]
    CliRunner().invoke(command, ["."], standalone_mode=False)
    for name, older, newer in expected:
        page = next((tmp_path / "site").rglob(f"{name}.html")).read_text()
        assert (f'href="{older}.html"' in page) == bool(older)
        assert (f'href="{newer}.html"' in page) == bool(newer)
        assert page.count('rel="prev"') == 2 * bool(older)  # in the head and below the text
    assert names(chain(tmp_path))[:3] == expected


def test_one_post_asked_for_is_shown_in_the_whole_chain(tmp_path: Path):
    site(tmp_path)
    found = names(chain(tmp_path, "posts/c.md"))
    assert ("c", "b", "a") in found
    assert ("bad", "a", "") in found  # nobody judged it


def test_the_scope_of_the_site_holds(tmp_path: Path):
    site(tmp_path)
    (tmp_path / "copydesk.toml").write_text(CONFIG + '[enrichers.neighbours]\nscope = "series"\n')
    assert not any(older or newer for _, older, newer in names(chain(tmp_path)))


def test_what_keeps_it_from_being_made_is_told(tmp_path: Path):
    site(tmp_path)
    targets = "".join(f'[targets.{name}]\nkind = "folder"\npath = "{name}"\n' for name in "xy")
    (tmp_path / "copydesk.toml").write_text(CONFIG + targets)
    found = chain(tmp_path)
    assert found.posts == () and "more than one target" in found.problem
    (tmp_path / "copydesk.toml").write_text(CONFIG)
    bad = plugin_file(tmp_path, "bad.py", RAISES)
    found = chain(tmp_path, flags=Flags(plugin_files=(bad,)))
    assert found.posts == () and "no luck" in found.problem


RAISES = """
from copydesk.api import Enricher

def enrich(posts, options):
    raise RuntimeError("no luck")

@hookimpl
def register_enrichers():
    return [Enricher("broken", "Breaks.", enrich)]
"""


def test_a_post_is_read_again_only_while_it_is_what_was_judged(tmp_path: Path):
    site(tmp_path)
    session = Session(Options(use_cache=False, jobs="1"))
    try:
        session.check([tmp_path])
        results = RunResults(session)
        files = {Path(each.path).stem: each for each in results.files()}
        again = results.post(files["a"])
        assert again is not None and again.title == "A"
        (tmp_path / "posts/a.md").write_text(post("A", day=3, text="Changed."))
        (tmp_path / "posts/b.md").unlink()
        assert results.post(files["a"]) is None
        assert results.post(files["b"]) is None
        assert results.post(files["a"]._replace(path="elsewhere.md")) is None
    finally:
        session.close()
