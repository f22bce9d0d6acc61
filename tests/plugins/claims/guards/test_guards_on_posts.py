"""The guards on posts that were not written for them: every finding there was read by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.testing import run_rule
from copydesk_plugins.claims.guards.rules import GUARDS

ROOT = Path(__file__).parents[4]
SHARED = ROOT.parent / "shared" / "posts"
OPEN = sorted((ROOT / "tests" / "claims" / "posts" / "open").glob("*.md"))
SAMPLES = sorted(each for each in (ROOT / "posts").glob("*.*") if each.suffix in (".md", ".html"))
#: What these say hangs on words alone and not on how sure the engine is of a claim.
SURE = {
    "claims.false-approval",
    "claims.esketamine",
    "claims.suicide-benefit",
    "claims.suicide-wording",
    "claims.person-first",
    "claims.patient-identity",
    "claims.licence-line",
}

shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared material does not lie beside the checkout"
)


def spoken(paths: list[Path], only: set[str] | None = None) -> set[tuple[str, str]]:
    return {
        (path.name.partition("_")[0], rule.id.partition(".")[2])
        for path in paths
        for rule in GUARDS
        if only is None or rule.id in only
        if run_rule(rule, path.read_bytes().decode("utf-8"), path.name)
    }


def test_sample_posts_are_silent() -> None:
    assert spoken(SAMPLES) == set()


def test_posts_that_are_not_about_health_are_silent() -> None:
    assert spoken([each for each in OPEN if each.name.startswith("other-")]) == set()


def test_what_is_sure_on_the_labelled_posts() -> None:
    assert spoken(OPEN, SURE) == {
        ("supplements-1.md", "patient-identity"),  # a name, an age and restless legs
        ("nutrition-1.md", "licence-line"),  # visits by video, and no registration number
    }


@pytest.mark.parametrize(
    ("name", "quote"),
    [
        ("ketamine-1.md", "I sang on the Tuesday"),
        ("physio-1.md", "back surgery"),
        ("skin-1.md", "A woman with flushed cheeks"),
        ("sleep-2.md", "one of my pills"),
    ],
)
def test_stories_on_the_labelled_posts_are_found(name: str, quote: str) -> None:
    rule = next(each for each in GUARDS if each.id == "claims.testimonial")
    path = next(each for each in OPEN if each.name == name)
    text = path.read_bytes().decode("utf-8")
    at = text.index(quote)
    found = run_rule(rule, text, name)
    # One finding speaks for the whole paragraph.
    assert any("\n\n" not in text[min(at, f.start.offset) : at] for f in found)


@pytest.mark.shared
@shared
def test_what_is_sure_on_real_posts() -> None:
    paths = [
        path for name in ("seeds", "health", "supported") for path in (SHARED / name).iterdir()
    ]
    assert spoken(paths, SURE) == {
        ("004", "suicide-benefit"),  # "a valuable tool for treating ... suicidal ideation"
        ("000", "licence-line"),
        ("002", "licence-line"),
    }


@pytest.mark.shared
@shared
def test_real_posts_on_ketamine_lack_balance_and_off_label() -> None:
    rules = {"claims.fair-balance", "claims.off-label-silence"}
    assert spoken(list((SHARED / "seeds").iterdir()), rules) == {
        (name, rule.partition(".")[2]) for name in ("000", "002", "004") for rule in rules
    }


@pytest.mark.shared
@shared
def test_real_posts_that_are_not_about_health_are_silent() -> None:
    assert spoken(list((SHARED / "nonhealth").iterdir())) == set()
