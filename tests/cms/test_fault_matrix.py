"""Every fault at every kind of write: after one more run all is as if nothing had happened.

That is: one post for each source, none with `-2` in its address, nothing public that was not read
back, no mail, nothing deleted, and a third run with nothing to do. The one exception is a create
that arrived twice: only a person may delete a post, so both are named and nothing goes live.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from cms_kit import Ran, Site
from fault_proxy import FAULTS, FaultProxy
from faults_kit import End, end, fill, never, no_traceback, public, settled, undisturbed
from systems_kit import System, visitor_get

SLUGS = ("cake", "tea")
#: Longer than Copydesk waits for an answer.
DELAY = "delay:11"

#: operation: the write that is spoiled, in each system; one line of the proxy's plan without fault.
OPERATIONS = {
    "create": {"wordpress": "POST /posts(\\?|$)", "ghost": "POST /posts/(\\?|$)"},
    "update": {
        "wordpress": 'POST /posts/\\d+ "content"',
        "ghost": 'PUT /posts/\\w+/ "lexical"',
    },
    "media": {"wordpress": "POST /media(\\?|$)", "ghost": "POST /images/upload/"},
    # Ghost makes terms together with the post that has them.
    "term": {"wordpress": "POST /tags", "ghost": 'PUT /posts/\\w+/ "Warm"'},
    "status": {
        "wordpress": 'POST /posts/\\d+ "status": ?"publish"',
        "ghost": 'PUT /posts/\\w+/ "status": ?"published"',
    },
    "links": {"wordpress": "POST /posts/\\d+ rel=", "ghost": "PUT /posts/\\w+/ rel="},
}
#: These spoil a second run, in which the text or the tags have changed.
LATER = ("update", "term")
CASES = [(operation, fault) for fault in FAULTS for operation in OPERATIONS]
#: One operation for each fault, each operation twice, and the worst of all.
SAMPLE = {
    *((list(OPERATIONS)[at % len(OPERATIONS)], fault) for at, fault in enumerate(FAULTS)),
    ("create", "cut-after"),
    ("create", "twice"),
}


def cases() -> list[Any]:
    return [
        pytest.param(*case, marks=() if case in SAMPLE else (pytest.mark.full,), id="-".join(case))
        for case in CASES
    ]


def change(site: Site, operation: str) -> None:
    """Change the sources as the operation needs it."""
    path = site.posts / "tea.md"
    old, new = ("We like", "We love") if operation == "update" else ("[Food,", "[Food, Warm,")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def prepare(site: Site, system: System, operation: str) -> None:
    """Come to where the operation is next."""
    fill(site, SLUGS)
    if operation in LATER:
        undisturbed(site, system)
        change(site, operation)


@pytest.fixture(scope="module")
def expected() -> dict[tuple[str, str], End]:
    """How things stand after undisturbed runs, by system and operation."""
    return {}


def expected_end(
    known: dict[tuple[str, str], End],
    make: Callable[..., Site],
    system: System,
    operation: str,
) -> End:
    key = (system.kind, operation if operation in LATER else "create")
    if key not in known:
        site = make(system, name="undisturbed")
        prepare(site, system, operation)
        known[key] = undisturbed(site, system)
        system.clean()
    return known[key]


@pytest.mark.parametrize(("operation", "fault"), cases())
def test_a_fault_leaves_no_trace(
    operation: str,
    fault: str,
    cms: System,
    site: Callable[..., Site],
    fault_proxy: Callable[[System], FaultProxy],
    expected: dict[tuple[str, str], End],
    record_property: Callable[[str, object], None],
) -> None:
    wanted = expected_end(expected, site, cms, operation)
    proxy = fault_proxy(cms)
    practice = site(cms, proxy.url)
    prepare(practice, cms, operation)
    method, path, *body = OPERATIONS[operation][cms.kind].split(" ", 2)
    proxy.plan(" ".join((method, path, DELAY if fault == "delay" else fault, *body)))
    first = practice.go_live()
    assert proxy.unused() == 0, "the fault met nothing"
    no_traceback(first)
    if (operation, fault) == ("create", "twice"):
        twin_is_named(cms, practice, first)
        record_property("end", "twin named")
    else:
        never(cms, proxy)
        second = practice.go_live()
        assert second.code == 0, second.said
        record_property("end", "at once" if first.code == 0 else "after one more run")
    copies = fault == "twice" and operation == "media"
    if copies:
        wanted = wanted._replace(uploads=end(cms).uploads)  # the second copy stays in the library
    settled(practice, cms, proxy, wanted, copies)
    public(cms, SLUGS)


def twin_is_named(system: System, site: Site, first: Ran) -> None:
    """Two posts came of one: both are named, neither goes live until a person deletes one."""
    for ran in (first, site.go_live()):
        ours = {each.slug: each for each in system.posts() if each.slug.startswith(SLUGS)}
        twins = [ours[slug] for slug in sorted(ours) if {slug + "-2", slug[:-2]} & set(ours)]
        assert len(twins) == 2, sorted(ours)
        assert ran.code == 2, ran.said
        assert all(each.id in ran.said for each in twins), ran.said
        assert [each.state for each in twins] == ["draft", "draft"]
        assert all(visitor_get(each.address).status == 404 for each in twins)
    system.remove(twins[1].id)
    last = site.go_live()
    assert last.code == 0, last.said
