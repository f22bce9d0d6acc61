"""The first words with a WordPress: who are we there, and what would go wrong later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from copydesk.api import CopydeskError
from copydesk.http import Answer
from copydesk_plugins.publishers.cms.remote import Account, Lost
from copydesk_plugins.publishers.wordpress import shapes
from copydesk_plugins.publishers.wordpress.api import Api, Reply, reply_of

_ME = "/wp/v2/users/me"
_CAN = {
    "publish_posts": "publish",
    "upload_files": "upload",
    "edit_others_posts": "edit others",
    "manage_categories": "terms",
}
_MAY_SCRIPT = ("wp:action-unfiltered-html", "https://api.w.org/action-unfiltered-html")
#: A clock that is wrong by more than this is worth a word; posts go online by it.
_CLOCK = 60.0
_MAILING = {"jetpack": "Jetpack", "mailpoet": "MailPoet", "newsletter": "Newsletter"}


class Greeting(NamedTuple):
    """Who we are there, and how many seconds the site's clock is ahead of ours."""

    account: Account
    ahead: float


def greet(api: Api) -> Greeting:
    """Log in; raises Lost with what to do about anything that would fail later."""
    try:
        me, answer = _log_in(api)
        can = _abilities(me)
        if not shapes.field(me, "capabilities", "edit_posts"):
            raise api.failure("says that this account may not write posts", _ROLE)
        can |= _may_script(api, me)
        index = api.get("/", {"_fields": _INDEX}, lambda reply: dict(reply.value))
        ahead = _ahead(answer)
        account = Account(
            name=shapes.text_or_none(me, "name") or api.login.user,
            role=_role(me),
            public=_public(index, api),
            can=frozenset(can),
            system="WordPress",
            timezone=shapes.text_or_none(index, "timezone_string") or _offset(index),
            notes=tuple(_notes(api, index, can, ahead)),
        )
    except shapes.Odd as odd:
        raise Lost(api.odd(odd).failure) from None
    except Lost:
        raise
    except CopydeskError as error:
        raise Lost(error.failure) from None
    return Greeting(account, ahead)


_INDEX = "name,home,url,namespaces,timezone_string,gmt_offset"
_ROLE = "Ask whoever runs the site to give this account the role Author or Editor."


def _log_in(api: Api) -> tuple[Mapping[str, Any], Answer]:
    """Return what WordPress knows of us; finds out how its addresses look."""
    answer = _ask_who(api)
    if _is_no_rest(answer):
        api.plain = True
        other = _ask_who(api)
        if _is_no_rest(other):
            api.plain = False
        else:
            answer = other
    try:
        reply = reply_of(answer)
    except shapes.Odd:
        raise _no_wordpress(api, answer) from None
    if answer.status != 200:
        raise _no_login(api, answer, reply)
    if not isinstance(reply.value, dict):
        raise shapes.Odd("users/me")
    return reply.value, answer


def _ask_who(api: Api) -> Answer:
    return api.ask(_ME, {"context": "edit", "_fields": "id,name,roles,capabilities"})


def _is_no_rest(answer: Answer) -> bool:
    """Say whether an answer is a web page where JSON should be, as without pretty links."""
    try:
        reply_of(answer)
    except shapes.Odd:
        return answer.status in (200, 404)
    return False


def _no_wordpress(api: Api, answer: Answer) -> CopydeskError:
    if answer.status == 401:
        return api.failure(
            "asks for a password of its own, before WordPress",
            "Ask whoever runs the site to let requests to /wp-json/ through without it.",
        )
    if answer.status in (200, 404):
        return api.failure(
            "answers with a web page where WordPress's REST interface should be",
            "Look whether the address in copydesk.toml is that of the WordPress site, with the "
            "folder it lies in, if any. If it is, a plugin may have switched the interface off.",
        )
    if answer.status >= 500 or answer.status == 429:
        return api.failure(
            f"cannot answer for now (status {answer.status})",
            "Try again later, or ask whoever runs the site.",
        )
    return api.denial(answer)


_USER = (
    "Look whether `user` in copydesk.toml is the name you log in with. The password has to be an "
    "application password, not the one you log in with: WordPress shows it once, under Users, "
    "Profile, Application Passwords. Store it with `copydesk login`."
)
_HEADER = (
    " If both are right, the password does not reach WordPress: some hosts take the "
    "Authorization header away. Tools, Site Health in WordPress tells, and docs/wordpress.md says "
    "what to ask the host for."
)
_PASSWORDS_OFF = (
    "has application passwords switched off",
    "WordPress has them on sites with https:// only, and security plugins have a switch for them. "
    "Ask whoever runs the site to allow them.",
)
_REST_OFF = (
    "has its REST interface switched off",
    "A plugin does that. Ask whoever runs the site to allow it for this account.",
)
_CODES = {
    "application_passwords_disabled": _PASSWORDS_OFF,
    "application_passwords_disabled_for_user": _PASSWORDS_OFF,
    "rest_disabled": _REST_OFF,
    "rest_cannot_access": _REST_OFF,
    "rest_login_required": _REST_OFF,
    "rest_no_route": _REST_OFF,
}


def _no_login(api: Api, answer: Answer, reply: Reply) -> CopydeskError:
    """Return what is wrong where WordPress itself does not let us in."""
    refused = f"does not let the user “{api.login.user}” in with this password"
    if reply.code in ("incorrect_password", "invalid_username", "invalid_email"):
        return api.failure(refused, _USER)
    if reply.code == "rest_not_logged_in":
        # WordPress does not say whether the password was wrong or never came.
        taken = api.get("/", {"_fields": "authentication"}, _takes_passwords)
        return api.failure(refused, _USER + _HEADER) if taken else api.failure(*_PASSWORDS_OFF)
    words = _CODES.get(reply.code)
    return api.failure(*words) if words else api.denial(answer)


def _takes_passwords(reply: Reply) -> bool:
    return bool(shapes.field(reply.value, "authentication", "application-passwords"))


def _abilities(me: Mapping[str, Any]) -> set[str]:
    given = shapes.field(me, "capabilities")
    if not isinstance(given, dict):
        raise shapes.Odd("capabilities")
    return {word for name, word in _CAN.items() if given.get(name) is True}


def _may_script(api: Api, me: Mapping[str, Any]) -> set[str]:
    """Say whether scripts stay in a text: asked of a post, where there is one.

    The list of abilities is not enough: a network of sites denies it to those who have it.
    """

    def take(reply: Reply) -> bool | None:
        for row in shapes.rows(reply.value):
            return any(shapes.field(row, "_links", name) for name in _MAY_SCRIPT)
        return None

    query = {"context": "edit", "status": "any", "per_page": 1, "_fields": "id,_links"}
    known = api.get("/wp/v2/posts", query, take)
    if known is None:
        known = shapes.field(me, "capabilities", "unfiltered_html") is True
    return {"script"} if known else set()


def _role(me: Mapping[str, Any]) -> str:
    roles = shapes.field(me, "roles")
    names = [each for each in roles if isinstance(each, str)] if isinstance(roles, list) else []
    return ", ".join(names) or "no role"


def _public(index: Mapping[str, Any], api: Api) -> str:
    home = shapes.text(index, "home")
    try:
        parts = urlsplit(home)
    except ValueError:
        raise shapes.Odd("home") from None
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        raise shapes.Odd("home")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/"


def _offset(index: Mapping[str, Any]) -> str:
    hours = shapes.field(index, "gmt_offset")
    try:
        hours = float(hours)
    except (TypeError, ValueError, OverflowError):
        return ""
    return f"UTC{hours:+g}" if -24 < hours < 24 else ""


def _ahead(answer: Answer) -> float:
    """Return how many seconds the site's clock is ahead of ours, 0 where it does not say."""
    try:
        there = parsedate_to_datetime(answer.headers.get("Date", ""))
        return (there.replace(tzinfo=there.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return 0.0


def _notes(api: Api, index: Mapping[str, Any], can: set[str], ahead: float) -> list[str]:
    notes = []
    if abs(ahead) > _CLOCK:
        side = "behind" if ahead > 0 else "ahead of"
        notes.append(
            # Without the seconds: a saved plan holds this, and has to be the same a moment later.
            f"The clock of this machine is more than a minute {side} that of the site. "
            "Posts go online by the site's."
        )
    if "publish" not in can:
        notes.append("This account may write drafts, but not make them public.")
    if "edit others" not in can:
        notes.append("This account sees and changes only its own posts.")
    namespaces = shapes.field(index, "namespaces")
    for name in namespaces if isinstance(namespaces, list) else ():
        word = name.partition("/")[0] if isinstance(name, str) else ""
        if word in _MAILING:
            notes.append(
                f"The plugin {_MAILING[word]} is there. It may mail readers when a post becomes "
                "public: look at its settings, Copydesk cannot."
            )
    return list(dict.fromkeys(notes))
