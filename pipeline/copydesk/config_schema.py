"""The keys of copydesk.toml: what each takes, what it means, and who may set it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from copydesk.config_files import ConfigFile
from copydesk.metadata import KEYS as FRONT_MATTER_KEYS
from copydesk.model.context import TEMPLATE_PARTS
from copydesk.model.finding import SEVERITIES, Failure


class ConfigKey(NamedTuple):
    """One key: the check of its value (an empty answer is fine), its default and its meaning."""

    name: str
    check: Callable[[Any], str]
    default: Any
    help: str
    nested: bool = False


def _text(value: Any) -> str:
    return "" if isinstance(value, str) else "a text in quotes"


def _flag(value: Any) -> str:
    return "" if isinstance(value, bool) else "true or false"


def _texts(value: Any) -> str:
    if isinstance(value, str):
        return ""
    good = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return "" if good else 'a list of texts, such as ["drafts/old/"]'


def is_texts(value: Any) -> bool:
    """Say whether a value is one text or a list of texts, and not an empty one."""
    return bool(value) and not _texts(value)


def _table(value: Any) -> str:
    return "" if isinstance(value, dict) else "a table"


def _tables(value: Any) -> str:
    good = isinstance(value, list) and all(isinstance(each, dict) for each in value)
    return "" if good else "tables, each headed [[overrides]]"


def _zone(value: Any) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, TypeError, OSError):
        return 'the name of a time zone in quotes, such as "America/Los_Angeles"' + _near_zone(
            value
        )
    return ""


def _near_zone(value: Any) -> str:
    """Return the nearest time zone as a hint; its city alone is enough to find it."""
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    zones = available_timezones()
    by_city = {name.rpartition("/")[2]: name for name in sorted(zones)}
    word = value if isinstance(value, str) else ""
    near = get_close_matches(word, sorted(zones), 1, 0.8) or [
        by_city[city] for city in get_close_matches(word.rpartition("/")[2], by_city, 1, 0.7)
    ]
    return f"; did you mean {near[0]}?" if near else ""


def _url(value: Any) -> str:
    from urllib.parse import urlsplit

    wanted = "an address that begins with https://"
    if not (isinstance(value, str) and value.startswith(("https://", "http://"))):
        return wanted
    try:
        parts = urlsplit(value)
        good = parts.hostname and parts.port != 0
    except ValueError:
        return wanted
    if "@" in parts.netloc:  # settings and addresses of pages are shown to everybody
        return "an address without a user name or a password in it"
    return "" if good else wanted


def _seconds(value: Any) -> str:
    good = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return "" if good else "a number of seconds above 0"


def _days(value: Any) -> str:
    good = isinstance(value, int) and not isinstance(value, bool) and value > 0
    return "" if good else "a whole number of days above 0"


KEYS: tuple[ConfigKey, ...] = (
    ConfigKey("root", _flag, False, "This file is the root of a site; nothing above it counts."),
    ConfigKey("extends", _texts, [], "Configuration files to start from, read before this one."),
    ConfigKey("site-title", _text, "", "The name of the blog, shown on its pages."),
    ConfigKey(
        "site-url",
        _url,
        "",
        "The public address of the blog; without it links stay relative and no sitemap is written.",
    ),
    ConfigKey("site-description", _text, "", "One sentence about the blog, for its feed."),
    ConfigKey("language", _text, "en", "The language of the blog's pages."),
    ConfigKey("timezone", _zone, "", "The time zone of dates that name none."),
    ConfigKey("posts", _texts, "posts", "The folder or folders that hold the posts."),
    ConfigKey("post-template", _text, "", "The file that `new` starts a draft from."),
    ConfigKey("exclude", _texts, [], "Patterns of paths that are no posts."),
    ConfigKey("plugin-files", _texts, [], "Python files with rules or other plugins."),
    ConfigKey(
        "plugin-deadline",
        _seconds,
        10,
        "Seconds that one rule that is not built in may take on one post.",
    ),
    ConfigKey("select", _texts, [], "Only these rules or plugins are used."),
    ConfigKey("ignore", _texts, [], "These rules or plugins are not used."),
    ConfigKey("default-target", _text, "", "The target that `run` publishes to."),
    ConfigKey("rules", _table, {}, "Severity and options of rules.", nested=True),
    ConfigKey("overrides", _tables, [], "Rules for some files only.", nested=True),
    ConfigKey("check", _table, {}, "The policy of `check`."),
    ConfigKey(
        "provided-by-template",
        _texts,
        [],
        "What the site's template shows on every page, so that no post needs it: "
        + ", ".join(TEMPLATE_PARTS)
        + ".",
    ),
    ConfigKey("enrichers", _table, {}, "Options of what adds to posts, such as the links."),
    ConfigKey("front-matter", _table, {}, "Names that another tool gives our front-matter keys."),
    ConfigKey("targets", _table, {}, "Places to publish to, by name."),
    ConfigKey("sources", _table, {}, "Where cited sources are looked up, and how often."),
    ConfigKey("people", _table, {}, "People who approve, review or waive, by name."),
)
BY_NAME: Mapping[str, ConfigKey] = {key.name: key for key in KEYS}
SEVERITY_WORDS = (*SEVERITIES, "off")
FAIL_ON = (*SEVERITIES, "never")
_TARGET_KEYS = ("kind", "path", "url", "user", "links")
_SOURCES: Mapping[str, tuple[Callable[[Any], str], str]] = {
    "crossref": (_url, "The address of the Crossref API."),
    "pubmed": (_url, "The address of the PubMed E-utilities."),
    "retraction-watch": (_text, "The Retraction Watch list, a CSV file below the site's root."),
    "mailto": (_text, "The mail address that is told to Crossref and PubMed, as they ask."),
    "max-age-days": (_days, "Days after which an answer about a source is asked for anew."),
}
_PERSON_KEYS = ("name", "role", "credential", "url")
_LINKS = ("own", "theme", "none")
#: Where kinds of targets that write files do so without a path.
_PATHS = {"folder": "site", "paste": "handover", "wxr": "{target}.wxr.xml"}


def did_you_mean(word: str, known: list[str] | tuple[str, ...]) -> str:
    """Return a hint at the nearest known word, or the words there are."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1, 0.6)
    if near:
        return f"Did you mean {near[0]}?"
    shown = ", ".join(sorted(known)[:12])
    return f"Known are: {shown}{', ...' if len(known) > 12 else ''}."


def check_file(config: ConfigFile, nested: bool) -> list[Failure]:
    """Return what is wrong with the keys of one file; rules are checked elsewhere."""
    failures = []
    for name, value in config.data.items():
        key = BY_NAME.get(name)
        if key is None:
            failures.append(
                config.failure(f"unknown key {name}", did_you_mean(name, tuple(BY_NAME)), name)
            )
        elif nested and not key.nested and name != "root":
            failures.append(
                config.failure(
                    f"{name} may only be set in the root configuration",
                    "Move it there: a nested file can only tune rules.",
                    name,
                )
            )
        elif wanted := key.check(value):
            failures.append(config.failure(f"{name} takes {wanted}", key.help, name))
    if failures:
        return failures
    return [
        *_check_policy(config),
        *_check_provided(config),
        *_check_enrichers(config),
        *_check_targets(config),
        *_check_front_matter(config),
        *_check_sources(config),
        *_check_people(config),
    ]


def _check_policy(config: ConfigFile) -> list[Failure]:
    failures = []
    for name, value in config.data.get("check", {}).items():
        if name != "fail-on":
            failures.append(
                config.failure(
                    f"unknown key check.{name}", did_you_mean(name, ["fail-on"]), "check", name
                )
            )
        elif value not in FAIL_ON:
            failures.append(
                config.failure(
                    "check.fail-on takes one of " + ", ".join(FAIL_ON),
                    "error is the default.",
                    "check",
                    name,
                )
            )
    return failures


def _check_provided(config: ConfigFile) -> list[Failure]:
    given = config.data.get("provided-by-template", [])
    return [
        config.failure(
            f"provided-by-template does not know {name!r}",
            did_you_mean(name, TEMPLATE_PARTS),
            "provided-by-template",
        )
        for name in ([given] if isinstance(given, str) else given)
        if name not in TEMPLATE_PARTS
    ]


def _check_enrichers(config: ConfigFile) -> list[Failure]:
    return [
        config.failure(
            f"enrichers.{name} takes a table", f"Write [enrichers.{name}].", "enrichers", name
        )
        for name, value in config.data.get("enrichers", {}).items()
        if not isinstance(value, dict)
    ]


def _check_targets(config: ConfigFile) -> list[Failure]:
    failures = []
    for target, table in config.data.get("targets", {}).items():
        where = f"targets.{target}"
        if not isinstance(table, dict):
            failures.append(
                config.failure(
                    f"{where} takes a table", f"Write [{where}] and its keys below.", target
                )
            )
            continue
        for name, value in table.items():
            if name not in _TARGET_KEYS:
                hint = did_you_mean(name, _TARGET_KEYS)
                if name in ("secret", "password", "key", "token"):
                    from copydesk.credentials import variables

                    secret_name, url_name = variables(target)
                    hint = (
                        "A secret never stands in a file. Delete it there and store it with "
                        f"`copydesk login {target}`, or set {secret_name} and {url_name} in the "
                        "environment."
                    )
                failures.append(config.failure(f"unknown key {where}.{name}", hint, target, name))
            elif not isinstance(value, str):
                failures.append(
                    config.failure(
                        f"{where}.{name} takes a text in quotes",
                        "Put quotes around it.",
                        target,
                        name,
                    )
                )
            elif name == "url" and (wanted := _url(value)):
                failures.append(
                    config.failure(
                        f"{where}.url takes {wanted}",
                        "It is the address of the system.",
                        target,
                        name,
                    )
                )
            elif name == "links" and value not in _LINKS:
                failures.append(
                    config.failure(
                        f"{where}.links takes one of own, theme, none",
                        "own is the default.",
                        target,
                        name,
                    )
                )
        if "kind" not in table:
            failures.append(config.failure(f"{where} has no kind", 'Add kind = "folder".', target))
    return failures or _check_paths(config)


def target_path(target: str, table: Mapping[str, Any]) -> str:
    """Return the path of a target as it is configured, or the one its kind has without."""
    path = table.get("path") or _PATHS.get(table["kind"], "").format(target=target)
    return path if isinstance(path, str) else ""


def _check_paths(config: ConfigFile) -> list[Failure]:
    """Return the targets that would take down each other's pages."""
    failures = []
    taken: dict[str, str] = {}
    for target, table in config.data.get("targets", {}).items():
        path = target_path(target, table)
        other = taken.setdefault(os.path.normpath(path), target) if path else target
        if other != target:
            failures.append(
                config.failure(
                    f"targets.{target} has the same path as targets.{other}",
                    "Give each target a folder of its own.",
                    target,
                    *(["path"] if "path" in table else []),
                )
            )
    return failures


def _check_front_matter(config: ConfigFile) -> list[Failure]:
    failures = []
    for name, value in config.data.get("front-matter", {}).items():
        if name not in FRONT_MATTER_KEYS:
            failures.append(
                config.failure(
                    f"front-matter.{name} is no front-matter key of Copydesk",
                    did_you_mean(name, FRONT_MATTER_KEYS) + " The other tool's name stands on the "
                    'right: published = "date".',
                    "front-matter",
                    name,
                )
            )
        elif wanted := _text(value):
            failures.append(
                config.failure(
                    f"front-matter.{name} takes {wanted}",
                    'Such as published = "date".',
                    "front-matter",
                    name,
                )
            )
    return failures


def _check_sources(config: ConfigFile) -> list[Failure]:
    failures = []
    for name, value in config.data.get("sources", {}).items():
        if name not in _SOURCES:
            message, help = f"unknown key sources.{name}", did_you_mean(name, tuple(_SOURCES))
        elif wanted := _SOURCES[name][0](value):
            message, help = f"sources.{name} takes {wanted}", _SOURCES[name][1]
        else:
            continue
        failures.append(config.failure(message, help, "sources", name))
    return failures


def _check_people(config: ConfigFile) -> list[Failure]:
    failures = []
    for person, table in config.data.get("people", {}).items():
        if not isinstance(table, dict):
            failures.append(
                config.failure(
                    f"people.{person} takes a table",
                    f"Write [people.{person}] and its keys below.",
                    person,
                )
            )
            continue
        failures += [
            config.failure(
                f"unknown key people.{person}.{name}",
                did_you_mean(name, _PERSON_KEYS),
                person,
                name,
            )
            for name in table
            if name not in _PERSON_KEYS
        ]
        if "url" in table and (wanted := _url(table["url"])):
            help = "It is a page about the person, for search engines."
            failures.append(
                config.failure(f"people.{person}.url takes {wanted}", help, person, "url")
            )
    return failures
