"""The structured data of each post: one object for each thing that its page is or holds."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk.api import Addition, EnrichContext, Enricher, LivePost, Option
from copydesk_plugins.structured_data.objects import as_line
from copydesk_plugins.structured_data.page import questions_page, reviewed_page
from copydesk_plugins.structured_data.posting import posting

SLOT = "structured-data"


def enrich(posts: tuple[LivePost, ...], ctx: EnrichContext) -> Iterator[Addition]:
    """Yield the structured data of every post."""
    if not ctx.flag("show"):
        return
    faq, publisher, people = ctx.flag("faq"), str(ctx.option("publisher")), ctx.people
    for post in posts:
        objects = {
            SLOT: posting(post, ctx.site, people, publisher),
            f"{SLOT}-page": reviewed_page(post),
            f"{SLOT}-questions": questions_page(post) if faq else {},
        }
        for slot, value in objects.items():
            if value:
                yield Addition(post.id, slot, data=as_line(value))


ENRICHER = Enricher(
    SLOT,
    "Tells search engines who wrote a post, and when.",
    enrich,
    (
        Option("show", "Whether pages carry structured data.", True),
        Option("faq", "Whether questions in headings and their answers are told, too.", True),
        Option(
            "publisher",
            "What the site is, in a word of schema.org.",
            "Organization",
            ("Organization", "MedicalOrganization"),
        ),
    ),
    last=True,
)
