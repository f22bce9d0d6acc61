"""The words of plans: what is asked, what is counted, and what is said at the end."""

from __future__ import annotations

import pytest

from copydesk.model.change import WRITES, Change, Hashes, Plan, Receipt, ToSee
from copydesk.outcome import outcome_lines
from copydesk.plan_text import About, plan_lines
from copydesk.plan_words import WORDS, actions, question, summary

AT = About(at="clinic.example", drafts=True)
LIVE = (("state", "draft", "public"),)
SEEN = (ToSee("claims.unsupported", "Without a source it says", "Tea helps.", 1),)


def change(action, name="fees", kind="post", reason="", **more):
    usual = Change(action, kind, name, name.title(), f"posts/{name}.md", "", reason, Hashes(""))
    return usual._replace(**more)


def plan(*changes, notes=()):
    return Plan("clinic", "wordpress", changes, notes)


@pytest.mark.parametrize("action", WORDS)
def test_every_action_has_words_in_each_place(action):
    one, two = [change(action)], [change(action), change(action, "hours")]
    for drafts in (True, False):
        assert "1 " in summary(one, drafts)
        assert "2 " in summary(two, drafts)
        assert summary(one, drafts) != summary(two, drafts)
    assert any(WORDS[action].row in line for line in plan_lines(plan(*one), True, AT))
    if action in WRITES:
        assert "1 post" in question(one, "x") or "1 draft" in question(one, "x")
        assert "2 " in question(two, "x")
        done = list(outcome_lines(two, [Receipt(each, True) for each in two], "x", False))
        assert WORDS[action].done in done[0]
        assert "2 " in done[-1] and "nothing" not in done[-1]
    else:
        assert question(one, "x") == ""


@pytest.mark.parametrize(
    ("changes", "asks"),
    [
        ([], ""),
        ([change("unchanged"), change("kept"), change("conflict")], ""),
        ([change("create", fields=LIVE)], "Make 1 draft and make 1 post public on x?"),
        (
            [change("restore", fields=LIVE)],
            "Make 1 post public and put 1 post back as before on x?",
        ),
        (
            [change("update"), change("links only"), change("unpublish"), change("create")],
            "Make 1 draft, change 1 post, write new links into 1 post and take 1 post back to "
            "draft on x?",
        ),
        (
            [change("go live", to_see=SEEN), change("update", "hours", to_see=SEEN)],
            "Change 1 post and make 1 post public on x? To be seen before it goes live: "
            "1 statement in 1 post, named above.",
        ),
        ([change("update", state="public")], "Change 1 post that is public on x?"),
        (
            [change("update", state="public"), change("update", "b", state="draft")],
            "Change 2 posts (1 of them public) on x?",
        ),
        ([change("update", state="draft")], "Change 1 post on x?"),
        ([change("create", kind="page")], "Write 1 other thing on x?"),
    ],
)
def test_the_question(changes, asks):
    assert question(changes, "x") == asks


def test_going_live_is_counted_wherever_it_is_said():
    assert actions(change("create", fields=(("state", "", "draft"),))) == ("create",)
    assert actions(change("unpublish", fields=(("state", "public", "draft"),))) == ("unpublish",)
    assert actions(change("update", fields=LIVE)) == ("update", "go live")
    two_rows = [change("create"), change("go live")]
    one_row = [change("create", fields=LIVE)]
    assert summary(two_rows, True) == summary(one_row, True)


def test_notes_that_say_the_same_are_folded():
    notes = [f"posts/{name}.md: x{name}.md is no post here" for name in "abcde"]
    notes += ["posts/a.md: y.md is gone", "Not as in the source: author of 5 posts: why."]
    lines = list(plan_lines(plan(notes=tuple(notes)), False, AT))
    assert [line for line in lines if "no post here" in line] == [
        f"  note      {each}" for each in notes[:2]
    ]
    assert "            and 3 more like this; `--all` names each" in lines
    assert f"  note      {notes[-1]}" in lines
    every = list(plan_lines(plan(notes=tuple(notes)), True, AT))
    assert sum("  note " in line for line in every) == len(notes)


def test_three_notes_alike_are_not_worth_folding():
    notes = tuple(f"posts/{name}.md: x.md is no post here" for name in "abc")
    assert sum("  note " in line for line in plan_lines(plan(notes=notes), False, AT)) == 3


def test_what_stays_as_it_is_has_a_line_where_there_is_a_reason():
    rows = (change("unchanged", "a"), change("unchanged", "b", reason="It is a draft there."))
    lines = list(plan_lines(plan(*rows), False, AT))
    assert '  same      "B"   posts/b.md' in lines
    assert not any('"A"' in line for line in lines)


def test_steps_stand_on_one_line_and_a_single_one_with_all_only():
    steps = ("upload 1 file", "write the text", "make it public")
    lines = list(plan_lines(plan(change("create", steps=steps)), False, AT))
    assert "            upload 1 file; write the text; make it public" in lines
    single = plan(change("create", steps=("write the text",)))
    assert not any("write the text" in line for line in plan_lines(single, False, AT))
    assert any("write the text" in line for line in plan_lines(single, True, AT))


@pytest.mark.parametrize(
    ("target", "kind", "about", "head"),
    [
        ("folder", "folder", About(at="site"), 'Plan for "folder" (site):'),
        (
            "web",
            "folder",
            About("clinics/north", "out"),
            'Plan for clinics/north, "web" (folder, out):',
        ),
        ("clinic", "ghost", About(at="blog.example"), 'Plan for "clinic" (ghost, blog.example):'),
        ("ghost", "ghost", About(at="ghost"), 'Plan for "ghost":'),
    ],
)
def test_the_first_line(target, kind, about, head):
    assert next(plan_lines(Plan(target, kind, ()), False, about)) == head


def test_a_post_of_two_rows_has_one_line_at_the_end():
    rows = [change("create"), change("go live")]
    receipts = [Receipt(rows[0], True, "", "draft"), Receipt(rows[1], False, "It was\nrefused.")]
    lines = list(outcome_lines(rows, receipts, "x", False))
    assert lines == [
        '  made, failed  draft  "Fees"   posts/fees.md',
        "    It was",
        "    refused.",
        "Done on x: 1 draft made. Not done: 1 post failed.",
    ]


def test_a_failure_of_the_last_phase_keeps_what_is_known_of_the_post():
    row = change("create", fields=LIVE)
    receipt = Receipt(row, False, "It was refused.", "draft", "https://x/edit/1")
    lines = list(outcome_lines([row], [receipt], "x", False))
    assert lines[0] == '  failed  draft  "Fees"   https://x/edit/1'


def test_what_came_of_it_cannot_steer_the_terminal():
    row = change("create", title="a\x1b[2Jb")
    lines = list(outcome_lines([row], [Receipt(row, False, "c\x07d")], "x", False))
    assert "\x1b" not in "".join(lines) and "\x07" not in "".join(lines)


def test_what_failed_is_not_told_as_never_written():
    rows = [change("create"), change("update", name="hours")]
    reason = "it was written, but is not as it was sent: body"
    receipts = [Receipt(each, False, reason) for each in rows]
    lines = list(outcome_lines(rows, receipts, "x", False))
    assert lines[-1] == "Not done on x: 2 posts failed."


def test_what_is_not_quite_as_in_the_source_is_told():
    row = change("update")
    receipt = Receipt(
        row, True, "changed", "public", "https://x/fees/", notes=("Its picture differs.",)
    )
    lines = list(outcome_lines([row], [receipt], "x", False))
    assert lines[1:-1] == ["    Its picture differs."]
