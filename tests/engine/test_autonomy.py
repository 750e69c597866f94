"""Autonomy over time: invariants, BKT as a special case, and three people's stories."""

import itertools
import math
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.autonomy import (
    Autonomy,
    Level,
    Parameters,
    follow,
    follow_all,
    likelihood,
    track,
)
from app.engine.bank import Item, Step
from app.engine.diagnostic import answer_likelihoods
from app.engine.evidence import Evidence, Help, Likelihood, Outcome, Source
from app.engine.levels import answer_pair

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
PARAMETERS = Parameters()
HERE_ONLY = Parameters(outside_days=math.inf)
"""All that is learnt is learnt here, level by level. What is learnt elsewhere jumps to autonome from
anywhere: a late success then speaks a little for whoever was the furthest from it."""


def worked(help: Help | str, day: float, module: str = "m") -> Evidence:
    return Evidence(
        f"{module}-{day}-{help}", module, Source.PRACTICE, START + timedelta(days=day), help=Help(help)
    )


def answered(
    outcome: Outcome,
    day: float = 0,
    *,
    guess: float = 0.2,
    slip: float = 0.1,
    source: Source = Source.DIAGNOSTIC,
    id: str = "",
    module: str = "m",
) -> Evidence:
    return Evidence(
        id or f"{module}-{day}-{outcome}-{guess}",
        module,
        source,
        START + timedelta(days=day),
        outcome=outcome,
        guess=guess,
        slip=slip,
    )


def workshops(*helps: str) -> list[Evidence]:
    return [worked(help, 7 * week) for week, help in enumerate(helps)]


def on_arrival(evidence: Sequence[Evidence], now: datetime, reference: float | None = None) -> Likelihood:
    """What the belief graph gets."""
    return likelihood("m", track(evidence, now, reference=reference))


def ratio(evidence: Sequence[Evidence], now: datetime, parameters: Parameters = PARAMETERS) -> float:
    pair = likelihood("m", track(evidence, now, parameters))
    return pair.mastered / pair.not_mastered


def odds(evidence: Sequence[Evidence], now: datetime) -> float:
    """Of being autonome now, over those without any fact."""
    start, p = PARAMETERS.mastered, follow(evidence, now).mastered
    return p / (1 - p) / (start / (1 - start))


helps = st.sampled_from(list(Help))
outcomes = st.sampled_from(list(Outcome))
histories = st.lists(
    st.tuples(st.integers(0, 400), st.one_of(helps, outcomes), st.sampled_from(list(Source))), max_size=10
).map(
    lambda rows: [
        Evidence(
            str(i),
            "m",
            source,
            START + timedelta(days=day),
            outcome=fact if isinstance(fact, Outcome) else None,
            help=fact if isinstance(fact, Help) else None,
            guess=0.2,
            slip=0.1,
        )
        for i, (day, fact, source) in enumerate(rows)
    ]
)
END = START + timedelta(days=400)
LATER = END + timedelta(hours=1)


# The filter


@given(histories)
def test_levels_are_a_distribution(history: list[Evidence]) -> None:
    autonomy = follow(history, END)
    assert sum(autonomy.levels) == pytest.approx(1)
    assert min(autonomy.levels) >= 0
    assert 0 <= autonomy.retrievability <= 1
    assert autonomy.times_worked <= len(history)


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(history: list[Evidence], shuffler: random.Random) -> None:
    shuffled = [*history, *history[:2]]
    shuffler.shuffle(shuffled)
    assert follow(shuffled, END) == follow(history, END)
    assert on_arrival(shuffled, END) == on_arrival(history, END)


@given(histories, st.sampled_from([Help.ALONE, Help.TEACHES]))
def test_doing_it_alone_never_lowers_the_level(history: list[Evidence], help: Help) -> None:
    more = [*history, worked(help, 400.01)]
    before, after = follow(history, LATER), follow(more, LATER)
    assert after.mastered >= before.mastered - 1e-9
    assert after.level >= before.level
    assert after.stability >= before.stability
    assert ratio(more, LATER, HERE_ONLY) >= ratio(history, LATER, HERE_ONLY) * (1 - 1e-9)


@given(histories, st.sampled_from(list(Source)))
def test_a_right_answer_never_lowers_the_level(history: list[Evidence], source: Source) -> None:
    answer = answered(Outcome.SUCCESS, 400.01, source=source)
    before, after = follow(history, LATER), follow([*history, answer], LATER)
    assert after.mastered >= before.mastered - 1e-9
    assert after.level >= before.level


@given(histories, st.lists(helps.filter(lambda help: help is not Help.DONE_FOR), min_size=2, max_size=2))
def test_less_help_is_never_worse_news(history: list[Evidence], pair: list[Help]) -> None:
    less, more = sorted(pair, key=list(Help).index)
    assert (
        follow([*history, worked(more, 400)], END).mastered
        >= follow([*history, worked(less, 400)], END).mastered - 1e-9
    )


@given(histories, st.integers(0, 1000), st.integers(0, 1000))
def test_more_time_never_raises_retrievability(history: list[Evidence], one: int, other: int) -> None:
    early, late = (follow(history, END + timedelta(days=day)) for day in sorted((one, other)))
    assert late.retrievability <= early.retrievability
    assert late.stability == early.stability


def test_less_help_is_better_news_at_every_pair_of_levels() -> None:
    """Total positivity of order 2 of the emission, which the monotone tests rest on."""
    rows = [PARAMETERS.emission[help] for help in Help if help is not Help.DONE_FOR]
    for less, more in itertools.pairwise(rows):
        odds = [b / a for a, b in zip(less, more, strict=True)]
        assert odds == sorted(odds)
    for level in range(4):
        assert sum(row[level] for row in PARAMETERS.emission.values()) == pytest.approx(1)


def test_facts_after_now_are_left_out() -> None:
    history = workshops("accompagne", "guide", "seul")
    assert follow(history, START) == follow(history[:1], START)


def test_nothing_known_is_the_start() -> None:
    autonomy = follow([], START)
    assert autonomy.levels == pytest.approx(PARAMETERS.initial())
    assert autonomy == Autonomy(autonomy.levels, Level.DECOUVERTE, 0.0, 0.0, None, None, 0)


def test_it_counts_sittings_not_facts() -> None:
    history = [worked("guide", 0), worked("seul", 0.05), worked("seul", 7)]
    assert follow(history, END).times_worked == 2
    assert follow(history, END).last == START + WEEK


def test_each_module_is_followed_for_itself() -> None:
    found = follow_all([worked("seul", 0, "b"), worked("guide", 0, "a")], END)
    assert list(found) == ["a", "b"]
    assert found["b"] == follow([worked("seul", 0, "b")], END)


def test_a_review_is_due_when_the_curve_meets_the_retention() -> None:
    history = workshops("guide", "seul", "seul")
    due = follow(history, START + 2 * WEEK).review_due
    assert due is not None and due > START + 2 * WEEK
    assert follow(history, due).retrievability == pytest.approx(PARAMETERS.retention)


def test_nothing_to_review_before_it_was_ever_done() -> None:
    assert follow(workshops("accompagne"), END).review_due is None


# What the belief graph gets


@given(st.lists(st.tuples(outcomes, st.floats(0, 0.4), st.floats(0.01, 0.4)), min_size=1, max_size=6))
def test_one_sitting_gives_exactly_the_product_of_its_answers(
    answers: list[tuple[Outcome, float, float]],
) -> None:
    history = [
        answered(outcome, i / 1000, guess=guess, slip=slip, id=str(i))
        for i, (outcome, guess, slip) in enumerate(answers)
    ]
    mastered = not_mastered = 1.0
    for outcome, guess, slip in answers:
        yes, no = answer_pair(outcome, guess, slip)
        mastered, not_mastered = mastered * yes, not_mastered * no
    if not_mastered > 0:
        got = on_arrival(history, START + timedelta(hours=1))
        assert got.mastered == pytest.approx(mastered, rel=1e-9)
        assert got.not_mastered == pytest.approx(not_mastered, rel=1e-9)


@given(histories, st.floats(0.05, 0.95))
def test_what_one_knew_on_arrival_and_what_came_of_it_make_the_filter(
    history: list[Evidence], reference: float
) -> None:
    state = track(history, END, reference=reference)
    pair = on_arrival(history, END, reference)
    assert 0 < pair.mastered <= 1 and 0 < pair.not_mastered <= 1
    arrived = reference * pair.mastered / (reference * pair.mastered + (1 - reference) * pair.not_mastered)
    assert state.given(arrived) == pytest.approx(follow(history, END, reference=reference).levels, rel=1e-6)


@given(histories, st.floats(0.05, 0.95))
def test_who_knew_it_on_arrival_is_never_behind(history: list[Evidence], reference: float) -> None:
    state = track(history, END, HERE_ONLY, reference=reference)
    behind, ahead = state.given(0.2), state.given(0.8)
    for level in range(1, 4):
        assert sum(ahead[level:]) >= sum(behind[level:]) - 1e-9


@given(outcomes, st.floats(0, 0.4), st.floats(0, 0.4))
def test_an_answer_weighs_here_as_in_a_diagnostic(outcome: Outcome, guess: float, slip: float) -> None:
    asked = answer_likelihoods(Item("i", (Step("m", guess, slip),)), [outcome])
    told = on_arrival([answered(outcome, guess=guess, slip=slip)], START)
    for pair in asked:
        assert (told.mastered, told.not_mastered) == pytest.approx((pair.mastered, pair.not_mastered))


def test_what_was_not_seen_or_not_understood_says_nothing() -> None:
    assert not track([answered(Outcome.NOT_SEEN), answered(Outcome.NOT_UNDERSTOOD)], END).told


def test_i_dont_know_is_not_a_lucky_guess() -> None:
    said, failed = answered(Outcome.DONT_KNOW), answered(Outcome.FAILURE)
    assert on_arrival([said], START) == Likelihood("m", pytest.approx(0.1), pytest.approx(1.0))
    assert ratio([said], START) < ratio([failed], START)


def test_an_old_success_fades_and_never_turns_against_the_person() -> None:
    history = [answered(Outcome.SUCCESS)]
    ratios = [odds(history, START + timedelta(days=day)) for day in (0, 30, 365, 3 * 365, 10 * 365)]
    assert ratios == sorted(ratios, reverse=True)
    assert ratios[0] == pytest.approx(0.9 / 0.2)
    assert ratios[-1] > 1


def test_an_old_failure_weighs_little_once_it_was_taught() -> None:
    failure = [answered(Outcome.FAILURE)]
    taught_since = [*failure, *(worked("guide", 7 * week) for week in range(1, 4))]
    only_taught = taught_since[1:]
    now = START + 3 * WEEK
    assert odds(failure, now) < 0.2
    assert odds(taught_since, now) > 0.6 * odds(only_taught, now)


def test_what_is_learnt_here_is_not_taken_for_what_was_known_before() -> None:
    """Shown, then with a hint, then alone: autonome now, and all the less likely to have been so before."""
    history = workshops("accompagne", "accompagne", "guide", "guide", "seul", "seul", "seul")
    now = START + 6 * WEEK
    assert odds(history, now) > 5
    assert ratio(history, now) < 0.2


def test_done_for_says_little_and_teaches_almost_nothing() -> None:
    once = odds([worked("fait_pour", 0)], START)
    assert 0.6 < once < 1
    assert once > 3 * odds([worked("accompagne", 0)], START)


def test_a_declaration_weighs_less_than_a_success_seen() -> None:
    declared = ratio([answered(Outcome.SUCCESS, source=Source.DECLARATION)], START)
    assert 1 < declared < ratio([answered(Outcome.SUCCESS)], START)


def test_long_histories_do_not_underflow() -> None:
    history = [answered(Outcome.FAILURE, i / 1e4, id=str(i), guess=0.2) for i in range(500)]
    pair = on_arrival(history, START)
    assert 0 < pair.mastered < pair.not_mastered <= 1


# Bayesian knowledge tracing as a special case

BKT = replace(
    PARAMETERS,
    mastered=0.4,
    start=(0.0, 0.0, 1.0),
    answering=(0.0, 0.0, 0.2),
    falls=(0.0, 0.0, 0.0),
    outside_days=1e18,
)


def test_two_levels_without_forgetting_are_bkt_worked_by_hand() -> None:
    """L0 0.4, T 0.2, guess 0.25, slip 0.1; right, wrong, right (Corbett & Anderson 1995, equations 1 to 3).

    Right: 0.4·0.9/(0.4·0.9 + 0.6·0.25) = 0.705882, then 0.705882 + 0.294118·0.2 = 0.764706.
    Wrong: 0.764706·0.1/(0.764706·0.1 + 0.235294·0.75) = 0.302326, then 0.441860.
    Right: 0.441860·0.9/(0.441860·0.9 + 0.558140·0.25) = 0.740260, then 0.792208.
    """
    rows = [
        answered(outcome, day, guess=0.25, slip=0.1, source=Source.PRACTICE, id=str(day))
        for day, outcome in enumerate((Outcome.SUCCESS, Outcome.FAILURE, Outcome.SUCCESS))
    ]
    expected = (0.764706, 0.441860, 0.792208)
    for day, value in enumerate(expected):
        got = follow(rows, START + timedelta(days=day), BKT)
        assert got.mastered == pytest.approx(value, abs=1e-6)
        assert got.levels[:2] == (0, 0)


# Three people


def curve_of(evidence: list[Evidence], weeks: Sequence[float]) -> list[Autonomy]:
    return [follow(evidence, START + week * WEEK) for week in weeks]


def test_she_needed_five_workshops_to_send_an_email() -> None:
    """Shown three times, then with the sheet, then alone: the level climbs one by one and never before."""
    history = workshops("accompagne", "accompagne", "accompagne", "guide", "guide", "seul", "seul")
    curve = curve_of(history, range(7))
    assert [autonomy.level for autonomy in curve] == [
        Level.ACCOMPAGNE,
        Level.ACCOMPAGNE,
        Level.ACCOMPAGNE,
        Level.GUIDE,
        Level.GUIDE,
        Level.AUTONOME,
        Level.AUTONOME,
    ]
    assert all(autonomy.mastered < 0.45 for autonomy in curve[:5])
    assert curve[6].mastered > 0.85
    assert curve[6].stability > curve[5].stability > curve[4].stability


def test_he_comes_back_after_a_year() -> None:
    """What he did alone, spaced, has worn but is not lost; one session gives it back, for longer."""
    history = workshops("guide", "seul", "seul", "seul")
    last = START + 3 * WEEK
    then, month, year = (follow(history, last + timedelta(days=day)) for day in (0, 30, 365))
    assert then.mastered > 0.9
    assert then.mastered > month.mastered > year.mastered > 0.5
    assert year.level is Level.AUTONOME
    assert year.review_due is not None and year.review_due < last + timedelta(days=365)
    with_a_hint = [*history, worked("guide", 21 + 365)]
    again = [*with_a_hint, worked("seul", 28 + 365)]
    hinted = follow(with_a_hint, START + timedelta(days=21 + 365))
    back = follow(again, START + timedelta(days=28 + 365))
    assert hinted.level is Level.GUIDE or hinted.mastered < year.mastered
    assert back.mastered > year.mastered
    assert back.stability > then.stability


def test_he_wants_it_done_for_him() -> None:
    """Ten visits where it was done for him: no autonomy is made up, and none is denied either."""
    history = workshops(*["fait_pour"] * 10)
    curve = curve_of(history, range(10))
    assert all(autonomy.level is Level.DECOUVERTE for autonomy in curve)
    assert all(after.mastered <= before.mastered for before, after in itertools.pairwise(curve))
    assert curve[-1].mastered > 0.03
    assert curve[-1].stability == 0 and curve[-1].review_due is None
    surprised = follow([*history, worked("seul", 70), worked("seul", 77)], START + 11 * WEEK)
    assert surprised.level is Level.AUTONOME
