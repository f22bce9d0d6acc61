"""Which rules hold for which file; nested files may raise the root's policy, never weaken it."""

from __future__ import annotations

from pathlib import Path

import pytest
from core_kit import write

from copydesk.config import ConfigErrors, Flags, load
from copydesk.model.extension import Enricher
from copydesk.model.finding import Failure
from copydesk.model.rule import Option, Rule
from copydesk.registry import Registry
from copydesk.rule_settings import RuleSetting, RuleTable


def rule(id: str, severity: str, *aliases: str) -> Rule:
    options = (Option("limit", "The most that is fine.", 3, minimum=1), Option("on", "h", False))
    return Rule(
        id,
        "s",
        "w",
        "g",
        "b",
        "a",
        lambda context: (),
        severity,  # type: ignore[arg-type]
        "post",
        options,
        aliases,
    )


RULES = (rule("a.error", "error", "a.old"), rule("a.warn", "warning"), rule("b.info", "info"))
#: Rules that the cases on severities leave alone: without options, with others of one name, and
#: with an option that makes errors of what it finds.
PROFILE = Option("profile", "h", "plain", choices=("plain", "strict"), strict="strict")
MORE = (
    rule("d.bare", "info")._replace(options=()),
    rule("e.small", "info")._replace(options=(Option("wide", "small", 1, maximum=5),)),
    rule("e.big", "info")._replace(options=(Option("wide", "big", 10, maximum=50),)),
    rule("f.other", "error")._replace(options=(Option("limit", "h", 1),)),
    rule("f.strict", "warning")._replace(options=(PROFILE, Option("deep", "h", False))),
)
REGISTRY = Registry(
    rules={each.id: each for each in (*RULES, *MORE)},
    aliases={"a.old": "a.error"},
    enrichers={"chain": Enricher("chain", "s", lambda posts, options: ())},
)


def table(folder: Path, text: str = "", flags: Flags | None = None, **nested: str) -> RuleTable:
    files = {f"{name.replace('_', '/')}/copydesk.toml": part for name, part in nested.items()}
    write(folder, {"copydesk.toml": text, **files})
    return RuleTable(load(folder, None, flags or Flags()), REGISTRY)


def severities(settings: dict[str, RuleSetting]) -> str:
    """Return the severities of the three rules in short, such as "error warning info"."""
    return " ".join(settings[each.id].severity.value for each in RULES)


def refused(folder: Path, text: str, flags: Flags | None = None) -> Failure:
    with pytest.raises(ConfigErrors) as caught:
        table(folder, text, flags)
    [failure] = caught.value.failures
    return failure


@pytest.mark.parametrize(
    ("text", "message", "help", "line"),
    [
        ('[rules]\n"a.eror" = "off"\n', "unknown rule a.eror", "Did you mean a.error?", 2),
        ('[rules]\n"a.warn" = "fatal"\n', "a.warn takes a severity", "Known are", 2),
        ('[rules]\n"a.warn" = 3\n', "a.warn takes a severity", "Known are", 2),
        ('[rules."a.warn"]\nlimt = 3\n', "a.warn has no option limt", "Did you mean limit?", 2),
        ('[rules."a.warn"]\nlimit = 0\n', "limit takes a number of at least 1", "The most", 2),
        ('[rules."a.warn"]\nlimit = "3"\n', "limit takes a number", "The most", 2),
        ("[rules.a]\nlimt = 3\n", "a has no option limt", "Did you mean limit?", 2),
        ("[rules.a]\nlimit = 0\n", "a.limit takes a number of at least 1", "The most", 2),
        ("[rules.d]\nlimit = 3\n", "d has no option limit", "no options", 2),
        ("[rules.e]\nwide = 9\n", "e.wide takes a number of at most 5", "small", 2),
        ('select = ["a.warm"]\n', "unknown rule a.warm in select", "Did you mean a.warn?", 1),
        ('ignore = ["zzz"]\n', "unknown rule zzz in ignore", "copydesk rules", 1),
        ("[[overrides]]\nrules = {}\n", "names no files", "files =", 1),
        ("[[overrides]]\nfiles = 3\n", "names no files", "files =", 1),
        (
            '[[overrides]]\nfiles = "x"\nrule = {}\n',
            "unknown key overrides.rule",
            "Did you mean rules",
            3,
        ),
        ('[[overrides]]\nfiles = "x"\nrules = 3\n', "rules takes a table", "[rules]", 1),
        ("[enrichers.chian]\n", "unknown enricher chian", "Did you mean chain?", 1),
    ],
)
def test_refused(tmp_path: Path, text: str, message: str, help: str, line: int) -> None:
    failure = refused(tmp_path, text)
    assert message in failure.message
    assert help in failure.help
    assert failure.line == line
    assert failure.path.endswith("copydesk.toml")


def test_unknown_names_on_the_command_line(tmp_path: Path) -> None:
    assert "--select" in refused(tmp_path, "", Flags(select=("a.warm",))).message
    assert refused(tmp_path, "", Flags(ignore=("c",))).kind == "arguments"


def test_defaults(tmp_path: Path) -> None:
    settings = table(tmp_path).settings("posts/x.md")
    assert severities(settings) == "error warning info"
    assert settings["a.warn"].values() == {"limit": 3, "on": False}
    assert settings["a.warn"].severity.origin == "default"


@pytest.mark.parametrize(
    ("text", "flags", "wanted"),
    [
        ('select = "b"\n', Flags(), "off off info"),
        ('ignore = ["a.old"]\n', Flags(), "off warning info"),
        ('ignore = ["a"]\n', Flags(select=("a",)), "off off off"),
        ("", Flags(select=("a.error", "b")), "error off info"),
        ("", Flags(select=("a",), ignore=("a.warn",)), "error off off"),
        ('[rules]\na = "info"\n', Flags(), "info info info"),
        ('[rules]\n"a.error" = "warning"\na = "off"\n', Flags(), "warning off info"),
        ('[rules]\n"a.old" = "info"\n', Flags(), "info warning info"),
        ('[rules."b.info"]\nseverity = "error"\nlimit = 9\n', Flags(), "error warning error"),
    ],
)
def test_root(tmp_path: Path, text: str, flags: Flags, wanted: str) -> None:
    assert severities(table(tmp_path, text, flags).settings("posts/x.md")) == wanted


def test_overrides_hold_for_their_files_only_and_the_last_wins(tmp_path: Path) -> None:
    made = table(
        tmp_path,
        '[[overrides]]\nfiles = "posts/old/"\nrules = { a = "off" }\n'
        '[[overrides]]\nfiles = ["x.md"]\nrules = { "a.warn" = "error" }\n',
    )
    assert severities(made.settings("posts/y.md")) == "error warning info"
    assert severities(made.settings("posts/old/y.md")) == "off off info"
    assert severities(made.settings("posts/old/x.md")) == "off error info"
    assert made.settings("posts/old/x.md")["a.warn"].severity.origin.endswith("copydesk.toml:6")


def test_extended_files_are_laid_below(tmp_path: Path) -> None:
    write(tmp_path, {"base.toml": '[rules]\na = "off"\n"b.info" = "error"\n'})
    made = table(tmp_path, 'extends = "base.toml"\n[rules]\n"a.warn" = "error"\n')
    assert severities(made.settings("x.md")) == "off error error"


def test_nested_files_tune_from_the_outside_in(tmp_path: Path) -> None:
    made = table(
        tmp_path,
        posts='[rules."b.info"]\nseverity = "warning"\nlimit = 5\n',
        posts_old='[rules]\n"b.info" = "off"\n"a.warn" = "off"\n',
    )
    assert severities(made.settings("posts/x.md")) == "error warning warning"
    assert made.settings("posts/x.md")["b.info"].values()["limit"] == 5
    assert severities(made.settings("posts/old/x.md")) == "error off off"


def test_nested_overrides_are_relative_to_their_file(tmp_path: Path) -> None:
    made = table(tmp_path, posts='[[overrides]]\nfiles = "old/*.md"\nrules = { b = "off" }\n')
    assert severities(made.settings("posts/old/x.md")) == "error warning off"
    assert severities(made.settings("posts/x.md")) == "error warning info"


@pytest.mark.parametrize(
    ("policy", "nested"),
    [
        ("", '[rules]\n"a.error" = "warning"\n'),
        ("", '[rules]\n"a.error" = "off"\n'),
        ("", '[rules]\n"a.old" = "off"\n'),
        ("", '[rules]\na = "off"\n'),
        ("", '[rules."a.error"]\nlimit = 99\n'),
        ("", '[rules."a.error"]\nseverity = "error"\nlimit = 99\n'),
        ("", '[[overrides]]\nfiles = "**"\nrules = { a = "info" }\n'),
        ('[check]\nfail-on = "warning"\n', '[rules]\n"a.warn" = "info"\n'),
        ('[check]\nfail-on = "never"\n', '[rules]\n"a.error" = "info"\n'),
        ('[rules]\n"b.info" = "error"\n', '[rules]\n"b.info" = "info"\n'),
    ],
)
def test_nested_files_cannot_weaken_the_policy(tmp_path: Path, policy: str, nested: str) -> None:
    made = table(tmp_path, policy, posts=nested)
    with pytest.raises(ConfigErrors, match="part of the root's policy") as caught:
        made.settings("posts/x.md")
    assert "posts" in caught.value.failure.path
    assert caught.value.failure.line > 0


STRICT = '[rules.f]\nprofile = "strict"\n'


@pytest.mark.parametrize(
    "nested",
    [
        '[rules.f]\nprofile = "plain"\n',
        '[rules."f.strict"]\nprofile = "plain"\n',
        '[rules."f.strict"]\ndeep = true\n',
        '[rules]\n"f.strict" = "off"\n',
        '[rules]\n"f.strict" = "info"\n',
        '[[overrides]]\nfiles = "**"\nrules = { "f.strict" = "off" }\n',
    ],
)
def test_what_a_strict_profile_makes_errors_of_is_policy_too(tmp_path: Path, nested: str) -> None:
    made = table(tmp_path, STRICT, posts=nested)
    with pytest.raises(ConfigErrors, match=r"f\.strict is part of the root's policy"):
        made.settings("posts/x.md")


def test_options_of_a_plugin_hold_for_the_rules_that_have_them(tmp_path: Path) -> None:
    settings = table(tmp_path, STRICT + "[rules.a]\nlimit = 7\n").settings("posts/x.md")
    assert settings["f.strict"].values() == {"profile": "strict", "deep": False}
    assert settings["f.other"].values() == {"limit": 1}
    assert [settings[id].values()["limit"] for id in ("a.error", "a.warn", "b.info")] == [7, 7, 3]


def test_a_nested_plugin_table_tunes_what_no_policy_counts(tmp_path: Path) -> None:
    made = table(tmp_path, posts="[rules.f]\ndeep = true\n")
    settings = made.settings("posts/x.md")
    assert settings["f.strict"].values() == {"profile": "plain", "deep": True}
    assert settings["f.other"].values() == {"limit": 1}


@pytest.mark.parametrize(
    "nested",
    ['[rules]\n"a.error" = "error"\n', '[rules]\na = "error"\n', '[rules]\n"a.warn" = "error"\n'],
)
def test_nested_files_can_raise(tmp_path: Path, nested: str) -> None:
    policy = '[check]\nfail-on = "warning"\n'
    settings = table(tmp_path, policy, posts=nested).settings("posts/x.md")
    assert settings["a.error"].severity.value == "error"


@pytest.mark.parametrize(
    ("nested", "words"),
    [
        ('plugin-files = ["x.py"]\n', "plugin-files may only be set in the root"),
        ('[targets.x]\nkind = "folder"\n', "targets may only be set in the root"),
        ('[check]\nfail-on = "never"\n', "check may only be set in the root"),
        ('[people.x]\nname = "X"\n', "people may only be set in the root"),
        ('ignore = ["a"]\n', "ignore may only be set in the root"),
        ('[rules]\n"a.non" = "off"\n', "unknown rule a.non"),
        ("x = 1\n", "unknown key x"),
    ],
)
def test_what_a_nested_file_may_not_say(tmp_path: Path, nested: str, words: str) -> None:
    with pytest.raises(ConfigErrors, match=words):
        table(tmp_path, posts=nested).settings("posts/x.md")


def test_nested_files_are_read_once_and_settings_shared(tmp_path: Path) -> None:
    made = table(tmp_path, "[rules]\n", posts="[rules]\n")
    assert made.settings("posts/x.md") is made.settings("posts/y.md")
