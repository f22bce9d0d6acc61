"""What the rules say of a post's text as it stands elsewhere, such as on its page."""

from __future__ import annotations

from copydesk.front_matter import find_front_matter
from copydesk.model.finding import Finding
from copydesk.model.records import digest_of_text
from copydesk.model.text import Source
from copydesk.runner import CheckedSite, find_again
from copydesk.sources import read_source


def find_in_html(checked: CheckedSite, key: str, html: str) -> tuple[Finding, ...]:
    """Return what the rules for a post find in another text of it, given as HTML.

    The front matter of its source goes before that text, so that language, author and waivers
    hold. Places are those in both together. Raises CopydeskError where the source cannot be read
    or a rule fails.
    """
    source = read_source(checked.site.path(key), key)
    found = find_front_matter(source)
    before = source.text[: found[0].end].rstrip() if found else ""
    text = f"{before}\n\n{html}"  # the blank lines keep a page from bringing front matter
    other = Source(source.path, f"{key}.html", text, digest_of_text(text))
    return find_again(checked, other, key)
