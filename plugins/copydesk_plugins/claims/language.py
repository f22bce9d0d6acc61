"""Says when a post is not in English: then its claims are not looked for, and that is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from copydesk.api import PostContext, Report, rule

#: Words that any English prose is full of, and that mean little in most other languages.
_ENGLISH = (
    "the and that with for this you your are from have which it be can our their what when who how "
    "if there than but by at has were more about or of to not"
)
#: The like of German, French, Spanish, Portuguese, Italian, Dutch, Polish and the Nordic tongues.
_OTHERS = (
    "der die das und ist nicht ein eine von zu den dem auf sich mit auch le la les du et est une "
    "dans pour que qui pas sur au el los las un una con por del se het een van en dat niet op te "
    "zijn il lo gli di che da os uma para em og det som av att jest nie na w de des je aan bij"
)
_ENGLISH_WORDS, _OTHER_WORDS = frozenset(_ENGLISH.split()), frozenset(_OTHERS.split())
#: A third of the words of English prose are in the first list; of other languages hardly any.
_ENGLISH_SHARE, _OTHER_SHARE = 0.1, 0.08
#: Letters from here on are of other scripts than the Latin one.
_LATIN_ENDS = "\u0250"
_FEWEST, _MOST = 12, 300
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
    english = sum(each in _ENGLISH_WORDS for each in found)
    others = sum(each in _OTHER_WORDS or max(each) >= _LATIN_ENDS for each in found)
    if len(found) < _FEWEST or english >= _ENGLISH_SHARE * len(found):
        return ""
    # A list of names has few words of either kind, and is checked.
    return "does not read like English" if others >= _OTHER_SHARE * len(found) else ""


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
