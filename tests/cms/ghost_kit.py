"""A real Ghost as tests see it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from systems_kit import Seen, System, start, what

_STATES = {"published": "public"}
_WORDS = {word: state for state, word in _STATES.items()}


def token(key: str) -> str:
    """Return a login for an Admin API key, good for five minutes."""
    id, _, secret = key.partition(":")
    now = int(time.time())

    def part(value: object) -> bytes:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    head = part({"alg": "HS256", "typ": "JWT", "kid": id})
    head += b"." + part({"iat": now, "exp": now + 300, "aud": "/admin/"})
    sign = hmac.new(bytes.fromhex(secret), head, hashlib.sha256).digest()
    return (head + b"." + base64.urlsafe_b64encode(sign).rstrip(b"=")).decode()


class Ghost(System):
    """Ghost by its Admin API; Copydesk has one key, somebody else another."""

    name = "gh"
    kind = "ghost"
    user = ""

    def __init__(self, folder: Path) -> None:
        env = start("start-ghost.sh", folder)
        self.secret = env["GHOST_ADMIN_API_KEY"]
        super().__init__(env, env["GHOST_URL"], env["GHOST_DB"], env["GHOST_IMAGES"])

    def ask(self, method: str, path: str, **given: Any) -> Any:
        """Ask the API (`posts/ID/`) with the other key; return what it answers, or fail."""
        answer = self._session.request(
            method,
            f"{self.url}/ghost/api/admin/{path}",
            headers={"Authorization": f"Ghost {token(self.env['GHOST_OTHER_API_KEY'])}"},
            timeout=60,
            **given,
        )
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:400]}"
        return answer.json() if answer.content else None

    def posts(self) -> Iterator[Seen]:
        page: int | None = 1
        while page:
            params = {"formats": "lexical", "limit": 100, "page": page, "order": "id asc"}
            got = self.ask("GET", "posts/", params=params)
            for raw in got["posts"]:
                yield Seen(
                    raw["id"],
                    raw["slug"],
                    raw["title"],
                    _STATES.get(raw["status"], raw["status"]),
                    raw["lexical"] or "",
                    tuple(sorted(each["name"] for each in raw["tags"])),
                    f"{self.url}/{raw['slug']}/",
                    raw,
                )
            page = got["meta"]["pagination"]["next"]

    def uploads(self) -> list[str]:
        found = (path.relative_to(self.files) for path in self.files.rglob("*") if path.is_file())
        # Beside each picture Ghost keeps it as it came (`_o`), and smaller ones (`size`).
        kept = (path for path in found if path.parts[0] != "size" and path.stem[-2:] != "_o")
        return sorted(map(str, kept))

    def standing(self) -> list[dict[str, Any]]:
        names = (
            "custom_excerpt", "published_at", "feature_image", "feature_image_alt",
            "codeinjection_head", "canonical_url",
        )  # fmt: skip
        return [what(post) | {name: post.raw[name] for name in names} for post in self.posts()]

    def mails(self) -> int:
        return int(self.query("select count(*) from emails")[0][0])

    def write(self, slug: str, title: str, text: str, state: str = "draft") -> str:
        post = {"slug": slug, "title": title, "html": f"<p>{text}</p>"}
        post["status"] = _WORDS.get(state, state)
        made = self.ask("POST", "posts/?source=html", json={"posts": [post]})
        return str(made["posts"][0]["id"])

    def edit(self, id: str, **fields: Any) -> None:
        query = fields.pop("query", "")
        if "state" in fields:
            state = fields.pop("state")
            fields["status"] = _WORDS.get(state, state)
        fields["updated_at"] = self._read(id)["updated_at"]
        self.ask("PUT", f"posts/{id}/{query}", json={"posts": [fields]})

    def swap(self, id: str, old: str, new: str) -> None:
        text = self._read(id)["lexical"]
        assert old in text, f"{old!r} is not in post {id}"
        self.edit(id, lexical=text.replace(old, new))

    def remove(self, id: str) -> None:
        self.ask("DELETE", f"posts/{id}/")

    def _read(self, id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("GET", f"posts/{id}/?formats=lexical")["posts"][0]
        return found

    def secrets(self) -> tuple[str, ...]:
        return (self.secret, self.secret.partition(":")[2], "eyJhbGciOi", "eyJ0eXAiOi")
