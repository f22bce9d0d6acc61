"""What the fault matrix and the kill sweep share: a small site, and what must hold in the end."""

from __future__ import annotations

import re
from difflib import unified_diff
from typing import Any, NamedTuple

from cms_kit import Ran, Site, shown
from fault_proxy import FaultProxy, Request
from systems_kit import System, visitor_get

_LIVE = re.compile(r'"status": ?"publish')
_CONTENT = re.compile(r'"(content|lexical|title)"')
_POST = re.compile(r"/posts/([0-9a-f]+)/?(\?|$)")
_CREATE = re.compile(r"/posts/?(\?[^/]*)?$")
_ID = re.compile(rb'"id": ?"?([0-9a-f]+)')
#: Faults after which the client holds the server's whole answer.
_WHOLE = ("", "twice", "delay")


class End(NamedTuple):
    """How things stand after a run: the posts and the uploaded files."""

    posts: list[dict[str, Any]]
    uploads: list[str]


def end(system: System) -> End:
    """Return how things stand."""
    # Which of two drafts was made first is of no account to anybody.
    posts = sorted(system.standing(), key=lambda post: str(post["slug"]))
    return End(posts, sorted(system.uploads()))


def fill(site: Site, slugs: tuple[str, ...]) -> None:
    """Write posts with a picture, tags and a category, a day apart."""
    site.picture("grey.png")
    for day, slug in enumerate(slugs, 1):
        site.post(
            slug,
            f"We like {slug}.\n\n![A grey square](images/grey.png)",
            day,
            category="House",
            tags="[Food, Questions & answers]",
            image="images/grey.png",
            image_alt="A grey square",
        )


def undisturbed(site: Site, system: System) -> End:
    """Publish on a clean system with nothing in the way; return how things stand then."""
    ran = site.go_live()
    assert ran.code == 0, ran.said
    return end(system)


def settled(
    site: Site, system: System, proxy: FaultProxy, expected: End, copies: bool = False
) -> None:
    """Fail unless all is as an undisturbed run leaves it, and another run has nothing to do.

    `copies` says that a picture is there twice, so that posts may use either.
    """
    found = end(system)
    if copies:
        found, expected = _with_first_copies(found), _with_first_copies(expected)
    assert differences(found, expected) == []
    before = len(proxy.writes())
    again = site.go_live()
    assert again.code == 0, again.said
    assert proxy.writes()[before:] == [], shown(proxy.writes()[before:])
    never(system, proxy)


def _with_first_copies(end: End) -> End:
    """Return how things would stand with the first copy of each picture in the place of others.

    The part of our mark that hashes the addresses of pictures is left out.
    """
    return end._replace(
        posts=[{name: _first(value) for name, value in post.items()} for post in end.posts]
    )


def _first(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_first, value))
    if not isinstance(value, str):
        return value
    value = re.sub(r"(grey-[0-9a-f]{16})-\d+\b", r"\1", value)
    return re.sub(r"(text=[0-9a-f]{40})[0-9a-f]{20}", r"\1", value)


def differences(found: End, expected: End) -> list[str]:
    """Return each field that is not as expected, as a diff."""
    told = []
    slugs, wanted = ([each["slug"] for each in end.posts] for end in (found, expected))
    if slugs != wanted or found.uploads != expected.uploads:
        told.append(f"{slugs} {found.uploads}, expected: {wanted} {expected.uploads}")
    for have, want in zip(found.posts, expected.posts, strict=False):
        for name in want:
            if have[name] != want[name]:
                lines = (re.split(r"(?<=[>,])", str(each[name])) for each in (have, want))
                diff = "\n".join(unified_diff(*lines, "found", "expected", n=0, lineterm=""))
                told.append(f"{want['slug']}, {name}:\n{diff}")
    return told


def never(system: System, proxy: FaultProxy) -> None:
    """Fail where something happened that may never happen, at no time and for no reason."""
    assert system.mails() == 0
    assert not [each for each in proxy.log() if each.method == "DELETE"]
    assert not [each.slug for each in system.posts() if re.search(r"-\d+$", each.slug)]
    assert unverified(proxy.log()) == []


def unverified(log: list[Request]) -> list[str]:
    """Return what was made public though it was not read back after its last text was sent."""
    sent: dict[str, int] = {}
    read: dict[str, int] = {}
    found = []
    for request in log:
        id = _id_of(request)
        if request.method == "GET" and request.fault.partition(":")[0] in _WHOLE:
            read |= {each.decode(): request.number for each in _ID.findall(request.answer)}
        elif id and _LIVE.search(request.text):
            if sent.get(id, 0) >= read.get(id, 0):
                found.append(request.shown)
        elif id and request.status is not None and _CONTENT.search(request.text):
            sent[id] = request.number
    return found


def _id_of(request: Request) -> str:
    """Return the id of the post that a request writes, or nothing."""
    if request.method not in ("POST", "PUT"):
        return ""
    named = _POST.search(request.path)
    if named is None and _CREATE.search(request.path):
        made = _ID.search(request.answer)
        return made[1].decode() if made else ""
    return named[1] if named else ""


def public(system: System, slugs: tuple[str, ...]) -> None:
    """Fail unless visitors get each post, with links to the one before and the one after."""
    for at, slug in enumerate(slugs):
        page = visitor_get(f"{system.url}/{slug}/")
        assert page.status == 200, slug
        assert f"We like {slug}." in page.text or f"We love {slug}." in page.text
        block = re.search(r'<nav data-copydesk="links".*?</nav>', page.text, re.S)
        expected = [("prev", slugs[at - 1])] if at else []
        expected += [("next", slugs[at + 1])] if at + 1 < len(slugs) else []
        links = re.findall(r'rel="(\w+)" href="([^"]+)"', block[0]) if block else []
        assert links == [(rel, f"{system.url}/{other}/") for rel, other in expected]


def no_traceback(ran: Ran) -> None:
    """Fail where a person was shown the program's insides."""
    assert "Traceback" not in ran.said, ran.said
