"""Whatever happens to a site that is carried over by hand: nothing twice, and links both ways."""

from __future__ import annotations

import io
import os
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from cli_kit import NOW, Ran, post, tree, write
from handing_kit import CONFIG, ledger, links, pages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = ("a", "b", "c", "d")
#: (What happens, to which post, and a number that says how.)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["text", "day", "slug", "draft", "broken", "gone", "done", "run", "down", "theirs"]
        ),
        st.sampled_from(NAMES),
        st.integers(0, 3),
    ),
    min_size=3,
    max_size=8,
)


def run(*arguments: str) -> Ran:
    from copydesk.cli.main import run as main

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([*arguments, "--now", NOW])
    return Ran(code, out.getvalue(), err.getvalue())


class History:
    """A site, and what has happened to each source so far."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.state = {name: {"day": 2 * n + 1, "id": name} for n, name in enumerate(NAMES)}
        self.text = dict.fromkeys(NAMES, 0)
        write("copydesk.toml", CONFIG)
        for name in NAMES:
            self.write(name)

    def write(self, name: str) -> None:
        text = f"There is a {('first', 'second', 'third', 'fourth')[self.text[name]]} version."
        write(f"posts/{name}.md", post(f"About {name}", text, **self.state[name]))

    def take(self, what: str, name: str, number: int) -> None:
        mine = self.state[name]
        if what == "text":
            self.text[name] = number
        elif what == "day":
            mine["day"] = 2 * NAMES.index(name) + 1 + 7 * number
        elif what == "slug":
            mine["slug"] = f"{name}-{number}"
        elif what == "draft":
            mine["state"] = "draft" if number % 2 else "published"
        elif what == "broken":
            mine["updated"] = "2026-02-30" if number % 2 else "2026-05-01"
        elif what == "gone":
            Path(f"posts/{name}.md").unlink(missing_ok=True)
            return
        elif what == "done":
            for path in (Path(f"handover/post-{name}.html"), Path("wxr.wxr.xml")):
                path.unlink(missing_ok=True)
            return
        elif what == "run":
            self.publish()
            return
        elif what in ("down", "theirs"):
            command = ["unpublish", name] if what == "down" else ["publish", "--take-theirs", name]
            assert run(*command, "--to", self.target).code in (0, 1, 2)
            return
        self.write(name)

    def publish(self) -> None:
        ran = run("publish", "--to", self.target)
        assert ran.code in (0, 1), ran.said

    def check(self) -> None:
        self.publish()
        before = tree()
        self.publish()
        assert tree() == before, "a second run wrote something"
        if not Path(f".copydesk/{self.target}.json").exists():
            return  # there was never anything to hand over
        posts = ledger(self.target)["posts"]
        public = {each["address"]: id for id, each in posts.items() if each["public"]}
        assert len(public) == sum(each["public"] for each in posts.values())
        if self.target == "paste":
            self.check_chain(posts, public)
            waiting = [id for id, each in posts.items() if each["remote"].get("waits")]
            assert pages() == sorted(waiting)

    def check_chain(self, posts: dict, public: dict[str, str]) -> None:
        """Hold every link against the one that leads back."""
        import json

        block = {
            id: links(json.loads(each["remote"]["now"]).get("links", ""))
            for id, each in posts.items()
            if each["public"]
        }
        address = {id: where for where, id in public.items()}
        for id, mine in block.items():
            for there, back in (("prev", "next"), ("next", "prev")):
                if there in mine:
                    other = public[mine[there]]
                    assert block[other][back] == address[id], f"{id} -> {other}"
        ends = [id for id, mine in block.items() if "next" not in mine]
        assert len(ends) == (1 if block else 0), "there is one chain"


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(STEPS, st.sampled_from(["paste", "wxr"]))
def test_every_history_ends_well(steps: list[tuple[str, str, int]], target: str) -> None:
    home = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        try:
            history = History(target)
            for step in steps:
                history.take(*step)
            history.check()
        finally:
            os.chdir(home)
