"""The rule on what a post about health does not show of who stands behind it, told once."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import PostContext, Report, rule
from copydesk_plugins.trust.health import is_health
from copydesk_plugins.trust.names import person_named, shows_credential
from copydesk_plugins.trust.reading import bylines, readings_of
from copydesk_plugins.trust.stamps import reviewers_of

_REACHED = ("mailto:", "tel:", "sms:")
_CONTACT = ("contact", "appointment", "book")
_TEXT = (
    "Migraine is more than a headache. Some people with migraine see lights before the pain "
    "begins, and many have to lie down in a dark room until the nausea is over. It runs in "
    "families. Treatment differs from person to person, and so do the triggers."
)


@rule(
    "trust.incomplete",
    summary="A post about health that does not show who wrote it, with which credential, that it "
    "is no medical advice, or how to reach you",
    why="Readers of a page about health ask who stands behind it and whom they can turn to.",
    good="---\ntitle: Migraine\nstate: published\nauthor: Jane Doe\nauthor_credential: MD\n---\n\n"
    f"{_TEXT}\n\nThis is no substitute for medical advice. Call us with your questions.\n",
    bad=f"---\ntitle: Migraine\nstate: published\n---\n\n{_TEXT}\n",
    authority="Google, Search Quality Rater Guidelines, on pages about health (YMYL)",
    severity="info",
    languages=("en",),
)
def incomplete(ctx: PostContext) -> Iterator[Report]:
    """Report, once, what a post about health lacks; drafts are still being written."""
    if ctx.post.metadata.state == "draft":
        return
    missing = list(_missing(ctx))
    if not missing or not is_health(ctx):
        return
    what = [each for _, each, _ in missing]
    said = what[0] if len(what) == 1 else ", ".join(what[:-1]) + " or " + what[-1]
    parts = ", ".join(f'"{part}"' for part, _, _ in missing)
    yield ctx.report(
        ctx.top,
        f"The post is about health and does not show {said}; readers ask for that first.",
        help="\n".join(
            [
                *(way for _, _, way in missing),
                "What your template shows on every page is told once, in copydesk.toml: "
                f"provided-by-template = [{parts}]",
            ]
        ),
    )


def _missing(ctx: PostContext) -> Iterator[tuple[str, str, str]]:
    """Yield what a post lacks: the part of a template, what it is, and the way out."""
    yield from _author(ctx)
    found = readings_of(ctx)
    if not (found.has("disclaimer") or ctx.provided("disclaimer")):
        yield (
            "disclaimer",
            "that it is no medical advice",
            "Add a line such as: This post is for information and is no substitute for medical "
            "advice.",
        )
    if not (found.has("contact") or _links_to_contact(ctx) or ctx.provided("contact")):
        yield "contact", "how to reach you", "Link your contact page, or give a phone number."


def _author(ctx: PostContext) -> Iterator[tuple[str, str, str]]:
    meta, found = ctx.post.metadata, readings_of(ctx)
    if ctx.provided("author"):
        return
    if not meta.author:
        if not found.has("author"):
            yield "author", "who wrote it", "Add author and author_credential to the front matter."
        return
    named = meta.author_credential or meta.licence or shows_credential(meta.author)
    known = any(meta.author.casefold() in each for each in bylines().values())
    person = person_named(meta.author, ctx.people.values())
    if named or known or (person is not None and person.credential):
        return  # what is wrong with a name, or missing beside one in [people], other rules say
    if found.has("reviewed") or ctx.provided("reviewer") or reviewers_of(ctx):
        return  # the words of somebody who is no clinician stand under a clinician's eyes
    yield (
        "author",
        f"what qualifies {meta.author}",
        "Add author_credential to the front matter, or have a clinician review it: "
        "`copydesk claims review`.",
    )


def _links_to_contact(ctx: PostContext) -> bool:
    hrefs = (link.href.casefold() for link in ctx.post.links)
    return any(href.startswith(_REACHED) or any(x in href for x in _CONTACT) for href in hrefs)
