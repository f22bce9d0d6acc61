"""Says when a post is not in English: then its claims are not looked for, and that is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from copydesk.api import PostContext, Report, rule

#: Words that any English prose is full of, and that mean nothing in most other languages.
_WORDS = (
    "the and that with for this you your are from have which it be can our their what when who how "
    "if there than but by at has were more about or of to not"
)
_ENGLISH = frozenset(_WORDS.split())
#: A third of the words of English prose are among these; of other languages hardly any.
_SHARE = 0.1
_FEWEST, _MOST = 25, 300
_PROSE = frozenset({"paragraph", "list-item"})


def foreign(ctx: PostContext) -> str:
    """Return why a post is taken to be in another language, or nothing.

    Its front matter or the configuration says so; else its words do, for few posts name one.
    """
    told = ctx.post.metadata.language
    if not told.lower().startswith("en"):
        return f"is in another language ({told})"
    if ctx.post.metadata.span_of("language") is not None:
        return ""
    prose = (ctx.words(unit) for unit in ctx.post.units if unit.kind in _PROSE)
    found = [word.text.lower() for word in islice(chain.from_iterable(prose), _MOST)]
    english = sum(each in _ENGLISH for each in found)
    if len(found) >= _FEWEST and english < _SHARE * len(found):
        return "does not read like English"
    return ""


@rule(
    "claims.not-checked",
    summary="A post in another language, in which claims are not looked for",
    why="Claims are found in English only, so no finding says nothing about such a post.",
    good="Massage lasts an hour here, and you can stay for tea when it is over.",
    bad="---\nlanguage: de\n---\n\nMassage lindert Schmerzen.",
    authority="What a check did not look at must not look clean.",
)
def not_checked(ctx: PostContext) -> Iterator[Report]:
    """Report a post that is not in English, once."""
    if why := foreign(ctx):
        yield ctx.report(
            ctx.top,
            f"The post {why}, so its claims were not looked for.",
            help="Have somebody read it who knows the language and the rules on health claims. "
            "If it is in English, say `language: en` in its front matter.",
        )
