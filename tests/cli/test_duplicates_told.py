"""A group of posts is told at its newest post, and at whichever of them a run is about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cli_kit import Ran, post, write

Copydesk = Callable[..., Ran]

#: Long enough to be judged.
TEXT = " ".join(
    f"On day {n} we walk past house number {n} and count {n + 3} birds on the roof."
    for n in range(9)
)
LINT = ("lint", "--select", "duplicates", "--format", "json", "--no-cache")


def told(ran: Ran) -> dict[str, list[str]]:
    return {file["path"]: [each["rule"] for each in file["findings"]] for file in ran.json["files"]}


@pytest.fixture
def site() -> None:
    write("copydesk.toml", "root = true\n")
    for day in range(1, 7):
        write(f"posts/p{day}.md", post(f"Walk {day}", TEXT, day=day, id=f"p{day}"))
    write("posts/z.md", post("Alone", "We open at nine.", day=8, id="z"))


@pytest.mark.usefixtures("site")
def test_a_group_is_told_once(copydesk: Copydesk) -> None:
    ran = copydesk(*LINT, "posts")
    assert ran.code == 0
    found = told(ran)
    assert found.pop("posts/p6.md") == ["duplicates.copied-text"]
    assert not any(found.values())


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("day", range(1, 6))
def test_each_post_of_the_group_is_told_when_asked_for(copydesk: Copydesk, day: int) -> None:
    ran = copydesk(*LINT, f"posts/p{day}.md")
    [finding] = ran.json["files"][0]["findings"]
    assert finding["message"].startswith("About posts/p6.md: ")
    assert [each["path"] for each in finding["related"]] == ["posts/p6.md"]
    assert finding["quote"] == f'"Walk {day}"'


@pytest.mark.usefixtures("site")
def test_a_post_outside_the_group_is_told_nothing(copydesk: Copydesk) -> None:
    assert told(copydesk(*LINT, "posts/z.md")) == {"posts/z.md": []}
