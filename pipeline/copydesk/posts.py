"""What commands of plugins need: posts by path, read as `lint` reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from copydesk import __version__
from copydesk.model.finding import Failure
from copydesk.model.post import Post


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
    # Imported here: plugins import this module through the API before the core is complete.
    from copydesk.config import Flags
    from copydesk.model.finding import CopydeskError
    from copydesk.runner import open_for_reading
    from copydesk.site_search import find_sites
    from copydesk.sources import shown_path

    found = find_sites(paths, config, Flags())
    yield from ((each.path, each) for each in found.all_failures())
    extensions: set[str] = set()
    for settings, mine in found.sites:
        site, bench, failures = open_for_reading(settings, mine)
        extensions |= bench.registry.extensions.keys()
        yield from ((each.path, each) for each in failures)
        for key in site.files:
            if site.wants(key):
                path = site.path(key)
                shown = shown_path(path)
                try:
                    yield shown, bench.read_file(path, key)
                except CopydeskError as error:
                    yield shown, error.failure
    apart, _ = found.apart(frozenset(extensions))
    yield from ((each.path, each) for each in apart)
