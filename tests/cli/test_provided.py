"""`provided-by-template`: rules learn what the template shows, wherever and whenever they run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cli_kit import Ran, post, write

from copydesk.api import site_rule
from copydesk.model.context import TEMPLATE_PARTS, PostContext, SiteContext
from copydesk.testing import NOW, index_of, read, run_site_rule

Copydesk = Callable[..., Ran]

MENTION = post("A post", "Some people come to us with suicidal thoughts.")
LINT = ("lint", "--select", "claims.crisis-line")
#: Rules of a plugin file, which run in a process of their own.
MINE = """\
from copydesk.api import hookimpl, rule, site_rule

TEXTS = dict(summary="s", why="w", good="g", bad="b", authority="a", severity="error")

@rule("mine.post", **TEXTS)
def a_post(ctx):
    if not ctx.provided("licence"):
        yield ctx.report(ctx.top, "No licence.", help="Do.")

@site_rule("mine.site", **TEXTS)
def a_site(ctx):
    if not ctx.provided("footer"):
        yield from (ctx.report(entry, "No footer.", help="Do.") for entry in ctx.index)

@hookimpl
def register_rules():
    return [a_post, a_site]
"""


def config(*parts: str, more: str = "") -> None:
    names = ", ".join(f'"{part}"' for part in parts)
    write("copydesk.toml", f"root = true\nprovided-by-template = [{names}]\n{more}")


def test_it_holds_from_the_next_run_on_whatever_is_in_the_cache(copydesk: Copydesk) -> None:
    write("posts/a.md", MENTION)
    for parts, code in (((), 1), (("crisis-line",), 0), (("footer",), 1), (("crisis-line",), 0)):
        config(*parts)
        assert copydesk(*LINT).code == code
        assert copydesk(*LINT).code == code


def test_one_word_needs_no_list(copydesk: Copydesk) -> None:
    write("posts/a.md", MENTION)
    write("copydesk.toml", 'root = true\nprovided-by-template = "crisis-line"\n')
    assert copydesk(*LINT).code == 0


def test_worker_processes_know_it(copydesk: Copydesk) -> None:
    for number in range(3):
        write(f"posts/p{number}.md", MENTION)
    config("crisis-line")
    assert copydesk(*LINT, "--no-cache", "--jobs", "2").code == 0
    config()
    assert "3 errors" in copydesk(*LINT, "--no-cache", "--jobs", "2").out


@pytest.mark.parametrize(
    ("parts", "rules"),
    [
        ((), {"mine.post", "mine.site"}),
        (("licence",), {"mine.site"}),
        (("footer",), {"mine.post"}),
        (("footer", "licence"), set()),
    ],
)
def test_rules_that_run_apart_know_it(
    copydesk: Copydesk, parts: tuple[str, ...], rules: set[str]
) -> None:
    write("mine.py", MINE)
    write("posts/a.md", post("A post", "We open at nine."))
    for _ in range(2):
        config(*parts, more='plugin-files = ["mine.py"]\n')
        ran = copydesk("lint", "--select", "mine", "--format", "json")
        found = {each["rule"] for file in ran.json["files"] for each in file["findings"]}
        assert found == rules


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('["crisis-lines"]', "Did you mean crisis-line?"),
        ('"license"', "Did you mean licence?"),
        (
            '["nothing like it"]',
            "Known are: author, contact, crisis-line, disclaimer, footer, licence, reviewer.",
        ),
        ("true", "provided-by-template takes a list of texts"),
        ("[1]", "provided-by-template takes a list of texts"),
    ],
)
def test_words_that_are_not_known(copydesk: Copydesk, line: str, words: str) -> None:
    write("posts/a.md", MENTION)
    write("copydesk.toml", f"root = true\nprovided-by-template = {line}\n")
    ran = copydesk("lint")
    assert ran.code == 2
    assert "copydesk.toml:2" in ran.said and words in ran.said


def test_a_nested_file_cannot_say_it(copydesk: Copydesk) -> None:
    write("copydesk.toml", "root = true\n")
    write("posts/copydesk.toml", 'provided-by-template = ["crisis-line"]\n')
    write("posts/a.md", MENTION)
    ran = copydesk("lint")
    assert ran.code == 2
    assert "may only be set in the root configuration" in ran.said


def test_contexts_record_what_was_asked_and_refuse_other_words() -> None:
    for context in (
        PostContext(read("We open."), NOW, provided=("footer",)),
        SiteContext(index_of({"a.md": "We open."}), NOW, ("footer",)),
    ):
        assert context.asked == {}
        answers = {part: context.provided(part) for part in TEMPLATE_PARTS}
        assert [part for part, answer in answers.items() if answer] == ["footer"]
        assert context.asked["provided:footer"] == "True"
        assert context.asked["provided:licence"] == "False"
        with pytest.raises(ValueError, match="no part 'foot'"):
            context.provided("foot")


def test_the_test_kit_hands_it_to_site_rules() -> None:
    @site_rule("a.b", summary="s", why="w", good="g", bad="b", authority="a")
    def check(ctx: SiteContext):  # type: ignore[no-untyped-def]
        if not ctx.provided("footer"):
            yield from (ctx.report(entry, "No footer.") for entry in ctx.index)

    index = index_of({"a.md": "We open."})
    assert len(run_site_rule(check, index)) == 1
    assert run_site_rule(check, index, provided=["footer"]) == []
