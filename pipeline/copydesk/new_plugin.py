"""The start of a plugin: a rule in one file, its test, and the project file to install it."""

from __future__ import annotations

from pathlib import Path

from copydesk.files import why
from copydesk.model.finding import CopydeskError, Failure
from copydesk.slugs import slugify

_RULE = '''"""House rules of our practice."""

from copydesk.api import hookimpl, rule


@rule(
    "{name}.no-shouting",
    summary="A sentence in capitals.",
    why="Capitals read like shouting, and screen readers may spell them out.",
    bad="CALL US TODAY.",
    good="Call us today.",
    authority="Our house style.",
    severity="warning",
)
def no_shouting(context):
    """Report each sentence or heading of two or more words that is all capitals."""
    for unit in context.post.units:
        if unit.text.isupper() and len(context.words(unit)) > 1:
            yield context.report(
                unit, "This is all in capitals.", help="Write it in small letters."
            )


@hookimpl
def register_rules():
    """Register the rules of this file."""
    return [no_shouting]
'''
_TEST = '''"""Tests of our house rules; run them with pytest."""

from copydesk.testing import assert_examples, run_rule
from {module} import no_shouting


def test_examples():
    assert_examples(no_shouting)


def test_quotes_the_exact_words():
    (finding,) = run_rule(no_shouting, "We are here. CALL US TODAY. Thank you.")
    assert finding.quote == "CALL US TODAY."
'''
_PROJECT = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["copydesk"]

[project.entry-points.copydesk]
{name} = "{module}"

[tool.hatch.build.targets.wheel]
only-include = ["{module}.py"]

[tool.pytest.ini_options]
pythonpath = ["."]
"""


def write_plugin(folder: Path) -> list[Path]:
    """Write the files of a new plugin and return their paths, the rule file first.

    Raises CopydeskError where one of them is there already; then nothing is written.
    """
    name = slugify(folder.resolve().name)
    module = name.replace("-", "_")
    if module[0].isdigit():
        module = f"rules_{module}"
    texts = {
        folder / f"{module}.py": _RULE,
        folder / f"test_{module}.py": _TEST,
        folder / "pyproject.toml": _PROJECT,
    }
    for path in texts:
        if path.exists():
            raise CopydeskError(
                Failure("arguments", f"{path} is there already", "Name a new folder.", str(path))
            )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            filled = text.replace("{name}", name).replace("{module}", module)
            path.write_text(filled, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CopydeskError(
            Failure(
                "arguments",
                f"{folder} could not be written: {why(error)}",
                "Name another folder.",
                str(folder),
            )
        ) from None
    return list(texts)
