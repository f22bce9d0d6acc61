"""The table of the tools: every figure as a ratio to Copydesk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.peers.measuring import Measured


def lines(found: Sequence[Measured]) -> Iterator[str]:
    """Yield the table in Markdown, then what could not be measured and why."""
    ours = found[0]
    if ours.failed:
        raise RuntimeError(f"Copydesk could not be measured: {ours.failed}")
    yield "| tool | what it looks at | posts | CPU for each post | CPU to start | peak of memory |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for each in found:
        if not each.failed:
            yield _row(each, ours)
    yield ""
    yield (
        f"1 is Copydesk: {1000 * ours.each:.2g} ms for each post, {1000 * ours.start:.3g} ms to "
        f"start, {ours.peak_kb / 1024:.0f} MB."
    )
    yield from _failures(found)


def _row(each: Measured, ours: Measured) -> str:
    ratios = (each.each / ours.each, each.start / ours.start, each.peak_kb / ours.peak_kb)
    name = f"{each.tool.name} {each.tool.version}".strip()
    shown = " | ".join(f"{ratio:.2g}" if ratio < 100 else f"{ratio:,.0f}" for ratio in ratios)
    return f"| {name} | {each.tool.looks_at} | {each.posts:,} | {shown} |"


def _failures(found: Iterable[Measured]) -> Iterator[str]:
    for each in found:
        if each.failed:
            yield ""
            yield f"Not measured: {each.tool.name} {each.tool.version}: {each.failed}"
