"""Review stamps: which review of a post is in force, and what is wrong with `reviews.toml`."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from copydesk.api import CopydeskError, Person, PostContext, SiteRecords, wording_hash
from copydesk.testing import NOW, read, run_rule
from copydesk_plugins.claims.review.reading import as_toml, read_stamps, with_stamp
from copydesk_plugins.claims.review.stale import review_stale
from copydesk_plugins.claims.review.stamps import Review, Stamp, review_of

PEOPLE = {
    "mara": Person("mara", "Dr Mara Ellison", "physician", "MD"),
    "june": Person("june", "June Abara", "nurse", "RN"),
    "tom": Person("tom", "Tom Reyes", "editor"),
}
POST = "---\ntitle: Light\nid: light\n---\n\nLight in the evening can delay sleep.\n"
HASH = wording_hash(read(POST))


def stamp(**more: object) -> Stamp:
    given = {
        "post": "light",
        "by": "mara",
        "on": date(2026, 5, 1),
        "next": date(2027, 5, 1),
        "hash": HASH,
        **more,
    }
    return Stamp(**given)  # type: ignore[arg-type]


def found(*stamps: Stamp, text: str = POST, now: datetime = NOW) -> Review | None:
    files = {"reviews.toml": "\n".join(map(as_toml, stamps))}
    return review_of(PostContext(read(text), now, records=SiteRecords(files.get, PEOPLE)))


def stale(*stamps: Stamp, text: str = POST, now: datetime = NOW) -> list[str]:
    files = {"reviews.toml": "\n".join(map(as_toml, stamps))}
    return [
        each.message for each in run_rule(review_stale, text, files=files, people=PEOPLE, now=now)
    ]


def test_a_stamp_for_these_words_is_in_force() -> None:
    assert found(stamp()) == Review(PEOPLE["mara"], date(2026, 5, 1), date(2027, 5, 1))
    assert stale(stamp()) == []


def test_without_the_file_there_is_no_review_and_nothing_stale() -> None:
    context = PostContext(read(POST), NOW, records=SiteRecords({}.get, PEOPLE))
    assert review_of(context) is None
    assert "today" not in context.asked  # or no kept result would outlive the day
    assert stale() == []


def test_another_word_ends_it_and_is_told_once() -> None:
    changed = POST.replace("can delay", "delays")
    assert found(stamp(), text=changed) is None
    [said] = stale(stamp(), stamp(by="june"), text=changed)
    assert "June Abara, RN" in said
    assert "has changed since" in said


def test_another_line_break_does_not() -> None:
    wrapped = POST.replace("evening can", "evening\ncan").replace("\n", "\r\n")
    assert found(stamp(), text=wrapped) is not None
    assert stale(stamp(), text=wrapped) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"next": date(2026, 5, 31)}, "was to be done again by 2026-05-31"),
        ({"on": date(2026, 6, 2)}, "still to come"),
        ({"by": "tom"}, "no credential"),
    ],
)
def test_what_ends_a_stamp_beside_the_words(more: dict[str, object], said: str) -> None:
    assert found(stamp(**more)) is None
    [message] = stale(stamp(**more))
    assert said in message


def test_the_last_day_still_counts() -> None:
    end = datetime(2027, 5, 1, 23, 59, tzinfo=UTC)
    assert found(stamp(), now=end) is not None
    assert found(stamp(), now=datetime(2027, 5, 2, tzinfo=UTC)) is None


def test_the_newest_review_in_force_is_the_one_that_is_told() -> None:
    older = stamp(by="june", on=date(2026, 4, 1))
    lapsed = stamp(by="june", on=date(2026, 5, 20), next=date(2026, 5, 21))
    review = found(stamp(), older, lapsed)
    assert review is not None
    assert review.person.key == "mara"


def test_a_review_of_these_words_holds_whatever_the_file_is_called() -> None:
    assert found(stamp(post="posts/old-name.md")) is not None


def test_the_stamp_of_another_post_is_nobodys_business() -> None:
    assert stale(stamp(post="other", hash="0" * 64)) == []


def test_a_stamp_by_path_is_known_too() -> None:
    assert len(stale(stamp(post="post.md", hash="0" * 64))) == 1


BAD = {
    "somebody": ('by = "nobody"', "nobody is not among [people]", 3),
    "misspelt": ('bye = "mara"', "unknown key bye in a review", 3),
    "number": ("by = 7", "by takes a text in quotes", 3),
    "quoted day": ('date = "2026-05-01"', "date takes a day", 3),
    "an hour": ("next = 2027-05-01T09:00:00Z", "next takes a day", 3),
    "hash": ('hash = "abc"', "not one that Copydesk wrote", 3),
    "empty": ('post = " "', "a review has no post", 3),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_entry_is_named_and_counts_for_nothing(name: str) -> None:
    wrong, message, line = BAD[name]
    key = wrong.partition(" ")[0]
    entry = as_toml(stamp())
    lines = [each for each in entry.splitlines() if not each.startswith(f"{key} =")]
    text = "# Reviews\n\n" + "\n".join([*lines, wrong])
    read_back = read_stamps(text, "reviews.toml", frozenset(PEOPLE))
    assert any(message in each.message for each in read_back.failures), read_back.failures
    assert {(each.path, each.line) for each in read_back.failures} == {("reviews.toml", line)}
    assert not read_back.by_hash


def test_the_other_entries_still_hold_and_the_run_fails() -> None:
    text = as_toml(stamp()) + "\n" + as_toml(stamp(by="nobody"))
    context = PostContext(read(POST), NOW, records=SiteRecords({"reviews.toml": text}.get, PEOPLE))
    assert review_of(context) is not None
    assert [each.line for each in context.failures] == [8]


@pytest.mark.parametrize(
    "text", ["[[review]\n", "review = 1\n", "reviews = []\n", "review = [1]\n"]
)
def test_a_file_that_is_not_ours_is_a_failure(text: str) -> None:
    try:
        failures = read_stamps(text, "reviews.toml", frozenset(PEOPLE)).failures
    except CopydeskError as error:
        failures = (error.failure,)
    assert failures
    assert all(each.path == "reviews.toml" and each.help for each in failures)


def test_a_stamp_is_added_and_nothing_before_it_moves() -> None:
    odd = stamp(post='a "quoted"\n= name', recorded_by="tom")
    for text in ("", "# ours\r\n", as_toml(stamp()), as_toml(stamp()).rstrip()):
        after = with_stamp(text, odd)
        assert after.startswith(text)
        got = read_stamps(after, "reviews.toml", frozenset(PEOPLE))
        assert not got.failures
        [back] = got.by_post[odd.post]
        assert back._replace(line=0) == odd


def test_a_thousand_stamps_are_read_once_for_a_site() -> None:
    text = "\n".join(as_toml(stamp(post=str(n), hash=f"{n:064x}")) for n in range(1000))
    first = read_stamps(text, "reviews.toml", frozenset(PEOPLE))
    assert read_stamps(text, "reviews.toml", frozenset(PEOPLE)) is first
    assert len(first.by_hash) == 1000
