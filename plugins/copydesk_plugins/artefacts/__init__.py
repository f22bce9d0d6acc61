"""Leftovers of old sites and chat windows: certain ones are errors, doubtful ones warnings.

Fixes only take out whole lines or put in a space or a line break; nothing else moves.
"""

from __future__ import annotations

from copydesk.api import Rule, hookimpl


@hookimpl
def register_rules() -> list[Rule]:
    """Return the artefacts rules."""
    from copydesk_plugins.artefacts.chatbot import chatbot
    from copydesk_plugins.artefacts.glued import glued
    from copydesk_plugins.artefacts.pager import pager
    from copydesk_plugins.artefacts.quotes import quotes
    from copydesk_plugins.artefacts.title import title
    from copydesk_plugins.artefacts.widget import widget

    return [pager, chatbot, widget, quotes, glued, title]
