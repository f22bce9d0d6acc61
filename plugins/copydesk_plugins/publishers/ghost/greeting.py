"""The first questions to a Ghost: is it one, is it new enough, is the clock right, who are we."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urljoin

from copydesk.api import harmless
from copydesk.http import Answer
from copydesk_plugins.publishers.cms.remote import Account, Lost, Refused
from copydesk_plugins.publishers.ghost.addresses import with_query
from copydesk_plugins.publishers.ghost.answers import (
    Where,
    clock_gap,
    first_error,
    json_of,
    refused,
    wrong_clock,
)
from copydesk_plugins.publishers.ghost.api import Api
from copydesk_plugins.publishers.ghost.reading import Site, posts_of

_OLDEST, _NEWEST = 5, 6
#: Ghost takes no token of a machine that is five minutes behind; one near that is told in time.
_FAR, _NEAR = 240, 60
_VERSION = re.compile(r"v?(\d{1,3})(?:\.\d{1,4}){0,2}", re.ASCII)
_EVERYTHING = frozenset({"publish", "upload", "script", "edit others", "terms"})
#: What people with a role may do, where the key is a person's and not an integration's.
_ROLES = {
    "Author": frozenset({"publish", "upload", "script", "terms"}),
    "Contributor": frozenset({"script"}),
}


def site_of(api: Api) -> Site:
    """Return what has to be known of a site to read its posts; raises Lost and Refused."""
    public, _, _ = _public_root(api)
    return Site(public, _usual(api, public))


def _usual(api: Api, public: str) -> bool:
    """Say whether posts stand at their slug below the root, as some that are public show.

    Who runs a Ghost can give posts other addresses, and it tells only those of public posts.
    """
    query = with_query("posts/", limit=5, filter="status:published", fields="id,slug,url")
    rows = posts_of(_require_posts(api, query))
    found = [
        (row.get("url"), urljoin(public, f"{quote(str(row.get('slug')))}/"))
        for row in rows
        if isinstance(row, dict)
    ]
    return bool(found) and all(told == expected for told, expected in found)


def _public_root(api: Api) -> tuple[str, Mapping[str, Any], Answer]:
    """Return the root of the public site, what Ghost says of it, and the answer itself.

    Raises Lost where there is no Ghost, or where it stands elsewhere.
    """
    answer = api.answer("site/")
    site = (json_of(answer) or {}).get("site")
    if answer.status != 200 or not isinstance(site, dict):
        if first_error(answer) or answer.status == 401:
            raise Lost(refused(api.where, answer, api.clock()).failure)
        raise Lost(
            api.where.lost(
                f"there is no Ghost at this address (it answered {answer.status})",
                f"Write the address of the site as targets.{api.where.target}.url, as it stands "
                "in the browser before /ghost/ while you write posts.",
            )
        )
    url = site.get("url")
    if not isinstance(url, str) or not _ON_THE_WEB.fullmatch(url):
        raise Lost(api.where.lost("Ghost does not say where its public site is", _ASK))
    return url.rstrip("/") + "/", site, answer


_ON_THE_WEB = re.compile(r"https?://[^\s\"'<>@\\]+")
_ASK = "Ask whoever runs the site to look at the setting `url` of Ghost."


def greet(api: Api) -> tuple[Account, Site]:
    """Return who we are there, and where posts are; raises Lost for what would fail later."""
    try:
        return _greet(api)
    except Refused as error:
        raise Lost(error.failure) from None


def _greet(api: Api) -> tuple[Account, Site]:
    public, site, answer = _public_root(api)
    notes = [*_clock(api, answer)]
    version = _version(api.where, site, answer, notes)
    name, role = _person(api)
    can = _ROLES.get(role, _EVERYTHING)
    usual = _usual(api, public)
    settings = _settings(api)
    if "publish" not in can:
        notes.append(
            f"This key belongs to somebody with the role {role}, who may not make posts public."
        )
    if settings.get("default_content_visibility", "public") != "public":
        notes.append(
            "New posts on this site are not for everybody: Ghost shows them to members only, as "
            "it was set there. Copydesk does not change that."
        )
    if settings.get("is_private") is True:
        notes.append("The site is private: visitors need the password that was set in Ghost.")
    zone = settings.get("timezone")
    account = Account(
        name=name,
        role=role,
        public=public,
        can=can,
        system=f"Ghost {version}",
        timezone=harmless(zone)[:60] if isinstance(zone, str) else "",
        notes=tuple(notes),
    )
    return account, Site(public, usual)


def _clock(api: Api, answer: Answer) -> Iterator[str]:
    gap = clock_gap(answer.headers, api.clock())
    if gap is None or abs(gap) < _NEAR:
        return
    if abs(gap) >= _FAR:
        raise Lost(wrong_clock(api.where, gap))
    side = "behind" if gap > 0 else "ahead of"
    # Without the seconds: a saved plan holds this, and has to be the same a moment later.
    yield f"The clock of this machine is more than a minute {side} that of the site."


def _version(where: Where, site: Mapping[str, Any], answer: Answer, notes: list[str]) -> str:
    said = answer.headers.get("Content-Version", "") or str(site.get("version", ""))
    found = _VERSION.fullmatch(said.strip())
    if found is None:
        raise Lost(where.lost("Ghost does not say which version it is", _ASK_VERSION))
    version, major = said.strip().removeprefix("v"), int(found[1])
    if major < _OLDEST:
        raise Lost(
            where.lost(
                f"this is Ghost {version}, and Copydesk needs version {_OLDEST} or newer",
                "Ask whoever runs the site to bring Ghost up to date.",
            )
        )
    if major > _NEWEST:
        notes.append(f"This is Ghost {version}; Copydesk was tried with versions up to {_NEWEST}.")
    return version


_ASK_VERSION = "Look whether something between here and the site takes headers out of answers."


def _person(api: Api) -> tuple[str, str]:
    """Return name and role; an integration is no person, which Ghost answers with 404."""
    answer = api.read("users/me/?include=roles")
    rows = (answer or {}).get("users")
    user = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else None
    if user is None:
        return "a custom integration", "Integration"
    roles = user.get("roles")
    role = roles[0] if isinstance(roles, list) and roles and isinstance(roles[0], dict) else {}
    name, called = str(user.get("name", "")), str(role.get("name", ""))
    return harmless(name)[:80], harmless(called)[:40]


def _require_posts(api: Api, query: str) -> Mapping[str, Any]:
    answer = api.read(query)
    if answer is None or not isinstance(answer.get("posts"), list):
        raise Lost(
            api.where.lost(
                "Ghost does not let this key read posts",
                "Use the Admin API key of a custom integration.",
            )
        )
    return answer


def _settings(api: Api) -> Mapping[str, Any]:
    """Return the settings of the site by name; an author's key may not read them."""
    answer = api.answer("settings/")
    rows = (json_of(answer) or {}).get("settings")
    if answer.status != 200 or not isinstance(rows, list):
        return {}
    return {
        row["key"]: row.get("value")
        for row in rows
        if isinstance(row, dict) and isinstance(row.get("key"), str)
    }
