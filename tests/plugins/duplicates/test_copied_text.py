"""Copied text: what is found, what is let pass, and what is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import Inventor, copies, dated, post, quoted

from copydesk.testing import index_of, run_site_rule
from copydesk_plugins.duplicates.copied import copied_text

SEEDS = st.integers(0, 10_000)
#: Each example is a site of its own; what may be missed by chance shows in as few.
FEW = settings(max_examples=25)


def about(reports: list[object]) -> list[tuple[str, list[str]]]:
    return [(r.path, [each.path for each in r.related]) for r in reports]  # type: ignore[attr-defined]


def test_the_examples_make_a_pair() -> None:
    pair = {"a.md": copied_text.good, "b.md": copied_text.bad}
    [report] = run_site_rule(copied_text, index_of(pair))
    assert report.path == "b.md"
    assert not run_site_rule(copied_text, index_of({"a.md": copied_text.good}))
    assert not run_site_rule(copied_text, index_of({}))


@FEW
@given(SEEDS)
def test_posts_of_their_own_are_let_pass(seed: int) -> None:
    writer = Inventor(seed)
    assert not copies({f"p{n}.md": post(writer.body()) for n in range(6)})


@FEW
@given(SEEDS, st.booleans())
def test_a_whole_copy_is_told_at_the_newer_post(seed: int, first_is_newer: bool) -> None:
    writer = Inventor(seed)
    body = writer.body()
    days = (20, 10) if first_is_newer else (10, 20)
    posts = {
        "a.md": post(body, "One", published=dated(days[0])),
        "b.md": post(body, "Two", published=dated(days[1])),
        "c.md": post(writer.body(), "Three"),
    }
    [report] = copies(posts)
    assert report.path == ("a.md" if first_is_newer else "b.md")
    assert report.severity is None
    assert "(100 %)" in report.message
    assert {each.path for each in report.related} == {"a.md", "b.md"} - {report.path}


def test_a_draft_without_a_date_is_the_newer_one() -> None:
    body = Inventor(1).body()
    [report] = copies({"a.md": post(body, "Draft"), "b.md": post(body, published=dated(1))})
    assert report.path == "a.md"


@FEW
@given(SEEDS)
def test_a_copy_in_another_order_is_found(seed: int) -> None:
    writer = Inventor(seed)
    body = writer.body()
    [report] = copies({"a.md": post(body), "b.md": post(writer.shuffled(body))})
    assert report.severity is None


@FEW
@given(SEEDS)
def test_a_copy_with_every_tenth_word_changed_is_a_copy(seed: int) -> None:
    writer = Inventor(seed)
    body = writer.body(12)
    [report] = copies({"a.md": post(body), "b.md": post(writer.edited(body, 0.08), "Other")})
    assert report.severity is None


@FEW
@given(SEEDS)
def test_a_copy_with_a_third_of_its_paragraphs_written_anew_is_a_copy(seed: int) -> None:
    writer = Inventor(seed)
    body = writer.body(9)
    other = [writer.paragraph(60) if n % 3 == 1 else text for n, text in enumerate(body)]
    [report] = copies({"a.md": post(body), "b.md": post(other, "Other")})
    assert report.severity is None


@FEW
@given(SEEDS)
def test_a_copy_with_every_fifth_word_changed_is_told_as_information(seed: int) -> None:
    writer = Inventor(seed)
    body = writer.body(14)
    [report] = copies({"a.md": post(body), "b.md": post(writer.edited(body, 0.2), "Other")})
    assert report.severity == "info"


@FEW
@given(SEEDS, st.booleans())
def test_a_short_post_inside_a_long_one_is_a_copy(seed: int, long_is_newer: bool) -> None:
    writer = Inventor(seed)
    short = writer.body(3)
    long = [*writer.body(6), *short, *writer.body(6)]
    posts = {
        "long.md": post(long, "Long", published=dated(20 if long_is_newer else 1)),
        "short.md": post(short, "Short", published=dated(10)),
    }
    [report] = copies(posts)
    assert report.severity is None
    if long_is_newer:
        assert "which makes 100 % of that post" in report.message
    else:
        assert "(100 %) also stand in “Long”" in report.message


@FEW
@given(SEEDS)
def test_one_copied_paragraph_is_told_at_its_place(seed: int) -> None:
    writer = Inventor(seed)
    taken = writer.paragraph(110)
    posts = {
        "a.md": post([*writer.body(6), taken, *writer.body(6)], published=dated(1)),
        "b.md": post([*writer.body(7), taken, *writer.body(5)], published=dated(2)),
    }
    [report] = copies(posts)
    assert (report.path, report.severity) == ("b.md", "info")
    assert quoted(posts, report) == taken
    place = report.related[0]
    assert posts[place.path][place.span.start : place.span.end] == taken


@FEW
@given(SEEDS)
def test_a_copied_list_is_one_passage(seed: int) -> None:
    writer = Inventor(seed)
    items = "\n".join(f"- {writer.paragraph(12)}" for _ in range(8))
    posts = {
        "a.md": post([*writer.body(6), items, *writer.body(6)], published=dated(1)),
        "b.md": post([*writer.body(7), items, *writer.body(5)], published=dated(2)),
    }
    [report] = copies(posts)
    assert len(quoted(posts, report).splitlines()) >= 4


@FEW
@given(SEEDS, st.integers(20, 40))
def test_a_short_passage_is_let_pass(seed: int, words: int) -> None:
    writer = Inventor(seed)
    taken = " ".join(writer.paragraph(words).split()[:words])
    one, other = writer.body(12), writer.body(12)
    assert not copies({"a.md": post([*one, taken, one[0]]), "b.md": post([*other, taken, "End."])})


@FEW
@given(SEEDS, st.integers(4, 12))
def test_a_notice_below_many_posts_is_let_pass(seed: int, number: int) -> None:
    writer = Inventor(seed)
    notice = writer.body(2, 70)
    posts = {f"p{n}.md": post([*writer.body(4), *notice]) for n in range(number)}
    assert not copies(posts)


@FEW
@given(SEEDS, st.integers(4, 8))
def test_a_notice_in_the_middle_of_many_posts_is_let_pass(seed: int, number: int) -> None:
    writer = Inventor(seed)
    notice = writer.paragraph(80)
    posts = {f"p{n}.md": post([*writer.body(3), notice, *writer.body(3)]) for n in range(number)}
    assert not copies(posts)


@FEW
@given(SEEDS, st.sampled_from([2, 3]), st.booleans())
def test_a_notice_at_the_edge_of_two_posts_is_let_pass(seed: int, number: int, top: bool) -> None:
    writer = Inventor(seed)
    notice = [writer.paragraph(80)]
    bodies = [writer.body(3) for _ in range(number)]
    posts = {
        f"p{n}.md": post(notice + body if top else body + notice, f"Post {n}")
        for n, body in enumerate(bodies)
    }
    assert not copies(posts)


@FEW
@given(SEEDS, st.integers(2, 6))
def test_short_notes_with_the_same_notice_are_let_pass(seed: int, number: int) -> None:
    writer = Inventor(seed)
    notice = writer.paragraph(90)
    posts = {f"p{n}.md": post([writer.paragraph(40), notice]) for n in range(number)}
    assert not copies(posts)


@FEW
@given(SEEDS)
def test_copies_are_found_among_posts_with_a_notice(seed: int) -> None:
    writer = Inventor(seed)
    notice = writer.paragraph(80)
    body = writer.body(4)
    posts = {f"p{n}.md": post([*writer.body(4), notice]) for n in range(6)}
    posts |= {"x.md": post([*body, notice], "X"), "y.md": post([*body, notice], "Y")}
    [report] = copies(posts)
    assert report.path == "y.md"
    assert [each.path for each in report.related] == ["x.md", "x.md"]


def test_posts_too_short_to_judge_are_let_pass() -> None:
    text = " ".join(Inventor(3).paragraph(60).split()[:50])
    assert not copies({"a.md": post([text]), "b.md": post([text])})


@FEW
@given(SEEDS, st.integers(3, 14))
def test_a_group_of_copies_is_told_once_and_names_three(seed: int, number: int) -> None:
    body = Inventor(seed).body(4)
    posts = {f"p{n:02}.md": post(body, f"Post {n}", published=dated(n + 1)) for n in range(number)}
    [report] = copies(posts)
    assert report.path == f"p{number - 1:02}.md"
    shown = {each.path for each in report.related}
    assert len(shown) == min(3, number - 1)
    assert shown | {each.path for each in report.also} == set(posts) - {report.path}
    assert ("more of the group" in report.message) == (number > 4)


@FEW
@given(SEEDS, st.integers(4, 9))
def test_pages_that_differ_in_the_name_of_a_town_are_one_group(seed: int, number: int) -> None:
    writer = Inventor(seed)
    body = writer.body(6)
    posts = {
        f"p{n}.md": post([f"{text} We are in Town{n} and close by." for text in body], f"Town {n}")
        for n in range(number)
    }
    [report] = copies(posts)
    assert report.severity is None
    assert len({each.path for each in (*report.related, *report.also)}) == number - 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"language": "en-US"}, {"language": "en-GB"}),
        ({"id": "same"}, {"id": "same"}),
        ({"targets": "[clinic]"}, {"targets": "[shop]"}),
        ({}, {"noindex": "true"}),
        ({}, {"canonical": "https://example.org/the-main-one"}),
    ],
)
def test_what_is_meant_to_be_a_copy_is_let_pass(one: dict[str, str], other: dict[str, str]) -> None:
    body = Inventor(5).body()
    assert not copies({"a.md": post(body, "A", **one), "b.md": post(body, "B", **other)})


def test_a_canonical_address_of_its_own_excuses_nothing() -> None:
    body = Inventor(5).body()
    own = post(body, "B", slug="mine", canonical="https://example.org/blog/mine/")
    assert len(copies({"a.md": post(body, "A"), "b.md": own})) == 1


def test_quotations_headings_and_code_are_nobodys_copy() -> None:
    writer = Inventor(8)
    taken = writer.paragraph(90)
    shared = [f"> {taken}", f"## {taken[:80]}", f"```\n{taken}\n```"]
    one, other = writer.body(4), writer.body(4)
    posts = {"a.md": post([*one, *shared, one[0]]), "b.md": post([*other, *shared, other[1]])}
    assert not copies(posts)


def test_typographic_signs_and_capitals_hide_no_copy() -> None:
    body = [text + ' Don\'t "stop" here - we wait.' for text in Inventor(9).body()]
    typeset = [
        text.replace("'", "’").replace(' "', " “").replace('" ', "” ").replace(" - ", " – ").upper()
        for text in body
    ]
    [report] = copies({"a.md": post(body, "A"), "b.md": post(typeset, "B")})
    assert "(100 %)" in report.message


def test_a_page_and_a_markdown_post_are_held_against_each_other() -> None:
    body = Inventor(10).body()
    page = "<h1>The page</h1>\n" + "\n".join(f"<p>{text}</p>" for text in body)
    [report] = copies({"a.md": post(body, "The [post]", published=dated(1)), "b.html": page})
    assert report.path == "b.html"
    assert '<a href="a.md">The [post]</a>' in report.help


@pytest.mark.parametrize(
    "words", ["жил был кот и пес дом лес", "日本語の文章を書く人", "γάτα είναι ένα ζώο που"]
)
def test_texts_in_other_scripts_are_judged_too(words: str) -> None:
    some = Inventor(4).random
    signs = words.split() if " " in words else list(words)
    gap = " " if " " in words else ""
    body = [gap.join(some.choices(signs, k=80)) + "." for _ in range(5)]
    [report] = copies({"a.md": post(body, "A"), "b.md": post(body, "B")})
    assert "(100 %)" in report.message


@FEW
@given(SEEDS, st.randoms(use_true_random=False))
def test_names_of_files_and_their_order_change_nothing(seed: int, chance: object) -> None:
    writer = Inventor(seed)
    body, taken = writer.body(5), writer.paragraph(110)
    texts = [
        post(body, "A", published=dated(1)),
        post(writer.edited(body, 0.05), "B", published=dated(2)),
        post([*writer.body(4), taken, *writer.body(4)], "C", published=dated(3)),
        post([*writer.body(5), taken, *writer.body(3)], "D", published=dated(4)),
        post(writer.body(5), "E", published=dated(5)),
    ]
    names = [f"{n}.md" for n in range(len(texts))]
    chance.shuffle(names)  # type: ignore[attr-defined]
    title = dict(zip(names, "ABCDE", strict=True))
    found = copies(dict(zip(names, texts, strict=True)))
    told = {(title[r.path], tuple(title[each.path] for each in r.related)) for r in found}
    assert told == {("B", ("A", "A")), ("D", ("C", "C"))}


def test_a_chain_of_passages_loses_none() -> None:
    writer = Inventor(11)
    first, second = writer.paragraph(110), writer.paragraph(110)
    posts = {
        "a.md": post([*writer.body(5), first, *writer.body(4)], published=dated(1)),
        "b.md": post([*writer.body(3), first, *writer.body(3), second, "End."], published=dated(2)),
        "c.md": post([*writer.body(2), second, *writer.body(6)], published=dated(3)),
    }
    assert about(copies(posts)) == [("b.md", ["a.md", "a.md"]), ("c.md", ["b.md", "b.md"])]


def test_three_posts_with_one_passage_are_one_finding() -> None:
    writer = Inventor(12)
    taken = writer.paragraph(80)
    posts = {
        f"{n}.md": post([*writer.body(4), taken, *writer.body(4)], published=dated(n))
        for n in (1, 2, 3)
    }
    [report] = copies(posts)
    assert report.path == "3.md"
    assert {each.path for each in report.related} == {"1.md", "2.md"}
