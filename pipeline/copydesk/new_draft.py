"""A draft from a title: a template of the site, filled in, under a name that is free."""

from __future__ import annotations

import os
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from copydesk.config import Config
from copydesk.files import why
from copydesk.front_matter import Node, read_front_matter
from copydesk.front_matter_writing import set_values
from copydesk.imports.site import ImportSite
from copydesk.model.finding import CopydeskError, Failure
from copydesk.model.text import Source
from copydesk.slugs import file_stem, new_id, slugify
from copydesk.sources import read_source, shown_path

#: What a draft starts from where the site has no template of its own.
TEMPLATE = """\
---
title:
slug:
id:
state: draft
published:
description:
keyphrase:
category:
tags:
author: "{{ author }}"
---

<!-- Write below. The title comes from above, so begin with the text. This note is never shown. -->
"""
_PLACE = re.compile(r"\{\{[ \t]*(title|date|author)[ \t]*\}\}")
#: Line ends and control characters: in a title they are blanks.
_BLANKS = ("Cc", "Cs", "Zl", "Zp")


class Wish(NamedTuple):
    """What a person asked for: the title, and perhaps a file name and an author."""

    title: str
    name: str = ""
    author: str = ""


def one_line(text: str) -> str:
    """Return a text as one line without control characters."""
    shown = (" " if unicodedata.category(char) in _BLANKS else char for char in text)
    return " ".join("".join(shown).split())


def write_draft(site: ImportSite, wish: Wish, now: datetime) -> Path:
    """Write a new draft and return its path; raises CopydeskError and overwrites nothing."""
    slug = slugify(wish.name.removesuffix(".md") or wish.title)
    folder = site.root if site.loose else site.to
    path = folder / f"{file_stem(slug)}.md"
    site.key(path)
    if os.path.lexists(path):
        raise _refuse(
            path,
            "is there already, so nothing was written",
            "Open that file, or choose another name for the new one with --name.",
        )
    words = {
        "title": wish.title,
        "author": wish.author or _author(site.config),
        "date": _today(site.config, now),
    }
    values = {
        "title": wish.title,
        "slug": slug,
        "id": new_id(slug, site.taken_ids()),
        "state": "draft",
    }
    text = _filled(_template(site.config), words, values, site.config)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="") as stream:
            stream.write(text)
    except OSError as error:
        raise _refuse(
            path, f"could not be written: {why(error)}", "Check who may write in this folder."
        ) from None
    return path


def _template(config: Config) -> Source:
    """Return the site's template, or ours; raises CopydeskError where the site's cannot be read."""
    name = config.get("post-template")
    if not name:
        return Source("the template", "", TEMPLATE, "")
    path = config.root / name
    if not path.resolve().is_relative_to(config.root.resolve()):
        raise _refuse(
            path,
            "lies outside the site, so it was not read",
            "Put the template into the site and mend post-template in copydesk.toml.",
        )
    if not path.is_file():
        raise _refuse(
            path,
            "is to be the template of new drafts, but there is no such file",
            "Put it there, or mend post-template in copydesk.toml.",
        )
    return read_source(path, name)


def _filled(template: Source, words: dict[str, str], values: dict[str, str], config: Config) -> str:
    """Return a template with the front matter of the draft, and the words in their places.

    The words go into the text as they are and are not looked at again, so that no title can
    bring in anything of its own.
    """
    front_matter = read_front_matter(template)
    pairs = front_matter.pairs if front_matter else ()
    ours = {config.reading.keys.get(key, key) for key in values}
    found = {
        key: _put(written, words)
        for key, node in pairs
        if key not in ours and _PLACE.search(written := _written(node, template))
    }
    changed = set_values(template, {**values, **found}, config.reading)
    after = read_front_matter(template._replace(text=changed))
    start = after.span.end if after else 0
    return changed[:start] + _put(changed[start:], words)


def _written(node: Node, template: Source) -> str:
    """Return a value as text; `{{ date }}` without quotes is no text to YAML."""
    return node.text if node.kind == "text" else template.text[node.span.start : node.span.end]


def _put(text: str, words: dict[str, str]) -> str:
    return _PLACE.sub(lambda match: words[match[1]], text)


def _author(config: Config) -> str:
    """Return the one person of the site, if there is just one."""
    people = config.get("people")
    return next(iter(people.values())).get("name", "") if len(people) == 1 else ""


def _today(config: Config, now: datetime) -> str:
    zone = config.get("timezone")
    return now.astimezone(ZoneInfo(zone) if zone else UTC).date().isoformat()


def _refuse(path: Path, message: str, help: str) -> CopydeskError:
    return CopydeskError(Failure("file", message, help, shown_path(path)))
