"""Addresses in structured data: filled in, left out, and only where they are meant."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from copydesk_plugins.publishers.filling import fill_data, in_script

FILES = {"door-0123456789abcdef.png": "https://blog.example/door.png"}
HOMES = {"fees": "https://blog.example/fees/"}


def filled(value: object) -> object:
    (text,) = fill_data((json.dumps(value),), lambda id: HOMES.get(id, ""), FILES)
    return json.loads(text)


def test_posts_and_files_get_their_addresses():
    value = {
        "url": "copydesk:fees",
        "image": ["assets/door-0123456789abcdef.png"],
        "isPartOf": {"url": "copydesk:fees"},
    }
    assert filled(value) == {
        "url": "https://blog.example/fees/",
        "image": ["https://blog.example/door.png"],
        "isPartOf": {"url": "https://blog.example/fees/"},
    }


def test_what_has_no_address_is_left_out():
    value = {
        "url": "copydesk:draft",
        "image": "assets/gone-0123456789abcdef.png",
        "related": ["copydesk:draft", "copydesk:fees"],
        "name": "",
    }
    assert filled(value) == {"related": ["https://blog.example/fees/"]}


def test_words_that_look_like_an_address_stay_words():
    value = {
        "headline": "copydesk: how we use it",
        "description": "assets/liabilities of a practice",
        "alternateName": "copydesk:",
    }
    assert filled(value) == value


@given(st.dictionaries(st.text(max_size=5), st.text() | st.booleans() | st.integers(), max_size=4))
def test_in_a_script_it_is_the_same_and_no_tag(value: dict[str, object]):
    text = json.dumps(value, ensure_ascii=False)
    safe = in_script(text)
    assert json.loads(safe) == value
    assert not set("<>&\u2028\u2029") & set(safe)
