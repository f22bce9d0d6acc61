"""`lint --format json`: the contract that editors and CI build on."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cli_kit import post, process, write

BODY = (
    "Our 🌿 room is calm: it is open.\n"
    "Studies show that most patients feel better within hours.\n\n"
    "> Ketamine cures depression for\n> everyone who takes it.\n\n"
    "- It works.\n- This is 100% safe.\n\n"
    "A line with\u2028a separator. Studies show that most patients feel better within hours.\n\n"
    "![](images/none.png)\n"
)
POST = post("KAP: what to expect", BODY, mood="calm", published="2026-02-30").replace('"', "", 2)


def all_findings(found: dict) -> list[dict]:
    return [finding for file in found["files"] for finding in file["findings"]]


def test_the_document_has_exactly_these_keys(copydesk):
    write("posts/a.md", POST)
    write("posts/b.md")
    write("posts/c.md", b"caf\xe9")
    found = copydesk("lint", "posts", "--format", "json").json
    assert list(found) == ["version", "tool", "files", "failures", "summary"]
    assert found["version"] == 1
    assert set(found["tool"]) == {"name", "version", "plugins"}
    assert [file["path"] for file in found["files"]] == ["posts/a.md", "posts/b.md"]
    for file in found["files"]:
        assert set(file) == {"path", "post", "findings", "measures", "series"}
    for finding in all_findings(found):
        assert set(finding) == {
            *("rule", "severity", "message", "help", "quote", "where", "start", "end"),
            *("related", "fix", "fingerprint"),
        }
        assert set(finding["start"]) == set(finding["end"]) == {"offset", "line", "column"}
        for edit in finding["fix"] or []:
            assert set(edit) == {"start", "end", "text"}
    assert [(each["kind"], each["path"]) for each in found["failures"]] == [("file", "posts/c.md")]
    assert found["failures"][0]["message"]
    assert found["failures"][0]["help"]
    assert found["summary"]["posts"] == 2
    assert found["summary"]["not_read"] == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_every_finding_quotes_the_text_at_its_place(copydesk, newline, bom):
    text = POST.replace("\n", newline)
    write("posts/a.md", bom + text.encode())
    found = all_findings(copydesk("lint", "posts", "--format", "json").json)
    assert {"basics.date", "basics.unquoted", "basics.missing-file"} <= {f["rule"] for f in found}
    assert len(found) > 5
    for finding in found:
        start, end = finding["start"], finding["end"]
        assert text[start["offset"] : end["offset"]] == finding["quote"]
        for place in (start, end):
            before = text[: place["offset"]].split(newline)
            assert (place["line"], place["column"]) == (len(before), len(before[-1]) + 1)


def test_a_fix_replaces_what_it_says(copydesk):
    write("a.md", POST)
    (found,) = (
        each
        for each in all_findings(copydesk("lint", "a.md", "--format", "json").json)
        if each["rule"] == "basics.unquoted"
    )
    (edit,) = found["fix"]
    mended = POST[: edit["start"]] + edit["text"] + POST[edit["end"] :]
    assert 'title: "KAP: what to expect"\n' in mended


def test_equal_sentences_have_different_fingerprints_that_survive_edits_elsewhere(copydesk):
    def prints(text: str) -> dict[tuple[str, str], set[str]]:
        write("a.md", text)
        out: dict[tuple[str, str], set[str]] = {}
        for each in all_findings(copydesk("lint", "a.md", "--format", "json").json):
            out.setdefault((each["rule"], each["quote"]), set()).add(each["fingerprint"])
        return out

    before = prints(POST)
    twice = [found for (_, quote), found in before.items() if quote.startswith("Studies show")]
    assert twice
    assert all(len(found) == 2 for found in twice)
    after = prints(POST.replace("Our 🌿 room", "A new paragraph.\n\nOur 🌿 room"))
    assert before == after


def test_all_and_folding_do_not_concern_json(copydesk):
    write("a.md", post("Fees", "".join(f"![](images/{n}.png)\n\n" for n in range(30))))
    short = copydesk("lint", "a.md", "--format", "json").out
    assert short == copydesk("lint", "a.md", "--format", "json", "--all").out
    assert short.count('"basics.missing-file"') == 30


def test_equal_runs_are_equal_byte_for_byte(copydesk, here):
    for number in range(20):
        write(f"posts/{number}.md", POST.replace("calm", f"calm{number}"))
    write("posts/lost.md", b"\0")
    cold = copydesk("lint", "posts", "--format", "json", "--jobs", "1")
    assert copydesk("lint", "posts", "--format", "json", "--jobs", "1").out == cold.out
    assert copydesk("lint", "posts", "--format", "json", "--no-cache").out == cold.out
    # In processes of their own: other hash seeds, workers that are spawned.
    two = process("lint", "posts", "--format", "json", "--no-cache", "--jobs", "2")
    assert two.out == cold.out
    seeded = process("lint", "posts", "--format", "json", "--no-cache", PYTHONHASHSEED="7")
    assert seeded.out == cold.out


def test_a_changed_post_is_judged_anew(copydesk):
    write("a.md", post("Fees"))
    assert copydesk("lint", "a.md").code == 0
    write("a.md", post("Fees", updated="2026-02-30"))
    assert copydesk("lint", "a.md").code == 1


def test_a_file_that_appears_beside_a_post_is_noticed(copydesk):
    write("a.md", post("Fees", "We open at nine.\n\n![A map](map.png)"))
    assert copydesk("lint", "a.md").code == 1
    write("map.png", b"png")
    assert copydesk("lint", "a.md").code == 0


def test_paths_are_as_given_or_relative_to_the_working_folder(copydesk, here, tmp_path):
    write("posts/a.md")
    outside = write(tmp_path / "elsewhere" / "b.md")

    def paths(*given: object) -> list[str]:
        found = copydesk("lint", *given, "--format", "json").json
        return [file["path"] for file in found["files"]]

    assert paths("posts") == ["posts/a.md"]
    assert paths("posts/a.md") == ["posts/a.md"]
    assert paths("./posts/a.md") == ["posts/a.md"]
    assert paths(here / "posts" / "a.md") == ["posts/a.md"]
    assert paths(outside) == [str(outside)]
    assert paths(outside.parent) == [str(outside)]
    relative = os.path.relpath(outside)
    assert paths(relative) == [relative]
    assert sorted(paths("posts/a.md", outside)) == sorted([str(outside), "posts/a.md"])


def test_related_places_in_other_posts_are_named_like_files(copydesk, here, monkeypatch):
    write("posts/a.md", post("Fees", id="fees"))
    write("posts/b.md", post("More fees", id="fees"))
    monkeypatch.chdir(here / "posts")
    found = copydesk("lint", "a.md", "b.md", "--format", "json").json
    paths = [file["path"] for file in found["files"]]
    related = [each["path"] for finding in all_findings(found) for each in finding["related"]]
    assert related
    assert set(related) <= set(paths)


def test_lint_of_one_post_knows_the_others_and_reports_only_it(copydesk):
    write("copydesk.toml", "root = true\n")
    write("posts/a.md", post("Fees", id="fees"))
    write("posts/b.md", post("More fees", id="fees", updated="2026-02-30"))
    found = copydesk("lint", "posts/a.md", "--format", "json").json
    assert [file["path"] for file in found["files"]] == ["posts/a.md"]
    assert [each["rule"] for each in all_findings(found)] == ["basics.duplicate-id"]


def test_odd_file_names_are_listed(copydesk):
    names = ["_hidden.md", ".dotted.md", "ä b.markdown", "UPPER.HTML", "note.txt", "x.htm"]
    for name in names:
        write(f"posts/{name}", "# Hours\n\nWe open at nine.\n")
    write("posts/.git/no.md")
    write("posts/sheet.csv", "a,b\n")
    found = json.loads(copydesk("lint", "posts", "--format", "json").out)
    assert {Path(file["path"]).name for file in found["files"]} == set(names)


def test_what_a_pattern_leaves_out_is_named(copydesk):
    write("copydesk.toml", 'exclude = ["old/"]\n')
    write("posts/a.md")
    write("old/b.md")
    write("posts/old/c.md")
    write("copydesk.toml", 'exclude = ["posts/old/"]\n')
    ran = copydesk("lint")
    assert "1 excluded by 'posts/old/'" in ran.out
    left_out = copydesk("lint", "--format", "json").json["summary"]["left_out"]
    assert left_out == {"excluded by 'posts/old/'": 1}
