"""A real WordPress as tests see it."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from systems_kit import Seen, System, start, what

_STATES = {"publish": "public", "future": "scheduled", "trash": "trashed"}
_WORDS = {word: state for state, word in _STATES.items()}
_ANY = "publish,future,draft,pending,private,trash"


class WordPress(System):
    """WordPress by its REST API; Copydesk is `admin`, somebody else is `editor`."""

    name = "wp"
    kind = "wordpress"
    user = "admin"

    def __init__(self, folder: Path) -> None:
        env = start("start-wordpress.sh", folder)
        super().__init__(env, env["WP_URL"], env["WP_DB"], env["WP_UPLOADS"])
        self.secret = self.password("admin")

    def password(self, user: str) -> str:
        """Return the application password of admin, editor, author or contributor."""
        return self.env[f"WP_{user.upper()}_APP_PASSWORD"]

    def ask(self, method: str, path: str, user: str = "editor", **given: Any) -> Any:
        """Ask the API (`posts/5`) as a user; return what it answers, or fail the test."""
        answer = self._session.request(
            method,
            f"{self.url}/wp-json/wp/v2/{path}",
            auth=(user, self.password(user)),
            timeout=60,
            **given,
        )
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:400]}"
        return answer.json()

    def everything(self, path: str, **params: Any) -> Iterator[dict[str, Any]]:
        """Yield the items of a list, page by page, as the administrator."""
        page, most = 1, 100
        while True:
            params |= {"per_page": most, "page": page, "orderby": "id", "order": "asc"}
            items = self.ask("GET", path, "admin", params=params)
            yield from items
            if len(items) < most:
                return
            page += 1

    def posts(self) -> Iterator[Seen]:
        terms = {tag["id"]: html.unescape(tag["name"]) for tag in self.everything("tags")}
        for raw in self.everything("posts", status=_ANY, context="edit"):
            yield Seen(
                str(raw["id"]),
                raw["slug"],
                raw["title"]["raw"],
                _STATES.get(raw["status"], raw["status"]),
                raw["content"]["raw"],
                tuple(sorted(terms[id] for id in raw["tags"])),
                raw["link"],
                raw,
            )

    def media(self) -> list[dict[str, Any]]:
        """Return what the media library holds."""
        return list(self.everything("media", context="edit"))

    def uploads(self) -> list[str]:
        return [each["media_details"].get("file", each["source_url"]) for each in self.media()]

    def standing(self) -> list[dict[str, Any]]:
        names = {each["id"]: html.unescape(each["name"]) for each in self.everything("categories")}
        pictures = {each["id"]: (each["slug"], each["alt_text"]) for each in self.media()}
        return [
            what(post)
            | {
                "body": re.sub(r'("id":|wp-image-)\d+', r"\1N", post.body),
                "excerpt": post.raw["excerpt"]["raw"],
                "date": post.raw["date_gmt"],
                "categories": sorted(names[id] for id in post.raw["categories"]),
                "picture": pictures.get(post.raw["featured_media"]),
            }
            for post in self.posts()
            if post.state != "trashed"
        ]

    def mails(self) -> int:
        log = Path(self.env["WP_MAIL_LOG"])
        return log.read_text("utf-8").count("\n") if log.exists() else 0

    def clean(self) -> None:
        super().clean()
        Path(self.env["WP_MAIL_LOG"]).unlink(missing_ok=True)

    def cron(self) -> None:
        """Let WordPress do what is due, as a visit would on a real site."""
        self._session.get(f"{self.url}/wp-cron.php", timeout=60).raise_for_status()

    def tag(self, name: str) -> int:
        """Return the number of a tag, which is made where it is not there."""
        for each in self.everything("tags"):
            if html.unescape(each["name"]) == name:
                return int(each["id"])
        return int(self.ask("POST", "tags", json={"name": name})["id"])

    def write(self, slug: str, title: str, text: str, state: str = "draft") -> str:
        body = {"slug": slug, "title": title, "content": text, "status": _WORDS.get(state, state)}
        return str(self.ask("POST", "posts", json=body)["id"])

    def edit(self, id: str, **fields: Any) -> None:
        if "state" in fields:
            state = fields.pop("state")
            fields["status"] = _WORDS.get(state, state)
        if "tags" in fields:
            fields["tags"] = [self.tag(name) for name in fields["tags"]]
        self.ask("POST", f"posts/{id}", json=fields)

    def swap(self, id: str, old: str, new: str) -> None:
        text = self.ask("GET", f"posts/{id}?context=edit")["content"]["raw"]
        assert old in text, f"{old!r} is not in post {id}"
        self.edit(id, content=text.replace(old, new))

    def remove(self, id: str) -> None:
        self.ask("DELETE", f"posts/{id}")

    def secrets(self) -> tuple[str, ...]:
        spellings = (self.secret, self.secret.replace(" ", ""))
        both = (base64.b64encode(f"admin:{each}".encode()).decode() for each in spellings)
        return (*spellings, *both)
