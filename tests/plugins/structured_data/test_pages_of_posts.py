"""What is told of a page beside its post: who reviewed it, the questions on it, the way to it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vocabulary import lacking, problems

from copydesk.api import EnrichContext, LivePost, Person, Question, Reviewed, SiteSettings
from copydesk.model.records import SiteRecords
from copydesk.options import defaults
from copydesk_plugins.structured_data.enricher import ENRICHER, enrich

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SITE = SiteSettings(Path(), "Harbour Lane", "https://blog.harbourlane.example/", "", "en-GB")
MARA = "https://harbourlane.example/mara"
REVIEWED = Reviewed("Dr Mara Ellison", "MD", date(2026, 3, 2), True, MARA)
QUESTIONS = (Question("Is there tea?", "Yes."), Question("Is it far?", "No, <two> minutes."))
POST = LivePost(
    id="visit",
    title="Your first visit",
    published=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    category="Visits",
    series=None,
    indexable=True,
    updated=datetime(2026, 3, 4, 9, 30, tzinfo=UTC),
    author="Tom Reyes",
    author_credential="LMFT",
    image="door.png",
    questions=QUESTIONS,
    reviewed=REVIEWED,
)
TOM = Person("tom", "Tom Reyes", "editor", "LMFT", "https://harbourlane.example/tom")


def objects(post: LivePost, people: tuple[Person, ...] = (), **options: object) -> dict[str, Any]:
    records = SiteRecords(people={each.key: each for each in people})
    ctx = EnrichContext(NOW, records=records, site=SITE)
    ctx.with_options({**defaults(ENRICHER.options), **options})  # type: ignore[dict-item]
    found = [json.loads(each.data) for each in enrich((post,), ctx)]
    assert len({each["@type"] for each in found}) == len(found)
    return {each["@type"]: each for each in found}


def test_a_page_that_names_a_medical_reviewer():
    assert objects(POST)["MedicalWebPage"] == {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": "Your first visit",
        "url": "copydesk:visit",
        "lastReviewed": "2026-03-02",
        "reviewedBy": {
            "@type": "Person",
            "name": "Dr Mara Ellison",
            "honorificSuffix": "MD",
            "url": MARA,
        },
    }


def test_a_review_that_is_not_called_medical_makes_no_medical_page():
    found = objects(POST._replace(reviewed=REVIEWED._replace(medical=False)))
    assert "MedicalWebPage" not in found
    assert found["WebPage"]["reviewedBy"]["name"] == "Dr Mara Ellison"


def test_a_page_without_a_reviewer_says_nothing_of_one():
    assert set(objects(POST._replace(reviewed=None))) == {"BlogPosting", "FAQPage"}


def test_questions_and_answers():
    assert objects(POST)["FAQPage"]["mainEntity"] == [
        {
            "@type": "Question",
            "name": each.asked,
            "acceptedAnswer": {"@type": "Answer", "text": each.answer},
        }
        for each in QUESTIONS
    ]


@pytest.mark.parametrize("questions", [(), QUESTIONS[:1]])
def test_one_question_is_no_list_of_questions(questions):
    assert "FAQPage" not in objects(POST._replace(questions=questions))


def test_questions_can_be_left_out():
    assert set(objects(POST, faq=False)) == {"BlogPosting", "MedicalWebPage"}


def test_all_of_it_can_be_left_out():
    assert objects(POST, show=False) == {}


def test_the_page_about_an_author_comes_from_people():
    assert objects(POST, (TOM,))["BlogPosting"]["author"] == {
        "@type": "Person",
        "name": "Tom Reyes",
        "honorificSuffix": "LMFT",
        "url": "https://harbourlane.example/tom",
    }
    other = TOM._replace(name="Tom R. Reyes")
    assert "url" not in objects(POST, (other,))["BlogPosting"]["author"]


def test_what_the_publisher_is():
    found = objects(POST, publisher="MedicalOrganization")["BlogPosting"]["publisher"]
    assert found["@type"] == "MedicalOrganization"


def test_nothing_is_lacking_that_google_requires_or_recommends():
    for each in objects(POST, (TOM,)).values():
        assert problems(each) == []
        assert lacking(each) == lacking(each, "recommended") == []


def test_what_is_lacking_is_found():
    assert lacking({"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "x"}]}) == [
        "Question lacks acceptedAnswer"
    ]


TEXT = st.text(min_size=1, max_size=20)


@given(
    st.lists(st.builds(Question, TEXT, TEXT), max_size=4).map(tuple),
    st.none()
    | st.builds(Reviewed, TEXT, TEXT, st.dates(), st.booleans(), st.sampled_from(["", MARA])),
)
def test_any_page_is_what_schema_org_allows_and_has_what_google_requires(questions, reviewed):
    for each in objects(POST._replace(questions=questions, reviewed=reviewed), (TOM,)).values():
        assert problems(each) == lacking(each) == []
