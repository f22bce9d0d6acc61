"""The seo rules for a whole site: where links lead, who links whom, and what posts share."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.api import Report, SiteSettings
from copydesk.testing import index_of, run_site_rule
from copydesk_plugins.seo import register_rules

RULES = {rule.id: rule for rule in register_rules() if rule.scope == "site"}
SITE = SiteSettings(Path(), "Blog", "https://blog.example.org/news/", "", "en")


def post(title: str, body: str = "Text.", state: str = "published", **more: str) -> str:
    lines = [f"title: {title}", f"state: {state}", "published: 2026-03-02T09:00:00Z"]
    lines += [f"{key}: {value}" for key, value in more.items()]
    return "\n".join(["---", *lines, "---", "", body, ""])


def run(rule: str, posts: dict[str, str], **options: object) -> list[Report]:
    texts = {f"posts/{name}": text for name, text in posts.items()}
    found = run_site_rule(RULES[f"seo.{rule}"], index_of(texts), options=options, site=SITE)
    for each in found:
        assert 0 <= each.span.start < each.span.end <= len(texts[each.path])
    return found


def quotes(found: list[Report], posts: dict[str, str]) -> list[str]:
    return [
        posts[each.path.removeprefix("posts/")][each.span.start : each.span.end] for each in found
    ]


FEES = post("Fees", "## One hour\n\nIt is 90.\n\n<p id='pay'>Pay.</p>", slug="our-fees")


@pytest.mark.parametrize(
    "link",
    [
        "fees.md",
        "fees.md#one-hour",
        "fees.md#pay",
        "#top",
        "#up",
        "./fees.md?x=1#one-hour",
        "https://blog.example.org/news/our-fees/",
        "https://www.blog.example.org/news/our-fees.html#one-hour",
        "//blog.example.org/news/Our-Fees",
        "https://blog.example.org/news/",
        "https://blog.example.org/news/contact/",
        "https://blog.example.org/news/2024/walks/",
        "https://blog.example.org/news/map.pdf",
        "https://blog.example.org/news/?p=3",
        "https://blog.example.org/shop",
        "https://elsewhere.example/our-fee",
        "mailto:a@example.org",
        "missing.md",
        "map.pdf",
        "{{ site.url }}/fees",
        "fees.md#:~:text=hour",
    ],
)
def test_links_that_lead_somewhere_or_are_not_ours_to_judge(link: str) -> None:
    posts = {"a.md": post("A", f"## Up\n\nSee [it](<{link}>)."), "fees.md": FEES}
    assert not run("broken-link", posts)
    assert not run("broken-anchor", posts)


@pytest.mark.parametrize(
    ("link", "severity", "says"),
    [
        ("our-fees", None, "posts/fees.md"),
        ("/our-fees/", None, "posts/fees.md"),
        ("/our-fees.html", None, "posts/fees.md"),
        ("/nowhere/", None, "https://"),
        ("https://blog.example.org/news/our-fee/", None, "“our-fees”"),
        ("https://blog.example.org/news/walks/", "info", "`pages`"),
    ],
)
def test_links_that_lead_nowhere(link: str, severity: str | None, says: str) -> None:
    posts = {"a.md": post("A", f"See [it]({link})."), "fees.md": FEES}
    (found,) = run("broken-link", posts)
    assert quotes([found], posts) == [f"[it]({link})"]
    assert found.severity == severity
    assert says in found.help


def test_an_unknown_address_is_told_once_for_a_site_and_can_be_allowed() -> None:
    body = "[Walks](https://blog.example.org/news/walks/)"
    posts = {f"{name}.md": post(name, body) for name in "abc"}
    (found,) = run("broken-link", posts)
    assert [each.path for each in found.related] == ["posts/b.md", "posts/c.md"]
    assert not run("broken-link", posts, pages=("walks",))


def test_links_to_what_is_not_public_yet() -> None:
    body = "[By file](draft.md) and [by address](https://blog.example.org/news/draft/)."
    posts = {"a.md": post("A", body), "draft.md": post("Draft", state="draft")}
    by_file, by_address = run("broken-link", posts)
    assert (by_file.severity, by_address.severity) == ("info", "warning")
    assert "stand there without the link" in by_file.message
    posts["a.md"] = post("A", body, state="draft")
    assert not run("broken-link", posts)


@pytest.mark.parametrize(
    ("link", "near"),
    [("#one-our", True), ("fees.md#one-hours", True), ("fees.md#nothing", False)],
)
def test_places_that_are_not_there(link: str, near: bool) -> None:
    posts = {"a.md": post("A", f"## One hour\n\nSee [it]({link})."), "fees.md": FEES}
    (found,) = run("broken-anchor", posts)
    assert quotes([found], posts) == [f"[it]({link})"]
    assert ("#one-hour” is there" in found.help) == near


def test_notes_are_places_and_their_numbers_no_links() -> None:
    body = "So.[^1] [Down](#1).\n\n[^1]: A note."
    assert not run("broken-anchor", {"a.md": post("A", body)})


def test_orphans_are_told_one_by_one_where_they_are_few() -> None:
    chain = {
        "a.md": post("A", "[B](b.md)"),
        "b.md": post("B", "[C](c.md)"),
        "c.md": post("C", "[D](d.md)"),
        "d.md": post("D", "[E](e.md)"),
        "e.md": post("E", "Alone."),
    }
    (found,) = run("orphan", chain)
    assert found.path == "posts/a.md"
    assert "None of the other 4 public posts" in found.message
    assert not run("orphan", {**chain, "e.md": post("E", "[A](a.md)")})
    assert not run("orphan", {**chain, "f.md": post("F", "[A](a.md)", noindex="true")})
    assert run("orphan", {**chain, "f.md": post("F", "[A](a.md)", state="draft")})
    assert not run("orphan", {name: chain[name] for name in ("a.md", "b.md", "c.md", "d.md")})


def test_a_site_that_links_nothing_hears_it_once() -> None:
    (found,) = run("orphan", {f"{name}.md": post(name) for name in "abcdef"})
    assert "6 of 6 public posts (100 %)" in found.message
    assert len(found.related) == 5


def test_one_text_for_two_posts() -> None:
    posts = {
        "a.md": post("A", "[Our Fees](fees.md), [our  fees](b.md), [here](fees.md), [here](b.md)."),
        "b.md": post("B", "[Our fees](#x)"),
        "fees.md": FEES,
    }
    (found,) = run("competing-links", posts)
    assert quotes([found], posts) == ["[our  fees](b.md)"]
    assert "2 different posts: “Fees”; “B”" in found.message


def test_titles_and_descriptions_that_two_posts_share() -> None:
    posts = {
        "a.md": post("Our  fees", description="All we charge."),
        "b.md": post("our fees", description="All we charge.").replace("-03-02", "-04-02"),
        "c.md": post("Our fees", state="draft"),
        "d.md": post("Walks"),
    }
    for rule in ("same-title", "same-description"):
        (found,) = run(rule, posts)
        assert found.path == "posts/b.md"
        assert [each.path for each in found.related] == ["posts/a.md"]
    apart = {"a.md": post("A", targets="[one]"), "b.md": post("A", targets="[two]")}
    assert not run("same-title", apart)


def test_a_canonical_address_elsewhere() -> None:
    posts = {
        "a.md": post("A", canonical="https://elsewhere.example/a"),
        "b.md": post("B", canonical="https://www.blog.example.org/news/b"),
        "c.md": post("C", canonical="nonsense"),
    }
    (found,) = run("canonical-host", posts)
    assert found.path == "posts/a.md"
    texts = index_of({f"posts/{name}": text for name, text in posts.items()})
    assert not run_site_rule(RULES["seo.canonical-host"], texts)  # no address is configured


@pytest.mark.parametrize("rule", RULES)
def test_bad_examples_are_reported(rule: str) -> None:
    bad = RULES[rule].bad
    posts = {"a.md": bad}
    if rule in ("seo.same-title", "seo.same-description"):
        posts["b.md"] = bad
    if rule == "seo.competing-links":
        posts |= {"fees.md": post("Fees"), "fees-old.md": post("Old fees")}
    if rule == "seo.orphan":
        posts = {
            f"{name}.md": bad.replace("scheduled", "published\npublished: 2026-01-01")
            for name in "abcde"
        }
    assert run(rule.removeprefix("seo."), posts)
