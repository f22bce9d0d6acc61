"""Values of rule and enricher options: checked against what the option declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from copydesk.model.rule import Option, OptionValue


def defaults(options: tuple[Option, ...]) -> dict[str, OptionValue]:
    """Return every option with its default."""
    return {option.name: option.default for option in options}


def checked(option: Option, value: Any) -> OptionValue:
    """Return a configured value in the option's type, or raise ValueError saying what it takes."""
    default = option.default
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise ValueError("true or false")
        return value
    if isinstance(default, tuple):
        if not (isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)):
            raise ValueError("a list of words")
        return tuple(value)
    if isinstance(default, str):
        if not isinstance(value, str):
            raise ValueError("a text")
        if option.choices and value not in option.choices:
            raise ValueError("one of " + ", ".join(option.choices))
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("a number")
    if isinstance(default, int) and not isinstance(value, int):
        raise ValueError("a whole number")
    if option.minimum is not None and value < option.minimum:
        raise ValueError(f"a number of at least {option.minimum:g}")
    if option.maximum is not None and value > option.maximum:
        raise ValueError(f"a number of at most {option.maximum:g}")
    return value


def complete(options: tuple[Option, ...], given: Mapping[str, Any]) -> dict[str, OptionValue]:
    """Return defaults with the given values laid over them; for tests and plugin authors."""
    values = defaults(options)
    known = {option.name: option for option in options}
    for name, value in given.items():
        if name not in known:
            raise ValueError(f"there is no option {name}")
        values[name] = checked(known[name], value)
    return values
