"""Rules on ids and slugs that two posts of a site share."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Entry, Related, Report, SiteContext, site_rule

#: Other posts that are named in one finding; the rest is a number.
_SHOWN = 5


@site_rule(
    "basics.duplicate-id",
    summary="Two posts have the same id.",
    why="The id tells posts apart on the target: one would overwrite the other.",
    good="---\nid: hl-0001\ntitle: Fees\n---\n\nText.\n",
    bad="---\nid: hl-0001\ntitle: Fees, copied with its id\n---\n\nText.\n",
    authority="Copydesk: an id names one post and never changes",
    severity="error",
)
def duplicate_id(ctx: SiteContext) -> Iterator[Report]:
    """Report each post whose id another post has, too."""
    groups: dict[str, list[Entry]] = {}
    for entry in ctx.index:
        if entry.id:
            groups.setdefault(entry.id, []).append(entry)
    for name, group in groups.items():
        for entry, others in _each_with_others(group):
            yield ctx.report(
                entry,
                f"The id {name} is also that of {_paths(others)}; published, one would "
                "overwrite the other.",
                span=entry.id_span,
                help="Keep the id in the older post and delete the line in the copy; a new id is "
                "made for it.",
                related=tuple(
                    Related(f"has the id {name}, too", each.id_span, each.key)
                    for each in others[:_SHOWN]
                ),
            )


@site_rule(
    "basics.duplicate-slug",
    summary="Two posts have the same slug.",
    why="Both would want the same address; capital letters do not tell them apart.",
    good="---\nslug: fees\ntitle: Fees\n---\n\nText.\n",
    bad="---\nslug: Fees\ntitle: Fees of last year\n---\n\nText.\n",
    authority="Copydesk; many file systems and servers take small and capital letters as equal",
    severity="error",
)
def duplicate_slug(ctx: SiteContext) -> Iterator[Report]:
    """Report each post whose slug another post has, too, on a target that both may go to."""
    groups: dict[str, list[Entry]] = {}
    for entry in ctx.index:
        groups.setdefault(entry.slug.casefold(), []).append(entry)
    for group in groups.values():
        for entry, others in _each_with_others(group):
            meeting = [each for each in others if _share_a_target(entry, each)]
            if not meeting:
                continue
            yield ctx.report(
                entry,
                f"The slug {entry.slug} is also that of {_paths(meeting)}; both posts would want "
                "the same address.",
                span=entry.slug_span,
                help="Give one of the two another slug. A post without a `slug` line takes the "
                "name of its file.",
                related=tuple(
                    Related(f"has the slug {each.slug}", each.slug_span, each.key)
                    for each in meeting[:_SHOWN]
                ),
            )


def _each_with_others(group: list[Entry]) -> Iterator[tuple[Entry, list[Entry]]]:
    if len(group) > 1:
        for entry in group:
            yield entry, [each for each in group if each is not entry]


def _share_a_target(one: Entry, other: Entry) -> bool:
    """Say whether two posts may go to one target; a post that names none may go to any."""
    return not one.targets or not other.targets or bool(set(one.targets) & set(other.targets))


def _paths(entries: list[Entry]) -> str:
    shown = ", ".join(entry.path for entry in entries[:_SHOWN])
    more = len(entries) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
