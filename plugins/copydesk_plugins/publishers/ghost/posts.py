"""A Ghost as the engine asks it: its posts read, found, made and changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from copydesk.api import LocalFile
from copydesk_plugins.publishers.cms.remote import (
    Account,
    Difference,
    File,
    Held,
    Lost,
    Moved,
    Refused,
    State,
    Wish,
)
from copydesk_plugins.publishers.ghost import comparing, greeting
from copydesk_plugins.publishers.ghost.addresses import literal, with_query
from copydesk_plugins.publishers.ghost.answers import unclear
from copydesk_plugins.publishers.ghost.api import Api, TooMuch
from copydesk_plugins.publishers.ghost.degrading import degraded
from copydesk_plugins.publishers.ghost.documents import with_block
from copydesk_plugins.publishers.ghost.exporting import GhostExporter
from copydesk_plugins.publishers.ghost.fields import (
    date_for,
    fields_of,
    require_fit,
    tag_list,
)
from copydesk_plugins.publishers.ghost.head import read_head, with_head
from copydesk_plugins.publishers.ghost.keys import tag_name
from copydesk_plugins.publishers.ghost.media import Media
from copydesk_plugins.publishers.ghost.reading import (
    ID,
    WITH,
    Odd,
    Site,
    held_post,
    old_form,
    posts_of,
    rendered,
)
from copydesk_plugins.publishers.ghost.states import state_fields
from copydesk_plugins.publishers.ghost.tags import known_names

#: How many posts are asked for at once; fewer where an answer would be too large.
_PAGES = (100, 50, 20, 5, 1)
_MOST_PAGE = 16 * 1024 * 1024
_MOST_POST = 32 * 1024 * 1024


class Ghost:
    """One Ghost site."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known_site: Site | None = None

    def greet(self) -> Account:
        """Log in and return who we are; raises Lost for anything that would fail later."""
        account, self._known_site = greeting.greet(self._api)
        return account

    def posts(self) -> Iterator[Held]:
        """Yield every post in every state, page by page, in the order in which they were made."""
        last, page = "0", 0
        while True:
            rest = f"id:>{literal(last)}"
            query = with_query("posts/", **WITH, limit=_PAGES[page], order="id asc", filter=rest)
            most = _MOST_PAGE if _PAGES[page] > 1 else _MOST_POST
            try:
                found = self._ask(query, most)
            except TooMuch:
                if page == len(_PAGES) - 1:
                    raise
                page += 1
                continue
            for held in found:
                yield held
                last = max(last, held.remote)
            if len(found) < _PAGES[page]:
                return

    def read(self, remote: str) -> Held | None:
        """Return one post, or None where there is none."""
        if not ID.fullmatch(remote):
            return None
        found = self._ask(with_query(f"posts/{remote}/", **WITH), _MOST_POST)
        return found[0] if found else None

    def find(self, key: str, slug: str) -> tuple[Held, ...]:
        """Return the posts that carry our id, or stand at a slug, each once, in any state."""
        wanted = f"tags.name:{literal(tag_name(key))},slug:{literal(slug)}"
        found = self._ask(with_query("posts/", **WITH, limit=20, filter=wanted), _MOST_POST)
        return tuple(each for each in found if each.key == key or each.slug == slug)

    def create(self, wish: Wish) -> str:
        """Make a draft and return its id there."""
        tags = tag_list(wish, known_names(self._api, wish, None), None)
        fields = fields_of(wish, tags, "")
        fields.update(date_for(None, wish, self._api.clock()), slug=wish.slug, status="draft")
        require_fit(self._api.where, fields)
        answer = self._api.write("POST", "posts/", {"posts": [fields]})
        try:
            return held_post({**_first(answer), **_NO_MAIL}, self._site).remote
        except Odd:
            raise unclear(self._api.where, "answered with something else than the post") from None

    def update(self, held: Held, wish: Wish) -> None:
        """Write everything but the state; the slug too, where it differs."""
        tags = tag_list(wish, known_names(self._api, wish, held), held)
        fields = fields_of(wish, tags, str(held.raw.get("codeinjection_head") or ""))
        fields.update(date_for(held, wish, self._api.clock()))
        if wish.slug and wish.slug != held.slug:
            fields["slug"] = wish.slug
        self._put(held, fields)

    def relink(self, held: Held, block: str, data: tuple[str, ...]) -> None:
        """Write our block and our structured data, and leave every other byte as it is."""
        self._put(held, self._below(held, block, data))

    def set_state(self, held: Held, state: State, published: datetime | None) -> None:
        """Make a post public, scheduled or a draft; a draft loses our block and its data."""
        fields = state_fields(self._api.where, state, published, self._api.clock())
        if state == "draft" and (held.block or held.data):
            fields.update(self._below(held, "", ()))
        self._put(self._unmailed(held), fields)

    def restore(self, held: Held, raw: Mapping[str, Any]) -> None:
        """Write back what `Held.raw` held, the state included."""
        names = (
            "title", "slug", "custom_excerpt", "feature_image", "feature_image_alt",
            "canonical_url", "codeinjection_head",
        )  # fmt: skip
        fields = {name: raw.get(name) for name in names}
        fields["published_at"] = raw.get("published_at")
        form = "lexical" if raw.get("lexical") else "mobiledoc"
        fields[form] = raw.get(form)
        fields["tags"] = [{"id": tag["id"], "name": tag["name"]} for tag in raw.get("tags", ())]
        if raw.get("status") != held.raw.get("status"):
            fields["status"] = raw.get("status")
            held = self._unmailed(held)
        if fields["slug"] == held.slug:
            del fields["slug"]
        self._put(held, fields)

    def differences(self, held: Held, wish: Wish) -> tuple[Difference, ...]:
        """Compare what was sent with what is held now, every field but the state."""
        return comparing.differences(held, wish, self._site.public)

    def html(self, held: Held) -> str:
        """Return the body as plain HTML, as a visitor reads it.

        Cards that have no plain form are asked of Ghost, which renders them.
        """
        if "<!-- " not in held.body:
            return held.body
        return rendered(self._html(held.remote)) or held.body

    def find_file(self, file: LocalFile) -> File | None:
        """Return a file that was uploaded this month or the last, found by its name."""
        return Media(self._api, self._site.public).find(file, self._api.clock())

    def upload(self, file: LocalFile, alt: str) -> File:
        """Upload a file, once."""
        return Media(self._api, self._site.public).upload(file, alt)

    def describe(self, file: File, alt: str) -> None:
        """Do nothing: Ghost keeps alternative texts with each use of a picture, not with it."""

    def editor(self, remote: str) -> str:
        """Return the address of a post in Ghost's editor."""
        return f"{self._api.desk}#/editor/post/{remote}"

    def degraded(self, wish: Wish) -> tuple[tuple[str, str], ...]:
        """Return the fields of a post that Ghost cannot keep, each with why, in words."""
        return degraded(wish)

    def exporter(self) -> GhostExporter:
        """Return what only an import asks."""
        return GhostExporter(self._api, self.html)

    def close(self) -> None:
        """End the connection."""
        self._api.session.__exit__(None, None, None)

    @property
    def _site(self) -> Site:
        if self._known_site is None:
            self._known_site = greeting.site_of(self._api)
        return self._known_site

    def _ask(self, path: str, most: int) -> list[Held]:
        answer = self._api.read(path, most)
        if answer is None:
            return []
        try:
            return [held_post(self._whole(post), self._site) for post in posts_of(answer)]
        except Odd as odd:
            raise Lost(
                self._api.where.failure(
                    f"Ghost answered with a post that is not as its posts are ({odd})",
                    "Look whether something between here and the site changes its answers.",
                )
            ) from None

    def _whole(self, post: object) -> object:
        """Return a post with its HTML where it is kept in the form of Ghost's former editor."""
        if isinstance(post, dict) and old_form(post) and ID.fullmatch(str(post.get("id"))):
            return {**post, "html": self._html(str(post["id"]))}
        return post

    def _html(self, remote: str) -> str:
        answer = self._api.read(with_query(f"posts/{remote}/", formats="html"), _MOST_POST)
        post = _first(answer or {})
        return post["html"] if isinstance(post.get("html"), str) else ""

    def _below(self, held: Held, block: str, data: tuple[str, ...]) -> dict[str, Any]:
        """Return the fields that hold our block and our data, and nothing of ours else."""
        document = with_block(str(held.raw.get("lexical") or ""), block)
        if document is None:
            raise Refused(
                self._api.where.failure(
                    "this post is kept in the form of Ghost's former editor, which Copydesk does "
                    "not change",
                    "Open it in Ghost and save it once, then run again.",
                )
            )
        code = str(held.raw.get("codeinjection_head") or "")
        head = read_head(code)
        fields = {
            "lexical": document,
            "codeinjection_head": with_head(code, head._replace(data=data)),
        }
        require_fit(self._api.where, fields)
        return fields

    def _unmailed(self, held: Held) -> Held:
        """Return a post as it is now; raises Refused where a change of its state may send mail."""
        now = self.read(held.remote)
        if now is None or now.revision != held.revision:
            what = "is not there any more" if now is None else "was changed in Ghost just now"
            raise Moved(
                self._api.where.failure(
                    f"this post {what}, so its state was left alone",
                    "Run `copydesk plan` to see how it stands there.",
                )
            )
        if now.mail:
            raise Refused(
                self._api.where.failure(
                    now.mail,
                    "Copydesk never sends mail. Take the newsletter off the post in Ghost, or "
                    "change its state there.",
                )
            )
        return now

    def _put(self, held: Held, fields: Mapping[str, Any]) -> None:
        if not ID.fullmatch(held.remote):
            raise Refused(self._api.where.failure("this is no post of Ghost", "Plan again."))
        if "title" in fields:
            require_fit(self._api.where, fields)
        post = {**fields, "updated_at": held.revision}
        answer = self._api.write("PUT", f"posts/{held.remote}/", {"posts": [post]})
        if _first(answer).get("id") != held.remote:
            raise unclear(self._api.where, "answered with something else than the post")


#: An answer to a create without these is no reason to doubt the draft.
_NO_MAIL = {"newsletter": None, "email": None, "email_only": False}


def _first(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = answer.get("posts")
    return rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
