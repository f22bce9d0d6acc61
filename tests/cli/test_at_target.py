"""`unpublish`, `undo`, `repair`, `verify` and the doctor's greeting, on a pretended system."""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cli_kit import NOW, post, tree, write
from pretend_kit import CONFIG, make_site, meanwhile, remote, states
from terminal_kit import at_terminal

STAY = ("--now", NOW)


@pytest.fixture(autouse=True)
def site(here, copydesk):
    make_site()
    assert copydesk("publish", *STAY, "--go-live", "--yes").code == 0
    return here


@pytest.mark.parametrize("name", ["fees", "posts/fees.md"])
def test_a_post_is_taken_back_to_draft_with_its_neighbours_links(copydesk, name):
    sources = tree("posts")
    ran = copydesk("unpublish", name, *STAY, "--yes")
    assert ran.code == 0, ran.said
    assert states() == {"fees": "draft", "hours": "public"}
    assert remote()["posts"]["hours"]["links"] == ""
    assert (
        'Plan for "clinic" (pretend, clinic.example):\n'
        '  links     "Hours"   https://clinic.example/hours/   posts/hours.md\n'
        '  unpublish "Fees"   https://clinic.example/fees/   posts/fees.md\n'
        "            state: public -> draft\n"
        "  1 post with new links only, 1 post to take back to draft, 2 posts not asked for.\n"
    ) in ran.out
    assert '  taken back  draft   "Fees"   https://clinic.example/edit/fees\n' in ran.out
    assert ran.out.endswith("1 post got new links, 1 post taken back to draft.\n")
    assert tree("posts") == sources


def test_taking_back_is_asked_about(copydesk):
    ran = copydesk("unpublish", "fees", *STAY)
    assert ran.code == 2
    assert "nobody said yes" in ran.err
    question = (
        "Write new links into 1 post and take 1 post back to draft on clinic.example? [y/N]: "
    )
    code, _ = at_terminal("unpublish", "fees", *STAY, answers={question: ["n"]})
    assert code == 2
    assert states() == {"fees": "public", "hours": "public"}
    code, _ = at_terminal("unpublish", "fees", *STAY, answers={question: ["y"]})
    assert code == 0
    assert states()["fees"] == "draft"


def test_no_finding_stands_in_the_way(copydesk):
    write("posts/fees.md", post("Fees", day=3, id="fees", updated="2026-02-30"))
    write("posts/broken.md", b"\xff\xfe\x00")
    ran = copydesk("unpublish", "fees", *STAY, "--yes")
    assert ran.code == 0, ran.said
    assert states()["fees"] == "draft"


@pytest.mark.parametrize("name", ["fees", "posts/fees.md"])
def test_a_post_whose_source_is_gone_can_be_taken_back(copydesk, site, name):
    (site / "posts/fees.md").unlink()
    assert copydesk("unpublish", name, *STAY, "--yes").code == 0
    assert states() == {"fees": "draft", "hours": "public"}


def test_an_unknown_post(copydesk):
    ran = copydesk("unpublish", "feees", *STAY, "--yes")
    assert ran.code == 2
    assert "failed there is no post feees. Did you mean fees? Nothing was done.\n" in ran.err
    assert states() == {"fees": "public", "hours": "public"}


def test_json_of_taking_back(copydesk):
    ran = copydesk("unpublish", "fees", "hours", *STAY, "--yes", "--format", "json")
    assert ran.code == 0, ran.said
    assert ran.json["plans"][0]["order"]["unpublish"] == ["fees", "hours"]
    assert {each["name"]: each["state"] for each in ran.json["receipts"] if each["state"]} == {
        "fees": "draft",
        "hours": "draft",
    }


def test_runs_are_listed_the_newest_first(copydesk):
    copydesk("unpublish", "fees", "--now", "2026-06-02T12:00:00Z", "--yes")
    writes = remote()["writes"]
    looks = remote()["looks"]
    ran = copydesk("undo")
    assert ran.code == 0, ran.said
    assert ran.out == (
        "run-2   2026-06-02 12:00 UTC   2 posts written\n"
        "run-1   2026-06-01 12:00 UTC   2 posts written\n"
        "To take one back: copydesk undo RUN --to clinic\n"
    )
    assert (remote()["writes"], remote()["looks"]) == (writes, looks)
    (second, first) = copydesk("undo", "--format", "json").json["runs"]
    assert second == {
        "site": ".",
        "target": "clinic",
        "id": "run-2",
        "when": "2026-06-02T12:00:00+00:00",
        "what": "2 posts written",
    }
    assert first["id"] == "run-1"


def test_there_may_be_no_run(copydesk):
    meanwhile(runs={})
    ran = copydesk("undo")
    assert (ran.code, ran.out) == (0, "There is no run that could be taken back.\n")


def test_a_run_is_taken_back(copydesk):
    before = remote()["posts"]
    write("posts/fees.md", post("Our fees", "Fifty.", day=3, id="fees"))
    copydesk("publish", *STAY, "--yes")
    assert remote()["posts"] != before
    ran = copydesk("undo", "run-2", *STAY)
    assert ran.code == 2
    assert "nobody said yes" in ran.err
    ran = copydesk("undo", "run-2", *STAY, "--yes")
    assert ran.code == 0, ran.said
    assert "  2 posts to put back as before.\n" in ran.out
    assert ran.out.endswith("Done on clinic.example: 2 posts put back as before.\n")
    assert remote()["posts"] == before


def test_an_unknown_run(copydesk):
    ran = copydesk("undo", "run-9", *STAY, "--yes")
    assert ran.code == 2
    assert "there is no run run-9" in ran.err


def test_repair_writes_links_and_nothing_else(copydesk):
    write("posts/fees.md", post("Our fees", "Ninety.", day=3, id="fees"))
    posts = remote()["posts"]
    right = posts["hours"]["links"]
    posts["hours"]["links"] = "<nav>wrong</nav>"
    meanwhile(posts=posts)
    assert copydesk("repair", *STAY).code == 2
    ran = copydesk("repair", *STAY, "--yes")
    assert ran.code == 0, ran.said
    assert remote()["posts"]["hours"]["links"] == right
    assert remote()["posts"]["fees"]["title"] == "Fees"
    assert ran.out.endswith("Done on clinic.example: 1 post got new links.\n")
    ran = copydesk("repair", *STAY)
    assert ran.code == 0
    assert ran.out.endswith("nothing had to be written.\n")


def test_verify_says_what_is_wrong(copydesk):
    ran = copydesk("verify")
    assert (ran.code, ran.out) == (0, "Looked at clinic.example: nothing is wrong there.\n")
    meanwhile(wrong={"fees": "its newer post does not link back\x1b[2J"})
    writes = remote()["writes"]
    ran = copydesk("verify", "--to", "clinic")
    assert ran.code == 1, ran.said
    assert ran.out == (
        "warn   one-sided   https://clinic.example/fees/\n"
        "       its newer post does not link back\ufffd[2J. Repair it.\n"
        "Looked at clinic.example: 1 warning.\n"
    )
    assert remote()["writes"] == writes
    ran = copydesk("verify", "--format", "json")
    assert ran.code == 1
    (problem,) = ran.json["problems"]
    assert (problem["kind"], problem["post"], problem["site"]) == ("one-sided", "fees", ".")
    assert ran.json["summary"] == {"errors": 0, "warnings": 1, "notes": 0}


@pytest.mark.parametrize("form", ["text", "json"])
def test_verify_that_cannot_look(copydesk, form):
    meanwhile(wrong={"fees": "closed"})
    ran = copydesk("verify", "--format", form)
    assert ran.code == 2
    assert "failed clinic.example could not be seen. Wait.\n" in ran.err
    assert "nothing is wrong" not in ran.out


CANNOT = {
    ("unpublish", "fees"): "folder cannot take a post back to draft. Write state: draft",
    ("undo", "run-1"): "folder cannot take a run back. Take the change of the posts back",
    ("undo",): "folder cannot take a run back.",
    ("repair",): "folder cannot repair links alone. To put them right, run copydesk publish",
}


@pytest.mark.parametrize("command", CANNOT, ids=" ".join)
def test_a_target_that_cannot_says_so_with_a_way_out(copydesk, command):
    ran = copydesk(*command, "--to", "folder", *STAY)
    assert ran.code == 2
    assert f"failed {CANNOT[command]}" in ran.err


def test_a_target_with_drafts_may_still_not_undo_or_be_seen(copydesk):
    write("copydesk.toml", CONFIG.format(kind="plain"))
    for command in (("undo",), ("undo", "run-1"), ("verify",)):
        ran = copydesk(*command, *STAY)
        assert ran.code == 2
        assert "failed clinic cannot take a run back" in ran.err or command == ("verify",)
    assert "failed clinic has no live site that could be looked at. Look at its pages" in ran.err
    assert copydesk("unpublish", "fees", *STAY, "--yes").code == 0


def test_an_unknown_target(copydesk):
    for command in (("verify",), ("undo",), ("repair",), ("unpublish", "fees")):
        ran = copydesk(*command, "--to", "clinix", *STAY)
        assert ran.code == 2
        assert "there is no target 'clinix'. Did you mean clinic?" in ran.err


def test_every_site_of_a_folder(copydesk, here):
    shutil.rmtree(here / "posts")
    for path in here.glob("*.*"):
        if path.is_file():
            path.unlink()
    for name in ("north", "south"):
        make_site(name)
        copydesk("publish", name, *STAY, "--yes")
    meanwhile("south", wrong={"fees": "it is lost"})
    ran = copydesk("verify")
    assert ran.code == 1
    assert ran.out.count("Looked at clinic.example") == 2
    assert {each["site"] for each in copydesk("undo", "--format", "json").json["runs"]} == {
        "north",
        "south",
    }
    ran = copydesk("unpublish", "north/posts/fees.md", *STAY, "--yes")
    assert ran.code == 0, ran.said
    assert 'Plan for "clinic"' in ran.out


@contextmanager
def host():
    """Yield the address of a server on this machine that answers every greeting."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def address(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with host() as found:
        config = CONFIG.format(kind="pretend").replace("https://clinic.example", found)
        write("copydesk.toml", config)
        monkeypatch.setenv("COPYDESK_CLINIC_SECRET", "pear-tree-1234")
        monkeypatch.setenv("COPYDESK_CLINIC_URL", found)
        yield found


def doctor(copydesk, *arguments):
    checks = copydesk("doctor", "--format", "json", *arguments).json["checks"]
    return {
        (each["status"], each["message"]): each["help"]
        for each in checks
        if each["about"] == "target clinic"
    }


GREETING = {
    ("ok", "Logged in as mara, an editor."): "",
    ("warn", "This account may not make posts public."): "Ask for a higher role.",
}


def test_the_doctor_logs_in_and_says_what_may_not_be_done(copydesk, address):
    said = doctor(copydesk)
    assert GREETING.items() <= said.items()
    assert "pear-tree" not in str(said)


def test_the_doctor_does_not_log_in_where_it_is_not_to_or_cannot(copydesk, address, monkeypatch):
    assert not GREETING.keys() & doctor(copydesk, "--offline").keys()
    meanwhile(refuses="the password is not right")
    said = doctor(copydesk)
    assert said[("failed", "the password is not right.")] == "Log in anew."
    meanwhile(refuses="boom")
    said = doctor(copydesk)
    (broken,) = (text for status, text in said if status == "failed")
    assert broken.startswith("The plugin of pretend failed: RuntimeError: boom")
    monkeypatch.delenv("COPYDESK_CLINIC_SECRET")
    said = doctor(copydesk)
    assert not GREETING.keys() & said.keys()
    assert any(status == "failed" for status, _ in said)
