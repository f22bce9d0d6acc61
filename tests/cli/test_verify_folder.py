"""`copydesk verify` of a folder that a real server shows: what is said of the live pages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from cli_kit import NOW, Ran, post, write

sys.path.append(str(Path(__file__).parents[1] / "core"))

from loopback_kit import send, server  # found through the line above

Run = Callable[..., Ran]
IDS = ("fees", "visits", "parking")
CONFIG = """root = true
site-title = "Harbour Lane"
site-url = "{url}"
"""


class Live:
    """A site of three posts that is online; `pages` are changed after publishing.

    Whoever changes a page here does so on the server: the folder on disk stays as it was.
    """

    def __init__(self, run: Run, url: str) -> None:
        self.url, self._run = url, run
        self.pages: dict[str, str] = {}

    def publish(self) -> None:
        ran = self._run("run", "--now", NOW)
        assert ran.code == 0, ran.said
        self.pages = {
            f"/{path.name}": path.read_text("utf-8") for path in Path("site").glob("*.html")
        }

    def swap(self, id: str, old: str, new: str) -> None:
        page = self.pages[f"/{id}.html"]
        assert old in page
        self.pages[f"/{id}.html"] = page.replace(old, new)

    def look(self, code: int) -> list[dict[str, Any]]:
        ran = self._run("verify", "--format", "json", "--now", NOW)
        assert ran.code == code, ran.said
        problems: list[dict[str, Any]] = ran.json["problems"]
        return problems

    def rows(self, code: int) -> set[tuple[str, str]]:
        return {(each["kind"], each["post"]) for each in self.look(code)}


@pytest.fixture
def live(here: Path, copydesk: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Live]:
    monkeypatch.setenv("NO_PROXY", "*")
    found: list[Live] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        page = found[0].pages.get(request.path)
        send(request, (page or "none").encode(), status="200" if page else "404")

    with server(answer) as (url, _):
        write("copydesk.toml", CONFIG.format(url=url))
        for day, id in enumerate(IDS, 1):
            write(
                f"posts/{id}.md", post(f"About {id}", f"We wrote this about {id}.", day=day, id=id)
            )
        found.append(Live(copydesk, url))
        found[0].publish()
        yield found[0]


def test_a_site_as_it_was_published(live: Live, copydesk: Run):
    assert live.look(0) == []
    assert "nothing is wrong there" in copydesk("verify").out


def test_a_page_that_was_lost_on_the_way_to_the_server(live: Live):
    del live.pages["/visits.html"]
    assert live.rows(1) == {
        ("not-there", "visits"),
        ("dead-link", "fees"),
        ("dead-link", "parking"),
        ("orphan", "fees"),
        ("orphan", "parking"),
    }


def test_a_page_of_last_week(live: Live):
    """Somebody put an old page online, from before the last post."""
    live.swap("visits", '<a rel="next"', "<a")
    assert live.rows(1) == {
        ("one-sided", "parking"),
        ("orphan", "parking"),
        ("other-order", "visits"),
    }


def test_words_that_somebody_wrote_on_the_server(live: Live):
    live.swap("fees", "We wrote this about fees.", "Warm baths always cure depression.")
    found = live.look(1)
    assert found[0]["kind"] == "text"
    assert "Warm baths always cure depression." in found[0]["message"]
    assert "We wrote this about fees." in found[0]["message"]
    claim = next(each for each in found if "claims.absolute" in each["message"])
    assert (claim["kind"], claim["severity"]) == ("claim", "error")
    assert claim["address"] == f"{live.url}/fees.html"


def test_a_claim_that_the_source_has_too_is_no_news(live: Live):
    write("posts/fees.md", post("About fees", "Baths always cure depression.", day=1, id="fees"))
    live.swap("fees", "We wrote this about fees.", "Baths always cure depression.")
    assert live.look(0) == []


def test_a_waiver_holds_on_the_page_as_well(live: Live):
    live.swap("fees", "We wrote this about fees.", "Warm baths always cure depression.")
    before = {each["message"] for each in live.look(1) if "claims.absolute" in each["message"]}
    write(
        "waivers.toml",
        """
[[waiver]]
post = "fees"
rule = "claims.absolute"
quote = "Warm baths always cure depression."
reason = "A quote from an old advertisement."
by = ["mara", "jane"]
recorded-by = "tom"
until = 2027-01-01
""",
    )
    after = {each["message"] for each in live.look(1) if "claims.absolute" in each["message"]}
    assert before and not after


def test_a_title_that_somebody_wrote_on_the_server(live: Live):
    live.swap("fees", "<h1>About fees</h1>", "<h1>Tea always cures depression</h1>")
    found = live.look(1)
    assert {each["kind"] for each in found} == {"text", "claim"}
    assert "Tea always cures depression" in found[0]["message"]


def test_a_server_that_is_not_there(live: Live, copydesk: Run):
    write("copydesk.toml", CONFIG.format(url="http://127.0.0.1:9"))
    ran = copydesk("verify", "--now", NOW)
    assert ran.code == 2
    assert "could not be reached" in ran.err
    assert "nothing is wrong" not in ran.out


def test_a_folder_that_is_nowhere_on_the_web(here: Path, copydesk: Run):
    write("posts/fees.md", post("About fees", day=1, id="fees"))
    ran = copydesk("verify", "--now", NOW)
    assert ran.code == 2
    assert "nothing says where on the web it is" in ran.err
    assert "site-url" in ran.err


def test_what_control_signs_of_a_page_do_to_a_terminal(live: Live, copydesk: Run):
    live.swap("fees", "We wrote this about fees.", "Look \x1b]0;here\x07 at \x1b[31mthis page.")
    ran = copydesk("verify", "--now", NOW)
    assert ran.code == 1
    assert "\x1b" not in ran.out and "\x07" not in ran.out
