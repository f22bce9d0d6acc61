"""Rules on what front matter tells search engines: canonical address, noindex, the card."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Option, PostContext, Report, SiteContext, rule, site_rule
from copydesk_plugins.seo.addresses import same_host, web

_POST = "---\ntitle: Fees\nstate: scheduled\n{}\n---\n\nOne hour is 90.\n"
_CANONICAL = (
    "Google Search Central, How to specify a canonical URL: absolute addresses, https, no fragment"
)


@rule(
    "seo.canonical",
    summary="A canonical address is not one that search engines can use.",
    why="They would ignore it, or list an address that leads nowhere.",
    good=_POST.format("canonical: https://example.org/fees"),
    bad=_POST.format("canonical: /fees"),
    authority=_CANONICAL,
)
def canonical(ctx: PostContext) -> Iterator[Report]:
    """Report a canonical address that is not whole, has a fragment, or is not under https."""
    said = ctx.post.metadata.canonical
    place = ctx.post.metadata.span_of("canonical")
    if not said or place is None:
        return
    address = web(said)
    if address is None:
        yield ctx.report(
            place,
            f"“{said[:100]}” is no whole web address, so search engines cannot use it as the "
            "canonical one.",
            help="Write it with https:// and the name of the site, or delete the line: without it, "
            "the post's own address counts.",
        )
    elif address.fragment:
        yield ctx.report(
            place,
            "The canonical address has a part behind “#”, which search engines leave out.",
            help="Write the address without it.",
        )
    elif address.scheme == "http":
        yield ctx.report(
            place,
            "The canonical address begins with http://; search engines prefer https://, and "
            "browsers warn of the other.",
            help="Write https:// if the page can be reached so.",
            severity="info",
        )


@site_rule(
    "seo.canonical-host",
    summary="A post says that its canonical address is on another site.",
    why="Search engines then list that page and leave this one out.",
    good=_POST.format("canonical: https://blog.example.org/fees"),
    bad=_POST.format("canonical: https://elsewhere.example.net/fees"),
    authority="Google Search Central, How to specify a canonical URL; What is canonicalization",
    severity="info",
)
def canonical_host(ctx: SiteContext) -> Iterator[Report]:
    """Report each post that gives its place in search results to another site."""
    own = web(ctx.site.url)
    if own is None:
        return
    for entry in ctx.index:
        address = web(entry.canonical) if entry.canonical else None
        if address is not None and not same_host(address.host, own.host):
            yield ctx.report(
                entry,
                f"The canonical address is on {address.host}, not on {own.host}; search engines "
                "list that page and leave this one out.",
                help="That is right where the post was published there first. Otherwise delete "
                "the line `canonical`.",
            )


@rule(
    "seo.noindex",
    summary="A post that is to be public asks search engines to leave it out.",
    why="Nobody finds it by searching; often the line was meant for the draft.",
    good=_POST.format("noindex: false"),
    bad=_POST.format("noindex: true"),
    authority="Google Search Central, Block Search indexing with noindex; How to specify a "
    "canonical URL: noindex is no means to choose one",
    severity="info",
)
def noindex(ctx: PostContext) -> Iterator[Report]:
    """Report `noindex` on a post that is no draft."""
    meta = ctx.post.metadata
    if not meta.noindex or meta.state == "draft":
        return
    both = " With `canonical`, the two contradict each other." if meta.canonical else ""
    yield ctx.report(
        meta.span_of("noindex") or ctx.top,
        f"`noindex` is set, so search engines leave this post out once it is public.{both}",
        help="Delete the line if people should find it; otherwise all is well.",
    )


@rule(
    "seo.card",
    summary="A shared link to the post would show no picture.",
    why="In a message or a timeline, a link with a picture is seen, one without is passed over.",
    good=_POST.format("image: https://example.org/door.jpg\nimage_alt: The blue door"),
    bad=_POST.format("author: Tom") + "\n![The blue door](https://example.org/door.jpg)\n",
    authority="The Open Graph protocol: title, type, image and address are required; X, Cards "
    "markup: what is missing is taken from Open Graph. The folder target writes both from the "
    "front matter",
    severity="info",
    options=(Option("every-post", "Report also posts that show no picture at all.", False),),
)
def card(ctx: PostContext) -> Iterator[Report]:
    """Report once a post that names no picture for its card though its text shows one."""
    post = ctx.post
    if post.metadata.image or post.metadata.state == "draft":
        return
    if post.images:
        yield ctx.report(
            post.images[0].span,
            "The post shows a picture, but names none for links to it, so a shared link has none.",
            help="Add `image:` with this picture to the front matter, and `image_alt:` with what "
            "it shows.",
        )
    elif ctx.flag("every-post"):
        yield ctx.report(
            ctx.top,
            "The post names no picture, so a shared link to it shows none.",
            help="Add `image:` and `image_alt:` to the front matter.",
        )
