"""What can be said of HTML text and start tags without a parser: white space, entities, attributes.

The Markdown reader uses this for tags inside a line, so nothing here may need a library.
"""

from __future__ import annotations

import re

from copydesk.api import MappedText, MappedTextBuilder, Span

# Words with single blanks between them go as one stretch: most text is one token a line.
_TOKEN = re.compile(
    r"(?P<words>[^ \t\n\f\r&]+(?: [^ \t\n\f\r&]+)*)"
    r"|(?P<white>[ \t\n\f\r]+)"
    r"|(?P<entity>&(?:\#[0-9]+;?|\#[xX][0-9a-fA-F]+;?|[^\t\n\f\r <&\#;]{1,32};?))"
    r"|&"
)
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?""")
# Other tags are matched whole, so that nothing in their attributes is taken for a script.
_UNSEEN = re.compile(
    r"""(?P<comment><!--)|<(?P<name>script|style)\b|<[a-z/](?:"[^"]*"|'[^']*'|[^"'>])*+>?""",
    re.IGNORECASE,
)
# Links, images, and elements inside which even a comment or a tag may be text.
_TELLING = re.compile(
    r"<(?:a|img|iframe|svg|math|object|canvas|audio|video|textarea|select|title|template|noscript"
    r"|noframes|noembed|xmp|plaintext)\b",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>")
_PLAIN_TAG = re.compile(r"<[a-zA-Z/][^<>]*>")


class Flow:
    """Collects text as a browser shows it, white space collapsed, with its place."""

    def __init__(self) -> None:
        self._text = MappedTextBuilder()
        self._blank: tuple[int, int] | None = None
        self.start = -1
        self.end = -1

    @property
    def empty(self) -> bool:
        """Whether nothing visible was collected."""
        return self.start == -1

    def add(self, text: str, start: int, end: int, base: int = 0) -> None:
        """Append the HTML text `text[start:end]`; `base` is where `text` stands in the source."""
        for match in _TOKEN.finditer(text, start, end):
            at = base + match.start()
            token = match.group()
            if match.lastgroup == "white":
                self.blank(at, len(token))
                continue
            plain = _unescape(token) if match.lastgroup == "entity" else token
            if plain in ("\n", "\t", " ", "\r", "\f"):
                self.blank(at, len(token))
            elif plain:
                self.word(plain, at, len(token))

    def blank(self, start: int, length: int) -> None:
        """Note white space; it counts only if text stands before and after it."""
        if self._blank is None and self.start != -1:
            self._blank = (start, length)

    def word(self, plain: str, start: int, length: int) -> None:
        """Append text that is visible."""
        if self._blank is not None:
            self._text.add(" ", *self._blank)
            self._blank = None
        if self.start == -1:
            self.start = start
        self.end = start + length
        self._text.add(plain, start, length)

    def build(self) -> MappedText:
        """Return what was collected."""
        return self._text.build()


def _unescape(text: str) -> str:
    # Two thousand entities are loaded only for a text that has one.
    if "&" not in text:
        return text
    from html import unescape

    return unescape(text)


def tag_name(tag: str) -> tuple[str, bool]:
    """Return the lower-case name of a tag and whether it is an end tag; ("", False) for others."""
    match = _TAG_NAME.match(tag)
    return (match.group(2).lower(), bool(match.group(1))) if match else ("", False)


def attributes(text: str, start: int, end: int) -> dict[str, Span]:
    """Return where the value of each attribute of the start tag `text[start:end]` stands.

    Of two attributes with one name the first counts, as in browsers.
    """
    found: dict[str, Span] = {}
    name = _TAG_NAME.match(text, start, end)
    for match in _ATTRIBUTE.finditer(text, name.end() if name else start, end):
        group = next((each for each in (2, 3, 4) if match.group(each) is not None), 0)
        span = Span(*match.span(group)) if group else Span(match.end(), match.end())
        found.setdefault(match.group(1).lower(), span)
    return found


def value(text: str, span: Span) -> str:
    """Return the value of an attribute with its entities decoded."""
    return _unescape(text[span.start : span.end])


def mapped_value(text: str, span: Span, base: int = 0) -> MappedText:
    """Return the value of an attribute as text with the way back to the source."""
    flow = Flow()
    flow.add(text, span.start, span.end, base)
    return flow.build()


def unseen_parts(text: str, still_open: str = "") -> tuple[list[tuple[str, Span]], str]:
    """Return comments, scripts and style sheets with their spans, and what is left open.

    `still_open` is what was left open before this text: comment, script, style or nothing.
    """
    parts: list[tuple[str, Span]] = []
    at = inner = 0
    while True:
        if not still_open:
            match = _UNSEEN.search(text, at)
            if match is None:
                return parts, ""
            if match.lastgroup is None:
                at = match.end()
                continue
            # `<!-->` is a whole comment: its end may overlap its beginning.
            at, inner = match.start(), match.start() + 2
            still_open = (match.group("name") or "comment").lower()
        end = _close(text, inner, still_open)
        parts.append((still_open, Span(at, len(text) if end == -1 else end)))
        if end == -1:
            return parts, still_open
        at = inner = end
        still_open = ""


def _close(text: str, start: int, name: str) -> int:
    """Return where a comment, script or style sheet ends, or -1."""
    if name == "comment":
        at = text.find("-->", start)
        return at + 3 if at != -1 else -1
    match = re.compile(f"</{name}", re.IGNORECASE).search(text, start)
    return text.find(">", match.end()) + 1 or -1 if match else -1


def has_text(html: str) -> bool:
    """Say whether anything but tags stands in HTML, be it a comment."""
    return bool(_PLAIN_TAG.sub("", html).strip())


def has_content(text: str) -> bool:
    """Say whether HTML without comments and scripts holds text, links or images."""
    return bool(_TELLING.search(text) or _ANY_TAG.sub("", text).strip())


def blanked(text: str, spans: list[Span]) -> str:
    """Return the text with spans overwritten by blanks, every offset as it was."""
    parts = []
    at = 0
    for start, end in spans:
        parts.append(text[at:start])
        parts.append(" " * (end - start))
        at = end
    parts.append(text[at:])
    return "".join(parts)


def verbatim(text: str, start: int, end: int, base: int, into: MappedTextBuilder) -> None:
    """Append HTML text with its white space as it is, entities decoded."""
    for match in _TOKEN.finditer(text, start, end):
        token = match.group()
        plain = _unescape(token) if match.lastgroup == "entity" else token
        into.add(plain, base + match.start(), len(token))
