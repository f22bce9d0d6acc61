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
    Moved,
    Refused,
    State,
    Wish,
)
from copydesk_plugins.publishers.ghost import comparing, greeting
from copydesk_plugins.publishers.ghost.answers import unclear
from copydesk_plugins.publishers.ghost.api import Api
from copydesk_plugins.publishers.ghost.degrading import degraded
from copydesk_plugins.publishers.ghost.documents import with_block
from copydesk_plugins.publishers.ghost.exporting import GhostExporter
from copydesk_plugins.publishers.ghost.fields import (
    date_for,
    fields_of,
    tag_list,
)
from copydesk_plugins.publishers.ghost.head import read_head, with_head
from copydesk_plugins.publishers.ghost.limits import require_fit
from copydesk_plugins.publishers.ghost.listing import Listing, first_post
from copydesk_plugins.publishers.ghost.media import Media
from copydesk_plugins.publishers.ghost.reading import ID, Odd, held_post
from copydesk_plugins.publishers.ghost.states import state_fields
from copydesk_plugins.publishers.ghost.tags import known_names


class Ghost:
    """One Ghost site."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._listing = Listing(api)

    def greet(self) -> Account:
        """Log in and return who we are; raises Lost for anything that would fail later."""
        account, self._listing.site = greeting.greet(self._api)
        return account

    def posts(self) -> Iterator[Held]:
        """Yield every post in every state, page by page."""
        return self._listing.posts()

    def read(self, remote: str) -> Held | None:
        """Return one post, or None where there is none."""
        return self._listing.read(remote)

    def find(self, key: str, slug: str) -> tuple[Held, ...]:
        """Return the posts that carry our id, or stand at a slug, each once, in any state."""
        return self._listing.find(key, slug)

    def html(self, held: Held) -> str:
        """Return the body as plain HTML, as a visitor reads it."""
        return self._listing.html(held)

    def create(self, wish: Wish) -> str:
        """Make a draft and return its id there."""
        tags = tag_list(wish, known_names(self._api, wish, None), None)
        fields = fields_of(wish, tags, "")
        fields.update(date_for(None, wish, self._api.clock()), slug=wish.slug, status="draft")
        require_fit(self._api.where, fields)
        answer = self._api.write("POST", "posts/", {"posts": [fields]})
        try:
            return held_post({**first_post(answer), **_NO_MAIL}, self._listing.site).remote
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
        try:
            before = held_post(raw, self._listing.site)
        except Odd as odd:
            what = f"what was kept of this post has no “{odd}”, so it cannot be brought back"
            raise Refused(self._api.where.failure(what, "Change it in Ghost by hand.")) from None
        if before.block:
            fields.update(self._below(before, held.block, tuple(before.data.splitlines())))
        tags = [tag for tag in raw.get("tags", ()) if isinstance(tag, dict)]
        fields["tags"] = [{"id": tag.get("id"), "name": tag.get("name")} for tag in tags]
        if raw.get("status") != held.raw.get("status"):
            fields["status"] = raw.get("status")
            held = self._unmailed(held)
        if fields["slug"] == held.slug:
            del fields["slug"]
        self._put(held, fields)

    def differences(self, held: Held, wish: Wish) -> tuple[Difference, ...]:
        """Compare what was sent with what is held now, every field but the state."""
        return comparing.differences(held, wish, self._listing.site.public)

    def find_file(self, file: LocalFile) -> File | None:
        """Return a file that was uploaded this month or the last, found by its name."""
        return Media(self._api, self._listing.site.public).find(file, self._api.clock())

    def see_file(self, file: File) -> File | None:
        """Return a file that was uploaded before, unless visitors do not find it any more."""
        return Media(self._api, self._listing.site.public).see(file)

    def upload(self, file: LocalFile) -> File:
        """Upload a file, once."""
        return Media(self._api, self._listing.site.public).upload(file)

    def describe(self, file: File, alt: str) -> File:
        """Ask nothing: Ghost keeps alternative texts with each use of a picture, not with it."""
        return file._replace(alt=alt)

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
        if now.bar:
            raise Refused(
                self._api.where.failure(
                    now.bar,
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
        if first_post(answer).get("id") != held.remote:
            raise unclear(self._api.where, "answered with something else than the post")


#: An answer to a create without these is no reason to doubt the draft.
_NO_MAIL = {"newsletter": None, "email": None, "email_only": False}
