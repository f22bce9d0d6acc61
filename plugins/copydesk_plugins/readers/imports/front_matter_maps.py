"""Keys of Hugo, Jekyll, Eleventy, Pelican, Ghost and Zola as ours; all others are kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import PurePath
from typing import NamedTuple

from copydesk.api import fits_key
from copydesk_plugins.readers.imports.front_matter_kinds import Value

#: Our keys, and the names that other tools give them; the first that is there and fits is taken.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "slug": ("slug",),
    "id": ("id",),
    "published": (
        *("published", "publishdate", "publish_date", "pubdate", "pub_date"),
        *("published_at", "date"),
    ),
    "updated": ("updated", "lastmod", "last_modified_at", "modified", "updated_at", "revised"),
    "description": ("description", "summary", "excerpt", "meta_description", "custom_excerpt"),
    "keyphrase": ("keyphrase",),
    "synonyms": ("synonyms",),
    "language": ("language", "lang"),
    "category": ("category", "categories", "taxonomies.categories"),
    "tags": ("tags", "tag", "taxonomies.tags", "keywords"),
    "series": ("series",),
    "author": ("author", "authors", "author.name", "taxonomies.authors"),
    "author_credential": ("author_credential",),
    "licence": ("licence",),
    "states_served": ("states_served",),
    "consent": ("consent",),
    "image": (
        *("image", "featured_image", "featuredimage", "feature_image", "images"),
        *("cover.image", "image.src", "image.path", "image.url", "thumbnail"),
    ),
    "image_alt": ("image_alt", "imagealt", "feature_image_alt", "cover.alt", "image.alt"),
    "canonical": ("canonical", "canonical_url", "canonicalurl"),
    "noindex": ("noindex", "robotsnoindex"),
    "targets": ("targets",),
}
_LISTS = frozenset({"tags", "synonyms", "states_served", "targets"})
_DATES = frozenset({"published", "updated"})
#: What is no text of the post: nobody reads it, or it is written in another way.
_NO_TEXT = frozenset({"id", "slug", "state", "noindex"})
#: Addresses whose last part can go on as the slug.
_ADDRESSES = ("permalink", "url", "path")
_FLAGS: Mapping[str, Mapping[str, str]] = {
    "state": {"draft": "draft", "scheduled": "scheduled", "published": "published"},
    # What is no draft is kept back by such tools until its date has come.
    "draft": {"true": "draft", "yes": "draft", "false": "scheduled", "no": "scheduled"},
    "published": {"true": "scheduled", "yes": "scheduled", "false": "draft", "no": "draft"},
    "status": {"draft": "draft", "scheduled": "scheduled", "published": "published"},
}
_DATED_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")
_ENTITY = re.compile(r"&(?:\#\w{1,8}|[A-Za-z][A-Za-z0-9]{1,30});")


class Mapped(NamedTuple):
    """Front matter under our keys, the keys that are kept, its texts in order, and notes."""

    title: str
    known: dict[str, Value]
    others: dict[str, Value]
    texts: tuple[str, ...]
    notes: tuple[str, ...]


def map_front_matter(values: Mapping[str, Value], name: str) -> Mapped:
    """Return front matter of another tool as ours; `name` is the path of its file."""
    return _Mapping(values).run(PurePath(name))


class _Mapping:
    """One pass over the keys: those that are taken go, those that are left are kept."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._left = dict(values)
        self._known: dict[str, Value] = {}
        self._renamed: list[str] = []
        self._notes: list[str] = []

    def run(self, path: PurePath) -> Mapped:
        """Map all keys and say what is called otherwise now."""
        for key, names in _NAMES.items():
            self._take(key, names)
        self._take_state(path)
        self._take_address(path)
        others = self._others()
        if self._renamed:
            self._notes.insert(0, f"Keys got the names they have here: {', '.join(self._renamed)}.")
        title = self._known.pop("title", "")
        shown = [value for key, value in self._known.items() if key not in _NO_TEXT]
        texts = [
            text
            for value in (title, *shown, *others.values())
            for text in ((value,) if isinstance(value, str) else value)
            if text
        ]
        return Mapped(str(title), self._known, others, tuple(texts), tuple(self._notes))

    def _find(self, name: str) -> str:
        """Return how a key is written here, or nothing; case and hyphens tell none apart."""
        return next((key for key in self._left if key.lower().replace("-", "_") == name), "")

    def _take(self, key: str, names: tuple[str, ...]) -> None:
        for name in names:
            written = self._find(name)
            value = self._left.get(written, "")
            fitting = self._fitting(key, value)
            if not fitting:
                continue
            self._known[key] = fitting
            if isinstance(value, tuple) and isinstance(fitting, str) and key != "author":
                self._first_of(key, written, value)
            else:
                del self._left[written]
                self._rename(written, key)
            return
        if key in _DATES:
            self._name_unreadable(names)

    def _rename(self, written: str, key: str) -> None:
        if written.lower() != key:
            self._renamed.append(f"{written} became {key}")

    def _name_unreadable(self, names: tuple[str, ...]) -> None:
        """Name dates that cannot be read; `published: false` is none."""
        for written in filter(None, map(self._find, names)):
            value = self._left[written]
            if value and not (isinstance(value, str) and value.lower() in _FLAGS["published"]):
                self._notes.append(f"{written} is no date that can be read; it is kept as it is.")

    def _first_of(self, key: str, written: str, value: tuple[str, ...]) -> None:
        """Note that of a list one value was taken; the list is kept where it holds more."""
        if len([each for each in value if each]) < 2:
            del self._left[written]
            self._rename(written, key)
            return
        self._notes.append(
            f"A post has one {key} here: the first of {written}. All of them stay under "
            f"{self._kept_name(written)}."
        )

    def _fitting(self, key: str, value: Value) -> Value:
        """Return a value in the shape of our key, or nothing where it does not fit."""
        found: Value
        if key in _LISTS:
            parts = value.split(",") if isinstance(value, str) else value
            found = tuple(part.strip() for part in parts if part.strip())
        elif isinstance(value, str):
            found = self._plain(key, value)
        else:
            every = [each for each in value if each]
            found = ", ".join(every) if key == "author" else every[0] if every else ""
        # A slug that Copydesk would write otherwise is told by the import itself.
        return found if found and (key == "slug" or fits_key(key, found)) else ""

    def _plain(self, key: str, value: str) -> str:
        """Return a title or a description without the entities of HTML."""
        if key not in ("title", "description") or not _ENTITY.search(value):
            return value
        plain = unescape(value)
        if plain != value:
            self._notes.append(f"The {key} held entities of HTML; they are plain characters now.")
        return plain

    def _take_state(self, path: PurePath) -> None:
        """Take what the other tool says about drafts; one word for draft is enough."""
        said: dict[str, str] = {}
        for name, words in _FLAGS.items():
            written = self._find(name)
            value = self._left.get(written, "")
            if isinstance(value, str) and value.lower() in words:
                said[f"{written}: {value}"] = words[value.lower()]
                del self._left[written]
        if "_drafts" in path.parts:
            said["its folder _drafts"] = "draft"
        if said:
            state = "draft" if "draft" in said.values() else next(iter(said.values()))
            self._known["state"] = state
            if list(said) != [f"state: {state}"]:
                self._notes.append(f"Where it comes from, it was {state} ({', '.join(said)}).")

    def _take_address(self, path: PurePath) -> None:
        """Take date and slug from where the post stood, if no key says them."""
        dated = _DATED_NAME.fullmatch(path.stem)
        if dated is not None and "published" not in self._known and fits_key("published", dated[1]):
            self._known["published"] = dated[1]
            self._notes.append(f"The date {dated[1]} is from the name of the file.")
        if "slug" in self._known:
            return
        for name in _ADDRESSES:
            value = self._left.get(self._find(name), "")
            slug = _last_part(value) if isinstance(value, str) else ""
            if slug:
                self._known["slug"] = slug
                self._notes.append(f"The slug {slug} is the end of its {name}.")
                return
        if dated is not None and fits_key("slug", dated[2]):
            self._known["slug"] = dated[2]

    def _others(self) -> dict[str, Value]:
        """Return what is left; what has the name of a key of ours gets another."""
        others: dict[str, Value] = {}
        for written, value in self._left.items():
            kept = self._kept_name(written)
            if kept != written and not value:
                continue
            if kept != written and written not in self._known:
                self._notes.append(
                    f"The value of {written} does not fit the key of that name here; it stays "
                    f"under {kept}."
                )
            others[kept] = value
        return others

    def _kept_name(self, written: str) -> str:
        name = written
        while name in _NAMES or name == "state" or (name != written and name in self._left):
            name = f"old_{name}"
        return name


def _last_part(address: str) -> str:
    """Return the last part of an address as a slug; nothing where it holds a placeholder."""
    if re.search(r"[{}?#]|/:|^:", address):
        return ""
    bare = re.sub(r"^[a-z]+://[^/]*", "", address)
    parts = [part for part in bare.split("/") if part and part not in ("index.html", "index")]
    last = re.sub(r"\.(?:html?|md|php)$", "", parts[-1]) if parts else ""
    return last if last and fits_key("slug", last) else ""
