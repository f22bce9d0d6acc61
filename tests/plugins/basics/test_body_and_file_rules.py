"""Rules on empty bodies, parts of pages that were left out, and files that are not there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copydesk.api import PostContext, Report
from copydesk.testing import assert_exact, assert_examples, read, run_rule
from copydesk_plugins.basics import body, files

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---\ntitle: Hours\ndescription: When we are open.\n---\n", "no text"),
        ("---\r\ntitle: Hours\r\n---\r\n\r\n \r\n", "no text"),
        ('+++\ntitle = "Hours"\n+++\n', "no text"),
        ("# Hours\n\n## Mornings\n", "headings only"),
        ("---\ntitle: Hours\n---\n\n![The door](door.png)\n", "pictures only"),
        ("", "no text"),
        ("\n\n", "no text"),
    ],
)
def test_empty(text: str, words: str) -> None:
    [finding] = run_rule(body.empty, text)
    assert words in finding.message
    assert_exact([finding], text)


@pytest.mark.parametrize(
    "text",
    [
        "Text.\n",
        "- One item\n",
        "```\ncode\n```\n",
        "| a | b |\n|---|---|\n| c | d |\n",
        "---\ntitle: Hours\n---\n\n> Quoted.\n",
        "# Hours\n\nNine.\r\n",
    ],
)
def test_not_empty(text: str) -> None:
    assert not run_rule(body.empty, text)


def test_examples() -> None:
    assert_examples(body.empty)


def test_left_out_names_the_parts_once() -> None:
    assert_examples(body.left_out, name="post.html")
    page = (
        "<html><body><nav><p>Home</p></nav><main><h1>Hours</h1><p>Nine to five.</p></main>"
        "<footer><p>Address</p></footer></body></html>"
    )
    [finding] = run_rule(body.left_out, page, "post.html")
    assert "Not read as text of the post:" in finding.message
    assert len(finding.related) >= 2
    assert_exact([finding], page)
    assert not run_rule(body.left_out, "Text.\n")


def missing(text: str, *there: str) -> list[Report]:
    """Run the rule where only the named files exist, and web addresses are none."""

    def exists(href: str) -> bool | None:
        return None if ":" in href or href.startswith(("#", "//")) else href in there

    context = PostContext(read(text), NOW, exists)
    return [each for each in files.missing_file.check(context) if isinstance(each, Report)]


def test_missing_file_examples() -> None:
    assert missing(files.missing_file.bad)
    assert not missing(files.missing_file.good)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_missing_files_are_told_at_their_places(newline: str) -> None:
    text = newline.join(
        [
            "---",
            "image: head.png",
            "---",
            "",
            "![A room](room.png) and",
            "[a form](docs/form.pdf).",
            "See [the fees](fees.md#cash) too.",
            "",
        ]
    )
    reports = missing(text, "fees.md#cash")
    assert [text[each.span.start : each.span.end] for each in reports] == [
        "head.png",
        "![A room](room.png)",
        "[a form](docs/form.pdf)",
    ]
    assert "readers would see an empty frame" in reports[0].message
    assert "the link would lead nowhere" in reports[2].message
    assert not missing(text, "head.png", "room.png", "docs/form.pdf", "fees.md#cash")


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/a.png",
        "http://example.org/a.pdf",
        "mailto:us@example.org",
        "tel:+15555550100",
        "#top",
        "data:image/png;base64,AAAA",
        "//example.org/a.png",
        "/wp-content/uploads/a.png",
        "contact",
        "contact/",
        "../about",
        "book.php?x=1.pdf",
        "?p=12.5",
    ],
)
def test_not_files_of_the_site(href: str) -> None:
    assert not missing(f"A [link]({href}) here.\n")


def test_an_image_needs_no_extension() -> None:
    assert missing("An ![image](pictures/room) here.\n")


def test_toml_image() -> None:
    [report] = missing('+++\nimage = "head.png"\n+++\n\nText.\n')
    assert "head.png" in report.message


def test_a_very_long_address_is_shortened() -> None:
    [report] = missing(f"![x]({'a' * 500}.png)\n")
    assert len(report.message) < 200
