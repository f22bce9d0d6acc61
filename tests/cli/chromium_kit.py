"""A headless Chromium that tests look through: spoken to over a pipe, with nothing but JSON."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")


def program() -> str:
    """Return the browser of this machine, or an empty text."""
    return next((found for name in NAMES if (found := shutil.which(name))), "")


class Chromium:
    """One browser; `ask` sends a command and returns its answer."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = os.fdopen(commands, "wb", buffering=0)
        self._answers = os.fdopen(answers, "rb")
        self._count = 0
        self._rest = b""
        self.events: list[dict[str, Any]] = []

    def ask(self, method: str, session: str = "", **params: Any) -> Any:
        self._count += 1
        message = {"id": self._count, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        self._commands.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._answers.fileno(), 1 << 16)
            assert piece, "the browser ended"
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(line)
        return found

    def open(self, path: Path) -> Page:
        """Open a file in a tab of its own."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Network", "Log"):
            page.ask(f"{domain}.enable")
        page.ask("Emulation.setFocusEmulationEnabled", enabled=True)
        page.ask("Page.navigate", url=path.resolve().as_uri())
        page.run("new Promise(go => document.readyState == 'complete' ? go() : onload = go)")
        return page


class Page:
    """One tab."""

    def __init__(self, browser: Chromium, session: str) -> None:
        self._browser, self._session = browser, session

    def ask(self, method: str, **params: Any) -> Any:
        return self._browser.ask(method, self._session, **params)

    def run(self, script: str) -> Any:
        """Run a line as if a person had done it, and return what it comes to."""
        answer = self.ask(
            "Runtime.evaluate",
            expression=script,
            userGesture=True,
            awaitPromise=True,
            returnByValue=True,
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def click(self, name: str) -> None:
        """Press the one button of a name, with the mouse, and wait until the page has said so."""
        quoted = json.dumps(name)
        place = self.run(
            f"(() => {{ const all = [...document.querySelectorAll('button')]"
            f".filter(b => b.textContent == {quoted}); const b = all[0];"
            "b.scrollIntoView({block: 'center'}); const r = b.getBoundingClientRect();"
            "return [all.length, r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        assert place[0] == 1, f"{place[0]} buttons are called {name}"
        for kind in ("mousePressed", "mouseReleased"):
            self.ask(
                "Input.dispatchMouseEvent",
                type=kind, x=place[1], y=place[2], button="left", clickCount=1,
            )  # fmt: skip

    def clipboard(self) -> dict[str, str]:
        """Return what was copied last, by kind."""
        found: dict[str, str] = self.run(
            "(async () => { const found = {}; for (const item of await navigator.clipboard.read())"
            " for (const kind of item.types) found[kind] = await (await item.getType(kind)).text();"
            " return found; })()"
        )
        return found

    def asked_for(self) -> list[str]:
        """Return the addresses that this tab asked for and was not kept from by its policy."""
        asked: dict[str, str] = {}
        for each in self._browser.events:
            if each.get("sessionId") != self._session:
                continue
            given = each["params"]
            if each["method"] == "Network.requestWillBeSent":
                asked[given["requestId"]] = given["request"]["url"]
            elif each["method"] == "Network.loadingFailed" and given.get("blockedReason") == "csp":
                del asked[given["requestId"]]
        return list(asked.values())

    def names(self, role: str) -> list[str]:
        """Return what a screen reader calls the elements of a role."""
        nodes = self.ask("Accessibility.getFullAXTree")["nodes"]
        return [
            each["name"]["value"]
            for each in nodes
            if not each.get("ignored") and each.get("role", {}).get("value") == role
        ]


@contextmanager
def chromium(profile: Path) -> Iterator[Chromium]:
    """Start a browser with a new profile, and end it."""
    theirs, commands = os.pipe()
    answers, mine = os.pipe()
    flags = "--headless=new --no-sandbox --disable-gpu --no-first-run --remote-debugging-pipe"
    process = subprocess.Popen(
        ["bash", "-c", f'exec "$0" {flags} "$@" 3<&{theirs} 4>&{mine}', program(),
         f"--user-data-dir={profile}", "about:blank"],
        pass_fds=(theirs, mine),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    os.close(mine)
    browser = Chromium(commands, answers)
    try:
        browser.ask(
            "Browser.grantPermissions",
            permissions=["clipboardReadWrite", "clipboardSanitizedWrite"],
        )
        yield browser
    finally:
        process.terminate()
        process.wait(30)
