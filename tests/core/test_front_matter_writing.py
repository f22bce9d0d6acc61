"""Front matter that Copydesk writes is read back as it was meant, and nothing else moves."""

from __future__ import annotations

import pytest
import yaml
from core_kit import source
from hypothesis import assume, given
from hypothesis import strategies as st

from copydesk.front_matter import FrontMatter, read_front_matter
from copydesk.front_matter_plain import read_plain
from copydesk.front_matter_writing import set_values, write_front_matter
from copydesk.metadata import ReadingSettings, read_metadata
from copydesk.model.finding import CopydeskError
from copydesk.model.text import Source

UTC = ReadingSettings("UTC")
#: Texts that YAML reads as something else, or that end what they stand in.
TRAPS = """
no Yes on y n ~ null true 1.5 12:30 0x1F 2026-03-02 007 1e3 - -x ? : a:b a:_b #x a_#b a:
" ' '' "a" 'a' [a] {a} a,_b *a &a !a |a > % @ ` --- ... \\ \\n = _a a_
"""
BREAKS = (
    "\n",
    "a\n\nb",
    "\r",
    "\t",
    "\0",
    "\x85",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\x7f",
    "\x1b[31m",
)
OTHERS = ("é", "\u200f", "\U0001f642", "\ue000")
ODD = st.sampled_from([*(each.replace("_", " ") for each in TRAPS.split()), *BREAKS, *OTHERS])
TEXTS = st.one_of(
    ODD, st.text(st.characters(exclude_categories=["Cs"]), max_size=12), st.lists(ODD).map("".join)
)
VALUES = st.one_of(TEXTS, st.lists(TEXTS, max_size=4).map(tuple))
KEYS = st.sampled_from(["title", "tags", "description", "no", "x-y", "layout", "größe", "a b"])
BLOCKS = st.dictionaries(KEYS, VALUES, max_size=5)


def values(found: FrontMatter | None) -> dict[str, object]:
    assert found is not None
    return {
        key: tuple(item.text for item in node.items) if node.kind == "list" else node.text
        for key, node in found.pairs
    }


@given(BLOCKS)
def test_what_is_written_is_read_back(block: dict[str, str | tuple[str, ...]]) -> None:
    assume(block)
    text = write_front_matter(block)
    read = values(read_front_matter(source(text + "\nBody.\n")))
    assert read == {key: value or "" for key, value in block.items()}
    assert list(read) == list(block)
    assert text.startswith("---\n")
    assert text.endswith("\n---\n")


@given(st.dictionaries(KEYS, TEXTS.filter(bool), min_size=1, max_size=4))
def test_other_yaml_readers_see_the_same_texts(block: dict[str, str]) -> None:
    assert yaml.safe_load(write_front_matter(block)[4:-4]) == block


def test_metadata_read_what_was_written() -> None:
    text = write_front_matter(
        {
            "id": "1e3",
            "title": "KAP: what to expect, #1",
            "state": "draft",
            "published": "2026-03-02T09:00:00Z",
            "description": "Line one.\nLine two.",
            "tags": ("no", "fees, costs", "12:30"),
            "noindex": "true",
            "author": "",
        }
    )
    post = source(text)
    metadata = read_metadata(post, read_front_matter(post), UTC)
    assert not metadata.problems
    assert metadata.id == "1e3"
    assert metadata.title == "KAP: what to expect, #1"
    assert metadata.description == "Line one.\nLine two."
    assert metadata.tags == ("no", "fees, costs", "12:30")
    assert metadata.noindex
    assert "published: 2026-03-02T09:00:00Z\n" in text, "other tools want a date, not a text"
    assert "\nauthor:\n" in text


def test_usual_values_stay_without_quotes_and_need_no_yaml() -> None:
    text = write_front_matter({"title": "What it costs", "tags": ("fees", "first visit")})
    assert text == "---\ntitle: What it costs\ntags: [fees, first visit]\n---\n"
    assert read_plain(text.removeprefix("---\n").removesuffix("---\n"))


@pytest.mark.parametrize("block", [{"title": "x" * 17_000}, {"a/b": "c"}, {"title": "\ud800"}])
def test_what_cannot_be_read_back_is_refused(block: dict[str, str]) -> None:
    with pytest.raises(CopydeskError, match="could not be changed"):
        write_front_matter(block)


#: What stands there, the keys to set, and what stands there afterwards; `|` ends a line.
CHANGES = [
    ("---|title: Old # why|x: 1|---|", {"title": "New"}, "---|title: New # why|x: 1|---|"),
    ("---|title:   Old|---|", {"title": "New"}, "---|title: New|---|"),
    ("---|title:|x: 1|---|", {"title": "New"}, "---|title: New|x: 1|---|"),
    ("---|title:  # t|---|", {"title": "New"}, "---|title: New  # t|---|"),
    ("---|  # c|  x: 1|---|", {"title": "New"}, "---|  title: New|  # c|  x: 1|---|"),
    ("---|title:   |---|", {"title": "New"}, "---|title: New|---|"),
    ("---|title: ~|---|", {"title": "New"}, "---|title: New|---|"),
    ("---|x: 1|---|", {"title": "New", "slug": "new"}, "---|title: New|slug: new|x: 1|---|"),
    (
        "---|tags: # ours: all|  - a|  # b: c|  - d|x: 1|---|",
        {"tags": ("a", "e")},
        "---|tags: [a, e] # ours: all|x: 1|---|",
    ),
    ("---|tags:|- a|- b|x: 1|---|", {"tags": ("c",)}, "---|tags: [c]|x: 1|---|"),
    ("---|title: >|  a|  b|x: 1|---|", {"title": "New"}, "---|title: New|x: 1|---|"),
    ('---|"title": a|---|', {"title": "New"}, '---|"title": New|---|'),
    ("---|# title: no|title: a|---|", {"title": "New"}, "---|# title: no|title: New|---|"),
    (
        '---|x: "a|  title: b"|title: c|---|',
        {"title": "New"},
        '---|x: "a|  title: b"|title: New|---|',
    ),
    ("---|title: KAP: b|x: 1|---|", {"x": "2"}, '---|title: KAP: b|x: "2"|---|'),
    ("---|title: KAP: b|x: 1|---|", {"title": "a: b"}, '---|title: "a: b"|x: 1|---|'),
    ("---|title: a|x: 1|---|", {"title": ""}, "---|title:|x: 1|---|"),
    ('+++|title = "a" # t|x = 1|+++|', {"title": 'New"'}, '+++|title = "New\\"" # t|x = 1|+++|'),
    (
        "+++|[series]|name = 'x'|+++|",
        {"title": "New", "tags": ("a", "b")},
        '+++|title = "New"|tags = ["a", "b"]|[series]|name = \'x\'|+++|',
    ),
    ("+++|tags = [|'a', # b|]|+++|", {"tags": ()}, '+++|tags = ""|+++|'),
    ("# Fees||Text.|", {"title": "Fees"}, "---|title: Fees|---||# Fees||Text.|"),
    ("---||Text.|", {"title": "Fees"}, "---|title: Fees|---||---||Text.|"),
    ("", {"title": "Fees"}, "---|title: Fees|---|"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("before", "block", "after"), CHANGES)
def test_keys_are_set_and_nothing_else_moves(
    before: str, block: dict[str, str | tuple[str, ...]], after: str, newline: str
) -> None:
    post = source(before.replace("|", newline))._replace(newline=newline)
    assert set_values(post, block, UTC) == after.replace("|", newline)


BODY = "Text.\u2028More --- text.\n\n---\nid: none\n"


@given(BLOCKS, st.dictionaries(st.sampled_from(["title", "tags", "slug"]), VALUES, max_size=3))
def test_every_other_key_and_the_body_stay(
    block: dict[str, str | tuple[str, ...]], changes: dict[str, str | tuple[str, ...]]
) -> None:
    assume(block)
    post = source(write_front_matter(block) + BODY)
    text = set_values(post, changes, UTC)
    assert text.endswith("---\n" + BODY)
    wanted = {key: value or "" for key, value in (block | changes).items()}
    assert values(read_front_matter(source(text))) == wanted
    assert set_values(source(text), changes, UTC) == text, "setting the same again changes nothing"


@given(st.dictionaries(st.sampled_from(["title", "tags", "description"]), VALUES, min_size=1))
def test_toml_keeps_what_stands_there(changes: dict[str, str | tuple[str, ...]]) -> None:
    head = "+++\ntitle = 'old' # why\nx = 1\n[series]\nname = 'a'\n+++\n"
    text = set_values(source(head + BODY), changes, UTC)
    found = values(read_front_matter(source(text)))
    assert {key: found[key] for key in changes} == {k: v or "" for k, v in changes.items()}
    assert found["x"] == "1"
    assert text.endswith("+++\n" + BODY)
    assert " # why\nx = 1\n[series]\nname = 'a'\n+++\n" in text


def test_keys_take_the_names_of_the_other_tool() -> None:
    reading = ReadingSettings("UTC", {"state": "draft", "published": "date"})
    post = source("---\ndraft: true\n---\nText.\n")
    text = set_values(post, {"state": "scheduled", "published": "2026-03-02"}, reading)
    assert text == "---\ndate: 2026-03-02\ndraft: false\n---\nText.\n"


@pytest.mark.parametrize(
    "text",
    [
        "---\nx: 1\n? title\n: a\n---\n",
        "+++\nseries.name = 'a'\ntitle.x = 'b'\n+++\n",
        "+++\n[title]\nx = 1\n+++\n",
        "---\ntitle: a\n",
    ],
)
def test_what_cannot_be_set_safely_is_refused(text: str) -> None:
    with pytest.raises(CopydeskError):
        set_values(source(text), {"title": "New"}, UTC)


def test_nothing_to_set() -> None:
    post = Source("p.md", "p.md", "Text", "")
    assert set_values(post, {}, UTC) == "Text"
