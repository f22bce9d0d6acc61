"""The parts of a page: which one is the post, and which are menus, footers and the like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from bs4.element import Tag

from copydesk_plugins.readers.html_tree import PlacedTag, PlacedText

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Elements that are no text of a post wherever they stand, also in a fragment.
_ALWAYS = {
    "nav": "menu",
    "form": "form",
    "button": "form",
    "select": "form",
    "textarea": "form",
    "input": "form",
    "script": "script",
    "style": "style sheet",
    "template": "hidden text",
    "noscript": "hidden text",
    "noframes": "hidden text",
    "noembed": "hidden text",
    "head": "page head",
    "title": "page head",
    "xmp": "embedded content",
    "plaintext": "embedded content",
}
#: Elements that are furniture of a page, but may be meant in a fragment.
_FURNITURE = {"footer": "footer", "aside": "sidebar"}
_ROLES = {
    "navigation": "menu",
    "search": "form",
    "banner": "page header",
    "contentinfo": "footer",
    "complementary": "sidebar",
}
_CLASSES = (
    ("cookie notice", r".*cookie.*|gdpr.*|onetrust.*|consent-(?:banner|bar|popup)"),
    (
        "comments",
        r"comments?|comments?-(?:list|form|area|section|wrapper|respond)|respond"
        r"|disqus_thread|.*[-_]comments",
    ),
    (
        "share buttons",
        r"share|sharing|sharedaddy|share-.*|sharing-.*|.*[-_](?:share|sharing)"
        r"|(?:share|social)-?(?:buttons?|links?|icons?|bar|media|share).*"
        r"|addtoany.*|addthis.*",
    ),
    (
        "related posts",
        r"related|related[-_].*|.*[-_]related|yarpp.*|jp-relatedposts"
        r"|(?:recent|more|similar)-(?:posts|articles)|read-next|.*you-may-also-like.*",
    ),
    (
        "menu",
        r"nav|menu|navbar|navigation|breadcrumbs?|pagination|pager|skip-link"
        r"|(?:main|site|post|posts|page|item|blog-item|top|primary|footer|header)"
        r"[-_](?:nav|navigation|menu|pagination)|nav-(?:links|menu|bar)",
    ),
    ("sidebar", r"sidebar|side-bar|widget-area|(?:left|right|blog|page|site)[-_]sidebar"),
    ("footer", r"(?:site|page|global|main)[-_]footer|colophon"),
    ("page header", r"(?:site|global)[-_]header|masthead|top-?bar"),
)
_CLASS = re.compile("|".join(f"(?P<p{n}>{pattern})" for n, (_, pattern) in enumerate(_CLASSES)))
_POST_CLASS = re.compile(
    r"(?:entry|post|blog-post|article|blog|single-post|blog-item)[-_]{1,2}(?:content|body|text)"
    r"|post[-_]full[-_]content|gh-content|blog-item-content-wrapper|hs_cos_wrapper_type_rich_text"
)
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_LONGEST_NAME = 64


@lru_cache(maxsize=4096)
def _class_name(name: str) -> str:
    match = _CLASS.fullmatch(name)
    return _CLASSES[int((match.lastgroup or "p0")[1:])][0] if match else ""


def attribute(tag: Tag, name: str) -> str | None:
    """Return an attribute's value, or None where it is missing."""
    found = tag.get(name)
    return found if isinstance(found, str) else None


def names(tag: Tag) -> Iterator[str]:
    """Yield the classes and the id of an element in lower case."""
    for key in ("class", "id"):
        for each in (attribute(tag, key) or "").split():
            if len(each) <= _LONGEST_NAME:
                yield each.lower()


def always_left_out(tag: Tag) -> str:
    """Return in plain words what an element is that is no text anywhere, or nothing."""
    said = _ALWAYS.get(tag.name, "")
    if said or not tag.attrs:
        return said or ("hidden text" if tag.name == "dialog" else "")
    hidden = attribute(tag, "hidden")
    if (
        (hidden is not None and hidden != "until-found")
        or (tag.name == "dialog" and attribute(tag, "open") is None)
        or _HIDDEN.search(attribute(tag, "style") or "")
    ):
        return "hidden text"
    role = attribute(tag, "role")
    return _ROLES[role] if role in ("navigation", "search") else ""


class Page:
    """A parsed page: the element that holds the post, and what the others are.

    `root` is the post's element; where none is marked as such it is the body or the whole
    fragment. `title` is the page's heading where it stands before `root`, or None. A `whole` one is
    the text of a post and nothing else, whatever its elements are called.
    """

    def __init__(self, html: str, soup: Tag, whole: bool = False) -> None:
        tags = [tag for tag in soup.descendants if isinstance(tag, PlacedTag)]
        self.top = soup
        self._html = html
        self._measure(soup)
        body = None if whole else soup.find("body")
        self.root: Tag = body if isinstance(body, PlacedTag) else soup
        best = None if whole else self._choose(tags)
        if best is not None:
            self.root = best
        # A fragment without an article is read whole: what stands there was put there.
        self._strict = isinstance(self.root, PlacedTag) and not whole
        start = self.root.start if isinstance(self.root, PlacedTag) else 0
        self._root_start = start
        titles = [tag for tag in tags if tag.name == "h1"]
        self.title = _title_before(start, titles) if best is not None else None
        holders: list[Tag] = [tag for tag in titles if tag.start >= start]
        self._precious = _ancestors([*holders, self.root, *([self.title] if self.title else [])])

    def left_out(self, tag: PlacedTag) -> str:
        """Return in plain words why an element is no text of the post, or nothing."""
        said = always_left_out(tag)
        precious = id(tag) in self._precious
        if tag.name == "form" and precious:
            return ""  # some systems wrap the whole page in a form
        if said or not self._strict:
            return said
        if tag.name in _FURNITURE:
            # A footer inside a quote says who is quoted.
            in_quote = tag.parent is not None and tag.parent.name in ("blockquote", "figure")
            return "" if in_quote else _FURNITURE[tag.name]
        if tag.name == "header":
            inside = tag.start >= self._root_start and tag.find(HEADINGS) is not None
            return "" if precious or inside else "page header"
        if not tag.attrs or tag.name in ("html", "body", "main", "article"):
            return ""
        said = _ROLES.get(attribute(tag, "role") or "", "")
        said = said or next((word for each in names(tag) if (word := _class_name(each))), "")
        # A class may mislead, so the main part of a page is never left out for one.
        return "" if precious or self._size(tag) * 2 > self._total else said

    def left_out_around(self, tag: PlacedTag) -> str:
        """Return the same for an element around the post: there, an article is another one."""
        is_other = tag.name == "article" and id(tag) not in self._precious
        return "another article" if is_other else self.left_out(tag)

    def _measure(self, soup: Tag) -> None:
        """Sum up the visible text, so that the size of any element takes one look."""
        self._starts, self._sums = [], [0]
        skip_to = 0
        for each in soup.descendants:
            if isinstance(each, PlacedTag):
                if each.start >= skip_to and always_left_out(each) not in ("", "form"):
                    skip_to = each.end
            elif isinstance(each, PlacedText) and each.start >= skip_to:
                self._starts.append(each.start)
                words = len(self._html[each.start : each.end].strip())
                self._sums.append(self._sums[-1] + words)
        self._total = self._sums[-1]

    def _size(self, tag: PlacedTag) -> int:
        return (
            self._sums[bisect_left(self._starts, tag.end)]
            - self._sums[bisect_left(self._starts, tag.start)]
        )

    def _choose(self, tags: list[PlacedTag]) -> PlacedTag | None:
        """Return the largest article that holds at least half of the largest candidate's text.

        So a page of teasers around one long text yields the text, and a page with `main`
        around an article yields the article.
        """
        sized = [(rank, self._size(tag), tag) for tag in tags if (rank := _rank(tag)) is not None]
        most = max((size for _, size, _ in sized), default=0)
        if not most:
            return None
        large = [each for each in sized if each[1] * 2 >= most]
        first = min(rank for rank, *_ in large)
        return max((each for each in large if each[0] == first), key=lambda each: each[1])[2]


def _title_before(start: int, titles: list[PlacedTag]) -> PlacedTag | None:
    """Return the page's one h1 where it stands before the post, and is not the site's name."""
    if len(titles) != 1 or titles[0].end > start:
        return None
    for above in titles[0].parents:
        if above.name in ("nav", "aside", "footer") or attribute(above, "role") == "banner":
            return None
        if above.name == "header" and (
            above.find("nav") is not None
            or (above.parent is not None and above.parent.name == "body")
            or any(_class_name(each) == "page header" for each in names(above))
        ):
            return None
    return titles[0]


def _ancestors(tags: list[Tag]) -> set[int]:
    found: set[int] = set()
    for tag in tags:
        above: Tag | None = tag
        while above is not None and id(above) not in found:
            found.add(id(above))
            above = above.parent
    return found


def _rank(tag: PlacedTag) -> int | None:
    """Return how surely an element is the post, 0 first, or None."""
    if tag.name == "article":
        return 0
    if "articleBody" in (attribute(tag, "itemprop") or "").split():
        return 1
    if any(_POST_CLASS.fullmatch(each) for each in names(tag)):
        return 1
    return 2 if tag.name == "main" or attribute(tag, "role") == "main" else None
