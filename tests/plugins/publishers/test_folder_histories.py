"""Random histories of a site: whatever happened before, a run leads to the same folder."""

from __future__ import annotations

import tempfile
from itertools import islice
from pathlib import Path

from folder_site import FakeView, publish, rows, snapshot, target
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.api import Ledger

IDS = ["a", "b", "c", "d"]
SLUGS = ["one", "two", "three", "four", "five"]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("text"), st.sampled_from(IDS), st.integers(0, 2)),
        st.tuples(st.just("slug"), st.sampled_from(IDS), st.sampled_from(SLUGS)),
        st.tuples(st.just("day"), st.sampled_from(IDS), st.integers(0, 5)),
        st.tuples(st.just("draft"), st.sampled_from(IDS), st.booleans()),
        st.tuples(st.just("delete"), st.sampled_from(SLUGS), st.none()),
        st.tuples(st.just("previews"), st.none(), st.booleans()),
        st.tuples(st.just("part of a run"), st.none(), st.integers(0, 12)),
        st.tuples(st.just("run"), st.none(), st.none()),
    ),
    max_size=14,
)


def start(root: Path) -> FakeView:
    view = FakeView(root, url="https://harbour.example/")
    for number, id in enumerate(IDS):
        view.add(id, number, slug=SLUGS[number])
    return view


def take(view: FakeView, site: Path, step: tuple[str, str, object]) -> None:
    what, id, value = step
    if what == "text":
        other = IDS[value]  # type: ignore[call-overload]
        view.texts[id] = f'<p>{value} <a href="copydesk:{other}">see</a></p>'
    elif what == "slug":
        other = next((p.id for p in view.wanted if p.slug == value), id)
        view.change(other, slug=view.posts[id].slug)  # slugs are unique: two posts swap theirs
        view.change(id, slug=value)
    elif what == "day":
        view.add(
            id,
            value,
            view.texts[id],
            slug=view.posts[id].slug,  # type: ignore[arg-type]
            decision=view.posts[id].decision,
        )
    elif what == "draft":
        view.change(id, decision="draft" if value else "live")
    elif what == "delete":
        (site / f"{id}.html").unlink(missing_ok=True)
    elif what == "previews":
        view.previews = bool(value)
    elif what == "part of a run":
        receipts = target(site).apply(target(site).plan(view), view)
        assert all(r.done for r in islice(receipts, value))  # type: ignore[call-overload]
        receipts.close()  # type: ignore[attr-defined]
    else:
        publish(view, site)


@settings(deadline=None, max_examples=60)
@given(STEPS, st.booleans())
def test_every_history_leads_to_the_same_folder(
    steps: list[tuple[str, str, object]], lose: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name).resolve()
        view, site = start(root), root / "there" / "site"
        for step in steps:
            take(view, site, step)
        if lose:
            view.ledger = Ledger()
        view.previews = True  # a run that is not about previews leaves those there are alone
        plan, receipts = publish(view, site)
        assert all(r.done for r in receipts), [r.message for r in receipts if not r.done]
        assert rows(plan, "conflict") == {}
        plan, _ = publish(view, site)
        assert not rows(plan, "create", "update", "links only", "remove", "conflict")
        fresh = root / "fresh" / "site"
        view.ledger, ledger = Ledger(), view.ledger
        publish(view, fresh)
        assert snapshot(fresh.parent) == snapshot(site.parent)
        assert view.ledger == ledger
