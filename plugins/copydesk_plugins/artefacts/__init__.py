"""Leftovers of old sites and chat windows: certain ones are errors, doubtful ones warnings.

Fixes take out what is certain to mean nothing, put back what was certainly lost, and move nothing
else.
"""

from __future__ import annotations

from copydesk.api import Rule, hookimpl


@hookimpl
def register_rules() -> list[Rule]:
    """Return the artefacts rules."""
    from copydesk_plugins.artefacts.byline import byline
    from copydesk_plugins.artefacts.chatbot import chatbot
    from copydesk_plugins.artefacts.cut import cut
    from copydesk_plugins.artefacts.empty import empty
    from copydesk_plugins.artefacts.glued import glued
    from copydesk_plugins.artefacts.mojibake import mojibake
    from copydesk_plugins.artefacts.order_words import order_words
    from copydesk_plugins.artefacts.pager import pager
    from copydesk_plugins.artefacts.placeholder import placeholder
    from copydesk_plugins.artefacts.quotes import quotes
    from copydesk_plugins.artefacts.related import related_posts
    from copydesk_plugins.artefacts.repeated import repeated
    from copydesk_plugins.artefacts.spaces import spaces
    from copydesk_plugins.artefacts.template import template
    from copydesk_plugins.artefacts.title import title
    from copydesk_plugins.artefacts.tracking import tracking_rule
    from copydesk_plugins.artefacts.widget import widget

    return [
        *(pager, chatbot, widget, quotes, glued, title),
        *(byline, related_posts, cut, empty, placeholder, template),
        *(tracking_rule, spaces, mojibake, repeated, order_words),
    ]
