"""The doctor against real folders and a real server on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from core_kit import POST, write
from loopback_kit import Answer, send, server

from copydesk import credentials, ledger
from copydesk.config import Flags
from copydesk.doctor import Asking, Line, examine, look_at_letters
from copydesk.doctor.clock import look_at_date, look_at_zone

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = "pear-tree-1234"
CONFIG = 'root = true\ntimezone = "UTC"\n'
HOST = '[targets.clinic]\nkind = "folder"\nurl = "{}/blog"\n'


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setattr("keyring.core._keyring_backend", None)  # one chosen by another test
    for name in credentials.variables("clinic"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "practice"
    return write(folder, {"copydesk.toml": CONFIG, "posts/fees.md": POST + "What it costs.\n"})


def look(
    site: Path, offline: bool = False, wait: float = 5, ahead: timedelta = timedelta()
) -> list[Line]:
    return list(examine(site, None, Flags(), Asking(offline, wait, ahead)))


def bad(lines: list[Line], about: str = "") -> list[tuple[str, str]]:
    """Return what is not well, each as (status, message); all of it says what to do."""
    found = [each for each in lines if each.status != "ok" and about in each.about]
    assert all(each.help for each in found)
    return [(each.status, each.message) for each in found]


def said(lines: list[Line], status: str, words: str) -> Line:
    found = [each for each in lines if each.status == status and words in each.message]
    assert len(found) == 1, lines
    return found[0]


def test_a_healthy_site_says_so_and_is_left_as_it_is(site: Path) -> None:
    before = sorted(site.rglob("*"))
    lines = look(site)
    assert bad(lines) == []
    abouts = {each.about for each in lines}
    assert {"versions", "settings", "plugins", "posts", "time zone", "clock", "cache"} <= abouts
    assert {"target folder", "keyring", "terminal"} <= abouts
    assert sorted(site.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "text", "status", "words"),
    [
        ("copydesk.toml", "root = tru", "failed", "copydesk.toml:1:8 is not valid TOML"),
        ("copydesk.toml", 'roots = 1\ntimezone = "X"\n', "failed", "unknown key roots"),
        ("copydesk.toml", 'roots = 1\ntimezone = "X"\n', "failed", "timezone takes the name"),
        ("copydesk.toml", 'root = true\n[rules]\n"claims.x" = "off"\n', "failed", "claims.x"),
        ("posts/copydesk.toml", 'timezone = "UTC"\n', "failed", "only be set in the root"),
        ("waivers.toml", "waiver = 1\n", "failed", "waivers.toml"),
        ("copydesk.toml", 'plugin-files = ["gone.py"]\n', "failed", "there is no such file"),
        ("copydesk.toml", "root = true\n", "warn", "None is set: a date without a zone"),
        ("copydesk.toml", CONFIG + 'posts = "texts"\n', "failed", "The folder texts is not there."),
        ("copydesk.toml", CONFIG + 'posts = "texts"\n', "warn", "There are none yet."),
        ("site", "a file", "failed", "site is no folder, so nothing can be written there."),
        ("site/mine.html", "x", "warn", "holds files that Copydesk did not write: mine.html."),
        (".copydesk/folder.json", "{", "failed", "the record of what is published could not be"),
        (
            "copydesk.toml",
            CONFIG + '[targets.a]\nkind = "foldr"\n',
            "failed",
            "no plugin publishes to targets of kind 'foldr'",
        ),
        (
            "copydesk.toml",
            CONFIG + '[targets.a]\nkind = "folder"\npath = "../out"\n',
            "warn",
            "Its folder ../out lies outside the site.",
        ),
    ],
)
def test_what_is_not_well_is_named(
    site: Path, name: str, text: str, status: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    write(site, {name: text})
    assert said(look(Path()), status, words).help


def test_no_settings_at_all(tmp_path: Path) -> None:
    write(tmp_path / "blog", {"posts/fees.md": POST})
    lines = look(tmp_path / "blog")
    assert "copydesk init" in said(lines, "warn", "There is no copydesk.toml").help


def test_each_of_many_sites(tmp_path: Path) -> None:
    for name in ("north", "south"):
        write(tmp_path / "clinics" / name, {"copydesk.toml": CONFIG, "posts/a.md": POST})
    write(tmp_path / "clinics", {"south/copydesk.toml": "root = true\n", "east/copydesk.toml": "x"})
    lines = look(tmp_path / "clinics")
    assert [each.message[-6:] for each in lines if each.about == "site"] == ["north:", "south:"]
    assert [each.status for each in lines if each.about == "time zone"] == ["ok", "warn"]
    assert "east" in said(lines, "failed", "is not valid TOML").message


def test_many_strangers_are_counted(site: Path) -> None:
    write(site, {f"site/{number}.html": "x" for number in range(9)})
    assert said(look(site), "warn", "0.html, 1.html, 2.html and 6 more.")


def test_what_a_run_wrote_is_ours(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from copydesk.cli.main import run

    monkeypatch.chdir(site)
    assert run(["run", "--no-cache"]) == 0
    lines = look(site)
    assert bad(lines) == []
    assert said(lines, "ok", "1 post is published")


def test_another_run_at_work(site: Path) -> None:
    with ledger.held(site):
        assert bad(look(site)) == [("warn", "Another run is publishing this site right now.")]


def test_a_post_that_cannot_be_read_is_named(site: Path) -> None:
    post = site / "posts" / "fees.md"
    post.write_text("---\ntitle: Fees\ntitle: Costs\n---\nFive.\n")
    ((status, said_of_it),) = bad(look(site))
    assert status == "failed"
    assert said_of_it.endswith("fees.md:3:8 front matter has the key title twice.")


@pytest.mark.skipif(os.geteuid() == 0, reason="for root every folder can be written")
def test_folders_that_cannot_be_written(site: Path) -> None:
    (site / "posts" / "fees.md").chmod(0)
    (site / "site").mkdir(mode=0o500)
    unread, unwritten = bad(look(site))
    assert unread[1].endswith("fees.md could not be read: permission denied.")
    assert unwritten == ("failed", "site cannot be written.")


def test_a_cache_that_cannot_be_written(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"file": ""})
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert said(look(site), "warn", "The cache cannot be written: ").about == "cache"


def test_a_clock_that_is_slow(site: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=site, check=True, capture_output=True)

    git("init", "-q")
    name = ["-c", "user.name=Mara", "-c", "user.email=mara@clinic.example"]
    git(*name, "commit", "-q", "--allow-empty", "-m", "Begin")
    lines = look(site, ahead=timedelta(days=-3))
    for words in ("Copydesk itself is of", "the newest commit is of", "posts/fees.md is of"):
        assert said(lines, "warn", words).about == "clock"
    assert bad(look(site, ahead=timedelta(days=3))) == []


def test_a_zone_and_the_time_there() -> None:
    line = look_at_zone("Asia/Tokyo", NOW)
    assert line.message.startswith("Asia/Tokyo: it is 2026-03-02 21:00 there")


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Mon, 02 Mar 2026 12:01:00 GMT", "ok"),
        ("Mon, 02 Mar 2026 13:00:00 +0100", "ok"),
        ("Mon, 02 Mar 2026 12:05:00 GMT", "failed"),
        ("Mon, 02 Mar 2026 11:00:00 -0000", "failed"),
        ("", None),
        ("soon", None),
        ("Mon, 32 Mar 2026 12:01:00 GMT", None),
        ("Mon, 02 Mar 99999999 12:01:00 GMT", None),
    ],
)
def test_the_date_of_an_answer(header: str, status: str | None) -> None:
    line = look_at_date("https://clinic.example", header, NOW)
    assert (line.status if line else None) == status


@pytest.mark.parametrize(
    ("encoding", "status"), [("utf-8", "ok"), ("cp1252", "warn"), ("ascii", "warn"), ("", "warn")]
)
def test_letters_of_the_terminal(encoding: str, status: str) -> None:
    assert look_at_letters(encoding).status == status


def with_host(site: Path, address: str) -> None:
    write(site, {"copydesk.toml": CONFIG + HOST.format(address)})


def greeted(site: Path, answer: Answer, **asking: float) -> tuple[list[Line], list[str]]:
    """Look at a site with a target on a server; returns the lines and what was asked."""
    with server(answer) as (address, seen):
        with_host(site, address)
        lines = look(site, **asking)  # type: ignore[arg-type]
    for each in seen:
        assert SECRET not in f"{each.headers}{each.path}"
        assert "authorization" not in each.headers
    return lines, [f"{each.command} {each.path}" for each in seen]


def dated(when: datetime, status: str = "200") -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(int(status))
        handler.send_header("Date", format_datetime(when, usegmt=True))
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def test_a_host_that_is_well(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with server(dated(datetime.now(UTC))) as (address, seen):
        with_host(site, address)
        secret, url = credentials.variables("clinic")
        monkeypatch.setenv(secret, SECRET)
        monkeypatch.setenv(url, address)
        lines = look(site)
        assert SECRET not in "".join(map(str, lines))
        assert [each.command for each in seen] == ["HEAD"]
        assert bad(lines, "target") == []
        assert said(lines, "ok", "There is a secret for its address.")
        assert said(lines, "ok", "It agrees with")
        monkeypatch.setenv(url, "http://127.0.0.1:1")
        assert said(look(site), "failed", "the secret of clinic may be sent to http://127.0.0.1:1")


def test_without_a_keyring_nothing_is_wrong_where_the_secret_is_in_the_environment(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(dated(datetime.now(UTC))) as (address, _):
        with_host(site, address)
        for name, text in zip(credentials.variables("clinic"), (SECRET, address), strict=True):
            monkeypatch.setenv(name, text)
        lines = look(site)
    assert bad(lines) == []
    assert said(lines, "ok", "none is needed: every secret is in the environment")


def test_no_secret_and_no_keyring(site: Path) -> None:
    lines, _ = greeted(site, dated(datetime.now(UTC)))
    found = [each for each in lines if each.status != "ok"]
    assert [(each.status, each.about) for each in found] == [
        ("failed", "target clinic"),
        ("warn", "keyring"),
    ]
    assert "COPYDESK_CLINIC_SECRET" in found[0].help


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_clock_that_differs_from_the_host(site: Path, hours: int) -> None:
    lines, _ = greeted(site, dated(datetime.now(UTC) + timedelta(hours=hours)))
    assert said(lines, "failed", "but at http://127.0.0.1").about == "clock"


@pytest.mark.parametrize(
    ("status", "wanted", "words"),
    [
        ("503", "warn", "has a fault of its own (503)"),
        ("401", "ok", "answers."),
        ("404", "ok", "answers."),
    ],
)
def test_statuses(site: Path, status: str, wanted: str, words: str) -> None:
    lines, _ = greeted(site, dated(datetime.now(UTC), status))
    assert said(lines, wanted, words).about == "target clinic"


def test_a_host_that_sends_elsewhere(site: Path) -> None:
    with server(send) as (other, seen):
        lines, asked = greeted(site, lambda handler: send(handler, status="301", Location=other))
    assert asked == ["HEAD /blog"]
    assert seen == []
    assert said(lines, "failed", f"sends on to {other}, where nothing was asked or sent")


def test_a_host_that_never_answers(site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        with_host(site, f"http://127.0.0.1:{listening.getsockname()[1]}")
        assert said(look(site, wait=0.2), "failed", "did not answer within 0.2 seconds")


def test_offline_nobody_is_asked(site: Path) -> None:
    lines, asked = greeted(site, send, offline=True)
    assert asked == []
    assert said(lines, "ok", "was not asked (--offline)")


def test_an_address_with_a_password_is_not_shown(site: Path) -> None:
    with_host(site, f"https://mara:{SECRET}@clinic.example")
    lines = look(site, offline=True)
    assert SECRET not in "".join(map(str, lines))
    assert said(lines, "failed", "targets.clinic.url takes an address without a user name")
