"""What a run never does to a real system, and what it does only when it was asked to."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable
from typing import ClassVar

import pytest
from cms_kit import Ran, Site, shown
from fault_proxy import FaultProxy, Request
from faults_kit import fill, never
from ghost_kit import Ghost
from systems_kit import System, visitor_get

PutBefore = Callable[[System], FaultProxy]
NewSite = Callable[..., Site]
SLUGS = ("cake", "tea")


@pytest.fixture
def proxy(cms: System, fault_proxy: PutBefore) -> FaultProxy:
    """Return what stands before the system and notes every request."""
    return fault_proxy(cms)


@pytest.fixture
def practice(cms: System, site: NewSite, proxy: FaultProxy) -> Site:
    """Return a site with two posts that are due and nowhere yet."""
    practice = site(cms, proxy.url)
    fill(practice, SLUGS)
    return practice


def fine(ran: Ran) -> Ran:
    assert ran.code == 0, ran.said
    return ran


def refused(ran: Ran, *words: str) -> None:
    assert ran.code == 2, ran.said
    assert "Traceback" not in ran.said
    for word in words:
        assert word in ran.said, f"{word!r} is not in:\n{ran.said}"


def change(site: Site, slug: str, old: str, new: str) -> None:
    path = site.posts / f"{slug}.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_plan_only_reads_and_says_the_same_twice(
    cms: System, practice: Site, proxy: FaultProxy
) -> None:
    for _ in range(2):
        first, second = (fine(practice.plan("--format", "json")) for _ in range(2))
        assert first.out == second.out
        assert {each.method for each in proxy.log()} == {"GET"}
        fine(practice.go_live())
        proxy.reset()


def test_drafts_stay_drafts_until_somebody_says_otherwise(
    cms: System, practice: Site, proxy: FaultProxy
) -> None:
    for _ in range(2):
        fine(practice.publish())
        assert [cms.post(slug).state for slug in SLUGS] == ["draft", "draft"]
        assert {visitor_get(cms.post(slug).address).status for slug in SLUGS} == {404}
    assert not [each for each in proxy.writes() if "publish" in each.text.replace("published_", "")]
    change(practice, "tea", "We like", "We love")
    refused(practice.run("publish", "--to", cms.name, "--go-live"))  # nobody is there to ask
    assert "We like" in cms.post("tea").body


def test_an_address_that_is_taken_is_left_to_people(
    cms: System, site: NewSite, fault_proxy: PutBefore
) -> None:
    theirs = cms.write("tea", "Our tea list", "Green, black, red.")
    proxy = fault_proxy(cms)
    practice = site(cms, proxy.url)
    fill(practice, SLUGS)
    refused(practice.go_live(), theirs)
    assert "Green, black, red." in cms.post("tea").body
    assert cms.post("cake").state == "public"
    never(cms, proxy)


def test_what_a_person_changed_is_not_written_over(cms: System, site: NewSite) -> None:
    practice = site(cms)
    fill(practice, SLUGS)
    fine(practice.go_live())
    cms.swap(cms.post("tea").id, "We like tea", "We adore tea")
    change(practice, "tea", "We like", "We love")
    change(practice, "cake", "We like", "We love")
    refused(practice.go_live(), "tea", "adore")
    assert "We adore tea" in cms.post("tea").body
    assert "We love cake" in cms.post("cake").body
    fine(practice.go_live("--overwrite", "id-tea"))
    assert "We love tea" in cms.post("tea").body


def test_a_change_that_comes_in_between_is_not_written_over(
    cms: System, practice: Site, proxy: FaultProxy
) -> None:
    fine(practice.go_live())
    change(practice, "tea", "We like", "We love")
    id = cms.post("tea").id
    seen: list[Request] = []

    def after(request: Request) -> None:
        """Change the post right after the run has looked at all posts to make its plan."""
        if not seen and request.method == "GET" and f'"id":"{id}"' in _plain(request):
            seen.append(request)
            cms.swap(id, "We like tea", "We adore tea")

    proxy.after = after
    ran = practice.go_live()
    assert seen
    refused(ran, "tea")
    assert "We adore tea" in cms.post("tea").body


def _plain(request: Request) -> str:
    """Return an answer in which every id is quoted, as in Ghost's."""
    text = request.answer.decode("utf-8", "replace").replace(" ", "")
    return text.replace('"id":', '"id":"').replace('"id":""', '"id":"').replace(",", '",')


def test_a_draft_that_a_person_made_public_is_taken_as_such(
    cms: System, practice: Site, proxy: FaultProxy
) -> None:
    fine(practice.publish())
    cms.edit(cms.post("tea").id, state="public")
    fine(practice.go_live())
    assert [cms.post(slug).state for slug in SLUGS] == ["public", "public"]
    before = len(proxy.writes())
    fine(practice.go_live())
    assert len(proxy.writes()) == before


def test_a_source_that_is_gone_deletes_nothing(
    cms: System, practice: Site, proxy: FaultProxy
) -> None:
    fine(practice.go_live())
    (practice.posts / "tea.md").unlink()
    practice.go_live()
    assert cms.post("tea").state == "public"
    assert visitor_get(cms.post("tea").address).status == 200
    never(cms, proxy)


def test_a_picture_is_uploaded_once(cms: System, site: NewSite, fault_proxy: PutBefore) -> None:
    proxy = fault_proxy(cms)
    practice = site(cms, proxy.url)
    fill(practice, SLUGS)
    uploads = "/images/upload" if isinstance(cms, Ghost) else "/media"

    def sent() -> list[Request]:
        return [each for each in proxy.writes() if b"IHDR" in each.body and uploads in each.path]

    fine(practice.go_live())
    assert len(sent()) == len(cms.uploads()) == 1
    change(practice, "tea", "A grey square", "A small grey square")
    fine(practice.go_live())
    assert len(sent()) == len(cms.uploads()) == 1
    assert "A small grey square" in cms.post("tea").body
    practice.picture("grey.png", shade=200)
    fine(practice.go_live())
    assert len(sent()) == len(cms.uploads()) == 2


def test_what_would_send_mail_is_refused(
    clean_ghost: Ghost, site: NewSite, fault_proxy: PutBefore
) -> None:
    clean_ghost.ask("POST", "members/", json={"members": [{"email": "reader@example.test"}]})
    proxy = fault_proxy(clean_ghost)
    practice = site(clean_ghost, proxy.url)
    fill(practice, SLUGS)
    fine(practice.publish())
    id = clean_ghost.post("tea").id
    soon = "2050-01-01T00:00:00.000Z"
    query = "?newsletter=default-newsletter"
    clean_ghost.edit(id, state="scheduled", published_at=soon, query=query)
    refused(practice.go_live(), "tea")
    assert clean_ghost.post("tea").state == "scheduled"
    assert clean_ghost.post("cake").state == "public"
    never(clean_ghost, proxy)


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """Sends everything on to another host, or notes what came there."""

    to: ClassVar[str] = ""
    seen: ClassVar[list[tuple[str, str]]] = []

    def answer(self) -> None:
        if self.server.server_address[1] == int(self.to.rpartition(":")[2]):
            self.seen.append((self.command, str(self.headers)))
        self.send_response(308)
        self.send_header("Location", self.to + self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = do_PUT = answer

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_no_secret_goes_where_a_host_sends_on(cms: System, site: NewSite) -> None:
    Elsewhere.seen.clear()
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as here,
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as there,
    ):
        Elsewhere.to = f"http://127.0.0.1:{there.server_address[1]}"
        for each in (here, there):
            threading.Thread(target=each.serve_forever, args=(0.05,), daemon=True).start()
        practice = site(cms, f"http://127.0.0.1:{here.server_address[1]}")
        fill(practice, SLUGS)
        refused(practice.go_live(), "copydesk.toml")
        for each in (here, there):
            each.shutdown()
    assert not [headers for _, headers in Elsewhere.seen if "authorization" in headers.lower()]
    assert not [method for method, _ in Elsewhere.seen if method != "GET"]


def test_two_runs_at_once_do_not_get_in_each_other_s_way(
    cms: System, practice: Site, proxy: FaultProxy
) -> None:
    first = practice.start("publish", "--to", cms.name, "--yes", "--go-live")
    others: list[Ran] = []

    def before(request: Request) -> None:
        if not others and request.method != "GET":
            others.append(Ran(-1, "", ""))  # its own requests come by here, too
            others[0] = practice.go_live()

    proxy.before = before
    out, err = first.communicate(timeout=300)
    assert first.returncode == 0, out + err
    refused(others[0], "another run")
    fine(practice.go_live())
    never(cms, proxy)


@pytest.mark.parametrize("secret", ["wrong wrong wrong", f"{'0' * 24}:{'ab' * 32}"])
def test_a_wrong_secret_is_told_before_anything_else(
    cms: System, site: NewSite, fault_proxy: PutBefore, secret: str
) -> None:
    proxy = fault_proxy(cms)
    practice = site(cms, proxy.url)
    practice.lead_to(proxy.url, secret=secret)
    fill(practice, SLUGS)
    refused(practice.go_live())
    assert proxy.writes() == [], shown(proxy.writes())
