"""What readers click: `rel="prev"` and `rel="next"` on the pages that were written."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.cli.main import run

NOW = "2026-06-01T12:00:00Z"
LINK = re.compile(r'<a rel="(prev|next)" href="([^"]+)"')
HEAD_LINK = re.compile(r'<link rel="(prev|next)" href="([^"]+)"')
SITES = st.lists(
    st.fixed_dictionaries(
        {
            "day": st.integers(1, 4),
            "category": st.sampled_from(["Visits", "Fees"]),
            "noindex": st.sampled_from(["false", "false", "false", "true"]),
            "series": st.sampled_from(
                ["", "{name: Start, position: 2}", "{name: Start, position: 1}"]
            ),
            "state": st.sampled_from(["published", "published", "draft"]),
        }
    ),
    min_size=1,
    max_size=6,
)


def make_site(root: Path, posts: list[dict[str, object]], scope: str) -> None:
    (root / "posts").mkdir(parents=True)
    (root / "copydesk.toml").write_text(f'root = true\n[enrichers.neighbours]\nscope = "{scope}"\n')
    for number, each in enumerate(posts):
        lines = [f"{name}: {value}" for name, value in each.items() if name != "day" and value]
        lines += [f"id: p{number}", f'title: "Post {number}"', f"slug: page-{number}"]
        lines += [f"published: 2026-03-0{each['day']}T09:00:00Z"]
        text = "---\n" + "\n".join(lines) + f"\n---\n\nThe text of number {number}.\n"
        (root / "posts" / f"file-{number}.md").write_text(text)


def expected(posts: list[dict[str, object]], scope: str) -> list[list[str]]:
    """Return the chains, each as file names in order, found without the code under test."""
    groups: dict[str, list[tuple[object, str, str]]] = {}
    for number, each in enumerate(posts):
        if each["state"] == "draft" or each["noindex"] == "true":
            continue
        series = str(each["series"])
        if scope == "series":
            if series:
                row = (series[-2], f"p{number}", f"page-{number}.html")
                groups.setdefault("Start", []).append(row)
        else:
            group = str(each["category"]) if scope == "category" else ""
            row = (each["day"], f"p{number}", f"page-{number}.html")
            groups.setdefault(group, []).append(row)
    return [[name for _, _, name in sorted(group)] for group in groups.values()]


def links_on(page: Path) -> dict[str, str]:
    text = page.read_text()
    found = dict(LINK.findall(text))
    assert len(LINK.findall(text)) == len(found)
    head = dict(HEAD_LINK.findall(text))
    assert head in ({}, found)
    return found


@pytest.mark.parametrize("scope", ["all", "category", "series"])
def test_the_links_on_disk_are_the_chain(scope, tmp_path_factory, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))

    @settings(
        max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(SITES)
    def check(posts):
        root = tmp_path_factory.mktemp("site")
        make_site(root, posts, scope)
        assert run(["run", str(root), "--now", NOW, "--no-cache"]) == 0, capsys.readouterr()
        wanted: dict[str, dict[str, str]] = {}
        for chain in expected(posts, scope):
            for first, second in pairwise(chain):
                wanted.setdefault(first, {})["next"] = second
                wanted.setdefault(second, {})["prev"] = first
        public = [n for n, each in enumerate(posts) if each["state"] == "published"]
        for number in public:
            name = f"page-{number}.html"
            assert links_on(root / "site" / name) == wanted.get(name, {})

    check()


def test_a_new_slug_moves_the_address_and_not_the_order(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    post = {"category": "", "noindex": "false", "series": "", "state": "published"}
    make_site(tmp_path, [{**post, "day": day} for day in (1, 2, 2, 3)], "all")
    assert run(["run", str(tmp_path), "--now", NOW]) == 0
    assert links_on(tmp_path / "site" / "page-1.html") == {
        "prev": "page-0.html",
        "next": "page-2.html",
    }
    file = tmp_path / "posts" / "file-1.md"
    file.write_text(file.read_text().replace("slug: page-1", "slug: zzz"))
    assert run(["run", str(tmp_path), "--now", NOW]) == 0
    assert links_on(tmp_path / "site" / "zzz.html") == {
        "prev": "page-0.html",
        "next": "page-2.html",
    }
    assert links_on(tmp_path / "site" / "page-0.html") == {"next": "zzz.html"}
    assert links_on(tmp_path / "site" / "page-2.html") == {
        "prev": "zzz.html",
        "next": "page-3.html",
    }
    capsys.readouterr()
