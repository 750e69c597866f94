"""The forgetting curve against the ``fsrs`` package and against what memory must do."""

from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from app.engine.forgetting import ForgettingCurve, Memory, Recall

CURVE = ForgettingCurve()
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
days = st.floats(0, 3000)
stabilities = st.floats(0.01, 2000)
recalls = st.sampled_from(list(Recall))


@given(st.lists(st.tuples(st.integers(0, 200), recalls), min_size=1, max_size=12))
def test_it_follows_fsrs_step_by_step(reviews: list[tuple[int, Recall]]) -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, memory, when = Card(), None, START
    for gap, recall in reviews:
        when += timedelta(days=gap)
        card, _ = scheduler.review_card(card, Rating(int(recall)), when)
        memory = CURVE.first(recall) if memory is None else CURVE.after(memory, gap, recall)
        assert card.stability is not None and card.difficulty is not None
        assert memory.stability == pytest.approx(min(card.stability, 36_500), rel=1e-9)
        assert memory.difficulty == pytest.approx(card.difficulty, rel=1e-9)
        later = when + timedelta(days=gap)
        expected = scheduler.get_card_retrievability(card, later)
        assert CURVE.retrievability(gap, card.stability) == pytest.approx(expected, rel=1e-9)


@given(days, days, stabilities)
def test_more_time_never_raises_retrievability(one: float, other: float, stability: float) -> None:
    early, late = sorted((one, other))
    assert CURVE.retrievability(late, stability) <= CURVE.retrievability(early, stability) <= 1


@given(stabilities, st.floats(0.5, 0.99))
def test_the_interval_is_where_the_curve_meets_the_retention(stability: float, retention: float) -> None:
    interval = CURVE.interval(stability, retention)
    if interval < 36_500:
        assert CURVE.retrievability(interval, stability) == pytest.approx(retention, rel=1e-6)


def test_it_is_nine_in_ten_after_the_stability() -> None:
    assert CURVE.retrievability(0, 7) == 1
    assert CURVE.retrievability(7, 7) == pytest.approx(0.9)


@given(st.floats(0.1, 300), st.floats(1, 10), st.integers(1, 300))
def test_a_success_never_shortens_and_a_failure_never_lengthens(
    stability: float, difficulty: float, gap: int
) -> None:
    memory = Memory(stability, difficulty)
    assert CURVE.after(memory, gap, Recall.GOOD).stability >= stability
    assert CURVE.after(memory, gap, Recall.AGAIN).stability <= stability


def test_spaced_successes_last_longer_than_massed_ones() -> None:
    spaced = massed = CURVE.first(Recall.GOOD)
    for _ in range(3):
        spaced = CURVE.after(spaced, 14, Recall.GOOD)
        massed = CURVE.after(massed, 1, Recall.GOOD)
    assert spaced.stability > 2 * massed.stability


def test_it_refuses_another_number_of_weights() -> None:
    with pytest.raises(ValueError, match="21 weights"):
        ForgettingCurve((1.0, 2.0))
