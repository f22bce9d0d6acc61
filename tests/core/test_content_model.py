"""Headings, lists and lead-ins: what a block stands under."""

from __future__ import annotations

from core_kit import source

from copydesk.model.content import ContentBuilder
from copydesk.model.post import Block, Metadata, Post
from copydesk.model.text import MappedText, Run, Span
from copydesk.testing import read

HERE = Span(0, 1)


def add(content: ContentBuilder, kind: str, text: str, level: int = 0) -> Block | None:
    mapped = MappedText(text, (Run(0, len(text), 0, len(text)),))
    return content.add(kind, HERE, mapped, level)  # type: ignore[arg-type]


def above(text: str, words: str) -> list[str]:
    """Return what the block that holds some words stands under, nearest first."""
    post = read(text)
    block = next(each for each in post.blocks if words in each.text.plain)
    return [each.text.plain for each in post.ancestors(block)]


def test_lead_in_before_headings_and_headings_outward() -> None:
    text = "# Care\n\n## Fees\n\n### Cards\n\nWe take:\n\n- cash\n- cards\n"
    assert above(text, "cards") == ["We take:", "Cards", "Fees", "Care"]


def test_a_heading_stands_under_the_next_higher_rank() -> None:
    text = "# A\n\n### C\n\n## B\n\nText.\n\n# D\n\nEnd.\n"
    assert above(text, "Text") == ["B", "A"]
    assert above(text, "C") == ["A"]
    assert above(text, "End") == ["D"]


def test_lists_in_lists_have_lead_ins_of_their_own() -> None:
    text = "Bring:\n\n- papers, such as\n  - your card\n- water\n"
    assert above(text, "your card") == ["papers, such as", "Bring:"]
    assert above(text, "water") == ["Bring:"]


def test_a_heading_right_before_a_list_is_told_once() -> None:
    assert above("## It helps with\n\n- sleep\n", "sleep") == ["It helps with"]


def test_front_matter_does_not_lead_into_a_list() -> None:
    text = "---\ntitle: Fees\nimage_alt: A quiet room\n---\n- cash\n"
    assert above(text, "cash") == []


def test_only_the_first_paragraph_of_an_item_is_the_item() -> None:
    kinds = [block.kind for block in read("- one\n\n  two\n- three\n").blocks]
    assert kinds == ["list-item", "paragraph", "list-item"]


def test_blocks_without_text_are_passed_over() -> None:
    content = ContentBuilder()
    assert add(content, "paragraph", " \n\u00a0") is None
    assert not content.blocks


def test_inside_at_any_depth() -> None:
    content = ContentBuilder()
    content.open("quote", HERE)
    content.open("list", HERE)
    content.open("item", HERE)
    block = add(content, "paragraph", "deep")
    for _ in range(3):
        content.close()
    assert content.current == -1
    after = add(content, "paragraph", "outside")
    post = Post(
        source("deep outside"),
        "test",
        Metadata(),
        "",
        tuple(content.blocks),
        (),
        tuple(content.containers),
    )
    assert block is not None
    assert after is not None
    assert block.kind == "list-item"
    assert post.inside(block, "quote")
    assert not post.inside(block, "table")
    assert not post.inside(after, "quote")


def test_links_and_images_stand_in_the_block_to_come() -> None:
    content = ContentBuilder()
    content.add_link("a.md", "a", HERE)
    content.add_image("a.png", None, HERE)
    content.leave_out("menu", HERE)
    block = add(content, "paragraph", "a")
    assert block is not None
    assert content.links[0].block == content.images[0].block == block.index
    assert content.left_out[0].what == "menu"
