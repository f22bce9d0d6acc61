"""A small site of posts that is published to a real system by the real command line."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from systems_kit import System

#: The middle of the day of all tests: posts of 2026 up to May are due, those of 2027 are not.
NOW = "2026-06-01T12:00:00Z"


class Ran(NamedTuple):
    """What came of a run; `code` is negative where it was killed."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that was printed."""
        return self.out + self.err


class Site:
    """A folder with a configuration, posts, and one target that is a real system.

    `url` is where the target is reached: the system itself, or a proxy before it. Every run is
    checked: the secret stands neither in its output nor in any file that it left.
    """

    def __init__(self, folder: Path, system: System, url: str = "", user: str = "") -> None:
        self.folder = folder / "practice"
        self.posts = self.folder / "posts"
        self.posts.mkdir(parents=True)
        self.system = system
        self.target = system.name
        self._home = folder / "home"
        self._secret = system.secret
        self.lead_to(url or system.url, user or system.user)

    def lead_to(self, url: str, user: str = "", secret: str = "", more: str = "") -> None:
        """Write the configuration anew: another address, user, secret, or more lines."""
        self.url = url
        self._secret = secret or self._secret
        lines = ["root = true", 'timezone = "America/New_York"', f"[targets.{self.target}]"]
        lines += [f'kind = "{self.system.kind}"', f'url = "{url}/"']
        lines += [f'user = "{user}"'] if user or self.system.user else []
        text = "\n".join([*lines, more, ""]).replace('user = ""', f'user = "{self.system.user}"')
        (self.folder / "copydesk.toml").write_text(text, "utf-8")

    def post(self, slug: str, text: str = "", day: int = 1, **front_matter: object) -> Path:
        """Write a post that is due, published on a day of March 2026, with an id of its own."""
        values = {
            "title": slug.replace("-", " ").capitalize(),
            "slug": slug,
            "id": f"id-{slug}",
            "state": "published",
            "published": f"2026-03-{day:02}T09:00:00Z",
            "description": f"What to know about {slug.replace('-', ' ')}.",
        } | front_matter
        lines = (f"{key}: {value}" for key, value in values.items() if value is not None)
        path = self.posts / f"{slug}.md"
        text = text or f"We wrote down what there is to know about {slug.replace('-', ' ')}."
        path.write_text("---\n" + "\n".join(lines) + f"\n---\n\n{text}\n", "utf-8")
        return path

    def picture(self, name: str, shade: int = 0) -> Path:
        """Write a small picture below the posts; another shade is another content."""
        path = self.posts / "images" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(png(shade))
        return path

    def run(self, *arguments: str, **env: str) -> Ran:
        """Run the command line to its end."""
        process = self.start(*arguments, **env)
        out, err = process.communicate(timeout=300)
        ran = Ran(process.returncode, out, err)
        self.check_secrets(ran)
        return ran

    def start(self, *arguments: str, **env: str) -> subprocess.Popen[str]:
        """Start the command line as a process of its own."""
        variable = f"COPYDESK_{self.target.upper()}"
        secrets = {f"{variable}_SECRET": self._secret, f"{variable}_URL": self.url}
        home = {"HOME": str(self._home), "XDG_CACHE_HOME": str(self._home / "cache")}
        return subprocess.Popen(
            [sys.executable, "-m", "copydesk", *arguments, "--now", NOW],
            cwd=self.folder,
            env={**os.environ, **home, **secrets, "NO_COLOR": "1", **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def plan(self, *arguments: str) -> Ran:
        """Show the plan."""
        return self.run("plan", "--to", self.target, *arguments)

    def publish(self, *arguments: str) -> Ran:
        """Publish as drafts."""
        return self.run("publish", "--to", self.target, "--yes", *arguments)

    def go_live(self, *arguments: str) -> Ran:
        """Publish and make public."""
        return self.publish("--go-live", *arguments)

    def check_secrets(self, ran: Ran) -> None:
        """Fail where a secret was printed or left in a file."""
        files = (path for top in (self.folder, self._home) for path in top.rglob("*"))
        texts = {"what was printed": ran.said.encode()}
        texts |= {str(path): path.read_bytes() for path in files if path.is_file()}
        for spelling in (*self.system.secrets(), self._secret):
            shown = [name for name, text in texts.items() if spelling.encode() in text]
            assert not shown, f"a secret stands in {shown}"


def kill(process: subprocess.Popen[str]) -> None:
    """End a process as a cut of power would."""
    process.send_signal(signal.SIGKILL)


def png(shade: int = 0) -> bytes:
    """Return a picture of 16 times 16 points in one shade of grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        sum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", sum)

    rows = b"".join(b"\0" + bytes([shade]) * 16 for _ in range(16))
    head = struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def shown(values: Any) -> str:
    """Return one value a line, for messages of assertions."""
    return "\n".join(getattr(each, "shown", str(each)) for each in values)
