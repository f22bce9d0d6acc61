"""Whether a value fits a key of the schema, as importers ask before they use it."""

from __future__ import annotations

import pytest

from copydesk.metadata import KEYS, example, fits_key


@pytest.mark.parametrize("key", [key for key in KEYS if example(key)[0] not in "[{"])
def test_the_example_of_a_key_fits_it(key: str) -> None:
    assert fits_key(key, example(key))


@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        ("published", "2026-03-02", True),
        ("published", "2026-03-02 10:00:00 -0500", True),
        ("published", "2 March 2026", False),
        ("published", "false", False),
        ("slug", "two words", False),
        ("id", "a/b", False),
        ("state", "maybe", False),
        ("noindex", "perhaps", False),
        ("tags", ("visits", "fees"), True),
        ("tags", "visits, fees", True),
        ("title", ("one", "two"), False),
        ("category", ("one",), True),
        ("category", ("one", "two"), False),
        ("series", "First visits", False),
    ],
)
def test_values_of_another_shape_do_not(key: str, value: str | tuple[str, ...], fits: bool) -> None:
    assert fits_key(key, value) is fits
