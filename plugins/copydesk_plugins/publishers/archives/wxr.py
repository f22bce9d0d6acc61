"""Exports of WordPress and of Squarespace (WXR): the posts of a whole blog in one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from copydesk.api import CopydeskError, Export, Exported, Failure
from copydesk_plugins.publishers.archives.decoding import Lines, pieces
from copydesk_plugins.publishers.archives.wxr_post import Blog, post_of
from copydesk_plugins.publishers.archives.xml_items import (
    Broken,
    Channel,
    Item,
    Refused,
    read_items,
)

#: What of the many values that plugins keep beside a post says something here.
META = frozenset(
    {
        *("_copydesk_id", "_thumbnail_id", "_wp_attachment_image_alt", "_elementor_edit_mode"),
        *("_yoast_wpseo_metadesc", "_yoast_wpseo_focuskw", "_yoast_wpseo_canonical"),
        *("_yoast_wpseo_meta-robots-noindex", "rank_math_description", "rank_math_focus_keyword"),
        "rank_math_canonical_url",
    }
)
#: Kinds of items that are no posts, as people call them: one of them, and many.
_KINDS = {
    "page": ("page", "pages"),
    "attachment": ("file of the media library", "files of the media library"),
    "nav_menu_item": ("menu entry", "menu entries"),
    "revision": ("revision", "revisions"),
    "wp_block": ("reusable block", "reusable blocks"),
}
#: What systems make by themselves: nobody misses it.
_UNSEEN = frozenset(
    {
        *("wp_global_styles", "wp_template", "wp_template_part", "wp_navigation", "custom_css"),
        *("customize_changeset", "oembed_cache", "user_request", "wp_font_family", "wp_font_face"),
    }
)
_MOST_NAMED = 8


class _Look(NamedTuple):
    """What one look through a file found."""

    blog: Blog
    total: int


def read(path: Path) -> Export:
    """Look through a whole export, then return its posts; raises CopydeskError."""
    shown = str(path)
    found = _look(path, shown)
    return Export(found.blog.home, found.blog.hosts, found.total, _posts(path, shown, found.blog))


def _items(path: Path, shown: str, channel: Channel) -> Iterator[Item | Broken]:
    lines = Lines()
    try:
        yield from read_items(pieces(path, shown, lines), lines, channel, META)
    except Refused as error:
        raise CopydeskError(
            Failure(
                "file",
                f"could not be read: it {error}",
                "Make the export anew: in WordPress under Tools, Export; in Squarespace under "
                "Settings, Import & Export. Then import that file.",
                shown,
                line=error.line,
            )
        ) from None


def _look(path: Path, shown: str) -> _Look:
    """Collect what posts refer to: pictures by their number, authors by their login."""
    channel = Channel()
    pictures: dict[str, tuple[str, str]] = {}
    total = items = 0
    for item in _items(path, shown, channel):
        items += 1
        if isinstance(item, Broken):
            continue
        kind = item.fields.get("wp:post_type", "").strip()
        total += kind == "post"
        if kind == "attachment" and (address := item.fields.get("wp:attachment_url", "").strip()):
            alt = " ".join(item.meta.get("_wp_attachment_image_alt", "").split())
            pictures[item.fields.get("wp:post_id", "").strip()] = (address, alt)
    if "wp:wxr_version" not in channel.fields and not total:
        raise CopydeskError(
            Failure(
                "file",
                "could not be read: it is no export of WordPress or Squarespace",
                "A feed is none either. Make an export: in WordPress under Tools, Export; in "
                "Squarespace under Settings, Import & Export.",
                shown,
            )
        )
    roots = [channel.fields.get(name, "") for name in ("wp:base_blog_url", "link")]
    roots += [channel.fields.get("wp:base_site_url", "")]
    hosts = tuple(dict.fromkeys(each for each in roots if _is_address(each)))
    home = hosts[0] if hosts else path.name
    return _Look(Blog(home, hosts, dict(channel.authors), pictures), total)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _posts(path: Path, shown: str, blog: Blog) -> Iterator[Exported | Failure | str]:
    left: Counter[tuple[str, str]] = Counter()
    number = 0
    for item in _items(path, shown, Channel()):
        if isinstance(item, Broken):
            yield _broken(item, shown)
            continue
        number += 1
        word = _no_post(item)
        if word is None:
            left["comment", "comments"] += item.comments
            yield _post(item, number, shown, blog)
        elif word[0]:
            left[word] += 1
    counted = [f"{n} {one if n == 1 else many}" for (one, many), n in left.items() if n]
    if counted:
        more = f" and {len(counted) - _MOST_NAMED} more kinds" if len(counted) > _MOST_NAMED else ""
        yield f"Left out, because only posts are taken: {', '.join(counted[:_MOST_NAMED])}{more}."


def _no_post(item: Item) -> tuple[str, str] | None:
    """Return what an item is instead of a post, as words, or None for a post."""
    kind = item.fields.get("wp:post_type", "").strip()
    status = item.fields.get("wp:status", "").strip()
    if kind in _UNSEEN:
        return "", ""
    if kind not in ("post", ""):
        return _KINDS.get(kind, (f"item of the kind {kind[:40]}",) * 2)
    if status == "trash":
        return "post in the trash", "posts in the trash"
    if status in ("inherit", "auto-draft"):
        return "", ""
    return None


def _post(item: Item, number: int, shown: str, blog: Blog) -> Exported | Failure:
    if item.too_long:
        return Failure(
            "file",
            f"“{item.fields.get('title', '').strip()[:80]}” was not imported: it is longer than "
            "fits into a post",
            "Look at it in the system it comes from. Other posts are not concerned.",
            shown,
            line=item.line,
        )
    link = item.fields.get("link", "").strip()
    try:
        address = urljoin(blog.home, link) if _is_address(blog.home) else link
    except ValueError:
        address = ""
    return post_of(item, number, address if _is_address(address) else "", blog)


def _broken(item: Broken, shown: str) -> Failure:
    title = f"“{' '.join(item.title.split())[:80]}”" if item.title.strip() else "one item"
    return Failure(
        "file",
        f"{title} could not be read: {item.reason}",
        "The others are not concerned. Make the export anew, or mend this line in an editor.",
        shown,
        line=item.line,
    )
