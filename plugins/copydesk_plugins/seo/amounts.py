"""Numbers with what they count, as messages say them."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 picture", "3 pictures"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def share(part: int, whole: int, one: str, many: str = "") -> str:
    """Return a part with its whole: "7 of 31 words (23 %)"."""
    percent = round(100 * part / whole) if whole else 0
    return f"{part:,} of {counted(whole, one, many)} ({percent} %)"


def listed(items: list[str], joint: str = "and") -> str:
    """Return texts as a list in words: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"
