"""Posts that are odd but right: they are read, in reasonable time, and nothing is lost."""

from __future__ import annotations

import time

import pytest
from cli_kit import post, process, write

ODD = {
    "bom": b"\xef\xbb\xbf" + post("Fees").encode(),
    "crlf": post("Fees").replace("\n", "\r\n").encode(),
    "cr": post("Fees").replace("\n", "\r").encode(),
    "mixed": b"---\r\ntitle: Fees\n---\r\n\rWe open\rat nine.\r\n\nCome in.\n",
    "separator": post("Fees", "We open\u2028at nine. Come\u2029in.\x85Sit down.").encode(),
    "emoji": post("Fees 💶", "We open 🕘 at nine. 👩‍👩‍👧 Come in. e\u0301").encode(),
    "wrapped": post("Fees", "> We open\n> at nine,\n> and close\nat five.").encode(),
    "one-line": post("Fees", "We open at nine. " * 60_000).encode(),
    "image": post("Fees", "![A map](data:image/png;base64," + "iVBORw0K" * 30_500 + ")").encode(),
    "lists": post("Fees", "\n".join("  " * n + "- item" for n in range(2_000))).encode(),
    "lists-marks": post("Fees", "- " * 2_000 + "We open.").encode(),
    "quotes": post("Fees", ">" * 20_000 + " We open at nine.").encode(),
    "brackets": post("Fees", "[" * 50_000).encode(),
    "brackets-closed": post("Fees", "[" * 25_000 + "]" * 25_000).encode(),
    "stars": post("Fees", "*a " * 20_000).encode(),
    "ticks": post("Fees", "".join("`" * (n % 300) + " a " for n in range(9_000))).encode(),
    "thematic-break": b"---\n\nWe open at nine.\n",
    "no-front-matter": b"We open at nine.\n",
    "toml": b'+++\ntitle = "Fees"\ntags = ["a"]\n+++\n\nWe open at nine.\n',
    "no-newline-at-end": post("Fees").rstrip("\n").encode(),
    "long-word": post("Fees", "a" * 200_000).encode(),
    "lone-surrogate-escape": post("Fees", "We open &#xD800; at &#0; nine.").encode(),
    "html-deep": ("<!doctype html><body><main>" + "<div>" * 3_000 + "<p>We open.").encode(),
}
HTML = {"html-deep"}


@pytest.mark.parametrize("name", ODD)
def test_it_is_read(copydesk, name):
    path = f"{name}.html" if name in HTML else f"{name}.md"
    write(path, ODD[name])
    started = time.perf_counter()
    ran = copydesk("lint", path, "--format", "json", "--no-cache")
    seconds = time.perf_counter() - started
    assert ran.json["failures"] == []
    assert ran.code in (0, 1)
    assert ran.json["summary"]["posts"] == 1
    assert seconds < 40, f"{name} took {seconds:.1f} s"
    text = ODD[name].decode("utf-8-sig")
    for finding in ran.json["files"][0]["findings"]:
        quoted = text[finding["start"]["offset"] : finding["end"]["offset"]]
        assert finding["quote"] == quoted


def test_a_long_quote_is_short_for_people(copydesk):
    write("a.md", post("Fees", "![A map](" + "x" * 100_000 + ".png)"))
    ran = copydesk("lint", "a.md")
    assert ran.code == 1
    assert len(ran.out) < 2_000


def test_a_value_that_needs_quotes_is_read_as_meant(copydesk):
    write("a.md", "---\ntitle: KAP: what to expect\n---\n\nWe open at nine.\n")
    ran = copydesk("lint", "a.md")
    assert ran.code == 0
    assert 'Write title: "KAP: what to expect"' in ran.out
    assert "a.md:2:8" in ran.out


@pytest.mark.parametrize(
    ("lines", "rule", "place"),
    [
        ("title: Fees\npublished: 2026-13-01T00:00:00Z", "basics.date", "a.md:3:12"),
        ("title: Fees\npublished: 2026-02-30T00:00:00Z", "basics.date", "a.md:3:12"),
        ("title: Fees\nupdated: yesterday", "basics.date", "a.md:3:10"),
        ("title: Fees\npublished: 2026-03-01T09:00:00", "basics.date", "a.md:3:12"),
        ("title: Fees\nstate: publishd", "basics.state", "a.md:3:8"),
        ("title: Fees\nseries: two", "basics.shape", "a.md:3:9"),
        ("title: [a, b]\nid: x", "basics.shape", "a.md:2:8"),
        ("title: Fees\nid: a b", "basics.shape", "a.md:3:5"),
        ("title: Fees\nslug: ../up", "basics.shape", "a.md:3:7"),
    ],
)
def test_a_wrong_value_is_a_finding_at_its_place(copydesk, lines, rule, place):
    write("a.md", f"---\n{lines}\n---\n\nWe open at nine.\n")
    ran = copydesk("lint", "a.md", "--select", "basics")
    assert ran.code == 1
    assert rule in ran.out
    assert place in ran.out


def test_a_date_without_a_zone_takes_the_one_of_the_site(copydesk):
    write("copydesk.toml", 'timezone = "Europe/Berlin"\n')
    write("posts/a.md", post("Fees", state="published", published="2026-03-01"))
    assert copydesk("lint").code == 0


@pytest.mark.parametrize("key", ["id", "slug"])
def test_two_posts_with_one_name(copydesk, key):
    write("posts/a.md", post("Fees", **{key: "fees"}))
    write("posts/b.md", post("More fees", **{key: "fees"}))
    ran = copydesk("lint")
    assert ran.code == 1
    assert f"basics.duplicate-{key}" in ran.out
    assert "posts/a.md:3:" in ran.out
    assert "posts/b.md:3:" in ran.out


@pytest.mark.parametrize("text", ["", "\n\n", "---\ntitle: Fees\n---\n", "# Fees\n"])
def test_an_empty_post_is_a_finding(copydesk, text):
    write("a.md", text)
    ran = copydesk("lint", "a.md", "--select", "basics")
    assert ran.code == 1
    assert "basics.empty" in ran.out
    assert "a.md:1:1" in ran.out or "a.md:2:8" in ran.out or "a.md:1:3" in ran.out


def test_a_cache_that_cannot_be_written_does_not_stop_the_run(here, tmp_path):
    write("posts/a.md")
    blocker = write(tmp_path / "no-folder", "a file where the cache would lie")
    ran = process("lint", XDG_CACHE_HOME=str(blocker))
    assert ran.code == 0
    assert ran.err == ""


def test_a_damaged_cache_does_not_stop_the_run(copydesk, tmp_path):
    write("posts/a.md")
    first = copydesk("lint", "--format", "json").out
    (database,) = (tmp_path / "home" / "cache").rglob("*.sqlite")
    database.write_bytes(b"not a database, by far " * 200)
    assert copydesk("lint", "--format", "json").out == first
