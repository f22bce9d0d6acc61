"""From a post of the site to what the system is asked to hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from copydesk.api import Body, LedgerEntry, LocalFile, SiteView, Wanted
from copydesk_plugins.publishers import filling
from copydesk_plugins.publishers.cms import digests
from copydesk_plugins.publishers.cms.remote import File, Remote, Wish
from copydesk_plugins.publishers.cms.standing import Standing, merged
from copydesk_plugins.publishers.cms.there import There, date_there, terms_before

#: Raised when what is sent for the same source changes, so that posts are written anew once.
_FORM = 1


class Made(NamedTuple):
    """A wish, the body it came from, and the files of the site that it needs."""

    wish: Wish
    body: Body
    missing: tuple[LocalFile, ...]
    alternatives: Mapping[str, str]


class Wishes:
    """Makes the wish of each post, with the addresses that are known at that moment."""

    def __init__(
        self, view: SiteView, there: There, remote: Remote, address: Callable[[str], str]
    ) -> None:
        self._view, self._there, self._remote, self._address = view, there, remote, address
        self.wanted = {each.id: each for each in view.wanted}
        self.files = known_files(view.ledger.files)

    def facts(self, wanted: Wanted, body: Body, standing: Standing | None) -> str:
        """Return the hash of what a post is wanted to be, links and addresses left out."""
        return digests.digest(
            [
                _FORM,
                body.text,
                wanted.title,
                slug_of(wanted, standing),
                wanted.description,
                digests.as_text(wanted.published),
                wanted.category,
                list(wanted.tags),
                wanted.canonical,
                wanted.image_alt,
            ]
        )

    def make(
        self, id: str, standing: Standing | None, entry: LedgerEntry | None, public: bool
    ) -> Made:
        """Return the wish of a post; raises CopydeskError where its source moved.

        A post that is not public there gets no block and no structured data. The address of a
        public post stays what it is.
        """
        wanted = self.wanted[id]
        body = self._view.body(id)
        if standing is not None:
            self._look_for(body.files)
        files = self.files
        html = filling.fill_posts(body.html, self._address)
        html = filling.fill_files(
            html, {file.name: files[file.name].address for file in body.files if file.name in files}
        )
        image = body.image
        if image.startswith("assets/"):
            found = files.get(image.removeprefix("assets/"))
            image = found.remote if found else image
        facts = self.facts(wanted, body, standing)
        words = digests.words_of(wanted.title, wanted.description, html)
        before = entry if standing is not None else None  # one that is made anew begins anew
        wish = Wish(
            key=id,
            text=digests.mark(facts, words, digests.digest([html, image])),
            slug=slug_of(wanted, standing),
            title=wanted.title,
            description=wanted.description,
            published=date_there(wanted, standing, entry),
            body=html,
            block=self.block(body.links) if public else "",
            category=_category(wanted.category, before, standing),
            tags=merged(
                wanted.tags, terms_before(before, "tags"), standing.tags if standing else ()
            ),
            image=image,
            image_alt=wanted.image_alt,
            canonical=wanted.canonical,
            data=self.data(body.data) if public else (),
        )
        missing = tuple(file for file in body.files if file.name not in files)
        return Made(wish, body, missing, self._alternatives(body, wanted))

    def _look_for(self, files: Sequence[LocalFile]) -> None:
        """Look whether the system holds files that our record does not know, as after its loss."""
        for file in files:
            if file.name not in self.files and (found := self._remote.find_file(file)):
                self.files[file.name] = found

    def block(self, links: str) -> str:
        """Return what stands below a post, with the addresses known now."""
        return filling.fill_posts(links, self._address).strip()

    def data(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Return structured data with addresses, or nothing where it would not be kept."""
        if "script" not in self._there.account.can:
            return ()
        # Also those that an earlier run brought there and died before it could record them.
        files = {name: file.address for name, file in self.files.items()}
        return digests.data_of(filling.fill_data(texts, self._address, files))

    def _alternatives(self, body: Body, wanted: Wanted) -> Mapping[str, str]:
        found = filling.alternatives(body.html)
        if body.image.startswith("assets/") and wanted.image_alt:
            found[body.image.removeprefix("assets/")] = wanted.image_alt
        return found


def slug_of(wanted: Wanted, standing: Standing | None) -> str:
    """Return the slug a post is to have: a public address stays what it is."""
    return standing.slug if standing is not None and standing.public else wanted.slug


def _category(
    category: str, entry: LedgerEntry | None, standing: Standing | None
) -> tuple[str, ...]:
    held = standing.category if standing else ()
    if not category:
        return merged((), terms_before(entry, "category"), held)
    # What a system filed it under by itself goes once we say where it belongs.
    given = terms_before(entry, "given")
    held = tuple(name for name in held if name not in given)
    return merged((category,), terms_before(entry, "category"), held)


def known_files(files: Mapping[str, str]) -> dict[str, File]:
    """Return the files that the system holds, by name, as the ledger keeps them."""
    found = {}
    for name, text in files.items():
        remote, _, rest = text.partition("\n")
        address, _, alt = rest.partition("\n")
        if address:
            found[name] = File(remote, address, alt)
    return found


def as_ledger(file: File) -> str:
    """Return a file as the ledger keeps it."""
    return f"{file.remote}\n{file.address}\n{file.alt}"
