"""Where something may be sent: the origin of an address, written in one way only."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from copydesk.model.finding import CopydeskError, Failure

_DEFAULT_PORTS = {"https": 443, "http": 80}
#: What browsers and libraries read in different ways; in a real address it is escaped.
_AMBIGUOUS = re.compile(r"[\s\\\x00-\x20\x7f-\xa0]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|\[::1\]")


def origin_of(address: str, name: str) -> str:
    """Return scheme, host and port of an address, such as `https://blog.example`.

    A default port is left out, the host is in small letters and its ASCII form; path and query
    do not count. `name` says in messages which address is meant; the address itself may hold
    a password and is never quoted. Raises CopydeskError where it is no address of the web.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refuse(name, "is no address of a web site") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise _refuse(name, "does not begin with https://")
    if "@" in parts.netloc:
        raise _refuse(name, "holds a user name or a password, which do not belong in an address")
    host = _ascii(host)
    if _AMBIGUOUS.search(address) or not _HOST.fullmatch(host) or port == 0:
        raise _refuse(name, "is no address of a web site")
    shown = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


def is_private(origin: str) -> bool:
    """Say whether nobody on the way can read along: by https, or never leaving this machine."""
    scheme, _, host = origin.partition("://")
    name = host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]
    return scheme == "https" or _LOOPBACK.fullmatch(name) is not None


def _ascii(host: str) -> str:
    """Return a host as it goes over the wire, or an empty text where there is no such form."""
    if ":" in host:
        return f"[{host.lower()}]"
    if host.isascii():
        return host.lower()
    import idna  # the package that requests encodes hosts with

    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return ""


def _refuse(name: str, message: str) -> CopydeskError:
    help = "Write it like https://blog.example, with nothing before the name of the host."
    return CopydeskError(Failure("target", f"{name} {message}", help))
