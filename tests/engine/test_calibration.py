"""Refitting the prior: published values, known truths, and caution."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from app.engine.belief import BeliefModel, Prior
from app.engine.calibration import Shrinkage, calibrate, refit
from app.engine.evidence import Likelihood
from app.engine.graph import Module, ModuleGraph

FREE = Shrinkage(difficulty=np.inf, log_slope=np.inf, people=np.inf)
LSAT6 = """00000 3 00001 6 00010 2 00011 11 00100 1 00101 1 00110 3 00111 4 01000 1 01001 8 01011 16 01101 3
01110 2 01111 15 10000 10 10001 29 10010 14 10011 81 10100 3 10101 28 10110 15 10111 80 11000 16 11001 56
11010 21 11011 173 11100 11 11101 61 11110 28 11111 298"""
"""Bock & Lieberman (1970): answers to five questions, and how many people gave them."""


def seen(answers: str) -> list[Likelihood]:
    return [
        Likelihood(f"i{k}", 1.0, 1e-12) if right == "1" else Likelihood(f"i{k}", 1e-12, 1.0)
        for k, right in enumerate(answers)
    ]


def test_it_gives_the_published_fit_of_lsat6() -> None:
    words = LSAT6.split()
    patterns, counts = words[::2], [float(count) for count in words[1::2]]
    graph = ModuleGraph(Module(f"i{k}", "lsat", difficulty=0.0) for k in range(5))
    prior = Prior(
        spread=1, domain_spread=0, domain_points=1, slope=1, departure=0, ability_points=61, ability_reach=6
    )
    fit = refit(
        graph,
        prior,
        [seen(p) for p in patterns],
        weights=counts,
        shrinkage=FREE,
        iterations=400,
        tolerance=1e-9,
    )
    assert sum(counts) == 1000
    assert 1000 * fit.log_likelihoods[-1] == pytest.approx(-2466.653, abs=0.002)
    difficulties = [fit.prior.difficulties[f"i{k}"] for k in range(5)]
    assert difficulties == pytest.approx([-3.360, -1.370, -0.280, -1.866, -3.124], abs=0.002)
    slopes = [fit.prior.slopes[f"i{k}"] for k in range(5)]
    assert slopes == pytest.approx([0.825, 0.723, 0.891, 0.689, 0.658], abs=0.002)


@pytest.fixture(scope="module")
def answered() -> tuple[ModuleGraph, Prior, list[list[Likelihood]]]:
    """A chain of modules, the truth about it, and four hundred people's answers drawn from it."""
    graph = ModuleGraph(Module(f"m{j}", "ab"[j % 2], (f"m{j - 1}",) if j else (), -1.0) for j in range(5))
    truth = Prior(mean=0.5, difficulties={"m1": 0.5, "m3": -2.0})
    rng = np.random.default_rng(0)
    states = BeliefModel(graph, truth).posterior().samples(rng, 400)
    people = []
    for state in states:
        right = rng.random(5) < np.where(state, 0.9, 0.1)
        people.append(
            [
                Likelihood(m, 0.9, 0.1) if r else Likelihood(m, 0.1, 0.9)
                for m, r in zip(graph.ids, right, strict=True)
            ]
        )
    return graph, truth, people


def test_the_likelihood_never_falls(answered: tuple[ModuleGraph, Prior, list[list[Likelihood]]]) -> None:
    graph, _, people = answered
    history = refit(graph, Prior(), people[:100], shrinkage=replace(FREE, people=np.inf)).log_likelihoods
    assert all(later >= earlier - 1e-6 for earlier, later in pairwise(history))


def test_it_moves_toward_the_truth(answered: tuple[ModuleGraph, Prior, list[list[Likelihood]]]) -> None:
    graph, truth, people = answered
    fitted = refit(graph, Prior(), people).prior
    for module, difficulty in truth.difficulties.items():
        assert abs(fitted.difficulties[module] - difficulty) < abs(-1.0 - difficulty)


def test_without_freedom_it_stays_with_the_author(
    answered: tuple[ModuleGraph, Prior, list[list[Likelihood]]],
) -> None:
    graph, _, people = answered
    fitted = refit(graph, Prior(), people[:50], shrinkage=Shrinkage(0, 0, np.inf), iterations=2).prior
    assert list(fitted.difficulties.values()) == pytest.approx([-1.0] * 5, abs=1e-3)
    assert list(fitted.slopes.values()) == pytest.approx([2.0] * 5, abs=1e-3)


def test_it_is_judged_on_other_people(answered: tuple[ModuleGraph, Prior, list[list[Likelihood]]]) -> None:
    graph, _, people = answered
    result = calibrate(graph, Prior(), people, np.random.default_rng(1), iterations=6)
    assert (result.people, result.held_out) == (320, 80)
    assert result.is_better


def test_a_handful_of_people_is_refused() -> None:
    with pytest.raises(ValueError, match="ten people"):
        calibrate(ModuleGraph([Module("a", "d")]), Prior(), [[]] * 9, np.random.default_rng(0))
