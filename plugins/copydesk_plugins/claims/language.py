"""Says when a post is not in English: then its claims are not looked for, and that is told."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from copydesk.api import Group, PostContext, Report, rule

#: Words that any English prose is full of, and that mean little in most other languages.
_ENGLISH = (
    "the and that with for this you your are from have which it be can our their what when who how "
    "if there than but by at has were more about or of to not"
)
#: The like of German, French, Spanish, Portuguese, Italian, Dutch, Polish and the Nordic tongues.
_OTHERS = (
    "der die das und ist nicht ein eine von zu den dem auf sich mit auch le la les du et est une "
    "dans pour que qui pas sur au el los las un una con por del se het een van en dat niet op te "
    "zijn il lo gli di che da os uma para em og det som av att jest nie na w de des je aan bij "
    "im bei sind nach danach ohne wird werden haben wir sie ich kann mehr für oder aber durch ihre"
)
_ENGLISH_WORDS, _OTHER_WORDS = frozenset(_ENGLISH.split()), frozenset(_OTHERS.split())
#: A third of the words of English prose are in the first list; of other languages hardly any.
_ENGLISH_SHARE, _OTHER_SHARE = 0.1, 0.08
_PLAINLY_ENGLISH = 0.15
#: Letters from here on are of other scripts than the Latin one.
_LATIN_ENDS = "\u0250"
_FEWEST, _MOST = 6, 300
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
    found, english, others = _counted(ctx)
    if found < _FEWEST or english >= _ENGLISH_SHARE * found:
        return ""
    # A list of names has few words of either kind, and is checked.
    return "does not read like English" if others >= max(1, _OTHER_SHARE * found) else ""


def disguised(ctx: PostContext) -> bool:
    """Say whether a post is called foreign and plainly reads like English."""
    found, english, _ = _counted(ctx)
    return found >= _FEWEST and english >= _PLAINLY_ENGLISH * found


def _counted(ctx: PostContext) -> tuple[int, int, int]:
    """Return how many words of prose were looked at, and how many are English or other ones."""
    prose = (ctx.words(unit) for unit in ctx.post.units if unit.kind in _PROSE)
    found = [word.text.lower() for word in islice(chain.from_iterable(prose), _MOST)]
    english = sum(each in _ENGLISH_WORDS for each in found)
    others = sum(each in _OTHER_WORDS or max(each) >= _LATIN_ENDS for each in found)
    return len(found), english, others


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
    if why := foreign(ctx):
        english = disguised(ctx)
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
