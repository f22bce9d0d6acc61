"""For whom a post is, what is left out of every count, and what a glossary changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.api import Rule
from copydesk.model.context import PostContext
from copydesk.model.records import SiteRecords
from copydesk.options import complete
from copydesk.testing import NOW, assert_exact, read, run_measures, run_rule
from copydesk_plugins.readability import ease, register_rules, section_ease
from copydesk_plugins.readability.disclaimers import is_disclaimer
from copydesk_plugins.readability.examples import HARD_POST, ONE_HARD_SECTION
from copydesk_plugins.readability.terms import TermsError, read_terms

ROOT = Path(__file__).parents[3]
SAMPLES = sorted(each for each in (ROOT / "posts").glob("*.*") if each.suffix in (".md", ".html"))
SEEDS = sorted((ROOT.parent / "shared" / "posts" / "seeds").glob("*.txt"))

#: Too hard for patients, fine for general readers.
_HARDER = "Plan a quiet evening at home after your visit, and postpone all difficult decisions."
MIDDLING = f"# Rest\n\n{' '.join([_HARDER] * 12)}\n"
GLOSSARY = "term,explanation\nmultidisciplinary team,people of several jobs\nmedication,a drug\n"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_good_sample_posts_are_silent(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    for rule in register_rules():
        assert [each.message for each in run_rule(rule, text, path.name)] == []


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 9


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS, reason="the shared material does not lie beside the checkout")
def test_warnings_on_posts_as_old_sites_show_them() -> None:
    warned = {
        rule.id.partition(".")[2]: [
            len(run_rule(rule, path.read_text("utf-8"), path.name)) for path in SEEDS
        ]
        for rule in register_rules()
        if rule.severity == "warning"
    }
    # Each was read: the posts are very hard, and one names a therapy by its letters only.
    assert warned == {
        "ease": [1, 1, 1],
        "sentence-length": [0, 0, 4],
        "paragraph-length": [0, 0, 0],
        "acronyms": [1, 0, 0],
    }


def test_patients_are_the_default() -> None:
    [found] = run_rule(ease.ease, MIDDLING)
    assert "below the 60 asked of texts for patients" in found.message
    [found] = run_rule(ease.grade, MIDDLING)
    assert "above the 8 asked of texts for patients" in found.message


@pytest.mark.parametrize("rule", [ease.ease, ease.grade], ids=lambda rule: rule.id)
def test_other_audiences_read_harder_texts(rule: Rule) -> None:
    assert not run_rule(rule, MIDDLING, options={"audience": "general"})
    [found] = run_rule(rule, HARD_POST, options={"audience": "clinician"})
    assert "asked of texts for clinicians" in found.message


def test_an_own_option_wins_over_the_audience() -> None:
    assert not run_rule(ease.ease, MIDDLING, options={"minimum": 40})
    strict = {"audience": "clinician", "minimum": 90}
    [found] = run_rule(ease.ease, MIDDLING, options=strict)
    assert "below the 90 set for this site" in found.message
    assert not run_rule(ease.grade, HARD_POST, options={"maximum": 30})


def test_a_section_names_its_grade_and_its_hardest_sentences() -> None:
    [found] = run_rule(section_ease.section, ONE_HARD_SECTION)
    assert "Its grade is " in found.message
    assert len(found.related) == 2
    assert "these first: “" in found.help
    named = found.help.partition("“")[2].partition("…")[0]
    first = found.related[0].span
    assert ONE_HARD_SECTION[first.start : first.end].replace("\n", " ").startswith(named)


@pytest.mark.parametrize(
    "text",
    [
        "This post is not medical advice.",
        "The information on this page is for educational purposes only and helps you to ask.",
        "It is no\nsubstitute for professional medical advice.",
        "Nothing here is intended to diagnose: it is NOT INTENDED TO DIAGNOSE anything.",
        "Reading this does not create a doctor-patient relationship.",
    ],
)
def test_disclaimers(text: str) -> None:
    assert is_disclaimer(text)
    long = text.rstrip(".") + " whatever else may be said about it" * 10 + ".\n"
    for rule in register_rules():
        assert not run_rule(rule, long)
    assert run_measures(ease.ease, f"We rest.\n\n{long}")["words"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "Ask your doctor for advice before you fast.",
        "A walk is no substitute for sleep.",
        "We diagnose and treat.",
        "For all these purposes we keep your notes.",
    ],
)
def test_what_is_no_disclaimer(text: str) -> None:
    assert not is_disclaimer(text)


def test_text_below_a_heading_that_says_disclaimer() -> None:
    text = "We rest.\n\n## Medical disclaimer\n\nTea may be hot.\n\n### More\n\nSo may milk.\n"
    assert run_measures(ease.ease, text)["words"] == 2


def test_scores_without_the_terms_of_the_glossary() -> None:
    files = {"glossary.csv": GLOSSARY}
    for rule in (ease.ease, ease.grade):
        [found] = run_rule(rule, HARD_POST, files=files)
        assert " Without its 2 glossary terms (used 3 times) it is " in found.message
        assert "Without" not in run_rule(rule, HARD_POST)[0].message
        none = {"glossary.csv": "term,explanation\nkelp,a plant of the sea\n"}
        assert "Without" not in run_rule(rule, HARD_POST, files=none)[0].message


def test_a_score_without_terms_is_what_the_rest_scores() -> None:
    words = "Ask the multidisciplinary team about it. " * 40
    files = {"glossary.csv": GLOSSARY}
    [found] = run_rule(ease.ease, words, files=files, options={"minimum": 100})
    [rest] = run_rule(ease.ease, "Ask the about it. " * 40, options={"minimum": 100})
    score = rest.message.partition("ease is ")[2].partition(" ")[0]
    assert "Without its glossary term (used 40 times) it is " + score in found.message


def test_a_post_that_is_easy_but_for_the_glossary_gets_no_warning() -> None:
    text = "Ask the multidisciplinary team about it. " * 40
    assert run_rule(ease.ease, text)[0].severity == "warning"
    assert run_rule(ease.ease, text, files={"glossary.csv": GLOSSARY})[0].severity == "info"
    hard = run_rule(ease.ease, HARD_POST, files={"glossary.csv": GLOSSARY})
    assert hard[0].severity == "warning"


def test_terms_of_the_glossary_want_explaining_with_its_words() -> None:
    jargon = next(rule for rule in register_rules() if rule.id == "readability.jargon")
    text = "Our multidisciplinary teams meet on Mondays.\n"
    [found] = run_rule(jargon, text, files={"glossary.csv": GLOSSARY})
    assert found.quote == "multidisciplinary teams"
    assert "your glossary" in found.message
    assert "“people of several jobs”" in found.help
    assert_exact([found], text)
    assert not run_rule(jargon, text)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("term,explanation\nkelp,a plant\n", {"kelp": "a plant"}),
        ("\ufeffTerm;Explanation;Note\r\nkelp;a plant, of the sea.;x\r\n;;\r\n", None),
        ('explanation\tterm\n"a plant\nof the sea"\tkelp / sea weed\n', None),
        ("term,explanation\n", {}),
    ],
)
def test_glossaries_that_can_be_read(text: str, terms: dict[str, str] | None) -> None:
    found = {term.name.split(" / ")[0]: term.explanation for term in read_terms(text)}
    assert found in (terms, {"kelp": "a plant, of the sea"}, {"kelp": "a plant of the sea"})


@pytest.mark.parametrize(
    ("text", "row", "said"),
    [
        ("", 1, "does not name the columns"),
        ("word,meaning\na,b\n", 1, "does not name the columns"),
        ("term,explanation\nkelp\n", 2, "“kelp” has no explanation"),
        ("term,explanation\n\n,a plant\n", 3, "the term is empty"),
        ('term,explanation\n"kelp,a plant\n', 2, "a quotation mark is not closed"),
    ],
)
def test_glossaries_that_cannot(text: str, row: int, said: str) -> None:
    with pytest.raises(TermsError) as caught:
        read_terms(text)
    assert caught.value.row == row
    assert said in caught.value.message


def test_a_wrong_glossary_is_told_once_and_the_rules_go_on() -> None:
    records = SiteRecords({"glossary.csv": "nonsense\n"}.get, {})
    context = PostContext(read(HARD_POST), NOW, records=records)
    for rule in register_rules():
        context.with_options(complete(rule.options, {}))
        list(rule.check(context))
    [failure] = context.failures
    assert "row 1" in failure.message
    assert failure.path == "glossary.csv"
    assert failure.line == 1


def test_the_list_of_medical_words_names_each_once() -> None:
    text = (ROOT / "plugins/copydesk_plugins/readability/data/jargon.csv").read_text("utf-8")
    forms = [form for term in read_terms(text) for form in dict.fromkeys(term.forms)]
    assert sorted(form for form in set(forms) if forms.count(form) > 1) == []
    assert len(forms) > 300
