"""Where a source has to stand to carry a sentence: the places of the annotation guideline."""

from __future__ import annotations

import time

import pytest

from copydesk.api import PostContext
from copydesk.testing import NOW, read
from copydesk_plugins.claims.support import Supports, support_of

PAPER = "https://doi.org/10.5555/abc.1"
LABEL = "https://www.accessdata.fda.gov/label/2023/1.pdf"
BLOG = "https://www.example.com/blog/sleep"


def supports(text: str, name: str = "post.md") -> list[str]:
    """Return a line for each unit that is supported: its first words and what stands beside it."""
    post = read(text, name)
    found = Supports(post)
    out = []
    for unit in post.units:
        support = found.of(unit)
        if support.level != "none" and not found.listed(unit):
            probable = ", probable" if support.probable else ""
            out.append(f"{unit.text.split()[0]} {support.level} {support.place}{probable}")
    return out


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # In the sentence, in its different forms.
        (f"One ([trial]({PAPER})). Two is more.", ["One cited unit"]),
        (f"One works. Two [eases pain]({PAPER}) well. Three.", ["Two cited unit"]),
        (f"One works [{PAPER}]({PAPER}). Two.", ["One cited unit"]),
        ("One works (doi:10.5555/abc). Two.", ["One cited unit"]),
        ("One works (PMID: 123456). Two.", ["One cited unit"]),
        ("One works, https://www.fda.gov/drugs/x says. Two.", ["One cited unit"]),
        (f"One works <{PAPER}>. Two.", ["One cited unit"]),
        (f"One [works][p]. Two.\n\n[p]: {PAPER}", ["One cited unit"]),
        # The kind of source.
        (f"One ([post]({BLOG})). Two.", ["One weak unit"]),
        ("One ([FDA](https://www.fda.gov/)). Two.", ["One weak unit"]),
        ("One ([list](https://pubmed.ncbi.nlm.nih.gov/?term=x)). Two.", ["One weak unit"]),
        ("One ([our page](/sleep)). Two.", ["One weak unit"]),
        (f"One ([post]({BLOG}), [trial]({PAPER})). Two.", ["One cited unit"]),
        # What leads somewhere and is no source.
        ("One works; [call us](https://www.fda.gov/drugs/x). Two.", []),
        ("One works ([mail](mailto:a@example.org)). [Two](#two).", []),
        # At the end of the paragraph.
        (
            f"One works. Two helps. Three eases ([trial]({PAPER})).",
            ["One cited paragraph, probable", "Two cited paragraph, probable", "Three cited unit"],
        ),
        (
            f"One works. Read [the trial]({PAPER}).",
            ["One cited paragraph, probable", "Read cited unit"],
        ),
        (f"One works. So does [NICE]({PAPER}).", ["So cited unit"]),
        (f"One works. We like [this paper]({PAPER}) a lot.", ["We cited unit"]),
        (
            f"One works ([a]({PAPER})). Two. Three ([b]({LABEL})).",
            ["One cited unit", "Three cited unit"],
        ),
        (f"One works.\n\nTwo ([a]({PAPER})).", ["Two cited unit"]),
        (
            f"One works. See [the label]({LABEL}). Three.",
            ["One cited paragraph, probable", "See cited unit"],
        ),
        # A block that is only a source.
        (
            f"One works. Two helps.\n\nSource: [label]({LABEL})",
            [
                "One cited paragraph, probable",
                "Two cited paragraph, probable",
                "Source: cited unit",
            ],
        ),
        (
            f"It can:\n\n- one\n- two\n\nSources: [a]({PAPER})",
            ["one cited list, probable", "two cited list, probable", "Sources: cited unit"],
        ),
        (f"One works.\n\n## More\n\nSource: [label]({LABEL})", ["Source: cited unit"]),
        ("One works.\n\nRead more: [Fees](/fees)", ["Read weak unit"]),
        # A lead-in carries its list, also the lists inside.
        (
            f"It can ([NICE]({LABEL})):\n\n- one\n  - two\n- three",
            ["It cited unit", "one cited list", "two cited list", "three cited list"],
        ),
        (f"It can:\n\n- one ([a]({PAPER}))\n- two", ["one cited unit"]),
        # Footnotes.
        (f"One works.[^1] Two.\n\n[^1]: Trial. {PAPER}", ["One cited marker"]),
        (f"One works.[^n] Two.\n\n[^n]: [Trial]({PAPER})", ["One cited marker"]),
        ("One works.[^1] Two.\n\n[^1]: Ask us at the desk.", []),
        ("One works.[^1] Two.\n\n[^1]: Smith, Lancet 2019.", ["One weak marker"]),
        ("One works.[^9] Two.", []),
        (
            f"One works. Two helps.[^1]\n\n[^1]: {PAPER}",
            ["One cited paragraph, probable", "Two cited marker"],
        ),
    ],
)
def test_places(text: str, found: list[str]) -> None:
    assert supports(text) == found


LISTED = """One helps {}. Two.

## References

1. Smith J. Sleep and pain. https://doi.org/10.5555/a
2. Jones K. Rest. doi:10.5555/b
3. Brown L. Naps, 2019.
"""


@pytest.mark.parametrize(
    ("mark", "found"),
    [
        ("[1]", ["One cited marker"]),
        ("[2, 3]", ["One cited marker"]),
        ("[3]", ["One weak marker"]),
        ("[4]", []),
        ("(1)", ["One cited marker"]),
        ("<sup>2</sup>", ["One cited marker"]),
        ("well²", ["One cited marker"]),
        ("(Smith et al., 2019)", ["One weak unit"]),
        ("(Brown, 2019)", ["One weak marker"]),
        ("20 m²", []),
    ],
)
def test_a_numbered_list(mark: str, found: list[str]) -> None:
    assert supports(LISTED.format(mark)) == found


@pytest.mark.parametrize(
    "entries",
    [
        "[1] Smith J. Sleep. https://doi.org/10.5555/a\n[2] Jones K. doi:10.5555/b",
        "## Sources\n\n[1] Smith J. Sleep. https://doi.org/10.5555/a\n\n[2] Jones. doi:10.5555/b",
        "**References**\n\n- [1] Smith J. Sleep. https://doi.org/10.5555/a\n- [2] doi:10.5555/b",
        '<h2>References</h2>\n<ol><li id="r1">Smith. doi:10.5555/a</li><li>Jones. '
        "doi:10.5555/b</li></ol>",
    ],
)
def test_forms_of_reference_lists(entries: str) -> None:
    post = read(f"One helps [2]. Two helps. [1] Three.\n\n{entries}\n")
    found = Supports(post)
    assert [found.of(unit).doi for unit in post.units[:3]] == ["10.5555/b", "10.5555/a", ""]
    assert found.unanchored_list is None
    assert all(found.listed(unit) for unit in post.units if "doi" in unit.text)


def test_pasted_text_has_marks_and_entries_too() -> None:
    text = "Sleep\n\nRest eases pain.[1] Naps help most.2 More.\n\nReferences\n\n" + (
        "1. Smith J. https://doi.org/10.5555/a\n2. Jones K. doi:10.5555/b\n"
    )
    post = read(text, "post.txt")
    found = Supports(post)
    dois = {unit.text.split()[0]: found.of(unit).doi for unit in post.units}
    assert (dois["Rest"], dois["Naps"], dois["More."]) == ("10.5555/a", "10.5555/b", "")


def test_pages_of_html_with_linked_notes() -> None:
    text = (
        '<p>One helps.<sup><a href="#fn1">1</a></sup> Two helps <a href="#cite_note-2">[2]</a>. '
        'Three. <a href="#section-1">Four</a>.</p><h2>References</h2>'
        '<ol><li id="fn1">doi:10.5555/a</li><li>doi:10.5555/b</li></ol>'
    )
    assert supports(text, "post.html") == ["One cited marker", "Two cited marker"]


def test_a_list_without_marks_supports_nothing_and_is_named() -> None:
    text = LISTED.format("a lot")
    assert supports(text) == []
    top = Supports(read(text)).unanchored_list
    assert top is not None
    assert text[top.start :].startswith("Smith")
    assert Supports(read(LISTED.format("[1]"))).unanchored_list is None
    assert Supports(read("One.\n\n## References\n\nAsk us.")).unanchored_list is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Pain fell (Okafor and Lind, 2021). Two.", ["Pain weak unit"]),
        ("Okafor et al. (2021) saw less pain. Two.", ["Okafor weak unit"]),
        ("Pain fell (Okafor, 2021). Two.", ["Pain weak unit"]),
        ("In 2021 the FDA warned of this. Two.", ["In weak unit"]),
        ("In 2021 the FDA approved it. Two.", []),
        ("The WALK-2 trial of 2021 saw less pain. Two.", ["The weak unit"]),
        ("A 2021 paper in The Lancet saw less pain. Two.", ["A weak unit"]),
        ("The FDA warned of this. Two.", []),
        ("In March 2021 we opened. Two.", []),
        ("We opened in Boston, Massachusetts, 2021. Two.", []),
        ("Studies show less pain. Two.", []),
        (
            "Okafor et al. (2021) saw less pain. In the placebo arm it rose. "
            "The researchers saw no harm. Tea helps. The trial was small.",
            ["Okafor weak unit", "In weak paragraph, probable", "The weak paragraph, probable"],
        ),
        (
            f"Pain fell ([Okafor]({PAPER})). Sleep was better in the tea arm. Two.",
            ["Pain cited unit", "Sleep weak paragraph, probable"],
        ),
    ],
)
def test_sources_that_are_only_named_are_weak(text: str, found: list[str]) -> None:
    assert supports(text) == found


def test_authors_and_year_lead_to_their_entry() -> None:
    text = (
        "Pain fell (Okafor and Lind, 2021). Rest helps (Lind, 1999).\n\n## References\n\n"
        "Okafor P, Lind A. Rest and pain. 2021. doi:10.5555/a\n"
    )
    post = read(text)
    found = Supports(post)
    assert (found.of(post.units[0]).level, found.of(post.units[0]).doi) == ("cited", "10.5555/a")
    assert found.of(post.units[1]).level == "weak"
    assert found.unanchored_list is None


def test_a_link_on_words_outside_the_claim_does_not_count() -> None:
    claim = "tea eases pain"
    for text, counts in (
        (f"Our founder [ran the race]({PAPER}) and {claim}.", False),
        (f"Our founder ran and [{claim}]({PAPER}).", True),
        (f"A [large trial]({PAPER}) found that {claim}.", True),
        (f"Our founder says that {claim} ([x]({PAPER})).", True),
        (f"Our founder says that {claim} (doi:10.5555/a).", True),
        (f"Our founder says that {claim} every [day]({PAPER}).", True),
    ):
        post = read(text)
        unit = post.units[0]
        start = unit.text.index(claim)
        level = Supports(post).of(unit, start, start + len(claim)).level
        assert (level == "cited") is counts, text
        assert Supports(post).of(unit).level == "cited"


def test_what_is_known_of_a_source() -> None:
    text = f"One works ([trial]({PAPER})). Two. [Three](https://www.example.com/x)."
    post = read(text)
    found = Supports(post)
    support = found.of(post.units[0])
    assert (support.tier, support.page, support.href) == ("A", "document", PAPER)
    assert support.span is not None
    assert text[support.span.start : support.span.end] == f"[trial]({PAPER})"
    assert [each.address.identity for each in found.sources] == ["doi:10.5555/abc.1", ""]
    assert [each.doi for each in found.all(post.units[0])] == ["10.5555/abc.1"]


def test_titles_may_hold_a_mark_and_get_nothing_else() -> None:
    text = "---\ntitle: One works [1]\ndescription: Two\n---\n\nThree [1].\n\n[1] doi:10.5555/a"
    assert supports(text) == ["One cited marker", "Three cited marker"]


def test_supports_are_worked_out_once_a_post() -> None:
    context = PostContext(read("One."), NOW)
    assert support_of(context) is support_of(context)


@pytest.mark.parametrize(
    "text",
    [
        f"One works [1] ([a]({PAPER})) (Okafor et al., 2021). " * 4000 + "\n\n[1] doi:10.5555/a",
        "word [1] " * 40_000 + "\n\n[1] doi:10.5555/a",
        f"- one [a]({PAPER})\n" * 6000,
        f"- one\n- [a]({PAPER})\n" * 6000,
        "1. One, 2019.\n" * 8000,
        "## References\n\n" + "1. One, 2019. doi:10.5555/a\n" * 6000,
        "[1] " * 60_000 + "doi:10.5555/a",
        "(" * 100_000 + "10.5555/a" + ")" * 100_000,
        "In 2019, " + "Aa, " * 60_000,
        "<sup>1" * 40_000,
        "[^1]: a\n\n" + "".join("    " + "- " * at + "b\n" for at in range(1, 300)),
        "> " * 500 + "One [1](x)",
        "[a](https://b.example/c) " * 6000,
        "One. " + "[a](https://b.example/c) [1] " * 6000 + "\n\n[1] doi:10.5555/a",
        f"One works {f'[a]({PAPER}) ' * 3000}:\n\n" + "- two\n" * 3000,
        "## References\n\n" + " ".join(f"[{at}] One [a]({PAPER})" for at in range(1, 5000)),
    ],
    ids=range(16),
)
def test_hostile_posts_take_linear_time(text: str) -> None:
    post = read(text)
    began = time.process_time()
    Supports(post)
    assert time.process_time() - began < 3  # each takes well below one
