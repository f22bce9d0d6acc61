"""Endings by which words of medicine are known that stand in no pack: -itis, -ectomy, -statin.

Sources: the stems of the United States Adopted Names Council and of the WHO's International
Nonproprietary Names for medicines; Greek and Latin endings of clinical terms.
"""

from __future__ import annotations

from copydesk_plugins.claims.detection.listed import listed

_ENDINGS: dict[str, tuple[str, ...]] = {
    "condition": (
        "itis", "osis", "algia", "opathy", "emia", "aemia", "oma", "omas", "uria", "plegia",
        "rrhea", "rrhoea", "penia", "paresis", "dynia", "pnea", "pnoea", "phagia", "sclerosis",
        "ectasis", "malacia", "trophy", "lepsy", "phobia", "stenosis", "lysis",
    ),
    "treatment": (
        "therapy", "therapies", "ectomy", "plasty", "otomy", "ostomy", "oscopy", "pexy", "desis",
        "cillin", "mycin", "floxacin", "azole", "furantoin", "statin", "pril", "sartan", "olol",
        "dipine", "tidine", "prazole", "triptan", "mab", "tinib", "ciclib", "vir", "gliptin",
        "gliflozin", "glutide", "tirzepatide", "caine", "zepam", "zolam", "oxetine", "triptyline",
        "profen", "coxib", "dronate", "cycline", "parin", "xaban", "setron", "lukast", "terol",
        "sone", "solone", "onide", "prim", "cillinam", "cefdinir", "afil", "gabalin", "pentin",
        "lamide", "thiazide", "mide", "formin", "glitazone", "bicin", "platin", "taxel",
    ),
}  # fmt: skip
_SHORTEST = 7
#: Everyday words with such an ending.
_EVERYDAY = listed(
    "diploma aroma oklahoma idioma roma coma sympathy empathy apathy telepathy antipathy academia "
    "bohemia trophy atrophy philosophy analysis paralysis catalysis prognosis diagnosis hypnosis "
    "osmosis metamorphosis basis oasis crisis emphasis thesis april pril person reason season "
    "lesson mason poison prison comparison unison liaison arson parson garrison venison jettison "
    "reservoir memoir devoir pursuit boudoir cocaine domaine migraine ukraine chilblain villain "
    "genesis synthesis photosynthesis hypothesis parenthesis jason edison madison nelson watson "
    "hudson wilson johnson jackson thompson anderson robinson harrison emerson carson dawson "
    "halcyon someone anyone everyone pajama pyjama primprim prim timid humid bromide amide "
    "claustrophobia gabriel shaped trim scrim interim pilgrim verbatim maxim mymidi acme "
    "proved approved improve microscopy spectroscopy anatomy autonomy economy astronomy "
    "gastronomy bottom autopsy colostomy lobotomy dichotomy sone bone stone none phone "
    "saxophone telephone"
)
_BY_LENGTH: dict[int, dict[str, str]] = {}
for _slot, _list in _ENDINGS.items():
    for _ending in _list:
        _BY_LENGTH.setdefault(len(_ending), {})[_ending] = _slot
_LENGTHS = sorted(_BY_LENGTH, reverse=True)


def slot_by_ending(word: str) -> str:
    """Return `condition` or `treatment` for a word with such an ending, or nothing."""
    if len(word) < _SHORTEST or word in _EVERYDAY:
        return ""
    for length in _LENGTHS:
        found = _BY_LENGTH[length].get(word[-length:])
        if found is not None:
            return found
    return ""
