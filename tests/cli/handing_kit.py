"""A small site whose posts are carried over by hand: what is planned, and which pages wait."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import html5lib
from cli_kit import NOW, Ran, post, write

CONFIG = """\
root = true
site-title = "Harbour Lane"
site-url = "https://www.harbour.example/blog/"
timezone = "Europe/London"

[targets.paste]
kind = "paste"

[targets.wxr]
kind = "wxr"
"""
#: A picture of one point.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
Run = Callable[..., Ran]


def make_site(names: str = "fees hours parking", config: str = CONFIG) -> None:
    """Write a site with a post for each name, a day apart, oldest first."""
    write("copydesk.toml", config)
    for day, name in enumerate(names.split(), 1):
        add(name, day)


def add(name: str, day: int, text: str = "", **front_matter: object) -> None:
    """Write a post that is due, with an id."""
    title = str(front_matter.pop("title", f"About {name}"))
    text = text or f"We wrote down what there is to know about {name}."
    write(f"posts/{name}.md", post(title, text, **{"id": name, "day": day} | front_matter))


def change(name: str, old: str, new: str) -> None:
    """Change a source."""
    path = Path(f"posts/{name}.md")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def publish(copydesk: Run, to: str, *flags: str, code: int = 0) -> dict[str, str]:
    """Publish and return what became of each post: its action."""
    ran = copydesk("publish", "--to", to, "--now", NOW, "--format", "json", *flags)
    assert ran.code == code, ran.said
    return actions(ran.json)


def planned(copydesk: Run, to: str, *flags: str, code: int = 0) -> dict[str, Any]:
    """Return the plan."""
    ran = copydesk("plan", "--to", to, "--now", NOW, "--format", "json", *flags)
    assert ran.code == code, ran.said
    plan: dict[str, Any] = ran.json["plans"][0]
    return plan


def actions(value: dict[str, Any]) -> dict[str, str]:
    """Return the action of each post of a plan, by its id, without those that stay the same."""
    changes = [each for plan in value.get("plans", [value]) for each in plan["changes"]]
    return {
        each["name"]: each["action"]
        for each in changes
        if each["kind"] == "post" and each["action"] != "unchanged"
    }


def change_of(plan: dict[str, Any], name: str) -> dict[str, Any]:
    """Return one row of a plan."""
    found: dict[str, Any] = next(each for each in plan["changes"] if each["name"] == name)
    return found


def fields_of(plan: dict[str, Any], name: str) -> dict[str, tuple[str, str]]:
    """Return what differs of a post, as old and new by field."""
    rows = change_of(plan, name)["fields"]
    return {row["field"]: (row["old"], row["new"]) for row in rows}


def pages() -> list[str]:
    """Return the posts whose page waits."""
    return sorted(path.stem.removeprefix("post-") for path in Path("handover").glob("post-*.html"))


def done(*names: str) -> None:
    """Do what a person does who has carried posts over: delete their pages."""
    for name in names or pages():
        Path(f"handover/post-{name}.html").unlink()


def page(name: str) -> Any:
    """Return the page of a post, read strictly, as a tree."""
    return parsed(Path(f"handover/post-{name}.html").read_text("utf-8"))


def parsed(text: str) -> Any:
    """Read a page as browsers do, and fail where it has a fault."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def shown(tree: Any, place: str = ".") -> dict[str, str]:
    """Return what a page shows to be copied, by field."""
    found = {}
    for section in tree.findall(f"{place}//section[@data-field]"):
        value = section.find(".//*[@data-shown]")
        if value is not None:
            found[section.get("data-field")] = " ".join("".join(value.itertext()).split())
    return found


def source(tree: Any, field: str) -> str:
    """Return the HTML of a field, as it can be copied."""
    code = tree.find(f".//section[@data-field='{field}']//*[@data-source]")
    return "".join(code.itertext())


def links(html: str) -> dict[str, str]:
    """Return the addresses of a block of links, by relation."""
    return {rel: unescape(href) for rel, href in re.findall(r'rel="(\w+)" href="([^"]*)"', html)}


def ledger(target: str) -> Any:
    """Return the record of a target."""
    return json.loads(Path(f".copydesk/{target}.json").read_text("utf-8"))
