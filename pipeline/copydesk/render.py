"""Post + additions + a target's abilities into the body that every target and preview gets.

Other posts are addressed by id until their addresses are known, so the content hash does not
depend on where a target puts them. Nothing of the source but its visible text gets out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from copydesk import local_files
from copydesk.heading_ids import with_heading_ids
from copydesk.model.change import Abilities, PostLink
from copydesk.model.content import Reader
from copydesk.model.extension import Body, LocalFile
from copydesk.model.post import Post
from copydesk.sanitize import sanitize

#: The prefix of addresses that name another post by its id.
POST_SCHEME = "copydesk:"
#: What structured data calls the picture of its own post.
PICTURE = f"{POST_SCHEME}#image"
ASSETS = "assets/"
_FILES = frozenset(
    {
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".avif",
        ".pdf",
        ".mp3",
        ".mp4",
        ".docx",
    }
)
_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
_ON_THE_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_EDGE = re.compile(r"\A\s+|\s+\Z")


class Renderer:
    """Renders the posts of one site for one target.

    `id_of` maps the paths of posts below the root to the ids of those that are public there, and
    `others` are the paths of those that are not.
    """

    def __init__(
        self,
        root: Path,
        id_of: Mapping[str, str],
        abilities: Abilities,
        others: frozenset[str] = frozenset(),
    ) -> None:
        self._root = root
        self._id_of = id_of
        self._abilities = abilities
        self._others = others

    def render(
        self,
        post: Post,
        reader: Reader,
        links: tuple[PostLink, ...],
        title_of: Callable[[str], str],
        lines: tuple[str, ...] = (),
        data: tuple[str, ...] = (),
    ) -> Body:
        """Return the body of a post with what enrichers added to it: links, lines and data."""
        addresses = _Addresses(self._root, self._id_of, post, self._abilities, self._others)
        omit = () if post.title_block == -1 else (post.blocks[post.title_block].span,)
        html = sanitize(reader.html(post.source, post.body, omit), addresses.choose)
        html = with_heading_ids(_EDGE.sub("", html)) + "\n"
        image = addresses.image(post.metadata.image)
        facts = [post.title, post.metadata.description, html, image, post.metadata.image_alt]
        neighbours = [[link.relation, link.post] for link in links]
        data = tuple(each.replace(f'"{PICTURE}"', json.dumps(image)) for each in data)
        return Body(
            html=html,
            links=lines_block(lines)
            + (links_block(links, title_of) if self._abilities.links else ""),
            content=_digest([*facts, neighbours, *lines, *data]),
            text=_digest(facts),
            image=image or "",
            files=tuple(sorted(addresses.files.values(), key=lambda file: file.name)),
            notes=tuple(addresses.notes),
            data=data,
            title=post.title,
        )


def lines_block(lines: tuple[str, ...]) -> str:
    """Return the marked lines that stand below a post; empty where there are none."""
    return "".join(f'<p data-copydesk="line">{escape(" ".join(x.split()))}</p>\n' for x in lines)


def links_block(links: tuple[PostLink, ...], title_of: Callable[[str], str]) -> str:
    """Return the marked block of previous and next links; empty where there are none.

    The neighbour's title is the link's text; the words before it say older or newer.
    """
    if not links:
        return ""
    rows = [
        f'<p>{escape(link.label)}: <a rel="{link.relation}" '
        f'href="{POST_SCHEME}{escape(link.post)}">{escape(title_of(link.post))}</a></p>'
        for link in links
    ]
    return (
        '<nav data-copydesk="links" aria-label="Older and newer posts">\n'
        + "\n".join(rows)
        + "\n</nav>\n"
    )


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class _Addresses:
    """Decides each address of one post: another post, a file to bring along, or as written."""

    def __init__(
        self,
        root: Path,
        id_of: Mapping[str, str],
        post: Post,
        abilities: Abilities,
        others: frozenset[str],
    ) -> None:
        self._root = root
        self._id_of = id_of
        self._others = others
        self._post = post
        self._folder = (root / post.source.key).parent
        self._abilities = abilities
        self.files: dict[str, LocalFile] = {}
        self.notes: list[str] = []

    def choose(self, attribute: str, value: str) -> str | None:
        """Return the address to write, or None where the attribute has to go."""
        address = value.strip()
        if address.lower().startswith(POST_SCHEME):
            return None
        if not local_files.is_local(address):
            return value
        path = local_files.resolve(address, self._folder, self._root)
        if path is None:
            return self._without(f"{address} points outside the site")
        key = path.relative_to(self._root.resolve()).as_posix()
        if attribute == "href" and key in self._id_of:
            anchor = "#" + address.partition("#")[2] if "#" in address else ""
            return POST_SCHEME + self._id_of[key] + anchor
        if attribute == "href" and key in self._others:
            return self._without(f"{address} is not public yet; the link comes once it is")
        return self._file(address, path, _IMAGES if attribute == "src" else _FILES)

    def image(self, value: str) -> str:
        """Return the address of the post's picture; one on the author's machine goes."""
        if not value or local_files.is_local(value) or _ON_THE_WEB.match(value):
            return self.choose("src", value) or "" if value else ""
        self._without(f"{value} is no address on the web and no file of the site")
        return ""

    def _file(self, address: str, path: Path, kinds: frozenset[str]) -> str | None:
        if path.suffix.lower() not in kinds:
            return self._without(
                f"{address} is neither a post of this site nor a kind of file that is published, "
                "so its words stay without the link"
            )
        if not self._abilities.local_files:
            return self._without(f"{address} cannot be sent to this target")
        try:
            name = _content_name(path, *_stamp(path))
        except OSError:
            return self._without(f"{address} is not there")
        self.files[name] = LocalFile(path, name)
        return ASSETS + name

    def _without(self, note: str) -> str | None:
        """Note why an address goes."""
        if note not in self.notes:
            self.notes.append(note)
        return None


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


@lru_cache(maxsize=4096)
def _content_name(path: Path, size: int, changed: int) -> str:
    """Return the name that a file's content gives it; size and time keep the answer fresh."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40] or "file"
    return f"{stem}-{digest}{path.suffix.lower()}"
