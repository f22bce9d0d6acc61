"""What counts as prose: paragraphs and list items, and nothing that only looks like them."""

from __future__ import annotations

from copydesk.testing import read
from copydesk_plugins.readability.prose import prose_blocks, prose_units, sections

POST = """\
---
title: A title that is not counted
description: Nor is this description.
image: room.png
image_alt: Nor is this picture.
---

First paragraph. It has two sentences.

## A heading

- One item
- Another item. With two sentences.

> Somebody else said this.

| Cell | Cell two |
|------|----------|
| three | four |

```
code is not counted
```

A sentence with a note.[^1]

[^1]: The note is not counted.

## References

- Author, A. (2020). A paper.

### Further sources

Another one.

## After that

The end “is quoted. Within” a paragraph.
"""


def test_what_is_counted() -> None:
    found = [unit.text for unit in prose_units(read(POST))]
    assert found[:5] == [
        "First paragraph.",
        "It has two sentences.",
        "One item",
        "Another item.",
        "With two sentences.",
    ]
    text = " ".join(found)
    for absent in (
        "title",
        "description",
        "picture",
        "heading",
        "Somebody",
        "Cell",
        "three",
        "code",
        "The note",
        "Author",
        "Another one",
    ):
        assert absent not in text
    assert "A sentence with a note." in text
    assert "The end" in text


def test_sections_go_from_heading_to_heading() -> None:
    found = [
        (part.heading.text.plain if part.heading else "", len(part.units))
        for part in sections(read(POST))
    ]
    assert [name for name, _ in found] == ["", "A heading", "After that"]
    assert found[0] == ("", 2)


def test_blocks_keep_their_sentences() -> None:
    lengths = [len(units) for _, units in prose_blocks(read(POST))]
    assert lengths[:3] == [2, 1, 2]
    assert sum(lengths) == len(prose_units(read(POST)))


def test_paragraphs_of_nothing_but_code_are_no_prose() -> None:
    text = """\
{{< picture src="sea.png" alt="The sea. It is calm." >}}

{% include a.html %} {% include b.html %}

`mean(waits) by clinic` and `sum(waits)` are two sums.

`mean(waits) by clinic, then
sum(waits)`

{not a mark} of anything.
"""
    assert [unit.text for unit in prose_units(read(text))] == [
        "mean(waits) by clinic and sum(waits) are two sums.",
        "{not a mark} of anything.",
    ]


def test_a_list_of_what_to_read_is_no_prose() -> None:
    text = "We rest.\n\n## Further reading\n\n- Doe, J. Resting at home. 2019.\n"
    assert [unit.text for unit in prose_units(read(text))] == ["We rest."]
