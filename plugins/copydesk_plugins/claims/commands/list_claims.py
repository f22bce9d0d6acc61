"""`copydesk claims list`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click

from copydesk.api import (
    CopydeskError,
    Failure,
    OpenedSite,
    PostContext,
    failure_to_json,
    open_sites,
)
from copydesk_plugins.claims.commands.asking import Given, fail, format_flag, say, site_flags
from copydesk_plugins.claims.listing import Listed, as_json, as_text, listed


def command() -> click.Command:
    """Return the command."""

    @click.command(
        "list",
        epilog="Example: copydesk claims list posts/how-it-works.md",
    )
    @click.argument(
        "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
    )
    @format_flag
    @click.option("--why", "with_why", is_flag=True, help="Say of each why it is a claim.")
    @site_flags
    def list_claims(paths: tuple[Path, ...], form: str, with_why: bool, **given: Any) -> int:
        """List every claim of posts, supported or not, by what it says.

        A claim is a sentence, heading, list item or other unit that needs support. "Source
        given" says that a source stands beside it, not that it supports the claim: only a
        person can confirm that.
        """
        listing = _Listing(form, with_why)
        flags = Given(**given)
        # What is wrong with a site's own files ends that site, and the document all the same.
        for site in open_sites(paths, flags.config, flags.now):
            try:
                listing.site(site)
            except CopydeskError as error:
                listing.failures.append(error.failure)
        return listing.end()

    return list_claims


class _Listing:
    """The posts as they come: JSON is written in parts, so that memory stays flat."""

    def __init__(self, form: str, with_why: bool) -> None:
        self.failures: list[Failure] = []
        self._form, self._why = form, with_why
        self._posts = 0
        self._counts: Counter[str] = Counter()
        if form == "json":
            click.echo('{"version": 1, "files": [', nl=False)

    def site(self, site: OpenedSite | Failure) -> None:
        """Write the posts of one site that were asked for."""
        if isinstance(site, Failure):
            self.failures.append(site)
            return
        for shown, found in site.contexts("claims.unsupported"):
            if isinstance(found, Failure):
                self.failures.append(found)
            else:
                self.post(shown, found)

    def post(self, shown: str, ctx: PostContext) -> None:
        """Write the claims of one post."""
        if why := ctx.counted.foreign:
            self.failures.append(_not_checked(shown, why))
            return
        claims = listed(ctx)
        self.failures += [each for each in ctx.failures if each not in self.failures]
        if self._form == "json":
            found = {"path": shown, "claims": as_json(ctx, claims)}
            click.echo(("," if self._posts else "") + json.dumps(found), nl=False)
        else:
            say(as_text(ctx, shown, claims, self._why))
        self._posts += 1
        self._count(claims)

    def _count(self, claims: list[Listed]) -> None:
        self._counts.update(each.support for each in claims)

    def end(self) -> int:
        """Write the end and the failures, and return the exit code."""
        if not self._posts and not self.failures:
            self.failures.append(
                Failure("arguments", "no post was found", "Name a post, or a folder with some.")
            )
        if self._form == "json":
            click.echo(
                f'], "failures": {json.dumps([failure_to_json(each) for each in self.failures])}}}'
            )
            return 2 if self.failures else 0
        total, posts = sum(self._counts.values()), self._posts
        say(
            [
                f"{posts} post{'' if posts == 1 else 's'} read; "
                f"{total} claim{'' if total == 1 else 's'}: "
                f"{self._counts['none']} without a source, {self._counts['weak']} with a weak "
                f"one, {self._counts['cited']} with a source given, "
                f"{self._counts['registered']} in the register."
            ]
        )
        return fail(self.failures)


def _not_checked(shown: str, why: str) -> Failure:
    return Failure(
        "file",
        f"{why}, so its claims were not looked for",
        "Only posts in English can be checked for claims; have somebody read this one.",
        shown,
    )
