"""The page of a post, as far as it says who reviewed the post, and the questions on it."""

from __future__ import annotations

from typing import Any

from copydesk.api import LivePost, Question
from copydesk_plugins.structured_data.objects import CONTEXT, address_of, person

#: One question with its answer is no list of questions.
_FEWEST = 2


def reviewed_page(post: LivePost) -> dict[str, Any]:
    """Return the page of a post with its reviewer, as its line names one, or an empty object.

    It is a `MedicalWebPage` where the line calls the review a medical one.
    """
    found = post.reviewed
    if found is None:
        return {}
    return {
        "@context": CONTEXT,
        "@type": "MedicalWebPage" if found.medical else "WebPage",
        "name": post.title,
        "url": address_of(post),
        "lastReviewed": found.on.isoformat(),
        "reviewedBy": person(found.name, found.credential, found.url),
    }


def questions_page(post: LivePost) -> dict[str, Any]:
    """Return the questions that a post answers as a `FAQPage`, or an empty object."""
    if len(post.questions) < _FEWEST:
        return {}
    return {
        "@context": CONTEXT,
        "@type": "FAQPage",
        "url": address_of(post),
        "mainEntity": [_question(each) for each in post.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "@type": "Question",
        "name": question.asked,
        "acceptedAnswer": {"@type": "Answer", "text": question.answer},
    }
