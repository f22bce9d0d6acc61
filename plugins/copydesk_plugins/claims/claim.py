"""What a claim is: a unit that needs support, with the words that make it one.

The words are those of the annotation guideline that the labelled posts in `tests/claims` follow.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from copydesk.api import Unit

ClaimType = Literal[
    "efficacy",
    "safety",
    "speed",
    "duration",
    "mechanism",
    "comparative",
    "statistic",
    "absolute",
    "regulatory",
    "association",
    "research",
    "testimonial",
    "implied",
    "experience",
]
Strength = Literal["hedged", "plain", "absolute"]
STRENGTHS: tuple[Strength, ...] = ("hedged", "plain", "absolute")
SupportLevel = Literal["none", "weak", "cited", "registered"]
#: Where the subject of a claim was found.
Whence = Literal["unit", "lead-in", "heading", "title", "before", "post", ""]


class Filled(NamedTuple):
    """A slot with the words that fill it.

    `text` is what stands in the post; `key` the one form of it that all ways of saying it
    share. `start` and `end` are offsets into the unit's text, both 0 where the words stand
    elsewhere (in a heading, or in the unit before).
    """

    slot: str
    text: str
    key: str
    start: int = 0
    end: int = 0


class Said(NamedTuple):
    """What a claim says, in the one form that all wordings of it share.

    Two claims with equal `Said` are one proposition. `treatments` and `conditions` are sorted
    keys (what helps or harms; symptoms, conditions, body parts and outcomes it is said of).
    `effect` is the class of the verb: "improve", "reduce", "worsen", "cause", "prevent", "act",
    "enable", or the name of the frame where no verb of effect fits. `negated` says that it is
    denied.
    `numbers` are the figures with their units, in order; `times` words of onset and duration.
    `rest` holds the words with content that fill no slot: two claims that differ in a word which
    no pack knows do not say the same.
    """

    treatments: tuple[str, ...]
    conditions: tuple[str, ...]
    effect: str
    negated: bool = False
    numbers: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


class Claim(NamedTuple):
    """A unit that needs support.

    `types` has the main type first. `frame` names the pattern that fits, `words` the words that
    show it, as they stand in the unit. `whence` says where the treatment that it speaks of was
    found. `signs` names what spoke for it most, `vetoes` what spoke against it and weighed less.
    """

    unit: Unit
    types: tuple[ClaimType, ...]
    strength: Strength
    frame: str
    words: str
    slots: tuple[Filled, ...]
    said: Said
    whence: Whence = ""
    signs: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()

    @property
    def type(self) -> ClaimType:
        """The main type."""
        return self.types[0]

    def slot(self, name: str) -> tuple[Filled, ...]:
        """Return what fills a slot, in the order of the text."""
        return tuple(each for each in self.slots if each.slot == name)
