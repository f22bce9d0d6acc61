"""Orders as JSON, and whether flags agree with the order that a plan was saved for."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.model.change import Order
from copydesk.model.finding import CopydeskError
from copydesk.orders import (
    NO_ORDER,
    about_target,
    agree,
    order_from_json,
    order_to_json,
    refuse_unfit,
)

IDS = st.frozensets(st.sampled_from(["fees", "hours", "later"]))
ORDERS = st.builds(
    Order,
    st.booleans(),
    st.booleans(),
    IDS,
    IDS,
    IDS,
    st.sampled_from(["", "run-1"]),
    st.booleans(),
)


@given(ORDERS)
def test_an_order_comes_back_from_json_as_it_was(order):
    assert order_from_json(json.loads(json.dumps(order_to_json(order)))) == order


@given(ORDERS, ORDERS)
def test_flags_agree_only_where_nothing_is_added(given_flags, saved):
    added = [
        name
        for name in Order._fields
        if getattr(given_flags, name) not in (getattr(NO_ORDER, name), getattr(saved, name))
    ]
    assert agree(given_flags, saved) is (not added)
    assert agree(NO_ORDER, saved)
    assert agree(saved, saved)


@pytest.mark.parametrize(
    "value",
    [
        {"go_live": 1},
        {"due": None},
        {"undo": True},
        {"overwrite": "fees"},
        {"accept": [["fees"]]},
        {"nothing": True},
        {"index": True},
        {"_asdict": True},
    ],
)
def test_what_is_no_order_is_refused(value):
    with pytest.raises(ValueError, match=next(iter(value))):
        order_from_json(value)


@given(ORDERS)
def test_a_target_that_can_do_less_refuses_whatever_it_cannot(order):
    refuse_unfit(order, "clinic", able=True)
    needs = about_target(order) or order.overwrite or order.accept
    try:
        refuse_unfit(order, "folder", able=False)
    except CopydeskError as error:
        assert needs
        assert error.failure.message.startswith("folder cannot ")
        assert error.failure.help.endswith(".")
    else:
        assert not needs
