"""The one module a plugin imports: everything here is public, nothing else is."""

from __future__ import annotations

import pluggy

from copydesk.codec import failure_to_json, finding_to_json
from copydesk.model.change import (
    Abilities,
    Action,
    Addition,
    Change,
    Hashes,
    Plan,
    PostLink,
    Receipt,
)
from copydesk.model.content import ContentBuilder, Reader
from copydesk.model.context import PostContext, SiteContext, title_span
from copydesk.model.extension import (
    Body,
    Command,
    Enricher,
    FileResult,
    Ledger,
    LedgerEntry,
    LocalFile,
    Publisher,
    Reporter,
    Results,
    SiteSettings,
    SiteView,
    Target,
    TargetSettings,
    Wanted,
)
from copydesk.model.finding import (
    CopydeskError,
    Edit,
    Failure,
    Finding,
    Measure,
    Related,
    Report,
    Severity,
    at_least,
)
from copydesk.model.post import (
    Block,
    BlockKind,
    Container,
    ContainerKind,
    Image,
    LeftOut,
    Link,
    Metadata,
    Post,
    Problem,
    Series,
    Unit,
)
from copydesk.model.rule import Option, OptionValue, Rule, rule, site_rule
from copydesk.model.site import Entry, Index, LivePost
from copydesk.model.text import (
    LineIndex,
    MappedText,
    MappedTextBuilder,
    Source,
    Span,
)
from copydesk.posts import dictionary_path, read_posts, version
from copydesk.sentences import split_sentences
from copydesk.words import Word, polysyllable, syllables, words

hookimpl = pluggy.HookimplMarker("copydesk")

__all__ = [
    "Abilities", "Action", "Addition", "Block", "BlockKind", "Body", "Change", "Command", "Container",
    "ContainerKind",
    "ContentBuilder", "CopydeskError", "Edit", "Enricher", "Entry", "Failure", "FileResult", "Finding",
    "Hashes", "Image", "Index", "Ledger", "LedgerEntry", "LeftOut", "LineIndex", "Link", "LivePost", "LocalFile", "MappedText",
    "MappedTextBuilder", "Measure", "Metadata", "Option", "OptionValue", "Plan", "Post", "PostContext",
    "PostLink", "Problem", "Publisher", "Reader", "Receipt", "Related", "Report", "Reporter",
    "Results", "Rule", "Series", "Severity", "SiteContext", "SiteSettings", "SiteView", "Source", "Span", "Target", "TargetSettings",
    "Unit", "Wanted", "Word", "at_least", "dictionary_path", "failure_to_json", "finding_to_json", "hookimpl", "polysyllable", "read_posts", "rule", "site_rule",
    "split_sentences", "syllables", "title_span", "version", "words",
]
