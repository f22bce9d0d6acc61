"""The importer of HTML: saved pages, exports of Word and Google Docs, and fragments of these."""

from __future__ import annotations

from collections.abc import Mapping

from bs4.element import PageElement, Tag

from copydesk.api import Attachment, Conversion, Incoming, Omission
from copydesk_plugins.readers.html_parts import Page
from copydesk_plugins.readers.html_tree import PlacedTag, PlacedText, complete_part, parse
from copydesk_plugins.readers.imports import html_bytes, html_head
from copydesk_plugins.readers.imports.blocks import Close, Event, Open, write
from copydesk_plugins.readers.imports.html_notes import Notes, find_notes
from copydesk_plugins.readers.imports.html_texts import is_silent, texts_below
from copydesk_plugins.readers.imports.html_walk import Reading, Walk
from copydesk_plugins.readers.imports.pictures import Pictures
from copydesk_plugins.readers.imports.titles import split_title

_ENDINGS = (".html", ".htm", ".xhtml")
#: A file with one of these names is of that kind, unless it is a whole page.
_OTHERS = (".md", ".markdown", ".txt", ".text", ".mkd", ".mdx", ".qmd", ".rmd")


def recognises(incoming: Incoming) -> bool:
    """Say whether a file is HTML, by its name or by how it begins."""
    name = incoming.name.lower()
    if name.endswith(_ENDINGS):
        return True
    return html_bytes.begins_like_html(incoming.data, page=name.endswith(_OTHERS))


def convert(incoming: Incoming) -> Conversion:
    """Turn a page or fragment into a draft."""
    html, assumed = html_bytes.decoded(incoming)
    return convert_html(html, assumed)


def convert_body(incoming: Incoming) -> Conversion:
    """Turn the body of a post, whose title stands elsewhere, into a draft.

    A `base` element says where its relative addresses begin.
    """
    return convert_html(incoming.data.decode("utf-8", "replace"), apart=True)


def convert_html(
    html: str,
    notes: tuple[str, ...] = (),
    own_pictures: Pictures | None = None,
    apart: bool = False,
) -> Conversion:
    """Turn the text of a page or fragment into a draft; `notes` is what is known of it before.

    `own_pictures` are those that the page names by their file. With `apart` the text is the body
    of a post, all of it, and its title is not in it.
    """
    end = complete_part(html)
    soup = parse(html[:end])
    found = find_notes(soup, html)
    page = Page(html, soup, apart)
    base = html_head.base_of(soup) if apart else ""
    reading = Reading(html, soup, found, page.left_out, own_pictures or Pictures(), base)
    for note in notes:
        reading.say(note)
    for remark in found.remarks:
        place = f"at “{remark.place}”" if remark.place else ""
        reading.omissions.append(Omission(remark.text, "comment", place))
    unclosed = html_head.unclosed_title(soup, html)
    if unclosed:
        reading.omissions.append(Omission(unclosed, "title of the page that is never closed"))
    title, events, said = split_title(_body(page, reading, found), apart)
    events += _footnotes(found, reading)
    for note in said:
        reading.say(note)
    head = html_head.page_title(soup, html)
    front_matter = html_head.described(soup)
    texts = _texts(soup, html, found, reading, head, front_matter)
    if html[end:].strip():
        reading.omissions.append(Omission(html[end:], "markup that is never closed"))
        texts.append(html[end:])
    if title and head and head != title:
        reading.omissions.append(Omission(head, "title of the browser's window"))
    pictures = reading.pictures.attachments
    _say_of_pictures(reading, events, pictures)
    return Conversion(
        title or head,
        write(events),
        tuple(texts),
        front_matter,
        omissions=tuple(reading.omissions),
        attachments=pictures,
        notes=tuple(reading.said),
    )


def _texts(
    soup: Tag,
    html: str,
    found: Notes,
    reading: Reading,
    head: str,
    front_matter: Mapping[str, str | tuple[str, ...]],
) -> list[str]:
    """Return every text of the page, without the marks that Markdown writes in its own way."""
    apart = {id(each) for each in reading.apart}
    texts = texts_below(soup, html, {*found.marks, *found.gone, *reading.marks, *apart})
    for each in reading.apart:
        texts += texts_below(each, html, found.gone)
    texts += [remark.text for remark in found.remarks]
    description = front_matter.get("description")
    return [each for each in (head, description, *texts) if isinstance(each, str) and each]


def _body(page: Page, reading: Reading, found: Notes) -> list[Event]:
    """Walk over the page: the post is converted, everything around it is left out and named."""
    events: list[Event] = []
    stack: list[PageElement] = [page.top]
    while stack:
        each = stack.pop()
        if each is page.root:
            events += Walk(reading).walk(page.root)
        elif page.title is not None and each is page.title:
            events += Walk(reading).walk(page.title, itself=True)
        elif isinstance(each, PlacedText):
            said = " ".join(reading.html[each.start : each.end].split())
            if said and id(each) not in reading.skip:
                _leave_stray(said, reading)
        elif isinstance(each, PlacedTag) and (id(each) in reading.skip or is_silent(each)):
            continue
        elif isinstance(each, PlacedTag) and (reason := page.left_out_around(each)):
            reading.omit(each, reason)
        elif isinstance(each, Tag):
            if each.name == "img" and each.get("alt"):
                _leave_stray(str(each["alt"]), reading)
            stack.extend(reversed(each.contents))
    return events


def _leave_stray(text: str, reading: Reading) -> None:
    """Name a text around the post; neighbours are named together."""
    reason = "text outside the article"
    last = reading.omissions[-1] if reading.omissions else None
    if last is not None and last.reason == reason:
        reading.omissions[-1] = last._replace(text=f"{last.text}\n\n{text}")
    else:
        reading.omissions.append(Omission(text, reason))


def _footnotes(found: Notes, reading: Reading) -> list[Event]:
    """Walk over the footnotes, in the order of their marks."""
    events: list[Event] = []
    for label, body in found.bodies.items():
        inside = Walk(reading).walk(body)
        events += [Open("note", label=label), *inside, Close()]
    return events


def _say_of_pictures(reading: Reading, events: list[Event], inside: tuple[Attachment, ...]) -> None:
    from copydesk_plugins.readers.imports.blocks import Block

    names = {each.name for each in inside}
    sources = {
        run.src
        for event in events
        if isinstance(event, Block)
        for run in event.runs
        if run.kind == "image"
    }
    beside = sorted(each for each in sources - names if "//" not in each[:8])
    if beside:
        reading.say(f"Pictures beside the file are to be copied by hand: {', '.join(beside[:20])}.")
