"""Fitting the chain's figures: the arrays agree with the filter, and the truth is found again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from app.engine.autonomy import follow, in_order
from app.engine.autonomy import track as run
from app.engine.chains import forward, sequences
from app.engine.evidence import Evidence, Help, Outcome, Source
from app.engine.learning_rates import as_figures, fit
from app.engine.levels import Level, Parameters
from app.engine.pace import own_pace, personal
from app.engine.practice import LONGEST, course, times_left

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
PARAMETERS = Parameters()


def lived(rng: np.random.Generator, parameters: Parameters, module: str, weeks: int) -> list[Evidence]:
    """A history drawn from the model itself, without forgetting."""
    level = int(rng.choice(4, p=parameters.initial()))
    facts = []
    for week in range(weeks):
        chances = [parameters.emission[help][level] for help in Help]
        help = list(Help)[int(rng.choice(5, p=chances))]
        when = START + timedelta(days=7 * week)
        facts.append(Evidence(f"{module}{week}", module, Source.PRACTICE, when, help=help))
        if level < Level.AUTONOME and rng.random() < parameters.ups(help)[level]:
            level += 1
    return facts


def person(rng: np.random.Generator, parameters: Parameters, modules: int = 6) -> list[Evidence]:
    return [fact for m in range(modules) for fact in lived(rng, parameters, f"m{m}", 6)]


def test_the_arrays_agree_with_the_filter() -> None:
    rng = np.random.default_rng(1)
    facts = person(rng, PARAMETERS, modules=3)
    facts += [
        Evidence("x", "m0", Source.DIAGNOSTIC, START, outcome=Outcome.FAILURE, guess=0.2, slip=0.1),
        Evidence("y", "m1", Source.PRACTICE, START + timedelta(days=400), outcome=Outcome.SUCCESS),
        Evidence("z", "m2", Source.DECLARATION, START + timedelta(days=90), help=Help.ALONE),
    ]
    data = sequences([facts], PARAMETERS)
    passed = forward(data, PARAMETERS)
    for n, module in enumerate(("m0", "m1", "m2")):
        of_module = [fact for fact in facts if fact.module == module]
        state = run(of_module, in_order(of_module)[-1].occurred_at, PARAMETERS)
        assert passed.log_likelihood[n] == pytest.approx(state.log_likelihood, rel=1e-9)
        assert passed.taught[len(of_module) - 1, n] == pytest.approx(state.levels, rel=1e-9)


def test_a_fit_finds_how_fast_people_learn() -> None:
    rng = np.random.default_rng(2)
    truth = replace(PARAMETERS, pace=-1.2, falls=(0.0, 0.0, 0.0), outside_days=1e9)
    start = replace(PARAMETERS, falls=(0.0, 0.0, 0.0), outside_days=1e9)
    people = [person(rng, truth) for _ in range(150)]
    fitted = fit(people, start, strength=5).parameters
    # The two lowest levels look much alike, so that their own figures trade off; what they lead to does not.
    expected, found, usual = (course(p.initial(), p, gap_days=7).mastered for p in (truth, fitted, start))
    assert found == pytest.approx(expected, abs=0.1)
    assert usual[6] > expected[6] + 0.15
    assert fitted.mastered == pytest.approx(truth.mastered, abs=0.06)


def test_a_fit_makes_histories_likelier_and_shrinks_to_its_start() -> None:
    rng = np.random.default_rng(3)
    people = [person(rng, replace(PARAMETERS, pace=1.0)) for _ in range(30)]
    before, after = fit(people, rounds=1), fit(people)
    assert after.log_likelihood > before.log_likelihood
    held = as_figures(fit(people, strength=1e7))
    start = as_figures(fit([], PARAMETERS))
    for name, value in held.items():
        if name not in ("spread", "outside_days"):
            assert value == pytest.approx(start[name], abs=0.01), name


def test_no_history_changes_nothing() -> None:
    assert fit([]).parameters == PARAMETERS
    assert own_pace([], PARAMETERS).mean == pytest.approx(0, abs=1e-12)


def test_a_quick_learner_and_a_slow_one_are_told_apart_little_by_little() -> None:
    rng = np.random.default_rng(4)
    parameters = replace(PARAMETERS, pace_spread=0.8)
    paces = {}
    for pace in (-1.5, 1.5):
        own = [
            own_pace(person(rng, replace(PARAMETERS, pace=pace), modules=8), parameters).mean
            for _ in range(10)
        ]
        paces[pace] = float(np.mean(own))
    assert -1.5 < paces[-1.5] < -0.3 < 0.3 < paces[1.5] < 1.5
    little = person(rng, replace(PARAMETERS, pace=1.5), modules=1)[:2]
    assert abs(own_pace(little, parameters).mean) < 0.4
    assert personal(little, parameters).pace == own_pace(little, parameters).mean


def test_a_quick_learner_s_practice_counts_for_more() -> None:
    rng = np.random.default_rng(5)
    facts = [f for f in person(rng, replace(PARAMETERS, pace=1.5)) if f.module == "m0"]
    end = START + timedelta(days=60)
    quick = follow(facts, end, replace(PARAMETERS, pace=1.0))
    assert quick.mastered >= follow(facts, end).mastered


def test_whoever_is_further_on_needs_fewer_more_times() -> None:
    levels = [(0.8, 0.2, 0.0, 0.0), (0.1, 0.7, 0.2, 0.0), (0.0, 0.1, 0.9, 0.0), (0.0, 0.0, 0.3, 0.7)]
    times = [times_left(level, PARAMETERS) for level in levels]
    assert times == sorted(times, reverse=True)
    assert times[-1] == 1
    assert all(1 <= n <= LONGEST for n in times)
    assert times_left(levels[0], replace(PARAMETERS, pace=1.5)) < times[0]
    # Half of simulated people take longer than the chain of one module says (docs/moteur-suivi.md).
    assert times[0] > course(levels[0], PARAMETERS).times_to(0.5)
