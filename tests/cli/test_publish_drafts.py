"""`plan` and `publish` to a target that keeps drafts: words, question, table, exit codes."""

from __future__ import annotations

import pytest
from cli_kit import NOW, post, tree, write
from pretend_kit import edited, make_site, meanwhile, remote, states
from terminal_kit import at_terminal

STAY = ("--now", NOW)


@pytest.fixture(autouse=True)
def site(here):
    make_site()
    return here


def plan_of(ran):
    return ran.out[ran.out.index("Plan for") :]


def test_a_plan_says_what_is_made_and_writes_nothing(copydesk, site):
    before = tree()
    ran = copydesk("plan", *STAY)
    assert ran.code == 0, ran.said
    assert plan_of(ran) == (
        'Plan for "clinic" (pretend, clinic.example):\n'
        '  new       "Fees"   posts/fees.md\n'
        '  new       "Hours"   posts/hours.md\n'
        '  later     "Later"   posts/later.md\n'
        "            It is scheduled for 2026-07-01 09:00 UTC.\n"
        "  2 drafts to make, 1 post not yet due, 1 post still a draft here.\n"
    )
    after = tree()
    del after["remote.json"]  # where the target notes that it was looked at
    assert after == before
    assert remote()["writes"] == []


def test_nothing_is_written_where_nobody_can_say_yes(copydesk):
    ran = copydesk("publish", *STAY)
    assert ran.code == 2
    assert "2 drafts to make" in ran.out
    assert ran.err == (
        "failed nothing was written to clinic.example, because nobody said yes. If what is shown "
        "above is right, run this again with --yes.\n"
    )
    assert remote()["writes"] == []


@pytest.mark.parametrize("command", ["publish", "run"])
def test_drafts_are_made_and_the_table_says_where(copydesk, site, command):
    ran = copydesk(command, *STAY, "--yes")
    assert ran.code == 0, ran.said
    assert states() == {"fees": "draft", "hours": "draft"}
    assert ran.out.endswith(
        '  made  draft  "Fees"   https://clinic.example/edit/fees\n'
        '  made  draft  "Hours"   https://clinic.example/edit/hours\n'
        "Done on clinic.example: 2 drafts made.\n"
    )
    assert "files written" not in ran.out
    assert ran.err == ""
    assert not (site / "site").exists()


def test_a_second_run_asks_nothing_and_writes_nothing(copydesk):
    copydesk("publish", *STAY, "--yes")
    writes = remote()["writes"]
    ran = copydesk("publish", *STAY)
    assert ran.code == 0, ran.said
    assert ran.out.endswith(
        "  2 posts unchanged, 1 post not yet due, 1 post still a draft here.\n"
        "Done on clinic.example: nothing had to be written.\n"
    )
    assert remote()["writes"] == writes


def test_going_live_is_asked_for_and_told(copydesk):
    ran = copydesk("publish", *STAY, "--go-live", "--yes")
    assert ran.code == 0, ran.said
    assert "  2 drafts to make, 2 posts to go live, 1 post not yet due" in ran.out
    assert '  made, went live  public  "Fees"   https://clinic.example/fees/\n' in ran.out
    assert ran.out.endswith("Done on clinic.example: 2 drafts made, 2 posts went live.\n")
    assert states() == {"fees": "public", "hours": "public"}


def test_drafts_go_live_later_and_neighbours_get_links_only(copydesk):
    copydesk("publish", "fees", *STAY, "--go-live", "--yes")
    copydesk("publish", *STAY, "--yes")
    assert states() == {"fees": "public", "hours": "draft"}
    ran = copydesk("publish", *STAY, "--go-live", "--yes")
    assert ran.code == 0, ran.said
    assert '  go live   "Hours"   https://clinic.example/hours/   posts/hours.md\n' in ran.out
    assert (
        '  links     "Fees"   https://clinic.example/fees/   posts/fees.md\n'
        "            It has a new neighbour.\n"
    ) in ran.out
    assert "  1 post to go live, 1 post with new links only, 1 post not yet due" in ran.out
    assert ran.out.endswith("Done on clinic.example: 1 post went live, 1 post got new links.\n")


QUESTIONS = {
    "drafts": ((), "Make 2 drafts on clinic.example? [y/N]: "),
    "live": (("--go-live",), "Make 2 drafts and make 2 posts public on clinic.example? [y/N]: "),
}


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("answer", ["y", "n", ""])
def test_a_person_at_a_terminal_is_asked(name, answer):
    flags, question = QUESTIONS[name]
    code, said = at_terminal("publish", *STAY, *flags, answers={question: [answer]})
    assert code == (0 if answer == "y" else 2), said
    assert bool(remote()["writes"]) is (answer == "y")
    assert ("Nothing was written." in said) is (answer != "y")
    assert said.index("to make") < said.index(question)


def test_the_question_names_what_has_to_be_seen_before_it_goes_live():
    says = "A warm bath helps people with insomnia sleep."
    write("posts/fees.md", post("Fees", says, day=3, id="fees"))
    question = (
        "Make 2 drafts and make 2 posts public on clinic.example? To be seen before it goes live: "
        "1 statement in 1 post, named above. [y/N]: "
    )
    code, said = at_terminal("publish", *STAY, "--go-live", answers={question: ["n"]})
    assert code == 2
    assert "Without a source it says (claims.unsupported):" in said
    code, said = at_terminal(
        "publish", *STAY, answers={"Make 2 drafts on clinic.example? [y/N]: ": ["n"]}
    )
    assert "Without a source it says" in said


def test_with_yes_nobody_is_asked_at_a_terminal_either():
    code, said = at_terminal("publish", *STAY, "--yes")
    assert "Looking at clinic.example\r" in said, "nothing says what is waited for"
    assert code == 0
    assert "[y/N]" not in said
    assert states() == {"fees": "draft", "hours": "draft"}


def test_what_is_put_into_a_file_cannot_be_asked_about(site):
    code, said = at_terminal("publish", *STAY, "--output", "out.txt")
    assert code == 2
    assert "nobody said yes" in said
    assert "2 drafts to make" in (site / "out.txt").read_text()
    code, said = at_terminal("publish", *STAY, "--output", "out.txt", "--yes")
    assert code == 0
    assert "Done on clinic.example: 2 drafts made." in (site / "out.txt").read_text()


def test_json_tells_plan_order_receipts_and_why_not(copydesk):
    ran = copydesk("publish", *STAY, "--format", "json", "--go-live")
    assert ran.code == 2
    (failure,) = ran.json["failures"]
    assert "nobody said yes" in failure["message"]
    assert ran.json["receipts"] == []
    assert remote()["writes"] == []
    ran = copydesk("publish", *STAY, "--format", "json", "--go-live", "--yes")
    assert ran.code == 0, ran.said
    (plan,) = ran.json["plans"]
    assert plan["order"]["go_live"] is True
    assert plan["order"]["overwrite"] == []
    fees = next(each for each in ran.json["receipts"] if each["name"] == "fees")
    assert fees == {
        "action": "create",
        "kind": "post",
        "name": "fees",
        "title": "Fees",
        "address": "",
        "done": True,
        "message": "",
        "state": "public",
        "look": "https://clinic.example/fees/",
        "wrote": True,
        "notes": [],
    }


def test_a_post_that_fails_does_not_stop_the_others(copydesk):
    meanwhile(fails={"fees": "its picture is not one that the system takes\nand so on"})
    ran = copydesk("publish", *STAY, "--yes")
    assert ran.code == 2
    assert states() == {"hours": "draft"}
    assert (
        '  failed  -      "Fees"   posts/fees.md\n'
        "    its picture is not one that the system takes\n"
        "    and so on\n"
        '  made    draft  "Hours"   https://clinic.example/edit/hours\n'
        "Done on clinic.example: 1 draft made. Not done: 1 post failed.\n"
    ) in ran.out
    assert ran.err == ""  # the table has said it
    ran = copydesk("publish", *STAY, "--yes", "--format", "json")
    assert ran.code == 2
    assert "failed Fees: its picture" in ran.err


def test_a_target_that_is_gone_ends_the_run_and_names_what_was_not_reached(copydesk):
    meanwhile(gone=1)
    ran = copydesk("publish", *STAY, "--yes")
    assert ran.code == 2
    assert '  not done  -      "Hours"   posts/hours.md\n' in ran.out
    assert "1 draft made. Not done: 1 post was not finished.\n" in ran.out
    assert (
        "failed clinic.example answers no more. Look whether the site is online, then run again."
        in ran.err
    )
    meanwhile(gone=None)
    assert copydesk("publish", *STAY, "--yes").code == 0
    assert states() == {"fees": "draft", "hours": "draft"}


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_run_that_is_stopped_says_how_to_go_on(copydesk, form):
    meanwhile(stop="hours")
    ran = copydesk("publish", *STAY, "--yes", "--format", form)
    assert ran.code == 2
    assert (
        "failed stopped before everything was written. Nothing is lost: run the same command "
        "again, and it goes on from there.\n"
    ) in ran.err
    if form == "text":
        assert "1 draft made. Not done: 1 post was not finished." in ran.out
    else:
        assert [each["name"] for each in ran.json["receipts"]] == ["fees"]
        assert ran.json["failures"][0]["message"].startswith("stopped")
    assert remote()["looks"][-1] == "end"  # the target could put its things in order
    assert copydesk("publish", *STAY, "--yes").code == 0
    assert states() == {"fees": "draft", "hours": "draft"}


def test_what_a_person_changed_there_is_a_conflict_with_ways_out(copydesk):
    copydesk("publish", *STAY, "--yes")
    edited("fees", "Our fees")
    ran = copydesk("publish", *STAY)
    assert ran.code == 2
    assert (
        '  conflict  "Fees"   https://clinic.example/fees/   posts/fees.md\n'
        "            A person changed it there.\n"
        "            - Our fees\n"
        "            + Fees\n"
    ) in ran.out
    assert ran.out.endswith(
        '  conflict  draft  "Fees"   https://clinic.example/edit/fees\n'
        "    A person changed it there.\n"
        "Done on clinic.example: nothing was written. Not done: 1 post in conflict.\n"
    )


@pytest.mark.parametrize("name", ["fees", "posts/fees.md", "./posts/fees.md"])
def test_a_conflict_is_settled_post_by_post(copydesk, name):
    copydesk("publish", *STAY, "--yes")
    edited("fees", "Our fees")
    edited("hours", "Our hours")
    ran = copydesk("publish", *STAY, "--yes", "--overwrite", name)
    assert ran.code == 2  # the other one is still in conflict
    assert remote()["posts"]["fees"]["person"] == ""
    assert remote()["posts"]["hours"]["person"] == "Our hours"
    ran = copydesk("publish", *STAY, "--take-theirs", "hours")
    assert ran.code == 0, ran.said
    assert remote()["posts"]["hours"]["person"] == "Our hours"


UNKNOWN = [
    ("--overwrite", "feees", "failed there is no post feees. Did you mean fees? Nothing was done."),
    ("--take-theirs", "posts/fee.md", "Did you mean posts/fees.md? Nothing was done."),
    ("--overwrite", "posts/idea.md", "posts/idea.md has no id, so it was never published"),
    ("--overwrite", "../fees.md", "there is no post ../fees.md"),
]


@pytest.mark.parametrize(("flag", "name", "says"), UNKNOWN)
def test_an_unknown_post_stops_everything(copydesk, flag, name, says):
    ran = copydesk("publish", *STAY, "--yes", flag, name)
    assert ran.code == 2
    assert says in ran.err
    assert remote()["looks"] == []


@pytest.mark.parametrize("name", ["fees", "posts/fees.md"])
def test_one_post_cannot_be_both_taken_and_written_over(copydesk, name):
    ran = copydesk("publish", *STAY, "--yes", "--overwrite", "fees", "--take-theirs", name)
    assert ran.code == 2
    assert "fees cannot be both written over and left as it is there. Say one" in ran.err
    assert remote()["looks"] == []


def test_a_target_that_breaks_still_tells_what_was_done(copydesk):
    meanwhile(breaks="hours")
    ran = copydesk("publish", *STAY, "--yes")
    assert ran.code == 2
    assert "1 draft made. Not done: 1 post was not finished." in ran.out
    assert "something went wrong that should not: ZeroDivisionError" in ran.err
    assert "Traceback" not in ran.said


def test_posts_are_named_by_id_or_path(copydesk):
    for name in ("hours", "posts/hours.md"):
        ran = copydesk("plan", name, *STAY)
        assert ran.code == 0, ran.said
        assert '"Hours"' in plan_of(ran)
        assert '"Fees"' not in plan_of(ran)
        assert "1 draft to make" in ran.out
    ran = copydesk("publish", "hourz", *STAY, "--yes")
    assert ran.code == 2
    assert "failed there is no hourz. Did you mean hours? Nothing was done.\n" in ran.err
    assert remote()["writes"] == []


def test_an_id_that_two_posts_share_names_none(copydesk):
    write("posts/fees-2.md", post("Fees too", "More.", day=5, id="fees"))
    ran = copydesk("plan", "fees", *STAY)
    assert ran.code == 2
    assert "fees is the id of several posts" in ran.err


def test_a_due_post_with_errors_is_held_back_and_the_rest_goes_on(copydesk):
    write("posts/bad.md", post("Bad", day=5, id="bad", updated="2026-02-30"))
    ran = copydesk("publish", *STAY, "--yes")
    assert ran.code == 1, ran.said
    assert states() == {"fees": "draft", "hours": "draft"}
    assert '  held  -      "Bad"   posts/bad.md\n    It has 1 error.' in ran.out
    assert "2 drafts made. Not done: 1 post held back.\n" in ran.out


def test_what_the_target_says_cannot_steer_the_terminal(copydesk):
    meanwhile(fails={"fees": "a\x1b[2Jb"})
    ran = copydesk("publish", *STAY, "--yes")
    assert ran.code == 2
    assert "\x1b" not in ran.said
    assert "\x1b" not in copydesk("publish", *STAY, "--yes", "--format", "json").err


def test_the_folder_beside_it_needs_no_yes_and_settles_no_conflicts(copydesk, site):
    ran = copydesk("publish", "--to", "folder", *STAY, "--go-live")
    assert ran.code == 0, ran.said
    assert 'Plan for "folder" (site):' in ran.out
    assert "Done: 5 files written or removed." in ran.out
    ran = copydesk("publish", "--to", "folder", *STAY, "--overwrite", "fees")
    assert ran.code == 2
    assert "failed folder cannot settle what people changed there. Carry the change over" in ran.err


def test_all_shows_every_post_in_the_table(copydesk):
    copydesk("publish", *STAY, "--yes")
    ran = copydesk("publish", *STAY, "--all")
    table = ran.out[ran.out.rindex("still a draft here.") :]
    assert '  same   draft  "Fees"   https://clinic.example/edit/fees\n' in table
    assert '  later  -      "Later"   posts/later.md\n' in table


def test_two_sites_are_asked_about_one_by_one(copydesk, here):
    (here / "copydesk.toml").unlink()
    for name in ("north", "south"):
        make_site(name)
    code, _ = at_terminal(
        "publish",
        "north",
        "south",
        *STAY,
        answers={"Make 2 drafts on clinic.example? [y/N]: ": ["n", "y"]},
    )
    assert code == 2
    assert remote("north")["posts"] == {}
    assert set(remote("south")["posts"]) == {"fees", "hours"}
    ran = copydesk("plan", "north", "south", *STAY, "--overwrite", "fees")
    assert ran.code == 2
    assert "fees means several posts. Name its path" in ran.err
    ran = copydesk(
        "plan", "north", "south", *STAY, "--overwrite", "south/posts/fees.md", "--format", "json"
    )
    assert [each["order"]["overwrite"] for each in ran.json["plans"]] == [[], ["fees"]]


def test_progress_counts_posts_and_is_for_terminals_only(copydesk, monkeypatch):
    import io
    import sys

    from copydesk.cli import common

    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    clock = iter(range(10_000))
    monkeypatch.setattr(common.time, "monotonic", lambda: float(next(clock)))
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    from copydesk.cli.main import run

    assert run(["publish", *STAY, "--yes"]) == 0
    assert "Publishing" in screen.getvalue()
    assert "1/2" in screen.getvalue()
