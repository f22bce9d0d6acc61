"""One post as an item of a WXR file (WordPress eXtended RSS 1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape, unescape
from typing import NamedTuple

from copydesk.api import Body, SiteSettings, Wanted, local_time, slugify
from copydesk_plugins.publishers.handing.facts import Facts, address_of
from copydesk_plugins.publishers.page_kit import clean
from copydesk_plugins.publishers.wordpress.markup import without_shortcodes

#: What a WXR file carries of a post; the rest is named in the plan.
CARRIED = (
    "title", "slug", "description", "text", "links", "category", "tags", "author", "published",
    "picture", "picture text",
)  # fmt: skip
ID = "_copydesk_id"
_CONTENT_END = "</content:encoded>"
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.S)
_BREAKS = re.compile(r"\s*\n\s*")
_PICTURE = re.compile(r'<img\b([^<>]*?) ?src="assets/([^"<>/]+)"([^<>]*)>')
_FILE = re.compile(r'<a\b[^<>]*?href="assets/([^"<>/]+)"[^<>]*>(.*?)</a>', re.S)
_ALT = re.compile(r'\balt="([^"]*)"')
#: An address that stands alone, which WordPress would fetch and show.
_ALONE = re.compile(
    r"((?:^|>)[ \t]*https?:)//(?=[^\s<>\"]+[ \t]*(?:<|$))", re.IGNORECASE | re.MULTILINE
)
_ON_THE_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)


class Term(NamedTuple):
    """A category or a tag: its kind, the name in addresses, and the name that people read."""

    domain: str
    nicename: str
    name: str


class Piece(NamedTuple):
    """What a file holds of one post: its items as they stand there, and what they refer to."""

    id: str
    xml: str
    terms: tuple[Term, ...]


class Stripped(NamedTuple):
    """A body without what only lies on this computer, and what that was, in words."""

    html: str
    lost: tuple[str, ...]


def stripped(html: str) -> Stripped:
    """Take out the pictures and links that lead to files of the site: a file cannot bring them."""
    lost: list[str] = []

    def picture(match: re.Match[str]) -> str:
        found = _ALT.search(match[1]) or _ALT.search(match[3])
        words = f" (“{unescape(found[1])}”)" if found and found[1] else ""
        lost.append(f"the picture {match[2]}{words}")
        return ""

    def file(match: re.Match[str]) -> str:
        lost.append(f"the file {match[1]}")
        return match[2]

    html = _FILE.sub(file, _PICTURE.sub(picture, html)).replace("<p></p>", "")
    return Stripped(html, tuple(dict.fromkeys(lost)))


def on_the_web(image: str) -> str:
    """Return the address of a picture that a host can fetch, or an empty text."""
    if not _ON_THE_WEB.match(image):
        return ""
    return f"https:{image}" if image.startswith("//") else image


def login_of(author: str) -> str:
    """Return the name under which a file refers to an author."""
    return slugify(author) if author else ""


def terms_of(category: str, tags: tuple[str, ...]) -> tuple[Term, ...]:
    """Return the terms of a post, each once."""
    found = [Term("category", slugify(category), category)] if category else []
    found += [Term("post_tag", slugify(tag), tag) for tag in tags]
    each_once: dict[tuple[str, str], Term] = {}
    for term in found:
        each_once.setdefault((term.domain, term.nicename), term)
    return tuple(each_once.values())


def piece(
    site: SiteSettings, wanted: Wanted, body: Body, facts: Facts, text: str, number: int, state: str
) -> Piece:
    """Return the items of a post: the post itself and, where a host can fetch it, its picture.

    `text` is the body with its addresses, `state` is draft or publish, and `number` the post's own.
    """
    terms = terms_of(wanted.category, wanted.tags)
    image = on_the_web(body.image)
    post, picture = 2 * number, 2 * number + 1
    meta = {ID: wanted.id} | ({"_thumbnail_id": str(picture)} if image else {})
    content = _content(text, facts.get("links", ""))
    lines = [
        *_head(site, wanted, wanted.title, address_of(site, facts["slug"])),
        f"<content:encoded>{cdata(content)}{_CONTENT_END}",
        f"<excerpt:encoded>{cdata(wanted.description)}</excerpt:encoded>",
        *_numbers(site, wanted, post, facts["slug"], state, 0, "post"),
        *(
            f'<category domain="{term.domain}" nicename="{escape(clean(term.nicename))}">'
            f"{cdata(term.name)}</category>"
            for term in terms
        ),
        *_meta(meta),
    ]
    items = [_item(lines)]
    if image:
        name = image.rpartition("/")[2].partition("?")[0].rpartition(".")[0] or "picture"
        items.append(
            _item(
                [
                    *_head(site, wanted, name, image),
                    f"<content:encoded>{cdata('')}</content:encoded>",
                    f"<excerpt:encoded>{cdata('')}</excerpt:encoded>",
                    *_numbers(site, wanted, picture, "", "inherit", post, "attachment"),
                    f"<wp:attachment_url>{cdata(image)}</wp:attachment_url>",
                    *_meta({"_wp_attachment_image_alt": wanted.image_alt}),
                ]
            )
        )
    return Piece(wanted.id, "\n".join(items), terms)


def with_links(piece: Piece, old: str, new: str) -> Piece:
    """Return a piece with another block of links below its text, and every other byte as it was."""
    before, after = (_below(links) + _CONTENT_END for links in (old, new))
    if before not in piece.xml:
        return piece
    return piece._replace(xml=piece.xml.replace(before, after, 1))


def _below(links: str) -> str:
    """Return what a block of links adds to the content of a post, as it stands in a file."""
    whole = cdata(_content("x", links))
    return whole.removeprefix(cdata("x").removesuffix("]]>"))


def cdata(text: str) -> str:
    """Return a text as character data, whatever it holds; what XML cannot hold is left out."""
    return "<![CDATA[" + clean(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _item(lines: list[str]) -> str:
    return "<item>\n" + "\n".join(lines) + "\n</item>"


def _head(site: SiteSettings, wanted: Wanted, title: str, address: str) -> Iterator[str]:
    yield f"<title>{cdata(title)}</title>"
    yield f"<link>{escape(clean(address))}</link>"
    yield f"<pubDate>{format_datetime(_utc(wanted.published))}</pubDate>"
    yield f"<dc:creator>{cdata(login_of(wanted.author))}</dc:creator>"
    yield f'<guid isPermaLink="false">{escape(clean(address))}</guid>'
    yield "<description></description>"


def _numbers(
    site: SiteSettings, wanted: Wanted, number: int, slug: str, state: str, parent: int, kind: str
) -> Iterator[str]:
    changed = wanted.updated or wanted.published
    yield f"<wp:post_id>{number}</wp:post_id>"
    yield f"<wp:post_date>{cdata(_stamp(wanted.published, site.timezone))}</wp:post_date>"
    yield f"<wp:post_date_gmt>{cdata(_stamp(wanted.published, ''))}</wp:post_date_gmt>"
    yield f"<wp:post_modified>{cdata(_stamp(changed, site.timezone))}</wp:post_modified>"
    yield f"<wp:post_modified_gmt>{cdata(_stamp(changed, ''))}</wp:post_modified_gmt>"
    # Left empty, these two take what the site has set for new posts.
    yield f"<wp:comment_status>{cdata('')}</wp:comment_status>"
    yield f"<wp:ping_status>{cdata('')}</wp:ping_status>"
    yield f"<wp:post_name>{cdata(slug)}</wp:post_name>"
    yield f"<wp:status>{cdata(state)}</wp:status>"
    yield f"<wp:post_parent>{parent}</wp:post_parent>"
    yield "<wp:menu_order>0</wp:menu_order>"
    yield f"<wp:post_type>{cdata(kind)}</wp:post_type>"
    yield f"<wp:post_password>{cdata('')}</wp:post_password>"
    yield "<wp:is_sticky>0</wp:is_sticky>"


def _meta(values: dict[str, str]) -> Iterator[str]:
    for key, value in values.items():
        yield (
            f"<wp:postmeta><wp:meta_key>{cdata(key)}</wp:meta_key>"
            f"<wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
        )


def _utc(moment: datetime | None) -> datetime:
    moment = moment or datetime(1970, 1, 1, tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first and the last day that there are
        return moment.replace(tzinfo=UTC)


def _stamp(moment: datetime | None, zone: str) -> str:
    """Return a moment as WordPress writes it, in a time zone or in UTC."""
    found = local_time(_utc(moment), zone)
    return f"{found.year:04}-{found:%m-%d %H:%M:%S}"


def _content(text: str, links: str) -> str:
    """Return a body that WordPress takes as it is: nothing in it runs or is fetched."""
    html = "\n\n".join(filter(None, (_flowing(text), _flowing(links))))
    return _ALONE.sub(r"\1&#047;&#047;", without_shortcodes(html))


def _flowing(html: str) -> str:
    """Return HTML without line breaks in its text: WordPress would make each a line of its own."""
    parts = _PRE.split(html.strip())
    parts[::2] = [_BREAKS.sub(" ", part) for part in parts[::2]]
    return "".join(parts)
