"""Who does what in a unit: its subject, and what a verb of effect acts on, in what form."""

from __future__ import annotations

from copydesk_plugins.claims.detection.frames import ACTORS, first_noun, is_title, last_noun
from copydesk_plugins.claims.detection.listed import listed
from copydesk_plugins.claims.detection.reading import Reading
from copydesk_plugins.claims.detection.verbs import HEALTH, Verb
from copydesk_plugins.claims.detection.vocabulary import word_list

#: Words after which a clause stands that is not the main one.
_OPENINGS = listed(
    "if when while after before during in with by for at as because since although though once "
    "from through unlike instead without despite until unless on to over whether given rather "
    "beyond according combined along based"
)
_PRONOUNS = {
    **dict.fromkeys(("i", "i've", "i'm", "i'd", "i'll", "my"), "i"),
    **dict.fromkeys(("we", "we'll", "we're", "we've", "our", "us", "let's"), "we"),
    **dict.fromkeys(("you", "you'll", "you're", "you've", "you'd", "your"), "you"),
    **dict.fromkeys(("he", "she", "his", "her"), "she"),
    **dict.fromkeys(("it", "it's", "this", "these", "they", "its", "that", "they're"), "pointer"),
    **dict.fromkeys(("there", "there's", "here", "here's"), "there"),
    **dict.fromkeys(("what", "how", "why", "who", "which", "where"), "what"),
}
_NOT_SUBJECTS = listed("you most many others half")
_MODALS = listed("can may could might will would should must")
_BE = listed("is are was were be been being gets get got")
_BEFORE_FINITE = (
    _MODALS
    | _BE
    | listed("also often further even not typically usually generally really does do has have")
)
_HELPED = listed("you we they i who people patients help helps helped let lets")
_NO_SUBJECT = listed("to and you we or")
_IF = frozenset({"if", "whether", "unless", "until"})
_REASON = listed("which because since as so")
_STATES = listed("is are can may will has helps also")
_OPEN_ENDS = listed(
    "include includes including are is may can could for following like as these with to by "
    "report experience of that below when who cause causes benefits symptoms signs tips steps "
    "ways options factors reasons here things from help helps"
)
_DETERMINERS = listed("a an the one another our your")
#: What a thing is said to be where it is only explained: "a hormone", "the brain's ability".
_CLASSES = listed(
    "ability act approach area area band bone branch bundle cartilage cells chemical class "
    "collection combination compound concept condition cord device diagnosis discipline disease "
    "disorder drug enzyme fat feeling fluid form gas gel gland group herb hormone illness joint "
    "kind layer ligament liquid measure medication medicine messenger method mineral molecule "
    "movement muscle nerve network neurotransmitter number organ part pathway phase place plant "
    "practice procedure process product protein range region root scale sensation set signal "
    "skill space spice stage state step structure substance syndrome system technique tendon term "
    "test therapy time tissue tool treatment tube type valve vein virus vitamin way word"
)
_CLASS_FAR = 7
#: How far into a unit its subject is looked for, how long an opening clause may be, how far a
#: verb may stand from its subject and from its object.
_FAR, _OPENING, _BESIDE, _REACH = 14, 25, 7, 8


def deeds(r: Reading, found: list[Verb], signs: set[str]) -> None:
    """Add who acts on what, in what form of the verb, and whether that settles it."""
    who, at = _subject(r)
    signs.add("subject:" + who)
    for verb in found:
        signs.add("verb:light" if verb.light else "verb:" + verb.kind)
        _deed(r, verb, who, at, signs)
    if found:
        _beginning(r, found, signs)
    elif is_title(r) and not r.question:
        signs.add("heading without verb")
    if r.ending.endswith(":"):
        signs.add("open lead-in" if r.keys[-1] in _OPEN_ENDS else "lead-in")
    _advice(r, found, signs)
    if _says_what_it_is(r, found):
        signs.add("says what it is")


def _subject(r: Reading) -> tuple[str, int]:
    """Return what a unit speaks of, and the position of that word."""
    start = _after_opening(r)
    people, staff = word_list("people"), word_list("staff")
    nouns = {noun[0]: noun[2] for noun in r.nouns()}
    for at in range(start, min(start + _FAR, len(r.keys))):
        key = r.keys[at]
        if at in nouns:
            return nouns[at], at
        if key in _PRONOUNS:
            return _PRONOUNS[key], at
        if key in people and key not in _NOT_SUBJECTS:
            return "people", at
        if key in staff:
            return "staff", at
    return "other", start


def _after_opening(r: Reading) -> int:
    """Return where the main clause begins: after "If you ...," or "With time,"."""
    start = r.shift
    if r.key(start) in _OPENINGS:
        for at in range(start + 1, min(start + _OPENING, len(r.keys))):
            if "," in r.gap(at):
                return at
    return start


def _deed(r: Reading, verb: Verb, who: str, at: int, signs: set[str]) -> None:
    noun = first_noun(r, (), verb.end, verb.end + _REACH)
    if noun is not None and not r.same_clause(verb.start, noun[0]):
        noun = None
    weight = "light" if verb.light else "strong"
    what = "nothing" if noun is None else noun[2] if noun[2] in ACTORS else "health"
    form = _form(r, verb)
    signs.add(f"form:{form} {weight} {what}")
    if noun is not None and noun[2] in ACTORS:
        noun = first_noun(r, HEALTH, noun[1], noun[1] + 3)
    if noun is None or r.question or _supposed(r, verb):
        return
    if form in ("by -ing", ", -ing"):
        signs.add(f"{form} {weight} effect")
    elif form in ("begins", "finite", "modal", "past", "finite base"):
        if r.key(verb.start - 1) in ("that", "which"):
            signs.add(f"which has {weight} effect")
        elif doer := _doer(r, verb, who, at):
            of = " on the body" if noun[2] == "body" and doer == "treatment" else ""
            signs.add(f"{doer} has {weight} effect{of}")


def _supposed(r: Reading, verb: Verb) -> bool:
    """Say whether an effect is only wished for or supposed."""
    if not _IF.isdisjoint(r.keys[max(0, verb.start - 8) : verb.start]):
        return True
    return any(hit.end in (verb.start, verb.start - 1) for hit in r.all("wants"))


def _doer(r: Reading, verb: Verb, who: str, at: int) -> str:
    """Return what has an effect: the noun right before the verb, or the subject of the unit."""
    before = r.key(verb.start - 1)
    bare = verb.form == "base" and before not in _BEFORE_FINITE
    if bare and (verb.start <= r.shift + 1 or before in _NO_SUBJECT):
        return ""
    near = last_noun(r, (), max(0, verb.start - 5), verb.start)
    if near is not None and near[2] in ACTORS:
        return "treatment"
    close = at < verb.start < at + _BESIDE
    if (near is not None and near[2] == "condition") or (who == "condition" and close):
        return "condition"
    if who in ACTORS and close:
        return "treatment"
    if who == "pointer" and close:
        return "it"
    return who if who in ("we", "staff", "you", "i") else ""


def _form(r: Reading, verb: Verb) -> str:
    """Return the form that a verb stands in: "finite", "to", "by -ing", "passive" ..."""
    before = r.key(verb.start - 1)
    if verb.form == "ing":
        if "," in r.gap(verb.start):
            return ", -ing"
        return "by -ing" if before == "by" else "is -ing" if before in _BE else "-ing"
    if verb.form == "ed":
        return "passive" if before in _BE else "past"
    if verb.form == "s":
        return "begins" if verb.start == r.shift else "finite"
    if before in _MODALS:
        return "modal"
    if before == "to":
        return "to"
    if verb.start == r.shift:
        return "begins base"
    if before in ("and", "or"):
        return "after and"
    return "after people" if before in _HELPED else "finite base"


def _beginning(r: Reading, found: list[Verb], signs: set[str]) -> None:
    """Add that a heading or list item begins with an effect: "Eases stiff joints"."""
    title = is_title(r)
    if not (title or r.in_list or r.in_table):
        return
    where = "heading" if title else "item"
    verb = found[0]
    if verb.start <= r.shift + 1 and _acts_on_health(r, verb):
        signs.add(f"{where} begins with effect -{verb.form}")
        return
    says = any(v.form == "s" and v.start > 0 and _acts_on_health(r, v) for v in found)
    if title and says and not r.question:
        signs.add("heading says effect")


def _acts_on_health(r: Reading, verb: Verb) -> bool:
    noun = first_noun(r, (), verb.end, verb.end + 5)
    return noun is not None and noun[2] in HEALTH and r.same_clause(verb.start, noun[0])


def _advice(r: Reading, found: list[Verb], signs: set[str]) -> None:
    """Add that a unit tells people what to do, with or without a reason."""
    first = r.key(r.shift)
    if first not in word_list("imperative") or first.endswith("ing") or is_title(r):
        return
    if r.key(r.shift + 1) in _STATES:
        return
    reason = not _REASON.isdisjoint(r.keys[r.shift + 2 :])
    reason = reason or any(verb.start > r.shift + 2 for verb in found)
    signs.add("advice with reason" if reason else "advice")


def _says_what_it_is(r: Reading, found: list[Verb]) -> bool:
    """Say whether a unit only explains a word: "Glutamate is a messenger in the brain"."""
    for at in range(r.shift + 1, min(r.shift + _CLASS_FAR, len(r.keys) - 1)):
        if r.keys[at] in ("is", "are"):
            if r.keys[at + 1] not in _DETERMINERS:
                return False
            ends = {key.removesuffix("s") for key in r.keys[at + 2 : at + 2 + _CLASS_FAR]}
            acts = any(verb.start > at and _acts_on_health(r, verb) for verb in found)
            return not acts and not _CLASSES.isdisjoint(ends)
    return False
