"""What Ghost's answers mean, for programs and for people."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from copydesk.api import CopydeskError, Failure, harmless
from copydesk.http import Answer, retry_after
from copydesk_plugins.publishers.cms.remote import Lost, Moved, NotDone, Refused, Unclear

_MOST_WORDS = 300
#: What is too long for a word may be a token that somebody on the way repeats.
_RUN = re.compile(r"[\w.:+/=-]{32,}")
#: Names of fields as people know them from Ghost's editor.
_FIELDS = {
    "title": "the title",
    "slug": "the address (slug)",
    "custom_excerpt": "the description",
    "feature_image_alt": "the text for the picture",
    "canonical_url": "the canonical address",
    "codeinjection_head": "the structured data",
    "lexical": "the body",
    "tags": "a tag",
}


class Where(NamedTuple):
    """The target's name in copydesk.toml and the origin that it is asked at."""

    target: str
    origin: str

    def failure(self, message: str, help: str) -> Failure:
        """Return a failure that concerns one post of this target."""
        return Failure("target", message, help)

    def lost(self, message: str, help: str) -> Failure:
        """Return a failure of the target itself, which is named in it."""
        return Failure("target", f"{self.target}: {message}", help)


def json_of(answer: Answer) -> Mapping[str, Any] | None:
    """Return the JSON object in an answer, or None where there is none."""
    try:
        value = json.loads(answer.body.decode("utf-8-sig"))  # from bytes it would take half signs
        if rb"\ud" in answer.body.lower():  # half a sign cannot be written anywhere
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def first_error(answer: Answer) -> Mapping[str, Any] | None:
    """Return what Ghost says went wrong, or None where the answer is not Ghost's."""
    errors = (json_of(answer) or {}).get("errors")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        return errors[0]
    return None


def clock_gap(headers: Mapping[str, str], now: datetime) -> int | None:
    """Return by how many seconds a host's clock is ahead of ours, or None where it tells none."""
    try:
        there = parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError, OverflowError):
        return None
    return round(((there if there.tzinfo else there.replace(tzinfo=UTC)) - now).total_seconds())


def refused(where: Where, answer: Answer, now: datetime) -> CopydeskError:
    """Return what to raise for an answer that is no success."""
    error = first_error(answer)
    if error and (answer.status == 401 or error.get("code") == "INVALID_JWT"):
        return Lost(_login(where, answer, error, now))
    if answer.status == 401:
        return Lost(_another_login(where))
    if answer.status == 429:
        return _waits(NotDone(_busy(where)), answer)
    if answer.status == 409 and error and error.get("code") == "UPDATE_COLLISION":
        return Moved(
            where.failure(
                "somebody else saved this post in Ghost while Copydesk was at work",
                "Nothing was written. Run `copydesk plan` again to see what changed.",
            )
        )
    if 400 <= answer.status < 500:
        failure = _ghost_says(where, answer.status, error) if error else _page(where, answer.status)
        return Refused(failure)
    return _waits(unclear(where, f"answered {answer.status}"), answer)


def unclear(where: Where, what: str) -> Unclear:
    """Return what to raise where nobody knows whether a request was carried out."""
    return Unclear(
        where.failure(
            f"Ghost {what}, and it is not known whether it did what it was asked",
            "Run the command again later: it looks first, and does nothing twice.",
        )
    )


def _waits(error: Unclear, answer: Answer) -> Unclear:
    error.pause = retry_after(answer.headers, datetime.now(UTC)) or 0.0
    return error


def _busy(where: Where) -> Failure:
    return where.failure(
        "Ghost is asked too often just now and did nothing",
        "Wait some minutes and run the command again.",
    )


def _login(where: Where, answer: Answer, error: Mapping[str, Any], now: datetime) -> Failure:
    says = str(error.get("message", ""))
    gap = clock_gap(answer.headers, now)
    if "expired" in says or "iat" in says or "not active" in says:
        return wrong_clock(where, gap)
    if error.get("code") == "UNKNOWN_ADMIN_API_KEY":
        return where.lost(
            "Ghost does not know this Admin API key",
            "The integration may have been removed, or the key belongs to another site. Copy the "
            "Admin API key from Settings, Integrations in Ghost and run "
            f"`copydesk login {where.target}`.",
        )
    return where.lost(
        "Ghost does not accept this Admin API key",
        "It may have been made anew in Ghost. Copy it again from Settings, Integrations and run "
        f"`copydesk login {where.target}`.",
    )


def _another_login(where: Where) -> Failure:
    return where.lost(
        "the site asks for a password of its own before it lets anybody near Ghost",
        f"Ask whoever runs the site to let requests to {where.origin}/ghost/api/ through.",
    )


def wrong_clock(where: Where, gap: int | None) -> Failure:
    """Return the failure for a clock that is off; `gap` is how far the site's is ahead of ours."""
    by = "differ"
    if gap is not None:
        by = f"differ by {abs(gap)} seconds: ours is {'behind' if gap > 0 else 'ahead'}"
    return where.lost(
        f"the clocks of this machine and of {where.origin} {by}",
        "Ghost takes no key from a machine with another time. Set this machine's clock, best by "
        "letting it take the time from the network, and run the command again.",
    )


def _page(where: Where, status: int) -> Failure:
    if status == 413:
        return where.failure(
            "the site takes nothing as large as this",
            "Make the picture or file smaller, or ask whoever runs the site to allow more.",
        )
    return where.failure(
        f"a web page came back ({status}) where Ghost should have answered, so a firewall or "
        "another guard may have stopped the request",
        f"Ask whoever runs the site to let requests to {where.origin}/ghost/api/ through.",
    )


def _ghost_says(where: Where, status: int, error: Mapping[str, Any]) -> Failure:
    if status == 404:
        return where.failure(
            "what was asked is not in Ghost any more",
            "Somebody may have deleted it. Run `copydesk plan` to see what is there now.",
        )
    if status == 403:
        return where.failure(
            f"Ghost does not allow this: {_words(error)}",
            "Use the Admin API key of a custom integration, which may do all that is needed.",
        )
    field = _field(error)
    about = f" because of {field}" if field else ""
    return where.failure(
        f"Ghost did not take this post{about}: {_words(error)}",
        "Nothing was written. Change the post and run the command again.",
    )


def _field(error: Mapping[str, Any]) -> str:
    named = str(error.get("property") or "")
    return _FIELDS.get(named, "")


def _words(error: Mapping[str, Any]) -> str:
    """Return Ghost's own words, short and harmless, without a full stop."""
    said = str(error.get("context") or error.get("message") or "no reason given")
    said = _RUN.sub("…", harmless(" ".join(said[: _MOST_WORDS * 2].split())))
    return (said[:_MOST_WORDS] + "…" if len(said) > _MOST_WORDS else said).rstrip(". ")
