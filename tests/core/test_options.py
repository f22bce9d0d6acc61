"""Values of options against what the option declares."""

from __future__ import annotations

import pytest

from copydesk.model.rule import Option
from copydesk.options import checked, complete, defaults

COUNT = Option("count", "h", 3, minimum=1, maximum=9)
RATIO = Option("ratio", "h", 0.5)
WORD = Option("word", "h", "a", choices=("a", "b"))
FLAG = Option("flag", "h", True)
TERMS = Option("terms", "h", ("x",))


@pytest.mark.parametrize(
    ("option", "value", "taken"),
    [
        (COUNT, 9, 9),
        (RATIO, 1, 1),
        (RATIO, 0.25, 0.25),
        (WORD, "b", "b"),
        (FLAG, False, False),
        (TERMS, ["y", "z"], ("y", "z")),
        (TERMS, [], ()),
    ],
)
def test_taken(option: Option, value: object, taken: object) -> None:
    assert checked(option, value) == taken


@pytest.mark.parametrize(
    ("option", "value", "wanted"),
    [
        (COUNT, 0, "at least 1"),
        (COUNT, 10, "at most 9"),
        (COUNT, 2.5, "a whole number"),
        (COUNT, True, "a number"),
        (COUNT, "3", "a number"),
        (WORD, "c", "one of a, b"),
        (WORD, 1, "a text"),
        (FLAG, 1, "true or false"),
        (FLAG, "yes", "true or false"),
        (TERMS, "x", "a list"),
        (TERMS, [1], "a list"),
    ],
)
def test_refused(option: Option, value: object, wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        checked(option, value)


def test_complete() -> None:
    options = (COUNT, FLAG)
    assert complete(options, {}) == defaults(options) == {"count": 3, "flag": True}
    assert complete(options, {"count": 4})["count"] == 4
    with pytest.raises(ValueError, match="no option size"):
        complete(options, {"size": 4})
