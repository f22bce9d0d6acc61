"""`copydesk claims review`: what is shown first, what is written, and what is refused."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from review_kit import BARE, CONFIG, SOURCED, Site  # found through the line above


@pytest.fixture
def site(empty_site: Site) -> Site:
    site = empty_site
    site.post("one", f"{SOURCED}\n\n{BARE}", "Pain and mood")
    return site


def review(site: Site, *more: str) -> tuple[int, str, str]:
    return site.run("claims", "review", "posts/one.md", *more)


def test_what_has_no_source_is_shown_and_then_it_is_asked(site: Site) -> None:
    code, out, err = review(site, "--by", "mara")
    assert code == 2
    assert "no source    “Massage reduces back pain after surgery.”" in out
    assert "Ketamine" not in out
    assert "1 statement has no source that counts" in out
    assert "--yes" in err
    assert not site.read("reviews.toml")


def test_a_stamp_is_written_with_its_days(site: Site) -> None:
    code, out, _ = review(site, "--by", "dr mara ellison", "--recorded-by", "tom", "--yes")
    assert code == 0
    assert "Reviewed by Dr Mara Ellison, MD." in out
    [stamp] = tomllib.loads(site.read("reviews.toml"))["review"]
    assert {key: str(value) for key, value in stamp.items() if key != "hash"} == {
        "post": "one",
        "by": "mara",
        "date": "2026-06-01",
        "next": "2027-06-01",
        "recorded-by": "tom",
    }


def test_the_next_day_can_be_named_and_a_leap_day_has_one(site: Site) -> None:
    assert review(site, "--by", "mara", "--next", "2026-12-24", "--yes")[0] == 0
    assert review(site, "--by", "mara", "--yes", "--now", "2028-02-29T09:00:00Z")[0] == 0
    found = [str(each["next"]) for each in tomllib.loads(site.read("reviews.toml"))["review"]]
    assert found == ["2026-12-24", "2029-02-28"]


def test_what_stands_in_the_file_stays(site: Site) -> None:
    site.write("reviews.toml", "# Ours\r\n")
    assert review(site, "--by", "mara", "--yes")[0] == 0
    assert review(site, "--by", "june", "--yes")[0] == 0
    text = site.read("reviews.toml")
    assert text.startswith("# Ours\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert [each["by"] for each in tomllib.loads(text)["review"]] == ["mara", "june"]


def test_a_draft_without_an_id_is_named_by_its_path_and_stays_reviewed(site: Site) -> None:
    site.write("posts/one.md", site.read("posts/one.md").replace("id: one\n", ""))
    assert review(site, "--by", "mara", "--yes")[0] == 0
    assert 'post = "posts/one.md"' in site.read("reviews.toml")
    assert site.run("publish").code in (0, 1)
    assert "id:" in site.read("posts/one.md")
    page = next(site.root.glob("site/*one*.html"), site.root / "site" / "one.html")
    assert "Medically reviewed by Dr Mara Ellison, MD" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--by", "nobody"), "nobody, who is not among [people]"),
        (("--by", "marra"), "Did you mean mara?"),
        (("--by", "tom"), "Tom Reyes has no credential in [people]"),
        (("--by", "mara", "--next", "2026-06-01"), "2026-06-01 is over"),
        (("--by", "mara", "--recorded-by", "x"), "x, who is not among [people]"),
    ],
)
def test_what_is_refused(site: Site, given: tuple[str, ...], said: str) -> None:
    code, _, err = review(site, *given, "--yes")
    assert code == 2
    assert said in err
    assert not site.read("reviews.toml")


def test_a_review_is_of_one_post(site: Site) -> None:
    site.post("two", "We open at nine.")
    ran = site.run("claims", "review", "posts", "--by", "mara", "--yes")
    assert ran.code == 2
    assert "several posts" in ran.err


def test_two_people_of_one_name_are_told_apart(site: Site) -> None:
    twin = '\n[people.mara2]\nname = "Dr Mara Ellison"\ncredential = "PhD"\n'
    site.write("copydesk.toml", CONFIG + twin)
    code, _, err = review(site, "--by", "Dr Mara Ellison", "--yes")
    assert code == 2
    assert "the name of mara, mara2" in err
    assert review(site, "--by", "mara2", "--yes")[0] == 0


@pytest.mark.parametrize(
    "text", ["[[review]\n", '[[review]]\nby = "nobody"\n', "review = []\n", "other = 1\n"]
)
def test_nothing_is_added_to_a_file_that_is_not_in_order(site: Site, text: str) -> None:
    site.write("reviews.toml", text)
    code, _, err = review(site, "--by", "mara", "--yes")
    assert code == 2
    assert "reviews.toml" in err
    assert site.read("reviews.toml") == text


def test_a_post_that_is_not_there(site: Site) -> None:
    ran = site.run("claims", "review", "posts/none.md", "--by", "mara", "--yes")
    assert ran.code == 2
    assert "posts/none.md" in ran.err


def test_the_same_review_is_written_once(site: Site) -> None:
    assert review(site, "--by", "mara", "--yes")[0] == 0
    before = site.read("reviews.toml")
    code, out, _ = review(site, "--by", "mara", "--yes")
    assert code == 0
    assert "reviews.toml has this review already; nothing was written." in out
    assert site.read("reviews.toml") == before
    assert review(site, "--by", "june", "--yes")[0] == 0
    assert site.read("reviews.toml").count("[[review]]") == 2


@pytest.mark.parametrize("text", ["[[claim]\n", '[[claim]]\nid = "one"\n'])
def test_a_register_that_is_not_in_order_is_named_first(site: Site, text: str) -> None:
    site.write("claims.toml", text)
    code, _, err = review(site, "--by", "mara", "--yes")
    assert code == 2
    assert "failed claims.toml:1" in err
    assert not site.read("reviews.toml")


def test_on_the_last_day_that_there_is(site: Site) -> None:
    ran = site.run("claims", "expiring", "--now", "9999-12-31T00:00:00Z")
    assert (ran.code, ran.err) == (0, "")
    given = ("posts/one.md", "--by", "mara", "--yes", "--now", "9999-12-30T00:00:00Z")
    assert site.run("claims", "review", *given).code == 0
    assert "next = 9999-12-30" in site.read("reviews.toml")
