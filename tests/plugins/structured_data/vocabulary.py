"""What schema.org allows, read from the published vocabulary, and what Google requires."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parents[2] / "schemas" / "schema-org-12.0-cut.json"
_NODES: dict[str, dict[str, Any]] = {
    each["@id"].removeprefix("schema:"): each
    for each in json.loads(_FILE.read_text("utf-8"))["@graph"]
}
_GOOGLE = json.loads((_FILE.parent / "google-fields.json").read_text("utf-8"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ADDRESS = re.compile(r"https://[a-z.]+/\S*|copydesk:(?:[A-Za-z0-9._-]+|#image)")


def _names(value: Any) -> set[str]:
    values = value if isinstance(value, list) else [value] if value else []
    return {each["@id"].removeprefix("schema:") for each in values}


def kinds(name: str) -> set[str]:
    """Return a type and all that it inherits from."""
    above = _names(_NODES.get(name, {}).get("rdfs:subClassOf"))
    return {name}.union(*(kinds(each) for each in above)) if above else {name}


def lacking(value: dict[str, Any], level: str = "required") -> list[str]:
    """Return what an object lacks of what Google requires, or recommends, at any depth."""
    found = []
    for name in _GOOGLE.get(value["@type"], {}).get(level, ()):
        if not value.get(name):
            found.append(f"{value['@type']} lacks {name}")
    for each in value.values():
        for part in each if isinstance(each, list) else [each]:
            if isinstance(part, dict):
                found += lacking(part, level)
    return found


def problems(value: dict[str, Any]) -> list[str]:
    """Return what schema.org does not know of an object, or not as it is."""
    found = []
    kind = value["@type"]
    if "rdfs:Class" not in _NODES.get(kind, {}).get("@type", ()):
        return [f"no type {kind}"]
    for name, each in value.items():
        if name.startswith("@"):
            continue
        node = _NODES.get(name, {})
        if not _names(node.get("schema:domainIncludes")) & kinds(kind):
            found.append(f"{kind} has no {name}")
            continue
        if "schema:supersededBy" in node:
            found.append(f"{name} is out of date")
        for part in each if isinstance(each, list) else [each]:
            if isinstance(part, dict):
                found += problems(part)
            if not _kinds_of(part) & _names(node.get("schema:rangeIncludes")):
                found.append(f"{name} does not take {part!r}")
    return found


def _kinds_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return kinds(value["@type"])
    if isinstance(value, int) and not isinstance(value, bool):
        return {"Integer", "Number"}
    if not isinstance(value, str):
        return set()
    found = {"Text"}
    if _ADDRESS.fullmatch(value):
        found.add("URL")
    try:
        if datetime.fromisoformat(value).tzinfo:
            found.add("DateTime")
        elif _DAY.fullmatch(value):
            found.add("Date")
    except ValueError:
        pass
    return found
