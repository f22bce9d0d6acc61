"""The one module a plugin imports: everything here is public, nothing else is."""

from __future__ import annotations

import pluggy

from copydesk.codec import failure_to_json, finding_to_json
from copydesk.front_matter import FrontMatter, Node, read_front_matter
from copydesk.metadata import fits_key
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
from copydesk.model.context import Counted, PostContext, SiteContext, title_span
from copydesk.model.draft import Attachment, Conversion, Importer, Incoming, Omission
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
from copydesk.model.records import Person, SiteRecords
from copydesk.model.rule import Option, OptionValue, Rule, rule, site_rule
from copydesk.model.site import Entry, Index, LivePost
from copydesk.model.text import (
    LineIndex,
    MappedText,
    MappedTextBuilder,
    Source,
    Span,
)
from copydesk.opened_sites import OpenedSite, Published, open_sites
from copydesk.phrases import Hit, Phrases, read_phrases
from copydesk.posts import dictionary_path, read_posts, version
from copydesk.sentences import split_sentences
from copydesk.terminal import harmless
from copydesk.words import Word, polysyllable, syllables, words

hookimpl = pluggy.HookimplMarker("copydesk")

__all__ = [
    "Abilities",
    "Action",
    "Addition",
    "Attachment",
    "Block",
    "BlockKind",
    "Body",
    "Change",
    "Command",
    "Container",
    "ContainerKind",
    "ContentBuilder",
    "Conversion",
    "CopydeskError",
    "Counted",
    "Edit",
    "Enricher",
    "Entry",
    "Failure",
    "FileResult",
    "Finding",
    "FrontMatter",
    "Hashes",
    "Hit",
    "Image",
    "Importer",
    "Incoming",
    "Index",
    "Ledger",
    "LedgerEntry",
    "LeftOut",
    "LineIndex",
    "Link",
    "LivePost",
    "LocalFile",
    "MappedText",
    "MappedTextBuilder",
    "Measure",
    "Metadata",
    "Node",
    "Omission",
    "OpenedSite",
    "Option",
    "OptionValue",
    "Person",
    "Phrases",
    "Plan",
    "Post",
    "PostContext",
    "PostLink",
    "Problem",
    "Published",
    "Publisher",
    "Reader",
    "Receipt",
    "Related",
    "Report",
    "Reporter",
    "Results",
    "Rule",
    "Series",
    "Severity",
    "SiteContext",
    "SiteRecords",
    "SiteSettings",
    "SiteView",
    "Source",
    "Span",
    "Target",
    "TargetSettings",
    "Unit",
    "Wanted",
    "Word",
    "at_least",
    "dictionary_path",
    "failure_to_json",
    "finding_to_json",
    "fits_key",
    "harmless",
    "hookimpl",
    "open_sites",
    "polysyllable",
    "read_front_matter",
    "read_phrases",
    "read_posts",
    "rule",
    "site_rule",
    "split_sentences",
    "syllables",
    "title_span",
    "version",
    "words",
]
