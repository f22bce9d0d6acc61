"""Rules on pictures: alternative texts that are missing or say nothing, and sizes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from copydesk.api import Image, Option, PostContext, Related, Report, Span, rule
from copydesk_plugins.seo.amounts import counted
from copydesk_plugins.seo.word_lists import picture_words

_SHOWN = 5
_FILE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)", re.IGNORECASE)
_CAMERA = re.compile(
    r"(?:img|dsc|dscn|dscf|pxl|image|photo|picture|screenshot|untitled|wp)[-_ ]?\d[\d_-]*",
    re.IGNORECASE,
)
_NAME_LIKE = re.compile(r"[\w.-]*[-_][\w.-]*")
_LONGEST_NAME = 200
_SIZED = re.compile(r"\s(width|height)\s*=", re.IGNORECASE)


@rule(
    "seo.alt-missing",
    summary="A picture has no alternative text.",
    why="Whoever cannot see it gets nothing, or hears the name of the file read out.",
    good="![The blue door of the practice](https://example.org/door.jpg)\n",
    bad="![](https://example.org/door.jpg)\n",
    authority="WCAG 2.2, 1.1.1 Non-text Content (level A); HTML standard, section 4.8.4.4; Google "
    "Search Central, Image SEO best practices",
)
def alt_missing(ctx: PostContext) -> Iterator[Report]:
    """Report once the pictures without an alternative text.

    In HTML an empty one says that a picture is decoration; in Markdown nobody means that.
    """
    images, meta = ctx.post.images, ctx.post.metadata
    missing = [image.span for image in images if _lacks_alt(ctx, image)]
    total = len(images)
    place = meta.span_of("image")
    # What the text shows, too, is not shown above it; a bare name is no picture of ours.
    if place is not None and "." in meta.image and all(image.src != meta.image for image in images):
        total += 1
        if not meta.image_alt:
            missing.insert(0, place)
    if not missing:
        return
    several = f" ({len(missing)} of {counted(total, 'picture')} in this post)" if total > 1 else ""
    lead = missing[0] == place
    yield ctx.report(
        missing[0],
        f"This picture has no alternative text{several}; whoever cannot see it gets nothing.",
        help="Say what it shows or why it is there, "
        + (
            "in a line `image_alt: ...` below."
            if lead
            else 'between the square brackets. In HTML, `alt=""` marks decoration.'
        ),
        related=tuple(
            Related("no alternative text, too", each) for each in missing[1 : _SHOWN + 1]
        ),
    )


def _lacks_alt(ctx: PostContext, image: Image) -> bool:
    if image.alt is None:
        return True
    return not image.alt.strip() and ctx.post.source.text.startswith("!", image.span.start)


@rule(
    "seo.alt-text",
    summary="An alternative text is the name of a file, or begins with “image of”.",
    why="A file name tells nobody what is to be seen, and screen readers say “image” anyway.",
    good="![The blue door of the practice](https://example.org/door.jpg)\n",
    bad="![IMG_2041.jpg](https://example.org/door.jpg)\n",
    authority="WCAG 2.2, failure F30 (text alternatives such as file names), for 1.1.1; W3C WAI, "
    "Images Tutorial, Tips and Tricks: no “image of”",
    severity="info",
)
def alt_text(ctx: PostContext) -> Iterator[Report]:
    """Report each alternative text that says nothing, at its picture."""
    for alt, source, span in _alts(ctx):
        if _is_file_name(alt, source):
            yield ctx.report(
                span,
                f"The alternative text “{alt[:80]}” is the name of a file; it tells nobody what is "
                "to be seen.",
                help="Say what the picture shows, in a few words.",
            )
        elif said := picture_words(alt):
            yield ctx.report(
                span,
                f"The alternative text begins with “{said}”; screen readers say that it is a "
                "picture anyway.",
                help="Begin with what is to be seen.",
            )


def _alts(ctx: PostContext) -> Iterator[tuple[str, str, Span]]:
    meta = ctx.post.metadata
    place = meta.span_of("image_alt")
    if meta.image_alt and place is not None:
        yield meta.image_alt.strip(), meta.image, place
    for image in ctx.post.images:
        if image.alt and image.alt.strip():
            yield image.alt.strip(), image.src, image.span


def _is_file_name(alt: str, source: str) -> bool:
    if len(alt) > _LONGEST_NAME:
        return False
    stem = re.split(r"[?#]", source, maxsplit=1)[0].rpartition("/")[2].rpartition(".")[0]
    return bool(
        _FILE.fullmatch(alt)
        or _CAMERA.fullmatch(alt)
        or (_NAME_LIKE.fullmatch(alt) and alt.casefold() == stem.casefold())
    )


@rule(
    "seo.image-size",
    summary="A picture in HTML has no width and height.",
    why="The text jumps when the picture arrives, and people lose their line.",
    good='<p><img src="https://example.org/door.jpg" alt="A door" width="600" height="400"></p>\n',
    bad='<p><img src="https://example.org/door.jpg" alt="A door"></p>\n',
    authority="HTML standard, section 4.8.16 (dimension attributes); web.dev, Optimize Cumulative "
    "Layout Shift: always include width and height",
    severity="info",
    options=(Option("min-pictures", "Posts with fewer of them are not reported.", 1, minimum=1),),
)
def image_size(ctx: PostContext) -> Iterator[Report]:
    """Report once the `img` tags that lack a size; Markdown has no way to give one."""
    tags = [image.span for image in ctx.post.images if _is_tag(ctx, image.span)]
    unsized = [span for span in tags if len(_sizes(ctx.post.quote(span))) < 2]
    if not unsized or len(unsized) < ctx.number("min-pictures"):
        return
    yield ctx.report(
        unsized[0],
        f"{len(unsized)} of {counted(len(tags), 'picture')} in HTML "
        f"{'has' if len(unsized) == 1 else 'have'} no width and height; the text jumps when "
        "pictures arrive.",
        help='Add both in pixels, such as `width="600" height="400"`; the style sheet may still '
        "scale it.",
        related=tuple(Related("no size, too", each) for each in unsized[1 : _SHOWN + 1]),
    )


def _is_tag(ctx: PostContext, span: Span) -> bool:
    return ctx.post.source.text[span.start : span.start + 4].lower() == "<img"


def _sizes(tag: str) -> set[str]:
    return {found.lower() for found in _SIZED.findall(tag)}
