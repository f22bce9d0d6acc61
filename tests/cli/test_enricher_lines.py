"""Lines of enrichers: what a plugin's enricher may ask of the site, and what becomes of it."""

from __future__ import annotations

import pytest
from cli_kit import NOW, post, write

CONFIG = """root = true
plugin-files = ["house.py"]

[people.mara]
name = "Dr Mara"

[enrichers.house-line]
words = "Seen by"
"""
PLUGIN = """
from copydesk.api import Addition, Enricher, Option, hookimpl

def enrich(posts, ctx):
    text = ctx.site_text("notes.txt")
    for post in posts:
        {body}

@hookimpl
def register_enrichers():
    return [Enricher("house-line", "s", enrich, (Option("words", "Some words.", "By"),))]
"""
LINE = (
    "yield Addition(post.id, \"house\", line=f\"{ctx['words']} {ctx.people['mara'].name} "
    '{ctx.today} <b> {text} {dict(ctx)} {len(post.wording)}")'
)


@pytest.fixture
def site(here):
    write("copydesk.toml", CONFIG)
    write("posts/fees.md", post("Fees", id="fees", day=3))
    write("notes.txt", "two\nlines")


def page(here) -> str:
    return (here / "site" / "fees.html").read_text(encoding="utf-8")


def test_a_line_is_text_below_the_post(here, site, copydesk):
    write("house.py", PLUGIN.format(body=LINE))
    assert copydesk("publish", "--now", NOW).code == 0
    shown = (
        "Seen by Dr Mara 2026-06-01 &lt;b&gt; two lines {&#x27;words&#x27;: &#x27;Seen by&#x27;} 64"
    )
    assert f'<p data-copydesk="line">{shown}</p>' in page(here)
    assert "links" in copydesk("plan", "--now", "2026-06-02T12:00:00Z").out


@pytest.mark.parametrize("line", ["", "  \\n "])
def test_an_empty_line_is_none(here, site, copydesk, line):
    write("house.py", PLUGIN.format(body=f'yield Addition(post.id, "house", line="{line}")'))
    assert copydesk("publish", "--now", NOW).code == 0
    assert 'data-copydesk="line"' not in page(here)


@pytest.mark.parametrize("how", ["noted", "raised"])
def test_a_file_that_an_enricher_cannot_use_is_told_as_that_files_failure(
    here, site, copydesk, how
):
    noted = (
        'ctx.failed(Failure("config", "is odd", "Mend it.", "notes.txt"))\n        yield from ()'
    )
    plugin = PLUGIN.replace("import Addition", "import Addition, Failure")
    write("house.py", plugin.format(body=noted))
    if how == "raised":
        write("notes.txt", b"caf\xe9")
    ran = copydesk("publish", "--now", NOW)
    assert ran.code == 2
    assert "failed notes.txt is " in ran.err
    assert "house-line failed" not in ran.err
    assert not (here / "site" / "fees.html").exists()


def test_a_saved_plan_is_bound_to_the_lines(here, site, copydesk):
    write("house.py", PLUGIN.format(body='yield Addition(post.id, "house", line=text)'))
    assert copydesk("plan", "--now", NOW, "--out", "plan.json").code == 0
    write("notes.txt", "other words")
    ran = copydesk("publish", "--plan", "plan.json", "--now", NOW)
    assert ran.code == 2
    assert not (here / "site" / "fees.html").exists()


def test_an_enricher_knows_what_the_configuration_says_of_the_site(here, site, copydesk):
    body = 'yield Addition(post.id, "house", line=f"{ctx.site.title}/{ctx.site.url}/{text!s:.0}")'
    write("house.py", PLUGIN.format(body=body))
    assert copydesk("publish", "--now", NOW).code == 0
    assert '<p data-copydesk="line">//</p>' in page(here), "no title is made up for a page"
    said = 'site-title = "The Practice"\nsite-url = "https://practice.example"\n'
    write("copydesk.toml", CONFIG.replace("\n", "\n" + said, 1))
    assert copydesk("publish", "--now", NOW).code == 0
    shown = '<p data-copydesk="line">The Practice/https://practice.example//</p>'
    assert shown in page(here)
