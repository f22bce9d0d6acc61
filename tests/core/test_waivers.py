"""Waivers: which hold, which do not and why, and entries that cannot be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from core_kit import finding, write

from copydesk.config import ConfigErrors, Flags
from copydesk.config import load as load_config
from copydesk.model.finding import Finding
from copydesk.registry import Registry, built_in_refs
from copydesk.registry import load as load_plugins
from copydesk.waivers import Waivers, load

TODAY = date(2026, 6, 1)
RAN = {
    "claims.absolute": "error",
    "waivers.stale": "warning",
    "waivers.expired": "error",
    "waivers.unexplained": "info",
}
GOOD = {
    "post": '"fees"',
    "rule": '"claims.absolute"',
    "quote": '"cures  colds"',
    "reason": '"The label says so."',
    "by": '"mara"',
}


@pytest.fixture(scope="module")
def plugins() -> Registry:
    return load_plugins(built_in_refs())


def entry(**changes: str) -> str:
    lines = [f"{k.replace('_', '-')} = {v}" for k, v in {**GOOD, **changes}.items() if v]
    return "\n".join(["[[waiver]]", *lines, ""])


def waivers(folder: Path, plugins: Registry, text: str, config: str = "") -> Waivers:
    write(folder, {"waivers.toml": text, "copydesk.toml": config})
    return load(load_config(folder, None, Flags()), plugins)


def judged(accepted: Waivers, *quotes: str, approvers: int = 1) -> list[str]:
    found = tuple(finding(quote) for quote in quotes)
    counts = {"claims.absolute": approvers}
    return [f.waived for f in accepted.apply(found, "posts/fees.md", "fees", TODAY, counts)]


def complaints(accepted: Waivers, approvers: int = 1) -> list[Finding]:
    counts = {"claims.absolute": approvers}
    return list(accepted.findings({"fees", "posts/fees.md"}, RAN, TODAY, counts))


def test_without_a_file_nothing_is_waived(tmp_path: Path, plugins: Registry) -> None:
    assert load(load_config(tmp_path, None, Flags()), plugins).entries == []


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"post": '"posts/fees.md"'},
        {"until": "2026-06-01"},
        {"until": "2026-06-01T10:00:00Z"},
        {"by": '["mara", "jo"]'},
        {"recorded_by": '"jo"'},
    ],
)
def test_a_waiver_holds(tmp_path: Path, plugins: Registry, change: dict[str, str]) -> None:
    accepted = waivers(tmp_path, plugins, entry(**change))
    held, other = judged(accepted, "It cures\ncolds.", "It heals.")
    assert held.startswith("The label says so. (mara")
    assert other == ""
    assert complaints(accepted) == []


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        ({"until": "2026-05-31"}, "waivers.expired", "ended on 2026-05-31"),
        ({"until": "2026-05-31T23:00:00"}, "waivers.expired", "ended on 2026-05-31"),
        ({"reason": '" "'}, "waivers.unexplained", "gives no reason"),
        ({"reason": ""}, "waivers.unexplained", "gives no reason"),
        ({"by": ""}, "waivers.unexplained", "names 0 of the one person"),
        ({"by": '[" "]'}, "waivers.unexplained", "names 0 of the one person"),
    ],
)
def test_a_waiver_that_does_not_hold(
    tmp_path: Path, plugins: Registry, change: dict[str, str], rule: str, words: str
) -> None:
    accepted = waivers(tmp_path, plugins, "# [[waiver]] is the heading\n" + entry(**change))
    assert judged(accepted, "cures colds") == [""]
    [told] = complaints(accepted)
    assert (told.rule, told.severity, told.quote) == (rule, RAN[rule], "[[waiver]]")
    assert words in told.message
    assert (told.start.line, told.start.column) == (2, 1)
    assert told.fingerprint


def test_two_approvers_must_be_two_people(tmp_path: Path, plugins: Registry) -> None:
    accepted = waivers(tmp_path, plugins, entry(by='["mara", "mara "]'))
    assert judged(accepted, "cures colds", approvers=2) == [""]
    assert "1 of the 2 people" in complaints(accepted, approvers=2)[0].message
    accepted = waivers(tmp_path, plugins, entry(by='["mara", "jo"]'))
    assert judged(accepted, "cures colds", approvers=2) != [""]


def test_a_stale_waiver(tmp_path: Path, plugins: Registry) -> None:
    accepted = waivers(tmp_path, plugins, entry() + entry(post='"other"'))
    assert judged(accepted, "It heals.") == [""]
    [told] = complaints(accepted)  # nothing is said of a post that was not checked
    assert told.rule == "waivers.stale"
    assert "“cures colds”" in told.message
    assert not accepted.findings({"fees"}, {"waivers.stale": "info"}, TODAY, {})


PEOPLE = '[people.mara]\nname = "Mara"\n'


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        (entry() + entry(by='"marra"'), "marra is not among [people]", 7),
        (entry(rule='"claims.absolut"'), "unknown rule claims.absolut in a waiver", 1),
        (entry(rule='"claims"'), "unknown rule claims in a waiver", 1),
        (entry(quotes='"x"'), "unknown key quotes in a waiver", 1),
        (entry(until='"2027-01-31"'), "until takes a date", 1),
        (entry(by="3"), "by takes the names", 1),
        (entry(by="[[1]]"), "by takes the names", 1),
        (entry(reason="3"), "reason takes a text", 1),
        (entry(post=""), "a waiver has no post", 1),
        (entry(quote='"  "'), "a waiver has no quote", 1),
        ('\n[waiver]\npost = "x"\n', "waiver takes tables", 2),
        ('waiver = ["x"]\n', "waiver takes tables", 1),
        ("[[waivers]]\n", "unknown key waivers", 1),
        ("# [[waiver]]\n\n[[ waiver ]]\n" + entry(by='"marra"')[11:], "marra is not among", 3),
    ],
)
def test_entries_that_cannot_be_used(
    tmp_path: Path, plugins: Registry, text: str, words: str, line: int
) -> None:
    with pytest.raises(ConfigErrors) as caught:
        waivers(tmp_path, plugins, text, PEOPLE)
    [failure] = caught.value.failures
    assert words in failure.message
    assert failure.line == line
    assert failure.path.endswith("waivers.toml")
