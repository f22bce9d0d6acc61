"""The rules on who a post says wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from copydesk.api import Option, Person, PostContext, Report, rule
from copydesk_plugins.trust.names import parts_of, person_named, shows_credential
from copydesk_plugins.trust.reading import bylines

_WHO = "Google Search Central, Creating helpful content, on who created it"
#: From this likeness on, a name is taken for another one with a slip of the pen.
_ALIKE = 0.86
#: Longer texts are no names.
_LONGEST = 80


@rule(
    "trust.author-name",
    summary="An author that is no person: an account such as “admin”, or a department",
    why="Readers of health posts ask who speaks to them; an account answers for nothing.",
    good="---\ntitle: Our rooms\nauthor: Mara Lindqvist\n---\n\nThere are two.\n",
    bad="---\ntitle: Our rooms\nauthor: admin\n---\n\nThere are two.\n",
    authority=_WHO,
)
def author_name(ctx: PostContext) -> Iterator[Report]:
    """Report an author that names an account (a warning) or a group (information)."""
    author, known = ctx.post.metadata.author, bylines()
    bare = " ".join(author.casefold().strip(" .,-_").split())
    if bare in known["account"]:
        says, group = f"The author “{author}” is the name of an account and not a person", False
    elif bare in known["group"]:
        says, group = f"The author “{author}” names a group and not a person", True
    else:
        return
    yield ctx.report(
        ctx.post.metadata.span_of("author") or ctx.top,
        f"{says}, so readers cannot tell who stands behind the post.",
        help="Name the person who wrote it, with author_credential where there is one; a clinician "
        "who read it can be named by a review: `copydesk claims review`.",
        severity="info" if group else None,
    )


@rule(
    "trust.author-record",
    summary="An author or a credential that is not as [people] has it",
    why="Two ways to write one person look like two persons, to readers and to search engines.",
    good="---\ntitle: Our rooms\nauthor: Mara Lindqvist\n---\n\nThere are two.\n",
    bad="---\ntitle: Our rooms\nauthor: Mara Lindqvist, LCSW\nauthor_credential: LCSW\n---\n\n"
    "There are two.\n",
    authority="Copydesk: [people] is where a site says who somebody is",
    severity="info",
    options=(Option("only-people", "Report every author who is not in [people].", False),),
)
def author_record(ctx: PostContext) -> Iterator[Report]:
    """Report an author whose name or credential differs from what [people] says."""
    meta = ctx.post.metadata
    if not meta.author or len(meta.author) > _LONGEST:
        return
    told = _twice(meta.author, meta.author_credential) or _differs(ctx)
    if told is not None:
        says, help = told
        yield ctx.report(meta.span_of("author") or ctx.top, says, help=help)


Told = tuple[str, str]


def _twice(author: str, credential: str) -> Told | None:
    """Return what to say of a credential that stands in the name and beside it."""
    name, comma, rest = author.partition(",")
    if not (comma and _bare(credential) and _bare(rest) == _bare(credential)):
        return None
    return (
        f"The credential {credential} is part of author and stands in author_credential too, so "
        "pages show it twice.",
        f"Write author: {name.strip()}, and leave author_credential as it is.",
    )


def _differs(ctx: PostContext) -> Told | None:
    """Return what to say of an author who is in [people], nearly or under a short name."""
    meta, people = ctx.post.metadata, ctx.people
    if not people:
        return None
    person = person_named(meta.author, people.values())
    if person is not None:
        return _credential(meta.author, meta.author_credential, person)
    short = people.get(meta.author)
    if short is not None and short.name:
        return (
            f"The author “{meta.author}” is the short name of {short.name}, and pages would show "
            "it as it is.",
            f"Write author: {short.name}",
        )
    near = _nearest(meta.author, people)
    if near is not None:
        return (
            f"The author “{meta.author}” is nearly {near.name}, who is in [people]; readers would "
            "take them for two persons.",
            f"Write author: {near.name}, or add the other person to [people] in copydesk.toml.",
        )
    if ctx.flag("only-people"):
        return (
            f"The author {meta.author} is not in [people], where this site says who writes.",
            "Add the person to [people] in copydesk.toml, or name one who is there.",
        )
    return None


def _credential(author: str, credential: str, person: Person) -> Told | None:
    if not person.credential:
        return None
    if not credential:
        if shows_credential(author):
            return None
        return (
            f"[people] gives {person.name} the credential {person.credential}, and the post does "
            "not show it.",
            f"Add author_credential: {person.credential}",
        )
    ours, theirs = _bare(credential), _bare(person.credential)
    if ours in theirs or theirs in ours:
        return None
    return (
        f"The post gives {person.name} the credential {credential}, and [people] says "
        f"{person.credential}.",
        "One of the two is out of date: mend the post, or [people] in copydesk.toml.",
    )


def _nearest(author: str, people: Mapping[str, Person]) -> Person | None:
    name = " ".join(parts_of(author))
    for each in people.values():
        other = " ".join(parts_of(each.name))
        if " " in name and " " in other and SequenceMatcher(None, name, other).ratio() >= _ALIKE:
            return each
    return None


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
