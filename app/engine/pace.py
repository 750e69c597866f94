"""One person's own pace: how much faster or slower than others they learn.

A pace is one number in logits, added to every chance of going up. It is normal in the population, and its
posterior is computed on a grid: little history, little departure from the population (empirical Bayes,
shrinkage).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from app.engine.chains import Floats, Sequences, forward, sequences
from app.engine.evidence import Evidence
from app.engine.levels import Parameters

_GRID = np.linspace(-2.5, 2.5, 11)


@dataclass(frozen=True)
class Pace:
    """One person's pace in logits above the population's: posterior mean and standard deviation."""

    mean: float
    deviation: float


def own_pace(evidence: Sequence[Evidence], parameters: Parameters) -> Pace:
    """How much faster or slower than others this person learns, from all their modules together."""
    return paces([evidence], parameters)[0]


def paces(people: Sequence[Sequence[Evidence]], parameters: Parameters) -> list[Pace]:
    """The pace of each of these people, in a population where paces spread by ``pace_spread``."""
    by_pace = _by_pace(sequences(people, parameters), parameters, len(people))
    weights = _posterior(by_pace, parameters.pace_spread)
    means = _GRID @ weights
    variances = (weights * (_GRID[:, None] - means) ** 2).sum(axis=0)
    return [Pace(float(mean), sqrt(float(variance))) for mean, variance in zip(means, variances, strict=True)]


def personal(evidence: Sequence[Evidence], parameters: Parameters) -> Parameters:
    """The parameters with this person's own pace, as far as their history tells it."""
    return replace(parameters, pace=parameters.pace + own_pace(evidence, parameters).mean)


def _by_pace(data: Sequences, parameters: Parameters, people: int) -> Floats:
    """log P(each person's histories | pace), (grid, people)."""
    found = np.zeros((len(_GRID), people))
    for i, pace in enumerate(_GRID):
        np.add.at(found[i], data.person, forward(data, parameters, float(pace)).log_likelihood)
    return found


def spread_of(data: Sequences, parameters: Parameters, people: int) -> float:
    """Standard deviation of pace in the population, by expectation-maximisation on the grid."""
    by_pace = _by_pace(data, parameters, people)
    spread = start = parameters.pace_spread
    for _ in range(30):
        weights = _posterior(by_pace, spread)
        # One pseudo-person at the starting spread keeps it off zero.
        spread = sqrt((float((weights.T @ _GRID**2).sum()) + start**2) / (people + 1))
    return spread


def _posterior(by_pace: Floats, spread: float) -> Floats:
    """P(pace | histories), (grid, people), for a normal pace of this spread."""
    logs = by_pace - 0.5 * (_GRID[:, None] / max(spread, 0.05)) ** 2
    weights = np.exp(logs - logs.max(axis=0))
    return np.asarray(weights / weights.sum(axis=0))
