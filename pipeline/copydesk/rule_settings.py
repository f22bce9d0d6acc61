"""Which rules hold for which file, at which severity, with which options, and why.

Order, later wins: defaults, `extends`, the root's `[rules]`, its `[[overrides]]`, nested files
from the outside in, then the command line. A nested file may tune rules, but it can only raise
one that the root's policy counts: a draft's folder must not switch off what guards the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from copydesk import config_files
from copydesk.config import Config, ConfigErrors, Value
from copydesk.config_files import ConfigFile, second_root
from copydesk.config_schema import SEVERITY_WORDS, check_file, did_you_mean, is_texts
from copydesk.globs import matches
from copydesk.model.finding import SEVERITIES, Failure, at_least
from copydesk.model.rule import Option, OptionValue, Rule
from copydesk.options import checked, defaults
from copydesk.registry import Registry

#: One table for all files without rules: what holds is remembered by the tables it comes from.
_NO_RULES: Mapping[str, Any] = {}


class RuleSetting(NamedTuple):
    """What holds for one rule on one file: severity (or `off`) and options, with origins."""

    severity: Value
    options: Mapping[str, Value]

    def values(self) -> dict[str, OptionValue]:
        """Return the options without their origins."""
        return {name: value.value for name, value in self.options.items()}


class RuleTable:
    """Which rules hold for which file; checked against the loaded plugins on making."""

    def __init__(self, config: Config, registry: Registry) -> None:
        self._config = config
        self._registry = registry
        self._nested_files: dict[Path, tuple[ConfigFile, ...]] = {}
        self._cache: dict[tuple[Any, ...], dict[str, RuleSetting]] = {}
        self._plugins = {rule.plugin for rule in registry.rules.values()}
        failures = [
            failure
            for file in config.files
            for failure in (*self._check(file), *self._check_enrichers(file))
        ]
        failures += [
            failure for name in ("select", "ignore") for failure in self._check_names(name)
        ]
        if failures:
            raise ConfigErrors(failures)

    def _check_enrichers(self, file: ConfigFile) -> list[Failure]:
        known = tuple(self._registry.enrichers)
        return [
            file.failure(f"unknown enricher {name}", did_you_mean(name, known), "enrichers", name)
            for name in file.data.get("enrichers", {})
            if name not in known
        ]

    def _check_names(self, flag: str) -> list[Failure]:
        file = next((f for f in reversed(self._config.files) if flag in f.data), None)
        given = [
            (name, file.failure(f"unknown rule {name} in {flag}", self._hint(name), flag))
            for name in self._config.texts(flag)
            if file is not None
        ]
        given += [
            (name, Failure("arguments", f"unknown rule {name} in --{flag}", self._hint(name)))
            for name in getattr(self._config.flags, flag)
        ]
        return [failure for name, failure in given if not self._known(name)]

    def _known(self, name: str) -> bool:
        return (
            name in self._registry.rules or name in self._registry.aliases or name in self._plugins
        )

    def _hint(self, name: str) -> str:
        known = [*self._registry.rules, *self._plugins]
        return did_you_mean(name, known) + " `copydesk rules` lists all."

    def _option_hint(self, name: str, key: str, options: tuple[str, ...]) -> str:
        if f"{name}.{key}" in self._registry.rules:
            return f'A rule\'s id needs quotes: "{name}.{key}" = ...'
        return did_you_mean(key, options) if options else "It has no options."

    def _check(self, file: ConfigFile) -> list[Failure]:
        tables: list[tuple[str, Any]] = [("rules", file.data.get("rules", {}))]
        failures = []
        for override in file.data.get("overrides", []):
            for name in override:
                if name not in ("files", "rules"):
                    failures.append(
                        file.failure(
                            f"unknown key overrides.{name}",
                            did_you_mean(name, ("files", "rules")),
                            "overrides",
                            name,
                        )
                    )
            if not is_texts(override.get("files")):
                failures.append(
                    file.failure(
                        "an override names no files", 'Add files = ["drafts/**"].', "overrides"
                    )
                )
            tables.append(("overrides", override.get("rules", {})))
        for where, table in tables:
            if not isinstance(table, dict):
                failures.append(file.failure("rules takes a table", "Write [rules].", where))
                continue
            for name, value in table.items():
                failures += self._check_rule(file, where, name, value)
        return failures

    def _check_rule(self, file: ConfigFile, where: str, name: str, value: Any) -> list[Failure]:
        if not self._known(name):
            return [file.failure(f"unknown rule {name}", self._hint(name), where, name)]
        if not isinstance(value, dict):
            value = {"severity": value}
        failures = []
        for key, part in value.items():
            if key == "severity":
                if part not in SEVERITY_WORDS:
                    failures.append(
                        file.failure(
                            f"{name} takes a severity: " + ", ".join(SEVERITY_WORDS),
                            did_you_mean(str(part), SEVERITY_WORDS),
                            where,
                            name,
                        )
                    )
                continue
            failures += self._check_option(file, where, name, key, part)
        return failures

    def _check_option(
        self, file: ConfigFile, where: str, name: str, key: str, part: Any
    ) -> list[Failure]:
        """Return why a value cannot be used; for a plugin, it has to suit each of its rules."""
        options = self._options(name)
        known = tuple(dict.fromkeys(option.name for option in options))
        if key not in known:
            hint = self._option_hint(name, key, known)
            return [file.failure(f"{name} has no option {key}", hint, where, name, key)]
        for option in options:
            try:
                if option.name == key:
                    checked(option, part)
            except ValueError as error:
                said = f"{name}.{key} takes {error}"
                return [file.failure(said, option.help, where, name, key)]
        return []

    def _options(self, name: str) -> list[Option]:
        """Return the options of a rule, or all that the rules of a plugin have."""
        rule = self._registry.rules.get(self._registry.aliases.get(name, name))
        rules = [each for each in self._registry.rules.values() if each.plugin == name]
        return [option for each in ([rule] if rule else rules) for option in each.options]

    def settings(self, key: str) -> dict[str, RuleSetting]:
        """Return what holds for the file at a path below the site's root, by rule id.

        Raises ConfigErrors where a nested configuration file cannot be used.
        """
        nested = self._nested(key)
        layers = [(file, file.data.get("rules", _NO_RULES), False) for file in self._config.files]
        layers += self._overrides(self._config.files, key, False)
        for file in nested:
            layers.append((file, file.data.get("rules", _NO_RULES), True))
            layers += self._overrides((file,), key, True)
        mark = tuple((file.path, id(table)) for file, table, _ in layers)
        if mark not in self._cache:
            self._cache[mark] = self._resolve(layers)
        return self._cache[mark]

    def _overrides(
        self, files: tuple[ConfigFile, ...], key: str, nested: bool
    ) -> list[tuple[ConfigFile, Any, bool]]:
        found = []
        for file in files:
            base = key
            if nested:
                base = str(Path(key).relative_to(file.folder.relative_to(self._config.root)))
            for override in file.data.get("overrides", []):
                names = override["files"]
                if any(
                    matches(name, base) for name in ([names] if isinstance(names, str) else names)
                ):
                    found.append((file, override.get("rules", _NO_RULES), nested))
        return found

    def _nested(self, key: str) -> tuple[ConfigFile, ...]:
        """Return the configuration files between the root and a file, from the outside in."""
        folder = (self._config.root / key).parent
        if folder not in self._nested_files:
            found: list[ConfigFile] = []
            place = folder
            while place != self._config.root and place.is_relative_to(self._config.root):
                config = config_files.in_folder(place)
                if config is not None:
                    found.append(config)
                place = place.parent
            failures = [
                failure
                for config in found
                for failure in (self._check_nested(config) or self._check(config))
            ]
            if failures:
                raise ConfigErrors(failures)
            self._nested_files[folder] = tuple(reversed(found))
        return self._nested_files[folder]

    def _check_nested(self, nested: ConfigFile) -> list[Failure]:
        """Return why a file below the root cannot be used there; it may be meant as a root."""
        main = self._config.files[-1] if self._config.files else None
        if main is not None and main.data.get("root") is True and nested.data.get("root") is True:
            return [second_root(nested, main)]
        failures = check_file(nested, nested=True)
        if main is not None:
            return failures
        hint = "If this folder is a site, write root = true into this file."
        return [each._replace(help=f"{each.help} {hint}") for each in failures]

    def _resolve(self, layers: list[tuple[ConfigFile, Any, bool]]) -> dict[str, RuleSetting]:
        return {
            rule.id: self._resolve_rule(rule, layers)
            for rule in sorted(self._registry.rules.values(), key=lambda rule: rule.id)
        }

    def _resolve_rule(self, rule: Rule, layers: list[tuple[ConfigFile, Any, bool]]) -> RuleSetting:
        severity = Value(rule.severity, "default")
        options = {name: Value(value, "default") for name, value in defaults(rule.options).items()}
        known: dict[str, Option] = {option.name: option for option in rule.options}
        for file, table, nested in layers:
            for name in (rule.plugin, *rule.aliases, rule.id):
                if name not in table:
                    continue
                given = table[name] if isinstance(table[name], dict) else {"severity": table[name]}
                # Of a plugin's table, each rule takes what it knows.
                given = {key: part for key, part in given.items() if key in (*known, "severity")}
                gravest = _gravest(severity, known, options)
                counts = _counts(gravest.value, self._config.fail_on)
                if nested and given and counts and not _raises(severity.value, given):
                    raise ConfigErrors(
                        [
                            file.failure(
                                f"{rule.id} is part of the root's policy ({gravest.value}, "
                                f"from {gravest.origin})",
                                "A nested file can raise such a rule, but not lower, switch off or "
                                "retune it. Change the root configuration.",
                                "rules",
                                name,
                            )
                        ]
                    )
                origin = f"{file.shown}:{file.line_of('rules', name)}"
                if "severity" in given:
                    severity = Value(given["severity"], origin)
                for key, part in given.items():
                    if key != "severity":
                        options[key] = Value(checked(known[key], part), origin)
        return RuleSetting(self._choose(rule, severity), options)

    def _choose(self, rule: Rule, severity: Value) -> Value:
        """Apply select and ignore, the configuration's first, then the command line's."""
        names = {rule.id, rule.plugin, *rule.aliases}
        for origin, select, ignore in (
            (self._config.values["select"].origin, self._config.texts("select"), ()),
            (self._config.values["ignore"].origin, (), self._config.texts("ignore")),
            ("--select", self._config.flags.select, ()),
            ("--ignore", (), self._config.flags.ignore),
        ):
            if (select and not names & set(select)) or names & set(ignore):
                severity = Value("off", origin)
        return severity


def _counts(severity: str, fail_on: str) -> bool:
    """Say whether the root's policy counts a rule of this severity."""
    return severity != "off" and at_least(severity, "error" if fail_on == "never" else fail_on)


def _gravest(severity: Value, known: Mapping[str, Option], options: Mapping[str, Value]) -> Value:
    """Return how grave findings of a rule can be: an option may make errors of some."""
    if severity.value == "off":
        return severity
    for name, option in known.items():
        if option.strict and options[name].value == option.strict:
            return Value("error", options[name].origin)
    return severity


def _raises(severity: str, given: Mapping[str, Any]) -> bool:
    """Say whether a nested table only raises a rule."""
    if set(given) != {"severity"} or given["severity"] == "off":
        return False
    return SEVERITIES.index(given["severity"]) <= SEVERITIES.index(severity)
