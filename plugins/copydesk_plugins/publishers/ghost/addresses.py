"""Where Ghost's API is, from the address that people write."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit, urlunsplit

_API = "/ghost/api/admin/"


def api_root(url: str) -> str:
    """Return the root of the Admin API, with a slash at its end.

    Takes the address of the site, also in a folder, and those that Ghost shows people: of its
    editor and of its API.
    """
    parts = urlsplit(url)
    path = parts.path + "/"
    path = path.partition("/ghost/")[0].rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, path + _API, "", ""))


def with_query(path: str, **values: str | int) -> str:
    """Return a path of the API with a query."""
    return f"{path}?{urlencode(values, quote_via=quote)}" if values else path


def literal(text: str) -> str:
    """Return a text as Ghost's filters take it."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
