"""`copydesk claims`: the register from a draft to a sign-off, and what rests on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_kit import NOW, Ran, tree, write
from terminal_kit import at_terminal

Copydesk = Callable[..., Ran]

SITE = """\
root = true
default-target = "folder"
[targets.folder]
kind = "folder"
path = "site"
[people.mara]
name = "Dr Mara Ellison"
role = "physician"
credential = "MD"
[people.tom]
name = "Tom Reyes"
role = "editor"
"""
POST = """\
---
title: Depression and the back
id: backs
state: published
published: 2026-01-05T09:00:00Z
---

Acupuncture can ease back pain. We open at nine. Yoga can ease neck pain.

Back pain may be eased by acupuncture.
"""
EASE = "Acupuncture can ease back pain."
ID = "acupuncture-can-ease-back-pain"
SOURCE = "10.5555/12345678"


@pytest.fixture(autouse=True)
def site(here: Path) -> None:
    write("copydesk.toml", SITE)
    write("posts/backs.md", POST)


def register() -> str:
    return Path("claims.toml").read_bytes().decode()


@pytest.fixture
def add(copydesk: Copydesk) -> Copydesk:
    """Add the claim that most tests are about, with more flags."""

    def run(*more: object) -> Ran:
        given = ("--statement", EASE, "--evidence", SOURCE, "--by", "tom", "--now", NOW, "--yes")
        return copydesk("claims", "add", *given, *more)

    return run


@pytest.fixture
def approved(add: Copydesk, copydesk: Copydesk) -> None:
    """Have the claim in force until the end of 2026."""
    assert add("--expires", "2026-12-31").code == 0
    assert copydesk("claims", "approve", ID, "--by", "mara", "--yes", "--now", NOW).code == 0


def test_a_claim_is_added_shown_approved_and_used(copydesk: Copydesk, add: Copydesk) -> None:
    ran = add("--quote", "Less pain.", "--design", "trial", "--product", "acupuncture")
    assert ran.code == 0 and f"copydesk claims approve {ID}" in ran.out
    assert 'status = "draft"' in register() and 'strength = "hedged"' in register()
    assert "unsupported" in copydesk("lint", "posts/backs.md", "--select", "claims").out
    ran = copydesk("claims", "approve", ID, "--by", "mara", "--yes", "--now", NOW)
    assert ran.code == 0 and "it is in force" in ran.out and "“Less pain.”" in ran.out
    shown = copydesk("claims", "show", ID).out
    assert "approved by Dr Mara Ellison, MD on 2026-06-01" in shown
    found = copydesk("lint", "posts/backs.md", "--select", "claims.unsupported").out
    assert "Yoga" in found and "cupuncture" not in found


def test_nothing_is_written_without_a_yes(copydesk: Copydesk, add: Copydesk) -> None:
    ran = copydesk("claims", "add", "--statement", EASE, "--evidence", SOURCE)
    assert ran.code == 2 and "--yes" in ran.err and EASE in ran.out
    assert not Path("claims.toml").exists()
    add()
    before = tree()
    for arguments in (
        ("approve", ID, "--by", "mara"),
        ("withdraw", ID, "--by", "mara", "--reason", "Old."),
    ):
        ran = copydesk("claims", *arguments)
        assert ran.code == 2 and "--yes" in ran.err and tree() == before


@pytest.mark.usefixtures("here")
def test_a_terminal_is_asked(add: Copydesk) -> None:
    add()
    code, said = at_terminal(
        "claims", "approve", ID, "--by", "mara", answers={"[y/N]: ": ["y"]}, NO_COLOR="1"
    )
    assert code == 0 and "it is in force" in said and EASE in said
    code, said = at_terminal(
        "claims", "withdraw", ID, "--by", "tom", "--reason", "Old.", answers={"[y/N]: ": ["n"]}
    )
    assert code == 2 and "Nothing was written" in said and "withdrawn" not in register()


#: What is asked for, and what the refusal says.
REFUSED = {
    ("add", "--yes"): "needs a statement",
    ("add", "--statement", EASE, "--yes"): "has this sentence already",
    ("add", "--statement", "It helps.", "--by", "nobody", "--yes"): "not among [people]",
    ("add", "--statement", "It helps.", "--id", ID, "--yes"): "already",
    ("add", "--statement", "It helps.", "--id", "12", "--yes"): "id takes letters",
    ("add", "--statement", "It helps.", "--evidence", "a book", "--yes"): "no source",
    ("add", "--statement", "It helps.", "--quote", "Yes.", "--yes"): "without an --evidence",
    ("add", "--statement", "Yoga cures pain.", "--strength", "plain", "--yes"): "is absolute",
    ("add", "--statement", "It helps.", "--expires", "2026-01-01", "--yes"): "is over",
    ("add", "--from", "posts/backs.md", "--yes"): "which line",
    ("add", "--from", "posts/backs.md:99", "--yes"): "no sentence stands",
    ("add", "--from", "posts/backs.md:8", "--yes"): "2 sentences begin",
    ("add", "--from", "posts/nowhere.md:8", "--yes"): "posts/nowhere.md",
    ("approve", ID, "--by", "nobody", "--yes"): "not among [people]",
    ("approve", ID, "--by", "mara", "--yes"): "approved acupuncture-can-ease-back-pain already",
    ("approve", "acupuncture", "--by", "tom", "--yes"): "there is no entry acupuncture",
    ("approve", "bare", "--by", "tom", "--yes"): "has no evidence",
    ("withdraw", ID, "--by", "mara", "--reason", " ", "--yes"): "needs a reason",
    ("withdraw", ID, "--by", "nobody", "--reason", "Old.", "--yes"): "not among [people]",
    ("show", "bear"): "Did you mean bare?",
    ("where-used", "bear"): "Did you mean bare?",
    ("aprove", ID): "Did you mean approve?",
}


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_refused_with_a_reason_and_nothing_written(
    arguments: tuple[str, ...], copydesk: Copydesk, approved: None
) -> None:
    bare = ("--statement", "Yoga can ease neck pain.", "--id", "bare", "--yes")
    assert copydesk("claims", "add", *bare).code == 0
    before = tree()
    now = () if arguments[0] == "aprove" else ("--now", NOW)
    ran = copydesk("claims", *arguments, *now)
    assert ran.code == 2 and REFUSED[arguments] in ran.err, ran.said
    assert tree() == before


def test_the_sentence_of_a_post_is_taken(copydesk: Copydesk) -> None:
    ran = copydesk("claims", "add", "--from", "posts/backs.md:10", "--evidence", SOURCE, "--yes")
    assert ran.code == 0
    assert 'statement = "Back pain may be eased by acupuncture."' in register()
    ran = copydesk("claims", "add", "--from", "posts/backs.md:8:50", "--yes")
    assert ran.code == 0 and 'statement = "Yoga can ease neck pain."' in register()


def test_a_promise_needs_two_people(copydesk: Copydesk) -> None:
    cure = ("--statement", "Acupuncture cures back pain.", "--evidence", SOURCE, "--id", "cure")
    assert "0 of the 2 approvals" in copydesk("claims", "add", *cure, "--yes").out
    first = copydesk("claims", "approve", "cure", "--by", "mara", "--yes")
    assert first.code == 0 and "1 of the 2 approvals" in first.out
    assert 'status = "draft"' in register()
    second = copydesk("claims", "approve", "cure", "--by", "tom", "--yes")
    assert "it is in force" in second.out and 'status = "approved"' in register()


def test_an_edit_undoes_the_sign_off_until_somebody_signs_anew(
    copydesk: Copydesk, approved: None
) -> None:
    text = register().replace("can ease", "may ease")
    write("claims.toml", text)
    line = text[: text.index("hash =")].count("\n") + 1
    ran = copydesk("check", "posts/backs.md", "--format", "json", "--now", NOW)
    assert ran.code == 2
    (failure,) = ran.json["failures"]
    assert failure["path"] == f"claims.toml:{line}" or failure["path"] == "claims.toml"
    assert "the hash does not match" in failure["message"]
    found = [each["quote"] for each in ran.json["files"][0]["findings"]]
    assert EASE in found  # what rested on it is a finding again, in the same run
    ran = copydesk("publish", "posts/backs.md", "--now", NOW)
    assert ran.code == 2 and "hash does not match" in ran.said
    assert not list(Path().glob("site/**/backs*"))
    assert copydesk("claims", "show", "--now", NOW).code == 2
    ran = copydesk("claims", "approve", ID, "--by", "tom", "--yes", "--now", NOW)
    assert ran.code == 0 and "The approval of mara" in ran.out
    assert copydesk("claims", "show", "--now", NOW).code == 0
    assert register().count("[[claim.approval]]") == 1


def test_where_a_claim_is_used_and_public(copydesk: Copydesk, approved: None) -> None:
    write(
        "posts/draft.md",
        "# Other\n\nIn depression, much helps.\n\n- Acupuncture can ease back pain\n",
    )
    published = copydesk("publish", "posts/backs.md", "--now", NOW)
    assert published.code == 0, published.said
    ran = copydesk("claims", "where-used", ID, "--format", "json", "--now", NOW)
    uses = ran.json["uses"]
    assert ran.code == 0
    assert [(each["path"], each["line"], each["by"]) for each in uses] == [
        ("posts/backs.md", 8, "text"),
        ("posts/backs.md", 10, "slots"),
        ("posts/draft.md", 5, "text"),
    ]
    assert [each["published"] != [] for each in uses] == [True, True, False]
    assert uses[0]["published"][0]["target"] == "folder"
    ran = copydesk(
        "claims", "withdraw", ID, "--by", "tom", "--reason", "Old.", "--yes", "--now", NOW
    )
    assert ran.code == 0 and "posts/backs.md:8:1" in ran.out and "public on folder" in ran.out
    assert "3 sentences in 2 posts will be findings" in ran.out
    judged = copydesk(
        "lint", "posts/backs.md", "--select", "claims.register-expiring", "--now", NOW
    )
    assert judged.code == 1 and "withdrawn: Old" in judged.out
    again = copydesk("claims", "approve", ID, "--by", "tom", "--yes", "--now", NOW)
    assert again.code == 2 and "was withdrawn" in again.err


@pytest.mark.parametrize(
    "now, within, code, told",
    [("2026-06-01", "60", 0, 0), ("2026-06-01", "365", 0, 1), ("2027-01-01", "60", 1, 1)],
)
def test_what_ends_is_listed_with_its_posts(
    copydesk: Copydesk, approved: None, now: str, within: str, code: int, told: int
) -> None:
    given = ("--within", within, "--now", f"{now}T12:00:00Z")
    ran = copydesk("claims", "expiring", *given, "--format", "json")
    assert ran.code == code and len(ran.json["entries"]) == told
    assert all(len(each["uses"]) == 2 for each in ran.json["entries"])
    assert copydesk("claims", "expiring", *given).code == code


def test_an_entry_that_ended_is_renewed_by_a_new_sign_off(
    copydesk: Copydesk, approved: None
) -> None:
    later = ("--now", "2027-02-01T12:00:00Z")
    ran = copydesk("claims", "approve", ID, "--by", "tom", "--yes", *later)
    assert ran.code == 2 and "--expires" in ran.err
    ran = copydesk(
        "claims", "approve", ID, "--by", "mara", "--expires", "2028-01-31", "--yes", *later
    )
    assert ran.code == 0, ran.said
    assert "expires = 2028-01-31" in register()
    assert copydesk("claims", "expiring", *later).code == 0


def test_the_rest_of_the_file_stays_as_it_is(copydesk: Copydesk, approved: None) -> None:
    mine = '# ours\r\n[[claim]]\r\nid="a"   # x\r\n'
    mine += 'statement = """Yoga\r\nhelps."""\r\nstatus="draft"\r\n'
    write("claims.toml", b"\xef\xbb\xbf" + (mine + register().replace("\n", "\r\n")).encode())
    ran = copydesk("claims", "withdraw", ID, "--by", "tom", "--reason", "Old.", "--yes")
    assert ran.code == 0, ran.said
    data = Path("claims.toml").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf" + mine.encode())
    assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize(
    "command", ["show", "add", "approve", "withdraw", "where-used", "expiring"]
)
def test_a_broken_register_is_named_with_its_line_and_left_alone(
    copydesk: Copydesk, approved: None, command: str
) -> None:
    write("claims.toml", register() + '\n[[claim]]\nid = "x"\nstatement = "y"\nstatus = "done"\n')
    before = register()
    more = {
        "add": ("--statement", "It helps.", "--yes"),
        "approve": (ID, "--by", "tom", "--yes"),
        "withdraw": (ID, "--by", "tom", "--reason", "Old.", "--yes"),
        "where-used": (ID,),
    }
    ran = copydesk("claims", command, *more.get(command, ()))
    line = len(before.splitlines())
    assert ran.code == 2 and f"claims.toml:{line} unknown status 'done'" in ran.err, ran.said
    assert register() == before


def test_a_register_that_is_no_text_is_a_failure(copydesk: Copydesk) -> None:
    write("claims.toml", b"\xff\xfe")
    assert copydesk("claims", "show").code == 2
    ran = copydesk("lint", "posts/backs.md", "--format", "json")
    assert ran.code == 2 and len(ran.json["failures"]) == 1


def test_a_second_run_reads_the_register_anew(copydesk: Copydesk, add: Copydesk) -> None:
    """What is kept of a run holds only while the register stays."""
    add()
    lint = ("lint", "posts/backs.md", "--select", "claims.unsupported", "--now", NOW)
    before = copydesk(*lint).out
    assert EASE in before and copydesk(*lint).out.count(EASE) == before.count(EASE)
    copydesk("claims", "approve", ID, "--by", "mara", "--yes", "--now", NOW)
    assert EASE not in copydesk(*lint).out


def test_show_as_data(copydesk: Copydesk, approved: None) -> None:
    report = json.loads(copydesk("claims", "show", "--format", "json", "--now", NOW).out)
    (entry,) = report["entries"]
    assert entry["standing"] == "approved" and entry["approvals"][0]["valid"] is True
    assert entry["evidence"][0]["doi"] == SOURCE and report["failures"] == []
