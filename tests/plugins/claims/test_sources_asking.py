"""What becomes of the answers of resolvers, right, busy and wrong ones."""

from __future__ import annotations

import json
import re
import socket
from datetime import date
from typing import Any

import pytest
from sources_kit import Pauses, Resolvers, body, serving, status

from copydesk_plugins.claims.sources.told import Told
from copydesk_plugins.claims.sources.updating import Answers, ask_all, merged


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def asked(known: Resolvers, *names: str, pauses: Pauses | None = None, **settings: Any) -> Answers:
    with serving(known) as addresses:
        return ask_all(names, addresses | settings, (pauses or Pauses()).asking())


def told(known: Resolvers, name: str) -> Told:
    answers = asked(known, name)
    assert answers.failures == ()
    return answers.told[name]


def update(kind: str, doi: str = "10.5555/notice") -> dict[str, Any]:
    day = {"date-parts": [[2024, 3, 5]]}
    return {"type": kind, "DOI": doi, "label": kind.title(), "updated": day, "source": "publisher"}


@pytest.mark.parametrize(
    ("more", "state", "note"),
    [
        ({}, "verified", ""),
        (
            {"updated-by": [update("retraction")]},
            "retracted",
            "Retraction of 2024-03-05. See doi:10.5555/notice.",
        ),
        ({"updated-by": [update("withdrawal")]}, "retracted", "Withdrawal of 2024-03-05"),
        ({"updated-by": [update("expression_of_concern")]}, "concern", "Expression of concern of"),
        ({"updated-by": [update("correction")]}, "corrected", "Correction of 2024-03-05"),
        ({"updated-by": [update("erratum"), update("retraction")]}, "retracted", "Retraction"),
        ({"updated-by": [update("new_version")]}, "verified", ""),
        ({"update-to": [update("retraction")]}, "retracted", "It is itself the notice about"),
        ({"update-to": [update("correction")]}, "verified", ""),
        ({"title": ["RETRACTED: Rest and pain"]}, "retracted", "Its title says so."),
        ({"updated-by": "nonsense", "update-to": [None, 3, {"type": 7}]}, "verified", ""),
        (
            {"updated-by": [{"type": "retraction", "updated": {"date-parts": [["x"]]}}]},
            "retracted",
            "Retraction.",
        ),
        (
            {"updated-by": [{"type": "retraction", "updated": {"date-parts": [[10**4000, -3]]}}]},
            "retracted",
            "Retraction.",
        ),
        ({"title": None}, "verified", ""),
    ],
)
def test_what_crossref_tells(more: dict[str, Any], state: str, note: str) -> None:
    known = Resolvers()
    known.work("10.5555/a", "Rest and <i>pain</i> &amp; more", **more)
    found = told(known, "doi:10.5555/a")
    assert (found.state, found.by) == (state, "crossref")
    assert note in found.note
    assert "<" not in found.title
    if not more:
        assert found.title == "Rest and pain & more"


def test_a_doi_in_other_letters_is_the_same_and_odd_signs_are_escaped() -> None:
    known = Resolvers()
    doi = "10.5555/a(1)<x>;2%3f#y"
    known.works[doi] = {"DOI": doi.upper(), "title": ["Odd"]}
    assert told(known, f"doi:{doi}").state == "verified"


def test_a_doi_that_nobody_registered_and_one_of_another_agency() -> None:
    known = Resolvers()
    known.agencies["10.5555/elsewhere"] = "datacite"
    answers = asked(known, "doi:10.5555/nowhere", "doi:10.5555/elsewhere")
    assert answers.told == {"doi:10.5555/nowhere": Told("not-found", by="crossref")}
    assert answers.others == ("doi:10.5555/elsewhere",)
    assert answers.failures == ()


@pytest.mark.parametrize(
    ("more", "state", "note"),
    [
        ({}, "verified", ""),
        ({"pubtype": ["Journal Article", "Retracted Publication"]}, "retracted", "PubMed lists"),
        ({"pubtype": ["Retraction of Publication"]}, "retracted", "itself the notice"),
        (
            {"references": [{"refsource": "J Rest. 2024;3:5", "reftype": "Retraction in"}]},
            "retracted",
            "Retraction in J Rest. 2024;3:5.",
        ),
        (
            {"references": [{"reftype": "Erratum in", "refsource": "J Rest."}]},
            "corrected",
            "Erratum",
        ),
        ({"references": [{"reftype": "Expression of concern in"}]}, "concern", "Expression"),
        ({"references": [{"reftype": "Comment in"}], "pubtype": None}, "verified", ""),
    ],
)
def test_what_pubmed_tells(more: dict[str, Any], state: str, note: str) -> None:
    known = Resolvers()
    known.article("123", "Rest and pain.", **more)
    found = told(known, "pmid:123")
    assert (found.state, found.title, found.by) == (state, "Rest and pain.", "pubmed")
    assert note in found.note


def test_pubmed_central_leads_to_pubmed() -> None:
    known = Resolvers()
    known.pmc["456"] = {
        "uid": "456",
        "title": "Rest and pain",
        "articleids": [{"idtype": "pmid", "value": "123"}],
    }
    known.pmc["789"] = {"uid": "789", "title": "A book", "articleids": []}
    known.article("123", "Rest and pain.", pubtype=["Retracted Publication"])
    answers = asked(known, "pmcid:PMC456", "pmcid:PMC789", "pmcid:PMC1", "pmid:9")
    assert {name: each.state for name, each in answers.told.items()} == {
        "pmcid:PMC456": "retracted",
        "pmcid:PMC789": "verified",
        "pmcid:PMC1": "not-found",
        "pmid:9": "not-found",
    }


def test_requests_say_who_asks_and_come_one_at_a_time() -> None:
    known, pauses = Resolvers(), Pauses()
    for letter in "abcd":
        known.work(f"10.5555/{letter}", letter)
    known.article("1", "one")
    names = [*(f"doi:10.5555/{letter}" for letter in "abcd"), "pmid:1"]
    asked(known, *names, *names, pauses=pauses, mailto="desk@practice.example")
    assert len(known.asked) == 5  # each once, however often it is cited
    assert all("mailto=desk%40practice.example" in path for path in known.paths[:4])
    assert "email=desk%40practice.example" in known.paths[4]
    assert "tool=copydesk" in known.paths[4]
    assert pauses.waited == [0.333, 0.333, 0.333]  # at most three a second; each host by itself


def test_nothing_is_said_of_the_practice_without_a_mail_address() -> None:
    known = Resolvers()
    known.work("10.5555/a", "a")
    asked(known, "doi:10.5555/a")
    assert known.paths == ["/works/10.5555%2Fa"]


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"X-Rate-Limit-Limit": "1", "X-Rate-Limit-Interval": "2s"}, 2.0),
        ({"X-Rate-Limit-Limit": "50", "X-Rate-Limit-Interval": "1s"}, 0.333),
        ({"X-Rate-Limit-Limit": "0", "X-Rate-Limit-Interval": "1s"}, 0.333),
        ({"X-Rate-Limit-Limit": "1", "X-Rate-Limit-Interval": "9999999s"}, 60.0),
        ({"X-Rate-Limit-Limit": "9" * 400, "X-Rate-Limit-Interval": "1s"}, 0.333),
        ({"X-Rate-Limit-Limit": "x", "X-Rate-Limit-Interval": "nans"}, 0.333),
        ({"X-Rate-Limit-Limit": "1", "X-Rate-Limit-Interval": "nan"}, 0.333),
    ],
)
def test_the_limits_of_the_host_are_obeyed(headers: dict[str, str], pause: float) -> None:
    known, pauses = Resolvers(), Pauses()
    known.headers = headers
    known.work("10.5555/a", "a")
    known.work("10.5555/b", "b")
    asked(known, "doi:10.5555/a", "doi:10.5555/b", pauses=pauses)
    assert pauses.waited == [pause]


def test_a_busy_host_is_asked_again_when_it_says() -> None:
    known, pauses = Resolvers(), Pauses()
    known.work("10.5555/a", "a")
    known.odd["doi:10.5555/a"] = [
        status(429, Retry_After="7"),
        status(503),
        lambda handler: known._crossref(handler, "10.5555/a", False),
    ]
    answers = asked(known, "doi:10.5555/a", pauses=pauses)
    assert answers.told["doi:10.5555/a"].state == "verified"
    assert pauses.waited == [7, 2]


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        (status(429, Retry_After="3600"), r"is busy or broken for now \(it answered 429\)"),
        (status(500), "it answered 500"),
        (body(b"x" * 5_000_000), "more than 4,194,304 bytes"),
        (status(302, Location="https://evil.example/works"), "sends on to https://evil.example"),
    ],
)
def test_a_host_that_fails_loses_nothing_of_the_others(odd: Any, words: str) -> None:
    known, pauses = Resolvers(), Pauses()
    known.work("10.5555/a", "a")
    known.odd["doi:10.5555/b"] = [odd]
    known.work("10.5555/c", "c")
    known.article("1", "one")
    names = ["doi:10.5555/a", "doi:10.5555/b", "doi:10.5555/c", "pmid:1"]
    answers = asked(known, *names, pauses=pauses)
    assert set(answers.told) == {"doi:10.5555/a", "pmid:1"}
    (failure,) = answers.failures
    assert "doi:10.5555/c" not in known.asked
    assert "2 sources were left as they stood" in failure.message
    assert re.search(words, failure.message)
    assert failure.help


def message(work: Any) -> bytes:
    return json.dumps({"status": "ok", "message": work}).encode()


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        (body(message({"DOI": "10.5555/other", "title": ["x"]})), "instead of doi:10.5555/b"),
        (body(message(["nothing"])), "did not answer about doi:10.5555/b as Crossref does"),
        (body(b"[]"), "with JSON"),
        (body(b'{"message": '), "with JSON"),
        (body(b"<html>Log in</html>", Content_Type="text/html"), r"with JSON (text/html)"),
        (body(b"[" * 200_000), "with JSON"),
        (body(b'{"message": {"DOI": "10.5555/b"' + b"\xff}}"), "with JSON"),
        (status(404), "answered 404 about doi:10.5555/b, but not as Crossref does"),
        (status(403), "answered 403 about doi:10.5555/b"),
    ],
)
def test_a_resolver_that_lies_is_named_and_changes_nothing(odd: Any, words: str) -> None:
    known = Resolvers()
    known.odd["doi:10.5555/b"] = [odd]
    known.work("10.5555/c", "c")
    answers = asked(known, "doi:10.5555/b", "doi:10.5555/c")
    assert set(answers.told) == {"doi:10.5555/c"}
    (failure,) = answers.failures
    assert words in failure.message
    assert "http://127.0.0.1" in failure.message
    assert "nothing was changed for it" in failure.message


@pytest.mark.parametrize(
    "data",
    [
        {"result": {"uids": ["2"], "2": {"uid": "2", "title": "x"}}},
        {"result": {"1": {"uid": "2", "title": "x"}}},
        {"error": "API rate limit exceeded"},
        {"result": []},
    ],
)
def test_pubmed_may_lie_too(data: Any) -> None:
    known = Resolvers()
    known.odd["pmid:1"] = [body(json.dumps(data).encode())]
    answers = asked(known, "pmid:1")
    assert answers.told == {}
    assert "about something else" in answers.failures[0].message


def test_a_host_that_lies_three_times_is_left() -> None:
    known = Resolvers()
    names = [f"doi:10.5555/{letter}" for letter in "abcdefg"]
    for name in names:
        known.odd[name] = [body(b"<html>")]
    answers = asked(known, *names)
    assert len(known.asked) == 3
    assert len(answers.failures) == 3
    assert "5 sources were left as they stood" in answers.failures[-1].message


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    pauses = Pauses()
    answers = ask_all(
        ["doi:10.5555/a", "doi:10.5555/b"],
        {"crossref": f"http://127.0.0.1:{port}"},
        pauses.asking(wait=1),
    )
    assert answers.told == {}
    assert "could not be reached; 2 sources were left" in answers.failures[0].message
    assert pauses.waited == [1, 2]


def test_a_host_that_never_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        answers = ask_all(["pmid:1"], {"pubmed": address}, Pauses().asking(wait=0.2, tries=2))
    told = "did not answer within 0.2 seconds; 1 source was left as it stood"
    assert told in answers.failures[0].message


def test_steering_characters_of_an_answer_stay_out() -> None:
    known = Resolvers()
    known.work("10.5555/a", "Rest\x1b[31m\n and\u202e pain " + "x" * 2000)
    title = told(known, "doi:10.5555/a").title
    assert title.isprintable()
    assert len(title) <= 300


def test_answers_and_the_local_list_are_joined_by_the_graver_word() -> None:
    day = date(2026, 6, 1)
    verified, gone = Told("verified", "T", "", "crossref"), Told("retracted", "", "n", "list")
    facts = merged({}, {"doi:a": verified}, {"doi:a": gone, "doi:b": gone}, day, 10)
    assert {name: fact.told.state for name, fact in facts.items()} == {
        "doi:a": "retracted",
        "doi:b": "retracted",
    }
    assert facts["doi:a"].told.title == "T"
    assert facts["doi:a"].until == date(2026, 6, 11)
    missing = merged({}, {"doi:a": Told("not-found")}, {"doi:a": gone}, day, 10)
    assert missing["doi:a"].told.state == "retracted"
    # What is known already keeps its day, so that a second run changes nothing.
    later = merged(facts, {}, {"doi:a": gone}, date(2026, 6, 5), 10)
    assert later == facts
