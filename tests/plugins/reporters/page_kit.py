"""Reads a report page strictly, and holds it to what every page has to be."""

from __future__ import annotations

import base64
import hashlib
from itertools import pairwise
from typing import Any

import html5lib

#: What a page is made of; nothing else may come from a post.
_TAGS = (
    "a abbr article aside bdi blockquote body br caption code dd del details div dl dt "
    "figcaption figure footer h1 h2 h3 h4 head header html ins li line main mark meta nav ol "
    "p q rect script section span strong style summary svg table tbody td text th thead "
    "title tr ul"
)
TAGS = frozenset(_TAGS.split())


def parsed(page: str) -> Any:
    """Parse strictly, and check what the parser does not."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    tags = {each.tag.rpartition("}")[2] for each in tree.iter() if isinstance(each.tag, str)}
    assert tags <= TAGS, tags - TAGS
    assert [each.get("lang") for each in tree.iter() if each.get("lang")] == ["en"]
    assert len(tree.findall(".//h1")) == len(tree.findall(".//main")) == 1
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    _check_addresses(tree, set(ids))
    _check_headings(tree)
    _check_policy(tree)
    for table in tree.iter("table"):
        assert all(each.get("scope") for each in table.iter("th"))
    for svg in (each for each in tree.iter() if str(each.tag).endswith("svg")):
        assert svg.get("role") == "img" and svg.get("aria-label")
    assert all(char == "\n" or char.isprintable() for char in page)
    return tree


def _check_addresses(tree: Any, ids: set[str]) -> None:
    for each in tree.iter():
        assert not {"src", "srcset", "action", "style"} & set(each.attrib)
        assert not any(name.startswith("on") for name in each.attrib)
        if "href" in each.attrib:
            assert each.get("href")[:1] == "#" and each.get("href")[1:] in ids
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(each.get(name, "").split()) <= ids


def _check_headings(tree: Any) -> None:
    levels = [int(each.tag[1]) for each in tree.iter() if each.tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def _check_policy(tree: Any) -> None:
    policy = next(each for each in tree.iter("meta") if each.get("http-equiv"))
    (script,) = tree.iter("script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert "default-src 'none'" in policy.get("content")
    assert f"script-src 'sha256-{digest}'" in policy.get("content")


def text_of(element: Any) -> str:
    """Return the text of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())


def by_class(tree: Any, name: str) -> list[Any]:
    """Return the elements of a class, in order."""
    return [each for each in tree.iter() if name in each.get("class", "").split()]


def by_id(tree: Any, name: str) -> Any:
    """Return the element of an id."""
    return next(each for each in tree.iter() if each.get("id") == name)
