"""Who reviewed a post stands on its page while the review is in force, and not a moment longer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from review_kit import CONFIG, Site  # found through the line above

LINE = '<p data-copydesk="line">Medically reviewed by Dr Mara Ellison, MD, on 1 June 2026</p>'
LATER = ("--now", "2026-06-02T09:00:00Z")


@pytest.fixture
def site(empty_site: Site) -> Site:
    site = empty_site
    site.post("fees", "We send one bill a month.", "Fees")
    site.post("visit", "The first visit takes an hour.", "First visit")
    assert site.run("claims", "review", "posts/visit.md", "--by", "mara", "--yes").code == 0
    return site


def publish(site: Site, *more: str) -> str:
    """Publish the site and return the page of the reviewed post."""
    ran = site.run("publish", *more)
    assert ran.code in (0, 1), ran.err
    return site.read("site/visit.html")


def test_the_page_names_the_reviewer_below_the_post(site: Site) -> None:
    page = publish(site)
    assert page.count(LINE) == 1
    assert page.index("</article>") < page.index(LINE) < page.index('data-copydesk="links"')
    assert "reviewed" not in site.read("site/fees.html")
    assert "Medically" not in site.read("site/feed.xml")
    assert "Posts: 2 unchanged." in site.run("plan").out


def test_another_word_takes_the_line_away(site: Site) -> None:
    publish(site)
    site.post("visit", "The first visit takes two hours.", "First visit")
    plan = site.run("plan")
    assert "below the post: Medically reviewed by Dr Mara Ellison, MD, on 1 June 2026" in plan.out
    assert "claims.review-stale" in plan.out
    assert "eviewed by" not in publish(site)


def test_another_line_break_keeps_it(site: Site) -> None:
    publish(site)
    site.post("visit", "The first visit\ntakes an hour.", "First visit")
    assert LINE in publish(site)


def test_an_added_stamp_changes_only_what_stands_below(site: Site) -> None:
    publish(site)
    assert site.run("claims", "review", "posts/fees.md", "--by", "june", "--yes").code == 0
    plan = site.run("plan").out
    assert "Only what stands below it changed." in plan
    assert "below the post: none -> Medically reviewed by June Abara, RN, on 1 June 2026" in plan
    publish(site)
    assert "June Abara, RN" in site.read("site/fees.html")


def test_when_its_day_is_over_the_line_goes(site: Site) -> None:
    publish(site)
    page = publish(site, "--now", "2027-06-02T00:00:00Z")
    assert "eviewed by" not in page


def test_a_stamp_taken_out_of_the_file_takes_the_line_away(site: Site) -> None:
    publish(site)
    site.write("reviews.toml", "")
    assert "eviewed by" not in publish(site)


def test_a_page_that_stays_because_of_an_error_keeps_its_own_review(site: Site) -> None:
    publish(site)
    site.post("visit", "The first visit takes an hour. Massage cures back pain.", "First visit")
    assert LINE in publish(site)  # the page still says what was read
    site.write("reviews.toml", "")
    page = publish(site)
    assert "cures" not in page
    assert "eviewed by" not in page


def test_a_page_that_stays_does_not_get_the_review_of_its_new_words(site: Site) -> None:
    site.write("reviews.toml", "")
    publish(site)
    site.post("visit", "The first visit takes an hour. Massage cures back pain.", "First visit")
    assert site.run("claims", "review", "posts/visit.md", "--by", "mara", "--yes").code == 0
    assert "eviewed by" not in publish(site)


@pytest.mark.parametrize("links", ["theme", "none"])
def test_a_target_without_links_of_ours_shows_it_too(site: Site, links: str) -> None:
    target = f'\n[targets.folder]\nkind = "folder"\npath = "site"\nlinks = "{links}"\n'
    site.write("copydesk.toml", CONFIG + target)
    page = publish(site)
    assert LINE in page
    assert 'data-copydesk="links"' not in page


def test_it_can_be_switched_off_and_worded(site: Site) -> None:
    site.write("copydesk.toml", CONFIG + "\n[enrichers.reviewed-by]\nshow = false\n")
    assert "eviewed by" not in publish(site)
    site.write("copydesk.toml", CONFIG + '\n[enrichers.reviewed-by]\nwords = "Read by"\n')
    assert "Read by Dr Mara Ellison, MD, on 1 June 2026" in publish(site)


def test_a_name_is_text_and_no_markup(site: Site) -> None:
    odd = CONFIG.replace("Dr Mara Ellison", "<script>alert(1)</script>\\n& Co")
    site.write("copydesk.toml", odd)
    page = publish(site)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co, MD" in page


def test_previews_say_nothing_of_it(site: Site) -> None:
    text = site.read("posts/visit.md").replace("state: published", "state: draft")
    site.write("posts/visit.md", text)
    site.run("run")
    assert "eviewed by" not in site.read("site-preview/visit.html")


@pytest.mark.parametrize(
    "text", ["[[review]\n", '[[review]]\nby = "nobody"\n', "\xff", "[[review]]\npost = 3\n"]
)
def test_a_broken_file_publishes_nothing(site: Site, text: str) -> None:
    publish(site)
    before = site.read("site/visit.html")
    path = site.root / "reviews.toml"
    path.write_bytes(text.encode("latin-1"))
    site.post("visit", "The first visit takes two hours.", "First visit")
    ran = site.run("publish")
    assert ran.code == 2
    assert "failed reviews.toml" in ran.out
    assert site.read("site/visit.html") == before


def test_a_person_who_left_takes_the_line_along(site: Site) -> None:
    publish(site)
    without = CONFIG.replace("[people.mara]", "[people.maria]")
    site.write("copydesk.toml", without)
    ran = site.run("publish")
    assert ran.code == 2
    assert "mara is not among [people]." in ran.out
    assert "Did you mean maria?" in ran.out


def test_a_lost_record_costs_the_line_of_a_page_that_stays(site: Site) -> None:
    publish(site)
    site.post("visit", "The first visit takes an hour. Massage cures back pain.", "First visit")
    (site.root / ".copydesk" / "folder.json").unlink()
    assert "eviewed by" not in publish(site)  # nobody knows any more what that page says


@pytest.mark.parametrize("name", ["reviews.toml", "claims.toml"])
def test_a_file_that_cannot_be_read_is_not_taken_for_a_lost_folder(site: Site, name: str) -> None:
    publish(site)
    (site.root / name).write_bytes(b"\xff\xfe")
    ran = site.run("plan")
    assert ran.code == 2
    assert f"failed {name} is not UTF-8" in ran.out + ran.err
    assert "folder could not be opened" not in ran.out + ran.err
