"""Addresses in a body: other posts by their id, and files of the site, until both are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from html import escape, unescape
from html.parser import HTMLParser

from copydesk.api import day

_POST = re.compile(r'<a\b([^<>]*?) ?href="copydesk:([A-Za-z0-9._-]+)(#[^"<>]*)?"([^<>]*)>', re.I)
_FILE = re.compile(r'\b(src|href|poster)="assets/([^"<>/]+)"')
#: In structured data an address is a text of its own; a title that merely begins so is none.
_DATA_POST = re.compile(r"copydesk:([A-Za-z0-9._-]+)")
_DATA_FILE = re.compile(r"assets/([^\s/]+-[0-9a-f]{16}\.[a-z0-9]+)")
_LINE = re.compile(r'<p data-copydesk="line">([^<]*)</p>')
_END = re.compile(r"<a\b|</a\s*>", re.I)


def fill(html: str, address: Callable[[str], str], files: Mapping[str, str]) -> str:
    """Fill in the addresses of posts and files.

    A link to a post without an address goes, and its words stay. A file without one stays as
    `assets/NAME`.
    """
    return fill_files(fill_posts(html, address), files)


def fill_posts(html: str, address: Callable[[str], str]) -> str:
    """Fill in the addresses of posts; a link to one without an address goes, its words stay."""
    parts, at = [], 0
    while found := _POST.search(html, at):
        parts.append(html[at : found.start()])
        where = address(found[2])
        at = found.end()
        if where:
            anchor = found[3] or ""
            parts.append(f'<a{found[1]} href="{escape(where)}{anchor}"{found[4]}>')
            continue
        end = _END.search(html, at)  # links hold no links, so the next end is its own
        if end and end[0].startswith("</"):
            parts.append(html[at : end.start()])
            at = end.end()
    return "".join(parts) + html[at:]


def fill_files(html: str, files: Mapping[str, str]) -> str:
    """Fill in the addresses of files by their names in `assets/`."""

    def one(match: re.Match[str]) -> str:
        address = files.get(unescape(match[2]))
        return f'{match[1]}="{escape(address)}"' if address else match[0]

    return _FILE.sub(one, html)


def fill_data(
    texts: tuple[str, ...], address: Callable[[str], str], files: Mapping[str, str] = {}
) -> tuple[str, ...]:
    """Fill in the addresses of posts and files in structured data; what has none is left out."""
    import json

    return tuple(
        json.dumps(_filled(json.loads(text), address, files), sort_keys=True, ensure_ascii=False)
        for text in texts
    )


def still_true(data: str, block: str) -> bool:
    """Say whether structured data tell of no review, or of one that a line of the block names.

    What stands below a post is written anew for versions that stay; once a review is over, its
    line goes, and what search engines were told of it goes with the line.
    """
    import json

    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return True
    reviewer = value.get("reviewedBy") if isinstance(value, dict) else None
    if not isinstance(reviewer, dict):
        return True
    said = (reviewer.get("name"), reviewer.get("honorificSuffix", ""))
    told = [*map(str, said), _day(value.get("lastReviewed"))]
    lines = [unescape(line) for line in _LINE.findall(block)]
    return any(all(_stands(each, line) for each in told) for line in lines)


def _stands(words: str, line: str) -> bool:
    """Say whether words stand in a line, and not as a part of others: 1 March in 11 March."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line) is not None


def _day(text: object) -> str:
    try:
        return day(date.fromisoformat(str(text)))
    except ValueError:
        return str(text)


def in_script(data: str) -> str:
    """Return a JSON text as a script may hold it: no tag or comment can begin or end in it."""
    for sign in "<>&\u2028\u2029":
        data = data.replace(sign, f"\\u{ord(sign):04x}")
    return data


def _filled(value: object, address: Callable[[str], str], files: Mapping[str, str]) -> object:
    if isinstance(value, str) and (post := _DATA_POST.fullmatch(value)):
        return address(post[1])
    if isinstance(value, str) and (file := _DATA_FILE.fullmatch(value)):
        return files.get(file[1], "")
    if isinstance(value, list):
        return [each for item in value if (each := _filled(item, address, files)) not in ("", None)]
    if isinstance(value, dict):
        return {
            name: each
            for name, item in value.items()
            if (each := _filled(item, address, files)) not in ("", None)
        }
    return value


def addressed(html: str) -> list[str]:
    """Return the ids of the posts that a text links to, each once."""
    return list(dict.fromkeys(found[2] for found in _POST.finditer(html)))


def alternatives(html: str) -> dict[str, str]:
    """Return the alternative text of each picture of the site in a body, by its file's name."""
    reader = _Pictures()
    reader.feed(html)
    return reader.found


class _Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("src") or ""
        if tag == "img" and name.startswith("assets/"):
            self.found.setdefault(name.removeprefix("assets/"), values.get("alt") or "")
