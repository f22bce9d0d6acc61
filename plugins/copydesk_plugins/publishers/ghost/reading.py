"""Posts as Ghost answers them, in the words of `Held`; nothing in an answer is taken on trust."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin

from copydesk_plugins.publishers.cms.remote import Held, State
from copydesk_plugins.publishers.ghost.documents import Parts, own_address, read_document
from copydesk_plugins.publishers.ghost.head import read_head
from copydesk_plugins.publishers.ghost.keys import key_of

#: All that is asked of a post beside its plain fields.
WITH = {"formats": "lexical,mobiledoc", "include": "tags,newsletter,email"}
ID = re.compile(r"[0-9a-f]{24}", re.ASCII)
#: What `restore` needs, and what tells whether mail may go out.
_KEPT = (
    "id",
    "title",
    "slug",
    "status",
    "visibility",
    "updated_at",
    "published_at",
    "custom_excerpt",
    "feature_image",
    "feature_image_alt",
    "canonical_url",
    "codeinjection_head",
    "lexical",
    "mobiledoc",
    "email_only",
)
_STATES: Mapping[str, State] = {"published": "public", "scheduled": "scheduled"}
_CARD_MARKS = re.compile(r"<!--kg-card-(?:begin|end): ?[a-z]{1,20}-->")


class Site(NamedTuple):
    """The root of the public site, and whether its posts stand right below it as is usual."""

    public: str
    usual: bool


class Odd(ValueError):
    """An answer has another shape than Ghost gives it; the text names the field."""


def held_post(post: object, site: Site) -> Held:
    """Return a post in common words; raises Odd."""
    if not isinstance(post, dict):
        raise Odd("posts")
    remote, slug, status = (_text(post, name) for name in ("id", "slug", "status"))
    if not ID.fullmatch(remote):
        raise Odd("id")
    head = read_head(_optional(post, "codeinjection_head"))
    parts = _parts(post, site.public)
    tags = tag_rows(post)
    names = tuple(_text(tag, "name") for tag in tags if not is_internal(tag))
    own = [key for tag in tags if (key := key_of(_text(tag, "name")))]
    first = 1 if head.category else 0
    return Held(
        remote=remote,
        key=own[0] if own else "",
        text=head.text,
        state=_STATES.get(status, "draft"),
        slug=slug,
        address=_address(post, status, slug, site),
        revision=_text(post, "updated_at"),
        title=_text(post, "title"),
        description=_optional(post, "custom_excerpt"),
        published=moment(post.get("published_at")),
        body=parts.body,
        block=parts.block,
        category=names[:first],
        tags=names[first:],
        image=own_address(_optional(post, "feature_image"), site.public),
        image_alt=_optional(post, "feature_image_alt"),
        own_alt=True,
        canonical=own_address(_optional(post, "canonical_url"), site.public),
        data="\n".join(head.data),
        bar=_bar(post, status),
        raw=_raw(post, tags),
    )


def posts_of(answer: Mapping[str, Any]) -> list[Any]:
    """Return the posts in an answer; raises Odd."""
    found = answer.get("posts")
    if not isinstance(found, list):
        raise Odd("posts")
    return found


def tag_rows(post: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the tags of a post, in Ghost's order; raises Odd."""
    tags = post.get("tags")
    if not isinstance(tags, list) or not all(isinstance(tag, dict) for tag in tags):
        raise Odd("tags")
    return tags


def is_internal(tag: Mapping[str, Any]) -> bool:
    """Say whether a tag is one that visitors never see."""
    return tag.get("visibility") == "internal" or _text(tag, "name").startswith("#")


def moment(value: object) -> datetime | None:
    """Return a date as Ghost writes it, or None where there is none; raises Odd."""
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(str(value))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Odd("published_at") from None


def old_form(post: Mapping[str, Any]) -> bool:
    """Say whether a post is kept in the form of Ghost's former editor."""
    return not post.get("lexical") and bool(post.get("mobiledoc"))


def rendered(html: str) -> str:
    """Return a body as Ghost renders it, without its marks and without our block."""
    begin, end = "<!--kg-card-begin: html-->", "<!--kg-card-end: html-->"
    parts = []
    for part in html.split(begin):
        card, stop, rest = part.partition(end)
        ours = stop and 'data-copydesk="' in card and card.lstrip().startswith(("<nav ", "<p "))
        parts.append(rest if ours else card + rest)
    return _CARD_MARKS.sub("", "".join(parts)).strip()


def _parts(post: Mapping[str, Any], public: str) -> Parts:
    lexical = _optional(post, "lexical")
    if lexical:
        return read_document(lexical, public)
    return Parts(rendered(_optional(post, "html")), "")


def _address(post: Mapping[str, Any], status: str, slug: str, site: Site) -> str:
    """Return what visitors get; of a draft only where the site has the usual addresses."""
    if status == "published":
        told = _optional(post, "url")
        return own_address(told, site.public) if told.startswith(("http://", "https://")) else ""
    usual = site.usual and slug and status != "sent"
    return urljoin(site.public, quote(slug) + "/") if usual else ""


def _bar(post: Mapping[str, Any], status: str) -> str:
    """Return why a change of a post's state may send mail, or an empty text."""
    if status == "sent" or post.get("email"):
        return "it was sent as a newsletter already, so its state is changed only in Ghost"
    if not all(name in post for name in ("newsletter", "email", "email_only")):
        return "Ghost does not tell whether this post is a newsletter, and no mail may be sent"
    if post["newsletter"]:
        return "somebody chose a newsletter for it in Ghost, so publishing it would send mail"
    if post["email_only"]:
        return "it is set in Ghost to be sent as mail and not to be shown on the site"
    return ""


def _raw(post: Mapping[str, Any], tags: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    kept = {name: post.get(name) for name in _KEPT}
    kept["tags"] = [{name: tag.get(name) for name in ("id", "name", "visibility")} for tag in tags]
    for name in ("newsletter", "email"):
        kept[name] = bool(post.get(name, True))
    return kept


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise Odd(name)
    return found


def _optional(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name)
    if found is not None and not isinstance(found, str):
        raise Odd(name)
    return found or ""
