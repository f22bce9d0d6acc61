"""Edges of the artefacts rules: places where no fix is safe, odd files, hostile text."""

from __future__ import annotations

import time

import pytest

from copydesk.api import PostContext
from copydesk.testing import NOW, read, run_rule
from copydesk_plugins.artefacts import register_rules

RULES = {rule.id.partition(".")[2]: rule for rule in register_rules()}
BODY = "# A walk\n\nWe walk at noon. Bring a coat.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        BODY + "> gpt-4o\n",
        "<h1>A walk</h1>\n<p>We walk at noon.</p><p>gpt-4o</p>\n",
    ],
)
def test_a_label_inside_other_markup_is_named_but_not_taken_out(text: str) -> None:
    name = "post.html" if text.startswith("<") else "post.md"
    (finding,) = run_rule(RULES["chatbot"], text, name)
    assert finding.fix is None
    assert "by hand" in finding.help or finding.help == "Remove it."


def test_a_paragraph_of_html_on_its_own_line_is_taken_out() -> None:
    text = "<h1>A walk</h1>\n<p>We walk at noon.</p>\n<p>gpt-4o</p>\n<p>We sit.</p>\n"
    (finding,) = run_rule(RULES["chatbot"], text, "post.html")
    ((start, end, new),) = finding.fix or ()
    assert text[:start] + new + text[end:] == text.replace("<p>gpt-4o</p>\n", "")


def test_an_answer_glued_inside_a_list_is_named_but_not_parted() -> None:
    (finding,) = run_rule(RULES["glued"], BODY + "- Q: A dog?A: Yes.\n")
    assert finding.fix is None and "copydesk fix" not in finding.help


def test_a_question_right_below_an_answer_is_parted_from_it_too() -> None:
    text = BODY + "Q: A dog?A: Yes.\nQ: A cat?A: No.\n"
    edits = [edit for finding in run_rule(RULES["glued"], text) for edit in finding.fix or ()]
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    assert text == BODY + "Q: A dog?\n\nA: Yes.\n\nQ: A cat?\n\nA: No.\n"


def test_sentences_glued_across_markup_are_named_but_not_parted() -> None:
    (finding,) = run_rule(RULES["glued"], BODY + "It was a relief.**Then** we sat.\n")
    assert finding.fix is None


@pytest.mark.parametrize(
    ("text", "name", "missing"),
    [
        ("Bring a coat.", "post.md", True),
        ("", "post.md", True),
        ("## A walk\n\nBring a coat.", "post.md", True),
        ("# A walk\n\nBring a coat.", "post.md", False),
        ("Bring a coat.\n\n# A walk", "post.md", False),
        ("---\ntitle: A walk\n---\n\nBring a coat.", "post.md", False),
        ("---\nid: x\n---\n\nBring a coat.", "post.md", True),
        ("<p>Bring a coat.</p>", "post.html", True),
        ("<h1>A walk</h1><p>Bring a coat.</p>", "post.html", False),
        ("A walk by the sea\n\nBring a coat. We leave at noon.", "post.txt", False),
        ("Bring a coat. We leave at noon.\n\nWe sit on the wall.", "post.txt", True),
    ],
)
def test_a_post_without_a_title_is_named_once(text: str, name: str, missing: bool) -> None:
    found = run_rule(RULES["title"], text, name)
    assert len(found) == missing
    if missing:
        assert "`title: Your title`" in found[0].help


@pytest.mark.parametrize("name", ["post.md", "post.txt"])
def test_a_title_outside_of_front_matter_is_said_to_be_there(name: str) -> None:
    found = run_rule(RULES["title"], "Title: A walk\ndate: 2026-03-02\n\nBring a coat.", name)
    assert [each.message.split(",")[0] for each in found] == ["The first line names a title"]
    [other] = run_rule(RULES["title"], "title:\n\nBring a coat. We leave at noon.", name)
    assert "has no title" in other.message


def test_the_mix_of_quotes_is_one_finding_with_its_counts() -> None:
    text = BODY + '“One” and “two”.\n\n"Three" it is.\n\n"Four" too, and “five”.\n'
    (finding,) = run_rule(RULES["quotes"], text)
    assert "(4 straight, 6 curly)" in finding.message
    assert finding.quote == '"Three"'


def test_a_post_of_plain_words_without_leftovers_is_silent() -> None:
    for rule in RULES.values():
        assert not run_rule(rule, BODY * 3)


@pytest.mark.parametrize(
    "piece",
    [
        "Share\n\n",
        "Previous\n\n",
        "Previous Next ",
        "gpt-4o\n\n",
        "[insert a b",
        "[your name] ",
        '"a ',
        "“a ",
        "dog?A: ",
        "end.Then ",
        "turn0search0 ",
        "Certainly! ",
        "\n",
        "x[",
        "As an AI language model, I walk. ",
        "utm_source=chatgpt.com",
        '5" ',
        "    turn0search0\n\n",
        "`${x} ",
        "`` ` ",
        "<code> ${x} ",
        "<h1 ",
        "<h1> ",
        "<h2><br ",
        "#",
        "# \n",
        "{{ ",
        "&lt;div ",
        "&amp;nbsp;",
        "Ã©",
        "Ã",
        "â€™",
        "\u200b",
        "a\u00a0",
        "ab\u00a0ab ",
        "a\\ ",
        "【",
        "【4†",
        "the the ",
        "in our last a b post ",
        "lorem ",
        "TODO: ",
        "Read more\n\n",
        "Related posts\n\n",
        "5 min read\n\n",
        "Facebook\n\n",
        "[](x) ",
        "[x]() ",
        "[x](http://x.example/?fbclid=1&amp;) ",
        "[x](http://x.example/?" + "fbclid=1&" * 400 + ") ",
        "What is KAP?KAP ",
        "Conclusion",
        "Conclusionwe we. ",
        "We walk at noon and [...]\n\n",
        "…",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (120_000 // len(piece))
    context = PostContext(read(text), NOW)
    for rule in RULES.values():
        run_rule(rule, text[:200])  # loads the vocabulary
        began = time.process_time()
        list(rule.check(context))
        assert time.process_time() - began < 2, rule.id
