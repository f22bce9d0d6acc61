"""What a rule says at one post of a group is told at the posts that a run is about."""

from __future__ import annotations

from copydesk.model.finding import Related, Report
from copydesk.model.text import Span
from copydesk.site_reports import Reports, at_asked

HERE, THERE = Span(0, 4), Span(9, 12)


def report(path: str, *others: str) -> Report:
    related = tuple(Related("has it, too", THERE, other) for other in others)
    return Report(HERE, "Two posts share it.", path=path, related=related)


def asked(reports: Reports, *keys: str) -> dict[str, list[str]]:
    found = at_asked(reports, set(keys).__contains__)
    return {key: [each.message for _, each in mine] for key, mine in found.items()}


def test_reports_on_posts_that_were_not_asked_for_are_left_out() -> None:
    reports = {"a": [("own.same", report("a"))], "b": [("own.same", report("b"))]}
    assert asked(reports, "b") == {"b": ["Two posts share it."]}


def test_a_group_told_only_at_its_first_post_is_told_at_the_one_asked_for() -> None:
    reports = {"a": [("own.same", report("a", "b", "c"))]}
    [(rule, turned)] = at_asked(reports, {"c"}.__contains__)["c"]
    assert rule == "own.same"
    assert (turned.path, turned.span) == ("c", THERE)
    assert turned.message == "About a: Two posts share it."
    assert turned.related == (Related("is what this is about", HERE, "a"),)


def test_what_a_rule_said_itself_is_not_said_twice() -> None:
    reports = {"a": [("own.same", report("a", "b"))], "b": [("own.same", report("b", "a"))]}
    assert asked(reports, "b") == {"b": ["Two posts share it."]}


def test_another_rule_is_told_as_well() -> None:
    reports = {"a": [("own.one", report("a", "b"))], "b": [("own.two", report("b", "a"))]}
    assert len(asked(reports, "b")["b"]) == 2


def test_places_in_the_post_itself_are_no_other_post() -> None:
    reports = {"a": [("own.same", report("a", ""))]}
    assert asked(reports, "b") == {}


def test_a_post_of_a_group_that_is_not_shown_is_told_where_it_was_asked_for() -> None:
    others = (Related("is one of them", THERE, "c"),)
    reports: Reports = {"a": [("own.same", report("a", "b")._replace(also=others))]}
    [(_, turned)] = at_asked(reports, {"c"}.__contains__)["c"]
    assert (turned.path, turned.span, turned.also) == ("c", THERE, ())
    assert asked(reports, "a") == {"a": ["Two posts share it."]}
