"""WordPress as the engine sees it: the protocol `Remote`, each call a few requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from copydesk.api import Failure, LocalFile
from copydesk_plugins.publishers.cms.remote import (
    Account,
    Difference,
    File,
    Held,
    Refused,
    State,
    Wish,
)
from copydesk_plugins.publishers.wordpress import payload, shapes
from copydesk_plugins.publishers.wordpress.api import Api, Reply
from copydesk_plugins.publishers.wordpress.blocks import to_blocks
from copydesk_plugins.publishers.wordpress.comparing import Comparison
from copydesk_plugins.publishers.wordpress.exporting import WordPressExporter
from copydesk_plugins.publishers.wordpress.greeting import greet
from copydesk_plugins.publishers.wordpress.listing import Listing
from copydesk_plugins.publishers.wordpress.marks import find_part, with_part
from copydesk_plugins.publishers.wordpress.media import Media
from copydesk_plugins.publishers.wordpress.posts import raw_of
from copydesk_plugins.publishers.wordpress.reading_back import plain_html
from copydesk_plugins.publishers.wordpress.terms import Terms

_POSTS = "/wp/v2/posts"
_ROLE = "Ask whoever runs the site for an account with the role Editor."
#: WordPress publishes at once what is scheduled for less than a minute ahead; clocks differ, too.
_AHEAD = timedelta(minutes=5)


class WordPress:
    """One WordPress site, logged in; `greet` comes first."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._categories = Terms(api, "categories")
        self._tags = Terms(api, "tags")
        self._media = Media(api)
        self._listing = Listing(api, self._categories, self._tags, self._media)
        self._can: frozenset[str] = frozenset()
        self._ahead = timedelta()
        #: The last body and its blocks: a post is compared right after it was sent.
        self._written = ("", "")

    def greet(self) -> Account:
        """Log in and return who we are."""
        account, ahead = greet(self._api)
        self._can = account.can
        self._ahead = timedelta(seconds=ahead)
        self._media.trust(account.public, self._api.base)
        self._listing.sees_all = "edit others" in account.can
        return account

    def posts(self) -> Iterator[Held]:
        """Yield every post that is not in the bin."""
        return self._listing.every()

    def read(self, remote: str) -> Held | None:
        """Return one post, also out of the bin."""
        return self._listing.one(remote)

    def find(self, key: str, slug: str) -> tuple[Held, ...]:
        """Return the posts with our id or at a slug."""
        return self._listing.find(key, slug)

    def create(self, wish: Wish) -> str:
        """Make a draft."""
        fields = {**self._fields(wish), "status": "draft"}
        if wish.slug:
            fields["slug"] = wish.slug
        if wish.published:
            fields["date_gmt"] = payload.utc(wish.published)
        return self._write(_POSTS, fields)

    def update(self, held: Held, wish: Wish) -> None:
        """Write everything but the state."""
        fields = self._fields(wish)
        if wish.slug and wish.slug != held.slug:
            fields["slug"] = wish.slug
        if held.category and not wish.category:
            fields["categories"] = []
        if wish.published and self._date_moves(held, wish.published):
            fields["date_gmt"] = payload.utc(wish.published)
        self._write(_route(held), fields)

    def relink(self, held: Held, block: str, data: tuple[str, ...]) -> None:
        """Write our part and nothing else."""
        self._write(_route(held), {"content": self._relinked(held, block, data)})

    def set_state(self, held: Held, state: State, published: datetime | None) -> None:
        """Make a post public, scheduled or a draft."""
        when = published or held.published
        if state == "draft":
            content = self._relinked(held, "", ())
            self._write(_route(held), {"status": "draft", "content": content})
        elif state == "public":
            if held.bar:
                raise _refused(held, held.bar, "Change that in WordPress, or leave it as it is.")
            if when and when > self._now():
                raise _refused(
                    held,
                    f"its date is in the future: {payload.utc(when)}",
                    "WordPress would schedule it. Change the date, or let it be scheduled.",
                )
            date = {"date_gmt": payload.utc(published)} if published else {}
            self._write(_route(held), {"status": "publish", **date})
        elif state == "scheduled":
            if when is None or when < self._now() + _AHEAD:
                raise _refused(
                    held,
                    "it cannot be scheduled for a time that is past or less than 5 minutes away",
                    "WordPress would make it public at once. Wait until it is due.",
                )
            self._write(_route(held), {"status": "future", "date_gmt": payload.utc(when)})
        else:
            raise _refused(held, "Copydesk throws no post away", "Do that on the site itself.")

    def restore(self, held: Held, raw: Mapping[str, Any]) -> None:
        """Write back what a post was, the state included."""
        try:
            was = raw_of(raw)
        except shapes.Odd as odd:
            raise _refused(
                held, f"what was kept of it has no “{odd}”", "It cannot be brought back."
            ) from None
        when = shapes.moment({"date": was.date_gmt or None}, "date")
        if was.status == "future" and (when is None or when < self._now() + _AHEAD):
            raise _refused(
                held,
                "it was scheduled for a time that is past or near now",
                "WordPress would make it public at once. Bring it back on the site itself.",
            )
        if was.status == "trash":
            raise _refused(held, "it was in the bin", "Move it there on the site itself.")
        content, part = was.content, find_part(was.content)
        if part is not None and part.block:
            content = with_part(content, part.key, part.text, held.block, part.data, part)
        self._write(_route(held), payload.restored_fields({**raw, "content": content}))

    def differences(self, held: Held, wish: Wish) -> tuple[Difference, ...]:
        """Compare what was sent with what is held now."""
        wish = self._with_own_picture(wish)
        return Comparison(held, wish, self._content(wish), "script" in self._can).differences()

    def html(self, held: Held) -> str:
        """Return the text as plain HTML."""
        return plain_html(held.body)

    def find_file(self, file: LocalFile) -> File | None:
        """Return a file that was uploaded before."""
        return self._media.find(file)

    def see_file(self, file: File) -> File | None:
        """Return a file as it is now."""
        return self._media.see(file)

    def upload(self, file: LocalFile) -> File:
        """Upload a file."""
        return self._media.upload(file)

    def describe(self, file: File, alt: str) -> File:
        """Give a file another alternative text."""
        return self._media.describe(file, alt)

    def editor(self, remote: str) -> str:
        """Return the address of a post in the editor of the site."""
        return f"{self._api.base}/wp-admin/post.php?post={int(remote)}&action=edit"

    def degraded(self, wish: Wish) -> tuple[tuple[str, str], ...]:
        """Return what WordPress cannot keep of a post."""
        found = []
        wish = self._with_own_picture(wish)
        if wish.canonical:
            found.append(("canonical", "WordPress itself keeps no canonical address"))
        # A file of the posts is uploaded: it gets its number then.
        if wish.image and not wish.image.isdecimal() and not wish.image.startswith("assets/"):
            found.append(("image", "WordPress takes pictures of its own only, none from the web"))
        if wish.data and "script" not in self._can:
            found.append(
                ("structured data", "the role of this account may not keep scripts in a post")
            )
        return tuple(found)

    def exporter(self) -> WordPressExporter:
        """Return what only an import asks."""
        self._listing.tells_alternatives = True
        return WordPressExporter(self._api)

    def close(self) -> None:
        """End the connection."""
        self._api.close()

    def _with_own_picture(self, wish: Wish) -> Wish:
        """Return a wish that names a picture of this site by its number, not by its address."""
        if not wish.image or wish.image.isdecimal():
            return wish
        number = self._media.number(wish.image)
        return wish._replace(image=str(number)) if number else wish

    def _fields(self, wish: Wish) -> dict[str, Any]:
        wish = self._with_own_picture(wish)
        categories = [self._categories.number(name) for name in wish.category]
        tags = [self._tags.number(name) for name in wish.tags]
        return payload.content_fields(
            wish, self._content(wish), list(dict.fromkeys(categories)), list(dict.fromkeys(tags))
        )

    def _content(self, wish: Wish) -> str:
        if self._written[0] != wish.body:
            self._written = (wish.body, to_blocks(wish.body, self._media.number))
        body = self._written[1]
        return with_part(body, wish.key, wish.text, wish.block, self._data(wish.data))

    def _relinked(self, held: Held, block: str, data: tuple[str, ...]) -> str:
        if not held.raw:
            raise _refused(held, "it belongs to another account", _ROLE)
        content = shapes.text(held.raw, "content")
        part = find_part(content)
        if part is None and not held.key:
            raise _refused(held, "it does not carry our mark", "Publish the post first.")
        return with_part(content, held.key, held.text, block, self._data(data), part)

    def _data(self, data: tuple[str, ...]) -> tuple[str, ...]:
        return data if "script" in self._can else ()

    def _date_moves(self, held: Held, published: datetime) -> bool:
        """Say whether to send a date; raises Refused where that would change who sees the post."""
        if held.state == "draft":
            return True
        if held.published and payload.utc(published) == payload.utc(held.published):
            return False
        if held.state == "public" and published > self._now():
            raise _refused(
                held,
                "it is public and its new date is in the future",
                "WordPress would take it off the site until then. Take it back to draft first.",
            )
        if held.state == "scheduled" and published < self._now() + _AHEAD:
            raise _refused(
                held,
                "it is scheduled and its new date is past or less than 5 minutes away",
                "WordPress would make it public at once. Take it back to draft first.",
            )
        return True

    def _write(self, route: str, fields: Mapping[str, Any]) -> str:
        def take(reply: Reply) -> str:
            return str(shapes.number(reply.value, "id"))

        return self._api.post(f"{route}", fields, take)

    def _now(self) -> datetime:
        """Return the time of the site, whose clock decides what is in the future."""
        return datetime.now(UTC) + self._ahead


def _route(held: Held) -> str:
    return f"{_POSTS}/{int(held.remote)}"


def _refused(held: Held, message: str, help: str) -> Refused:
    return Refused(Failure("target", f"post {held.remote} there: {message}", help))
