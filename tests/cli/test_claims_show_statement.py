"""`copydesk claims show ID` of a statement: every sentence that says it, and the ways out."""

from __future__ import annotations

import pytest
from cli_kit import post, write

CASES = {
    "posts/one.md": "Massage relieves back pain. We are open on Mondays.",
    "posts/two.md": "Massage relieves back pain, a review says "
    "([review](https://pubmed.ncbi.nlm.nih.gov/12345678/)).",
    "posts/three.md": "We are open on Mondays. Massage relieves back pain.",
}


@pytest.fixture
def site(here):
    write("copydesk.toml", "root = true\n")
    for name, text in CASES.items():
        write(name, post("Visits", text))
    return here


def id_of(copydesk, path: str) -> str:
    claims = copydesk("claims", "list", path, "--format", "json").json["files"][0]["claims"]
    return next(each["proposition"] for each in claims if "relieves" in each["quote"])


def test_every_sentence_of_the_site_that_says_it_is_shown_with_the_ways_out(copydesk, site):
    id = id_of(copydesk, "posts/one.md")
    ran = copydesk("claims", "show", id)
    assert ran.code == 0, ran.said
    assert ran.out.startswith(f"{id}  ")
    assert "posts/one.md:5:1   efficacy, plain; no source\n" in ran.out
    assert "posts/three.md:5:25   efficacy, plain; no source\n" in ran.out
    assert ran.out.count("   “Massage relieves back pain.”\n") == 2
    assert ran.out.count("   Soften: “Massage may relieve back pain.” It still needs") == 2
    (cited,) = [each for each in ran.out.split("posts/") if each.startswith("two.md")]
    assert "source given" in cited
    assert "Soften" not in cited
    assert ran.out.endswith("3 sentences say it, in 3 posts.\n")


def test_json_has_each_with_its_ways_out(copydesk, site):
    id = id_of(copydesk, "posts/one.md")
    found = copydesk("claims", "show", id, "--format", "json").json
    assert found["proposition"] == id
    ways = {each["path"]: each["ways_out"] for each in found["claims"]}
    assert list(ways) == ["posts/one.md", "posts/three.md", "posts/two.md"]
    assert ways["posts/two.md"] == []
    assert ways["posts/one.md"][0].startswith("Cite: ")
    assert found["failures"] == []


def test_what_nobody_says_any_more_is_told(copydesk, site):
    ran = copydesk("claims", "show", "0123abcd")
    assert ran.code == 2
    assert "no post of this site says what 0123abcd stands for" in ran.err
    assert "copydesk claims list posts" in ran.err


def test_other_words_are_still_ids_of_the_register(copydesk, site):
    ran = copydesk("claims", "show", "massage")
    assert ran.code == 2
    assert "there is no entry massage" in ran.err


def test_a_post_that_cannot_be_read_is_named(copydesk, site):
    id = id_of(copydesk, "posts/one.md")
    write("posts/two.md", b"caf\xe9")
    ran = copydesk("claims", "show", id)
    assert ran.code == 2
    assert "posts/two.md" in ran.err
    assert "2 sentences say it" in ran.out
