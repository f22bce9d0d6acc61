"""The root configuration: what is refused and where, what extends what, and targets."""

from __future__ import annotations

from pathlib import Path

import pytest
from core_kit import sections, write

from copydesk.config import Config, ConfigErrors, Flags, enricher_options, load
from copydesk.config_schema import KEYS, did_you_mean
from copydesk.model.finding import CopydeskError
from copydesk.model.rule import Option


def load_text(folder: Path, text: str, **others: str) -> Config:
    write(folder, {"copydesk.toml": text, **{f"{n}.toml": t for n, t in others.items()}})
    return load(folder, None, Flags())


@pytest.mark.parametrize(("heading", "text"), list(sections("config_refused.txt")))
def test_refused(tmp_path: Path, heading: str, text: str) -> None:
    message, help, line = heading.split(" | ")
    with pytest.raises(ConfigErrors) as caught:
        load_text(tmp_path, text)
    [failure] = caught.value.failures
    assert message in failure.message
    assert help in failure.help
    assert failure.line == int(line)
    assert failure.path.endswith("copydesk.toml")


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors) as caught:
        load_text(tmp_path, "roott = true\nlanguage = 3\n")
    assert len(caught.value.failures) == 2


def test_every_default_passes_its_own_check() -> None:
    optional = ("site-url", "timezone")
    assert not [k.name for k in KEYS if k.name not in optional and k.check(k.default)]


def test_without_a_file_everything_is_default(tmp_path: Path) -> None:
    config = load(tmp_path / "harbour-lane", None, Flags())
    assert {value.origin for value in config.values.values()} == {"default"}
    assert config.site.title == "Harbour Lane"
    assert config.site.url == ""
    assert config.fail_on == "error"
    target = config.target("")
    assert (target.name, target.kind, target.path) == (
        "folder",
        "folder",
        tmp_path / "harbour-lane" / "site",
    )


def test_values_know_where_they_come_from(tmp_path: Path) -> None:
    config = load_text(
        tmp_path,
        'extends = "base.toml"\nlanguage = "de"\n[check]\nfail-on = "info"\n'
        '[front-matter]\nstate = "draft"\n',
        base='language = "fr"\ntimezone = "UTC"\nsite-url = "https://example.org"\n'
        '[front-matter]\npublished = "date"\n',
    )
    assert config.get("language") == "de"
    assert config.values["language"].origin.endswith("copydesk.toml:2")
    assert config.values["timezone"].origin.endswith("base.toml:2")
    assert config.reading.timezone == "UTC"
    assert dict(config.reading.keys) == {"published": "date", "state": "draft"}
    assert config.site.url == "https://example.org/"
    assert config.fail_on == "info"


def test_overrides_of_extended_files_come_first(tmp_path: Path) -> None:
    config = load_text(
        tmp_path,
        'extends = ["b.toml"]\n[[overrides]]\nfiles = "x"\n',
        b='[[overrides]]\nfiles = "y"\n',
    )
    assert [each["files"] for each in config.get("overrides")] == ["y", "x"]


@pytest.mark.parametrize(
    "others",
    [
        {"a": 'extends = "copydesk.toml"\n'},
        {"a": 'extends = ["b.toml"]\n', "b": 'extends = "a.toml"\n'},
    ],
)
def test_circles_are_named(tmp_path: Path, others: dict[str, str]) -> None:
    with pytest.raises(CopydeskError, match="in a circle") as caught:
        load_text(tmp_path, 'extends = "a.toml"\n', **others)
    assert caught.value.failure.line == 1


def test_a_base_used_twice_is_no_circle(tmp_path: Path) -> None:
    config = load_text(
        tmp_path,
        'extends = ["a.toml", "b.toml"]\n',
        a='extends = "c.toml"\n',
        b='extends = "c.toml"\n',
        c='language = "de"\n',
    )
    assert config.get("language") == "de"


def test_a_base_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CopydeskError, match="no such file"):
        load_text(tmp_path, 'extends = "none.toml"\n')


def test_an_explicit_file_is_used_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, {"copydesk.toml": 'language = "de"\n', "other.toml": 'language = "fr"\n'})
    assert load(tmp_path, tmp_path / "other.toml", Flags()).get("language") == "fr"


TWO = '[targets.one]\nkind = "folder"\n[targets.two]\nkind = "wordpress"\nurl = "https://x.org"\n'


def test_targets_by_name(tmp_path: Path) -> None:
    config = load_text(tmp_path, TWO)
    assert config.target("two").path is None
    assert config.target("one").path == tmp_path / "site"
    with pytest.raises(CopydeskError, match="more than one target") as caught:
        config.target("")
    assert "one, two" in caught.value.failure.help
    with pytest.raises(CopydeskError, match="no target 'tow'") as caught:
        config.target("tow")
    assert "Did you mean two?" in caught.value.failure.help
    assert load_text(tmp_path, 'default-target = "two"\n' + TWO).target("").name == "two"


def test_plugin_files_are_relative_to_the_root(tmp_path: Path) -> None:
    write(tmp_path, {"copydesk.toml": 'plugin-files = "rules.py"\n'})
    config = load(tmp_path, None, Flags(plugin_files=(Path("more.py"),)))
    assert config.plugin_files == ((tmp_path / "rules.py").resolve(), Path("more.py").resolve())


OPTIONS = (Option("label", "What it says.", "Older"), Option("count", "How many.", 2, minimum=1))


def test_options_of_enrichers(tmp_path: Path) -> None:
    config = load_text(tmp_path, '[enrichers.chain]\nlabel = "Before"\n')
    assert enricher_options(config, "chain", OPTIONS) == {"label": "Before", "count": 2}
    assert enricher_options(config, "other", OPTIONS) == {"label": "Older", "count": 2}


@pytest.mark.parametrize(
    ("line", "words", "help"),
    [
        ('lable = "x"', "has no option lable", "Did you mean label?"),
        ("count = 0", "count takes a number of at least 1", "How many."),
    ],
)
def test_options_of_enrichers_that_are_wrong(
    tmp_path: Path, line: str, words: str, help: str
) -> None:
    config = load_text(tmp_path, f"[enrichers.chain]\n{line}\n")
    with pytest.raises(CopydeskError, match=words) as caught:
        enricher_options(config, "chain", OPTIONS)
    assert help in caught.value.failure.help
    assert caught.value.failure.line == 2


def test_hints() -> None:
    assert did_you_mean("tittle", ["title", "slug"]) == "Did you mean title?"
    assert did_you_mean("zzz", ["b", "a"]) == "Known are: a, b."
    assert did_you_mean("zzz", [str(n) for n in range(20)]).endswith("....")
