"""Cues: everyday words that say what kind of sentence a unit is, whatever it is about."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

_WORDS = {
    "person:i": "i my me i've i'm i'd i'll mine myself",
    "person:we": "we our us we'll we're we've ours ourselves",
    "person:you": "you your you'll you're yourself you've you'd yours",
    "person:she": "he she her his him herself himself",
    "person:they": "they them their they're they've themselves",
    "pointer word": "it its it's itself",
    "this": "this these that those",
    "can": "can",
    "may": "may might could",
    "will": "will won't you'll it'll they'll we'll",
    "would": "would wouldn't you'd i'd",
    "should": "should shouldn't must ought recommend recommends recommended advise",
    "is": "is are isn't aren't",
    "past": "was were had did went took began said became felt got came started tried asked told "
    "found decided wanted knew thought saw heard gave wasn't weren't hadn't didn't couldn't",
    "has": "has have hasn't haven't been",
    "because": "because since therefore thus hence consequently thereby so",
    "relative": "which that's why where",
    "contrast": "but however although though while whereas yet despite unlike instead rather",
    "without": "without",
    "manner": "significantly dramatically greatly effectively naturally gently deeply profoundly "
    "rapidly fundamentally directly actively noticeably substantially considerably markedly "
    "drastically powerfully quickly successfully positively negatively severely",
    "impressive": "remarkable profound powerful amazing rapid significant noticeable dramatic "
    "substantial excellent incredible lasting immediate impressive fantastic fabulous wonderful "
    "extraordinary outstanding great miraculous tremendous huge",
    "grave": "severe chronic debilitating harmful dangerous serious negative acute persistent "
    "poor damaging unhealthy excessive constant extreme bad",
    "how often": "common often frequently typically usually rarely sometimes generally commonly "
    "frequent rare tends tend normally likely",
    "how many": "many most some few several majority half nearly almost",
    "more": "more less fewer greater",
    "better": "better worse higher lower faster stronger easier deeper healthier quicker longer",
    "superlative": "best most worst fastest safest strongest least greatest easiest",
    "too": "too enough much lack",
    "even": "even only just",
    "also": "also plus additionally moreover furthermore too both as-well",
    "about text": "article blog post guide section below overview topic chapter page series "
    "video podcast newsletter infographic link website click read",
    "learning": "learn understand understanding explore exploring discover discuss discussing "
    "explain explains know knowing wonder wondering curious imagine remember consider think "
    "explored look looking",
    "place": "office clinic location located hours open address phone email website",
    "plan": "plan plans goal goals aim tailored personalised personalized customised customized "
    "individual individualised individualized unique specific options option",
    "call": "called named known term means refers meaning defined definition",
    "kinds": "type types kind kinds form forms part parts component components consists layer "
    "layers stage stages category categories step steps phase phases",
    "instance": "such like including include includes example",
    "family": "mum mom dad husband wife daughter son friend friends sister brother mother father "
    "family partner",
    "day": "monday tuesday wednesday thursday friday saturday sunday january february march april "
    "june july august september october november december today yesterday tomorrow tonight",
    "hands": "hand hands gently slowly carefully position positioned lie lying sit sitting stand "
    "place placed hold press apply insert remove wear wearing put",
    "hope": "hope dream journey embrace believe belief wish passion passionate deserve love",
    "fear": "risk risks danger dangers harm threat threatens",
    "outcome verb": "works work worked helps helped help healed cured fixed solved",
    "over time": "after before within during until over later longer gradually eventually "
    "immediately soon instantly long-term short-term temporary permanent permanently ongoing",
    "through": "through via by using",
    "nothing": "no not never none nothing don't doesn't can't cannot isn't won't neither nor",
    "everyone": "every everyone everybody always all any anyone each",
    "own words": "really very actually simply quite pretty literally definitely",
}
_CUES: dict[str, tuple[str, ...]] = {}
for _name, _words in _WORDS.items():
    for _word in _words.split():
        _CUES[_word] = (*_CUES.get(_word, ()), "cue:" + _name)


def cues(keys: Sequence[str]) -> set[str]:
    """Return the cues among words."""
    return set(chain.from_iterable(map(_CUES.__getitem__, _CUES.keys() & keys)))
