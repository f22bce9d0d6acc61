"""What becomes of each post on a target, and what the ledger remembers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from core_kit import NOW, entry

from copydesk import ledger as ledgers
from copydesk.decisions import Gate, date_of, decide, live_posts
from copydesk.model.change import Hashes
from copydesk.model.extension import Ledger, LedgerEntry, Wanted
from copydesk.model.finding import CopydeskError
from copydesk.model.post import Series
from copydesk.model.site import Entry, Index

GATE = Gate({}, frozenset(), None)
FEES = entry()


def published(id: str = "fees", **changes: object) -> LedgerEntry:
    made = LedgerEntry(
        id,
        f"posts/{id}.md",
        f"{id}.html",
        "Old title",
        NOW.isoformat(),
        "",
        "",
        "Practical",
        Series("One", 1),
        "Mara",
        False,
        Hashes("c", "s", "r"),
        "t",
        ("assets/a.png",),
    )
    return made._replace(**changes)


def judged(*entries: Entry, ledger: Ledger | None = None, gate: Gate = GATE) -> dict[str, Wanted]:
    wanted, _ = decide(Index(entries), ledger or Ledger(), gate, "live")
    assert [each.id for each in wanted] == sorted(each.id for each in wanted)
    return {each.id: each for each in wanted}


@pytest.mark.parametrize(
    ("changes", "gate", "decision", "reason"),
    [
        ({}, GATE, "live", ""),
        ({"targets": ("live",)}, GATE, "live", ""),
        ({"targets": ("other",)}, GATE, "draft", "meant for other"),
        ({"state": "draft", "due": False}, GATE, "draft", "state is draft"),
        ({"state": "scheduled", "due": False}, GATE, "not yet due", "2026-03-02 09:00 UTC"),
        ({"state": "scheduled", "due": False, "published": None}, GATE, "not yet due", "no date"),
        ({}, Gate({"posts/fees.md": 1}, frozenset(), None), "held", "1 error."),
        ({}, Gate({"posts/fees.md": 2}, frozenset(), None), "held", "2 errors."),
        ({}, Gate({}, frozenset({"posts/fees.md"}), None), "held", "could not be judged whole"),
        ({"title": ""}, GATE, "held", "no title"),
        ({"published": None}, GATE, "held", "no published date"),
    ],
)
def test_one_post(changes: dict[str, object], gate: Gate, decision: str, reason: str) -> None:
    made = judged(FEES._replace(**changes), gate=gate)["fees"]
    assert made.decision == decision
    assert reason in made.reason


def test_what_is_held_keeps_its_published_version() -> None:
    ledger = Ledger({"fees": published()})
    made = judged(FEES, ledger=ledger, gate=Gate({"posts/fees.md": 1}, frozenset(), None))["fees"]
    assert made.decision == "kept"
    assert "The version published before stays." in made.reason
    [live] = live_posts([made], ledger)
    assert live.title == "Old title"


def test_lost_and_unasked_posts_are_kept_and_deleted_ones_are_not() -> None:
    ledger = Ledger({id: published(id) for id in ("lost", "unasked", "gone")})
    made = judged(ledger=ledger, gate=Gate({}, frozenset({"posts/lost.md"}), None))
    assert {id: each.decision for id, each in made.items()} == {"lost": "kept"}
    made = judged(ledger=ledger, gate=Gate({}, frozenset(), frozenset({"posts/gone.md"})))
    assert set(made) == {"lost", "unasked"}


def test_posts_without_id_get_one_that_is_free() -> None:
    entries = [entry(f"posts/{part}/fees.md", id="") for part in "ab"]
    wanted, new_ids = decide(Index(tuple(entries)), Ledger({"fees": published()}), GATE, "live")
    assert new_ids == {"posts/a/fees.md": "fees-2", "posts/b/fees.md": "fees-3"}
    draft = entry(id="", state="draft", due=False)
    assert decide(Index((draft,)), Ledger(), GATE, "live")[1] == {}
    assert len(wanted) == 2 + 0 * len(draft.id)


def test_two_posts_of_one_id_are_held_and_what_is_published_stays() -> None:
    copy = entry("posts/copy.md", state="draft", due=False)
    made = judged(FEES, copy)
    assert {each.decision for each in made.values()} == {"held", "draft"}
    assert "fees" not in made
    made = judged(FEES, copy, ledger=Ledger({"fees": published()}))
    assert made["fees"].decision == "kept"
    assert not [each for each in made.values() if each.decision == "live"]


def test_live_posts_are_sorted_and_need_a_date() -> None:
    ledger = Ledger({"a": published("a"), "b": published("b", published="never")})
    made = judged(FEES, ledger=ledger, gate=Gate({}, frozenset(), frozenset({FEES.key})))
    assert [post.id for post in live_posts(list(made.values()), ledger)] == ["a", "fees"]


@pytest.mark.parametrize("text", ["", "never", "2026-03-02T09:00:00", "2026-03-02"])
def test_dates_of_the_ledger(text: str) -> None:
    assert date_of(text) is None
    assert date_of(NOW.isoformat()) == NOW


def test_a_ledger_comes_back(tmp_path: Path) -> None:
    ledger = Ledger({"b": published("b"), "a": published("a", series=None)}, {"x.css": "1"})
    ledgers.save(tmp_path, "live", ledger)
    assert ledgers.load(tmp_path, "live") == ledger
    assert ledgers.load(tmp_path, "other") == Ledger()
    first = ledgers.ledger_path(tmp_path, "live").read_bytes()
    ledgers.save(tmp_path, "live", ledgers.load(tmp_path, "live"))
    assert ledgers.ledger_path(tmp_path, "live").read_bytes() == first


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "could not be read"),
        ("[" * 100_000, "could not be read"),
        ("[]", "another version"),
        ('{"version": 9}', "another version"),
        ('{"version": 1}', "is damaged"),
        ('{"version": 1, "posts": [], "files": {}}', "is damaged"),
        ('{"version": 1, "posts": {"a": {}}, "files": {}}', "is damaged"),
        ('{"version": 1, "posts": {"a": 3}, "files": {}}', "is damaged"),
    ],
)
def test_ledgers_that_cannot_be_used(tmp_path: Path, text: str, words: str) -> None:
    path = ledgers.ledger_path(tmp_path, "live")
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(CopydeskError, match=words) as caught:
        ledgers.load(tmp_path, "live")
    assert caught.value.failure.path == str(path)


def test_a_ledger_with_an_unknown_field_is_damaged(tmp_path: Path) -> None:
    ledgers.save(tmp_path, "live", Ledger({"a": published("a")}))
    path = ledgers.ledger_path(tmp_path, "live")
    value = json.loads(path.read_text())
    value["posts"]["a"]["colour"] = "blue"
    path.write_text(json.dumps(value))
    with pytest.raises(CopydeskError, match="is damaged"):
        ledgers.load(tmp_path, "live")
