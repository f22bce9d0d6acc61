"""The structured data of posts: what it says, what it leaves out, and that it is safe to embed."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vocabulary import problems

from copydesk.api import EnrichContext, LivePost, Question, Reviewed, SiteSettings
from copydesk.options import defaults
from copydesk_plugins.structured_data.enricher import ENRICHER, SLOT, enrich

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SITE = SiteSettings(Path(), "Harbour Lane", "https://blog.harbourlane.example/", "", "en-GB")
BARE = SiteSettings(Path(), "", "", "", "")
POST = LivePost(
    id="first-visit",
    title="Your first visit",
    published=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    category="Visits",
    series=None,
    indexable=True,
    updated=datetime(2026, 3, 4, 9, 30, tzinfo=timezone(timedelta(hours=-8))),
    description="What happens on the day.",
    tags=("first visit", "practical"),
    author="Mara Lindqvist",
    author_credential="LCSW",
    language="en-US",
    image="images/door.png",
)
FULL = {
    "@context": "https://schema.org",
    "@type": "BlogPosting",
    "articleSection": "Visits",
    "author": {"@type": "Person", "honorificSuffix": "LCSW", "name": "Mara Lindqvist"},
    "dateModified": "2026-03-04T09:30:00-08:00",
    "datePublished": "2026-03-02T09:30:00+00:00",
    "description": "What happens on the day.",
    "headline": "Your first visit",
    "image": "copydesk:#image",
    "inLanguage": "en-US",
    "keywords": ["first visit", "practical"],
    "mainEntityOfPage": "copydesk:first-visit",
    "publisher": {
        "@type": "Organization",
        "name": "Harbour Lane",
        "url": "https://blog.harbourlane.example/",
    },
    "url": "copydesk:first-visit",
}
TEXT = st.text(max_size=12) | st.sampled_from(["</script>", "<!--", "]]>", "a & b", "\u2028"])
WORDS = TEXT.filter(bool)
POSTS = st.builds(
    LivePost,
    id=st.text("abcAB019._-", min_size=1, max_size=8),
    title=TEXT,
    published=st.datetimes(timezones=st.just(UTC)),
    category=TEXT,
    series=st.none(),
    indexable=st.booleans(),
    updated=st.none() | st.datetimes(timezones=st.just(UTC)),
    description=TEXT,
    tags=st.lists(TEXT.filter(bool), max_size=3).map(tuple),
    author=TEXT,
    author_credential=TEXT,
    language=st.sampled_from(["", "en", "de-CH"]),
    canonical=st.sampled_from(["", "https://other.example/a", "javascript:alert(1)", "/a"]),
    image=st.sampled_from(["", "door.png", "https://pictures.example/door.png"]),
    questions=st.lists(st.builds(Question, WORDS, WORDS), max_size=3).map(tuple),
    reviewed=st.none()
    | st.builds(Reviewed, WORDS, TEXT, st.dates(), st.booleans(), st.just("https://a.example/b")),
)


def context(site: SiteSettings, show: bool = True) -> EnrichContext:
    found = EnrichContext(NOW, site=site)
    found.with_options({**defaults(ENRICHER.options), "show": show})
    return found


def data_of(post: LivePost, site: SiteSettings = SITE) -> dict[str, Any]:
    (addition,) = enrich((post,), context(site))
    assert (addition.post, addition.slot) == (post.id, SLOT)
    found: dict[str, Any] = json.loads(addition.data)
    return found


def test_a_post_with_everything():
    assert data_of(POST) == FULL


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        ({"updated": None}, {"dateModified"}),
        ({"description": ""}, {"description"}),
        ({"tags": ()}, {"keywords"}),
        ({"author": ""}, {"author"}),
        ({"author": "", "author_credential": "MD"}, {"author"}),
        ({"image": ""}, {"image"}),
        ({"category": ""}, {"articleSection"}),
    ],
)
def test_what_is_not_known_is_left_out(change, gone):
    found = data_of(POST._replace(**change))
    assert found == {name: each for name, each in FULL.items() if name not in gone}


def test_a_site_that_says_nothing_has_no_publisher_and_no_language_of_its_own():
    found = data_of(POST._replace(language=""), BARE)
    assert not {"publisher", "inLanguage"} & set(found)
    assert data_of(POST._replace(language=""))["inLanguage"] == "en-GB"


def test_an_author_without_a_credential_has_no_empty_one():
    assert data_of(POST._replace(author_credential=""))["author"] == {
        "@type": "Person",
        "name": "Mara Lindqvist",
    }


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        ("https://other.example/a", "https://other.example/a"),
        ("javascript:alert(1)", "copydesk:first-visit"),
        ("/somewhere", "copydesk:first-visit"),
    ],
)
def test_the_address_is_the_canonical_one_where_that_is_on_the_web(canonical, address):
    found = data_of(POST._replace(canonical=canonical))
    assert found["url"] == found["mainEntityOfPage"] == address


def test_show_turns_it_off():
    assert list(enrich((POST,), context(SITE, show=False))) == []


def test_the_vocabulary_finds_what_is_wrong():
    wrong = {**FULL, "credential": "LCSW", "author": {**FULL["author"], "headline": "x"}}
    wrong["datePublished"] = "yesterday"
    assert sorted(problems(wrong)) == [
        "BlogPosting has no credential",
        "Person has no headline",
        "datePublished does not take 'yesterday'",
    ]
    assert problems({"@type": "BlogPost"}) == ["no type BlogPost"]


@given(POSTS, st.sampled_from([SITE, BARE]))
def test_every_post_is_what_schema_org_allows_and_safe_in_a_script(post, site):
    for addition in enrich((post,), context(site)):
        data = addition.data
        assert not set(data) & set("<>&\n\r\u2028\u2029")
        found = json.loads(data)
        assert problems(found) == []
        assert "" not in found.values() and {} not in found.values() and [] not in found.values()
        assert list(found) == sorted(found)
        if addition.slot == SLOT:
            assert found.get("headline", "") == post.title


@given(st.lists(POSTS, max_size=6, unique_by=lambda post: post.id), st.randoms())
def test_the_order_of_posts_changes_nothing(posts: list[LivePost], chance: random.Random):
    mixed = posts[:]
    chance.shuffle(mixed)
    found, again = (list(enrich(tuple(each), context(SITE))) for each in (posts, mixed))
    assert sorted(found) == sorted(again)
