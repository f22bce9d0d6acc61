"""What the shape of a word tells: its singular, and the slot that it may belong to."""

from __future__ import annotations

from copydesk_plugins.claims.packs.term import Words, plural

#: Endings of the last word, the surest first; a guess that a person confirms or changes.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "condition": ("itis", "osis", "algia", "pathy", "emia", "oma", "phobia", "plegia", "penia"),
    "treatment": ("therapy", "ectomy", "otomy", "plasty", "scopy", "tide", "mab", "statin"),
}
_LAST_WORDS: dict[str, str] = {
    **dict.fromkeys(("disorder", "disease", "syndrome", "pain", "ache", "injury"), "condition"),
    **dict.fromkeys(("deficiency", "infection", "spasm", "rash", "swelling"), "condition"),
    **dict.fromkeys(("surgery", "injection", "massage", "exercise", "medication"), "treatment"),
    **dict.fromkeys(("treatment", "infusion", "implant", "cream", "serum"), "treatment"),
    **dict.fromkeys(("supplement", "extract", "vaccine", "tablet"), "treatment"),
    **dict.fromkeys(("muscle", "joint", "nerve", "tissue", "bone", "gland", "tendon"), "body"),
    **dict.fromkeys(("ligament", "hormone", "artery", "gum", "follicle"), "body"),
}
#: Names of medicines end so ("lidocaine"), and too many other words do when they are short.
_MEDICINE = "ine"
_MEDICINE_LETTERS = 8


def slot_of(words: Words) -> str:
    """Guess the slot of a term by its last word; empty where the shape tells nothing."""
    last = words[-1]
    if last in _LAST_WORDS:
        return _LAST_WORDS[last]
    for slot, endings in _ENDINGS.items():
        if last.endswith(endings):
            return slot
    if last.endswith(_MEDICINE) and len(last) >= _MEDICINE_LETTERS:
        return "treatment"
    return ""


def singular(word: str) -> str:
    """Return the singular of a word that looks like a plural, else the word as it is."""
    if not word.endswith("s") or word.endswith(("ss", "us", "is", "series", "species")):
        return word
    for stem in (word[:-3] + "y", word[:-2], word[:-1]):
        if len(stem) > 2 and plural(stem) == word:
            return stem
    return word
