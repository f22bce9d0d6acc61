"""Keys and tokens, addresses, our id as a tag, our lines in the head, limits and dates."""

from __future__ import annotations

import json
import traceback
from datetime import UTC, datetime, timedelta

import pytest
from ghost_stub import ID, KEY, NOW, WISH
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import CopydeskError
from copydesk.credentials import Secret
from copydesk_plugins.publishers.cms.remote import Refused, State
from copydesk_plugins.publishers.ghost.addresses import api_root, literal
from copydesk_plugins.publishers.ghost.answers import Where
from copydesk_plugins.publishers.ghost.fields import fields_of, utc
from copydesk_plugins.publishers.ghost.head import Head, read_head, with_head
from copydesk_plugins.publishers.ghost.keys import key_of, tag_name
from copydesk_plugins.publishers.ghost.limits import require_fit
from copydesk_plugins.publishers.ghost.states import state_fields
from copydesk_plugins.publishers.ghost.token import make_token, read_key

WHERE = Where("gh", "https://blog.example")
#: Made with openssl from the same key and moment.
TOKEN = (
    "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2NyIsInR5cCI6IkpXVCJ9"
    ".eyJhdWQiOiIvYWRtaW4vIiwiZXhwIjoxNzY3MjI1OTAwLCJpYXQiOjE3NjcyMjU2MDB9"
    ".I9RfuMu_quQ7TwnERaYjRqa4CPyOjQx1tbj2-EuhRjg"
)


def test_a_token_is_signed_as_others_sign_it() -> None:
    key = read_key(Secret(KEY), "gh")
    assert make_token(key, datetime(2026, 1, 1, tzinfo=UTC)) == TOKEN


WRONG_KEYS = [
    "password",
    ID,
    f"{ID}:",
    f"{ID}:{'0' * 63}",
    f"{ID}:{'g' * 64}",
    f"{ID[:-1]}:{'0' * 64}",
    f"{ID}:{'0' * 64}:{'0' * 64}",
    f"{ID}:{'٠' * 64}",
    "d4238efbe9a492c15881e60aec",  # of the form of a Content API key
]


@pytest.mark.parametrize("text", WRONG_KEYS)
def test_what_is_no_key_is_told_without_showing_it(text: str) -> None:
    with pytest.raises(CopydeskError) as caught:
        read_key(Secret(text), "gh")
    said = "".join(traceback.format_exception(caught.value)) + repr(caught.value.failure)
    assert "Integrations" in caught.value.failure.help
    assert text not in said.replace(__file__, "")


ROOTS = {
    "https://blog.example": "https://blog.example/ghost/api/admin/",
    "https://blog.example/": "https://blog.example/ghost/api/admin/",
    "https://blog.example/ghost": "https://blog.example/ghost/api/admin/",
    "https://blog.example/ghost/api/admin/": "https://blog.example/ghost/api/admin/",
    "https://blog.example/ghost/#/editor/post/1": "https://blog.example/ghost/api/admin/",
    "https://blog.example/news": "https://blog.example/news/ghost/api/admin/",
    "https://blog.example/news/ghost/api/admin": "https://blog.example/news/ghost/api/admin/",
    "https://blog.example:8443/?a=1#b": "https://blog.example:8443/ghost/api/admin/",
    "https://blog.example/ghostly/": "https://blog.example/ghostly/ghost/api/admin/",
}


@pytest.mark.parametrize("url", ROOTS)
def test_the_address_of_the_api(url: str) -> None:
    assert api_root(url) == ROOTS[url]


IDS = st.text("abAB._-1", min_size=1, max_size=64)


@given(IDS, IDS)
def test_ids_stay_apart_where_capitals_do_not_count(one: str, other: str) -> None:
    assert key_of(tag_name(one)) == one
    same = tag_name(one).casefold() == tag_name(other).casefold()
    assert same == (one == other)


@pytest.mark.parametrize(
    "name",
    ["kap", "#kap", "#copydesk-", "#copydesk-a b", "#copydesk-+1", "#copydesk-é", "#COPYDESK-a"],
)
def test_tags_of_others_carry_no_id_of_ours(name: str) -> None:
    assert key_of(name) == ""


def test_filters_take_any_text() -> None:
    assert literal("a'b\\c") == r"'a\'b\\c'"


HOSTILE = '{"@type": "BlogPosting", "name": "</script><!--\u2028{{x}} ]]> \\u00e9"}'


def test_data_cannot_end_the_script_it_stands_in() -> None:
    code = with_head("", Head("ab12", (HOSTILE,)))
    line = code.splitlines()[1]
    assert line.count("</") == 1
    assert "<!--" not in line
    assert code.count("\n") == len(code.splitlines()) == 2
    assert [json.loads(each) for each in read_head(code).data] == [json.loads(HOSTILE)]


#: Code that people wrote, and how it must stand afterwards.
CODE = {
    "": "",
    "<style>a{}</style>": "<style>a{}</style>\n",
    "<style>a{}</style>\r\n\r\n": "<style>a{}</style>\r\n\r\n",
    "<!-- copydesk -->\n": "<!-- copydesk -->\n",
    '<script type="application/ld+json">{}</script>\n': None,
    "<!-- copydesk text=1 --> <b>\n": None,
}


@pytest.mark.parametrize("code", CODE)
def test_code_of_others_stays(code: str) -> None:
    kept = CODE[code] if CODE[code] is not None else code
    first = with_head(code, Head("aa", ("{}",)))
    second = with_head(first, Head("bb", ("[1]", "[2]"), category=False))
    assert first.startswith(kept or "")
    assert second.startswith(kept or "")
    assert len(second.splitlines()) == len((kept or "").splitlines()) + 3
    assert read_head(second) == Head("bb", ("[1]", "[2]"), category=False)


def test_lines_of_ours_that_somebody_moved_are_written_once() -> None:
    code = with_head("", Head("aa", ("{}",)))
    mark, data = code.splitlines(keepends=True)
    moved = f"<b>\n{data}  {mark}<i>\n{data}"
    assert with_head(moved, Head("aa", ("{}",))) == f"<b>\n<i>\n{code}"


#: What does not fit into Ghost, and the word that its message has to hold.
TOO_LONG = [
    ("title", "x" * 256, "title"),
    ("slug", "x" * 192, "slug"),
    ("description", "x" * 301, "description"),
    ("image_alt", "x" * 192, "image_alt"),
    ("canonical", "https://x.example/" + "x" * 2000, "canonical"),
    ("data", (json.dumps("x" * 66_000),), "structured data"),
    ("tags", ("x" * 192,), "tag"),
    ("title", "  ", "title"),
]


@pytest.mark.parametrize(("field", "value", "word"), TOO_LONG)
def test_nothing_is_cut_in_silence(field: str, value: object, word: str) -> None:
    wish = WISH._replace(image="https://x.example/a.png", **{field: value})  # type: ignore[arg-type]
    tags = [{"name": name} for name in wish.tags]
    fields = {**fields_of(wish, tags, ""), "slug": wish.slug}
    with pytest.raises(Refused) as caught:
        require_fit(WHERE, fields)
    assert word in caught.value.failure.message


def test_what_just_fits_is_taken() -> None:
    wish = WISH._replace(title="x" * 255, slug="x" * 191, description="é" * 300)
    require_fit(WHERE, {**fields_of(wish, [], ""), "slug": wish.slug})


#: States and dates: how far the date is from now, and what is sent, or that it is refused.
STATES: list[tuple[State, timedelta | None, str | None]] = [
    ("public", timedelta(days=-1), "published"),
    ("public", timedelta(0), "published"),
    ("public", None, "published"),
    ("public", timedelta(seconds=1), None),
    ("scheduled", timedelta(minutes=5), "scheduled"),
    ("scheduled", timedelta(minutes=4, seconds=59), None),
    ("scheduled", timedelta(days=-1), None),
    ("scheduled", None, None),
    ("draft", timedelta(days=1), "draft"),
    ("trashed", None, None),
]


@pytest.mark.parametrize(("state", "ahead", "status"), STATES)
def test_states_do_what_they_say_or_are_refused(
    state: State, ahead: timedelta | None, status: str | None
) -> None:
    date = None if ahead is None else NOW + ahead
    if status is None:
        with pytest.raises(Refused):
            state_fields(WHERE, state, date, NOW)
        return
    fields = state_fields(WHERE, state, date, NOW)
    assert fields["status"] == status
    dated = state != "draft" and date is not None
    assert fields.get("published_at") == (utc(date) if dated and date else None)


def test_moments_are_sent_in_utc() -> None:
    east = datetime.fromisoformat("2026-03-01T09:00:00.999999+14:00")
    assert utc(east) == "2026-02-28T19:00:00.000Z"
