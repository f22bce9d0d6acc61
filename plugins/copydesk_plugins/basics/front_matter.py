"""Rules on front-matter values; what is wrong with them was found while reading."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Edit, PostContext, Problem, Report, rule

_SCHEMA = "Copydesk's front-matter schema (docs/front-matter.md)"


def _problems(ctx: PostContext, kind: str) -> Iterator[Problem]:
    return (problem for problem in ctx.post.metadata.problems if problem.kind == kind)


@rule(
    "basics.date",
    summary="A date does not exist, has no time zone, or is missing where it decides.",
    why="Without a sure date nobody can tell when a post is due, or which one is newer.",
    good="---\ntitle: Fees\nstate: published\npublished: 2026-03-02T09:00:00Z\n---\n\nText.\n",
    bad="---\ntitle: Fees\nstate: published\npublished: 2026-02-30T09:00:00Z\n---\n\nText.\n",
    authority=f"ISO 8601; {_SCHEMA}",
    severity="error",
)
def date(ctx: PostContext) -> Iterator[Report]:
    """Report dates that cannot be read, and a public post without its date."""
    for problem in _problems(ctx, "date"):
        yield ctx.report(
            problem.span,
            f"{problem.message} A date that cannot be read counts as "
            "missing: the post may go out late or in the wrong order.",
            help=problem.help,
        )
    meta = ctx.post.metadata
    place = meta.span_of("state")
    if meta.state == "draft" or meta.published is not None or place is None:
        return
    written = meta.span_of("published")
    if any(problem.span == written for problem in meta.problems):
        return  # the date is there and was reported above
    yield ctx.report(
        place,
        f"The state is {meta.state}, but there is no `published` date, so nobody can tell when "
        "the post is due.",
        help="Add a line such as `published: 2026-03-02T09:00:00Z`, or set the state to draft.",
    )


@rule(
    "basics.future-date",
    summary="A post is called published, but its date is still to come.",
    why="It goes online at once and stands before all others until that day.",
    good="---\ntitle: Fees\nstate: scheduled\npublished: 2099-03-02T09:00:00Z\n---\n\nText.\n",
    bad="---\ntitle: Fees\nstate: published\npublished: 2099-03-02T09:00:00Z\n---\n\nText.\n",
    authority=_SCHEMA,
)
def future_date(ctx: PostContext) -> Iterator[Report]:
    """Report a published post whose date lies after today."""
    meta = ctx.post.metadata
    place = meta.span_of("published")
    if meta.state != "published" or meta.published is None or place is None:
        return
    if meta.published.date() > ctx.today:
        yield ctx.report(
            place,
            "The date is still to come, but a post that is published goes online at once.",
            help="Write `state: scheduled` if it is to wait for its date.",
        )


@rule(
    "basics.shape",
    summary="A front-matter value has another shape than its key wants.",
    why="A value that cannot be read counts as missing, and nobody would notice.",
    good="---\ntitle: Fees\nseries: {name: First visits, position: 2}\n---\n\nText.\n",
    bad="---\ntitle: Fees\nseries: the second one\n---\n\nText.\n",
    authority=_SCHEMA,
    severity="error",
)
def shape(ctx: PostContext) -> Iterator[Report]:
    """Report values of the wrong shape, each at its place."""
    for problem in _problems(ctx, "shape"):
        yield ctx.report(
            problem.span,
            f"{problem.message} As it stands, it counts as missing.",
            help=problem.help,
        )


@rule(
    "basics.state",
    summary="The state of a post is none of draft, scheduled and published.",
    why="A misspelt state would keep a post from going public without a word.",
    good="---\ntitle: Fees\nstate: draft\n---\n\nText.\n",
    bad="---\ntitle: Fees\nstate: publishd\n---\n\nText.\n",
    authority=_SCHEMA,
    severity="error",
)
def state(ctx: PostContext) -> Iterator[Report]:
    """Report a state that is not known."""
    for problem in _problems(ctx, "state"):
        yield ctx.report(problem.span, problem.message, help=problem.help)


@rule(
    "basics.unquoted",
    summary="A front-matter value needs quotes.",
    why="Copydesk reads it as meant; other tools refuse the whole file or read half of it.",
    good='---\ntitle: "KAP: what to expect"\n---\n\nText.\n',
    bad="---\ntitle: KAP: what to expect\n---\n\nText.\n",
    authority="YAML 1.2, section 7.3.3: a plain value may not contain a colon and a blank",
    severity="warning",
)
def unquoted(ctx: PostContext) -> Iterator[Report]:
    """Report a value that YAML cannot read without quotes, with the quotes as a fix."""
    for problem in _problems(ctx, "unquoted"):
        fix = () if problem.value is None else (Edit(*problem.span, problem.value),)
        yield ctx.report(
            problem.span,
            f"{problem.message} Other tools may refuse the file.",
            help=problem.help,
            fix=fix,
        )


@rule(
    "basics.unknown-key",
    summary="Front matter has keys that mean nothing to Copydesk.",
    why="A misspelt key is silently without effect.",
    good="---\ntitle: Fees\ndescription: What a visit costs.\n---\n\nText.\n",
    bad="---\ntitle: Fees\ndescripton: What a visit costs.\n---\n\nText.\n",
    authority=_SCHEMA,
    severity="info",
)
def unknown_key(ctx: PostContext) -> Iterator[Report]:
    """Report all unknown keys of a post at once."""
    for problem in _problems(ctx, "unknown-key"):
        yield ctx.report(problem.span, problem.message, help=problem.help)
