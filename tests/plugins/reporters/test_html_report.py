"""`--format html`: a page that is whole, harmless, and says what was found where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_kit import by_class, by_id, parsed, text_of
from reports_kit import HOSTILE_WORDS, REPORTS, Report, checked, file, finding, hostile, written

from copydesk.api import (
    Chain,
    Failure,
    FileResult,
    Group,
    Linked,
    Measure,
    Part,
    SiteSettings,
    Span,
)
from copydesk.model.finding import Place
from copydesk_plugins.reporters.html import write_html

POST = """---
title: "How it works"
state: published
published: 2026-03-02T09:00:00Z
description: A short look at how we work here.
---

Come in by the side door. **Tea** cures [worry](fees.md) for good. Take a seat.

## The hour

Tea eases worry. Coffee helps people sleep well. Tea eases worry.
"""


def page(report: Report, **settings: bool) -> str:
    return written(write_html, report, **settings)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("all", [False, True])
def test_every_report_is_a_strict_and_harmless_page(name: str, all: bool):
    tree = parsed(page(REPORTS[name](), all=all))
    assert "legal or medical advice" in text_of(tree)


def test_hostile_words_are_text_and_nothing_else():
    report = hostile()
    words = '"><script>alert(1)</script><a href="javascript:x" onclick=x>{{ 7*7 }}{% raw %}'
    site = SiteSettings(Path(), words, "", "", "en")
    measure = Measure("flesch-kincaid-grade", 9, (Part(words, 3, Span(0, 1), 200),), 8)
    report.results.append(
        FileResult(words, words, words, words, "draft", False, (finding(message=words),),
                   {"claims": 1, "claims-without-source": 1}, {measure.name: measure})
    )  # fmt: skip
    report.linked = (Chain(site, (Linked(words, words, report.now, "draft", words),)),)
    text = page(replace(report, plugins=HOSTILE_WORDS), all=True)
    tree = parsed(text)
    assert "alert(1)" in text_of(tree) and "{{ 7*7 }}" in text_of(tree)
    assert not any(char in text for char in "\u202e\u200f\x1b\x07\ud800\ufffe")


def test_what_could_not_be_done_comes_first_and_whole():
    failures = (Failure("file", "could not be read", "Save it as UTF-8.", "posts/a.md", line=9),)
    tree = parsed(page(replace(REPORTS["found"](), failures=failures)))
    main = tree.find(".//main")
    assert main[0].get("class") == "failed"
    assert text_of(main[0]).startswith("1 thing could not be done")
    assert "posts/a.md:9: could not be read. Save it as UTF-8." in text_of(main[0])


def test_posts_with_errors_come_first_and_all_are_in_the_list():
    report = Report(
        [
            file(path="posts/a.md"),
            file(finding("warning"), path="posts/b.md"),
            file(finding("info"), finding("warning", waived="Tom: fine"), path="posts/c.md"),
            file(finding(), finding("warning"), path="posts/d.md"),
        ]
    )
    tree = parsed(page(report))
    assert [each.get("id") for each in by_class(tree, "post")] == [
        "post-4", "post-2", "post-1", "post-3"
    ]  # fmt: skip
    rows = [each for each in by_class(tree, "posts")[0].iter("tr") if each.find("td") is not None]
    assert [[text_of(cell) for cell in row.findall("td")] for row in rows] == [
        ["1", "1", "0"], ["0", "1", "0"], ["0", "0", "0"], ["0", "0", "1"]
    ]  # fmt: skip
    assert by_id(tree, "post-3-waived-1").find(".//p[@class='settled']").text == "Tom: fine"


def test_many_findings_are_folded_and_then_counted():
    found = [finding(("info", "warning", "error")[at % 3], start=Place(at, at + 1, 1))
             for at in range(120)]  # fmt: skip
    tree = parsed(page(Report([file(*found)])))
    shown = [each for each in by_class(tree, "finding") if "-open-" in each.get("id")]
    assert len(shown) == 30
    assert all("error" in each.get("class") for each in shown)
    assert "And 50 more in copydesk lint --all." in text_of(by_id(tree, "post-1"))
    first = by_class(tree, "first")[0].findall(".//a")
    in_sight = {each.get("id") for each in by_class(tree, "findings")[0]}
    assert len(first) == 3 and len(in_sight) == 10
    assert {each.get("href")[1:] for each in first} <= in_sight
    tree = parsed(page(Report([file(*found)]), all=True))
    assert len(by_class(tree, "finding")) == 120
    assert not by_class(tree, "more")


def test_a_report_on_many_posts_shows_less_of_each():
    found = [finding(start=Place(at, at + 1, 1)) for at in range(20)]
    files = [file(*found, path=f"posts/{number:03}.md") for number in range(101)]
    text = page(Report(files))
    assert text.count('class="finding ') == 101 * 10


def test_it_is_written_post_by_post():
    report = Report([file(finding(), path=f"posts/{at}.md") for at in range(50)])
    seen: list[int] = []
    write_html(report, lambda text: seen.append(report.taken) if "<article" in text else None, {})
    assert seen == list(range(51, 101))  # the first 50 are the look for the list


def test_findings_that_say_the_same_are_told_once():
    group = Group("tea eases worry", "One source settles them all.")
    found = [
        finding("warning", start=Place(at, at + 1, 1), quote=f"Tea {at}.",
                group=group._replace(head=at == 1))
        for at in range(3)
    ]  # fmt: skip
    tree = parsed(page(Report([file(*found)])))
    (shown,) = by_class(tree, "finding")
    assert "3 sentences say: tea eases worry" in text_of(shown)
    assert text_of(shown.find(".//blockquote")) == "Tea 1."
    assert "2 more sentences that say the same" in text_of(shown.find(".//summary"))
    assert [text_of(each) for each in shown.iter("q")] == ["Tea 0.", "Tea 2."]


def test_the_words_stand_in_their_paragraph(tmp_path: Path):
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text(POST)
    with checked(tmp_path) as results:
        tree = parsed(written(write_html, results))
        (absolute,) = (
            each for each in by_class(tree, "finding") if "claims.absolute" in text_of(each)
        )
        words = absolute.find(".//blockquote")
        assert text_of(words.find(".//mark")) == "Tea cures worry for good."
        assert text_of(words) == (
            "Come in by the side door. Tea cures worry for good. Take a seat."
        )
        assert by_id(tree, "rule-claims.absolute") is not None
        (tmp_path / "posts/a.md").write_text(POST.replace("Take", "Find"))
        tree = parsed(written(write_html, results))
        assert "has changed since it was checked" in text_of(by_id(tree, "post-1"))
        assert "side door" not in text_of(by_id(tree, "post-1"))


def test_what_does_not_apply_is_said_and_never_counted_as_bad():
    tree = parsed(page(Report([file()])))
    said = [text_of(each) for each in by_class(tree, "na")]
    assert said[0].startswith("Reading grade: not applicable.")
    assert said[1].startswith("Statements about health: not applicable.")
    none = FileResult("a.md", "a.md", "", "A", "draft", False, (), {"claims": 0})
    said = [text_of(each) for each in by_class(parsed(page(Report([none]))), "na")]
    assert said[1] == "Statements about health: none was found that needs a source."


def test_a_file_that_is_no_post_has_no_pictures():
    waivers = FileResult("waivers.toml", "waivers.toml", "", "", "", False, (finding(),), {})
    tree = parsed(page(Report([waivers])))
    assert text_of(by_id(tree, "post-1-title")) == "waivers.toml"
    assert not by_class(tree, "pictures")


def test_the_chain_names_the_neighbours_and_says_why_a_post_stands_apart():
    now = Report().now
    posts = (
        Linked("posts/a.md", "A", now, "live", "", "", "posts/b.md"),
        Linked("posts/b.md", "B", now, "live", "", "posts/a.md", ""),
        Linked("posts/c.md", "C", None, "draft", "Its state is draft."),
    )
    site = SiteSettings(Path(), "Harbour", "", "", "en", "Europe/London")
    report = Report([file(path="posts/a.md"), file(path="posts/c.md")])
    report.linked = (Chain(site, posts),)
    tree = parsed(page(report))
    text = text_of(tree)
    assert "2 posts would be linked" in text and "1 post stands apart." in text
    assert "1 post was not checked in this run and counts as free of errors." in text
    assert "This is the oldest post · Newer: B" in text_of(by_id(tree, "post-1"))
    assert "Not in the chain of posts. Its state is draft." in text_of(by_id(tree, "post-2"))
    assert text_of(tree.find(".//h1")) == "Harbour"
    assert "1 June 2026, 13:00 (Europe/London)" in text
    report.linked = (Chain(site, (), "more than one target is configured."),)
    assert "The order could not be made: more than one target" in text_of(parsed(page(report)))
