"""Rules and the other named objects that plugins register."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from copydesk.model.finding import Measure, Report, Severity

if TYPE_CHECKING:
    from copydesk.model.context import PostContext, SiteContext

OptionValue = bool | int | float | str | tuple[str, ...]
Found = Iterable[Report | Measure]


class Option(NamedTuple):
    """A setting of a rule: its name, what it does, and its default, whose type it must have.

    `choices` limits a text to some words; `minimum` and `maximum` bound a number. `strict` is
    the value that makes errors of findings of any severity: a site that sets it in its root
    configuration counts the rule among those that no nested file may weaken.
    """

    name: str
    help: str
    default: OptionValue
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    strict: str = ""


class Rule(NamedTuple):
    """One check, as data that explains itself.

    `id` is `plugin.name` in lower case with hyphens. `scope` says what `check` gets: a
    `PostContext` for `post`, a `SiteContext` for `site`. `good` and `bad` are one short
    example each; the test kit holds the rule to them. `authority` names who says so.
    `languages` lists what the rule can judge; empty means any, `unknown` a post that names none
    and does not read like English. `approvers` is the number of people whom a waiver of its
    findings must name. `on_import` says that its fixes only take away what an old site left
    behind, for certain, so an import makes them at once and names them. `seen_before_live` is
    for findings that stop no post but have to be seen before it goes live: the words that stand
    above them in the plan ("Without a source it says"); empty for others.
    """

    id: str
    summary: str
    why: str
    good: str
    bad: str
    authority: str
    check: Callable[[Any], Found]
    severity: Severity = "warning"
    scope: Literal["post", "site"] = "post"
    options: tuple[Option, ...] = ()
    aliases: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    approvers: int = 1
    on_import: bool = False
    seen_before_live: str = ""

    @property
    def plugin(self) -> str:
        """The part of the id before the dot."""
        return self.id.partition(".")[0]


def rule(
    id: str,
    *,
    summary: str,
    why: str,
    good: str,
    bad: str,
    authority: str,
    severity: Severity = "warning",
    options: tuple[Option, ...] = (),
    aliases: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    approvers: int = 1,
    on_import: bool = False,
    seen_before_live: str = "",
) -> Callable[[Callable[[PostContext], Found]], Rule]:
    """Turn a function that checks one post into a rule."""

    def decorate(check: Callable[[PostContext], Found]) -> Rule:
        return Rule(
            id,
            summary,
            why,
            good,
            bad,
            authority,
            check,
            severity,
            "post",
            options,
            aliases,
            languages,
            approvers,
            on_import,
            seen_before_live,
        )

    return decorate


def site_rule(
    id: str,
    *,
    summary: str,
    why: str,
    good: str,
    bad: str,
    authority: str,
    severity: Severity = "warning",
    options: tuple[Option, ...] = (),
    aliases: tuple[str, ...] = (),
    seen_before_live: str = "",
) -> Callable[[Callable[[SiteContext], Found]], Rule]:
    """Turn a function that checks the index of a whole site into a rule."""

    def decorate(check: Callable[[SiteContext], Found]) -> Rule:
        return Rule(
            id,
            summary,
            why,
            good,
            bad,
            authority,
            check,
            severity,
            "site",
            options,
            aliases,
            seen_before_live=seen_before_live,
        )

    return decorate
