"""`copydesk baseline`: old findings are accepted once, new ones count, and it only shrinks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_kit import Ran, post, tree, write

Copydesk = Callable[..., Ran]

CURES = "Acupuncture cures headaches."


def site(*bodies: str, config: str = "") -> None:
    """Write a site whose posts have these bodies; only one rule speaks, so counts are plain."""
    write("copydesk.toml", 'root = true\nselect = ["claims.absolute"]\n' + config)
    for number, body in enumerate(bodies, 1):
        write(f"posts/p{number}.md", post(f"Post {number}", body))


def accepted() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path("baseline.json").read_text("utf-8"))["posts"]
    return found


def summary(ran: Ran) -> Any:
    return ran.json["summary"]


def shown(ran: Ran) -> list[str]:
    """Return the quotes of the findings that count, from a report in JSON."""
    return [
        finding["quote"]
        for file in ran.json["files"]
        for finding in file["findings"]
        if not finding.get("accepted") and not finding.get("waived")
    ]


def test_a_baseline_over_600_posts_hides_12000_findings_and_shows_one_new(
    copydesk: Copydesk,
) -> None:
    body = "\n".join(f"Remedy {number} cures colds." for number in range(20))
    site(*[body] * 600)
    wrote = copydesk("baseline", "write")
    assert wrote.code == 0
    assert "12,000 findings in 600 posts accepted" in wrote.out
    before = copydesk("check")
    assert before.code == 0
    assert "0 errors, 0 warnings, 12,000 from before (baseline);" in before.out
    assert len(before.out.splitlines()) == 1

    with Path("posts/p300.md").open("a") as file:
        file.write("\nA walk cures gout.\n")
    after = copydesk("check")
    assert after.code == 1
    assert after.out.count("claims.absolute") == 1
    assert '"A walk cures gout."' in after.out
    assert "1 error, 0 warnings, 12,000 from before (baseline);" in after.out


def test_every_severity_is_accepted_and_the_file_is_made_for_git(copydesk: Copydesk) -> None:
    site(CURES, config='[rules]\n"claims.absolute" = "info"\n')
    assert copydesk("baseline", "write").code == 0
    text = Path("baseline.json").read_text("utf-8")
    assert '\n  "posts/p1.md": {\n   "' in text and text.endswith("}\n")
    assert copydesk("check", "--fail-on", "info").code == 0
    write("copydesk.toml", 'root = true\nselect = ["claims.absolute"]\n')  # an error now
    assert copydesk("check").code == 0


def test_only_check_applies_it(copydesk: Copydesk) -> None:
    site(CURES)
    write("posts/p2.md", post("Due", CURES, day=3))
    copydesk("baseline", "write")
    assert copydesk("check").code == 0
    assert copydesk("check", "--no-baseline").code == 1
    linted = copydesk("lint", "posts/p1.md")
    assert linted.code == 1 and CURES in linted.out
    ran = copydesk("run")
    assert ran.code == 1 and "1 held back" in ran.out
    assert not Path("site/due.html").exists()


def test_what_is_accepted_is_marked_in_json_and_shown_by_all(copydesk: Copydesk) -> None:
    site(CURES)
    copydesk("baseline", "write")
    ran = copydesk("check", "--format", "json")
    [finding] = ran.json["files"][0]["findings"]
    assert finding["accepted"] is True
    assert summary(ran)["errors"] == 0
    assert summary(ran)["baseline"] == {"accepted": 1, "entries": 1, "gone": 0}
    assert "baseline" not in summary(copydesk("lint", "--format", "json"))
    everything = copydesk("check", "--all")
    assert everything.code == 0
    assert "posts/p1.md:5:1   (from before)" in everything.out


def test_edits_elsewhere_keep_it_and_a_second_equal_sentence_is_new(copydesk: Copydesk) -> None:
    site(f"We open at nine.\n\n{CURES}")
    copydesk("baseline", "write")
    write("posts/p1.md", post("Another title", f"# New\n\nWe close at six.\n\n> {CURES}\n\nBye."))
    assert copydesk("check").code == 0
    write("posts/p1.md", post("Post 1", f"{CURES}\n\nWe close at six.\n\n{CURES}"))
    ran = copydesk("check", "--format", "json")
    assert (ran.code, shown(ran)) == (1, [CURES])
    assert summary(ran)["baseline"]["accepted"] == 1


def test_a_renamed_post_shows_its_findings_anew(copydesk: Copydesk) -> None:
    site(CURES, "We open at nine.")
    copydesk("baseline", "write")
    Path("posts/p1.md").rename("posts/first.md")
    ran = copydesk("check")
    assert ran.code == 1
    assert "1 of 1 in the baseline are no longer there" in ran.out
    assert "1 before, 0 now: 1 dropped" in copydesk("baseline", "write").out
    assert accepted() == {}
    assert copydesk("check").code == 1, "an empty baseline accepts nothing"


def test_it_only_shrinks(copydesk: Copydesk) -> None:
    site(f"{CURES} Massage cures colds.", CURES)
    copydesk("baseline", "write")
    write("posts/p1.md", post("Post 1", f"{CURES} A walk cures gout."))
    ran = copydesk("check")
    assert "1 of 3 in the baseline are no longer there: `copydesk baseline write`" in ran.out
    wrote = copydesk("baseline", "write")
    assert wrote.code == 0
    assert "3 before, 2 now: 1 dropped" in wrote.out
    assert "1 new finding was not added" in wrote.out
    assert [len(rules) for rules in accepted().values()] == [1, 1]
    before = tree()["baseline.json"]
    assert "nothing to drop" in copydesk("baseline", "write").out
    assert tree()["baseline.json"] == before
    assert shown(copydesk("check", "--format", "json")) == ["A walk cures gout."]
    # What was mended and comes back is new.
    write("posts/p1.md", post("Post 1", "Massage cures colds."))
    assert copydesk("check").code == 1


def test_only_posts_that_were_looked_at_lose_entries(copydesk: Copydesk) -> None:
    site(CURES, CURES, CURES)
    copydesk("baseline", "write")
    for number in (1, 2):
        write(f"posts/p{number}.md", post(f"Post {number}", "We open at nine."))
    Path("posts/p3.md").unlink()
    partly = copydesk("check", "posts/p1.md")
    assert "1 of 3 in the baseline are no longer there" in partly.out
    assert "3 before, 2 now" in copydesk("baseline", "write", "posts/p1.md").out
    assert sorted(accepted()) == ["posts/p2.md", "posts/p3.md"]
    assert "2 before, 0 now" in copydesk("baseline", "write").out


def test_a_first_baseline_of_some_posts_accepts_those_only(copydesk: Copydesk) -> None:
    site(CURES, CURES)
    assert "1 finding in 1 post accepted" in copydesk("baseline", "write", "posts/p2.md").out
    assert list(accepted()) == ["posts/p2.md"]
    assert copydesk("check").code == 1


def test_rules_that_did_not_run_keep_their_entries(copydesk: Copydesk) -> None:
    site(CURES)
    copydesk("baseline", "write")
    before = tree()["baseline.json"]
    ran = copydesk("check", "--select", "basics")
    assert "no longer there" not in ran.out
    write("copydesk.toml", 'root = true\nselect = ["basics"]\n')
    assert "nothing to drop" in copydesk("baseline", "write").out
    assert tree()["baseline.json"] == before


def test_a_waived_finding_is_not_accepted_as_well(copydesk: Copydesk) -> None:
    site(f"{CURES} Massage cures colds.")
    waive = ("--reason", "So it is.", "--by", "mara", "--by", "tom", "--until", "2027-01-31")
    waive = (*waive, "--now", "2026-06-01T12:00:00Z")
    assert copydesk("waive", "posts/p1.md:5:1", "claims.absolute", *waive).code == 0
    assert "1 finding in 1 post" in copydesk("baseline", "write", "--now", "2026-06-02").out
    ran = copydesk("check", "--now", "2026-06-02", "--format", "json")
    assert (ran.code, summary(ran)["waived"]) == (0, 1)
    assert summary(ran)["baseline"]["accepted"] == 1
    # Once the waiver is over, the finding counts: nobody put it into the baseline.
    late = copydesk("check", "--now", "2027-06-01", "--format", "json")
    assert (late.code, shown(late)) == (1, [CURES])


def test_an_accepted_finding_that_is_waived_later_is_not_gone(copydesk: Copydesk) -> None:
    site(CURES)
    copydesk("baseline", "write")
    copydesk("waive", "posts/p1.md:5", "claims.absolute", "--reason", "x", "--by", "a", "--by", "b")
    ran = copydesk("check", "--format", "json")
    assert summary(ran)["baseline"] == {"accepted": 0, "entries": 1, "gone": 0}
    assert summary(ran)["waived"] == 1


def test_findings_about_waivers_are_never_accepted(copydesk: Copydesk) -> None:
    write("copydesk.toml", 'root = true\n[rules]\n"waivers.expired" = "error"\n')
    write("posts/p1.md", post("Post 1", "We open at nine."))
    waiver = '[[waiver]]\npost = "p1"\nrule = "claims.absolute"\nquote = "x"\nreason = "y"\n'
    write("waivers.toml", waiver + 'by = ["a", "b"]\nuntil = 2020-01-01\n')
    copydesk("baseline", "write")
    assert copydesk("check").code == 1


def test_an_unread_post_keeps_its_entries(copydesk: Copydesk) -> None:
    site(CURES, CURES)
    copydesk("baseline", "write")
    write("posts/p1.md", b"\xff\xfe")
    write("posts/p2.md", post("Post 2", "We open at nine."))
    ran = copydesk("baseline", "write")
    assert ran.code == 2
    assert "posts/p1.md:1:1 could not be read" in ran.err
    assert "2 before, 1 now" in ran.out
    assert list(accepted()) == ["posts/p1.md"]


def test_the_first_baseline_wants_every_post(copydesk: Copydesk) -> None:
    site(CURES)
    write("posts/p2.md", b"\xff\xfe")
    ran = copydesk("baseline", "write")
    assert ran.code == 2
    assert "the baseline was not written" in ran.err
    assert not Path("baseline.json").exists()


FAILING = """\
from copydesk.api import Report, hookimpl, rule, site_rule

TEXTS = dict(summary="s", why="w", good="g", bad="b", authority="a")

@{scope}("mine.fails", **TEXTS)
def fails(ctx):
    from pathlib import Path
    if Path({flag!r}).exists():
        raise ValueError("no")
    {report}

@hookimpl
def register_rules():
    return [fails]
"""


@pytest.mark.parametrize(
    ("scope", "report"),
    [
        ("rule", 'yield ctx.report(ctx.top, "Seen.")'),
        ("site_rule", 'yield from (ctx.report(entry, "Seen.") for entry in ctx.index)'),
    ],
)
def test_a_rule_that_fails_drops_nothing(
    copydesk: Copydesk, tmp_path: Path, scope: str, report: str
) -> None:
    flag = tmp_path / "flag"
    write("mine.py", FAILING.format(scope=scope, flag=str(flag), report=report))
    site("We open at nine.", config='plugin-files = ["mine.py"]\n')
    write("copydesk.toml", 'root = true\nselect = ["mine"]\nplugin-files = ["mine.py"]\n')
    assert copydesk("baseline", "write").code == 0
    before = tree()["baseline.json"]
    flag.touch()
    ran = copydesk("baseline", "write", "--no-cache")
    assert (ran.code, tree()["baseline.json"]) == (2, before)
    ran = copydesk("check", "--no-cache")
    assert ran.code == 2 and "no longer there" not in ran.out


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("", "is not valid JSON", ":1:1"),
        ("{\n", "is not valid JSON", ":2:1"),
        ('{\n<<<<<<< ours\n"version": 1', "Settle the merge", ":2:1"),
        ("[]", 'does not hold "version": 1', ":1"),
        ('{"posts": {}}', 'does not hold "version": 1', ":1"),
        ('{"version": "1", "posts": {}}', 'does not hold "version": 1', ":1"),
        ('{"version": 1, "posts": {}, "more": 1}', 'does not hold "version": 1', ":1"),
        ('{\n"version": 2, "posts": {}}', "was written by a newer Copydesk (version 2", ":2"),
        ('{"version": 1,\n"posts": []}', '"posts" takes an object', ":2"),
        ('{"version": 1,\n"posts": {\n"a.md": ["x"]}}', "'a.md' takes an object", ":3"),
        ('{"version": 1, "posts": {"a.md": {\n"xyz": "a.b"}}}', "'xyz' of 'a.md'", ":2"),
        ('{"version": 1, "posts": {"a.md": {\n"0123456789abcdef": 1}}}', "no fingerprint", ":2"),
        ('{"version": 1, "posts": {"a.md": {},\n"a.md": {}}}', "holds 'a.md' twice", ":1"),
        ("[" * 100_000, "is nested too deeply", ""),
        (b"\xff", "is not UTF-8", ""),
    ],
)
def test_a_bad_baseline_fails_closed(
    copydesk: Copydesk, text: str | bytes, words: str, line: str
) -> None:
    site(CURES)
    write("baseline.json", text)
    before = tree()
    ran = copydesk("check")
    assert ran.code == 2
    assert f"baseline.json{line} " in ran.out and words in ran.out
    assert CURES in ran.out, "nothing is hidden"
    for command in ("write", "show"):
        ran = copydesk("baseline", command)
        assert ran.code == 2 and words in ran.err and "Traceback" not in ran.err
    assert tree() == before


def test_a_baseline_that_cannot_be_read_or_written(copydesk: Copydesk) -> None:
    site(CURES)
    Path("baseline.json").mkdir()
    assert copydesk("check").code == 2
    Path("baseline.json").rmdir()
    if sys.platform != "win32" and os.geteuid():
        Path().chmod(0o555)
        ran = copydesk("baseline", "write")
        Path().chmod(0o755)
        assert ran.code == 2 and "baseline.json could not be written" in ran.err


def test_without_findings_nothing_is_written(copydesk: Copydesk) -> None:
    site("We open at nine.")
    ran = copydesk("baseline", "write")
    assert ran.code == 0 and "Nothing was written" in ran.out
    assert not Path("baseline.json").exists()


def test_show_tells_how_much_of_what_is_accepted_where(copydesk: Copydesk) -> None:
    site(*[f"{CURES} Massage cures colds."] * 2, *[CURES] * 12)
    assert "there is none" in copydesk("baseline", "show").out
    copydesk("baseline", "write")
    ran = copydesk("baseline", "show")
    assert ran.code == 0
    assert "baseline.json: 16 findings in 14 posts accepted." in ran.out
    assert "     16  claims.absolute" in ran.out
    assert "      2  posts/p1.md" in ran.out
    assert ran.out.count("posts/p") == 10


def test_many_sites_each_have_their_own(copydesk: Copydesk) -> None:
    for name in ("north", "south"):
        write(f"{name}/copydesk.toml", 'root = true\nselect = ["claims.absolute"]\n')
        write(f"{name}/posts/a.md", post("A", CURES))
    ran = copydesk("baseline", "write", "north")
    assert ran.code == 0 and not Path("south/baseline.json").exists()
    assert copydesk("check", "north").code == 0
    assert copydesk("check", "south").code == 1
    assert copydesk("check", "north", "south").code == 1


GROUP = """\
from copydesk.api import Related, hookimpl, site_rule

@site_rule("mine.same", summary="s", why="w", good="g", bad="b", authority="a", severity="error")
def same(ctx):
    first, *others = sorted(ctx.index, key=lambda entry: entry.key)
    related = tuple(Related("is one of them", each.title_span, each.key) for each in others)
    if others:
        yield ctx.report(first, "All the same.", related=related)

@hookimpl
def register_rules():
    return [same]
"""


def test_what_posts_share_is_not_new_when_only_one_of_them_is_looked_at(
    copydesk: Copydesk,
) -> None:
    """A rule for the whole site tells it at one of them; the baseline knows it there."""
    write("mine.py", GROUP)
    write("copydesk.toml", 'root = true\nselect = ["mine"]\nplugin-files = ["mine.py"]\n')
    for name in ("a", "b", "c"):
        write(f"posts/{name}.md", post(name.upper(), "We open at nine."))
    for path in (".", "posts/a.md", "posts/b.md"):
        assert copydesk("check", path).code == 1
    copydesk("baseline", "write")
    for path in (".", "posts/a.md", "posts/b.md"):
        ran = copydesk("check", path)
        assert ran.code == 0, ran.out
        assert "no longer there" not in ran.out
    assert copydesk("check", "posts/b.md", "--no-baseline").code == 1


def git(*arguments: str) -> None:
    names = ("-c", "user.name=mara", "-c", "user.email=mara@example.org")
    subprocess.run(["git", *names, *arguments], check=True, capture_output=True, timeout=60)


def test_what_did_not_change_is_never_taken_for_mended(copydesk: Copydesk) -> None:
    site(f"{CURES} Massage cures colds.", CURES, CURES)
    git("init", "--quiet", ".")
    copydesk("baseline", "write")
    git("add", "--all")
    git("commit", "--quiet", "--message", "All.")
    write("posts/p1.md", post("Post 1", f"{CURES} A walk cures gout."))
    ran = copydesk("check", "--changed", "--format", "json")
    assert (ran.code, shown(ran)) == (1, ["A walk cures gout."])
    assert summary(ran)["baseline"] == {"accepted": 1, "entries": 4, "gone": 1}
