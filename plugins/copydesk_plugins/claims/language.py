"""Rule claims.not-checked: a post in another language, whose claims are not looked for."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Group, PostContext, Report, rule


@rule(
    "claims.not-checked",
    summary="A post in another language, in which claims are not looked for",
    why="Claims are found in English only, so no finding says nothing about such a post.",
    good="Massage lasts an hour here, and you can stay for tea when it is over.",
    bad="---\nlanguage: de\n---\n\nMassage lindert Schmerzen.",
    authority="What a check did not look at must not look clean.",
    seen_before_live="Nobody has looked for claims in it, because it",
)
def not_checked(ctx: PostContext) -> Iterator[Report]:
    """Report a post that is not in English, once."""
    if why := ctx.counted.foreign:
        english = ctx.counted.disguised
        if english:
            why = f"says that it {why}, and reads like English"
        yield ctx.report(
            ctx.top,
            f"The post {why}, so its claims were not looked for.",
            severity="error" if english else None,
            group=Group(why),
            help="Have somebody read it who knows the language and the rules on health claims. "
            "If it is in English, say `language: en` in its front matter.",
        )
