"""Another text of a post, as its page shows it: judged under the post's own rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from copydesk.model.finding import CopydeskError
from copydesk.other_texts import find_in_html
from copydesk.runner import CheckedSite, Options, Session

HTML = "<p>Warm baths always <em>cure</em> depression.</p>\n"
FRONT = "---\ntitle: Baths\nid: baths\nlanguage: {language}\n---\n"
SOURCES = {
    "posts/yaml.md": FRONT.format(language="en") + "\nWe like water.\n",
    "posts/windows.md": FRONT.format(language="en").replace("\n", "\r\n") + "\r\nWater.\r\n",
    "posts/toml.md": '+++\ntitle = "Baths"\nlanguage = "en"\n+++\n\nWe like water.\n',
    "posts/bare.md": "# Baths\n\nWe like water.\n",
    "posts/page.html": FRONT.format(language="en") + "<p>We like water.</p>\n",
    "posts/pasted.txt": "Baths\n\nWe like water.\n",
    "posts/german.md": FRONT.format(language="de").replace("id: baths", "id: bad"),
}
CONFIG = """root = true
[rules]
"claims.absolute" = "warning"

[[overrides]]
files = ["posts/bare.md"]
rules = {"claims.absolute" = "off"}
"""


@pytest.fixture
def checked(tmp_path: Path) -> Iterator[CheckedSite]:
    (tmp_path / "copydesk.toml").write_text(CONFIG)
    (tmp_path / "posts").mkdir()
    for key, text in SOURCES.items():
        (tmp_path / key).write_bytes(text.encode())
    session = Session(Options(use_cache=False, jobs="1"))
    session.check([tmp_path])
    (site,) = session.sites
    yield site
    session.close()


def absolute(checked: CheckedSite, key: str, html: str = HTML) -> list[tuple[str, str]]:
    found = find_in_html(checked, key, html)
    return [(each.severity, each.quote) for each in found if each.rule == "claims.absolute"]


@pytest.mark.parametrize("key", [each for each in SOURCES if "bare" not in each])
def test_every_kind_of_source_lends_its_front_matter_and_its_rules(checked: CheckedSite, key: str):
    wanted = [("warning", "Warm baths always <em>cure</em> depression.")]
    assert absolute(checked, key) == ([] if "german" in key else wanted)


def test_a_rule_that_is_off_for_the_file_is_off_for_its_page(checked: CheckedSite):
    assert absolute(checked, "posts/bare.md") == []


def test_nothing_of_the_source_itself_is_judged(checked: CheckedSite):
    assert absolute(checked, "posts/yaml.md", "<p>We like water.</p>") == []
    assert absolute(checked, "posts/yaml.md", "") == []


@pytest.mark.parametrize("key", ["posts/pasted.txt", "posts/yaml.md"])
def test_a_page_cannot_bring_front_matter_of_its_own(checked: CheckedSite, key: str):
    page = "---\nlanguage: de\n---\n" + HTML
    assert [severity for severity, _ in absolute(checked, key, page)] == ["warning"]


def test_a_source_that_is_gone(checked: CheckedSite):
    (checked.site.root / "posts" / "yaml.md").unlink()
    with pytest.raises(CopydeskError):
        absolute(checked, "posts/yaml.md")
