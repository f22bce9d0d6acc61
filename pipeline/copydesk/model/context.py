"""What the core hands a rule: the post or the index, its options, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property

from copydesk.model.finding import Edit, Failure, Group, Related, Report, Severity
from copydesk.model.language import disguised, foreign
from copydesk.model.post import Block, Post, Unit
from copydesk.model.records import (
    NO_RECORDS,
    Person,
    SiteRecords,
    digest_of_people,
    digest_of_text,
)
from copydesk.model.rule import OptionValue
from copydesk.model.site import NO_SITE, Entry, Index, SiteSettings
from copydesk.model.text import Span
from copydesk.words import Word, keys, syllables, words

#: What a site's template can show on every page, as `provided-by-template` names it.
TEMPLATE_PARTS = (
    "footer",
    "author",
    "reviewer",
    "contact",
    "crisis-line",
    "licence",
    "disclaimer",
)


class Counted:
    """The words and syllables of a post, counted once and shared by all rules."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._words: dict[int, list[Word]] = {}
        self._keys: dict[int, list[str]] = {}
        self._syllables: dict[int, list[int]] = {}

    def words(self, unit: Unit) -> list[Word]:
        """Return the words of a unit; offsets are into `unit.text`."""
        found = self._words.get(unit.index)
        if found is None:
            found = self._words[unit.index] = words(unit.text)
        return found

    def keys(self, unit: Unit) -> list[str]:
        """Return the words of a unit in lower case, with straight apostrophes."""
        found = self._keys.get(unit.index)
        if found is None:
            found = self._keys[unit.index] = keys(self.words(unit))
        return found

    def syllables(self, unit: Unit) -> list[int]:
        """Return the syllables of each word of a unit."""
        found = self._syllables.get(unit.index)
        if found is None:
            found = self._syllables[unit.index] = [syllables(w.text) for w in self.words(unit)]
        return found

    @cached_property
    def foreign(self) -> str:
        """Why the post is taken to be in another language than English, or nothing."""
        return foreign(self._post, self)

    @cached_property
    def language(self) -> str:
        """The code of the post's language, such as en.

        Few posts name it; that of one which does not and reads foreign is unknown.
        """
        code = self._post.metadata.language.replace("_", "-").partition("-")[0].lower()
        return "unknown" if code == "en" and self.foreign else code

    @cached_property
    def disguised(self) -> bool:
        """Whether the post is called foreign and plainly reads like English."""
        return disguised(self._post, self)

    @cached_property
    def total_words(self) -> int:
        """The number of words in all units."""
        return sum(len(self.words(unit)) for unit in self._post.units)


class _Context:
    """What both scopes share: options, what the site says, and a record of what was asked."""

    def __init__(
        self, now: datetime, provided: Collection[str] = (), records: SiteRecords = NO_RECORDS
    ) -> None:
        self._now = now
        self._provided = provided
        self._records = records
        self._asked: dict[str, str] = {}
        self._options: Mapping[str, OptionValue] = {}
        self._failures: list[Failure] = []

    def option(self, name: str) -> OptionValue:
        """Return the value of one of the rule's own options."""
        return self._options[name]

    def number(self, name: str) -> float:
        """Return an option that is a number."""
        value = self._options[name]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"the option {name} is not a number")
        return value

    def flag(self, name: str) -> bool:
        """Return an option that is yes or no."""
        value = self._options[name]
        if not isinstance(value, bool):
            raise TypeError(f"the option {name} is not true or false")
        return value

    def terms(self, name: str) -> tuple[str, ...]:
        """Return an option that is a list of words."""
        value = self._options[name]
        if not isinstance(value, tuple):
            raise TypeError(f"the option {name} is not a list")
        return value

    @property
    def today(self) -> date:
        """The day of the run in UTC; asking makes the result hold for this day only."""
        today = self._now.date()
        self._asked["today"] = today.isoformat()
        return today

    def provided(self, part: str) -> bool:
        """Say whether the site's template shows a part on every page, such as `crisis-line`.

        The site says so with `provided-by-template`; raises ValueError for an unknown part.
        """
        if part not in TEMPLATE_PARTS:
            raise ValueError(f"a template has no part {part!r}: {', '.join(TEMPLATE_PARTS)}")
        answer = part in self._provided
        self._asked[f"provided:{part}"] = str(answer)
        return answer

    def site_text(self, name: str) -> str | None:
        """Return the text of a file below the site's root, or None where there is none.

        Raises CopydeskError where it cannot be read; a rule lets that pass, so that the run
        names the file.
        """
        text = self._records.read(name)
        self._asked[f"file:{name}"] = digest_of_text(text)
        return text

    def site_path(self, name: str) -> str:
        """Return the path of a file below the site's root as messages of failures show it."""
        return self._records.shown(name)

    def failed(self, failure: Failure) -> None:
        """Note what could not be done, where the rule can go on without it, such as a wrong entry.

        It fails the run like a CopydeskError that a rule raises, and is told once.
        """
        if failure not in self._failures:
            self._failures.append(failure)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What rules noted with `failed`."""
        return tuple(self._failures)

    @property
    def people(self) -> Mapping[str, Person]:
        """The site's people, by the names that records use for them."""
        self._asked["people"] = digest_of_people(self._records.people)
        return self._records.people

    @property
    def asked(self) -> Mapping[str, str]:
        """What the rules asked for beyond the post, with the answers: part of the cache key."""
        return dict(self._asked)

    def with_options(self, options: Mapping[str, OptionValue]) -> None:
        """Set the options of the rule that is called next; for the runner only."""
        self._options = options


class PostContext(_Context):
    """What a rule of scope `post` gets."""

    def __init__(
        self,
        post: Post,
        now: datetime,
        exists: Callable[[str], bool | None] = lambda href: None,
        provided: Collection[str] = (),
        records: SiteRecords = NO_RECORDS,
    ) -> None:
        super().__init__(now, provided, records)
        self.post = post
        self.counted = Counted(post)
        self._exists = exists

    def beside(self, post: Post) -> PostContext:
        """Return a context for another text, such as a statement of a record file.

        It has the same site, clock and options, and what is asked and noted there counts here.
        """
        other = PostContext(post, self._now, self._exists, self._provided, self._records)
        other._options, other._asked, other._failures = self._options, self._asked, self._failures
        return other

    def exists(self, href: str) -> bool | None:
        """Say whether a local file that the post names is there; None for other addresses."""
        answer = self._exists(href)
        if answer is not None:
            self._asked[f"exists:{href}"] = str(answer)
        return answer

    def words(self, unit: Unit) -> list[Word]:
        """Return the words of a unit, counted once for all rules."""
        return self.counted.words(unit)

    def keys(self, unit: Unit) -> list[str]:
        """Return the words of a unit in lower case with straight apostrophes, as `Phrases` takes
        them, made once for all rules."""
        return self.counted.keys(unit)

    def block(self, unit: Unit) -> Block:
        """Return the block that a unit stands in."""
        return self.post.blocks[unit.block]

    def span(self, unit: Unit, start: int, end: int) -> Span:
        """Return the source span of `unit.text[start:end]`."""
        return self.block(unit).text.to_source(unit.start + start, unit.start + end)

    @property
    def top(self) -> Span:
        """The place of a finding about the whole post: its title, or its first line."""
        return title_span(self.post)

    def report(
        self,
        where: Unit | Block | Span,
        message: str,
        *,
        help: str = "",
        fix: tuple[Edit, ...] = (),
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
        group: Group | None = None,
    ) -> Report:
        """Return a report at a unit, a block or a span of the source."""
        span = where if isinstance(where, Span) else where.span
        return Report(span, message, help, fix, related, severity, group=group)


class SiteContext(_Context):
    """What a rule of scope `site` gets: the index of all posts.

    `site` is the site as its configuration describes it; what is not said there is empty.
    """

    def __init__(
        self,
        index: Index,
        now: datetime,
        provided: Collection[str] = (),
        records: SiteRecords = NO_RECORDS,
        site: SiteSettings = NO_SITE,
    ) -> None:
        super().__init__(now, provided, records)
        self.index = index
        self.site = site

    def report(
        self,
        entry: Entry,
        message: str,
        *,
        span: Span | None = None,
        help: str = "",
        related: tuple[Related, ...] = (),
        severity: Severity | None = None,
        also: tuple[Related, ...] = (),
    ) -> Report:
        """Return a report about a post of the index, at its title where no span is given."""
        span = span or entry.title_span
        return Report(span, message, help, (), related, severity, entry.key, also=also)


class EnrichContext(_Context, Mapping[str, OptionValue]):
    """What an enricher gets beside the posts: its options by name, and what the site says.

    `site` is the site as its configuration describes it; what is not said there is empty.
    """

    def __init__(
        self,
        now: datetime,
        provided: Collection[str] = (),
        records: SiteRecords = NO_RECORDS,
        site: SiteSettings = NO_SITE,
    ) -> None:
        super().__init__(now, provided, records)
        self.site = site

    def __getitem__(self, name: str) -> OptionValue:
        return self._options[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._options)

    def __len__(self) -> int:
        return len(self._options)


def title_span(post: Post) -> Span:
    """Return the place of a post's title, else of its first line that is not blank."""
    title = post.metadata.span_of("title")
    if title is not None:
        return title
    if post.title_block != -1:
        return post.blocks[post.title_block].span
    text = post.source.text
    start = post.body.start
    while start < len(text) and text[start].isspace():
        start += 1
    if start == len(text):
        return Span(0, 0)
    end = start
    while end < len(text) and text[end] not in "\r\n":
        end += 1
    return Span(start, end)
