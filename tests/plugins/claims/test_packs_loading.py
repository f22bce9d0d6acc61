"""Which packs are loaded for a site, which of two rows wins, and who is told what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from copydesk.api import CopydeskError
from copydesk_plugins.claims.packs.loading import (
    PackErrors,
    built_in_names,
    load_packs,
    read_builtin,
)
from copydesk_plugins.claims.packs.term import ABOUT, SLOTS

HEADER = "slot,term,means,of,from,note\n"


def load(*names: str, files: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the slot of each term."""
    found = load_packs(names, (files or {}).get)
    return {term.text: term.slot for term in found if term.slot not in ABOUT}


@pytest.mark.parametrize("name", built_in_names())
def test_a_built_in_pack_is_without_fault(name: str) -> None:
    assert {term.slot for term in read_builtin(name)} <= set(SLOTS)


def test_no_name_means_all_built_in_packs_and_not_the_core() -> None:
    assert "general" in built_in_names()
    assert not {"core", "absolutes"} & set(built_in_names())
    assert load() == load(*built_in_names())


def test_only_the_packs_that_are_named_are_loaded() -> None:
    assert load("own.csv", files={"own.csv": HEADER + "body,zonule,,,own,\n"}) == {"zonule": "body"}


def test_a_site_s_own_pack_wins_over_a_built_in_one_wherever_it_is_named() -> None:
    slot = load("general")["disease"]
    files = {"own.csv": HEADER + "exposure,disease,,,own,\n"}
    assert slot != "exposure"
    assert load("general", "own.csv", files=files)["disease"] == "exposure"
    assert load("own.csv", "general", files=files)["disease"] == "exposure"


def test_among_equals_the_pack_that_is_named_first_wins() -> None:
    files = {
        "a.csv": HEADER + "body,zonule,,,own,\n",
        "b.csv": HEADER + "risk,x,,y,own,\ncondition,zonule,,,own,\n",
    }
    assert load("a.csv", "b.csv", files=files)["zonule"] == "body"
    assert load("b.csv", "a.csv", files=files)["zonule"] == "condition"


def test_a_term_is_there_once_but_for_risks_and_indications() -> None:
    found = [term.words for term in load_packs((), lambda name: None) if term.slot not in ABOUT]
    assert len(found) == len(set(found))


def test_a_file_that_changed_is_read_again() -> None:
    assert load("own.csv", files={"own.csv": HEADER + "body,one,,,own,\n"}) == {"one": "body"}
    assert load("own.csv", files={"own.csv": HEADER + "body,two,,,own,\n"}) == {"two": "body"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("dentel", "there is no pack 'dentel'"),
        ("core", "there is no pack 'core'"),
        ("packs/none.csv", "is not there, so the pack was not read"),
    ],
)
def test_a_pack_that_is_not_there_is_named(name: str, message: str) -> None:
    with pytest.raises(CopydeskError) as caught:
        load(name)
    assert caught.value.failure.message.startswith(message)


def test_a_name_that_leaves_the_site_is_refused() -> None:
    def read(name: str) -> str | None:
        raise ValueError(name)

    with pytest.raises(CopydeskError) as caught:
        load_packs(("../own.csv",), read)
    assert caught.value.failure.path == "../own.csv"
    assert "outside the site" in caught.value.failure.message


def test_all_that_is_wrong_is_told_each_time_and_nothing_is_loaded() -> None:
    files = {"a.csv": HEADER + "x,y,,,own,\nbody,,,,own,\n", "b.csv": HEADER + "body,z,,,,\n"}
    for _ in range(2):
        with pytest.raises(PackErrors) as caught:
            load("general", "a.csv", "b.csv", files=files)
        assert [each.place for each in caught.value.failures] == ["a.csv:2", "a.csv:3", "b.csv:2"]


def test_many_bad_packs_are_told_in_a_few_lines() -> None:
    files = {f"{at}.csv": HEADER + "x,y,,,own,\n" * 50 for at in range(9)}
    with pytest.raises(PackErrors) as caught:
        load(*files, files=files)
    assert len(caught.value.failures) == 21
