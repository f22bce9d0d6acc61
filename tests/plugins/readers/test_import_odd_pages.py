"""Pages that say less than they should: end tags left out, names that mean two things."""

from __future__ import annotations

import pytest

from copydesk.api import Incoming
from copydesk_plugins.readers.imports.addresses import clean
from copydesk_plugins.readers.imports.html import convert

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAA="


def page(html: str) -> tuple[str, str]:
    """Return the body of the draft and all that was left out."""
    found = convert(Incoming("page.html", html.encode()))
    return found.body, "\n".join(each.text for each in found.omissions)


@pytest.mark.parametrize("opens", ["<body>", "", "<h1>Fees</h1>"])
def test_a_head_ends_where_the_body_begins(opens: str) -> None:
    body, gone = page(f"<html><head><meta charset=utf-8><title>T</title>{opens}<p>Come in.</p>")
    assert "Come in." in body and "Come in." not in gone


@pytest.mark.parametrize(
    "name", ["textarea", "plaintext", "xmp", "iframe", "script", "style", "title"]
)
def test_what_an_element_without_an_end_swallows_is_told(name: str) -> None:
    body, gone = page(f"<p>Come in.</p><{name}>Bring <b>a card.")
    assert "Come in." in body and "a card." in gone


@pytest.mark.parametrize("name", ["script", "style"])
def test_instructions_for_browsers_are_not_told(name: str) -> None:
    body, gone = page(f"<p>Come in.</p><{name}>p {{}}</{name}><p>Sit down.</p>")
    assert gone == "" and "Sit down." in body


def test_a_picture_beside_the_page_is_not_taken_for_one_inside_it() -> None:
    body, _ = page(f'<p><img src="{PIXEL}" alt="In"><img src="image-1.png" alt="By"></p>')
    assert "![In](image-1.png)" in body and "![By](./image-1.png)" in body


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://www.google.com/url?q=https://a.org/%FF&sa=D", False),
        ("https://www.google.com/url?q=javascript:alert(1)", False),
        ("https://www.google.com/url?q=https%3A%2F%2Fa.org%2F%C3%A4%3Fb%3D1&sa=D", True),
    ],
)
def test_a_redirect_is_unwrapped_only_to_a_sound_address(address: str, kept: bool) -> None:
    assert clean(address).href == ("https://a.org/ä?b=1" if kept else address)
