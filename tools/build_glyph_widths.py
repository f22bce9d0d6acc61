"""Make the glyph widths of the seo plugin from a font file, the same bytes every time.

Usage: python tools/build_glyph_widths.py LiberationSans-Regular.ttf

Needs the PyPI package "fonttools", which is no dependency of Copydesk. The font is in Debian's
package fonts-liberation2 (under the SIL licence, unlike the older
fonts-liberation). Only the advance widths of letters, digits and punctuation are read.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools.ttLib import TTFont

DATA = Path(__file__).resolve().parent.parent / "plugins" / "copydesk_plugins" / "seo" / "data"
#: Latin with its accents, Greek, Cyrillic, punctuation, currency and other signs of titles.
RANGES = ((0x20, 0x7F), (0xA0, 0x250), (0x370, 0x530), (0x2010, 0x2040), (0x20A0, 0x2200))
HEADER = """\
# Advance widths of {name}, {version}, in units of {units} to the em.
# Made by tools/build_glyph_widths.py. Each line: a width, then the characters that have it as
# hexadecimal code points; a hyphen joins the ends of a row without a gap.
# The font has the widths of Arial. Liberation fonts are under the SIL Open Font License 1.1;
# copyright Google Corporation and Red Hat, Inc. Widths are measures; no outline is in here.
"""


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("font", type=Path)
    font = TTFont(parser.parse_args().font)
    names, widths = font.getBestCmap(), font["hmtx"]
    by_width: dict[int, list[int]] = {}
    for start, end in RANGES:
        for point in range(start, end):
            if point in names:
                by_width.setdefault(widths[names[point]][0], []).append(point)
    head = HEADER.format(
        name=font["name"].getDebugName(4),
        version=font["name"].getDebugName(5),
        units=font["head"].unitsPerEm,
    )
    lines = [f"{width}\t{' '.join(rows(points))}" for width, points in sorted(by_width.items())]
    (DATA / "glyph_widths.tsv").write_text(head + "\n".join(lines) + "\n", "ascii")


def rows(points: list[int]) -> list[str]:
    """Return code points as rows without a gap: "41-5a"."""
    found: list[list[int]] = []
    for point in points:
        if found and found[-1][-1] == point - 1:
            found[-1].append(point)
        else:
            found.append([point])
    return [f"{row[0]:x}" if len(row) == 1 else f"{row[0]:x}-{row[-1]:x}" for row in found]


if __name__ == "__main__":
    main()
