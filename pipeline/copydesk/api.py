"""The one module a plugin imports: everything here is public, nothing else is."""

from __future__ import annotations

import pluggy

from copydesk.codec import failure_to_json, finding_to_json
from copydesk.config_files import read_toml
from copydesk.config_schema import did_you_mean
from copydesk.decisions import NOT_ASKED, standing_post
from copydesk.front_matter import FrontMatter, Node, read_front_matter
from copydesk.heading_ids import is_heading_id
from copydesk.metadata import fits_key
from copydesk.model.change import (
    Abilities,
    Action,
    Addition,
    Change,
    Hashes,
    Order,
    Plan,
    PostLink,
    Receipt,
)
from copydesk.model.content import ContentBuilder, Reader
from copydesk.model.context import Counted, EnrichContext, PostContext, SiteContext, title_span
from copydesk.model.draft import Attachment, Conversion, Importer, Incoming, Omission
from copydesk.model.export import Archive, Export, Exported, Exports
from copydesk.model.extension import (
    Body,
    Command,
    Enricher,
    Greets,
    Ledger,
    LedgerEntry,
    LiveProblem,
    LocalFile,
    Look,
    Publisher,
    Run,
    SiteSettings,
    SiteView,
    Target,
    TargetSettings,
    Undoes,
    Verifies,
    Wanted,
)
from copydesk.model.finding import (
    CopydeskError,
    Edit,
    Failure,
    Finding,
    Group,
    Measure,
    Part,
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
from copydesk.model.reporting import Chain, FileResult, Linked, Reporter, Results
from copydesk.model.rule import Option, OptionValue, Rule, rule, site_rule
from copydesk.model.site import (
    Entry,
    EntryLink,
    Index,
    LivePost,
    Outline,
    Question,
    Reviewed,
)
from copydesk.model.text import (
    LineIndex,
    MappedText,
    MappedTextBuilder,
    Source,
    Span,
)
from copydesk.opened_sites import OpenedSite, Published, open_sites
from copydesk.pages import day, local_time, page_templates
from copydesk.phrases import Hit, Phrases, read_phrases
from copydesk.places import Placer
from copydesk.posts import dictionary_path, read_posts, version
from copydesk.sentences import split_sentences
from copydesk.sketches import Passage, passages_of
from copydesk.slugs import new_id, slug_of, slugify
from copydesk.sources import unreadable
from copydesk.stems import stem
from copydesk.terminal import harmless
from copydesk.toml_places import TableAt, toml_tables
from copydesk.toml_text import quoted
from copydesk.wording import wording_hash
from copydesk.words import Word, polysyllable, syllables, words

hookimpl = pluggy.HookimplMarker("copydesk")

__all__ = [
    "NOT_ASKED",
    "Abilities",
    "Action",
    "Addition",
    "Archive",
    "Attachment",
    "Block",
    "BlockKind",
    "Body",
    "Chain",
    "Change",
    "Command",
    "Container",
    "ContainerKind",
    "ContentBuilder",
    "Conversion",
    "CopydeskError",
    "Counted",
    "Edit",
    "EnrichContext",
    "Enricher",
    "Entry",
    "EntryLink",
    "Export",
    "Exported",
    "Exports",
    "Failure",
    "FileResult",
    "Finding",
    "FrontMatter",
    "Greets",
    "Group",
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
    "Linked",
    "LivePost",
    "LiveProblem",
    "LocalFile",
    "Look",
    "MappedText",
    "MappedTextBuilder",
    "Measure",
    "Metadata",
    "Node",
    "Omission",
    "OpenedSite",
    "Option",
    "OptionValue",
    "Order",
    "Outline",
    "Part",
    "Passage",
    "Person",
    "Phrases",
    "Placer",
    "Plan",
    "Post",
    "PostContext",
    "PostLink",
    "Problem",
    "Published",
    "Publisher",
    "Question",
    "Reader",
    "Receipt",
    "Related",
    "Report",
    "Reporter",
    "Results",
    "Reviewed",
    "Rule",
    "Run",
    "Series",
    "Severity",
    "SiteContext",
    "SiteRecords",
    "SiteSettings",
    "SiteView",
    "Source",
    "Span",
    "TableAt",
    "Target",
    "TargetSettings",
    "Undoes",
    "Unit",
    "Verifies",
    "Wanted",
    "Word",
    "at_least",
    "day",
    "dictionary_path",
    "did_you_mean",
    "failure_to_json",
    "finding_to_json",
    "fits_key",
    "harmless",
    "hookimpl",
    "is_heading_id",
    "local_time",
    "new_id",
    "open_sites",
    "page_templates",
    "passages_of",
    "polysyllable",
    "quoted",
    "read_front_matter",
    "read_phrases",
    "read_posts",
    "read_toml",
    "rule",
    "site_rule",
    "slug_of",
    "slugify",
    "split_sentences",
    "standing_post",
    "stem",
    "syllables",
    "title_span",
    "toml_tables",
    "unreadable",
    "version",
    "wording_hash",
    "words",
]
