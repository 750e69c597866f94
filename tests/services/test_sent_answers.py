"""When answers that waited were given."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.services.sent_answers import SentAnswer, times_given
from tests.conftest import NOW

AGES = st.lists(st.timedeltas(min_value=timedelta(days=-400), max_value=timedelta(days=400)), max_size=12)


def answers(ages):
    return [SentAnswer("item", 0, None, None, None, age=age) for age in ages]


@given(AGES)
def test_answers_follow_each_other_and_none_is_to_come(ages):
    times = times_given(answers(ages), NOW - timedelta(hours=1), NOW)
    assert times == sorted(set(times))
    assert all(NOW - timedelta(hours=1) <= time <= NOW for time in times)


@given(st.lists(st.timedeltas(min_value=timedelta(0), max_value=timedelta(minutes=59)), max_size=12))
def test_ages_in_order_are_believed(ages):
    ages = sorted(ages, reverse=True)
    times = times_given(answers(ages), NOW - timedelta(hours=1), NOW)
    off = [abs(time - (NOW - age)) for time, age in zip(times, ages, strict=True)]
    assert all(gap < timedelta(milliseconds=1) for gap in off)
