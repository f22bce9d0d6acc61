"""What commands of plugins need: posts by path, read as `lint` reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from copydesk import __version__
from copydesk.model.finding import Failure
from copydesk.model.post import Post
from copydesk.opened_sites import open_sites


def version() -> str:
    """Return the version of Copydesk."""
    return __version__


def dictionary_path() -> str:
    """Return the folder with CMUdict in the form that nltk reads."""
    return str(Path(__file__).parent / "data" / "nltk_data")


def read_posts(
    paths: Sequence[Path], config: Path | None = None
) -> Iterator[tuple[str, Post | Failure]]:
    """Yield (path as shown, post) for each post that the paths mean, sorted within each site.

    What cannot be read is a failure in place of the post. An empty path in front of a failure
    means that it is about the site as a whole.
    """
    for each in open_sites(paths, config):
        if isinstance(each, Failure):
            yield each.path, each
        else:
            for shown, found in each.contexts():
                yield shown, found if isinstance(found, Failure) else found.post
