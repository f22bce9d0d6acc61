"""The real systems themselves: they start, can be looked into, and can be put back."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from cms_kit import png
from ghost_kit import Ghost
from systems_kit import NoServer, System, start, stop, visitor_get
from wordpress_kit import WordPress


def upload(system: System) -> None:
    if isinstance(system, WordPress):
        headers = {"Content-Disposition": "attachment; filename=a.png", "Content-Type": "image/png"}
        system.ask("POST", "media", data=png(), headers=headers)
    else:
        system.ask("POST", "images/upload/", files={"file": ("a.png", png(), "image/png")})


def test_a_system_is_put_back(cms: System) -> None:
    before = [each.id for each in cms.posts()]
    for _ in range(2):  # what the first round left would stand in the way of the second
        id = cms.write("warm-baths", "Warm baths", "A text of its own.", "public")
        cms.edit(id, tags=["Water"])
        upload(cms)
        post = cms.post("warm-baths")
        assert (post.state, post.tags, len(cms.uploads())) == ("public", ("Water",), 1)
        assert "A text of its own." in visitor_get(post.address).text
        cms.clean()
        assert [each.id for each in cms.posts()] == before
        assert cms.uploads() == []
        assert visitor_get(post.address).status == 404


def test_somebody_else_can_do_what_people_do(cms: System) -> None:
    id = cms.write("tea", "Tea", "We make tea.")
    assert visitor_get(cms.post("tea").address).status == 404
    cms.edit(id, title="Green tea", state="public")
    cms.swap(id, "make tea", "pour tea")
    post = cms.post("tea")
    assert (post.title, post.state) == ("Green tea", "public")
    assert "pour tea" in visitor_get(post.address).text
    cms.remove(id)
    assert id not in {each.id for each in cms.posts() if each.state != "trashed"}
    assert cms.mails() == 0


def test_wordpress_has_users_of_four_roles(clean_wordpress: WordPress) -> None:
    roles = {
        user: clean_wordpress.ask("GET", "users/me?context=edit", user)["roles"]
        for user in ("admin", "editor", "author", "contributor")
    }
    assert roles == {
        "admin": ["administrator"],
        "editor": ["editor"],
        "author": ["author"],
        "contributor": ["contributor"],
    }


def test_wordpress_publishes_what_is_due_only_when_asked(clean_wordpress: WordPress) -> None:
    id = clean_wordpress.write("later", "Later", "Not yet.")
    clean_wordpress.edit(id, state="scheduled", date_gmt="2050-01-01T00:00:00Z")
    clean_wordpress.cron()
    assert clean_wordpress.post("later").state == "scheduled"


def test_wordpress_writes_mails_down(clean_wordpress: WordPress) -> None:
    login = f"{clean_wordpress.url}/wp-login.php?action=lostpassword"
    requests.post(login, data={"user_login": "editor"}, timeout=30)
    assert clean_wordpress.mails() == 1


def test_ghost_counts_mails(clean_ghost: Ghost) -> None:
    clean_ghost.ask("POST", "members/", json={"members": [{"email": "reader@example.test"}]})
    id = clean_ghost.write("letter", "Letter", "Dear readers.")
    clean_ghost.edit(id, state="public", query="?newsletter=default-newsletter")
    assert clean_ghost.mails() == 1


def test_a_port_that_is_taken_is_said(
    clean_wordpress: WordPress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("systems_kit.free_port", lambda: clean_wordpress.port)
    with pytest.raises(NoServer, match=r"port \d+ is in use"):
        start("start-wordpress.sh", tmp_path / "second")
    stop(tmp_path / "second")
    assert visitor_get(clean_wordpress.url).status == 200
