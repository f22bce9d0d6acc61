"""The index: what cross-post work knows about every post of a site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from copydesk.model.post import Series, State
from copydesk.model.text import Span


class EntryLink(NamedTuple):
    """A link in the body of a post.

    `to` is the path below the site's root of the file that the address names, as far as it names
    one (a post of the site, perhaps); `anchor` is what stands after the "#".
    """

    href: str
    text: str
    span: Span
    to: str = ""
    anchor: str = ""


class Question(NamedTuple):
    """A question that a post asks and answers, in the plain words that readers see."""

    asked: str
    answer: str


class Reviewed(NamedTuple):
    """Who read a post and on which day, as a line on its page says it.

    `medical` says that the line calls the review a medical one; `url` is a page about the person.
    """

    name: str
    credential: str
    on: date
    medical: bool
    url: str = ""


class Outline(NamedTuple):
    """What a post is about and what it links to, as far as other posts are concerned.

    `headings` are those of the body without the title, with their level. `anchors` are the
    places in the page that a link can name. Links that lead to other kinds of addresses than
    pages ("mailto:") are not among `links`. `sketch` is what `passages_of` reads: enough of the
    text to find the same words elsewhere. `questions` are those that the post answers.
    """

    keyphrase: str = ""
    synonyms: tuple[str, ...] = ()
    headings: tuple[tuple[int, str], ...] = ()
    anchors: tuple[str, ...] = ()
    links: tuple[EntryLink, ...] = ()
    sketch: str = ""
    questions: tuple[Question, ...] = ()


class Entry(NamedTuple):
    """One post in the index.

    `key` is its path below the site's root. `id` is the front matter's id, or empty. `slug`
    is the front matter's slug, else made from the file's name. `due` says whether the post is
    meant to be public at the time of the run. `wording` is the hash of what it says.
    `state_unclear` says that a state is given but means nothing, so that nobody takes a page down
    for a slip of the pen. `title_span` is the place a site rule points at, `id_span` and
    `slug_span` where these stand.
    """

    key: str
    path: str
    id: str
    title: str
    slug: str
    state: State
    due: bool
    noindex: bool
    published: datetime | None
    updated: datetime | None
    description: str
    category: str
    tags: tuple[str, ...]
    series: Series | None
    author: str
    author_credential: str
    language: str
    canonical: str
    image: str
    image_alt: str
    targets: tuple[str, ...]
    title_span: Span
    id_span: Span
    slug_span: Span
    sha256: str
    state_unclear: bool = False
    wording: str = ""
    outline: Outline = Outline()


class Index:
    """The read-only view over a site's posts, sorted by key."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._entries = tuple(sorted(entries, key=lambda entry: entry.key))
        self._by_key = {entry.key: entry for entry in self._entries}

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: str) -> Entry | None:
        """Return the entry at a path below the site's root, or None."""
        return self._by_key.get(key)


class LivePost(NamedTuple):
    """A post that will be public on a target once the plan at hand is applied.

    `id` is unique in the site. The values are those that will be shown there, which for a
    post that was held back are the ones of its last published version. `wording` is the hash of
    what it says, as `wording_hash` returns it; empty where that is not known. What stands after it
    is empty where a target does not tell it of a version published before. `reviewed` is what a
    line on its page says, for enrichers that are asked last.
    """

    id: str
    title: str
    published: datetime
    category: str
    series: Series | None
    indexable: bool
    wording: str = ""
    updated: datetime | None = None
    description: str = ""
    tags: tuple[str, ...] = ()
    author: str = ""
    author_credential: str = ""
    language: str = ""
    canonical: str = ""
    image: str = ""
    image_alt: str = ""
    questions: tuple[Question, ...] = ()
    reviewed: Reviewed | None = None


class SiteSettings(NamedTuple):
    """What pages say about the site as a whole.

    `url` is empty or ends with a slash; `timezone` is an IANA name, or empty for UTC.
    """

    root: Path
    title: str
    url: str
    description: str
    language: str
    timezone: str = ""


#: What enrichers get where there is no site around the posts, as in tests.
NO_SITE = SiteSettings(Path(), "", "", "", "")
