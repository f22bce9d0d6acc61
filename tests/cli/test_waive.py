"""`copydesk waive`: finds the finding, writes a waiver that holds, and says no otherwise."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_kit import NOW, Ran, post, tree, write
from terminal_kit import at_terminal

from copydesk.waivable import place_of

Copydesk = Callable[..., Ran]

CURES = "Acupuncture cures headaches."
RULE = "claims.absolute"
GOOD = ("--reason", "Agreed.", "--by", "mara", "--by", "tom", "--now", NOW)
PEOPLE = '[people.mara]\nname = "Mara"\n[people.tom]\nname = "Tom"\n'


def site(body: str = CURES, config: str = "", **front_matter: object) -> None:
    write("copydesk.toml", "root = true\n" + config)
    write("posts/a.md", post("A post", body, **front_matter))


def waivers() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(Path("waivers.toml").read_text("utf-8"))["waiver"]
    return found


def test_a_waiver_is_written_shown_and_holds(copydesk: Copydesk) -> None:
    site()
    assert copydesk("lint", "posts/a.md").code == 1
    until = ("--until", "2027-01-31", "--recorded-by", "Jo")
    ran = copydesk("waive", "posts/a.md:5", RULE, *GOOD, *until)
    assert ran.code == 0
    assert "Added to waivers.toml:" in ran.out
    assert '  quote = "Acupuncture cures headaches."' in ran.out
    assert "posts/a.md has no errors now." in ran.out and "`git diff`" in ran.out
    text = Path("waivers.toml").read_text("utf-8")
    assert text.startswith("# ")
    [waiver] = waivers()
    assert waiver.pop("until").isoformat() == "2027-01-31"
    assert waiver == {
        "post": "posts/a.md",
        "rule": RULE,
        "quote": CURES,
        "reason": "Agreed.",
        "by": ["mara", "tom"],
        "recorded-by": "Jo",
    }
    linted = copydesk("lint", "posts/a.md", "--now", NOW)
    assert linted.code == 0 and "1 waived" in linted.out


def test_a_post_with_an_id_is_named_by_it(copydesk: Copydesk) -> None:
    site(id="a-post")
    copydesk("waive", "posts/a.md:6", RULE, *GOOD)
    assert waivers()[0]["post"] == "a-post"
    Path("posts/a.md").rename("posts/renamed.md")
    assert copydesk("lint", "--now", NOW).code == 0


def test_an_id_that_two_posts_claim_names_nobody(copydesk: Copydesk) -> None:
    site(id="a-post")
    write("posts/b.md", post("Another", "We open at nine.", id="a-post"))
    copydesk("waive", "posts/a.md:6", RULE, *GOOD)
    assert waivers()[0]["post"] == "posts/a.md"


@pytest.mark.parametrize(
    "old",
    [
        b"",
        b"# Ours.\n",
        b"# Ours, without an end of line",
        b"\xef\xbb\xbf# With a mark.\r\n\r\n",
        '# Grüße\r\n[[waiver]]\r\npost = "x"\r\nrule = "claims.statistic"\r\n'.encode()
        + b'quote = "y"\r\n',
    ],
)
def test_every_byte_that_stood_there_is_kept(copydesk: Copydesk, old: bytes) -> None:
    site()
    write("waivers.toml", old)
    assert copydesk("waive", "posts/a.md:5", RULE, *GOOD).code == 0
    new = Path("waivers.toml").read_bytes()
    assert new.startswith(old) or not old
    assert (b"\r\n" in old) == (b"\r\n" in new)
    assert new.replace(b"\r\n", b"").count(b"\n") == 0 or b"\r\n" not in old
    assert copydesk("lint", "posts/a.md", "--now", NOW).code == 0


def test_odd_words_hold_as_well(copydesk: Copydesk) -> None:
    odd = 'The “remedy” \\ "x" cures\tcolds \x1f \x7f \u2028 \u202e 🌿.'
    site(odd)
    ran = copydesk("waive", "posts/a.md:5", RULE, "--reason", "a\nb \x1b[31m", *GOOD[2:])
    assert ran.code == 0, ran.said
    assert "\x1b" not in ran.out and "\u202e" not in ran.out
    assert waivers()[0]["reason"] == "a b \x1b[31m"
    assert copydesk("lint", "posts/a.md", "--now", NOW).code == 0


def test_a_line_with_several_findings_needs_a_column_or_words(copydesk: Copydesk) -> None:
    site(f"{CURES} Massage cures colds.")
    before = tree()
    ran = copydesk("waive", "posts/a.md:5", RULE, *GOOD)
    assert ran.code == 2
    assert f"2 findings of {RULE} are meant by posts/a.md:5" in ran.err
    assert "column 1 “Acupuncture cures headaches.”; column 30 “Massage cures" in ran.err
    assert tree() == before
    ran = copydesk("waive", "posts/a.md:5:30", RULE, *GOOD)
    assert ran.code == 0 and "has 1 error left" in ran.out
    assert waivers()[0]["quote"] == "Massage cures colds."
    ran = copydesk("waive", "posts/a.md:5", RULE, "--quote", "cures  headaches", *GOOD)
    assert ran.code == 0 and "has no errors now" in ran.out
    assert waivers()[1]["quote"] == "cures headaches"


def test_equal_sentences_are_settled_by_one_waiver(copydesk: Copydesk) -> None:
    site(f"{CURES} {CURES}\n\n{CURES}")
    ran = copydesk("waive", "posts/a.md:5", RULE, *GOOD)
    assert ran.code == 0
    assert "The same words settle 2 more of its findings, line 5, 7." in ran.out
    assert "has no errors now" in ran.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("posts/a.md", RULE), "does not say which line is meant"),
        (("posts/a.md:", RULE), "does not say which line is meant"),
        (("posts:5", RULE), "posts is a folder"),
        (("posts/b.md:5", RULE), "posts/b.md could not be read"),
        (
            ("posts/a.md:5", "claims.absolut"),
            "no rule claims.absolut. Did you mean claims.absolute",
        ),
        (("posts/a.md:5", "claims"), "there is no rule claims"),
        (("posts/a.md:5", "waivers.stale"), "speaks of a waiver, not of a post"),
        (
            ("posts/a.md:5", "claims.statistic"),
            "There are findings of claims.absolute, claims.fair-balance.",
        ),
        (("posts/a.md:1", RULE), "No rule has a finding there."),
        (("posts/a.md:99", RULE), "No rule has a finding there."),
        (("posts/a.md:5:2", RULE), "No rule has a finding there."),
        (("posts/a.md:5", RULE, "--quote", "cure"), "that holds the words “cure”. There is: col"),
    ],
)
def test_what_is_not_there_cannot_be_waived(
    copydesk: Copydesk, arguments: tuple[str, ...], words: str
) -> None:
    site()
    before = tree()
    ran = copydesk("waive", *arguments, *GOOD)
    assert ran.code == 2
    assert words in ran.err
    assert tree() == before


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--by", "mara", "--by", "tom"), 'needs --reason "..."'),
        (("--reason", " ", "--by", "mara"), 'needs --reason "..."'),
        (("--reason", "x"), "needs --by NAME (2 people)"),
        ((), 'needs --reason "..." and --by NAME (2 people)'),
        (("--reason", "x", "--by", "mara"), "needs two people, and 1 is named"),
        (("--reason", "x", "--by", "mara", "--by", " mara"), "needs two people, and 1 is named"),
        (("--reason", "x", "--by", " "), "needs --by NAME (2 people)"),
        (("--reason", "x", "--by", "mara", "--by", "tim"), "tim is not among [people]. Did you"),
        (("--until", "2026-05-31"), "2026-05-31 is over"),
        (("--until", "2027-02-30"), "'2027-02-30' is not a day"),
        (("--until", "soon"), "'soon' is not a day"),
    ],
)
def test_a_waiver_that_would_not_hold_is_not_written(
    copydesk: Copydesk, flags: tuple[str, ...], words: str
) -> None:
    site(config=PEOPLE)
    before = tree()
    rest = GOOD if "--until" in flags else ("--now", NOW)
    ran = copydesk("waive", "posts/a.md:5", RULE, *flags, *rest)
    assert ran.code == 2
    assert words in ran.err
    assert tree() == before


def test_one_person_is_enough_for_most_rules(copydesk: Copydesk) -> None:
    site("Studies show that a warm bath helps people sleep.")
    flags = ("--reason", "x", "--by", "jo", "--until", "2026-06-01", "--now", NOW)
    ran = copydesk("waive", "posts/a.md:5", "claims.vague-research", *flags)
    assert ran.code == 0
    assert copydesk("lint", "posts/a.md", "--now", NOW).code == 0


def test_what_is_waived_already_is_not_waived_twice(copydesk: Copydesk) -> None:
    site()
    copydesk("waive", "posts/a.md:5", RULE, *GOOD)
    before = tree()
    ran = copydesk("waive", "posts/a.md:5", RULE, *GOOD)
    assert ran.code == 2 and "waived already: Agreed. (mara, tom)" in ran.err
    assert tree() == before


def test_after_the_last_day_a_new_waiver_can_follow(copydesk: Copydesk) -> None:
    site()
    assert copydesk("waive", "posts/a.md:5", RULE, *GOOD, "--until", "2026-06-30").code == 0
    later = (*GOOD[:-1], "2026-08-01T12:00:00Z", "--until", "2027-06-30")
    assert copydesk("waive", "posts/a.md:5", RULE, *later).code == 0
    assert copydesk("lint", "posts/a.md", "--now", "2026-08-01T12:00:00Z").code == 0


OLD_NAME = """\
from copydesk.api import hookimpl, rule

@rule("mine.new", summary="s", why="w", good="g", bad="b", authority="a", aliases=("mine.old",))
def check(ctx):
    yield ctx.report(ctx.post.units[-1], "Seen.", help="Do.")
    if "empty" in ctx.post.source.text:
        from copydesk.api import Span
        yield ctx.report(Span(0, 0), "Nothing.", help="Do.")

@hookimpl
def register_rules():
    return [check]
"""


def test_an_older_name_of_a_rule_is_known(copydesk: Copydesk) -> None:
    write("mine.py", OLD_NAME)
    site("We open at nine.")
    flags = ("--plugin", "mine.py", *GOOD)
    assert copydesk("waive", "posts/a.md:5", "mine.old", *flags).code == 0
    assert waivers()[0]["rule"] == "mine.new"


def test_a_finding_without_words_cannot_be_waived(copydesk: Copydesk) -> None:
    write("mine.py", OLD_NAME)
    site("An empty room.")
    ran = copydesk("waive", "posts/a.md:1:1", "mine.new", "--plugin", "mine.py", *GOOD)
    assert ran.code == 2 and "marks no words" in ran.err
    assert not Path("waivers.toml").exists()


@pytest.mark.parametrize(
    ("old", "words"),
    [
        (b"waiver = []\n", "form that nothing can be added to"),
        (b"[[waiver]]\npost = 3\n", "post takes a text"),
        (b"nonsense", "is not valid TOML"),
    ],
)
def test_a_file_that_cannot_be_added_to_stays_as_it_is(
    copydesk: Copydesk, old: bytes, words: str
) -> None:
    site()
    write("waivers.toml", old)
    ran = copydesk("waive", "posts/a.md:5", RULE, *GOOD)
    assert ran.code == 2 and words in ran.err
    assert Path("waivers.toml").read_bytes() == old


def test_another_post_that_cannot_be_read_does_not_matter(copydesk: Copydesk) -> None:
    site()
    write("posts/b.md", b"\xff")
    assert copydesk("waive", "posts/a.md:5", RULE, *GOOD).code == 0


def test_from_another_folder_and_for_a_nested_site(copydesk: Copydesk, here: Path) -> None:
    site()
    os.chdir("posts")
    ran = copydesk("waive", here / "posts/a.md:5", RULE, *GOOD)
    assert ran.code == 0
    assert (here / "waivers.toml").is_file() and not Path("waivers.toml").exists()
    assert copydesk("lint", "a.md", "--now", NOW).code == 0


@pytest.mark.parametrize(
    ("text", "path", "line", "column"),
    [
        ("posts/a.md:12", "posts/a.md", 12, 0),
        ("posts/a.md:12:3", "posts/a.md", 12, 3),
        ("C:\\blog\\x.md:12", "C:\\blog\\x.md", 12, 0),
        ("C:\\blog\\x.md:12:3", "C:\\blog\\x.md", 12, 3),
        ("C:/blog/a b.md:1", "C:/blog/a b.md", 1, 0),
        ("odd:name.md:7", "odd:name.md", 7, 0),
        ("two\nlines.md:7", "two\nlines.md", 7, 0),
    ],
)
def test_places_are_read(text: str, path: str, line: int, column: int) -> None:
    assert place_of(text) == (Path(path), line, column)


def test_a_terminal_is_asked() -> None:
    site()
    code, said = at_terminal(
        *("waive", "posts/a.md:5", RULE),
        answers={
            "in a sentence: ": ["So the label says."],
            "between): ": ["mara, tom"],
            "for none): ": ["soon", "2099-01-31"],
        },
    )
    assert code == 0, said
    assert "Who accepts it (2 people" in said and "'soon' is not a day" in said
    [waiver] = waivers()
    assert (waiver["reason"], waiver["by"]) == ("So the label says.", ["mara", "tom"])
    assert waiver["until"].isoformat() == "2099-01-31"


def test_people_are_told_that_they_can_waive_what_holds_a_post(copydesk: Copydesk) -> None:
    site(day=3)
    ran = copydesk("plan")
    assert "or waive it: `copydesk waive`." in ran.out
