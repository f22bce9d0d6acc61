"""Search: what a search engine and its readers see of a post.

There is no score, and nothing is better for being longer or for saying a word more often.
"""

from __future__ import annotations

from copydesk.api import Rule, hookimpl


@hookimpl
def register_rules() -> list[Rule]:
    """Return the rules for one post, and those for the site."""
    return [*_post_rules(), *_site_rules()]


def _post_rules() -> list[Rule]:
    from copydesk_plugins.seo import (
        address,
        dates,
        description,
        headings,
        images,
        links,
        slug,
        title,
    )
    from copydesk_plugins.seo import keyphrase_places as places
    from copydesk_plugins.seo import keyphrase_use as use

    return [
        places.keyphrase,
        use.overuse,
        use.spread,
        title.title_width,
        title.title_year,
        description.description,
        description.description_length,
        slug.slug,
        headings.second_title,
        headings.heading_order,
        images.alt_missing,
        images.alt_text,
        images.image_size,
        links.link_text,
        links.bare_address,
        links.no_links,
        address.canonical,
        address.noindex,
        address.card,
        dates.dates,
        dates.old,
    ]


def _site_rules() -> list[Rule]:
    from copydesk_plugins.seo import address, broken_links, link_graph, same_texts

    return [
        broken_links.broken_link,
        broken_links.broken_anchor,
        link_graph.orphan,
        link_graph.competing_links,
        same_texts.same_title,
        same_texts.same_description,
        address.canonical_host,
    ]
