"""HTML from drafts made safe: what is not on a short list of tags and attributes goes."""

from __future__ import annotations

from collections.abc import Callable

_TAGS = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    }
)
#: Tags that go with all they hold, because what they hold is no text of a post.
_WITH_CONTENT = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "object",
        "form",
        "svg",
        "math",
        "select",
        "textarea",
        "button",
        "title",
        "head",
    }
)
_ATTRIBUTES = {
    "*": {"id", "lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"datetime", "cite"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "ins": {"datetime", "cite"},
    "ol": {"start", "reversed"},
    "q": {"cite"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
}
_CLASSES = {
    "div": {"footnote-definition"},
    "sup": {"footnote-reference", "footnote-definition-label"},
}
_SCHEMES = {"http", "https", "mailto", "tel", "data"}
_PICTURES = ("data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;")


def sanitize(html: str, address: Callable[[str, str], str | None]) -> str:
    """Return HTML that is safe to show.

    `address` gets the attribute (`href` or `src`) and each address in it, and returns the
    address to write, or None to drop the attribute. Comments go, and so do scripts, styles,
    frames and forms with what they hold.
    """
    import nh3

    def choose(tag: str, attribute: str, value: str) -> str | None:
        if attribute not in ("href", "src", "cite"):
            return value
        if value.strip().lower().startswith("data:"):
            good = tag == "img" and value.strip().lower().startswith(_PICTURES)
            return value if good else None
        return address(attribute, value)

    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=choose,
        strip_comments=True,
        link_rel=None,
        url_schemes=_SCHEMES,
    )
