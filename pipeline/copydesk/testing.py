"""The test kit for plugin authors: read a text as a post, run a rule on it, hold it to its word.

The built-in plugins are tested with this and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from copydesk import registry as plugins
from copydesk.metadata import ReadingSettings
from copydesk.model.context import PostContext, SiteContext
from copydesk.model.finding import Finding, Measure, Report
from copydesk.model.post import Post
from copydesk.model.records import Person, SiteRecords
from copydesk.model.rule import Rule
from copydesk.model.site import NO_SITE, Index, SiteSettings
from copydesk.model.text import Source
from copydesk.options import complete
from copydesk.places import Placer, with_fingerprints
from copydesk.reading import read_post
from copydesk.workbench import can_judge, entry_of

#: The time that rules are told in tests unless another is given.
NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def read(text: str, name: str = "post.md", *, timezone: str = "UTC") -> Post:
    """Read a text as the file `name` would be read; the extension chooses the reader."""
    refs = [ref for ref in plugins.built_in_refs() if ref.name == "readers"]
    loaded = plugins.load(refs)
    reader = loaded.extensions["." + name.rpartition(".")[2]]
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return read_post(Source(name, name, text, digest), reader, ReadingSettings(timezone))


def run_rule(
    rule: Rule,
    text: str,
    name: str = "post.md",
    *,
    options: Mapping[str, Any] | None = None,
    now: datetime = NOW,
    provided: Collection[str] = (),
    files: Mapping[str, str] | None = None,
    people: Mapping[str, Person] | None = None,
) -> list[Finding]:
    """Run one rule of scope `post` on a text and return its findings in order.

    `provided` holds what the site's template shows on every page, such as `crisis-line`;
    `files` the texts of files of the site by their names, `people` the entries of `[people]`.
    """
    post = read(text, name)
    records = SiteRecords((files or {}).get, people or {})
    context = PostContext(post, now, provided=provided, records=records)
    context.with_options(complete(rule.options, options or {}))
    if not can_judge(rule, context):
        return []
    placer = Placer(post)
    found = [each for each in rule.check(context) if isinstance(each, Report)]
    return list(
        with_fingerprints((placer.finding(rule.id, rule.severity, each) for each in found), name)
    )


def run_measures(rule: Rule, text: str, name: str = "post.md") -> dict[str, float | int | str]:
    """Run one rule on a text and return what it measured."""
    context = PostContext(read(text, name), NOW)
    context.with_options(complete(rule.options, {}))
    if not can_judge(rule, context):
        return {}
    return {each.name: each.value for each in rule.check(context) if isinstance(each, Measure)}


def index_of(posts: Mapping[str, str], *, now: datetime = NOW) -> Index:
    """Return the index of a site with these posts: texts by their paths."""
    return Index(tuple(entry_of(read(text, name), now) for name, text in posts.items()))


def run_site_rule(
    rule: Rule,
    index: Index,
    *,
    options: Mapping[str, Any] | None = None,
    now: datetime = NOW,
    provided: Collection[str] = (),
    site: SiteSettings = NO_SITE,
) -> list[Report]:
    """Run one rule of scope `site` on an index and return its reports."""
    context = SiteContext(index, now, provided, site=site)
    context.with_options(complete(rule.options, options or {}))
    return [each for each in rule.check(context) if isinstance(each, Report)]


def assert_exact(findings: list[Finding], text: str) -> None:
    """Assert that each finding quotes exactly the text at its place."""
    for finding in findings:
        quoted = text[finding.start.offset : finding.end.offset]
        assert quoted == finding.quote, f"{finding.rule} quotes {finding.quote!r}, not {quoted!r}"


def assert_examples(
    rule: Rule, *, name: str = "post.md", files: Mapping[str, str] | None = None
) -> None:
    """Assert that a rule's bad example is reported and its good one is not.

    An example is a short post; one that begins with `---` brings its own front matter. `files`
    are the texts of files of the site that the rule reads, by their names.
    """
    bad = run_rule(rule, rule.bad, name, files=files)
    good = run_rule(rule, rule.good, name, files=files)
    assert bad, f"{rule.id} does not report its bad example"
    assert not good, f"{rule.id} reports its good example: {[f.message for f in good]}"
    assert_exact(bad, rule.bad)
    for text in (rule.summary, rule.why, rule.authority):
        assert text.strip(), f"{rule.id} must say what it checks, why, and on whose authority"
