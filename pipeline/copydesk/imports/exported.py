"""A post of another system as an input: what tells it apart, and what it becomes as a draft."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from html import escape

from copydesk.imports import inputs
from copydesk.imports.inputs import Given
from copydesk.metadata import STATES
from copydesk.model.draft import Conversion, Incoming
from copydesk.model.export import Exported
from copydesk.model.finding import CopydeskError, Failure
from copydesk.registry import Registry
from copydesk.slugs import slugify

#: The importer that turns the body of a post into Markdown.
_IMPORTER = "body"
_LONGEST_NAME = 80

Values = dict[str, str | tuple[str, ...]]


def given_of(exported: Exported, home: str, label: str) -> Given:
    """Return a post of another system as an input; `label` is how people call that system."""
    name = " ".join((exported.title or exported.slug or f"post {exported.remote}").split())
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 1].rstrip() + "…"
    line = f":{exported.line}" if exported.line else ""
    return Given(f"“{name}” in {label}{line}", None, home=home, remote=exported.remote)


def digest_of(exported: Exported) -> str:
    """Return the hash of all that a person could have changed in a post.

    The hour of its last change is no part of it: systems count a save without a change, too.
    """
    told = exported._replace(
        key="", updated=None, notes=(), losses=(), entry=None, settled=False, line=0
    )._asdict()
    text = json.dumps(told, default=str, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def converted(exported: Exported, given: Given, registry: Registry) -> Conversion:
    """Return a post as a conversion, with all that is known of it; raises CopydeskError."""
    importer = registry.importers.get(_IMPORTER)
    if importer is None:
        raise CopydeskError(
            Failure("plugin", f"there is no importer {_IMPORTER}", "Install Copydesk again.")
        )
    base = f'<base href="{escape(exported.address)}">' if exported.address else ""
    html = base + exported.html
    incoming = Incoming("body.html", html.encode("utf-8", "replace"))
    found = inputs.convert(incoming, given, importer, registry)
    front_matter = _front_matter(exported)
    values = [exported.title, *_texts(front_matter), *_texts(dict(exported.others))]
    return inputs.checked(
        found._replace(
            title=exported.title,
            texts=(*found.texts, *(each for each in values if each.strip())),
            front_matter={**front_matter, "slug": _slug(exported), "state": _state(exported)},
            others=exported.others,
            omissions=(*exported.omissions, *found.omissions),
            notes=(*exported.notes, *found.notes),
        )
    )


def _front_matter(exported: Exported) -> Values:
    values: Values = {
        **exported.more,
        "id": exported.key,
        "published": _moment(exported.published),
        "updated": _moment(exported.updated),
        "description": exported.description,
        "category": exported.category,
        "tags": exported.tags,
        "author": exported.author,
        "image": exported.image,
        "image_alt": exported.image_alt,
        "canonical": exported.canonical,
    }
    return {key: value for key, value in values.items() if value}


def _texts(values: Values) -> list[str]:
    """Return what people would miss of some front matter."""
    found = (value for key, value in values.items() if key not in ("id", "published", "updated"))
    return [part for each in found for part in ((each,) if isinstance(each, str) else each)]


def _slug(exported: Exported) -> str:
    if exported.slug:
        return exported.slug
    return slugify(exported.title) if exported.title.strip() else f"post-{exported.remote}"


def _state(exported: Exported) -> str:
    return exported.state if exported.state in STATES else "draft"


def _moment(when: datetime | None) -> str:
    """Return a date as front matter has it, in UTC; one that no calendar can hold is left out."""
    if when is None:
        return ""
    try:
        when = when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC)
    except OverflowError:
        return ""
    return when.replace(microsecond=0, tzinfo=None).isoformat() + "Z"
