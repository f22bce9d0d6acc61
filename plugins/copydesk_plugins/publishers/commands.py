"""What to type about one post: commands that can be copied from a message as they are."""

from __future__ import annotations


def overwrite(target: str, post: str) -> str:
    """Return the command that writes over what a person changed there."""
    return f"`copydesk publish --to {target} --overwrite {post}`"


def bring_back(target: str, post: str) -> str:
    """Return the command that makes a post public again that was taken back to draft."""
    return f"`copydesk publish --to {target} --go-live --overwrite {post}`"


def take_theirs(target: str, post: str) -> str:
    """Return the command that lets stand what is there."""
    return f"`copydesk publish --to {target} --take-theirs {post}`"


def unpublish(target: str, post: str) -> str:
    """Return the command that takes a post back."""
    return f"`copydesk unpublish {post} --to {target}`"
