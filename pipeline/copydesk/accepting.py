"""`copydesk baseline write`: accepts today's findings once, and drops what is mended ever after."""

from __future__ import annotations

from typing import NamedTuple

from copydesk import baseline
from copydesk.baseline import Baseline, plural
from copydesk.model.finding import CopydeskError, Failure
from copydesk.results import RunResults
from copydesk.runner import CheckedSite
from copydesk.sources import shown_path

#: Posts that `baseline show` names.
_POSTS = 10


class Written(NamedTuple):
    """What became of the baseline of one site, and what people are told of it."""

    path: str
    message: str


def write(results: RunResults, number: int, checked: CheckedSite) -> Written:
    """Write the baseline of a site for which results were made with it.

    Raises CopydeskError, and writes nothing, where something failed that it hangs on.
    """
    old = results.baselines.get(number)
    # A post that could not be read keeps its entries. What else fails leaves it unknown what
    # stands in the other posts; and a first baseline is for good, so it wants them all.
    first = old is None or not old.there
    if old is None or any(first or each.kind != "file" for each in checked.failures):
        raise CopydeskError(
            Failure(
                "site",
                "the baseline was not written, because something above failed",
                "Mend what failed, or leave those posts out with exclude in copydesk.toml; then "
                "run again.",
                old.shown if old else shown_path(checked.site.root / baseline.FILE_NAME),
            )
        )
    return _shrunk(old, results.left[number]) if old.there else _begun(old)


def _begun(old: Baseline) -> Written:
    """Accept all that was found."""
    found = {key: rules for key, rules in old.found.items() if rules}
    if not found:
        return Written(
            old.shown, "There are no findings to accept. Nothing was written: everything counts."
        )
    baseline.save(old.path, found)
    number = baseline.count(found)
    return Written(
        old.shown,
        f"{plural(number, 'finding')} in {plural(len(found), 'post')} accepted; from now on "
        "`copydesk check` counts only new ones. Put the file into git beside copydesk.toml.",
    )


def _shrunk(old: Baseline, left: baseline.Entries) -> Written:
    """Drop what is gone, and say what was not added."""
    before, after = baseline.count(old.entries), baseline.count(left)
    if after < before:
        baseline.save(old.path, left)
        said = f"{before:,} before, {after:,} now: {before - after:,} dropped, for they are gone."
    else:
        said = f"{before:,} before, {after:,} now: nothing to drop."
    new = sum(
        fingerprint not in old.entries.get(key, {})
        for key, rules in old.found.items()
        for fingerprint in rules
    )
    if new:
        said += (
            f" {plural(new, 'new finding')} {'was' if new == 1 else 'were'} not added, because a "
            "baseline only shrinks. Mend them, or accept single ones with `copydesk waive`. To "
            f"start over, delete {old.shown} and run this again."
        )
    return Written(old.shown, said)


def shown(each: Baseline) -> list[str]:
    """Return the lines that tell what a baseline accepts: how many, of which rules, and where."""
    if not each.there:
        return [f"{each.shown}: there is none. `copydesk baseline write` makes one."]
    lines = [
        f"{each.shown}: {plural(baseline.count(each.entries), 'finding')} in "
        f"{plural(len(each.entries), 'post')} accepted."
    ]
    rules = sorted(baseline.by_rule(each.entries).items(), key=lambda item: (-item[1], item[0]))
    lines += [f"  {number:>7,}  {rule}" for rule, number in rules]
    posts = sorted(each.entries.items(), key=lambda item: (-len(item[1]), item[0]))
    if posts:
        lines.append("Most of them in:" if len(posts) > _POSTS else "In:")
    lines += [f"  {len(rules):>7,}  {key}" for key, rules in posts[:_POSTS]]
    return lines
