"""Posts that answer the same question: sure cases only, and what is said of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import Inventor, dated, post, rivals

from copydesk.testing import index_of, run_site_rule
from copydesk_plugins.duplicates.competing import competing
from copydesk_plugins.duplicates.wording import words_of

WRITER = Inventor(1)


def phrase(keyphrase: str, title: str = "", day: int = 1, **meta: str) -> str:
    more = {"keyphrase": keyphrase} if keyphrase else {}
    return post(WRITER.body(2), title, published=dated(day), **more, **meta)


def outline(title: str, *headings: str, **meta: str) -> str:
    body = [part for each in headings for part in (f"## {each}", WRITER.paragraph(20))]
    return post(body or [WRITER.paragraph(20)], title, **meta)


def test_the_examples_make_a_pair() -> None:
    [report] = run_site_rule(competing, index_of({"a.md": competing.good, "b.md": competing.bad}))
    assert report.path == "b.md"
    assert not run_site_rule(competing, index_of({"a.md": competing.good}))
    assert not run_site_rule(competing, index_of({}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ketamine therapy", "Ketamine Therapy"),
        ("ketamine therapy", "therapy with ketamine"),
        ("ketamine-assisted therapy", "ketamine assisted therapies"),
        ("fees for a first visit", "first visit fee"),
        ("guided meditation", "guiding meditations"),
        ("the therapist’s notes", "therapist's note"),
        ("calm  breathing", "calm breathing"),
    ],
)
def test_one_keyphrase_in_two_forms(one: str, other: str) -> None:
    [report] = rivals({"a.md": phrase(one, "A", 1), "b.md": phrase(other, "B", 2)})
    assert (report.path, report.severity) == ("b.md", None)
    assert [each.path for each in report.related] == ["a.md"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sleep after a session", "sleep before a session"),
        ("calm with music", "calm without music"),
        ("therapy for grief", "therapy for worry"),
        ("what is a session", "who is a session for"),
        ("first visit", "second visit"),
        ("fees 2025", "fees 2026"),
        ("fees", "fees and payment"),
        ("", ""),
    ],
)
def test_keyphrases_that_are_two(one: str, other: str) -> None:
    assert not rivals({"a.md": phrase(one, "A"), "b.md": phrase(other, "B")})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"language": "en"}, {"language": "de"}),
        ({}, {"noindex": "true"}),
        ({}, {"canonical": "https://example.org/elsewhere"}),
        ({"targets": "[clinic]"}, {"targets": "[shop]"}),
        ({"id": "same"}, {"id": "same"}),
        (
            {"series": "{name: Sleep, position: 1}"},
            {"series": "{name: Sleep, position: 2}"},
        ),
    ],
)
def test_posts_that_cannot_meet(one: dict[str, str], other: dict[str, str]) -> None:
    posts = {"a.md": phrase("sleep", "A", **one), "b.md": phrase("sleep", "B", **other)}
    assert not rivals(posts)


@pytest.mark.parametrize("title", ["Sleep, part {}", "Letter from {}", "{} things to bring"])
@pytest.mark.parametrize(("one", "other"), [("1", "2"), ("one", "two"), ("March", "April")])
def test_posts_of_a_row(title: str, one: str, other: str) -> None:
    posts = {
        "a.md": phrase("sleep", title.format(one)),
        "b.md": phrase("sleep", title.format(other)),
    }
    assert not rivals(posts)


@pytest.mark.parametrize(
    ("one", "other"),
    [("The 2024 guide", "The 2025 guide"), ("A guide to sleep in 2023", "Sleep, explained")],
)
def test_a_year_makes_no_row_under_one_keyphrase(one: str, other: str) -> None:
    [report] = rivals({"a.md": phrase("sleep", one, 1), "b.md": phrase("sleep", other, 2)})
    assert report.path == "b.md"


def test_other_languages_have_no_english_forms() -> None:
    assert not rivals(
        {
            "a.md": phrase("die Klinik in Bern", "A", language="de"),
            "b.md": phrase("Klinik Bern", "B", language="de"),
        }
    )
    assert rivals(
        {
            "a.md": phrase("Bern Klinik", "A", language="de"),
            "b.md": phrase("klinik bern", "B", language="de"),
        }
    )


HEADS = ("Before the hour", "While you lie down", "The way home", "Eating and drinking")


def test_titles_and_headings_that_say_the_same_are_information() -> None:
    posts = {
        "a.md": outline("Your ketamine session: what to expect", *HEADS, published=dated(1)),
        "b.md": outline("What to expect at your ketamine session", *HEADS[:3], "Parking"),
        "c.md": outline("What our house looks like", "The garden", "The stairs"),
    }
    [report] = rivals(posts)
    assert (report.path, report.severity) == ("b.md", "info")
    assert "New in it, by the headings (1 of 4): “Parking”." in report.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grief groups in Austin", "Grief groups in Dallas"),
        ("EMDR sessions: what to expect", "Ketamine sessions: what to expect"),
        ("What a session is", "Why a session is short"),
        ("News", "News"),
    ],
)
def test_titles_about_two_things_with_the_same_headings(one: str, other: str) -> None:
    assert not rivals({"a.md": outline(one, *HEADS), "b.md": outline(other, *HEADS)})


def test_one_title_over_other_headings_is_let_pass() -> None:
    title = "What to expect at your session"
    assert not rivals(
        {"a.md": outline(title, *HEADS), "b.md": outline(title, "Our garden", "A new door")}
    )
    assert not rivals({"a.md": outline(title), "b.md": outline(title)})


def test_two_keyphrases_settle_it() -> None:
    title = "What to expect at your session"
    posts = {
        "a.md": outline(title, *HEADS, keyphrase="first session"),
        "b.md": outline(title, *HEADS, keyphrase="music in a session"),
    }
    assert not rivals(posts)
    posts["b.md"] = outline(title, *HEADS)
    assert len(rivals(posts)) == 1


def test_words_that_every_post_uses_count_little() -> None:
    site = {
        f"p{n}.md": outline(f"Ketamine therapy and {word}", word, "Ketamine therapy at our house")
        for n, word in enumerate(("sleep", "music", "grief", "pain", "food", "travel", "work"))
    }
    assert not rivals(site)


def test_a_copy_is_told_by_the_other_rule() -> None:
    body = WRITER.body()
    posts = {n: post(body, n, keyphrase="sleep") for n in ("a.md", "b.md")}
    assert not rivals(posts)


@given(st.integers(2, 40))
def test_a_group_is_told_once_and_names_three(number: int) -> None:
    posts = {
        f"{n:02}.md": phrase("sleep", f"Title {WRITER.sentence()}", n) for n in range(1, number + 1)
    }
    [report] = rivals(posts)
    assert report.path == f"{number:02}.md"
    assert len(report.related) == min(3, number - 1)
    named = {each.path for each in (*report.related, *report.also)}
    assert named == set(posts) - {report.path}


@pytest.mark.parametrize(
    ("own", "link"),
    [
        ("posts/new.md", "[Sleep \\[at\\] home & away](old%20one.md)"),
        ("posts/deep/new.md", "[Sleep \\[at\\] home & away](../old%20one.md)"),
        ("new.html", '<a href="posts/old%20one.md">Sleep [at] home &amp; away</a>'),
    ],
)
def test_links_are_ready_to_be_pasted(own: str, link: str) -> None:
    posts = {
        "posts/old one.md": phrase("sleep", '"Sleep [at] home & away"', 1),
        own: phrase("sleep", "New", 2),
    }
    [report] = rivals(posts)
    assert link in report.help.splitlines()


@given(st.text(max_size=60))
def test_any_keyphrase_is_read(text: str) -> None:
    found = words_of(text, "en")
    assert words_of(f"{text.upper()} ", "en") == words_of(text.upper(), "en")
    assert all(found.said) and not found.said & found.row


@given(st.permutations(["calm", "sleep", "music", "garden"]))
def test_the_order_of_words_changes_nothing(order: list[str]) -> None:
    assert words_of(" ".join(order), "en") == words_of("garden-music calm sleeping", "en")
