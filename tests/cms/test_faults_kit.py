"""The judges of the fault matrix can find somebody guilty."""

from __future__ import annotations

import pytest
from fault_proxy import Request
from faults_kit import End, differences, unverified

CREATE = ("POST", "/wp-json/wp/v2/posts?_fields=id", '{"title": "Tea"}', '{"id":5}', "")
TEXT = ("POST", "/wp-json/wp/v2/posts/5?_fields=id", '{"content": "New"}', '{"id":5}', "")
READ = ("GET", "/wp-json/wp/v2/posts/5?context=edit", "", '{"id":5,"status":"draft"}', "")
OTHER = ("GET", "/wp-json/wp/v2/posts/6?context=edit", "", '{"id":6,"status":"draft"}', "")
HALF = (*READ[:4], "truncated")
LIVE = ("POST", "/wp-json/wp/v2/posts/5?_fields=id", '{"status": "publish"}', '{"id":5}', "")
GHOST_CREATE = ("POST", "/ghost/api/admin/posts/", '{"title": "T"}', '{"posts":[{"id":"ab1"}]}', "")
GHOST_READ = ("GET", "/ghost/api/admin/posts/ab1/?x", "", '{"posts":[{"id":"ab1"}]}', "")
GHOST_LIVE = ("PUT", "/ghost/api/admin/posts/ab1/", '{"status": "published"}', "{}", "")

#: What is asked of a system in a row: whether the post went live without having been read back.
ROWS = {
    "read back": ([CREATE, READ, LIVE], False),
    "not read": ([CREATE, LIVE], True),
    "another one read": ([CREATE, OTHER, LIVE], True),
    "read, then written": ([CREATE, READ, TEXT, LIVE], True),
    "written, then read": ([CREATE, TEXT, READ, LIVE], False),
    "half an answer": ([CREATE, HALF, LIVE], True),
    "Ghost, read back": ([GHOST_CREATE, GHOST_READ, GHOST_LIVE], False),
    "Ghost, not read": ([GHOST_CREATE, GHOST_LIVE], True),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_post_that_goes_live_unread_is_found(name: str) -> None:
    rows, guilty = ROWS[name]
    log = [
        Request(number, method, path, {}, body.encode(), fault, 200, answer.encode())
        for number, (method, path, body, answer, fault) in enumerate(rows, 1)
    ]
    assert bool(unverified(log)) == guilty


def test_every_difference_in_how_things_stand_is_found() -> None:
    post = {"slug": "tea", "body": "<p>One.</p><p>Two.</p>", "tags": ("Food",)}
    usual = End([post], ["a.png"])
    assert differences(usual, usual) == []
    for other in (
        End([], ["a.png"]),
        End([post, post], ["a.png"]),
        End([post], ["a.png", "a-1.png"]),
        End([post | {"tags": ()}], ["a.png"]),
        End([post | {"slug": "tea-2"}], ["a.png"]),
    ):
        assert differences(other, usual), other
    changed = differences(End([post | {"body": "<p>One.</p><p>2.</p>"}], ["a.png"]), usual)
    assert "Two." in changed[0] and "One." not in changed[0]
