"""The belief by its definition: every knowledge state at every point of every ability."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.engine.belief import DOMAIN_REACH, BeliefModel
from app.engine.evidence import Likelihood
from app.engine.prior import normal_points


def marginals_and_pairs(
    model: BeliefModel, likelihoods: Sequence[Likelihood]
) -> tuple[np.ndarray, np.ndarray]:
    """P(mastered), (n,), and P(both mastered), (n, n)."""
    states, total = posterior(model, likelihoods)
    pairs = (states * total[:, None]).T @ states
    return np.diag(pairs), pairs


def readiness(model: BeliefModel, likelihoods: Sequence[Likelihood]) -> np.ndarray:
    """P(not mastered, all direct prerequisites mastered), (n,)."""
    states, total = posterior(model, likelihoods)
    ready = []
    for j, module in enumerate(model.graph.modules):
        before = states[:, [model.graph.index[p] for p in module.prerequisites]].all(axis=1)
        ready.append(total[before & (states[:, j] == 0)].sum())
    return np.array(ready)


def posterior(model: BeliefModel, likelihoods: Sequence[Likelihood]) -> tuple[np.ndarray, np.ndarray]:
    """Every knowledge state, (2^n, n), and its probability, (2^n,)."""
    graph, prior = model.graph, model.prior
    n = len(graph)
    states = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
    abilities, weights = normal_points(prior.ability_points, prior.mean, prior.spread, prior.ability_reach)
    offsets, offset_weights = normal_points(prior.domain_points, 0.0, prior.domain_spread, DOMAIN_REACH)
    difficulty, slope = prior.difficulty_of(graph), prior.slope_of(graph)
    total = np.zeros(2**n)
    for ability, weight in zip(abilities, weights, strict=True):
        at_ability = np.full(2**n, weight)
        # Once the state is fixed and g given, the domains say nothing of each other.
        for domain in graph.domains:
            in_domain = np.zeros(2**n)
            for offset, offset_weight in zip(offsets, offset_weights, strict=True):
                term = np.full(2**n, offset_weight)
                for j, module in enumerate(graph.modules):
                    if module.domain == domain:
                        before = states[:, [graph.index[p] for p in module.prerequisites]]
                        able = 1 / (1 + np.exp(-slope[j] * (ability + offset - difficulty[j])))
                        chance = able * prior.leak ** (1 - before).sum(axis=1)
                        term *= np.where(states[:, j] == 1, chance, 1 - chance)
                in_domain += term
            at_ability *= in_domain
        total += at_ability
    total = departed(total, n, prior.departure)
    for likelihood in likelihoods:
        mastered = states[:, graph.index[likelihood.module]] == 1
        total *= np.where(mastered, likelihood.mastered, likelihood.not_mastered)
    return states, total / total.sum()


def departed(regular: np.ndarray, n: int, chance: float) -> np.ndarray:
    """The weight of each state when each module of each regular state turns the other way by chance."""
    for j in range(n):
        regular = (1 - chance) * regular + chance * regular[np.arange(2**n) ^ (1 << j)]
    return regular
