"""Fixes of a text: all or none, again until nothing moves, never a claim, never a broken post."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from core_kit import NOW, file_ref, plugin_file, source
from hypothesis import given
from hypothesis import strategies as st

from copydesk import fixing, registry
from copydesk.fixing import Mended, looking_with, mend
from copydesk.metadata import ReadingSettings
from copydesk.model.finding import CopydeskError, Edit, Finding, Place
from copydesk.options import defaults
from copydesk.sources import decode
from copydesk.workbench import Setup, Workbench

HEAD = "---\ntitle: Fees\n---\n\n"

RULES = """
import re

from copydesk.api import Edit


def replacing(name, old, new, **more):
    @rule(name, **TEXTS, **more)
    def check(ctx):
        for match in re.finditer(re.escape(old), ctx.post.source.text):
            span = Span(*match.span())
            yield Report(span, "A word.", "Change it.", fix=(Edit(*span, new),))
    return check


there = replacing("house.there", "foo", "bar")
back = replacing("house.back", "bar", "foo")
typo = replacing("house.typo", "teh", "the")
grow = replacing("house.grow", "grow", "grow grow")
nul = replacing("house.nul", "zero", "\\0")
fence = replacing("house.fence", "---\\ntitle", "title")
lone = replacing("house.lone", "alone", "\\ud800")
lines = replacing("house.lines", " / ", "\\n\\n")
same = replacing("house.same", "steady", "steady")
doubt = replacing("house.doubt", "cures", "may ease")
sure = replacing("house.sure", "Ketamine cures depression.", "", on_import=True)
part = replacing("house.part", "cures", "", on_import=True)


@rule("house.outside", **TEXTS)
def outside(ctx):
    text = ctx.post.source.text
    if "outside" in text:
        yield Report(Span(0, 1), "A.", fix=(Edit(len(text), len(text) + 9, "x"),))


@rule("house.pair", **TEXTS)
def pair(ctx):
    text = ctx.post.source.text
    start, end = text.find("<<"), text.find(">>")
    if 0 <= start < end:
        yield Report(Span(start, end + 2), "A pair.", fix=(
            Edit(start, start + 2, ""), Edit(end, end + 2, "")))


@rule("house.first", **TEXTS)
def first(ctx):
    start = ctx.post.source.text.find("<<")
    if start >= 0:
        yield Report(Span(start, start + 1), "A mark.", fix=(Edit(start + 1, start + 2, ""),))
"""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    path = plugin_file(tmp_path_factory.mktemp("house"), "house.py", RULES)
    refs = (*registry.built_in_refs(), file_ref(path))
    return Workbench(Setup(refs, path.parent, ReadingSettings("UTC"), NOW))


def fixed(bench: Workbench, text: str, *rules: str) -> Mended:
    names = rules or tuple(
        each.id
        for each in bench.registry.rules.values()
        if each.scope == "post" and not each.id.startswith("house.")
    )
    chosen = [(name, "warning", defaults(bench.registry.rules[name].options)) for name in names]
    return mend(source(text), bench, looking_with(bench, chosen))


def rules_of(mended: Mended) -> list[str]:
    return [each.rule for each in mended.refused]


def test_what_was_done_is_told_with_the_words_and_the_line_of_the_old_text(bench):
    mended = fixed(bench, HEAD + "teh one\n\nteh other\n", "house.typo")
    assert mended.source.text == HEAD + "the one\n\nthe other\n"
    assert [(done.line, done.old, done.new) for done in mended.done] == [
        (5, ("teh",), ("the",)),
        (7, ("teh",), ("the",)),
    ]
    assert mended.left == ()


def test_lines_are_those_of_the_old_text_after_several_rounds(bench):
    text = HEAD + "a / b\n\nfooteh\n"
    mended = fixed(bench, text.replace("footeh", "tteheh"), "house.lines", "house.typo")
    assert mended.source.text == HEAD + "a\n\nb\n\nthethe\n".replace("thethe", "tthe" + "eh")
    assert {done.finding.rule: done.line for done in mended.done} == {
        "house.lines": 5,
        "house.typo": 7,
    }


def test_two_rules_that_undo_each_other_are_named_and_leave_no_trace(bench):
    mended = fixed(bench, HEAD + "foo teh\n", "house.there", "house.back", "house.typo")
    assert mended.source.text == HEAD + "foo the\n"
    assert rules_of(mended) == ["house.back", "house.there"]
    assert "house.there" in mended.refused[0].reason


def test_a_rule_that_never_ends_is_named_and_leaves_no_trace(bench):
    mended = fixed(bench, HEAD + "grow teh\n", "house.grow", "house.typo")
    assert mended.source.text == HEAD + "grow the\n"
    assert rules_of(mended) == ["house.grow"]


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ("house.nul", "zero"),
        ("house.lone", "alone"),
        ("house.outside", "outside"),
        ("house.fence", "fence"),
    ],
)
def test_a_fix_that_would_break_the_post_is_left_out_and_named(bench, rule, word):
    mended = fixed(bench, HEAD + f"teh {word}\n", rule, "house.typo")
    assert mended.source.text == HEAD + f"the {word}\n"
    assert rules_of(mended) == [rule]


def test_a_fix_that_changes_nothing_is_no_fix(bench):
    mended = fixed(bench, HEAD + "steady\n", "house.same")
    assert (mended.done, mended.refused) == ((), ())


def test_the_edits_of_a_finding_are_made_all_or_none(bench):
    # Both findings begin at the same place; the shorter one comes first, and then there is no pair.
    mended = fixed(bench, HEAD + "<<one>>\n", "house.pair", "house.first")
    assert mended.source.text == HEAD + "<one>>\n"
    assert {done.finding.rule for done in mended.done} == {"house.first"}
    assert fixed(bench, HEAD + "<<one>>\n", "house.pair").source.text == HEAD + "one\n"


def test_new_lines_end_as_those_of_the_file(bench):
    text = (HEAD + "a / b\n").replace("\n", "\r\n")
    data = b"\xef\xbb\xbf" + text.encode()
    chosen = [("house.lines", "warning", {})]
    mended = mend(decode(data, "post.md", "post.md"), bench, looking_with(bench, chosen))
    assert mended.source.text == text.replace(" / ", "\r\n\r\n")
    assert mended.source.bom
    assert fixing.encoded(mended.source, mended.source.text).startswith(b"\xef\xbb\xbf---\r\n")


@pytest.mark.parametrize(
    ("body", "rule", "changed"),
    [
        ("Ketamine cures depression.", "house.doubt", False),
        ("Ketamine cures depression.", "house.part", False),
        # What is left over for certain may go whole, as the title of another post does.
        ("Ketamine cures depression.", "house.sure", True),
        ("Salt cures ham.", "house.doubt", True),
    ],
)
def test_the_words_of_a_claim_stay(bench, body, rule, changed):
    mended = fixed(bench, HEAD + f"{body}\n\nWe open at nine.\n", rule)
    assert bool(mended.done) == changed
    assert [each.rule for each in mended.held] == ([] if changed else [rule])


def test_findings_of_claims_and_those_with_a_waiver_are_not_mended():
    edit = (Edit(0, 3, "the"),)
    place = Place(0, 1, 1)
    one = Finding("house.typo", "error", "A.", "", "teh", place, Place(3, 1, 4), "", "", fix=edit)
    for other in (one._replace(rule="claims.absolute"), one._replace(waived="Fine. (mara)")):
        assert fixing.apply("teh", [other]).text == "teh"
    assert fixing.apply("teh", [one]) == fixing.Applied("the", (one,), ())


def test_a_post_that_cannot_be_read_is_refused(bench):
    with pytest.raises(CopydeskError):
        fixed(bench, "---\ntitle: [\n", "house.typo")


def test_rules_of_an_import_are_built_in_and_say_so(bench):
    assert [rule for rule, _, _ in fixing.import_rules(bench.registry)] == ["artefacts.pager"]


#: Parts of posts: what is to be mended, and what surely stays.
PARTS = (
    "Previous\nPrevious\n\nOur room\n\nNext\nNext",
    "Q: May I bring a dog?A: Yes, you may.",
    "Q: Is it far?A: No.\nQ: Is it dear?A: No.",
    "We sat down.Then we spoke.",
    "gpt-4o",
    "Comentarios",
    "0 Comments\nShare",
    "Ketamine cures depression for everyone.",
    "A room with a view 🌿 of the sea.",
    "- one\n- Q: two?A: three",
    "> A quiet hour.\n> Previous\n> Next",
    "## What to bring",
    "“Come in,” she said.",
    "`Previous`\n\n    Next",
    "| a | b |\n| --- | --- |\n| Previous | Next |",
    "Naïve café\u2028in Zürich.",
)
TITLES = ("Fees", "KAP: what to expect", '"A: quoted"', "Ketamine: cures all", "it's: ours")
_PROSE = re.compile(r"[\s\"'\\]+")


def is_part_of(small: str, whole: str) -> bool:
    """Say whether the characters of a text stand in another, in order."""
    rest = iter(whole)
    return all(char in rest for char in small)


@given(
    st.sampled_from(TITLES),
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from(["post.md", "post.txt", "post.html"]),
)
def test_mending_ends_settles_and_only_takes_away_or_parts(bench, title, parts, newline, bom, name):
    text = f"---\ntitle: {title}\n---\n\n" + "\n\n".join(parts) + "\n"
    data = (b"\xef\xbb\xbf" if bom else b"") + text.replace("\n", newline).encode()
    before = decode(data, name, name)
    chosen = [
        (each.id, each.severity, defaults(each.options))
        for each in bench.registry.rules.values()
        if each.scope == "post" and not each.id.startswith("house.")
    ]
    look = looking_with(bench, chosen)
    mended = mend(before, bench, look)
    assert mended.refused == ()
    assert (mended.source.newline, mended.source.bom) == (before.newline, before.bom)
    assert not [each for each in mended.left if each.mendable and each not in mended.held]
    assert mend(mended.source, bench, look).source == mended.source
    letters = _PROSE.sub("", mended.source.text).replace("<br>", "")
    assert is_part_of(letters, _PROSE.sub("", before.text))
    cure = "Ketamine cures depression for everyone."
    assert mended.source.text.count(cure) == before.text.count(cure)
    for done in mended.done:
        assert done.line <= before.text.count(newline) + 1


def test_thousands_of_fixes_end_soon_enough_to_wait_for(bench):
    text = HEAD + "We sat down.Then we spoke.\n\n" * 3000
    mended = fixed(bench, text, "artefacts.glued")
    assert len(mended.done) == 3000
    assert "down.Then" not in mended.source.text


def test_the_sample_posts_settle(bench):
    folder = Path(__file__).parents[2] / "posts"
    for path in sorted(folder.rglob("*.*")):
        if path.suffix in (".md", ".txt", ".html"):
            text = path.read_bytes().decode()
            once = fixed(bench, text)
            assert fixed(bench, once.source.text).done == (), path.name
