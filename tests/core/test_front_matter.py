"""Front matter in YAML and TOML: every value at its exact place, and nothing hostile gets in."""

from __future__ import annotations

import time

import pytest
from core_kit import sections, source
from hypothesis import assume, given
from hypothesis import strategies as st

from copydesk.front_matter import MAX_DEPTH, FrontMatter, Node, read_front_matter
from copydesk.model.finding import CopydeskError, Failure
from copydesk.sources import decode

NEWLINES = ("\n", "\r\n", "\r")
WORDS = st.text(st.sampled_from("abé🙂ß \u2028\u0085\u00a0'\"#:,[]{}-&*!|>%@`\\"), max_size=30)
PLAIN = WORDS.map(str.strip)


def read(text: str) -> FrontMatter:
    found = read_front_matter(source(text))
    assert found is not None
    return found


def values(text: str) -> dict[str, str]:
    return {key: node.text for key, node in read(text).pairs}


def quotes(text: str) -> dict[str, str]:
    """Return each key with the source text at the place of its value."""
    return {key: text[node.span.start : node.span.end] for key, node in read(text).pairs}


def refused(text: str) -> Failure:
    with pytest.raises(CopydeskError) as caught:
        read_front_matter(source(text))
    return caught.value.failure


@pytest.mark.parametrize(("heading", "text"), list(sections("front_matter_refused.txt")))
def test_refused(heading: str, text: str) -> None:
    words, _, place = heading.rpartition(" | ")
    for escape in ("\\u00a0", "\\u2028", "\\u0007"):
        text = text.replace(escape, chr(int(escape[2:], 16)))
    for newline in NEWLINES:
        failure = refused(text.replace("\n", newline))
        assert words in failure.message
        assert f"{failure.line}:{failure.column}" == place
        assert failure.help


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "---\n\nText after a break.\n",
        "Text.\n---\ntitle: x\n---\n",
        "---\n- a list\n---\n",
        "----\ntitle: x\n---\n",
        "+++\nwords and words\n+++\n",
    ],
)
def test_no_front_matter(text: str) -> None:
    assert read_front_matter(source(text)) is None


@pytest.mark.parametrize("newline", NEWLINES)
@pytest.mark.parametrize(
    "text",
    [
        "---\ntags:\n  - a\n---\n",
        "---\n# first a comment\n\ntitle: x\n---\n",
        "---\ntitle: x\n...\n",
        "---  \ntitle: x\n--- \n",
        '---\n"quoted key": x\n---\n',
        '+++\n# a comment\n[series]\nname = "x"\n+++\n',
        "---\ntitle: x\n---",
    ],
)
def test_front_matter_with_every_line_end(text: str, newline: str) -> None:
    text = text.replace("\n", newline)
    assert read(text).span == (0, len(text))


@pytest.mark.parametrize("text", ["---\n---\n", "+++\n+++\n", "---\n# only a comment\n---\n"])
def test_front_matter_without_keys(text: str) -> None:
    found = read(text + "Text.\n")
    assert (found.span, found.pairs) == ((0, len(text)), ())


YAML = """\
# Comments come first.
title: Was 'kostet' das? 🙂
slug: "caf\\u00e9-\\"x\\""
author: 'it''s me'
description: >
  Folded over
  two lines.

consent: |-
  As it

  stands.
tags: [a, "b, c"]
synonyms:
- one
- two   # with a comment

series:
  name: First
  position: 1
# Between.
empty:
state: draft # for now
"""
YAML_QUOTES = {
    "title": "Was 'kostet' das? 🙂",
    "slug": '"caf\\u00e9-\\"x\\""',
    "author": "'it''s me'",
    "description": ">\n  Folded over\n  two lines.",
    "consent": "|-\n  As it\n\n  stands.",
    "tags": '[a, "b, c"]',
    "synonyms": "- one\n- two",
    "series": "name: First\n  position: 1",
    "empty": "",
    "state": "draft",
}


@pytest.mark.parametrize("newline", NEWLINES)
def test_every_yaml_value_has_its_exact_place(newline: str) -> None:
    text = f"---\n{YAML}---\nText.\n".replace("\n", newline)
    assert quotes(text) == {key: q.replace("\n", newline) for key, q in YAML_QUOTES.items()}
    assert values(text)["slug"] == 'café-"x"'
    assert values(text)["author"] == "it's me"
    assert values(text)["description"] == "Folded over two lines.\n"


TOML = '''\
title = "Fees \\u00e9 🙂" # not "this"
"slug" = 'fees'
published = 2026-03-02T09:00:00Z
description = """
title = "not this one"
"quoted\\"\\""""" # end
tags = [ # several
  "a", # title = "nor this"
  "b=c", ]
author.name = "Mara"
noindex = true
series = { name = "First", position = 1 }
[other]
title = "nor that"
[[more.deep]]
x = 1
'''
TOML_QUOTES = {
    "title": '"Fees \\u00e9 🙂"',
    "slug": "'fees'",
    "published": "2026-03-02T09:00:00Z",
    "description": '"""\ntitle = "not this one"\n"quoted\\"\\"""""',
    "tags": '[ # several\n  "a", # title = "nor this"\n  "b=c", ]',
    "author": '"Mara"',
    "noindex": "true",
    "series": '{ name = "First", position = 1 }',
    "other": "[other]",
    "more": "[[more.deep]]",
}


@pytest.mark.parametrize("newline", NEWLINES)
def test_every_toml_value_has_its_exact_place(newline: str) -> None:
    text = f"+++\n{TOML}+++\nText.\n".replace("\n", newline)
    assert quotes(text) == {key: q.replace("\n", newline) for key, q in TOML_QUOTES.items()}
    assert values(text)["title"] == "Fees é 🙂"
    assert values(text)["published"] == "2026-03-02T09:00:00+00:00"
    assert values(text)["noindex"] == "true"


def escaped(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


@given(
    st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(NEWLINES), st.booleans(), st.booleans()
)
def test_quoted_values_come_back_from_their_places(
    words: list[str], newline: str, bom: bool, toml: bool
) -> None:
    fence, sign = ("+++", " =") if toml else ("---", ":")
    lines = [f"key{n}{sign} {escaped(word)}" for n, word in enumerate(words)]
    text = newline.join([fence, *lines, fence, "Text."])
    data = (b"\xef\xbb\xbf" if bom else b"") + text.encode()
    found = read_front_matter(decode(data, "p", "p"))
    assert found is not None
    for word, (_, node) in zip(words, found.pairs, strict=True):
        assert text[node.span.start : node.span.end] == escaped(word)
        assert node.text == word


@given(PLAIN, st.sampled_from(NEWLINES))
def test_whatever_stands_after_a_key_is_read_or_refused_and_never_moves_others(
    word: str, newline: str
) -> None:
    text = newline.join(["---", "slug: before", f"title: {word}", "state: after", "---", ""])
    try:
        found = read_front_matter(source(text))
    except CopydeskError as error:
        assert error.failure.line in (1, 2, 3, 4)
        return
    assert found is not None
    got = dict(found.pairs)
    assume(set(got) == {"slug", "title", "state"})
    for key, value in (("slug", "before"), ("state", "after")):
        span = got[key].span
        assert text[span.start : span.end] == value
    span = got["title"].span
    if got["title"].kind == "text" and got["title"].text == word:
        assert text[span.start : span.end] == word


@pytest.mark.parametrize(
    "value",
    [
        "KAP: what to expect",
        "@home",
        '"A" and B',
        "50% off: now",
        "`code`",
        "[draft] notes",
        "a: b: c",
        "-- : x",
        "one\u2028state: two",
    ],
)
@pytest.mark.parametrize("newline", NEWLINES)
def test_unquoted_values_are_read_as_meant(value: str, newline: str) -> None:
    text = newline.join(["---", "slug: x", f"title: {value}", "state: draft", "---", ""])
    found = read(text)
    assert values(text) == {"slug": "x", "title": value, "state": "draft"}
    assert quotes(text)["title"] == value
    assert found.unquoted == ("title",)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("12:30", "12:30"),
        ("2026-03-02", "2026-03-02"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("~", ""),
        ("null", ""),
        ('"~"', "~"),
        ("", ""),
        ("yes", "yes"),
    ],
)
def test_scalars_stay_the_text_that_was_written(written: str, value: str) -> None:
    assert values(f"---\nkey: {written}\n---\n") == {"key": value}


def test_an_empty_value_keeps_its_place() -> None:
    text = "---\nupdated:\ntitle: x\n---\n"
    node = read(text).pairs[0][1]
    assert node.span == (text.index(":") + 1, text.index(":") + 1)


def test_odd_line_ends_stay_in_the_value() -> None:
    assert values("---\ntitle: a\u2028b\u2029c\x85d\n---\n") == {"title": "a\u2028b\u2029c\x85d"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---\na: " + "[" * 30_000 + "\n---\n", "larger than 16 KiB"),
        ("---\na: " + "[" * 8_000 + "\n---\n", "nested deeper"),
        ("---\na: " + "{b: " * 3_000 + "\n---\n", "nested deeper"),
        ("---\nb:\n" + "".join(" " * n + "-\n" for n in range(1, 100)) + "---\n", "nested deeper"),
        ("+++\na = " + "[" * 8_000 + "\n+++\n", "nested deeper"),
        ("+++\na = " + "[" * 30 + "]" * 30 + "\n+++\n", "nested deeper"),
        ("+++\na = " + "9" * 5_000 + "\n+++\n", "is not valid TOML"),
        ("---\na: " + "x" * 17_000 + "\n---\n", "larger than 16 KiB"),
    ],
)
def test_too_deep_or_too_large(text: str, words: str) -> None:
    assert words in refused(text).message


@pytest.mark.parametrize("depth", [MAX_DEPTH - 2, MAX_DEPTH - 1, MAX_DEPTH])
def test_the_limit_of_depth(depth: int) -> None:
    text = "---\na: " + "[" * depth + "]" * depth + "\n---\n"
    if depth > MAX_DEPTH - 2:
        assert f"deeper than {MAX_DEPTH} levels" in refused(text).message
    else:
        assert read(text).pairs[0][1].kind == "list"


@pytest.mark.parametrize(
    "text",
    [
        "---\n" + "".join(f"a{n}: b: c\n" for n in range(1_400)) + "---\n",
        "---\n" + "a" * 16_000 + "\n---\n",
        '---\n"' + "a." * 8_000 + "\n---\n",
        "---\na" + " " * 16_000 + ":\n---\n",
        "---\na: b: " + " " * 16_000 + "c\n---\n",
        "---\n" * 3_000,
        "---\n" + " \n" * 100_000,
        "+++\n" + "a." * 8_000 + "b = 1\n+++\n",
        '+++\na = """' + '\\"' * 7_000 + '"""\n+++\n',
        "+++\na = '" + '"' * 16_000 + "'\n+++\n",
    ],
)
def test_hostile_text_is_read_or_refused_soon(text: str) -> None:
    started = time.perf_counter()
    try:
        read_front_matter(source(text))
    except CopydeskError as error:
        assert error.failure.help
    assert time.perf_counter() - started < 2


def test_groups_and_lists() -> None:
    found = read("---\nseries: {name: One, position: 2}\ntags: [a, [b]]\n---\n")
    series, tags = (node for _, node in found.pairs)
    assert [(key, node.text) for key, node in series.pairs] == [("name", "One"), ("position", "2")]
    assert [item.kind for item in tags.items] == ["text", "list"]
    nested = read('+++\n[series]\nname = "One"\nat = 12:30:00\n+++\n').pairs[0][1]
    assert isinstance(nested, Node)
    assert [(key, node.text) for key, node in nested.pairs] == [("name", "One"), ("at", "12:30:00")]
