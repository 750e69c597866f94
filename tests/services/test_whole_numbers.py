"""Whole numbers that add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.whole_numbers import shared_out, whole_percent


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=20))
def test_they_add_up_and_are_within_one_of_each_part(parts):
    whole = round(sum(parts))
    found = shared_out(parts, whole)
    assert sum(found) == whole
    for number, part in zip(found, parts, strict=True):
        assert abs(number - part) <= 1


def test_the_largest_remainders_get_what_is_left():
    assert shared_out([2.4, 2.4, 1.2], 6) == [3, 2, 1]
    assert shared_out([-0.4, 0.7], 0) == [-1, 1]


@pytest.mark.parametrize("whole", [9, -9])
def test_a_whole_that_is_far_off_is_reached_all_the_same(whole):
    assert sum(shared_out([1.0, 1.0], whole)) == whole


def test_nothing_is_shared_out_of_nothing():
    assert shared_out([], 3) == []


def test_nobody_is_quite_sure():
    assert [whole_percent(share) for share in (0.0, 0.004, 0.5, 0.999)] == [1, 1, 50, 99]
