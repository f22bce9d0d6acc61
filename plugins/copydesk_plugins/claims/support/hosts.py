"""Which tier a host and path, or a DOI, belongs to: the table in `hosts.csv`.

A row `fda.gov` holds for that host and all below it, `*.nhs.uk` only for those below, and
`nature.com/articles` only for paths that begin so. The longest host that fits counts, then its
longest path. Names are compared label by label: `evilfda.gov` and `fda.gov.evil.com` fit no
row of `fda.gov`.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

#: A: peer-reviewed work, labels, agencies, guidelines. B: hospitals, universities, preprints.
#: C: everything else, and every home page and search page. Empty: no source at all.
Tier = Literal["A", "B", "C", ""]
TIERS = ("A", "B", "C")
_PATH = Path(__file__).resolve().with_name("hosts.csv")


class HostRow(NamedTuple):
    """A row of the table."""

    host: str
    path: str
    tier: Tier
    note: str


class _Table(NamedTuple):
    hosts: dict[str, tuple[HostRow, ...]]
    dois: tuple[HostRow, ...]


def tier_of_host(host: str, path: str) -> Tier:
    """Return the tier of a host and path, C where no row fits.

    `host` is in small letters, without port and final dot; `path` begins with a slash.
    """
    hosts = _table().hosts
    bare = host.removeprefix("www.")
    labels = bare.split(".")
    for at in range(len(labels)):
        key = ".".join(labels[at:])
        for row in (*(hosts.get("*." + key, ()) if at else ()), *hosts.get(key, ())):
            if path.startswith(row.path):
                return row.tier
    return "C"


def tier_of_doi(doi: str) -> Tier:
    """Return the tier of a DOI: preprints and deposits have prefixes of their own."""
    return next((row.tier for row in _table().dois if doi.startswith(row.path)), "A")


def read_hosts(text: str) -> list[HostRow]:
    """Read the table; raises ValueError naming the line of a bad row."""
    found = []
    reader = csv.DictReader(text.splitlines())
    for row in reader:
        host, slash, path = (row.get("host") or "").strip().lower().partition("/")
        tier = (row.get("tier") or "").strip().upper()
        if not host or tier not in TIERS:
            raise ValueError(f"line {reader.line_num}: a row needs a host and a tier A, B or C")
        if host.startswith("doi:"):
            host, path = "doi", host.removeprefix("doi:") + slash + path
        else:
            path = slash + path
        found.append(HostRow(host, path, cast(Tier, tier), (row.get("note") or "").strip()))
    return found


@cache
def _table() -> _Table:
    text = _PATH.read_text("utf-8")
    hosts: dict[str, tuple[HostRow, ...]] = {}
    for row in sorted(read_hosts(text), key=lambda row: -len(row.path)):
        hosts[row.host] = (*hosts.get(row.host, ()), row)
    return _Table(hosts, hosts.pop("doi", ()))
